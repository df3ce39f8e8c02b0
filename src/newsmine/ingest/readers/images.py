"""Pictures of pages (PNG, JPEG, TIFF, WebP, GIF), read by an OCR engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsmine.errors import ReadError
from newsmine.ingest.layout import Block
from newsmine.ingest.ocr import READ_BY, EngineFailure, Picture, engine_for, read_pages
from newsmine.ingest.ocr.pictures import pictures
from newsmine.ingest.paged import Sheet, articles_over
from newsmine.ingest.readers.base import Item, Reader
from newsmine.types import Page

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif"})

UNIT = "pixel"

_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")


def sniff(data: bytes, path: str) -> bool:
    """Whether the bytes begin as an image does."""
    return data.startswith(_STARTS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def read(data: bytes, path: str) -> Iterator[Item]:
    """The articles on the pages of an image.

    Raises:
        ReadError: It is damaged or too large, holds no text, or no OCR engine is installed.
    """
    engine = engine_for(path)
    bad: list[ReadError] = []
    read = read_pages(pictures(data, path, bad), engine)
    yield from articles_over(_sheets(read, path, f"{READ_BY} {engine.name}", bad))
    yield from bad


def _sheets(
    read: Iterable[tuple[Picture, list[Block] | EngineFailure]],
    path: str,
    flag: str,
    bad: list[ReadError],
) -> Iterator[Sheet]:
    empty = True
    for picture, blocks in read:
        if isinstance(blocks, EngineFailure):
            bad.append(failed(path, picture.page, blocks))
        elif blocks:
            empty = False
            width, height = picture.image.size
            yield Sheet(Page(width, height, UNIT, (), path, picture.page), blocks, (flag,))
    if empty and not bad:
        raise ReadError(path, "holds no text", "Give a picture of a page with print on it")


def failed(path: str, page: int, failure: EngineFailure) -> ReadError:
    """The error of one page that an engine could not read."""
    remedy = "Scan that page again, or give its text as a file"
    return ReadError(f"{path}#p{page}", f"cannot be read: {failure}", remedy)


READER = Reader(
    "image",
    "Pictures of pages: PNG, JPEG, TIFF, WebP, GIF",
    SUFFIXES,
    sniff,
    read,
    needs="tesseract or ocr",
)
