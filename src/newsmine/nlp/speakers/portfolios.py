"""Fields of policy in the titles of ministers: "Trade and Industry Secretary" names no body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from newsmine.nlp.speakers.lexicon import data
from newsmine.nlp.speakers.names import Name


@cache
def _titles() -> re.Pattern[str]:
    fields = sorted(data("people")["portfolios"]["words"], key=len, reverse=True)
    field = rf"(?:{'|'.join(map(re.escape, fields))})"
    return re.compile(
        rf"\b(?:U[SK] )?{field}(?:,? (?:and |& )?{field}){{0,3}} "
        r"(?=(?i:(?:shadow )?(?:(?:under-?)?secretary|minister|spokes(?:man|woman|person)))\b)"
    )


def outside_portfolios(names: Iterable[Name], text: str) -> list[Name]:
    """The names that are no part of what a minister or spokesman is responsible for."""
    spans = [m.span() for m in _titles().finditer(text)]
    return [n for n in names if not any(s <= n.span[0] and n.span[1] <= e for s, e in spans)]
