"""Each cleaning step: what it changes, and what it must leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.ingest.cleaning import STEPS, clean


def paragraphs(raw: str) -> list[str]:
    return clean(raw).text.split("\n\n")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("â€˜Yes,â€™ she said", "‘Yes,’ she said"),
        ("a Â£5 cafÃ©", "a £5 café"),
        ("Ã¢â‚¬Å“Yes", "“Yes"),
        ("it\x92s", "it’s"),
        ("and so\x85", "and so…"),
    ],
)
def test_mojibake_is_repaired(raw: str, text: str) -> None:
    repaired = clean(raw)
    assert repaired.text == text
    assert any("mojibake" in (e.rule or "") for e in repaired.alignment.edits)


@pytest.mark.parametrize(
    "text", ["‘Yes,’ she said", "“Yes”", "£5 café", "naïve—“so”", "Ça va", "Привет, мир", "“”’‘"]
)
def test_right_characters_are_left_alone(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\N{NO-BREAK SPACE}b", "a b"),
        ("a\tb", "a b"),
        ("a \N{THIN SPACE} b", "a b"),
        ("a\N{ZERO WIDTH SPACE}b\ufeff", "ab"),
        ("a\x07b", "ab"),
        ("soft\N{SOFT HYPHEN}ware", "software"),
        ("The plan failed.\x1a", "The plan failed."),
    ],
)
def test_odd_characters(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n", "\N{LINE SEPARATOR}", "\v"])
def test_line_ends(end: str) -> None:
    assert paragraphs(f"{end}One. {end}{end}  {end}Two.{end}") == ["One.", "Two."]


def test_a_form_feed_ends_a_paragraph_unless_the_sentence_goes_on() -> None:
    assert paragraphs("The plan failed.\fIt was late.") == ["The plan failed.", "It was late."]
    long = "The trust said last night that the plan of the ministers had failed because the"
    assert paragraphs(
        f"The plan was the talk of the whole town yesterday.\n\n{long}\ffirms had not come."
    ) == [
        "The plan was the talk of the whole town yesterday.",
        f"{long} firms had not come.",
    ]


WRAPPED = """\
Ministers are to fine the web firms that fail
to remove images, the trust said. It wants the
law to change this year.

Mr Pell said that a law was long over-
due. The firms had been given twelve months.
He had written to them twice, and had had no
answer.
"""


def test_wrapped_lines_become_paragraphs() -> None:
    assert paragraphs(WRAPPED) == [
        "Ministers are to fine the web firms that fail to remove images, the trust said. "
        "It wants the law to change this year.",
        "Mr Pell said that a law was long overdue. The firms had been given twelve months. "
        "He had written to them twice, and had had no answer.",
    ]


def test_indents_part_wrapped_paragraphs() -> None:
    raw = (
        "Ministers are to fine the web firms that\nfail to remove images of the kind, the\n"
        "trust said last night in a short note.\n   Mr Pell said that a law was long due\n"
        "and that the firms had been told so.\n"
    )
    assert [p.split()[0] for p in paragraphs(raw)] == ["Ministers", "Mr"]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    raw = "The plan failed.\n‘It was late,’ said Mr Pell.\nThe trust wants more.\nNobody came."
    assert len(paragraphs(raw)) == 4


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Bell",
        "Harbour Herald",
        "Picture: ANN BELL",
        "3 May 2018",
        "Copyright 2019 Harbour Herald",
        "Education Editor",
    ],
)
def test_landmarks_are_never_joined(line: str) -> None:
    raw = WRAPPED.replace("Mr Pell said that", f"and so the\n{line}\nsaid that")
    assert line in paragraphs(raw)


@pytest.mark.parametrize(
    "rest",
    [
        # Each looks like a caption, a section's name or a menu's entry.
        "right: the new sign had been put up on the wrong side",
        "home.",
        "family.",
        "News.",
    ],
)
def test_the_rest_of_a_sentence_is_no_landmark(rest: str) -> None:
    raw = WRAPPED.replace("Mr Pell said that", f"They had asked for the answer from the\n{rest}\n")
    assert any(f"the {rest}" in paragraph for paragraph in paragraphs(raw))


def test_a_sentence_broken_by_a_column_is_mended() -> None:
    raw = (
        "The minister told the whole House yesterday.\n\n"
        "She said the trust had shown her the figures for the past five years, and\n\n"
        "they were worse than she had feared.\n\nNobody answered."
    )
    assert len(paragraphs(raw)) == 3


@pytest.mark.parametrize(
    "raw",
    [
        "What to do:\n\nring the police\n\ntell a teacher\n\nkeep the phone",
        "The minister told the whole House yesterday.\n\nWarning signs\n\neBay is one.",
        "Web firms blamed\n\nby the charity that counted the pictures for the House",
    ],
)
def test_short_lines_are_no_broken_sentences(raw: str) -> None:
    assert paragraphs(raw) == raw.split("\n\n")


def test_furniture_within_a_sentence_goes() -> None:
    raw = (
        "The minister told the whole House yesterday. She said that the\n\n"
        "Continued on Page 4\n\n- 14 -\n\nfirms had been told."
    )
    assert paragraphs(raw) == [
        "The minister told the whole House yesterday. She said that the firms had been told."
    ]


def test_furniture_between_sentences_stays() -> None:
    raw = "The minister told the whole House yesterday.\n\nPage 4\n\nThe firms had been told."
    assert paragraphs(raw) == raw.split("\n\n")


@pytest.mark.parametrize(
    "text",
    [
        "pre- and post-war",
        "a 12- to 18-month term",
        "five - six",
        "He came – and left",
        "the Bill- which he hated",
        "(D- Ruritania)".replace("- ", "-"),
    ],
)
def test_hyphens_that_stay(text: str) -> None:
    assert clean(text).text == text


def test_a_step_can_be_left_out() -> None:
    assert clean("target- ing", without={"hyphens"}).text == "target- ing"
    assert clean("a\n\n\nb", without=set(STEPS)).text == "a\n\n\nb"


@given(st.text(alphabet=st.sampled_from("ab .,-’‘\n\r\t\f\xa0\xadÃ©A1"), max_size=120))
def test_clean_text_keeps_its_promises(raw: str) -> None:
    aligned = clean(raw)
    assert "\n" not in aligned.text.replace("\n\n", "")
    assert "\n\n\n" not in aligned.text
    assert aligned.text == aligned.text.strip(" \n")
    for place, character in enumerate(aligned.text):
        if character.isalnum() and character.isascii():
            (start, end), *rest = aligned.alignment.to_raw((place, place + 1))
            assert not rest
            assert raw[start:end] == character


@given(st.text(max_size=80))
def test_any_text_can_be_cleaned(raw: str) -> None:
    clean(raw)
