"""Raw bytes to articles: read the file, clean its text, find its fields."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsmine.errors import ReadError
from newsmine.ingest.articles import as_it_is, read_article
from newsmine.ingest.cleaning import clean as clean_text
from newsmine.ingest.inputs import STDIN, find_inputs, read_input
from newsmine.ingest.readers import make_raw, read_raw
from newsmine.types import Article, RawArticle

__all__ = ["find_inputs", "read_bytes", "read_file", "read_text"]


def read_file(path: str | Path, *, clean: bool = True) -> Iterator[Article | ReadError]:
    """The articles in a file, or on standard input for ``-``; a bad one among them as its error.

    Args:
        path: The file.
        clean: Whether to clean the text and find its fields; else it is taken as it is.

    Raises:
        ReadError: The file cannot be read, is of no known format, or is empty.
    """
    return read_bytes(read_input(path), path=path, clean=clean)


def read_bytes(
    data: bytes, *, path: str | Path, clean: bool = True
) -> Iterator[Article | ReadError]:
    """The articles in a file's bytes; ``path`` says where they came from, ``-`` standard input.

    Raises:
        ReadError: The bytes are of no known format, or there is nothing in them.
    """
    for raw in read_raw(data, str(path)):
        yield raw if isinstance(raw, ReadError) else _article(raw, clean=clean)


def read_text(text: str, *, path: str | Path = STDIN, clean: bool = True) -> Article:
    """The article in a text that is already decoded.

    Raises:
        ReadError: There is nothing in it.
    """
    return _article(make_raw(text, str(path), "text"), clean=clean)


def _article(raw: RawArticle, *, clean: bool) -> Article:
    return read_article(raw, clean_text(raw.raw_text)) if clean else as_it_is(raw)
