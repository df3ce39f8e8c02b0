"""Rows come as they are asked for, few at a time, and as plain values."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import pytest

from newsmine.index import Index, create_index, open_index
from newsmine.index.rows import AT_ONCE, FIRST, plain_row, rows_with
from tests.factories import make_extraction

ARTICLES, EACH = 20, 30
MANY = ARTICLES * EACH
"""More than two batches."""


def article_of(number: int) -> str:
    return f"{number:03}.txt"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of few days; the days do not go with the order in which they are added."""
    path = tmp_path_factory.mktemp("many") / "news.db"
    with create_index(path) as index:
        for number in range(ARTICLES):
            said = [f"“We counted {number}x{one},”" for one in range(EACH)]
            index.add(
                make_extraction(
                    " ".join(said),
                    path=article_of(number),
                    published=None if number % 7 == 3 else f"2019-0{number % 5 + 1}-03",
                    quotes=[(quote, None) for quote in said],
                )
            )
    return path


@pytest.fixture
def many(path: Path) -> Iterator[Index]:
    with open_index(path) as index:
        yield index


def test_there_are_several_batches() -> None:
    assert FIRST + AT_ONCE < MANY


@pytest.mark.parametrize("sort", ["date", "outlet", "speaker"])
def test_batches_leave_nothing_out_and_keep_the_order(many: Index, sort: str) -> None:
    rows = list(many.iter_quotes(sort=sort))
    assert len({row["quote"] for row in rows}) == len(rows) == MANY
    assert rows == list(many.search("", limit=None, sort=sort).stream())
    dates = [row["published"] or "" for row in rows]
    assert dates == sorted(dates, reverse=True)
    places = [(row["published"], row["article"], int(row["attribution"][1:])) for row in rows]
    for before, after in pairwise(places):
        assert before[0] != after[0] or before[1:] < after[1:]


def test_pages_are_stretches_of_the_whole(many: Index) -> None:
    whole = list(many.search("counted", limit=None).stream())
    for offset in (0, 1, FIRST, FIRST + AT_ONCE - 1, MANY - 5, MANY, MANY + 9):
        page = many.search("counted", limit=25, offset=offset).rows
        assert list(page) == whole[offset : offset + 25]


def test_no_more_is_read_than_is_asked_for(many: Index) -> None:
    asked: list[str] = []
    many._database._connection.set_trace_callback(asked.append)
    rows = many.iter_quotes()
    next(rows)
    assert sum("FROM quotes" in sql for sql in asked) == 1
    list(islice(rows, FIRST))
    assert sum("FROM quotes" in sql for sql in asked) == 2


def test_memory_does_not_grow_with_the_rows(many: Index) -> None:
    def peak(limit: int) -> int:
        tracemalloc.start()
        try:
            for _ in many.iter_quotes(limit=limit):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    list(many.iter_quotes())
    assert peak(MANY) < 1.2 * peak(FIRST + AT_ONCE)


def test_a_row_that_is_gone_is_left_out(many: Index) -> None:
    ids = [row[0] for row in many._database.rows("SELECT id FROM attributions ORDER BY id")]
    found = rows_with(many._database, "quotes", [ids[3], max(ids) + 1, ids[1]])
    assert [ident for ident, _ in found] == [ids[3], ids[1]]


@pytest.mark.parametrize(
    ("column", "stored", "plain"),
    [
        ("content", "[[0, 4]]", [[0, 4]]),
        ("content", "[]", []),
        ("topics", None, None),
        ("value", 22724.0, 22724),
        ("value", 0.5, 0.5),
        ("value", None, None),
        ("quote", "[]", "[]"),
        ("confidence", 1.0, 1.0),
    ],
)
def test_plain_values(column: str, stored: object, plain: object) -> None:
    found = plain_row([stored], (column,))[column]
    assert found == plain
    assert type(found) is type(plain)


def test_lists_are_not_shared() -> None:
    columns = ("content", "topics")
    one, other = (plain_row(["[]", "[]"], columns) for _ in range(2))
    one["content"].append([0, 1])
    assert one["topics"] == other["content"] == []
