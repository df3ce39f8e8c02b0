"""Small PDFs made by hand, so that no sample file is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class At:
    """Text at a point of the page (from the bottom left, as PDF counts), in a size of Helvetica.

    ``mode`` is how it is drawn; 3 is unseen.
    """

    x: float
    y: float
    text: str
    size: float = 10
    mode: int = 0


@dataclass(frozen=True)
class Shade:
    """A picture of one grey dot over an area; see-through if it says so (a watermark)."""

    x: float
    y: float
    width: float
    height: float
    clear: bool = False


def pdf(*pages: Sequence[At | Shade], size: tuple[int, int] = (600, 800), rotate: int = 0) -> bytes:
    """A PDF of pages with text; a page without any is blank."""
    return _file([_content(page) for page in pages], size, rotate)


def locked_pdf() -> bytes:
    """A PDF that asks for a password: RC4 with 40 bits, keys as ISO 32000 (7.6.3) makes them."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    user = (b"secret" + padding)[:32]
    owner = _rc4(hashlib.md5(user).digest()[:5], user)
    ident = b"0123456789abcdef"
    permissions = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(user + owner + permissions + ident).digest()[:5]
    entry = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}>"
        f" /U <{_rc4(key, padding).hex()}> >> /ID [<{ident.hex()}> <{ident.hex()}>]"
    )
    return _file([_content([At(50, 700, "Nobody reads this without the word")])], trailer=entry)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


_CLEAR = "/ExtGState << /Clear << /ca 0.2 >> >>"


def _content(things: Sequence[At | Shade]) -> bytes:
    return b"\n".join(_drawn(t) if isinstance(t, Shade) else _shown(t) for t in things)


def _shown(t: At) -> bytes:
    text = _escaped(t.text)
    return b"BT /F %g Tf %d Tr 1 0 0 1 %g %g Tm (%s) Tj ET" % (t.size, t.mode, t.x, t.y, text)


def _drawn(s: Shade) -> bytes:
    state = b"/Clear gs" if s.clear else b""
    dot = b"BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI"
    return b"q %s %g 0 0 %g %g %g cm %s Q" % (state, s.width, s.height, s.x, s.y, dot)


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(
    contents: Sequence[bytes],
    size: tuple[int, int] = (600, 800),
    rotate: int = 0,
    trailer: str = "",
) -> bytes:
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate}"
            f" /Resources << /Font << /F 3 0 R >> {_CLEAR} >> /Contents {5 + 2 * i} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    root = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n"
    return bytes(out) + root.encode() + b"startxref\n%d\n%%%%EOF\n" % start
