"""Whom everybody knew to speak for a government or party, where the article does not say so."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from newsmine.nlp.speakers import resolve_speakers
from newsmine.nlp.speakers.departments import GOVERNMENT
from newsmine.nlp.speakers.figures import Spell, known_body
from newsmine.nlp.speakers.lexicon import data, lexicon
from newsmine.types import Attribution, Speaker

from .test_speakers import article_of

MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
FIGURES = data("figures")["figure"]


def speaker(marked: str, *, published: str | None = None) -> Speaker:
    """Who speaks in the brackets; what is said is the last word of the sentence."""
    text = marked.replace("[", "").replace("]", "")
    source = marked.index("["), marked.index("]") - 1
    cue = text.index("said", source[1])
    said = (cue + 5, text.index(".", cue))
    found = Attribution("1", "indirect", (said,), (source,), ((cue, cue + 4),))
    article = replace(article_of(text), published=published)
    out, _ = resolve_speakers(article, attributions=[found], mentions=())
    assert out[0].speaker is not None
    return out[0].speaker


def test_a_leader_has_the_party_that_the_article_prints() -> None:
    assert speaker("The Lib Dems met MPs. [Paddy Ashdown] said so.").organisation == "Lib Dems"
    assert speaker("The Tories met MPs. [Paddy Ashdown] said so.").organisation is None


def test_a_prime_minister_in_and_out_of_office() -> None:
    text = "Labour MPs met. [Sir John Major] said so. The Tories left."
    assert speaker(text, published="1995-06-02").organisation == "government"
    assert speaker(text, published="1995").organisation == "government"
    assert speaker(text, published="1999-06-02").organisation == "Tories"
    assert speaker(text, published="2015-06-02").organisation is None


def test_what_the_article_tells_comes_first() -> None:
    text = "MPs met. [John Major], chairman of the Tide Trust, said so."
    assert speaker(text, published="1995-06-02").organisation == "Tide Trust"
    text = "MPs met. Fisherman [John Major] said so. The government left."
    assert speaker(text, published="1995-06-02").organisation is None
    text = "MPs met. The former prime minister [John Major] said so."
    assert speaker(text, published="1995-06-02").organisation is None


def test_nobody_is_known_where_nothing_tells_of_politics() -> None:
    assert speaker("The nets were torn. [John Major] said so.").organisation is None
    assert speaker("The government met. [John Mayor] said so.").organisation is None


def test_a_surname_that_is_never_introduced() -> None:
    assert speaker("The Lib Dems met MPs. [Mr Ashdown] said so.").organisation == "Lib Dems"
    assert speaker("The Lib Dems met MPs. [Mr Ashton] said so.").organisation is None
    # two of that surname
    assert speaker("The government met MPs. [Mr Clarke] said so.").organisation is None


@pytest.mark.parametrize(
    ("published", "holds"),
    [("1997-05", True), ("1997", True), ("1997-04-30", False), ("2001", False), (None, True)],
)
def test_spells_take_in_both_ends(published: str | None, holds: bool) -> None:
    spell = Spell("government", "1997-05", "2000-11")
    assert known_body((spell,), published, {}) == ("government" if holds else None)


def test_a_spell_that_lasts() -> None:
    assert Spell("Labour", "2015-05", "").holds("2099-01-01")


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f["name"])
def test_each_figure_is_well_formed(figure: dict[str, Any]) -> None:
    parties = {b for b, *_ in figure["spells"]} - {GOVERNMENT}
    assert {p.lower() for p in parties} <= set(lexicon().parties)
    for _, first, last in figure["spells"]:
        assert MONTH.fullmatch(first)
        assert not last or (MONTH.fullmatch(last) and first <= last)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f["name"])
def test_each_figure_is_known_in_its_spells_only(figure: dict[str, Any]) -> None:
    name, spells = figure["name"], figure["spells"]
    parties = ", ".join(b for b, *_ in spells if b != GOVERNMENT)
    text = f"MPs met. The {parties} and the government left. [{{}}] said so."
    for body, first, _ in spells:
        assert speaker(text.format(name), published=first).organisation in (body, GOVERNMENT)
        namesake = f"Netta {name.split()[-1]}"
        assert speaker(text.format(namesake), published=first).organisation is None
    assert speaker(text.format(name), published="1955-05").organisation is None


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f["name"])
def test_spells_for_one_body_do_not_meet(figure: dict[str, Any]) -> None:
    for body in {b for b, *_ in figure["spells"]}:
        spells = sorted(s[1:] for s in figure["spells"] if s[0] == body)
        assert all(last and last < first for (_, last), (first, _) in pairwise(spells))


def test_no_figure_twice() -> None:
    names = [figure["name"] for figure in FIGURES]
    assert len(names) == len(set(names))
    assert data("figures")["match"] in names
    assert data("figures")["never"] not in names
