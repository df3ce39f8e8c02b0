"""Rich text (RTF): one article, or a press database's export of many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsmine.errors import ReadError
from newsmine.ingest.readers.base import Found, Reader
from newsmine.ingest.readers.documents import Paragraph, read_paragraphs

SUFFIXES = frozenset({".rtf"})

MAGIC = b"{\\rtf"


def sniff(data: bytes, path: str) -> bool:
    """Whether the bytes begin as RTF does."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(MAGIC)


def read(data: bytes, path: str) -> Iterator[Found]:
    """The articles in an RTF document; its character set is taken from what it declares."""
    from striprtf.striprtf import rtf_to_text

    try:
        to_text: Any = rtf_to_text
        text: str = to_text(data.decode("latin-1"), encoding="cp1252", errors="replace")
    except (ValueError, LookupError, IndexError, KeyError, TypeError, OverflowError) as error:
        remedy = "Open it in a word processor and save it again"
        raise ReadError(path, "is damaged (its RTF cannot be followed)", remedy) from error
    yield from read_paragraphs(Paragraph(line) for line in text.split("\n"))


READER = Reader("rtf", "Rich text, and press databases' exports as such", SUFFIXES, sniff, read)
