"""Whether confidence means what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from newsmine.evaluation.gold import GoldArticle
from newsmine.evaluation.reliability import Judged, bins, calibration_error, judge, sure
from tests.evaluation.rows import gold, row, said


def with_confidence(confidence: float, found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "confidence": confidence}


def judged(article: GoldArticle, *attributions: dict[str, Any]) -> list[tuple[bool, bool, bool]]:
    rows = row(*(with_confidence(0.9, a) for a in attributions))
    return [(j.statement, j.found, j.linked) for j in judge(article, rows)]


class TestJudge:
    def test_right_wrong_speaker_and_wrong(self) -> None:
        right = said("direct", (0, 15), name="Ann Lee")
        continued = said("direct", (30, 36), name="Ann Lee", cue=False)
        other = said("mixed", (58, 79), name="Ann Lee")
        wrong = said("indirect", (53, 57), name="Bo Marsh")
        found = judged(gold(), right, continued, other, wrong)
        assert found == [(True,) * 3, (True,) * 3, (True, True, False), (False,) * 3]

    def test_a_piece_of_a_statement_is_a_statement_but_not_found(self) -> None:
        piece = said("mixed", (64, 72), name="The League")
        assert judged(gold(), piece) == [(True, False, False)]

    def test_what_is_doubtful_is_left_out(self) -> None:
        doubtful = replace(gold(), doubtful=(((16, 28),),))
        assert judged(doubtful, said("indirect", (16, 28), name=None)) == []

    def test_without_speakers_the_source_counts(self) -> None:
        plain = tuple(replace(a, speaker=None) for a in gold().attributions)
        article = replace(gold(), attributions=plain)
        with_source = said("direct", (0, 15), name=None)
        with_source["raw"]["source"] = [(21, 28)]
        assert judged(article, with_source) == [(True, True, True)]
        with_source["raw"]["source"] = [(37, 47)]
        assert judged(article, with_source) == [(True, True, False)]


def rows(*pairs: tuple[float, bool]) -> list[Judged]:
    return [Judged(confidence, right, right, False) for confidence, right in pairs]


class TestBins:
    def test_every_row_is_in_one(self) -> None:
        given = rows((0.0, True), (0.2, True), (0.89, True), (0.9, False), (1.0, True))
        assert [b.rows for b in bins(given)] == [1, 1, 0, 0, 1, 2]

    def test_shares(self) -> None:
        last = bins(rows((0.9, False), (0.95, True), (1.0, True), (1.0, True)))[-1]
        assert (last.statement, last.linked) == (75, 0)
        assert last.confidence == pytest.approx(0.9625)

    def test_sure(self) -> None:
        assert sure(rows((0.9, True), (0.89, False), (1.0, False))).statement == 50

    def test_no_rows(self) -> None:
        assert sure([]).rows == 0
        assert calibration_error([]) == 0


class TestCalibrationError:
    def test_nine_in_ten_at_nine_tenths(self) -> None:
        assert calibration_error(rows(*[(0.9, True)] * 9, (0.9, False))) == pytest.approx(0)

    def test_too_sure(self) -> None:
        assert calibration_error(rows((0.9, True), (0.9, False))) == pytest.approx(40)

    def test_ranges_do_not_make_up_for_each_other(self) -> None:
        assert calibration_error(rows((0.95, False), (0.05, True))) == pytest.approx(95)
