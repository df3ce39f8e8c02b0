"""Levels and changes: from 47,008 to 55,507 is up 18.1 per cent, nearly a fifth."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from newsmine.nlp.checks.compare import compare, dimension
from newsmine.nlp.checks.figures import CHANGES, LEVELS, Figure, Sheet
from newsmine.nlp.checks.intervals import Interval, Judgement, judge
from newsmine.nlp.checks.periods import years_of
from newsmine.nlp.checks.sums import check, in_unit, make, plain, spread, valued
from newsmine.types import Check

_GOES_ON = re.compile(
    r"\s*(?:That|This|It|The|An?|Which)\s(?:is\s|was\s|means\s|represents\s|marks\s|amounts\sto\s|an?\s"
    r"|of\s)*(?:an?\s)?(?:rise|increase|fall|drop|jump|surge|decrease|growth|gain|decline)?"
)
_MORE = re.compile(r"\s?(?:higher|more|greater|larger|bigger)(?!\w)", re.IGNORECASE)
_NEARLY = r"\s(?:(?:about|some|around|nearly|almost|just|over|under|only)\s){0,2}\Z"
_FROM = re.compile(r"(?<!\w)from" + _NEARLY, re.IGNORECASE)
_TO = re.compile(r"(?<!\w)(?:to|at)" + _NEARLY, re.IGNORECASE)
_MARGIN = re.compile(r"margin\sof|margin\Z", re.IGNORECASE)
"""Points beside it say how sure a poll is, and change nothing."""
_ONE = Interval(Fraction(1), Fraction(1))


@dataclass(frozen=True, slots=True)
class Pair:
    """A level and what it is set against."""

    base: Figure
    level: Figure


def pairs(sheet: Sheet) -> list[Pair]:
    """The levels that the text sets against each other: from A to B; B, up from A."""
    found = []
    for a, b in sheet.neighbours():
        if a.form not in LEVELS or dimension(a.claim) != dimension(b.claim):
            continue
        if sheet.linked("from-to", a, b):
            found.append(Pair(a, b))
        elif sheet.linked("to-from", a, b):
            found.append(Pair(b, a))
    known = {(pair.base.claim.id, pair.level.claim.id) for pair in found}
    return found + [p for p in _parted(sheet) if (p.base.claim.id, p.level.claim.id) not in known]


def _parted(sheet: Sheet) -> Iterator[Pair]:
    """`to $11m (£6m) for the three months, from $9m`: other words or figures stand between."""
    for base in sheet.figures:
        if base.form not in LEVELS or not _FROM.search(sheet.before(base)):
            continue
        for level in sheet.near(base, sentences=0):
            alike = level.form in LEVELS and dimension(level.claim) == dimension(base.claim)
            if alike and level.start < base.start and _TO.search(sheet.before(level)):
                yield Pair(base, level)
                break


def changes(sheet: Sheet) -> Iterator[Check]:
    """Each change against the two levels that it lies between; or the base that it implies."""
    linked: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in pairs(sheet):
        linked[pair.level.sentence].append(pair)
    for change in sheet.figures:
        if change.form not in CHANGES or change.interval == Interval(None, None):
            continue
        if _MARGIN.search(sheet.before(change) + "#" + sheet.after(change)):
            continue
        if found := _printed_base(sheet, change) or _pair_of(sheet, change, linked):
            yield from _checked(sheet, change, found)
        elif level := _joined(sheet, change):
            if base := _base_elsewhere(sheet, change, level):
                yield from _checked(sheet, change, Pair(base, level))
            else:
                yield from _implied(change, level)


def _pair_of(sheet: Sheet, change: Figure, linked: Mapping[int, Sequence[Pair]]) -> Pair | None:
    """The nearest pair of the change's sentence, or of the one that it goes on."""
    sentence = change.sentence
    if sentence not in linked and _goes_on(sheet, change):
        sentence -= 1
    here = [p for p in linked.get(sentence, ()) if _fits(change, p)]
    rivals = [f for f in sheet.of_sentence(change.sentence) if f.form in CHANGES]
    if not here or any(_nearer(rival, change, here[0]) for rival in rivals):
        return None
    return min(here, key=lambda p: abs(p.level.start - change.start))


_ON_THE = re.compile(
    r"\s(?:on|over|from|than|against|compared\s(?:with|to))\s(?:the|its|their|an?|last)\s[^.;,\d]{0,40}?"
    r"(?:previous|preceding|prior|same|year|month|week|quarter|decade|total|figure|tally)[^.;,\d]{0,24}"
)


def _printed_base(sheet: Sheet, change: Figure) -> Pair | None:
    """`14,970, up 25 per cent on last year's 11,990`: the base with its figure."""
    _, base = sheet.beside(change)
    if base is None or base.form not in LEVELS or change.form != "change_relative":
        return None
    if not _ON_THE.fullmatch(sheet.gap(change, base).removesuffix("of ")):
        return None
    before = [f for f in sheet.of_sentence(change.sentence) if f.end <= change.start]
    opening = re.split(r"[.!?]\s", sheet.before(change, limit=60))[-1]
    if not before and _GOES_ON.match(opening):
        before = list(sheet.of_sentence(change.sentence - 1))
    alike = [f for f in before if f.form in LEVELS and dimension(f.claim) == dimension(base.claim)]
    return Pair(base, alike[-1]) if alike else None


def _goes_on(sheet: Sheet, change: Figure) -> bool:
    """`That is a rise of 20 per cent`: a sentence that only measures what the last one said."""
    alone = not [f for f in sheet.of_sentence(change.sentence) if f.form in LEVELS]
    before = sheet.before(change, limit=60)
    opening = re.split(r"[.!?]\s", before)[-1]
    return alone and bool(_GOES_ON.match(opening))


def _fits(change: Figure, pair: Pair) -> bool:
    levels = pair.level.thing
    other = change.thing and levels and change.thing.head != levels.head
    if change.form == "change_points":
        return pair.level.form in ("share", "ratio")
    if change.form == "change_absolute":
        same = (
            dimension(change.claim).partition(" ")[2]
            == dimension(pair.level.claim).partition(" ")[2]
        )
        return same and not other
    return not other


def _nearer(rival: Figure, change: Figure, pair: Pair) -> bool:
    same = rival is not change and rival.form == change.form
    return same and abs(rival.start - pair.level.start) < abs(change.start - pair.level.start)


def _checked(sheet: Sheet, change: Figure, pair: Pair) -> Iterator[Check]:
    figures = (pair.base, pair.level, change)
    found = compare(pair.base.claim, pair.level.claim)
    differs = [name for name in found.differs if name not in ("period", "thing counted")]
    if differs:
        reason = f"the levels differ in {' and '.join(differs)}"
        yield make("change", figures, "not_comparable", None, reason)
    elif measure := _MEASURES.get(change.form):
        yield measure(sheet, change, pair)


def _growth(sheet: Sheet, change: Figure, pair: Pair) -> Check:
    """A change in per cent."""
    down = _goes_down(change, pair)
    ratio = pair.level.interval / pair.base.interval
    worked = (_ONE - ratio if down else ratio - _ONE).times(100)
    judged = judge(change.value, change.interval, worked)
    shown = _ratio(pair)
    by = abs(shown - 1) * 100
    way = "down" if shown < 1 else "up"
    text = (
        f"{valued(pair.level)} ÷ {valued(pair.base)} = {plain(shown)}, {way} {plain(by)} per cent"
    )
    return check(
        "change", (pair.base, pair.level, change), judged, f"{text}; printed: {_said(change)}",
        _in_points(change, pair, judged), _turned(judged, down, pair),
    )  # fmt: skip


def _in_points(change: Figure, pair: Pair, judged: Judgement) -> str | None:
    """Per cent printed where percentage points are meant."""
    if judged.verdict == "agree" or pair.level.form not in ("share", "ratio"):
        return None
    points = _difference(pair)
    if judge(change.value, change.interval, points).verdict != "agree":
        return None
    return f"{change.printed} is the difference in percentage points"


def _turned(judged: Judgement, down: bool, pair: Pair) -> str | None:
    wrong = judged.verdict == "disagree" and down != (_ratio(pair) < 1)
    return f"the levels go {'up' if down else 'down'}" if wrong else None


def _factor(sheet: Sheet, change: Figure, pair: Pair) -> Check:
    """A multiple; `three times higher` can be three times or four times as much."""
    up = pair.level.interval / pair.base.interval
    flipped = _goes_down(change, pair) and (change.value or 2) > 1
    worked = pair.base.interval / pair.level.interval if flipped else up
    above, below = (pair.base, pair.level) if flipped else (pair.level, pair.base)
    judged = judge(change.value, change.interval, worked)
    note = None
    if judged.verdict == "disagree" and change.value and _MORE.match(sheet.after(change)):
        on_top = judge(change.value + 1, change.interval + _ONE, worked)
        if on_top.verdict != "disagree":
            judged, note = on_top, f"“{change.printed}” read as so much on top"
    shown = plain(_ratio(Pair(below, above)))
    if above.value is None and worked.low and worked.high:
        shown = f"{plain(worked.low)} to {plain(worked.high)}"
    text = f"{valued(above)} ÷ {valued(below)} = {shown}; printed: {change.printed}"
    return check("change", (pair.base, pair.level, change), judged, text, note)


def _amount(sheet: Sheet, change: Figure, pair: Pair) -> Check:
    """A change in the levels' own unit, or in percentage points."""
    down = _goes_down(change, pair)
    gained = pair.level.interval - pair.base.interval
    worked = pair.base.interval - pair.level.interval if down else gained
    judged = judge(change.value, change.interval, worked)
    above, below = (pair.base, pair.level) if down else (pair.level, pair.base)
    left = _value(above) - _value(below)
    points = change.form == "change_points"
    shown = f"{plain(left)} percentage points" if points else in_unit(left, above)
    text = f"{valued(above)} − {valued(below)} = {shown}; printed: {_said(change)}"
    return check("change", (pair.base, pair.level, change), judged, text)


_MEASURES: dict[str, Callable[[Sheet, Figure, Pair], Check]] = {
    "change_relative": _growth,
    "multiple": _factor,
    "change_absolute": _amount,
    "change_points": _amount,
}


def _value(figure: Figure) -> Fraction:
    if figure.value is not None:
        return figure.value
    return figure.interval.low or figure.interval.high or Fraction(0)


def _ratio(pair: Pair) -> Fraction:
    return _value(pair.level) / (_value(pair.base) or 1)


def _difference(pair: Pair) -> Interval:
    if _ratio(pair) < 1:
        return pair.base.interval - pair.level.interval
    return pair.level.interval - pair.base.interval


def _goes_down(change: Figure, pair: Pair) -> bool:
    direction = change.claim.direction or pair.level.claim.direction
    return direction == "down" if direction else _ratio(pair) < 1


def _said(change: Figure) -> str:
    direction = change.claim.direction
    return f"{direction} {change.printed}" if direction in ("up", "down") else change.printed


# A change without its base


def _joined(sheet: Sheet, change: Figure) -> Figure | None:
    """The level right beside a change that it goes with: `22,724 – up almost 25 per cent`."""
    for level in filter(None, sheet.beside(change)):
        alike = level.form in ("count", "money", "share") and sheet.same(change, level)
        if alike and level.claim.direction == change.claim.direction is not None:
            return level
    return None


def _base_elsewhere(sheet: Sheet, change: Figure, level: Figure) -> Figure | None:
    """A level of the same thing in the year that the change is measured against."""
    wanted = years_of(change.claim.base, None)
    for other in sheet.near(level):
        alike = dimension(other.claim) == dimension(level.claim) and other.thing == level.thing
        if alike and wanted and wanted & years_of(other.claim.period):
            return other
    return None


def _implied(change: Figure, level: Figure) -> Iterator[Check]:
    """What the base must have been, since it is not printed."""
    down, base = change.claim.direction == "down", None
    if change.form == "change_relative":
        share = change.interval.times(Fraction(1, 100))
        base = level.interval / (_ONE - share if down else _ONE + share)
    elif change.form == "change_absolute":
        base = level.interval + change.interval if down else level.interval - change.interval
    if base is None or base.low is None or base.high is None or base.low <= 0:
        return
    before = f"({change.claim.base})" if change.claim.base else "before"
    text = f"{valued(level)}, {_said(change)}, makes {spread(base, level)} {before}"
    yield make("change", (level, change), "undetermined", text, "the level before is not printed")
