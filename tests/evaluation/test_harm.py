"""Character errors before and after cleaning."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.evaluation.harm import Pair, distance, load_bln600, load_icdar, main, measure, normal
from newsmine.ingest.survey import NOTHING, Survey
from tests.evaluation.data import needs_ocr, ocr

SHORT = st.text(alphabet="abc ", max_size=12)


def by_table(a: str, b: str) -> int:
    """The edit distance as textbooks have it."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        above, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (x != y))
    return row[-1]


@given(SHORT, SHORT)
def test_the_distance_is_the_textbooks(a: str, b: str) -> None:
    assert distance(a, b) == by_table(a, b)


def test_the_distance_of_long_texts() -> None:
    assert distance("x" * 300, "x" * 299 + "y") == 1
    assert distance("", "abc") == 3
    assert distance("abc", "") == 3


def test_white_space_and_codes_of_hyphens_are_forgiven() -> None:
    assert normal("a\n b\N{HYPHEN}c ") == "a b-c"
    assert normal("A ‘b’ — c") == "A ‘b’ — c"


def test_a_mended_word_counts() -> None:
    found = measure([Pair("they tar- get us", "they target us")])
    assert (found.raw, found.cleaned) == (2 / 14, 0)
    assert (found.better, found.worse) == (1, 0)


def test_harm_counts() -> None:
    found = measure([Pair("they tar- get us", "they tar- get us")])
    assert found.raw == 0
    assert found.cleaned == 2 / 16
    assert found.worse == 1


def test_case_and_marks_count() -> None:
    assert measure([Pair("‘no’", "“No”")]).raw == 3 / 4


def test_a_wrong_call(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([]) == 2
    assert main([str(tmp_path)]) == 1
    assert "train.csv" in capsys.readouterr().err


@needs_ocr
def test_no_harm_on_victorian_papers() -> None:
    pairs = load_bln600(ocr(""))
    found = measure(pairs, Survey.of(pair.read for pair in pairs))
    assert found.cleaned < found.raw - 0.002
    assert found.worse < 0.03 * found.better


@needs_ocr
def test_no_harm_on_icdar() -> None:
    pairs = load_icdar(ocr(""))
    for survey in (NOTHING, Survey.of(pair.read for pair in pairs)):
        found = measure(pairs, survey)
        assert found.cleaned <= found.raw
        assert found.worse == 0


@needs_ocr
def test_nothing_is_inferred_in_human_transcriptions() -> None:
    from newsmine.ingest.cleaning.drop_capitals import join_drop_capitals

    assert [p for p in load_bln600(ocr("")) if join_drop_capitals(p.printed)] == []
