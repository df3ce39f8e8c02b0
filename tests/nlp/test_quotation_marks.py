"""Which mark opens, which closes, which is an apostrophe."""

from __future__ import annotations

import tomllib
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.quotation_marks import find_quotations

_LETTERS = {"open": "O", "close": "C", "apostrophe": "A", "stray": "x"}
_FILE = Path(__file__).parent / "cases" / "quotation_marks.toml"


def _cases() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [],
        )
        for case in tomllib.loads(_FILE.read_text("utf-8"))["case"]
    ]


def read(text: str) -> str:
    return "".join(_LETTERS[mark.reading] for mark in find_quotations(text).marks)


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    found = find_quotations(case["text"])
    assert "".join(_LETTERS[mark.reading] for mark in found.marks) == case["marks"]
    outer = [case["text"][slice(*q.span)] for q in found.quoted if q.depth == 0]
    assert outer == case["quoted"]


def _elisions() -> list[dict[str, str]]:
    path = resources.files("newsmine.data").joinpath("quotation_marks.toml")
    return tomllib.loads(path.read_text("utf-8"))["elision"]


@pytest.mark.parametrize("entry", _elisions(), ids=lambda entry: entry["word"])
def test_each_elision_matches_its_example(entry: dict[str, str]) -> None:
    assert read(entry["example"]) == entry["reading"]
    if "not_example" in entry:
        assert read(entry["not_example"]) == entry["not_reading"]


def test_a_reopened_paragraph_says_that_it_continues() -> None:
    found = find_quotations("“One.\n\n“Two,” she said.\n\n“Three,” he said.")
    assert [q.continues for q in found.quoted] == [False, True, False]


@given(st.text(alphabet="ab .,“”‘’'\"\n", max_size=60))
def test_one_paragraph_never_changes_another(text: str) -> None:
    paragraph = text.replace("\n", " ")
    alone = read(paragraph)
    beside = read(f"She said: “We need a law.” He left.\n\n{paragraph}")
    assert beside == "OC" + alone


@given(st.text(alphabet="ab .,“”‘’'\"\n´`«»", max_size=80))
def test_stretches_lie_in_their_text_and_never_cross(text: str) -> None:
    quoted = find_quotations(text).quoted
    for q in quoted:
        assert 0 <= q.span[0] < q.span[1] <= len(text)
    outer = [q.span for q in quoted if q.depth == 0]
    assert all(a[1] <= b[0] for a, b in pairwise(outer))
