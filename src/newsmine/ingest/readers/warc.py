"""Web archives (WARC): the pages among what a crawler fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from typing import Any

from newsmine.errors import ReadError
from newsmine.ingest.readers import html, zips
from newsmine.ingest.readers.base import Item, Reader, printable
from newsmine.ingest.readers.press import CUT_OFF
from newsmine.ingest.readers.webpages import decode_page, quiet

SUFFIXES = frozenset({".warc"})

PAGES = ("text/html", "application/xhtml+xml")

_MAGIC = (b"WARC/0.", b"WARC/1.")


def sniff(data: bytes, path: str) -> bool:
    """Whether a WARC record opens the bytes, packed or not."""
    if data.startswith(_MAGIC):
        return True
    return data.startswith(b"\x1f\x8b") and _beginning(data).startswith(_MAGIC)


def _beginning(data: bytes) -> bytes:
    import zlib

    try:
        return zlib.decompressobj(wbits=31).decompress(data[:4096], 16)
    except zlib.error:
        return b""


def read(data: bytes, path: str) -> Iterator[Item]:
    """The article on each page that came back well; ``part`` is its address.

    The day of its capture is in the flags, for the day of publication may be another one.
    """
    from warcio.archiveiterator import ArchiveIterator

    seen: dict[str, int] = {}
    iterator: Any = ArchiveIterator(io.BytesIO(data))
    # It would print what it skips, binary rubbish, on the user's screen.
    iterator.INC_RECORD = ""
    records = iter(iterator)
    found = False
    while (record := _next(records, path)) is not None:
        if isinstance(record, ReadError):
            if not found:
                raise record
            yield record
            return
        if _is_page(record):
            found = True
            yield from _page(record, path, seen)
    if not found:
        raise ReadError(path, "holds no web pages", "Give a WARC with responses of text/html")


def _next(records: Iterator[Any], path: str) -> Any | ReadError | None:
    complaints = io.StringIO()
    try:
        with quiet("warcio"), redirect_stderr(complaints):
            record = next(records, None)
    except _damage() as error:
        return _damaged(path, str(error))
    # What it cannot unpack it takes for the end, and says so on the screen only.
    if record is None and complaints.getvalue():
        return _damaged(path, complaints.getvalue())
    return record


def _damaged(path: str, said: str) -> ReadError:
    reason = f"is damaged from there on ({printable(said)})"
    return ReadError(path, reason, "Copy or download it again")


def _damage() -> tuple[type[Exception], ...]:
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    return (ArchiveLoadFailed, StatusAndHeadersParserException, *zips.DAMAGE, AttributeError)


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None:
        return False
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind in PAGES and (headers.get_statuscode() or "200").startswith("2")


def _page(record: Any, path: str, seen: dict[str, int]) -> Iterator[Item]:
    url = record.rec_headers.get_header("WARC-Target-URI") or "page"
    seen[url] = seen.get(url, 0) + 1
    part = url if seen[url] == 1 else f"{url} ({seen[url]})"
    try:
        with quiet("warcio"), redirect_stderr(io.StringIO()):
            data = record.content_stream().read(zips.LARGEST)
    except _damage():
        yield ReadError(f"{path}#{part}", "is damaged", "Fetch the page again")
        return
    # The limit counts down to nothing where the record is whole.
    cut_off = [CUT_OFF] if getattr(record.raw_stream, "limit", 0) > 0 else []
    date = (record.rec_headers.get_header("WARC-Date") or "")[:10]
    for found in html.read_page(decode_page(data), url=url):
        flags = (*found.given.flags, *([f"captured {date}"] if date else []), *cut_off)
        inner = f"{part} {found.part}" if found.part else part
        yield replace(found, part=inner, given=replace(found.given, flags=flags))


READER = Reader("warc", "Web archives: the pages in them", SUFFIXES, sniff, read)
