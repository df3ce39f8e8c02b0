"""Counts over a period against rates: 22,724 a year is one every 23 minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from newsmine.nlp.checks.compare import compare, dimension
from newsmine.nlp.checks.figures import Figure, Sheet
from newsmine.nlp.checks.intervals import Interval, Judgement, judge
from newsmine.nlp.checks.periods import A_YEAR, DAYS_IN_YEAR, MINUTES_IN_YEAR, Length, lengths
from newsmine.nlp.checks.sums import check, make, plain, valued
from newsmine.nlp.checks.things import words_of
from newsmine.types import Check

_IN_A_YEAR = {
    "second": Fraction(MINUTES_IN_YEAR * 60),
    "minute": Fraction(MINUTES_IN_YEAR),
    "hour": Fraction(DAYS_IN_YEAR * 24),
    "day": Fraction(DAYS_IN_YEAR),
    "night": Fraction(DAYS_IN_YEAR),
    "week": Fraction(DAYS_IN_YEAR, 7),
    "fortnight": Fraction(DAYS_IN_YEAR, 14),
    "month": Fraction(12),
    "quarter": Fraction(4),
    "year": Fraction(1),
    "annum": Fraction(1),
}
_ADVERBS = {
    "hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month",
    "yearly": "year", "annually": "year",
}  # fmt: skip
_PER = re.compile(r"(?:(?:an?|per|each|every)\s)?(\w+)\Z")
_NOTHING = Interval(Fraction(0), Fraction(0))
_WORKING = {
    "year": Interval(Fraction(1), Fraction(1)),
    "day": Interval(Fraction(220), Fraction(260)),
    "hour": Interval(Fraction(220 * 7), Fraction(260 * 8)),
    "minute": Interval(Fraction(220 * 7 * 60), Fraction(260 * 8 * 60)),
}
"""How much of each a working year has: holidays and hours differ between employers."""
_FAR = 2
"""Sentences between two figures beyond which a difference is no disagreement: both may be right
of different things."""
_RANKS = ("agree", "agree_if_coarse", "disagree")


@dataclass(frozen=True, slots=True)
class _Pace:
    """How often: ``unit`` is a time; ``between`` says that the figure is the time between two."""

    unit: str
    between: bool

    def of_total(self, total: Interval, years: Fraction) -> Interval:
        """What a total over some years comes to, in the figure's own terms."""
        units = _IN_A_YEAR[self.unit] * years
        return total.inverse(units) if self.between else total.times(1 / units)

    def of_other(self, figure: Interval, other: _Pace) -> Interval:
        """What a figure of another pace comes to."""
        units = _IN_A_YEAR[other.unit]
        a_year = figure.inverse(units) if other.between else figure.times(units)
        return self.of_total(a_year, Fraction(1))

    def words(self, value: Fraction) -> str:
        """`63.3 a day`, `every 22.8 minutes`."""
        if self.between:
            return f"every {plain(value)} {self.unit}s"
        return f"{plain(value)} {'an' if self.unit == 'hour' else 'a'} {self.unit}"


def _pace(figure: Figure) -> _Pace | None:
    unit = figure.claim.unit or ""
    if figure.form != "rate" or figure.value is None or not figure.value:
        return None
    if match := re.match(r"(\w+?)s? between two\Z", unit):
        return _Pace(match[1], True) if match[1] in _IN_A_YEAR else None
    match = _PER.search(unit)
    word = _ADVERBS.get(match[1], match[1]) if match else ""
    return _Pace(word, False) if word in _IN_A_YEAR else None


def rates(sheet: Sheet) -> Iterator[Check]:
    """Each rate against the total of the same thing, or else against another rate of it."""
    for rate in sheet.figures:
        pace = _pace(rate)
        if pace is None:
            continue
        found = [c for t in _totals(sheet, rate) if (c := _with_total(sheet, rate, pace, t))]
        best = min(found, key=lambda c: _RANKS.index(c.verdict), default=None)
        best = best or _with_rate(sheet, rate, pace) or _with_other_thing(sheet, rate, pace)
        if best:
            yield best


def _totals(sheet: Sheet, rate: Figure) -> Iterator[Figure]:
    currency = (rate.claim.unit or "")[:3]
    wanted = f"money {currency}" if currency.isupper() else "count"
    for other in sheet.near(rate):
        if dimension(other.claim) == wanted and other.value and sheet.same(rate, other):
            yield other


def _with_other_thing(sheet: Sheet, rate: Figure, pace: _Pace) -> Check | None:
    """`A child is targeted every 41 minutes` and `12,806 offences in the year to March`.

    The nouns differ, so it stays open; but a sum that comes out so well is worth showing.
    """
    if not pace.between or rate.zone == "headline":
        return None
    for total in sheet.near(rate):
        yearly = total.form == "count" and lengths(total.claim.period) == (A_YEAR,)
        if not yearly or not total.value or _elsewhere(rate, total):
            continue
        worked = pace.of_total(total.interval, A_YEAR.years)
        if worked.overlaps(rate.interval) and rate.interval.low != rate.value:
            shown = _middle(pace, total, A_YEAR)
            reason = f"if each of the {total.claim.counted or total.digits} is one"
            text = _sum(rate, pace, total, A_YEAR, shown)
            return make("rate and total", (total, rate), "undetermined", text, reason)
    return None


def _with_total(sheet: Sheet, rate: Figure, pace: _Pace, total: Figure) -> Check | None:
    readings, assumed = _readings(rate, total)
    trivial = pace.unit == "year" and readings == (A_YEAR,)
    if not readings or trivial or _elsewhere(rate, total):
        return None
    worked = [pace.of_total(total.interval, reading.years) for reading in readings]
    judged = [judge(rate.value, rate.interval, one) for one in worked]
    if len(judged) == 1 and judged[0].verdict == "disagree" and _by_work(sheet, rate):
        judged = [_working(rate, pace, total.interval.times(1 / readings[0].years))]
    at = min(range(len(judged)), key=lambda i: _RANKS.index(judged[i].verdict))
    bound = _beside(sheet, rate, total) or (not assumed and _bound(sheet, rate, total))
    if judged[at].verdict == "disagree" and not bound:
        return None
    shown = _middle(pace, total, readings[at])
    reasons = [_assumed(assumed), _chosen(pace, rate, total, readings, at)]
    return check(
        "rate and total", (total, rate), judged[at], _sum(rate, pace, total, readings[at], shown),
        *reasons,
    )  # fmt: skip


def _by_work(sheet: Sheet, rate: Figure) -> bool:
    """Whether somebody at work does it: then a day may be a working one."""
    window = sheet.before(rate, limit=160) + sheet.after(rate, limit=40)
    return any(word in words_of("work") for word in re.findall(r"[a-z]+", window.lower()))


def _working(rate: Figure, pace: _Pace, a_year: Interval) -> Judgement:
    """The same sum with working days; it agrees at most coarsely, since their number is open."""
    units = _WORKING.get(pace.unit, _NOTHING)
    judged = judge(rate.value, rate.interval, units / a_year if pace.between else a_year / units)
    if judged.verdict == "disagree":
        return judged
    return Judgement("agree_if_coarse", "if working days are meant, 220 to 260 a year")


def _readings(rate: Figure, total: Figure) -> tuple[tuple[Length, ...], bool]:
    """The lengths that the total's period can have; none where the two periods differ."""
    own, its = lengths(rate.claim.period), lengths(total.claim.period)
    if own and its:
        return (own if {o.years for o in own} & {i.years for i in its} else ()), False
    return own or its or (A_YEAR,), not (own or its)


def _elsewhere(rate: Figure, total: Figure) -> bool:
    found = compare(rate.claim, total.claim)
    return bool({"area", "status"} & set(found.differs))


def _bound(sheet: Sheet, a: Figure, b: Figure) -> bool:
    """Whether two figures belong together so surely that a difference counts."""
    if _beside(sheet, a, b):
        return True
    return a.thing == b.thing and abs(a.sentence - b.sentence) <= _FAR


def _beside(sheet: Sheet, a: Figure, b: Figure) -> bool:
    """Whether one restates the other; `$26 an hour` and `$15` without a period are two wages."""
    first, second = sorted((a, b), key=lambda f: f.start)
    return sheet.linked("apposition", first, second)


def _middle(pace: _Pace, total: Figure, reading: Length) -> Fraction:
    value = total.value or Fraction(1)
    found = pace.of_total(Interval(value, value), reading.years)
    return found.low or Fraction(0)


def _sum(rate: Figure, pace: _Pace, total: Figure, reading: Length, shown: Fraction) -> str:
    units = _IN_A_YEAR[pace.unit] * reading.years
    years = "a year" if reading.years == 1 else reading.words
    span = f"{plain(units)} {pace.unit}s" + ("" if years == "a year" else f" in {years}")
    if pace.between:
        span = f"{plain(units)} {pace.unit}s in {years}"
        return f"{span} ÷ {valued(total)} = {pace.words(shown)}; printed: every {rate.printed}"
    if units == 1:
        return f"{valued(total)} in {years}; printed: {rate.printed} a {pace.unit}"
    of = f"{valued(total)} ÷ {span} = {pace.words(shown)}"
    return f"{of}; printed: {rate.printed} {'an' if pace.unit == 'hour' else 'a'} {pace.unit}"


def _assumed(assumed: bool) -> str | None:
    return "taken over one year; no period is printed" if assumed else None


def _chosen(
    pace: _Pace, rate: Figure, total: Figure, readings: tuple[Length, ...], at: int
) -> str | None:
    if len(readings) < 2:
        return None
    others = (r for i, r in enumerate(readings) if i != at)
    rest = ", ".join(f"as {r.words} it is {pace.words(_middle(pace, total, r))}" for r in others)
    period = rate.claim.period if lengths(rate.claim.period) else total.claim.period
    return f"“{period}” read as {readings[at].words}; {rest}"


def _with_rate(sheet: Sheet, rate: Figure, pace: _Pace) -> Check | None:
    """`152 a day, six an hour`: against a rate before it in the same sentence."""
    for other in sheet.near(rate, sentences=1):
        theirs = _pace(other)
        if other.start > rate.start or theirs is None or theirs == pace:
            continue
        if not sheet.same(other, rate) or _elsewhere(rate, other):
            continue
        judged = judge(rate.value, rate.interval, pace.of_other(other.interval, theirs))
        if judged.verdict == "disagree" and _by_work(sheet, rate) and not theirs.between:
            units = _WORKING.get(theirs.unit, _NOTHING)
            judged = _working(rate, pace, other.interval.product(units))
        if judged.verdict == "disagree" and not _bound(sheet, rate, other):
            continue
        return _rates_check(rate, pace, other, theirs, judged)
    return None


def _rates_check(
    rate: Figure, pace: _Pace, other: Figure, theirs: _Pace, judged: Judgement
) -> Check:
    value = other.value or Fraction(1)
    found = pace.of_other(Interval(value, value), theirs)
    shown = f"{theirs.words(value)} = {pace.words(found.low or Fraction(0))}"
    printed = f"every {rate.printed}" if pace.between else f"{rate.printed} a {pace.unit}"
    return make(
        "rate and rate", (other, rate), judged.verdict, f"{shown}; printed: {printed}", judged.how
    )
