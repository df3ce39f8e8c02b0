"""Sums as a reader would write them, and checks made of them."""

from __future__ import annotations

import math
from fractions import Fraction

from newsmine.nlp.checks.figures import Figure
from newsmine.nlp.checks.intervals import Interval, Judgement
from newsmine.types import Check, Verdict

_CURRENCIES = {"GBP": "£", "USD": "$", "EUR": "€"}


def plain(value: Fraction) -> str:
    """A value as a reader writes it: 22,724; 63.3; 6.34. Three figures at least, zeros cut."""
    size = abs(value)
    if value.denominator == 1 or size >= 1000:
        return f"{round(value):,}"
    places = 1 if size >= 10 else 2 if size >= Fraction(1, 10) else 4
    return f"{float(value):,.{places}f}".rstrip("0").rstrip(".")


def valued(figure: Figure) -> str:
    """A figure in a sum: as printed where it is digits (`£2.9m`), else its value (60)."""
    if figure.value is None:
        return f"({figure.digits})"
    if figure.digits[-1:].isalpha() and not any(map(str.isdigit, figure.digits)):
        return in_unit(figure.value, figure) if figure.value is not None else figure.digits
    return in_unit(figure.value, figure) if figure.form == "ratio" else figure.digits


def in_unit(value: Fraction | None, figure: Figure) -> str:
    """A value in the unit of a figure: `£4.28m`, `45 per cent`, `400.9p`."""
    if value is None:
        return figure.digits
    unit = figure.claim.unit or ""
    if unit[:3] in _CURRENCIES:
        return _CURRENCIES[unit[:3]] + _money(value)
    if unit.startswith("pence"):
        return f"{plain(value)}p"
    return plain(value) + (" per cent" if figure.form in ("share", "ratio") else "")


def _money(value: Fraction) -> str:
    for size, letters in ((10**9, "bn"), (10**6, "m")):
        if value >= size:
            return f"{float(value / size):.2f}".rstrip("0").rstrip(".") + letters
    return plain(value) if value >= 1000 else f"{float(value):.2f}".removesuffix(".00")


def spread(interval: Interval, figure: Figure) -> str:
    """An interval in the unit of a figure: `18,179 to 18,326`, `more than 40`."""
    low, high = interval.low, interval.high
    if low is None:
        return "unknown" if high is None else f"at most {in_unit(high, figure)}"
    if high is None:
        return f"at least {in_unit(low, figure)}"
    first, last = (in_unit(end, figure) for end in _whole(low, high, figure))
    return first if first == last else f"{first} to {last}"


def _whole(low: Fraction, high: Fraction, figure: Figure) -> tuple[Fraction, Fraction]:
    """Counts are whole numbers; so is what is large."""
    if figure.form != "count" and low < 1000:
        return low, high
    first, last = Fraction(math.ceil(low)), Fraction(math.floor(high))
    return (first, last) if first <= last else (Fraction(round(low)), Fraction(round(high)))


def check(
    rule: str,
    figures: tuple[Figure, ...],
    judgement: Judgement,
    sum: str,
    *reasons: str | None,
) -> Check:
    """A check of some figures; its reason says what it took for granted."""
    return make(rule, figures, judgement.verdict, sum, *reasons, judgement.how)


def make(
    rule: str, figures: tuple[Figure, ...], verdict: Verdict, sum: str | None, *reasons: str | None
) -> Check:
    """A check with any verdict."""
    ids = tuple(figure.claim.id for figure in figures)
    return Check(ids, rule, verdict, sum, "; ".join(filter(None, reasons)) or None)
