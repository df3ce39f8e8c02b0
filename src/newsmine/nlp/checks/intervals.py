"""Printed figures as intervals, and whether a sum falls into one.

A figure is what its last digit leaves open: 23 is [22.5, 23.5]. Newspapers also cut (3.56 an hour
becomes "three") and round to tens and fives, headlines above all; such a figure agrees only if it
is taken as a coarse one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

_MOST_COARSE = Fraction(15, 100)
"""The furthest that a round figure may lie from the sum. "Every 20 minutes" for 22.8 is 12 per
cent off, "sixty a day" for 63.3 five, "every 10 minutes" for 9.5 six."""
_MOST_STRETCHED = Fraction(2, 100)
"""How far a sum may lie on the wrong side of a bound: "more than 20 per cent" for 19.8."""
_FIVES = Fraction(6, 100)
"""Minutes and per cents are rounded to fives; of larger figures only 22,500, not 2.5m for 2.7m."""
_MOST_CUT = Fraction(5, 4)
"""The furthest that a sum may lie above a figure that was cut: three for 3.56, not one for 1.9."""

Verdict3 = Literal["agree", "agree_if_coarse", "disagree"]


@dataclass(frozen=True, slots=True)
class Interval:
    """What a figure can be: both ends included, ``None`` is no bound. All figures are positive."""

    low: Fraction | None
    high: Fraction | None

    def overlaps(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return _below(self.low, other.high) and _below(other.low, self.high)

    def __add__(self, other: Interval) -> Interval:
        return Interval(_sum(self.low, other.low), _sum(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else self.high - other.low
        return Interval(low, high)

    def __truediv__(self, other: Interval) -> Interval:
        return Interval(_quotient(self.low, other.high), _quotient(self.high, other.low))

    def product(self, other: Interval) -> Interval:
        """Both multiplied."""
        return Interval(_product(self.low, other.low), _product(self.high, other.high))

    def times(self, factor: Fraction | int) -> Interval:
        """All of it multiplied by a positive number."""
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )

    def inverse(self, over: Fraction | int = 1) -> Interval:
        """``over`` divided by it."""
        return Interval(Fraction(over), Fraction(over)) / self


def _below(low: Fraction | None, high: Fraction | None) -> bool:
    return low is None or high is None or low <= high


def _sum(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b


def _product(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a * b


def _quotient(above: Fraction | None, below: Fraction | None) -> Fraction | None:
    return None if above is None or not below else above / below


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a printed figure and a sum agree; ``how`` where it takes some good will."""

    verdict: Verdict3
    how: str | None = None


def judge(value: Fraction | None, printed: Interval, worked: Interval) -> Judgement:
    """Whether a figure, printed as ``value`` with an interval, is what a sum gives.

    Args:
        value: The figure; ``None`` for a range.
        printed: What its digits and its approximator leave open.
        worked: What the other figures give.
    """
    if printed.overlaps(worked):
        return Judgement("agree")
    if value is None or value <= 0:
        return Judgement("disagree")
    if printed.low == value or printed.high == value:
        near = Interval(value * (1 - _MOST_STRETCHED), value * (1 + _MOST_STRETCHED))
        return _coarse(
            near.overlaps(worked), f"“{'more' if printed.low == value else 'less'}” stretched"
        )
    step = _last_place(value)
    if worked.low is not None and value <= worked.low < min(value + step, value * _MOST_CUT):
        # 85 for 85.6 loses one per cent, three for 3.56 a sixth.
        return Judgement("agree" if value / step >= 10 else "agree_if_coarse", "cut, not rounded")
    half, most = round_step(value) / 2, value * _MOST_COARSE
    if Interval(value - min(half, most), value + min(half, most)).overlaps(worked):
        return Judgement("agree_if_coarse", "rounded")
    top = value + min(_zeros(value), most)
    return _coarse(worked.low is not None and value <= worked.low < top, "cut, not rounded")


def _coarse(agrees: bool, how: str) -> Judgement:
    return Judgement("agree_if_coarse", how) if agrees else Judgement("disagree")


def _last_place(value: Fraction) -> Fraction:
    """The unit of the last digit: 1 for whole numbers, 1/10 for 2.5."""
    if value.denominator == 1:
        return Fraction(1)
    place = Fraction(1)
    while (value / place).denominator != 1:
        place /= 10
        if place < Fraction(1, 1000):
            # A third has no last digit.
            return value / 10
    return place


def _zeros(value: Fraction) -> Fraction:
    """The unit of the last digit that is not zero: 1,000 for 22,000."""
    step = _last_place(value)
    while step >= 1 and (value / (step * 10)).denominator == 1:
        step *= 10
    return step


def round_step(value: Fraction) -> Fraction:
    """To what a figure is rounded, as far as its digits show: 20 to tens, 25 to fives, 23 to ones.

    A value whose digits do not end (100/3, from "a third") may be off by a tenth; one printed with
    decimals is rounded to them.
    """
    step = _zeros(value)
    if value.denominator > 1:
        return value / 5 if step == value / 10 else step
    fives = step * 5
    natural = value < 100 or fives <= value * _FIVES
    return fives if natural and (value / fives).denominator == 1 else step
