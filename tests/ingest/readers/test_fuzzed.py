"""What fuzzing found (`python -m benchmarks.fuzz`): each input in its smallest form."""

from __future__ import annotations

import math

import pytest

from newsmine.errors import ReadError
from newsmine.ingest.printed import Printed
from newsmine.ingest.printed.gutters import MOST_CELLS, Gutters
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


@pytest.mark.parametrize("far", [9e10, math.inf, -9e10, math.nan])
def test_words_far_off_the_page_take_no_room(far: float) -> None:
    """A matrix of a PDF put one where its page's raster would have taken 12 TB."""
    rows = [
        Printed(text, (left, 12 * row, left + 40, 12 * row + 10), 10)
        for row in range(12)
        for left, text in ((0, "harbour"), (42, "wall"), (102, "council"))
    ]
    lost = Printed("lost", (min(far, 0), 0, far, 10), 10)
    gutters = Gutters.of([*rows, lost])
    assert gutters.runs.size < 1.1 * MOST_CELLS
    assert not gutters.parts(rows[15], rows[16])
    assert gutters.parts(rows[16], rows[17])
