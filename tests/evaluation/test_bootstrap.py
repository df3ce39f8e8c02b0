"""Intervals: seeded, as wide as articles differ, over whole articles."""

from __future__ import annotations

from collections import Counter

import pytest

from newsmine.evaluation.bootstrap import intervals


def share(counts: Counter[str]) -> dict[str, float]:
    return {"share": 100 * counts["right"] / counts["all"] if counts["all"] else 0.0}


def tallies(*rights: int) -> list[Counter[str]]:
    return [Counter({"right": right, "all": 10}) for right in rights]


def test_articles_that_are_alike_leave_no_doubt() -> None:
    assert intervals(tallies(7, 7, 7), share)["share"] == pytest.approx((70, 70))


def test_the_interval_is_about_two_standard_errors_on_either_side() -> None:
    low, high = intervals(tallies(*[4, 8] * 50), share)["share"]
    # Shares of 40 and 80 % scatter by 20 points; over 100 articles by 2.
    assert low == pytest.approx(60 - 3.92, abs=0.6)
    assert high == pytest.approx(60 + 3.92, abs=0.6)


def test_more_articles_narrow_it() -> None:
    narrow, wide = (intervals(tallies(*[4, 8] * n), share)["share"] for n in (80, 5))
    assert narrow[1] - narrow[0] < (wide[1] - wide[0]) / 3


def test_large_articles_weigh_more() -> None:
    small = Counter({"right": 0, "all": 1})
    large = Counter({"right": 99, "all": 99})
    low, _ = intervals([small] * 10 + [large] * 10, share)["share"]
    assert low > 95


def test_the_same_seed_gives_the_same_interval() -> None:
    given = tallies(1, 5, 9, 4)
    assert intervals(given, share, seed=1) == intervals(given, share, seed=1)
    assert intervals(given, share, seed=1) != intervals(given, share, seed=2)


def test_nothing_counted_is_no_error() -> None:
    assert intervals([Counter()], share) == {"share": (0.0, 0.0)}
