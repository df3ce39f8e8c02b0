"""Whether two figures can be compared at all: the same thing, place, time, unit and standing.

What is not said is unknown, not equal: the result then is None. Figures that differ in a known way
are not comparable, and the difference is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsmine.nlp.checks.periods import same_period
from newsmine.nlp.checks.things import same_thing, surely_same, thing_of
from newsmine.nlp.numbers.lexicon import read_data
from newsmine.types import Claim

_DIMENSIONS = {"ratio": "share", "share": "share"}
_UNREAL = ("hypothetical", "forecast")
_TIME = r"second|minute|hour|day|night|week|fortnight|month|quarter|year|annum|decade"
_PER_TIME = re.compile(rf"(?:(?:a|an|per|each|every)\s(?:{_TIME})|\w+ly)\Z")


@dataclass(frozen=True, slots=True)
class Comparison:
    """``comparable`` is None where something needed is ``unknown``; ``differs`` says in what."""

    comparable: bool | None
    differs: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def dimension(claim: Claim) -> str:
    """What two figures must share to be set against each other: "count", "money GBP", "share"."""
    if claim.form == "rate":
        return f"rate {_rate_unit(claim.unit or '')}".strip()
    if claim.form in ("money", "change_absolute", "duration", "count"):
        return " ".join(filter(None, (claim.form, claim.unit)))
    return _DIMENSIONS.get(claim.form, claim.form)


def _rate_unit(unit: str) -> str:
    """The currency of a rate in time, all of any other: `GBP a week`, `calls per 1,000 people`."""
    if unit.endswith("between two"):
        return ""
    if match := re.match(r"([A-Z]{3}|pence)(?!\w)", unit):
        unit = unit[match.end() :].strip()
        return f"{match[1]} {'' if _PER_TIME.search(unit) else unit}".strip()
    return "" if _PER_TIME.search(unit) else unit.partition(" per ")[2]


def compare(
    a: Claim,
    b: Claim,
    *,
    published: tuple[str | None, str | None] = (None, None),
    across: bool = False,
) -> Comparison:
    """Whether two claims speak of the same quantity.

    Args:
        a: A claim.
        b: Another.
        published: When their articles appeared, to place "last year".
        across: They stand in different articles: then a bare noun ("offences", "people") is too
            little to know that the thing is the same.
    """
    found = dict(_aspects(a, b, published, across=across))
    differs = tuple(name for name, same in found.items() if same is False)
    unknown = tuple(name for name, same in found.items() if same is None)
    if differs:
        return Comparison(False, differs, unknown)
    return Comparison(None if "thing counted" in unknown else True, (), unknown)


def _aspects(
    a: Claim, b: Claim, published: tuple[str | None, str | None], *, across: bool
) -> Iterator[tuple[str, bool | None]]:
    yield "unit", dimension(a) == dimension(b)
    same = surely_same if across else same_thing
    yield "thing counted", same(thing_of(a.counted), thing_of(b.counted))
    yield "population", same_thing(thing_of(a.population), thing_of(b.population))
    yield "area", same_area(a.area, b.area)
    yield "period", same_period(a.period, b.period, published=published)
    yield "status", _same_status(a, b)


def same_area(a: str | None, b: str | None) -> bool | None:
    """Whether two places are one; `UK` and `Britain` are, `England` and `UK` are not."""
    if a is None or b is None:
        return None
    return _area(a) == _area(b)


@cache
def _area_names() -> dict[str, str]:
    return {word: e["name"] for e in read_data("checks")["areas"] for word in e["words"]}


def _area(name: str) -> str:
    plain = re.sub(r"\A(?:the|across|in)\s", "", name.lower().replace(".", ""))
    return _area_names().get(plain, plain)


def _same_status(a: Claim, b: Claim) -> bool | None:
    """What may be is never what is; otherwise an estimate can be of what was recorded."""
    if (a.status in _UNREAL) != (b.status in _UNREAL):
        return False
    return None if a.status is None or b.status is None else a.status == b.status or None
