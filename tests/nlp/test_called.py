"""``what he called “a mess”``: a row of its own."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from newsmine.nlp.called import with_called
from newsmine.nlp.quotation_marks import find_quotations
from newsmine.types import Attribution, Span


def called(text: str, *found: Attribution) -> list[tuple[str, str, str]]:
    rows = with_called(text, found, quotations=find_quotations(text))
    return [(_text(text, a.source), _text(text, a.cue), _text(text, a.content)) for a in rows]


def _text(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(text[slice(*span)] for span in spans)


def row(text: str, content: str, source: str) -> Attribution:
    spans = (text.index(part) for part in (content, source))
    (start, at) = spans
    return Attribution(
        "a1", "mixed", ((start, start + len(content)),), ((at, at + len(source)),), ((0, 1),)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He hit out at what she called “a mess”.", ("she", "called", "“a mess”")),
        (
            "It praised what Ann Roe has described as a ‘landmark’.",
            ("Ann Roe", "described as", "a ‘landmark’"),
        ),
        (
            "They fear what the trust dubbed the “pier tax”.",
            ("the trust", "dubbed", "the “pier tax”"),
        ),
    ],
)
def test_called(text: str, expected: tuple[str, str, str]) -> None:
    assert called(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "It was what she called about: “a mess”.",
        "She called it “a mess”.",  # the encoder's
        "We asked what called “a mess” into being.",
        "It is what she called a mess, “and worse”.",
    ],
)
def test_not_called(text: str) -> None:
    assert called(text) == []


def test_it_takes_the_place_of_a_row_of_the_same_words() -> None:
    text = "The club welcomed what it called a “landmark”."
    assert called(text, row(text, "what it called a “landmark”", "The club")) == [
        ("it", "called", "a “landmark”")
    ]


def test_within_more_that_somebody_says_nothing_changes() -> None:
    text = "The club said what it called a “landmark” was late."
    found = row(text, "what it called a “landmark” was late", "The club")
    assert called(text, found) == [("The club", "T", "what it called a “landmark” was late")]


def test_the_data() -> None:
    data = tomllib.loads(resources.files("newsmine.data").joinpath("called.toml").read_text())
    entry = data["called"]
    assert [content for *_, content in called(entry["example"])] == [entry["quoted"]]
    assert called(entry["not_example"]) == []
