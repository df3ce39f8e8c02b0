"""Checks within articles and figures of several articles, out of an index."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from newsmine.errors import QueryError
from newsmine.index import AGREEMENT_COLUMNS, CHECK_COLUMNS, Index
from newsmine.types import Check, Claim, Extraction
from tests.factories import make_extraction, make_speaker, span_of

HALF = Fraction(1, 2)
SUM = "7,300 ÷ 365 days = 20 a day; printed: 90 a day"


def a_claim(name: str, text: str, printed: str, org: str | None = None, **fields: Any) -> Claim:
    value = Fraction(printed.replace(",", ""))
    speaker = make_speaker(org, type="organisation", organisation=org) if org else None
    fields = {"form": "count", "counted": "grooming reports", **fields}
    span = span_of(text, printed)
    return Claim(
        name, span, value=value, low=value - HALF, high=value + HALF, speaker=speaker, **fields
    )


def paper(
    outlet: str, printed: str, org: str, published: str = "2018-05-03", **fields: Any
) -> Extraction:
    text = f"{outlet}: {org} counted {printed} grooming reports, or 90 a day."
    claims = (
        a_claim("c1", text, printed, org, **fields),
        a_claim("c2", text, "90", org, form="rate", unit="reports a day", counted=None),
    )
    check = Check(("c1", "c2"), "rate and total", "disagree", SUM)
    return make_extraction(
        text,
        path=f"{outlet}.txt",
        outlet=outlet,
        published=published,
        claims=claims,
        checks=(check,),
    )


@pytest.fixture
def papers(index: Index) -> Index:
    """Two papers print Hearthlight's figure, one rounds it, one has Pollmark's."""
    index.add(paper("Beacon", "7,300", "Hearthlight", period="in 2017"))
    index.add(paper("Comet", "7,300", "Hearthlight", period="in 2017"))
    index.add(paper("Dispatch", "7,000", "Hearthlight", period="in 2017"))
    index.add(paper("Echo", "9,123", "Pollmark", "2020", period="in 2017"))
    return index


def test_checks_are_rows(papers: Index) -> None:
    rows = list(papers.iter_checks(outlet="Beacon"))
    assert [tuple(row) for row in rows] == [CHECK_COLUMNS]
    (row,) = rows
    assert (row["rule"], row["verdict"], row["sum"]) == ("rate and total", "disagree", SUM)
    assert row["figures"] == ["7,300", "90"]
    assert row["counted"] == "grooming reports"
    assert row["claims"] == ["c1", "c2"]


@pytest.mark.parametrize(
    ("filters", "outlets"),
    [
        ({}, ["Beacon", "Comet", "Dispatch", "Echo"]),
        ({"verdict": "disagree", "org": "hearthlight"}, ["Beacon", "Comet", "Dispatch"]),
        ({"since": "2020"}, ["Echo"]),
        ({"until": "2018"}, ["Beacon", "Comet", "Dispatch"]),
        ({"verdict": "agree"}, []),
        ({"counted": "report"}, ["Beacon", "Comet", "Dispatch", "Echo"]),
        ({"counted": "zebras"}, []),
        ({"rule": "rate and total", "outlet": "echo"}, ["Echo"]),
    ],
)
def test_filters_of_checks(papers: Index, filters: dict[str, Any], outlets: list[str]) -> None:
    assert sorted(row["outlet"] for row in papers.iter_checks(**filters)) == outlets


def test_checks_of_one_article(papers: Index) -> None:
    ident = next(entry.id for entry in papers.articles() if entry.outlet == "Comet")
    assert [row["article"] for row in papers.iter_checks(article=ident)] == [ident]
    assert next(iter(papers.iter_checks(limit=1)))["outlet"] == "Echo"


def test_no_checks_make_an_empty_table(index: Index) -> None:
    table = index.checks()
    assert table.empty
    assert list(table.columns) == list(CHECK_COLUMNS)


@pytest.mark.parametrize(
    "filters", [{"verdict": "true"}, {"since": "soon"}, {"limit": 0}, {"org": "?"}]
)
def test_filters_that_make_no_sense(papers: Index, filters: dict[str, Any]) -> None:
    with pytest.raises(QueryError):
        list(papers.iter_checks(**filters))


def test_one_figure_of_three_papers_has_one_compiler(papers: Index) -> None:
    copies, conflict = papers.iter_agreements()
    assert tuple(copies) == AGREEMENT_COLUMNS
    assert copies["relation"] == "rounded copy"
    assert copies["compilers"] == ["Hearthlight"]
    assert sorted(copies["outlets"]) == ["Beacon", "Comet", "Dispatch"]
    assert len(copies["articles"]) == len(copies["claims"]) == 3
    assert (conflict["relation"], conflict["verdict"]) == ("conflict", "disagree")
    assert sorted(conflict["compilers"]) == ["Hearthlight", "Pollmark"]


def test_filters_of_agreements(papers: Index) -> None:
    assert [r["relation"] for r in papers.iter_agreements(verdict="disagree")] == ["conflict"]
    assert [r["relation"] for r in papers.iter_agreements(org="Hearthlight")] == ["rounded copy"]
    assert list(papers.iter_agreements(counted="zebras")) == []
    assert len(list(papers.iter_agreements(limit=1))) == 1
    assert papers.agreements(outlet="Echo").empty
    with pytest.raises(QueryError):
        list(papers.iter_agreements(relation="feud"))


def test_replaced_articles_leave_no_checks(papers: Index) -> None:
    ident = next(entry.id for entry in papers.articles() if entry.outlet == "Comet")
    assert papers.remove(ident)
    assert "Comet" not in {row["outlet"] for row in papers.iter_checks()}
