"""What fuzzing found (`python -m benchmarks.fuzz`): each input in its smallest form."""

from __future__ import annotations

from newsmine.errors import ReadError
from newsmine.ingest.readers import read_raw
from newsmine.types import RawArticle
from tests.ingest.readers import made


def texts(data: bytes, path: str) -> list[str]:
    return [item.raw_text for item in read_raw(data, path) if isinstance(item, RawArticle)]


def errors(data: bytes, path: str) -> list[ReadError]:
    try:
        return [item for item in read_raw(data, path) if isinstance(item, ReadError)]
    except ReadError as error:
        return [error]


def test_articles_of_a_page_whose_ends_are_missing_hold_their_own_text_only() -> None:
    """Each held all those after it: 600 of them took half a minute."""
    first, second = texts(made.FACTIVA.encode(), "page.html")
    unclosed = made.FACTIVA.replace("ef3200012</p></div>\n", "ef3200012</p>\n")
    assert texts(unclosed.encode(), "page.html") == [first, second]
