"""Date lines: how newspapers and press databases print the day of publication."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from functools import cache

from newsmine.ingest import lexicon
from newsmine.types import Span

LONGEST = 120
"""Characters in a date line, an outlet and a page beside it."""

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = r"(?P<month>" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in MONTHS) + r"|sept)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)\b"
_FORMS = (
    rf"{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    r"(?P<year>(?:1[6-9]|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.]+Z?)?",
    rf"{_WEEKDAY}(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})[/.]{_YEAR}",
    rf"{_MONTH},?\s+{_YEAR}",
)
_A_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_AROUND = re.compile(
    r"""(?ix)
    (?: (?:first\s+)?published | (?:last\s+)?updated | posted | publication\s+date | date | on | at
      | (?:mon|tues|wednes|thurs|fri|satur|sun)day
      | \d{1,2}[:.]\d\d (?::\d\d)? \s* (?:am|pm)? | \d{1,2}(?:am|pm) | T\d\d:\d\d(?::\d\d)?Z?
      | GMT | BST | UTC | ET | EST | EDT
      | [\s,;:|()\[\]–—·•/-]
    )*"""
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?i)(?<![\w/]){form}(?![\w/])") for form in _FORMS)


def find_date(line: str, *, day_first: bool | None = None) -> tuple[Span, str] | None:
    """The first date in a line and its ISO form, partial where the print leaves it open.

    ``03/05/2018`` could be two days: unless ``day_first`` says which, only ``2018`` is known. Dates
    that do not exist are none.
    """
    for pattern in _patterns():
        match = pattern.search(line)
        if match:
            iso = _iso(match.groupdict(), day_first)
            return (match.span(), iso) if iso else None
    return None


def is_day_first(texts: Sequence[str]) -> bool | None:
    """Whether the paper writes days before months, told from its English; None where unclear."""
    marks = lexicon.load("dates")
    british = sum(any(mark in text for text in texts) for mark in marks["british"])
    american = sum(any(mark in text for text in texts) for mark in marks["american"])
    return british > american if british != american else None


def date_line(
    line: str,
    *,
    is_label: Callable[[str], bool] = lambda rest: False,
    day_first: bool | None = None,
) -> str | None:
    """The ISO date of a line that gives nothing but a date, its time, and known labels.

    Args:
        line: One line of text.
        is_label: Whether a part of the line beside the date may stand there (an outlet, a page).
        day_first: How ``03/05/2018`` is to be read, where that is known.
    """
    if len(line) > LONGEST or not _A_YEAR.search(line):
        return None
    found = find_date(line, day_first=day_first)
    if found is None:
        return None
    (start, end), iso = found
    rest = [line[:start], line[end:]]
    parts = [part.strip() for text in rest for part in re.split(r"\s*[,|·•;]\s*|\s+[–—-]\s+", text)]
    return iso if all(_AROUND.fullmatch(p) or is_label(p) for p in parts if p) else None


def _iso(parts: dict[str, str | None], day_first: bool | None) -> str | None:
    year = int(parts["year"] or 0)
    if parts.get("first"):
        return _numeric(year, int(parts["first"] or 0), int(parts["second"] or 0), day_first)
    name = (parts.get("month") or "").lower()
    month = int(name) if name.isdigit() else _month(name)
    if not parts.get("day"):
        return f"{year:04}-{month:02}"
    return _valid(year, month, int(parts["day"] or 0))


def _numeric(year: int, first: int, second: int, day_first: bool | None) -> str | None:
    """Day first or month first: known where one cannot be a month, or from elsewhere."""
    british, american = _valid(year, second, first), _valid(year, first, second)
    if british and american and day_first is not None:
        return british if day_first else american
    readings = {british, american} - {None}
    return readings.pop() if len(readings) == 1 else f"{year:04}" if readings else None


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, start=1) if month.startswith(name[:3]))


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
