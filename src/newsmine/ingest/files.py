"""What ``newsmine.ingest`` offers: read a file, clean its text, find its fields."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

from newsmine.errors import ReadError
from newsmine.ingest.articles import as_it_is, read_article
from newsmine.ingest.cleaning import clean as clean_text
from newsmine.ingest.inputs import STDIN, find_inputs, read_input
from newsmine.ingest.ocr import is_scanned
from newsmine.ingest.readers import make_raw, read_raw
from newsmine.ingest.survey import NOTHING, Survey, texts_of
from newsmine.types import Article, RawArticle

TAUGHT_BY = 2_000_000
"""Characters at the start of a file whose articles teach each other what recurs: 60 dense pages.

So much is in memory before the first article comes out; more would hardly teach more."""


def read_file(
    path: str | Path,
    *,
    clean: bool = True,
    survey: Survey | None = None,
    without: Collection[str] = (),
) -> Iterator[Article | ReadError]:
    """The articles in a file, or on standard input for ``-``; a bad one among them as its error.

    Args:
        path: The file.
        clean: Whether to clean the text and find its fields; else it is taken as it is.
        survey: What its batch teaches; without it, the articles and pages of the file teach each
            other.
        without: Names of cleaning steps to leave out.

    Raises:
        ReadError: The file cannot be read, is of no known format, or is empty.
    """
    data = read_input(path)
    return read_bytes(data, path=path, clean=clean, survey=survey, without=without)


def read_bytes(
    data: bytes,
    *,
    path: str | Path,
    clean: bool = True,
    survey: Survey | None = None,
    without: Collection[str] = (),
) -> Iterator[Article | ReadError]:
    """The articles in a file's bytes; ``path`` says where they came from, ``-`` standard input.

    Raises:
        ReadError: The bytes are of no known format, or there is nothing in them.
    """
    finish = partial(_finished, clean=clean, without=without)
    # Not a generator: what fails on one article must not end the iteration for the others.
    return map(finish, _surveyed(data, str(path), clean=clean, survey=survey))


_Surveyed = tuple[RawArticle | ReadError, Survey]


def _surveyed(data: bytes, path: str, *, clean: bool, survey: Survey | None) -> Iterator[_Surveyed]:
    items: Iterator[RawArticle | ReadError] = read_raw(data, path)
    if clean and survey is None:
        items, survey = _taught(items)
    yield from ((item, survey or NOTHING) for item in items)


def _finished(surveyed: _Surveyed, *, clean: bool, without: Collection[str]) -> Article | ReadError:
    item, survey = surveyed
    if isinstance(item, ReadError):
        return item
    return _article(item, clean=clean, survey=survey, without=without)


def read_text(
    text: str, *, path: str | Path = STDIN, clean: bool = True, survey: Survey | None = None
) -> Article:
    """The article in a text that is already decoded.

    Raises:
        ReadError: There is nothing in it.
    """
    return _article(make_raw(text, str(path), "text"), clean=clean, survey=survey or NOTHING)


def make_survey(
    paths: Iterable[str | Path], *, on_error: Callable[[ReadError], None] | None = None
) -> Survey:
    """What the articles in files, folders and patterns teach about each other.

    Args:
        paths: The batch.
        on_error: Told of each file or article that cannot be read; the rest goes on.

    Raises:
        ReadError: A path names nothing.
    """
    return Survey.of(
        text
        for path in find_inputs(paths)
        for raw in _readable(path, on_error)
        for text in texts_of(raw)
    )


def _readable(path: Path, on_error: Callable[[ReadError], None] | None) -> Iterator[RawArticle]:
    try:
        for item in read_raw(read_input(path), str(path)):
            if not isinstance(item, ReadError):
                yield item
            elif on_error:
                on_error(item)
    except ReadError as error:
        if on_error:
            on_error(error)


def _taught(
    items: Iterator[RawArticle | ReadError],
) -> tuple[Iterator[RawArticle | ReadError], Survey]:
    """The items again, and what the first of them teach."""
    first: list[RawArticle | ReadError] = []
    size = 0
    try:
        for item in items:
            first.append(item)
            size += 0 if isinstance(item, ReadError) else len(item.raw_text)
            if size > TAUGHT_BY:
                break
    except ReadError as error:
        # What came before it comes out first.
        items = _failing(error)
    texts = [text for raw in first if isinstance(raw, RawArticle) for text in texts_of(raw)]
    return itertools.chain(first, items), Survey.of(texts) if len(texts) > 1 else NOTHING


def _failing(error: ReadError) -> Iterator[RawArticle | ReadError]:
    yield from ()
    raise error


def _article(
    raw: RawArticle, *, clean: bool, survey: Survey, without: Collection[str] = ()
) -> Article:
    if not clean:
        return as_it_is(raw)
    scanned = is_scanned(raw)
    text = clean_text(raw.raw_text, survey=survey, without=without, scanned=scanned)
    return read_article(raw, text, survey)
