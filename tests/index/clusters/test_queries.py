"""Asking for what was printed often, for each saying once, and without copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsmine.errors import QueryError
from newsmine.index import Index, create_index
from tests.factories import make_extraction
from tests.index.clusters.test_copies import STORY
from tests.index.clusters.test_sayings import ANN, BO, LONG, OTHER, SHORT, printed


@pytest.fixture
def index(path: Path) -> Iterator[Index]:
    with create_index(path) as opened:
        opened.add(printed("Star", "2018-05-03", (LONG, ANN)))
        opened.add(printed("Post", "2018-05-04", (SHORT, ANN)))
        opened.add(printed("Mail", "2018-05-05", (LONG, ANN), (OTHER, BO)))
        for name, day in (("Echo", "2018-05-07"), ("Argus", "2018-05-06")):
            opened.add(
                make_extraction(
                    STORY,
                    path=name,
                    id=name,
                    outlet=name,
                    published=day,
                    quotes=[(STORY[-50:], BO)],
                )
            )
        opened.cluster()
        yield opened


@pytest.mark.parametrize(
    ("line", "papers"),
    [
        ("printed:3", ["Mail", "Post", "Star"]),
        ("printed:>2", ["Mail", "Post", "Star"]),
        ("printed:1", ["Mail"]),
        ("printed:2", ["Echo", "Argus"]),
        ("-printed:1", ["Echo", "Argus", "Mail", "Post", "Star"]),
        ("printed:once", ["Argus", "Mail", "Star"]),
        ("printed:once outlet:post", ["Post"]),
        ("printed:once outlet:post,mail", ["Mail", "Post"]),
        ("printed:once firm", ["Star"]),
        ("printed:once org:hearthlight", ["Star"]),
        ("-printed:once", ["Echo", "Mail", "Post"]),
        ("wire:copy", ["Echo"]),
        ("wire:first", ["Argus"]),
        ("-wire:copy", ["Argus", "Mail", "Mail", "Post", "Star"]),
        ("wire:revised,same", []),
    ],
)
def test_lines(index: Index, line: str, papers: list[str]) -> None:
    found = index.search(line)
    assert [row["outlet"] for row in found.rows] == papers
    assert found.total == len(papers)
    assert index.search(line, sort="outlet", limit=1).total == len(papers)
    assert sum(count for _, count in found.facets["outlet"].counts) == len(papers)


def test_ranked_once(index: Index) -> None:
    rows = index.search("printed:once firm", sort="rank").rows
    assert [row["outlet"] for row in rows] == ["Star"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("printed:often", "is no number"),
        ("printed:0", "is less than once"),
        ("printed:>2 claim:5", "asks for figures"),
        ("wire:coppy", "Did you mean copy"),
    ],
)
def test_mistakes(index: Index, line: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        index.search(line)


def test_figures_of_copies(index: Index) -> None:
    assert index.search("wire:copy claim:>1").total == 0
