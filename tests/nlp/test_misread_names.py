"""Names, pronouns and titles that scanning damaged: one person, shown as printed elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.speakers import resolve_speakers
from newsmine.nlp.speakers.misread import alike, misreadings
from newsmine.nlp.speakers.spellings import damaged
from newsmine.types import Attribution, Mention

from .test_speakers import article_of, attributions_of


def repairs(text: str) -> dict[str, str]:
    return {text[slice(*span)]: new for span, new in damaged(text)}


def speakers(text: str) -> list[Attribution]:
    plain, given_ = attributions_of({"text": text})
    out, _ = resolve_speakers(article_of(plain), attributions=given_, mentions=())
    return list(out)


@pytest.mark.parametrize(
    ("printed", "read", "count"),
    [
        ("he", "be", 1),
        ("he", "re", 1),
        ("he", "lie", 1),
        ("tarn", "tam", 2),  # engines part an "m", and seldom make one
        ("tam", "tarn", 1),
        ("smith", "smyth", None),
        ("pell", "pel1", None),  # a digit may be a number
        ("harrowgate", "harrowgalc", 2),
    ],
)
def test_misreadings(printed: str, read: str, count: int | None) -> None:
    assert misreadings(printed, read, most=2) == count


def test_two_mistakes_in_long_words_only() -> None:
    assert alike("harrowgate", "harrowgalc")
    assert misreadings("harrow", "hasraw", most=2) == 2
    assert not alike("harrow", "hasraw")


@given(st.text("abehilmnorst", min_size=1, max_size=9))
def test_a_word_is_itself(word: str) -> None:
    assert misreadings(word, word) == 0


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("Gemma Ostrelley met us. Later Ms Ostreliey left.", {"Ostreliey": "Ostrelley"}),
        ("Orrin Tattlewick met Wren. Mr TattIewick left.", {"TattIewick": "Tattlewick"}),
        ("Clernentine Voss came. Clementine Voss left.", {"Clernentine": "Clementine"}),
        ("The Hollowsea Trust met. The Hollowsca Trust left.", {"Hollowsca": "Hollowsea"}),
        (
            "The Brackenby Gazette. At Beackenby Crown Court. In Brackenby.",
            {"Beackenby": "Brackenby"},
        ),
    ],
)
def test_damaged_names(text: str, fixed: dict[str, str]) -> None:
    assert repairs(text) == fixed


@pytest.mark.parametrize(
    "text",
    [
        "Anna Pell met Anne Pell.",
        "Jon Marsh met John Marsh. Marc met Mark.",
        "Orrin Reid met Gemma Reed. Mr Reid left. Ms Reed stayed.",
        "Tom Smith met Tim Smyth.",
        "Tom Brown met Gemma Browne.",
        "Orrin Ostrelley met Gemma Ostreliey.",  # others' first names: two people
        "Ivan Petrov met Ivana Marsh.",
        "Mr Ivanov met Mrs Ivanova. Mr Ivanov left.",
        "The Ostrelleys met. Gemma Ostrelley left.",
        "Ms Ostrelley met Ms Ostreliey. Ms Ostrelley left. Ms Ostreliey stayed.",  # both often
        "Mr Hallet met dancers. The ballet is late. The Ballet left.",
        "The G20 met. The G2O left. OSRO met OSBO.",
        "",
        "...",
    ],
)
def test_clean_names_stay(text: str) -> None:
    assert repairs(text) == {}


def test_one_person_with_the_better_spelling() -> None:
    text = (
        "Gemma Ostrelley, a tide minister, met us.\n\n[Q1:“No,”] [C1:said] [S1:Ms Ostreliey].\n\n"
        "[Q2:“Yes,”] [C2:said] [S2:Ms Ostrelley]."
    )
    first, second = speakers(text)
    assert first.speaker
    assert second.speaker
    assert first.speaker.name == second.speaker.name == "Gemma Ostrelley"
    assert "also printed 'Ostreliey'" in first.reasons[-1]


def test_spans_stay_as_scanned() -> None:
    text, given_ = attributions_of(
        {"text": "Clernentine Voss came. Clementine Voss left. [Q1:“No,”] [C1:said] [S1:Voss]."}
    )
    start = text.rindex("Voss")
    mention = Mention((start, start + 4), "PERSON")
    out, mentions = resolve_speakers(article_of(text), attributions=given_, mentions=[mention])
    assert (out[0].source, out[0].content) == (given_[0].source, given_[0].content)
    assert mentions == (Mention((start, start + 4), "PERSON", "Clementine Voss"),)
    assert out[0].speaker
    assert out[0].speaker.mention
    assert text[slice(*out[0].speaker.mention)] == "Clernentine Voss"


@pytest.mark.parametrize("word", ["Re", "Hc", "Be", "he.", "lie", "Ho"])
def test_pronouns(word: str) -> None:
    text = f"Orrin Pell came. [Q1:“No,”] [S1:{word}] [C1:said]."
    (found,) = speakers(text)
    assert found.speaker
    assert found.speaker.name == "Orrin Pell"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Orrin Pell met Jens Lie. [Q1:“No,”] [C1:said] [S1:Lie].", "Jens Lie"),
        ("Orrin Pell met Kim Ho. [Q1:“No,”] [C1:said] [S1:Ho].", "Kim Ho"),
    ],
)
def test_short_names_are_no_pronouns(text: str, name: str) -> None:
    (found,) = speakers(text)
    assert found.speaker
    assert found.speaker.name == name


def test_small_word_at_the_start_is_no_name() -> None:
    found = speakers("Gemma Pell came. Ber nets were torn. [Q1:“No,”] [S1:she] [C1:said].")[0]
    assert found.speaker
    assert found.speaker.name == "Gemma Pell"


@pytest.mark.parametrize("title", ["Mr, ", "Mr", "Mi ", "Mr "])
def test_titles(title: str) -> None:
    text = f"Orrin Pell met Gemma Pell. Mr Pell left. [Q1:“No,”] [C1:said] [S1:{title}Pell]."
    (found,) = speakers(text)
    assert found.speaker
    assert found.speaker.name == "Orrin Pell"


def test_a_word_before_a_name_is_no_title() -> None:
    text = "Orrin Pell flies. Mr Pell left. [Q1:“No,”] [C1:said] [S1:Air Pell]."
    (found,) = speakers(text)
    assert found.speaker
    assert "Air Pell" in (found.speaker.name or "")
