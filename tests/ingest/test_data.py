"""Each pattern and list in the data files does what its examples say."""

from __future__ import annotations

import re
from typing import Any

import pytest

from newsmine.ingest import lexicon
from newsmine.ingest.bylines import parse_bylines
from newsmine.ingest.cleaning import clean
from newsmine.ingest.dates import is_day_first
from newsmine.ingest.outlets import is_column, is_label, outlet_name
from newsmine.types import Byline


def entries(name: str, key: str) -> list[Any]:
    return list(lexicon.load(name)[key])


PATTERNS = [
    (name, entry) for name in ("furniture", "captions") for entry in entries(name, "pattern")
]


@pytest.mark.parametrize(("name", "entry"), PATTERNS, ids=lambda value: str(value)[:40])
def test_patterns(name: str, entry: dict[str, Any]) -> None:
    assert re.fullmatch(entry["regex"], entry["example"])
    assert lexicon.matches(name, entry["example"])
    assert not lexicon.matches(name, entry["never"])


@pytest.mark.parametrize("case", entries("bylines", "case"), ids=lambda case: case["line"])
def test_bylines(case: dict[str, Any]) -> None:
    assert parse_bylines(case["line"]) == tuple(Byline(**author) for author in case["bylines"])


@pytest.mark.parametrize("case", entries("bylines", "never"), ids=lambda case: case["line"])
def test_no_bylines(case: dict[str, Any]) -> None:
    assert parse_bylines(case["line"]) == ()


@pytest.mark.parametrize("line", [*entries("outlets", "names"), *entries("outlets", "example")])
def test_outlets(line: str) -> None:
    assert outlet_name(line) == line.rstrip(".")


@pytest.mark.parametrize("line", [*entries("outlets", "never"), *entries("outlets", "labels")])
def test_no_outlets(line: str) -> None:
    assert outlet_name(line) is None


def test_labels_and_columns_are_apart() -> None:
    labels, columns = entries("outlets", "labels"), entries("outlets", "columns")
    assert all(is_label(line) and not is_column(line) for line in labels)
    assert all(is_column(line) and not is_label(line) for line in columns)


@pytest.mark.parametrize("case", entries("hyphens", "case"), ids=lambda case: case["text"])
def test_hyphens(case: dict[str, Any]) -> None:
    assert clean(case["text"]).text == case["clean"]


@pytest.mark.parametrize("case", entries("dates", "case"), ids=lambda case: case["text"])
def test_english_decides_on_day_or_month_first(case: dict[str, Any]) -> None:
    assert is_day_first([case["text"]]) is case["day_first"]


def test_the_word_list_knows_its_examples() -> None:
    assert set(entries("words", "example")) <= lexicon.word_list()
    assert not set(entries("words", "never")) & lexicon.word_list()
    british = lexicon.load("words_british")
    assert set(british["example"]) <= lexicon.word_list()
    assert not set(british["never"]) & lexicon.word_list()


def test_words_that_end_no_line_by_choice() -> None:
    lines = lexicon.load("lines")
    assert lines["example"].split()[-1] in lines["leaning"]
    assert lines["never"].split()[-1] not in lines["leaning"]
