"""How long a period is and which years it touches, with every reading kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from newsmine.nlp.numbers import parse_numbers
from newsmine.nlp.numbers.lexicon import read_data

DAYS_IN_YEAR = 365
MINUTES_IN_YEAR = DAYS_IN_YEAR * 24 * 60
"""A leap day would change every sum by a fourth of one per cent, less than any figure shows."""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s?[/–-]\s?(\d\d)(?!\d))?")
_MONTH = re.compile(
    r"(?<!\w)(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Length:
    """One reading of a period: its length in years, and the words for it."""

    years: Fraction
    words: str


A_YEAR = Length(Fraction(1), "one year")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    entries = read_data("checks")["periods"]
    return tuple((re.compile(e["pattern"], re.IGNORECASE), e["years"]) for e in entries)


def lengths(period: str | None) -> tuple[Length, ...]:
    """The readings of a period's length, the likelier first; empty where nothing is known.

    "between 2017 and 2018" is one year (financial) or two (calendar).
    """
    for pattern, years in _patterns():
        if match := pattern.search(period or ""):
            return _readings(match, years)
    return ()


def _readings(match: re.Match[str], years: str) -> tuple[Length, ...]:
    if years == "span":
        first, last = (int(year) for year in re.findall(r"(?:19|20)\d\d", match[0]))
        return tuple(_length(n) for n in (last - first, last - first + 1) if n > 0)
    if years.startswith("n"):
        value = parse_numbers(re.sub(r"-", " ", match["n"]))[0].value or Fraction(1)
        return (_length(value / 12 if years == "n/12" else value),)
    return (_length(Fraction(years)),)


def _length(years: Fraction | int) -> Length:
    years = Fraction(years)
    if years == 1:
        return A_YEAR
    if years.denominator == 1:
        return Length(years, f"{years} years")
    if (months := years * 12).denominator == 1:
        return Length(years, "one month" if months == 1 else f"{months} months")
    return Length(years, "one week")


def years_of(period: str | None, published: str | None = None) -> frozenset[int]:
    """The calendar years that a period may lie in; "last year" needs the date of publication."""
    text = period or ""
    found = {int(year) for year, _ in _YEAR.findall(text)}
    found |= {int(year[:2] + end) for year, end in _YEAR.findall(text) if end}
    if found or not published:
        return frozenset(found)
    now = int(published[:4])
    if re.search(r"(?:last|past)\s(?:\w+\s)?year(?!s)", text):
        return frozenset((now - 1, now))
    return frozenset((now,)) if re.search(r"this\syear", text) else frozenset()


def same_period(
    a: str | None, b: str | None, *, published: tuple[str | None, str | None] = (None, None)
) -> bool | None:
    """Whether two periods can be one; None where either is unknown or both are vague."""
    if a is None or b is None:
        return None
    first, second = years_of(a, published[0]), years_of(b, published[1])
    months = set(_MONTH.findall(a)), set(_MONTH.findall(b))
    if (first and second and not first & second) or (all(months) and not months[0] & months[1]):
        return False
    if a.lower() == b.lower() or (first and first == second):
        return True
    return None
