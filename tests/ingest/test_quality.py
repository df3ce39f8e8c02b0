"""How well an article was read, and what its misread words may have been."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsmine.ingest import read_text
from newsmine.ingest.quality import known_words, quality_of
from newsmine.ingest.spelling import readings, suggest
from newsmine.ingest.survey import Survey
from newsmine.types import Page, Word

GOOD = (
    "The council met on Monday and decided nothing at all about the bridge. People waited outside "
    "in the rain until night, and most of them were angry when they went home to their families. "
    "Nobody said when the next meeting would be held or what would be decided there."
)
BAD = (
    "Tbe conncil mct on Mondny aud dccidcd notbing at nll ahout tbe hridge. Pcople wnited ontside "
    "in tbe raiu nntil nigbt, aud most of tbem wcre nngry wben tbey wcnt bome to tbeir fnmilies. "
    "Nohody snid wben tbe ncxt mecting wonld he beld or wbat wonld he decidcd tbere."
)


def test_good_text() -> None:
    found = quality_of(read_text(GOOD))
    assert found.known is not None
    assert found.known > 0.97
    assert found.confidence is None
    assert found.edited == 0
    assert not found.low


def test_bad_text_is_flagged() -> None:
    assert "low quality" in read_text(f"{BAD} {BAD}").flags
    assert "low quality" not in read_text(f"{GOOD} {GOOD}").flags


def test_a_few_words_say_little() -> None:
    assert "low quality" not in read_text("Tbe conncil mct aud dccidcd notbing.").flags


def test_names_are_not_looked_up() -> None:
    assert known_words("Strelsau, Zenda and Hentzau") == (1, 1)


def test_words_of_the_batch_are_known() -> None:
    survey = Survey.of(["a brougham, his brougham, her brougham"])
    assert known_words("the broughamz brougham", survey) == (3, 2)


@pytest.mark.parametrize(("confidence", "low"), [(0.95, False), (0.4, True)])
def test_the_engine_was_unsure(confidence: float, low: bool) -> None:
    article = read_text(GOOD)
    assert article.raw is not None
    words = (
        ((0, 3), Word("The", (0, 0, 9, 9), confidence)),
        ((4, 11), Word("council", (0, 0, 9, 9))),
    )
    raw = replace(article.raw, pages=(Page(100, 100, "pixel", words),))
    found = quality_of(replace(article, raw=raw))
    assert found.confidence == confidence
    assert found.low is low


def test_changed_characters_are_counted() -> None:
    found = quality_of(read_text("The firms tar- get us."))
    assert found.edited == pytest.approx(1 / 18)


@pytest.mark.parametrize(
    ("word", "reading"),
    [("tbe", "the"), ("conncil", "council"), ("wbich", "which"), ("aud", "and")],
)
def test_a_confusion_is_undone(word: str, reading: str) -> None:
    assert reading in readings(word)


def test_suggestions_stand_where_the_word_does() -> None:
    text = "Mr Conncil of 1b0 met the conncil and the council."
    (found,) = suggest(text)
    assert (text[slice(*found.span)], found.word) == ("conncil", "conncil")
    assert found.readings[0] == "council"


@pytest.mark.parametrize(
    "text", ["Tbe Conncil", "l00 1ate", "conncil-", "the council", "qzxv", "xq"]
)
def test_nothing_is_suggested(text: str) -> None:
    """For names, digits, parts of compounds, right words and hopeless ones."""
    assert list(suggest(text)) == []


def test_nothing_is_applied() -> None:
    assert read_text(BAD).text == BAD
