"""Numbers that claim nothing: ages, dates, years, telephone numbers, names with digits, scores.

The patterns are data (``data/numbers_traps.toml``). They are looked for only around numerals.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsmine.nlp.numbers.lexicon import alternatives, number_words, read_data
from newsmine.types import Span

_WINDOW = 90
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_WEEKDAYS = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"


@dataclass(frozen=True, slots=True)
class Trap:
    """A stretch whose numerals are no claims; ``kind`` says what they are."""

    span: Span
    kind: str


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
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
        out.append((re.compile(pattern, flags), entry["kind"]))
    return tuple(out)


def find_traps(text: str, numerals: Sequence[Span]) -> list[Trap]:
    """The traps around the given numerals (in order), in order of their starts."""
    out: list[Trap] = []
    for start, end in _segments(len(text), numerals):
        for pattern, kind in _patterns():
            for match in pattern.finditer(text, start, end):
                out.append(Trap(_reach(match), kind))
    return sorted(out, key=lambda trap: trap.span)


def _reach(match: re.Match[str]) -> Span:
    names = match.re.groupindex
    for name in ("it", "it2"):
        if name in names and match.start(name) >= 0:
            return match.span(name)
    return match.span()


def _segments(length: int, numerals: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in numerals:
        start, end = max(0, start - _WINDOW), min(length, end + _WINDOW)
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


class TrapIndex:
    """Asks which trap, if any, holds a numeral; the kind that is listed first wins."""

    def __init__(self, traps: Sequence[Trap]) -> None:
        self._traps = list(traps)
        self._starts = [trap.span[0] for trap in self._traps]
        self._longest = max((t.span[1] - t.span[0] for t in self._traps), default=0)

    def holding(self, span: Span) -> Trap | None:
        """The widest trap that holds the span (an article before the numeral may stick out)."""
        first = bisect_left(self._starts, span[0] - self._longest)
        last = bisect_left(self._starts, span[0] + 4)
        found = [
            trap
            for trap in self._traps[first:last]
            if trap.span[0] <= span[0] + 3 and trap.span[1] >= span[1]
        ]
        return max(found, key=lambda trap: trap.span[1] - trap.span[0], default=None)
