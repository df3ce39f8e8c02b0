"""Printed periods as ISO 8601 intervals, counted from the date of publication.

British years: the financial year begins in April, the tax year on the sixth, the school year in
September. Where a wording has two readings both are kept, the likelier first.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from newsmine.nlp.numbers import parse_numbers
from newsmine.nlp.numbers.lexicon import read_data

_MONTHS = tuple(calendar.month_name)[1:]
_DAYS = tuple(calendar.day_name)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12, "Christmas": 12, "Easter": 4}
_FILLS = {
    "<month>": "|".join(_MONTHS), "<day>": "|".join(_DAYS), "<season>": "|".join(_SEASONS),
    "<year>": r"(?:1[89]|20)\d\d", "<unit>": "year|month|week|day|decade|quarter",
    "<n>": r"\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|18|twenty",
}  # fmt: skip
_FINANCIAL, _SCHOOL = 4, 9


@dataclass(frozen=True, slots=True)
class Interval:
    """One reading of a period: its first and last day, both inside."""

    start: date
    end: date

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class _Published:
    """A date of publication that may lack its day or month."""

    year: int
    month: int | None
    day: int | None

    @property
    def exact(self) -> date | None:
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def last(self) -> date:
        """The last day that it can be."""
        return self.exact or _month_end(self.year, self.month or 12)


_Reading = Callable[[re.Match[str], _Published], list[Interval]]


def resolve_period(period: str, published: str | None = None) -> tuple[Interval, ...]:
    """The intervals that a printed period can mean, the likelier first.

    Args:
        period: As printed: `last year`, `in the year to March`, `2016/17`.
        published: The ISO date of publication, possibly partial; without it only periods that
            print their year are resolved.

    Returns:
        Intervals with both ends inside; empty where the wording or the date leaves it open
        (`the year before`, `in March` in an article of an unknown year).
    """
    day = _read_date(published)
    for pattern, name in _patterns():
        if (match := pattern.search(period)) is None:
            continue
        if day is None and not _is_dated(match):
            return ()
        try:
            found = _READINGS[name](match, day or _Published(9999, 12, 31))
        except (ValueError, OverflowError):  # 31 June, year 0: a misprint
            return ()
        return tuple(dict.fromkeys(each for each in found if each.start <= each.end))
    return ()


def _is_dated(match: re.Match[str]) -> bool:
    """Whether the wording prints its own year and does not run up to the publication."""
    groups = match.groupdict()
    if groups.get("how") == "since" or groups.get("since"):
        return False
    return any(groups.get(name) for name in ("first", "y", "y2"))


def _read_date(published: str | None) -> _Published | None:
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    if match is None:
        return None
    year, month, day = match.groups()
    return _Published(int(year), int(month) if month else None, int(day) if day else None)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    out = []
    for entry in read_data("claims_periods")["periods"]:
        pattern = entry["pattern"]
        for name, filling in _FILLS.items():
            pattern = re.sub(rf"(?<!\?P){name}", f"(?:{filling})".replace("\\", r"\\"), pattern)
        out.append((re.compile(rf"(?<![\w-])(?:{pattern})"), entry["reading"]))
    return tuple(out)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _back(day: date, months: int) -> date:
    """The same day, or the month's last, some months earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, _month_end(year, month + 1).day))


def _months(end: date, count: int) -> Interval:
    """The whole months that end with the month of ``end``."""
    return Interval(_back(end, count - 1).replace(day=1), _month_end(end.year, end.month))


def _years(first: int, last: int) -> Interval:
    return Interval(date(first, 1, 1), date(last, 12, 31))


def _from_month(year: int, month: int) -> Interval:
    """The twelve months that begin with a month."""
    return _months(_month_end(year + (month > 1), (month - 2) % 12 + 1), 12)


def _number(printed: str | None) -> int:
    if printed in (None, "a", "an"):
        return 1
    value = parse_numbers(printed or "")[0].value
    return int(value or 1)


def _month(name: str) -> int:
    return _MONTHS.index(name) + 1


def _year_of(match: re.Match[str], month: int, day: _Published, *, ahead: bool = False) -> int:
    """The year printed, or that of the month nearest to publication: the one past or to come."""
    groups = match.groupdict()
    if printed := groups.get("y") or groups.get("y2"):
        return int(printed)
    if relative := groups.get("rel"):
        return day.year + {"last": -1, "this": 0, "the": 0, "next": 1}[relative]
    if day.month is None:
        raise ValueError("the month of publication is not known")
    if ahead:
        return day.year + (month < day.month)
    return day.year - (month > day.month)


def _financial_pair(match: re.Match[str], day: _Published) -> list[Interval]:
    first, last = int(match["first"]), int(match["last"][-2:])
    last += first // 100 * 100 if len(match["last"]) == 2 else int(match["last"][:2]) * 100
    last += 100 if last < first else 0  # 1999-00
    whole = _years(first, last)
    return [_from_month(first, _FINANCIAL), whole] if last == first + 1 else [whole]


def _year_span(match: re.Match[str], day: _Published) -> list[Interval]:
    first, last = int(match["first"]), int(match["last"])
    whole = _years(first, last)
    return [whole, _from_month(first, _FINANCIAL)] if last == first + 1 else [whole]


def _month_span(match: re.Match[str], day: _Published) -> list[Interval]:
    first, last = _month(match["m1"]), _month(match["m2"])
    year = _year_of(match, last, day)
    begins = int(match["y1"]) if match["y1"] else year - (first > last)
    end = date(year, last, int(match["d2"])) if match["d2"] else _month_end(year, last)
    return [Interval(date(begins, first, int(match["d1"] or 1)), end)]


def _months_to(match: re.Match[str], day: _Published) -> list[Interval]:
    month = _month(match["m"])
    return [_months(_month_end(_year_of(match, month, day), month), _number(match["n"]))]


def _year_to(match: re.Match[str], day: _Published) -> list[Interval]:
    month = _month(match["m"])
    count = 6 if match["half"] else {"year": 12, "quarter": 3}[match["unit"]]
    return [_months(_month_end(_year_of(match, month, day), month), count)]


def _kind_of_year(match: re.Match[str], day: _Published) -> list[Interval]:
    begins = _SCHOOL if match["kind"] in ("academic", "school") else _FINANCIAL
    if day.month is None:
        return []
    current = day.year - (day.month < begins)
    shift = {"this": 0, "current": 0, "next": 1}.get(match["which"], -1)
    year = _from_month(current + shift, begins)
    if match["kind"] != "tax":
        return [year]
    return [Interval(year.start.replace(day=6), (year.end + timedelta(days=1)).replace(day=5))]


def _quarter(match: re.Match[str], day: _Published) -> list[Interval]:
    size = 3 if match["part"] == "quarter" else 6
    place = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(match["nth"], 12 // size)
    end = place * size
    if end > 12 or (match["nth"] == "last" and not match["y"]):
        return []
    return [_months(_month_end(_year_of(match, end, day), end), size)]


_LENGTHS = {"year": 12, "decade": 120, "quarter": 3, "month": 1}


def _before(day: date, unit: str, count: int) -> date:
    if unit in _LENGTHS:
        return _back(day, _LENGTHS[unit] * count)
    return day - timedelta(days=count * (7 if unit == "week" else 1))


def _rolling(match: re.Match[str], day: _Published) -> list[Interval]:
    count, unit = _number(match["n"]), match["unit"]
    out = [Interval(_before(day.exact, unit, count), day.exact)] if day.exact else []
    if unit == "year":
        out.append(_years(day.year - count, day.year - 1))
    return out


def _ago(match: re.Match[str], day: _Published) -> list[Interval]:
    count, unit = _number(match["n"]), match["unit"]
    if unit in ("year", "decade"):
        year = day.year - count * (1 if unit == "year" else 10)
        return [_years(year, year)]
    if day.exact is None:
        return []
    then = _before(day.exact, unit, count)
    return [_months(then, 1)] if unit == "month" else [Interval(then, then)]


def _day_of_month(match: re.Match[str], day: _Published) -> list[Interval]:
    month = _month(match["m"])
    then = date(_year_of(match, month, day), month, int(match["d"]))
    return [Interval(then, day.last if match["since"] else then)]


def _month_alone(match: re.Match[str], day: _Published) -> list[Interval]:
    month, how = _month(match["m"]), match["how"]
    year = _year_of(match, month, day, ahead=how in ("by", "until", "next"))
    whole = _months(date(year, month, 1), 1)
    return [Interval(whole.start, day.last) if how == "since" else whole]


def _year_alone(match: re.Match[str], day: _Published) -> list[Interval]:
    whole = _years(int(match["y"]), int(match["y"]))
    return [Interval(whole.start, day.last) if match["how"] == "since" else whole]


def _next_to_this(match: re.Match[str], day: _Published) -> list[Interval]:
    shift = {"last": -1, "next": 1}.get(match["which"], 0)
    unit = match["unit"]
    if unit == "year":
        whole = _years(day.year + shift, day.year + shift)
    elif unit == "decade":
        first = day.year // 10 * 10 + shift * 10
        whole = _years(first, first + 9)
    elif unit == "week":
        if day.exact is None:
            return []
        monday = day.exact - timedelta(days=day.exact.weekday()) + timedelta(weeks=shift)
        whole = Interval(monday, monday + timedelta(days=6))
    else:
        if day.month is None:
            return []
        size = _LENGTHS[unit]
        end = (day.month - 1) // size * size + size
        whole = _months(_back(_month_end(day.year, end), -shift * size), size)
    return [Interval(whole.start, day.last) if match["since"] else whole]


def _season(match: re.Match[str], day: _Published) -> list[Interval]:
    first = _SEASONS[match["s"]]
    if day.month is None:
        return []
    size = 1 if match["s"] in ("Christmas", "Easter") else 3
    begun = day.year - (first > day.month)
    over = _months(_back(date(begun, first, 1), 1 - size), size).end < day.last
    shift = {"last": 0 if over else -1, "this": 0, "next": 1}[match["which"]]
    year = begun + shift if match["which"] != "this" else day.year
    return [_months(_back(date(year, first, 1), 1 - size), size)]


def _weekday(match: re.Match[str], day: _Published) -> list[Interval]:
    if day.exact is None:
        return []
    back = (day.exact.weekday() - _DAYS.index(match["d"])) % 7 or 7
    then = day.exact - timedelta(days=back - (7 if match["which"] == "next" else 0))
    return [Interval(then, then)]


def _near_day(match: re.Match[str], day: _Published) -> list[Interval]:
    if day.exact is None:
        return []
    shift = {"today": 0, "tomorrow": 1}.get(match["d"], -1)
    then = day.exact + timedelta(days=shift)
    return [Interval(then, then)]


def _now(match: re.Match[str], day: _Published) -> list[Interval]:
    return [Interval(day.exact, day.exact)] if day.exact else []


def _stretch(match: re.Match[str], day: _Published) -> list[Interval]:
    if day.exact is None:
        return []
    return [Interval(_before(day.exact, match["unit"], _number(match["n"])), day.exact)]


_READINGS: dict[str, _Reading] = {
    "financial_pair": _financial_pair, "year_span": _year_span, "month_span": _month_span,
    "months_to": _months_to, "year_to": _year_to, "kind_of_year": _kind_of_year,
    "quarter": _quarter, "rolling": _rolling, "ago": _ago, "day_of_month": _day_of_month,
    "month": _month_alone, "year": _year_alone, "next_to_this": _next_to_this,
    "season": _season, "weekday": _weekday, "near_day": _near_day, "now": _now,
    "stretch": _stretch,
}  # fmt: skip
