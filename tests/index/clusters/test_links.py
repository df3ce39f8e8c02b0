"""Two prints of one saying, and two that only look so."""

from __future__ import annotations

import pytest

from newsmine.index.clusters.groups import in_order, sayings
from newsmine.index.clusters.links import Link, LinkKind, Said, link
from newsmine.index.clusters.speakers import Likeness, Who, likeness

ANN = Who("Ann Lee", "person", "Hearthlight")
BO = Who("Bo Reed", "person", "Ministry of Calm")
NOBODY = Who(None, "anonymous")
LONG = "“Each firm that lets a child sign up must count the reports it gets and publish them.”"


def said(
    ident: int, quote: str, who: Who = ANN, day: str | None = "2018-05-03", **more: str
) -> Said:
    return Said(ident, ident * 10, quote, more.get("kind", "direct"), who, day)


def kind(a: Said, b: Said) -> LinkKind | None:
    found = link(a, b)
    assert found == link(b, a)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ANN, Who("Dr Ann Lee", "person"), "same"),
        (ANN, Who("Lee", "person"), "same"),
        (ANN, Who("A. Lee", "person"), "same"),
        (ANN, Who("Bo Lee", "person"), "different"),
        (ANN, Who("Ann Reed", "person"), "different"),
        (ANN, Who("Hearthlight", "organisation"), "same"),
        (ANN, Who("Ministry of Calm", "organisation"), "different"),
        (ANN, Who("a spokeswoman", "anonymous", "Hearthlight"), "open"),
        (ANN, Who("a spokesman", "anonymous", "Ministry of Calm"), "different"),
        (ANN, NOBODY, "open"),
        (NOBODY, NOBODY, "open"),
        (Who("Ann Lee", "person"), Who("Hearthlight", "organisation"), "open"),
        (
            Who("IWF", "organisation", "IWF"),
            Who("Internet Watch Foundation", "organisation", "Internet Watch Foundation"),
            "same",
        ),
    ],
)
def test_speakers(one: Who, other: Who, expected: Likeness) -> None:
    assert likeness(one, other) == likeness(other, one) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (
            "'Each firm that lets a child sign up must count the reports it gets and publish them'",
            "exact",
        ),
        (
            "“Each firm that lets a child sign up must count thc reports it gets and publish them”",
            "near",
        ),
        ("“Each firm that lets a child sign up must count the reports”", "trimmed"),
        ("“Each firm … must count the reports it gets and publish them”", "trimmed"),
        ("“Each firm must open its books to us and pay for the harm that it does”", None),
    ],
)
def test_words(other: str, expected: LinkKind | None) -> None:
    assert kind(said(1, LONG), said(2, other)) == expected
    assert kind(said(1, LONG), said(2, other, BO)) is None


def test_a_speaker_left_open_costs_some_score() -> None:
    sure, open_ = link(said(1, LONG), said(2, LONG)), link(said(1, LONG), said(2, LONG, NOBODY))
    assert sure
    assert open_
    assert (sure.score, open_.score) == (1.0, 0.85)
    assert sure.reason == "the same words; the same speaker"


def test_another_figure_is_another_saying() -> None:
    text = "“We had {} calls from children who were asked for pictures by strangers this year”"
    assert kind(said(1, text.format("1,200")), said(2, text.format("1,300"))) is None
    assert (
        kind(said(1, text.format("1,200")), said(2, text.format("1,200") + " and more")) == "near"
    )


def test_a_fragment() -> None:
    mixed = said(2, "firms must “count the reports it gets and publish them”", kind="mixed")
    assert kind(said(1, LONG), mixed) == "mixed"
    brief = said(3, "there must be a “count of the missing”", kind="mixed")
    assert kind(said(1, LONG), brief) is None


@pytest.mark.parametrize(
    ("day", "who", "expected"),
    [
        ("2018-05-04", ANN, "paraphrase"),
        ("2018-06-04", ANN, None),
        (None, ANN, None),
        ("2018-05-04", NOBODY, None),
        ("2018-05-04", BO, None),
    ],
)
def test_other_words(day: str | None, who: Who, expected: LinkKind | None) -> None:
    told = said(
        2,
        "firms should publish a count of the reports that each child signs",
        who,
        day,
        kind="indirect",
    )
    found = link(said(1, LONG), told)
    assert (found.kind if found else None) == expected
    assert found is None or found.score <= 0.5


@pytest.mark.parametrize(
    "quote", ["“No comment”", "“We take the safety of users extremely seriously”"]
)
def test_stock_phrases(quote: str) -> None:
    assert kind(said(1, quote), said(2, quote, day="2018-05-05")) == "exact"
    assert kind(said(1, quote), said(2, quote, day="2018-09-05")) is None
    assert kind(said(1, quote), said(2, quote, BO)) is None
    assert kind(said(1, quote), said(2, quote, NOBODY)) is None


def test_an_empty_quote_is_like_nothing() -> None:
    assert kind(said(1, "“…”"), said(2, "“…”")) is None
    assert kind(said(1, LONG), said(1, LONG)) is None


def test_a_speaker_left_open_does_not_join_two_others() -> None:
    members = {1: ANN, 2: NOBODY, 3: BO}
    links = [Link(1, 2, "exact", 0.85, ""), Link(2, 3, "near", 0.8, "")]
    assert sayings(members, links) == [[1, 2], [3]]


def test_the_first_print() -> None:
    dates = {1: None, 2: "2018", 3: "2018-05-03", 4: "2018-05", 5: "2018-05-03"}
    assert in_order([1, 2, 3, 4, 5], dates) == [3, 5, 4, 2, 1]
