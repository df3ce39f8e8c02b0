"""Drop capitals are joined to their words; a lost one is put back only where one letter fits."""

from __future__ import annotations

import pytest

from newsmine.ingest import read_text
from newsmine.ingest.cleaning import clean
from newsmine.ingest.cleaning.drop_capitals import lost_initials

REST = " of children are at risk, the trust said."


@pytest.mark.parametrize("raw", ["M ILLIONS", "M\nILLIONS", "M\n\nILLIONS", "M illions"])
def test_an_initial_apart_is_joined(raw: str) -> None:
    assert clean(raw + REST).text == raw[0] + raw.split()[1] + REST


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("T HE number rose.", "THE number rose."),
        ("‘W HEN did it begin?", "‘WHEN did it begin?"),
        ("It rained.\n\nI n the end it stopped.", "It rained.\n\nIn the end it stopped."),
        ("A lthough it rained.", "Although it rained."),
    ],
)
def test_short_words(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(
    "text",
    [
        "A NEW law is due.",
        "A man was late.",
        "I never went.",
        "I NEVER went.",
        "B ROAD plans are late.",
        "X FACTOR judges left.",
        "J R Pell said so.",
        "Vitamin C HARM was found, and no more than that.",
        "The form asks for a letter: an M illions would be odd.",
    ],
)
def test_letters_that_are_words(text: str) -> None:
    assert clean(text).text == text


def test_a_lost_initial_is_put_back() -> None:
    aligned = clean("HILDREN are at risk, the trust said.")
    assert aligned.text == "CHILDREN are at risk, the trust said."
    (edit, *_) = aligned.alignment.edits
    assert edit.rule == "initial inferred"
    assert edit.raw == (0, 0)
    assert aligned.alignment.to_raw((0, 8)) == ((0, 7),)


def test_several_would_fit() -> None:
    article = read_text(f"ILLIONS{REST}")
    assert article.text.startswith("ILLIONS")
    assert "initial missing" in article.flags
    assert dict(lost_initials(f"ILLIONS{REST}")) == {0: "BMZ"}


@pytest.mark.parametrize(
    "text",
    [
        "NATO forces left the town.",
        "NSPCC staff were told.",
        "HILDREN AT RISK, SAYS TRUST",
        "HILDREN is a firm. The staff of HILDREN were told.",
        "The word HILDREN was on the sign.",
        "MILLIONS of children are at risk.",
    ],
)
def test_words_that_lack_nothing(text: str) -> None:
    assert clean(text).text == text
    assert "initial missing" not in read_text(text).flags
