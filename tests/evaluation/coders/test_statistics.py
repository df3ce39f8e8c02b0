"""Intervals and coefficients against published worked examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.evaluation.coders.statistics import (
    alpha_interval,
    cohen_kappa,
    krippendorff_alpha,
    percent_agreement,
    weighted_share,
)


def units(*coders: str) -> list[list[str]]:
    """Rows from coders' lines, a sign a row; "." is missing."""
    return [[code for code in row if code != "."] for row in zip(*coders, strict=True)]


# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A, B and C.
BINARY = units("0100000010", "1110010000")
NOMINAL = units("aabbdcccedda", "babbbcccedddd"[:12])
FOUR = units("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


@pytest.mark.parametrize(("rows", "alpha"), [(BINARY, 0.095), (NOMINAL, 0.692), (FOUR, 0.743)])
def test_published_alphas(rows: list[list[str]], alpha: float) -> None:
    assert krippendorff_alpha(rows) == pytest.approx(alpha, abs=0.0005)


def test_agreement_of_the_published_binary_example() -> None:
    assert percent_agreement(BINARY) == 0.6


@pytest.mark.parametrize("rows", [[], [["a"]], [["a", "a"], ["a", "a", "a"]]])
def test_nothing_to_tell_chance_by(rows: list[list[str]]) -> None:
    assert krippendorff_alpha(rows) is None
    assert alpha_interval(rows) is None


def test_full_agreement_and_full_disagreement() -> None:
    assert krippendorff_alpha([["a", "a"], ["b", "b"]]) == 1
    assert krippendorff_alpha([["a", "b"], ["b", "a"]]) == pytest.approx(-0.5)


def test_an_interval_holds_alpha_and_is_the_same_each_time() -> None:
    found = alpha_interval(FOUR)
    assert found is not None
    assert found[0] < 0.743 < found[1] <= 1
    assert found == alpha_interval(FOUR)


def test_kappa() -> None:
    """A 2 × 2 table of 20, 5, 10, 15: observed 0.7, by chance 0.5."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    assert cohen_kappa([("y", "y")] * 5) is None
    assert cohen_kappa([]) is None


def test_strata_weigh_by_their_size() -> None:
    """A rare kind that is half wrong says little of the whole."""
    cases = 10 / (0.81 + 0.01)
    assert shared([(900, 10, 10), (100, 10, 5), (50, 0, 0)]) == pytest.approx([0.95, cases])
    assert shared([(70, 7, 7), (30, 3, 0)]) == pytest.approx([0.7, 10])
    assert shared([(5, 0, 0)]) == []


def shared(strata: list[tuple[float, int, int]]) -> list[float]:
    return list(weighted_share(strata) or ())


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=20))
def test_alpha_is_never_above_one(rows: list[list[str]]) -> None:
    alpha = krippendorff_alpha(rows)
    assert alpha is None or alpha <= 1
    turned = krippendorff_alpha([row[::-1] for row in rows[::-1]])
    assert turned == (alpha if alpha is None else pytest.approx(alpha))
