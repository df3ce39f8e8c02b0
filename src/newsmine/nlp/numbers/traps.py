"""Numbers that claim nothing: ages, dates, years, telephone numbers, names with digits, scores.

The patterns are data (``data/numbers_traps.toml``). They are looked for only around numerals.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newsmine.nlp.numbers.lexicon import alternatives, number_words, read_data
from newsmine.nlp.numbers.starts import Late, Patterns
from newsmine.types import Span

_BEFORE, _AFTER = 60, 90
"""Characters before a numeral at which its trap can begin, and after it that are read."""
_ARTICLE = 5
"""A numeral may begin with its article ("a 40"), a trap behind it."""
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_WEEKDAYS = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"


class Trap(NamedTuple):
    """A stretch whose numerals are no claims; ``kind`` says what they are."""

    span: Span
    kind: str


@cache
def _patterns() -> tuple[tuple[Late, str], ...]:
    small = [w for w, entry in number_words().items() if entry.role in ("unit", "teen", "ty")]
    ties = [w for w, entry in number_words().items() if entry.role == "ty"]
    units = [w for w, entry in number_words().items() if entry.role == "unit"]
    number = (
        rf"(?:\d{{1,3}}|(?i:(?:{alternatives(ties)})[\s-](?:{alternatives(units)})"
        rf"|{alternatives(small)}))(?!\w)"
    )
    plural = number.replace(r"(?!\w)", "") + "['’]?s"
    out = []
    for entry in read_data("numbers_traps")["traps"]:
        pattern = (
            entry["pattern"]
            .replace("<ns>", plural)
            .replace("<n>", number)
            .replace("<month>", _MONTHS)
        )
        pattern = pattern.replace("<weekday>", _WEEKDAYS)
        flags = re.NOFLAG if entry.get("case") else re.IGNORECASE
        out.append((Late(pattern, flags), entry["kind"]))
    return tuple(out)


def find_traps(text: str, numerals: Sequence[Span]) -> list[Trap]:
    """The traps around the given numerals (in order), in order of their starts."""
    together, kinds = _together()
    found = [
        (number, Trap(_reach(match), kinds[number]))
        for number, match in together.find(text, *_segments(len(text), numerals), reach=_AFTER)
    ]
    # Of traps that begin together the one that is listed first comes first.
    return [trap for _, trap in sorted(found, key=lambda each: (each[1].span, each[0]))]


@cache
def _together() -> tuple[Patterns, tuple[str, ...]]:
    patterns, entries = _patterns(), read_data("numbers_traps")["traps"]
    needs = {number: e["needs"] for number, e in enumerate(entries) if "needs" in e}
    return Patterns([pattern for pattern, _ in patterns], needs), tuple(k for _, k in patterns)


def _reach(match: re.Match[str]) -> Span:
    names = match.re.groupindex
    for name in ("it", "it2"):
        if name in names and match.start(name) >= 0:
            return match.span(name)
    return match.span()


def _segments(length: int, numerals: Sequence[Span]) -> list[Span]:
    """Where a trap that holds a numeral can begin; where segments touch they are one."""
    out: list[Span] = []
    for start, _ in numerals:
        first, last = max(0, start - _BEFORE), min(length, start + _ARTICLE)
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out


class TrapIndex:
    """Asks which trap, if any, holds a numeral; the kind that is listed first wins."""

    def __init__(self, traps: Sequence[Trap]) -> None:
        self._traps = list(traps)
        self._starts = [trap.span[0] for trap in self._traps]
        self._longest = max((t.span[1] - t.span[0] for t in self._traps), default=0)

    def holding(self, span: Span) -> Trap | None:
        """The widest trap that holds the span."""
        first = bisect_left(self._starts, span[0] - self._longest)
        last = bisect_left(self._starts, span[0] + 1)
        found = [trap for trap in self._traps[first:last] if trap.span[1] >= span[1]]
        return max(found, key=lambda trap: trap.span[1] - trap.span[0], default=None)
