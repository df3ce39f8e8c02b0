"""Whom a short form of a name means, and what is an organisation though it looks like a person."""

from __future__ import annotations

import pytest

from newsmine.nlp.speakers.called import bracketed_acronyms
from newsmine.nlp.speakers.entities import gather
from newsmine.nlp.speakers.names import find_names
from newsmine.nlp.speakers.text import layout


def named(text: str) -> dict[str, str | None]:
    """The entities of a text with what they are."""
    lay = layout(text)
    names = find_names(lay)
    return {e.name: e.label for e in gather(lay, names, bracketed_acronyms(text, names)).all}


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Alex Thorn", "Ms Thorn"),
        ("Lee Kun-mo", "Mr Lee"),
        ("Zhang Weimin", "Mr Zhang"),
        ("Jose Luis Ortega Perez", "Mr Ortega"),
        ("Jose Luis Ortega Perez", "Mr Perez"),
        ("Hans van der Meer", "Mr van der Meer"),
        ("Guy de Laval", "Mr de Laval"),
        ("Pieter de Vries", "Mr De Vries"),
        ("Anna Lloyd Price", "Ms Lloyd Price"),
        ("Mohammed bin Fahd", "Mr bin Fahd"),
        ("Stephen King", "Mr King"),
        ("Fay Bishop", "Ms Bishop"),
        ("Ray Major", "Mr Major"),
        ("Peter House", "Mr House"),
        ("Sue Day", "Ms Day"),
        ("Baroness Usher", "Lady Usher"),
        ("Sir Hugh Corran", "Sir Hugh"),
    ],
)
def test_a_short_form_is_the_same_person(full: str, short: str) -> None:
    assert len(named(f"The nets were torn, {full} said. But {short} left.")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Howard Dale", "Mr Howard"),
        ("Gordon Pell", "Mr Gordon"),
        ("Gemma Larch", "Mr Larch"),
        ("Tony Pell", "Ms Tony"),
        ("Hans van der Meer", "Mr van Loon"),
    ],
)
def test_another_name_is_another_person(one: str, other: str) -> None:
    assert len(named(f"The nets were torn, {one} said. But {other} left.")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Gemma Larch, an analyst at Oxley Carr, left.",
        "Gemma Larch, co-founder of Oxley Carr, left.",
        "Gemma Larch of Oxley Carr left.",
        "Gemma Larch, who founded Oxley Carr, left.",
        "Gemma Larch, Oxley Carr’s head of nets, left.",
        "He met Oxley Carr chief economist Gemma Larch there.",
        "He saw Oxley Carr, which makes nets, in court.",
        "He saw Oxley Carr, the net maker, in court.",
        "Oxley Carr was founded by Gemma Larch.",
        "Oxley Carr has cut its prices. The company said nets were torn.",
    ],
)
def test_where_posts_are_held_is_an_organisation(text: str) -> None:
    assert named(text)["Oxley Carr"] == "ORG"


@pytest.mark.parametrize(
    "text",
    [
        "Gemma Larch, an aide to Owen Carr, left.",
        "Gemma Larch, co-founder with Owen Carr, left.",
        "Gemma Larch, sister of Owen Carr, left.",
        "Gemma Larch took a swipe at Owen Carr there.",
        "Owen Carr has cut his nets. The company said nets were torn.",
        "The chief executive Owen Carr left.",
    ],
)
def test_people_beside_posts_stay_people(text: str) -> None:
    assert named(text)["Owen Carr"] == "PERSON"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Airline Skyhop cut fares.", "Skyhop"),
        ("Energy supplier Brightgas cut fares.", "Brightgas"),
        ("He wrote in the Sunday Courier there.", "Sunday Courier"),
        ("The chair of the home affairs select committee left.", "home affairs select committee"),
    ],
)
def test_what_a_name_is(text: str, name: str) -> None:
    assert list(named(text)) == [name]


@pytest.mark.parametrize("text", ["They’ve left.", "He left on Sunday.", "Prosecuting, she left."])
def test_no_name(text: str) -> None:
    assert not named(text)
