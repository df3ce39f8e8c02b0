"""Words, their shapes, paragraphs; and the spaCy tokenizer on the same grid."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.tokenizer import NewsmineTokenizer
from newsmine.nlp.words import Shape, paragraph_breaks, paragraphs, shapes, word_spans

VOCAB = spacy.blank("en").vocab
TEXTS = st.text(alphabet="aB9é ,.’‘“”-_\n\t\u00a0\u200b£", max_size=80)


def words(text: str) -> list[str]:
    return [text[slice(*span)] for span in word_spans(text)]


def test_marks_are_words_of_their_own() -> None:
    assert words("children.’The O’Dowd plan") == [
        *["children", ".", "’", "The"],
        *["O", "’", "Dowd", "plan"],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("law", [Shape.LOWER]),
        ("Law", [Shape.TITLE]),
        ("LAW", [Shape.UPPER]),
        ("A", [Shape.TITLE]),
        ("McDowd", [Shape.MIXED]),
        ("22", [Shape.DIGIT]),
        ("‘so’", [Shape.MARK_OPENS, Shape.LOWER, Shape.MARK_CLOSES]),
        ("it’s", [Shape.LOWER, Shape.MARK_INSIDE, Shape.LOWER]),
        ("a – b", [Shape.LOWER, Shape.MARK_ALONE, Shape.LOWER]),
    ],
)
def test_shapes(text: str, expected: list[Shape]) -> None:
    assert shapes(text, word_spans(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo\nlines.\n \nThree.", ["One.", "Two\nlines.", "Three."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("  One.  \n", ["One."]),
        ("\n \n", []),
        ("", []),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in paragraphs(text)] == expected


def test_a_break_stands_at_the_first_word_of_each_later_paragraph() -> None:
    text = "One two.\n\nThree.\n\n“Four”"
    breaks = paragraph_breaks(text, word_spans(text))
    assert [w for w, starts in zip(words(text), breaks, strict=True) if starts] == ["Three", "“"]


@given(TEXTS)
def test_the_tokenizer_loses_no_character(text: str) -> None:
    doc = NewsmineTokenizer(VOCAB)(text)
    assert doc.text == text
    assert [t.text for t in doc if not t.is_space] == words(text)


@given(TEXTS)
def test_paragraphs_hold_all_that_is_not_blank(text: str) -> None:
    kept = "".join(text[slice(*span)] for span in paragraphs(text))
    assert "".join(kept.split()) == "".join(text.split())
