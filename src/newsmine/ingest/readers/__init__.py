"""One module a format. A new format is one module and one line in ``READERS``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from newsmine.errors import ReadError
from newsmine.ingest.readers import (
    alto,
    archives,
    docx,
    hocr,
    html,
    images,
    mets,
    odt,
    page_xml,
    pdf,
    press,
    rtf,
    tables,
    text,
    warc,
)
from newsmine.ingest.readers.base import Found, Item, Member, Reader
from newsmine.ingest.readers.magic import remedy, unreadable_kind
from newsmine.types import Given, Page, RawArticle

READERS: tuple[Reader, ...] = (
    alto.READER,
    pdf.READER,
    images.READER,
    hocr.READER,
    page_xml.READER,
    mets.READER,
    docx.READER,
    odt.READER,
    rtf.READER,
    html.READER,
    warc.READER,
    archives.ZIP_READER,
    archives.TAR_READER,
    tables.PARQUET_READER,
    tables.JSON_READER,
    tables.CSV_READER,
    press.READER,
    # The text reader comes last: it takes whatever nobody else recognises.
    text.READER,
)

SUFFIXES = frozenset().union(*(reader.suffixes for reader in READERS))
"""What is taken from a folder; a file that the user names is always tried."""

Read: TypeAlias = "Callable[[bytes, str], Iterable[Item]]"

DEEPEST = 3
"""Archives within archives; deeper ones are made to do harm."""


def read_raw(
    data: bytes, path: str, *, depth: int = 0, read: Read | None = None
) -> Iterator[RawArticle | ReadError]:
    """The raw articles in the bytes of a file, and what could not be read among them.

    Args:
        data: The bytes.
        path: Where they came from.
        depth: How many archives they lie in.
        read: What reads them instead of the reader that knows them.

    Raises:
        ReadError: No reader knows the format, or it holds no text.
    """
    reader = _reader(data, path)
    for item in (read or reader.read)(data, path):
        yield from _raw(item, reader, path, depth)


def _reader(data: bytes, path: str) -> Reader:
    kind = unreadable_kind(data)
    reader = next((r for r in READERS if r.sniff(data, path)), None)
    if reader is None or (kind is not None and reader.name == "text"):
        raise ReadError(path, f"is {kind or 'a binary file'}, not text", remedy(data))
    return reader


def _raw(item: Item, reader: Reader, path: str, depth: int) -> Iterator[RawArticle | ReadError]:
    if isinstance(item, ReadError):
        yield item
    elif isinstance(item, Member):
        yield from _member(item, f"{path}/{item.name}", depth + 1)
    else:
        yield _article(item, reader, path)


def _member(member: Member, path: str, depth: int) -> Iterator[RawArticle | ReadError]:
    if depth > DEEPEST:
        yield ReadError(
            path, f"lies {depth} archives deep", "Unpack the archive and give the files"
        )
        return
    try:
        yield from read_raw(member.data, path, depth=depth, read=member.read)
    except ReadError as error:
        yield error


def _article(item: Found, reader: Reader, path: str) -> RawArticle | ReadError:
    if item.part is None:
        return make_raw(item.text, path, reader.name, item.pages, item.given)
    try:
        return make_raw(item.text, f"{path}#{item.part}", reader.name, item.pages, item.given)
    except ReadError as error:
        return error


_READABLE = re.compile(
    "[^\\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def make_raw(
    text: str, path: str, reader: str, pages: tuple[Page, ...] = (), given: Given | None = None
) -> RawArticle:
    """A raw article with the SHA-256 of its text (as UTF-8).

    Raises:
        ReadError: There is nothing but white space in it.
    """
    if not _READABLE.search(text):
        raise ReadError(path, "holds no text", "Give a file with an article in it")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return RawArticle(text, path, reader, digest, pages, given or Given())
