"""Digits that OCR takes for each other: what a figure may have been, offered and never applied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache

from newsmine.nlp.checks.figures import Figure
from newsmine.nlp.numbers.lexicon import read_data

_FEWEST_DIGITS = 3
"""Of a shorter figure some other digit nearly always makes a sum come out."""


@cache
def _taken_for() -> dict[str, str]:
    found: dict[str, str] = {}
    for one, other in read_data("checks")["ocr"][0]["pairs"]:
        found[one] = found.get(one, "") + other
        found[other] = found.get(other, "") + one
    return found


def readings(figure: Figure) -> Iterator[tuple[Figure, str]]:
    """The figure with one digit read otherwise, and how it would be printed."""
    digits = [i for i, char in enumerate(figure.printed) if char.isdigit()]
    if (
        len(digits) < _FEWEST_DIGITS
        or figure.value is None
        or figure.form not in ("count", "money")
    ):
        return
    shown = "".join(figure.printed[i] for i in digits)
    if "." in figure.printed or int(shown) == 0:
        return
    unit = figure.value / int(shown)
    for at, place in enumerate(digits):
        for digit in _taken_for().get(figure.printed[place], ""):
            if at == 0 and digit == "0":
                continue
            other = shown[:at] + digit + shown[at + 1 :]
            printed = figure.printed[:place] + digit + figure.printed[place + 1 :]
            yield _with_value(figure, unit * int(other)), printed


def _with_value(figure: Figure, value: Fraction) -> Figure:
    moved = value - (figure.value or Fraction(0))
    low, high = figure.interval.low, figure.interval.high
    interval = replace(
        figure.interval,
        low=None if low is None else low + moved,
        high=None if high is None else high + moved,
    )
    return replace(figure, value=value, interval=interval)


def one_digit_apart(a: Fraction, b: Fraction) -> bool:
    """Whether two whole numbers of at least four digits differ in one that OCR mixes up."""
    first, second = str(a), str(b)
    if len(first) != len(second) or len(first) <= _FEWEST_DIGITS or "/" in first + second:
        return False
    apart = [(x, y) for x, y in zip(first, second, strict=True) if x != y]
    return len(apart) == 1 and apart[0][1] in _taken_for().get(apart[0][0], "")
