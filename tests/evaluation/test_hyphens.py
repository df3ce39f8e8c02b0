"""Hyphens mined from OCR and transcription: what the truth is, and when there is none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from newsmine.evaluation.hyphens import (
    Case,
    Passage,
    figures,
    halves,
    load_passages,
    main,
    mine,
    score,
    without_slips,
    words_and_pairs,
)
from newsmine.ingest.survey import NOTHING
from tests.evaluation.data import needs_ocr, ocr


@pytest.mark.parametrize(
    ("read", "printed", "truth"),
    [
        ("they tar- get us", "they target us", "join"),
        ("they tnr- get us", "they target us", "join"),
        ("a well- known firm", "a well-known firm", "keep"),
        ("it fell- nobody knew", "it fell—nobody knew", "leave"),
        ("it fell- nobody knew", "it fell. Nobody knew", "leave"),
        ("the speck- fell here", "the speck fell here", "blank"),
        ("the step- mother here", "the step- mother here", "blank"),
    ],
)
def test_the_transcription_says_what_it_is(read: str, printed: str, truth: str) -> None:
    (case,) = mine([Passage("1", read, printed)])
    assert case.truth == truth


@pytest.mark.parametrize("printed", ["they aim at us", "they tar or get us", ""])
def test_what_is_not_found_again_is_no_case(printed: str) -> None:
    assert list(mine([Passage("1", "they tar- get us", printed)])) == []


def test_slips_are_what_all_others_print_otherwise() -> None:
    printed = Counter(
        words_and_pairs("prevailed prevailed prevailed prevailed pre vailed ice-house")
    )
    slip = Case("1", "pre", "vailed", "blank")
    kept = Case("1", "ice", "house", "keep")
    assert without_slips([slip, kept], printed) == [kept]


def test_blanks_are_counted_apart() -> None:
    cases = [
        Case("1", "tar", "get", "join"),
        Case("1", "well", "known", "join"),
        Case("1", "bridge", "they", "blank"),
    ]
    found = score(cases, NOTHING)
    assert found.cases == 2
    assert found.accuracy == 0.5
    assert found.recall("join") == 0.5
    assert found.answers["blank", "leave"] == 1


def test_halves_share_no_document() -> None:
    passages = [Passage(str(i // 2), "", "") for i in range(8)]
    first, second = halves(passages)
    assert {p.document for p in first} == {"0", "2"}
    assert {p.document for p in second} == {"1", "3"}


def test_a_wrong_call(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([]) == 2
    assert main([str(tmp_path / "none.csv")]) == 1
    assert "none.csv" in capsys.readouterr().err


@needs_ocr
def test_real_hyphens() -> None:
    for found in figures(load_passages(ocr("bln600/train.csv"))):
        assert found.cases > 600
        assert found.accuracy >= 0.96
        # Asked for: 0.85, which both halves together reach and the second alone misses by a case.
        assert found.recall("keep") >= 0.84
