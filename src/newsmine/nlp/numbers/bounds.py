"""Intervals: from the printed precision, the approximator, and ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from newsmine.nlp.numbers.lexicon import alternatives, read_data
from newsmine.types import Span

Bounds = tuple[Fraction | None, Fraction | None]

_LONGEST = 26


@dataclass(frozen=True, slots=True)
class Approximator:
    """A qualifier as printed, where it stands, and what it does to the interval."""

    text: str
    span: Span
    effect: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    effects: dict[str, str] = {}
    words: dict[str, list[str]] = {"before": [], "after": []}
    for entry in read_data("numbers_approximators")["approximators"]:
        words[entry["side"]] += entry["words"]
        effects.update(dict.fromkeys(entry["words"], entry["effect"]))
    before = re.compile(
        rf"(?<![\w'’-])(?P<word>{alternatives(words['before'])})(?:(?<=-)|\s{{1,3}}(?:the\s)?)[\"'‘“(]?\Z",
        re.IGNORECASE,
    )
    after = re.compile(
        rf"(?:\s{{1,2}}|-|,\s)(?P<word>{alternatives(words['after'])})(?![\w-])|(?P<plus>\+)(?!\w)",
        re.IGNORECASE,
    )
    return before, after, effects


def find_approximator(text: str, span: Span) -> Approximator | None:
    """The qualifier right before or after a figure: `almost`, `up to`, `or so`."""
    start, end = span
    before, after, effects = _patterns()
    match = before.search(text, max(0, start - _LONGEST), start)
    if match is None and end < len(text) and text[end] in " -+,":
        match = after.match(text, end)
        if match and match["plus"]:
            return Approximator("+", match.span("plus"), "above")
    if match is None:
        return None
    word = re.sub(r"\s+", " ", match["word"]).lower()
    return Approximator(match["word"], match.span("word"), effects[word])


def bounds(
    value: Fraction, step: Fraction | None, effect: str | None, *, factor: bool = False
) -> Bounds:
    """The interval of a printed value.

    By convention 23 is [22.5, 23.5]; "almost 25" is [24, 25], one unit of the last figure that
    carries meaning (two figures at least); "up to" and "at least" bound one side only. With
    ``factor``, "more than doubled" is [2, 3).
    """
    if effect in (None, "exact"):
        if not step:
            return value, value
        if step == value.denominator == 1:  # nearly all; sums of fractions are slow
            twice = 2 * value.numerator
            return Fraction(twice - 1, 2), Fraction(twice + 1, 2)
        return value - step / 2, value + step / 2
    if effect == "below":
        return None, value
    if effect == "above":
        return value, (value + 1 if factor and value >= 1 else None)
    reach = coarse_step(value, step)
    low = value - reach if effect in ("around", "near_below") else value
    high = value + reach if effect in ("around", "near_above") else value
    return low, high


def coarse_step(value: Fraction, step: Fraction | None) -> Fraction:
    """One unit of the second figure (25 -> 1, 250,000 -> 10,000), never below the printed step.

    Words without digits are coarser: "nearly a fifth" is said of 18 per cent, a tenth less.
    """
    if not value:
        return step or Fraction(1)
    if step is None:
        return abs(value) / 10
    size, digits = abs(value), 0
    while size >= 10:
        size, digits = size / 10, digits + 1
    while size < 1:
        size, digits = size * 10, digits - 1
    figure = Fraction(10) ** (digits - 1)
    return max(figure, step)
