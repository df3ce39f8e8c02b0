"""Plain text, in whatever encoding it was saved."""

from __future__ import annotations

import codecs
import re

from newsmine.ingest.readers.base import Found, Reader
from newsmine.ingest.readers.magic import looks_utf16

SUFFIXES = frozenset({".txt", ".text", ".asc", ".md"})

MARKS: tuple[tuple[bytes, str], ...] = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

USUAL = set(
    "‘’“”‚„–—…•·£€§°®©™¼½¾²³´«»¡¿"
    + "àáâäæçèéêëìíîïñòóôöøùúûüÿœßåãõ"
    + "ÀÁÂÄÆÇÈÉÊËÎÏÑÖØÜ"
    + "\xa0\xad"
)
"""The characters beyond ASCII that newspapers print; other readings of the same bytes rarely do."""

ESCAPED = re.compile("[\udc80-\udcff]")
BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def sniff(data: bytes, path: str) -> bool:
    """Whether this reader takes the bytes: it takes all."""
    return True


def read(data: bytes, path: str) -> list[Found]:
    """The one text that the file holds; line ends and odd characters stay as they are."""
    return [Found(decode(data))]


def decode(data: bytes) -> str:
    """Text from bytes: a byte order mark decides, then valid UTF-8, then likelihood.

    The byte order mark itself belongs to the encoding, not to the text. Stray bytes in a text that
    is otherwise UTF-8 are read as Windows-1252, so that one of them does not spoil the rest.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    unmarked = looks_utf16(data)
    if unmarked:
        return data.decode(unmarked, "replace")
    return _decode_as(data, "utf-8")


def _decode_as(data: bytes, encoding: str) -> str:
    if encoding != "utf-8":
        return data.decode(encoding, "replace")
    text = data.decode("utf-8", "surrogateescape")
    stray = len(ESCAPED.findall(text))
    if not stray:
        return text
    valid = len(BEYOND_ASCII.findall(text)) - stray
    if valid > stray:
        return ESCAPED.sub(lambda m: _windows(bytes([ord(m[0]) - 0xDC00])), text)
    return _decode_single_byte(data)


def _windows(data: bytes) -> str:
    """Windows-1252, with its five unused bytes as Latin-1 has them (browsers do the same)."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


def _decode_single_byte(data: bytes) -> str:
    """Windows-1252 (Latin-1 within it) or Mac Roman; another reading only where both look wrong."""
    high = data.translate(None, bytes(range(0x80)))
    share, text = max(
        (_usual_share(decoded), -rank, decoded)
        for rank, decoded in enumerate([_windows(high), high.decode("mac_roman")])
    )[::2]
    if share > 0.5:
        return _windows(data) if text == _windows(high) else data.decode("mac_roman")
    return _guessed(data) or _windows(data)


def _usual_share(text: str) -> float:
    return sum(c in USUAL for c in text) / len(text)


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return data.decode(best.encoding, "replace") if best else None


READER = Reader("text", "Plain text, in any encoding", SUFFIXES, sniff, read)
