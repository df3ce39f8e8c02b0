"""The first real article, as its issue asks: whole way, rules and model that know nothing of it.

Only names and figures stand here, no words of the article; without the data it is skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import newsmine
from newsmine.types import Attribution, Claim, Extraction

DATA = Path(os.environ.get("NEWSMINE_DATA", Path(__file__).parents[3] / "shared" / "data"))
ARTICLE = DATA / "articles" / "daily-mail-child-abuse-images.txt"
pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason=f"{ARTICLE} is absent")


@pytest.fixture(scope="module")
def found() -> Extraction:
    return newsmine.extract(newsmine.read(ARTICLE)[0])


def by(found: Extraction, name: str) -> list[Attribution]:
    return [a for a in found.attributions if a.speaker and a.speaker.name == name]


def claim(found: Extraction, value: float | None, form: str) -> Claim:
    return next(c for c in found.claims if c.form == form and c.value == value)


@pytest.mark.parametrize(
    ("name", "role", "parts"),
    [("Tony Stower", "head of child safety online", 3), ("Andy Burrows", None, 1)],
)
def test_people(found: Extraction, name: str, role: str | None, parts: int) -> None:
    (attribution,) = by(found, name)
    assert (attribution.kind, len(attribution.content)) == ("direct", parts)
    assert attribution.speaker is not None
    assert (attribution.speaker.role, attribution.speaker.organisation) == (role, "NSPCC")


def test_the_girl_is_anonymous_and_speaks_in_two_paragraphs(found: Extraction) -> None:
    (girl,) = [a for a in found.attributions if a.speaker and a.speaker.type == "anonymous"]
    assert (girl.kind, len(girl.content)) == ("direct", 2)


def test_the_charity_claims_warns_and_compares(found: Extraction) -> None:
    said = by(found, "NSPCC")
    cues = [found.article.text[slice(*a.cue[0])] for a in said]
    assert any("claimed" in cue for cue in cues)
    assert "warning" in cues
    assert [a.kind for a in said].count("mixed") == 1
    assert all(a.speaker and a.speaker.type == "organisation" for a in said)


def test_no_subhead_and_no_scare_quote_is_a_quotation(found: Extraction) -> None:
    quotes = [
        found.article.text[slice(*s)].strip("‘’")
        for a in found.attributions
        for s in a.content
        if a.kind != "indirect"
    ]
    assert all(len(quote.split()) > 4 for quote in quotes)


def test_figures(found: Extraction) -> None:
    level, change = claim(found, 22724, "count"), claim(found, 25, "change_relative")
    assert level.direction == change.direction == "up"
    assert (change.approximator, change.base) == ("almost", "the previous year")
    for figure in (level, change):
        assert figure.speaker is not None
        assert (figure.speaker.type, figure.speaker.organisation) == ("document", "NSPCC")
    rates = [c for c in found.claims if c.form == "rate" and c.value == 23]
    assert any(c.period and "2017" in c.period and "2018" in c.period for c in rates)
    assert claim(found, None, "multiple").status == "hypothetical"
    rise = claim(found, 700, "change_relative")
    assert rise.speaker is not None
    assert rise.speaker.name == "Home Office"
    assert "five years" in (rise.period or "")
    assert not any(c.value == 14 for c in found.claims)


def test_the_page(found: Extraction) -> None:
    article = found.article
    assert article.outlet == "Daily Mail"
    assert [(b.name, b.role) for b in article.bylines] == [
        ("Emily Kent Smith", "Media and Technology Reporter")
    ]
    kinds = [zone.kind for zone in article.zones]
    assert {"headline", "lead", "body", "pull_quote", "furniture"} <= set(kinds)
    assert kinds[-1] == "furniture"
