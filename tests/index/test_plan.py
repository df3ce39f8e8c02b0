"""Which way a search takes through a file: the narrow indexes, not the rows with their texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsmine.index import Index, create_index
from newsmine.index.facets import hits_of
from newsmine.index.plan import Plan
from newsmine.index.query_line import parse_query
from tests.index.conftest import courier, lantern, times


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Index]:
    """A file: how a server goes about it is its own business."""
    with create_index(tmp_path / "news.db") as index:
        for extraction in (lantern(), courier(), times()):
            index.add(extraction)
        yield index


def plan_of(index: Index, line: str) -> Plan:
    return Plan(index._database, parse_query(line), parse_query(line).what)


def steps(index: Index, asked: list[str]) -> str:
    """How SQLite goes about the statements, a line for each step."""
    run = index._database._connection.execute
    return "\n".join(row[3] for sql in asked for row in run(f"EXPLAIN QUERY PLAN {sql}"))


def traced(index: Index) -> list[str]:
    """The statements that the index is asked from now on, with their values in them."""
    asked: list[str] = []
    index._database._connection.set_trace_callback(asked.append)
    return asked


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", ["articles_newest", "attributions_facets"]),
        ("kind:direct", ["articles_newest", "attributions_facets"]),
        ("year:2018..2019", ["articles_newest", "attributions_facets"]),
        ("claim:>0", ["articles_newest"]),
    ],
)
def test_the_newest_are_found_without_their_texts(
    opened: Index, line: str, expected: list[str]
) -> None:
    asked = traced(opened)
    list(plan_of(opened, line).rows("hit.id", sort="date", limit=20))
    opened._database._connection.set_trace_callback(None)
    for name in expected:
        assert f"COVERING INDEX {name}" in steps(opened, asked[-1:])


def test_what_an_organisation_says_lies_together(
    opened: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of so few, a walk through all would be as quick.
    monkeypatch.setattr(Plan, "_total", 1_000_000)
    plan = plan_of(opened, "org:hearthlight")
    assert plan.at_most(5)
    asked = traced(opened)
    hits = hits_of(opened._database, plan, "quotes", sort="date")
    opened._database._connection.set_trace_callback(None)
    assert len(hits.ids) == 2
    assert "COVERING INDEX attributions_organisation" in steps(opened, asked)


@pytest.mark.parametrize(
    ("line", "looks"), [("org:hearthlight", False), ("kind:direct", False), ("year:2018", True)]
)
def test_counts_look_at_articles_where_something_asks_for_them(
    opened: Index, line: str, looks: bool
) -> None:
    plan = plan_of(opened, line)
    asked = traced(opened)
    assert plan.count() == len(list(opened.search(line, limit=None).stream()))
    opened._database._connection.set_trace_callback(None)
    counting = next(sql for sql in asked if sql.startswith("SELECT count(*) FROM attributions AS"))
    assert ("articles" in counting) == looks


def test_a_stream_in_the_order_of_dates_sorts_no_more_than_an_article(opened: Index) -> None:
    asked = traced(opened)
    list(plan_of(opened, "").rows("hit.id", sort="date"))
    opened._database._connection.set_trace_callback(None)
    sorting = [one for one in steps(opened, asked[-1:]).splitlines() if "TEMP B-TREE" in one]
    assert all("RIGHT PART" in one or "LAST" in one for one in sorting)


@pytest.mark.parametrize(
    ("line", "index_of"),
    [
        ("checked:yes", "attributions_checked"),
        ("printed:>1", "prints_printed"),
        ("printed:2..5", "prints_printed"),
        ("outlet:lantern", "articles_outlet"),
        ("year:2018 kind:direct", "articles_newest"),
    ],
)
def test_what_few_rows_have_is_found_by_its_index(
    opened: Index, line: str, index_of: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Plan, "_total", 1_000_000)
    plan = plan_of(opened, line)
    asked = traced(opened)
    plan.count()
    opened._database._connection.set_trace_callback(None)
    counting = [sql for sql in asked if sql.startswith("SELECT count(*) FROM attributions AS")]
    assert f"INDEX {index_of}" in steps(opened, counting)


@pytest.mark.parametrize("line", ["printed:>0", "printed:1", "printed:0.5..9", "printed:<3"])
def test_what_is_printed_once_is_in_no_index_of_what_is_printed_often(
    opened: Index, line: str
) -> None:
    assert opened.search(line).total == 5


@pytest.mark.parametrize("counted", [0, 5])
def test_words_of_many_articles_are_not_gone_through_one_by_one(
    opened: Index, counted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each article against the list of all that have the word took seconds."""
    expected = [row["quote"] for row in opened.iter_quotes()][:2]
    monkeypatch.setattr("newsmine.index.plan.COUNTED", counted)
    plan = plan_of(opened, "about:verify")
    sql, _ = plan.select("hit.id", sort="date", limit=20)
    assert ("+hit.article IN" in sql) == (counted == 0)
    assert [row["quote"] for row in opened.search("about:verify").rows] == expected
