"""Which organisation a speaker belongs to (cases/speaker_organisations.toml); whose works are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.speakers import resolve_speakers
from newsmine.nlp.speakers.entities import gather
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.names import find_names
from newsmine.nlp.speakers.text import layout
from newsmine.types import Attribution, Speaker

from .test_speakers import article_of

CASES = tomllib.loads(
    (Path(__file__).parent / "cases" / "speaker_organisations.toml").read_text("utf-8")
)


def told(name: str) -> list[tuple[str, str]]:
    return [(organisation, text) for organisation, text in CASES[name]]


def speakers(marked: str) -> Iterator[Speaker]:
    """Who speaks in each pair of brackets; what is said is the last word of the sentence."""
    text, spans = "", []
    for part in re.split(r"(\[[^]]*\])", marked):
        if part.startswith("["):
            spans.append((len(text), len(text) + len(part) - 2))
        text += part.strip("[]") if part.startswith("[") else part
    found = []
    for number, span in enumerate(spans):
        cue = next(re.compile(r"\b(?:said|says|found)\b").finditer(text, span[1]))
        said = (cue.end() + 1, text.index(".", cue.end()))
        found.append(Attribution(str(number), "indirect", (said,), (span,), (cue.span(),)))
    out, _ = resolve_speakers(article_of(text), attributions=found, mentions=())
    for attribution in out:
        assert attribution.speaker is not None
        yield attribution.speaker


def organisations(marked: str) -> list[str]:
    return [speaker.organisation or "" for speaker in speakers(marked)]


@pytest.mark.parametrize(("organisation", "text"), told("before"))
def test_told_before_the_name(organisation: str, text: str) -> None:
    assert organisations(text) == [organisation]


@pytest.mark.parametrize(("organisation", "text"), told("after"))
def test_told_after_the_name(organisation: str, text: str) -> None:
    assert organisations(text) == [organisation]


@pytest.mark.parametrize(("organisation", "text"), told("clauses"))
def test_told_in_a_clause(organisation: str, text: str) -> None:
    assert organisations(text) == [organisation]


@pytest.mark.parametrize(("organisation", "text"), told("elsewhere"))
def test_told_elsewhere(organisation: str, text: str) -> None:
    assert organisations(text) == [organisation]


@pytest.mark.parametrize(("organisation", "text"), told("nobody"))
def test_no_organisation(organisation: str, text: str) -> None:
    assert organisations(text) == [organisation] == [""]


@pytest.mark.parametrize(("organisation", "text"), told("unnamed"))
def test_whose_unnamed_people_are(organisation: str, text: str) -> None:
    assert organisations(text) == [organisation]


@pytest.mark.parametrize(("organisation", "text"), told("documents"))
def test_whose_a_document_is(organisation: str, text: str) -> None:
    assert organisations(text) == [organisation]


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("organisation", "text"), told("failing"))
def test_known_failures(organisation: str, text: str) -> None:
    assert organisations(text) == [organisation]


# --- parties and ministers -----------------------------------------------------------------------


def test_a_party_has_all_its_printed_forms() -> None:
    text = "Tory MP [Owen Marsh] said so. The Conservatives met, and the Tories ate."
    assert organisations(text) == ["Conservatives (Tories, Tory)"]


def test_a_form_that_another_holds_is_not_repeated() -> None:
    text = "[Owen Marsh], of the UK Independence Party, said so. Ukip met. UKIP ate. Labour Party."
    assert organisations(text) == ["UK Independence Party (UKIP)"]


def test_the_department_is_told_by_the_title_only() -> None:
    text = "Home Secretary [Owen Marsh] said so. Home Office minister [Susan Pell] said so."
    assert organisations(text) == ["government", "Home Office"]


def test_a_party_that_may_govern_one_day_keeps_its_shadow_posts() -> None:
    text = (
        "The Tories spoke of a Tory government. Shadow minister [Owen Marsh] said so. Labour left."
    )
    assert organisations(text) == ["Tories (Tory)"]


def test_the_party_in_government_has_no_shadow_posts() -> None:
    text = "The Labour government fell. Shadow minister [Owen Marsh] said so. The Tories met."
    assert organisations(text) == ["Tories"]


# --- unnamed people ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("The Home Affairs Committee met. [Committee members] said so.", "Home Affairs Committee"),
        ("[Home Affairs experts] said so. The Home Affairs Committee met.", ""),
        ("[A senior government source] said so.", "government"),
        ("[Business leaders] said so. The Tide Company met.", ""),
        ("[City experts] said so.", ""),
        ("[A spokesman for the Tide Council] said so.", "Tide Council"),
        ("No 10 was calm. [The prime minister's official spokesman] said so.", "No 10"),
        ("Hollow was calm. [The prime minister's official spokesman] said so.", "government"),
        (
            "A study by the Tide Institute came out. [The authors of the study] said so.",
            "Tide Institute",
        ),
        ("A study by the Tide Institute came out. [The authors of the play] said so.", ""),
        ("[One witness], a supplier of nets, said so. The Tide Company met.", ""),
    ],
)
def test_unnamed_people(text: str, organisation: str) -> None:
    assert organisations(text) == [organisation]


# --- documents -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        (
            "[A report by the Tide Council and the Net Agency] said so.",
            "Tide Council and Net Agency",
        ),
        ("[A report by the Tide Council] said so, and the Net Agency left.", "Tide Council"),
        (
            "[The survey] said so. For the survey, Gartwell Research asked 900 people.",
            "Gartwell Research",
        ),
        ("[The survey] said so. At noon, Gartwell Research asked 900 people.", ""),
        ("The Tide Library for research opened. [A study] said so.", ""),
        ("The Tide Library research opened eyes. [The research] said so.", "Tide Library"),
        ("[Research from analysts Gartwell Systems] said so.", "Gartwell Systems"),
        ("The Commons tide committee sat all day. [The report] said so.", "Commons tide committee"),
        ("The Commons tide committee sat all day. [The song] said so.", ""),
    ],
)
def test_publishers(text: str, organisation: str) -> None:
    assert organisations(text) == [organisation]


# --- names ---------------------------------------------------------------------------------------


def labels(text: str) -> dict[str, str | None]:
    place = layout(text)
    return {e.name: e.label for e in gather(place, find_names(place), {}).all if e.names}


def test_a_builder_with_the_name_of_a_man_is_a_company() -> None:
    found = labels("The housebuilder George Marsh sold homes. Marsh said so.")
    assert found == {"George Marsh": "ORG"}


def test_a_man_who_builds_is_no_company() -> None:
    assert labels("The builder George Marsh sold homes. Marsh said so.")["George Marsh"] == "PERSON"


def test_a_short_name_follows_its_company() -> None:
    assert labels("Few knew Ostrel Group then. Ostrel said so.") == {"Ostrel Group": "ORG"}
    found = labels("Few knew Ostrel Group then. Orrin Ostrel left. Mr Ostrel said so.")
    assert found == {"Ostrel Group": "ORG", "Orrin Ostrel": "PERSON"}


def test_a_prince_is_not_a_namesake() -> None:
    found = labels("Prince Charles met Charles Marsh. Charles spoke.")
    assert found == {"Prince Charles": "PERSON", "Charles Marsh": "PERSON"}


def test_a_centre_has_its_university() -> None:
    text = "The Centre for Tides at the University of Hollow shut."
    assert "Centre for Tides at the University of Hollow" in labels(text)
    assert "Centre for Tides" in labels("The Centre for Tides at the Harbour shut.")


def test_councils_and_campaigns_in_small_letters() -> None:
    found = labels("The Yes campaign met Hollow city council and the town council.")
    assert set(found) == {"Yes campaign", "Hollow city council"}


@pytest.mark.parametrize("name", sorted(lexicon().known))
def test_each_known_organisation_is_found(name: str) -> None:
    assert labels(f"Everyone had heard of {name} by then.").get(name) == "ORG"


@given(st.text(alphabet="aAbB .,’'()\"for ofTheLab\n", max_size=120))
def test_any_text_is_read(text: str) -> None:
    found = Attribution("1", "indirect", ((0, len(text)),), ((0, min(9, len(text))),), ())
    out, _ = resolve_speakers(article_of(text), attributions=[found], mentions=())
    assert len(out) == 1
