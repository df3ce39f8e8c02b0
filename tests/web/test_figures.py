"""The page of figures: which agree over articles and within one, and with which sum."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from newsmine.index import create_index
from newsmine.types import Check, Claim, Extraction
from newsmine.web.views import figures
from tests.factories import make_extraction, make_speaker, span_of

SUM = "7,300 ÷ 365 days = 20 a day; printed: 90 a day"


def paper(outlet: str, printed: str, org: str, counted: str = "grooming reports") -> Extraction:
    text = f"{outlet}: {org} counted {printed} {counted}, or 90 a day."
    speaker = make_speaker(org, type="organisation", organisation=org)
    value = Fraction(printed.replace(",", ""))
    claims = (
        Claim(
            *("c1", span_of(text, printed), "count", value, value, value),
            counted=counted,
            period="in 2017",
            speaker=speaker,
        ),
        Claim("c2", span_of(text, "90"), "rate", Fraction(90), unit="reports a day"),
    )
    check = Check(("c1", "c2"), "rate and total", "disagree", SUM)
    return make_extraction(
        text,
        path=f"{outlet}.txt",
        outlet=outlet,
        published="2018-05-03",
        claims=claims,
        checks=(check,),
    )


@pytest.fixture
def pages(path: Path, client: TestClient) -> TestClient:
    with create_index(path) as index:
        index.add(paper("Beacon", "7,300", "Hearthlight"))
        index.add(paper("Comet", "7,300", "Hearthlight"))
        index.add(paper("Echo", "9,123", "Pollmark", "<b>cats</b>"))
    return client


def found(client: TestClient, **params: str) -> dict[str, Any]:
    values: dict[str, Any] = client.get("/claims", params={**params, "format": "json"}).json()
    return values


def test_one_figure_of_two_papers_is_shown_with_links(pages: TestClient) -> None:
    (row,) = found(pages)["across"]
    assert (row["relation"], row["verdict"]) == ("same figure", "agree")
    assert {one["outlet"] for one in row["prints"]} == {"Beacon", "Comet"}
    page = pages.get("/claims").text
    for one in row["prints"]:
        assert f'href="{one["url"]}"' in page
        article, _, claim = one["url"].partition("#")
        assert f'id="{claim}"' in pages.get(article).text


def test_a_sum_that_is_wrong_is_shown(pages: TestClient) -> None:
    page = pages.get("/claims").text
    assert page.count(SUM) == 3
    assert 'class="tag verdict-disagree">disagree<' in page
    assert page.count("<table") == page.count("<caption") == 2


@pytest.mark.parametrize(
    ("params", "across", "within"),
    [
        ({"org": "pollmark"}, 0, 1),
        ({"org": "hearthlight"}, 1, 2),
        ({"counted": "cats"}, 0, 1),
        ({"verdict": "agree"}, 1, 0),
        ({"verdict": "disagree"}, 0, 3),
        ({"org": "nobody"}, 0, 0),
    ],
)
def test_filters(pages: TestClient, params: dict[str, str], across: int, within: int) -> None:
    values = found(pages, **params)
    assert (len(values["across"]), len(values["within"])) == (across, within)
    page = pages.get("/claims", params=params).text
    for value in params.values():
        assert f'value="{value}"' in page


@pytest.mark.parametrize(
    "params",
    [
        {"verdict": "<script>alert(1)</script>"},
        {"org": '"!!'},
        {"counted": '"open'},
        {"org": "\0"},
    ],
)
def test_a_filter_without_sense_is_told_and_kept(pages: TestClient, params: dict[str, str]) -> None:
    answer = pages.get("/claims", params=params)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "<script>alert" not in answer.text
    assert found(pages, **params)["problem"]


def test_hostile_text_is_inert(pages: TestClient) -> None:
    page = pages.get("/claims", params={"org": "<script>alert(1)</script>" + "x" * 10_000}).text
    assert "<script>alert" not in page
    assert len(page) < 20_000
    assert "<b>cats</b>" not in pages.get("/claims").text


def test_too_many_figures_are_not_set_against_each_other(
    pages: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_COMPARED", 3)
    values = found(pages)
    assert (values["too_many"], values["across"], len(values["within"])) == (True, [], 3)
    assert "are too many" in pages.get("/claims").text
    assert not found(pages, org="pollmark")["too_many"]
