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
