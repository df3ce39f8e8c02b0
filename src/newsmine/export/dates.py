"""Dates that may be partial, as days."""

from __future__ import annotations

import calendar
import re
from datetime import date


def bounds(published: str | None) -> tuple[date, date] | None:
    """The first and the last day that a date may mean: 2018 is all of that year.

    ``None`` where there is none, or it is no day of the calendar.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", published or "", re.ASCII)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last_day = day or calendar.monthrange(first.year, last_month)[1]
        return first, date(first.year, last_month, last_day)
    except ValueError:
        return None
