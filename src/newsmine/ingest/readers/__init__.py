"""One module a format. A new format is one module and one line in ``READERS``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from newsmine.errors import ReadError
from newsmine.ingest.readers import text
from newsmine.ingest.readers.magic import unreadable_kind
from newsmine.types import Page, RawArticle


@dataclass(frozen=True, slots=True)
class Reader:
    """How one format is recognised and read.

    ``sniff`` looks at the first bytes; ``read`` gives each article's raw text and pages, and
    raises ``ReadError`` with the path that it was given.
    """

    name: str
    suffixes: frozenset[str]
    sniff: Callable[[bytes], bool]
    read: Callable[[bytes, str], list[tuple[str, tuple[Page, ...]]]]


READERS: tuple[Reader, ...] = (
    # The text reader comes last: it takes whatever nobody else recognises.
    Reader("text", text.SUFFIXES, text.sniff, text.read),
)

SUFFIXES = frozenset().union(*(reader.suffixes for reader in READERS))
"""What is taken from a folder; a file that the user names is always tried."""


def read_raw(data: bytes, path: str) -> list[RawArticle]:
    """The raw articles in the bytes of a file.

    Raises:
        ReadError: No reader knows the format, or it holds no text.
    """
    kind = unreadable_kind(data)
    reader = next((r for r in READERS if r.sniff(data)), None)
    if reader is None or (kind is not None and reader.name == "text"):
        remedy = "Save or export it as plain text (.txt) and give that file"
        raise ReadError(path, f"is {kind or 'a binary file'}, not text", remedy)
    return [make_raw(raw, path, reader.name, pages) for raw, pages in reader.read(data, path)]


_READABLE = re.compile(
    "[^\\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def make_raw(text: str, path: str, reader: str, pages: tuple[Page, ...] = ()) -> RawArticle:
    """A raw article with the SHA-256 of its text (as UTF-8).

    Raises:
        ReadError: There is nothing but white space in it.
    """
    if not _READABLE.search(text):
        raise ReadError(path, "holds no text", "Give a file with an article in it")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return RawArticle(raw_text=text, path=path, reader=reader, sha256=digest, pages=pages)
