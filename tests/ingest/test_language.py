"""Other languages are told apart from English that was badly read."""

from __future__ import annotations

from typing import Any

import pytest

from newsmine.ingest import lexicon, read_text
from newsmine.ingest.language import is_english

LANGUAGES = lexicon.load("languages")
ENGLISH = LANGUAGES["english_examples"]
MISREAD = ENGLISH[1]


@pytest.mark.parametrize("language", LANGUAGES["language"], ids=lambda entry: entry["name"])
def test_other_languages(language: dict[str, Any]) -> None:
    text = " ".join([language["example"]] * 3)
    assert not is_english(text)
    assert is_english(f"{text} {' '.join(ENGLISH * 3)}")


@pytest.mark.parametrize("text", ENGLISH)
def test_english_with_foreign_names_or_misread(text: str) -> None:
    assert is_english(" ".join([text] * 3))


@pytest.mark.parametrize(
    "text",
    [
        "Совет города решил в понедельник не продавать лодки.",
        "قرر مجلس المدينة يوم الاثنين عدم بيع القوارب.",
    ],
)
def test_other_scripts(text: str) -> None:
    assert not is_english(" ".join([text] * 10))


def test_a_few_words_say_little() -> None:
    assert is_english("Le conseil du village a décidé que les bateaux ne seront pas vendus.")


def test_it_is_flagged_as_that_and_not_as_low_quality() -> None:
    flags = read_text(" ".join([LANGUAGES["language"][0]["example"]] * 4)).flags
    assert "not English" in flags
    assert "low quality" not in flags


def test_misread_english_is_low_quality_still() -> None:
    flags = read_text(" ".join([MISREAD.replace("ight", "igbt")] * 4)).flags
    assert "not English" not in flags
    assert "low quality" in flags
