"""Mutations of what holds other things: archives, documents, PDFs, pictures; sizes that lie."""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from random import Random

from benchmarks.fuzz.markup import MARKUP
from benchmarks.fuzz.mutations import GENERAL, NUMBERS, ODD, OUTSIDE, replaced

from newsmine.ingest.readers import zips


def rtf_controls(data: bytes, chance: Random) -> bytes:
    """Control words with numbers that nothing has; braces without end."""
    new = (
        rb"\u-99999999 ",
        rb"\u1114112?",
        rb"\uc99999999 ",
        rb"\bin99999999 ",
        rb"\'zz",
        rb"\'",
        rb"{\*",
        b"{" * 20_000,
        b"}" * 50,
        rb"\ansicpg99999 ",
        rb"\ansicpg-1 ",
        rb"\fonttbl",
        rb"\u55296?",
        b"\\",
    )
    return replaced(rb"\\[a-z']+-?\d* ?", data, chance, new)


def warc_headers(data: bytes, chance: Random) -> bytes:
    """Lengths, types and versions that lie."""
    packed = data.startswith(b"\x1f\x8b")
    plain = gunzipped(data) if packed else data
    new = (
        *NUMBERS,
        *ODD,
        b"text/html",
        b"response",
        b"chunked",
        b"gzip",
        b"br",
        b"\r\n\r\n",
        b"warcinfo",
    )
    plain = replaced(rb"(?<=: )[^\r\n]+|\r\n", plain, chance, new)
    if chance.random() < 0.2:
        plain = plain.replace(
            b"Content-Type: text", b"Transfer-Encoding: chunked\r\nContent-Type: text"
        )
    return gzip.compress(plain) if packed else plain


def gunzipped(data: bytes) -> bytes:
    """What is packed, or the bytes themselves where that fails."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 1 << 20) or data
    except zlib.error:
        return data


def pdf_numbers(data: bytes, chance: Random) -> bytes:
    """Numbers of objects, lengths and boxes; names of other kinds of things."""
    pattern = chance.choice((rb"\d+ 0 R", rb"-?\d+(?:\.\d+)?", rb"/[A-Za-z]+", rb"\d{10} \d{5} n"))
    names = re.findall(pattern, data)
    return replaced(
        pattern, data, chance, (*names, *NUMBERS, b"1 0 R", b"[ 2 0 R ]", b"<<", b"null")
    )


def zip_members(data: bytes, chance: Random) -> bytes:
    """One member made wrong, and all packed again: what reads the members is reached."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = {info.filename: archive.read(info) for info in archive.infolist()}
    except zips.DAMAGE:
        return data
    if not held:
        return data
    name = chance.choice(list(held))
    kind = chance.choice((*GENERAL, *MARKUP, *MARKUP))
    held[name] = kind(held[name], chance) if held[name] else b"\x00"
    if chance.random() < 0.15:
        held[chance.choice(_NAMES)] = held.pop(name)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out.getvalue()


_NAMES = (
    f"../{OUTSIDE}",
    "/etc/hostname",
    "C:\\x.txt",
    "a" * 5000 + ".txt",
    "\u202etxt.a",
    "a\nb.txt",
    "mimetype",
    "[Content_Types].xml",
    "x.pdf",
    "x.xml",
    "x.docx",
    " ",
    "a/./b//c.txt",
    "\ud800.txt".encode("utf-8", "replace").decode(),
)


def zip_sizes(data: bytes, chance: Random) -> bytes:
    """Sizes, places, flags or ways of packing that lie, in either place where a ZIP says them."""
    magic, fields = chance.choice(
        (
            (
                b"PK\x03\x04",
                ((6, "H"), (8, "H"), (14, "L"), (18, "L"), (22, "L"), (26, "H"), (28, "H")),
            ),
            (
                b"PK\x01\x02",
                ((8, "H"), (10, "H"), (20, "L"), (24, "L"), (28, "H"), (38, "L"), (42, "L")),
            ),
            (b"PK\x05\x06", ((4, "H"), (8, "H"), (10, "H"), (12, "L"), (16, "L"), (20, "H"))),
        )
    )
    places = [match.start() for match in re.finditer(re.escape(magic), data)]
    return _lie(data, chance, places, fields, "<")


def _lie(
    data: bytes,
    chance: Random,
    places: Sequence[int],
    fields: Sequence[tuple[int, str]],
    order: str,
) -> bytes:
    offset, kind = chance.choice(fields)
    size = struct.calcsize(order + kind)
    at = (chance.choice(places) if places else 0) + offset
    if at + size > len(data):
        return data
    largest = (1 << 8 * size) - 1
    value = (
        chance.choice((0, 1, largest, largest >> 1, 0x1000, chance.randint(0, largest))) & largest
    )
    return data[:at] + struct.pack(order + kind, value) + data[at + size :]


def tar_headers(data: bytes, chance: Random) -> bytes:
    """A field of a TAR's header changed, its sum mended."""
    packed = data.startswith(b"\x1f\x8b")
    plain = bytearray(gunzipped(data) if packed else data)
    places = [m.start() - 257 for m in re.finditer(rb"ustar", plain) if m.start() >= 257]
    if places and len(plain) >= 512:
        at = chance.choice(places)
        start, size = chance.choice(
            ((0, 100), (124, 12), (136, 12), (156, 1), (157, 100), (345, 155))
        )
        new = chance.choice(
            (
                b"../" + OUTSIDE.encode(),
                b"\x80" + b"\xff" * 11,
                b"77777777777\0",
                b"-1\0",
                b"L",
                b"x",
                b"S",
                b"1",
                b"2",
                b"K",
                b"g",
                b"/etc/hostname\0",
                b"\xff" * 12,
            )
        )
        plain[at + start : at + start + size] = new[:size].ljust(size, b"\0")
        plain[at + 148 : at + 156] = b" " * 8
        plain[at + 148 : at + 156] = b"%06o\0 " % sum(plain[at : at + 512])
    return gzip.compress(bytes(plain)) if packed else bytes(plain)


def gzip_inside(data: bytes, chance: Random) -> bytes:
    """What is packed made wrong, and packed again."""
    return gzip.compress(chance.choice(GENERAL)(gunzipped(data), chance)[: 1 << 20])


def parquet_footer(data: bytes, chance: Random) -> bytes:
    """Bytes of the footer, which says where everything lies and how long it is."""
    if len(data) < 16:
        return data
    size = min(struct.unpack("<I", data[-8:-4])[0], len(data) - 8)
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 6))):
        at = len(data) - 8 - chance.randrange(max(size, 1)) - 1
        out[at] = chance.choice((0, 0x7F, 0x80, 0xFF, chance.randrange(256), out[at] ^ 1))
    return bytes(out)


def picture_sizes(data: bytes, chance: Random) -> bytes:
    """Width, height and depth that lie; a PNG's sums are mended, so that its reader goes on."""
    if data.startswith(b"\x89PNG") and len(data) > 33:
        new = _lie(
            data, chance, [16], ((0, "L"), (4, "L"), (8, "B"), (9, "B"), (10, "B"), (12, "B")), ">"
        )
        return new[:29] + struct.pack(">I", zlib.crc32(new[12:29])) + new[33:]
    places = range(0, min(len(data), 600), 2)
    return _lie(data, chance, places, ((0, "H"), (0, "L")), chance.choice("<>"))
