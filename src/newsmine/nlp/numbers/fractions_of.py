"""Fractions of one unit: half an hour, a quarter of a percentage point, a year and a half."""

from __future__ import annotations

import re
from fractions import Fraction

from newsmine.types import Span

_OF_A_UNIT = re.compile(
    r"\s(?:of\s)?an?\s(?P<unit>second|minute|hour|day|week|month|year|decade|century|mile|pound"
    r"|percentage\spoint|cent|penny|tonne|ton|inch|metre|kilometre|acre|litre|pint|gallon|stone)(?!\w)"
)
_UNIT_AND = re.compile(
    r"(?<!\w)an?\s(?P<unit>second|minute|hour|day|week|month|year|decade|century)\sand\s\Z"
)
_OTHER_KINDS = {
    "percentage points": "points", "cents": "money", "pence": "money", "miles": "measure",
    "pounds": "measure", "tonnes": "measure", "inches": "measure", "metres": "measure",
    "km": "measure", "acres": "measure", "litres": "measure", "pints": "measure",
    "gallons": "measure", "stone": "measure",
}  # fmt: skip
_PLURALS = {
    "century": "centuries", "penny": "pence", "ton": "tonnes", "inch": "inches", "stone": "stone",
    "kilometre": "km",
}  # fmt: skip


def part_of_unit(text: str, span: Span, value: Fraction) -> tuple[Span, Fraction, str, str] | None:
    """`half an hour`, `a year and a half`, `half a cent`: span, value, unit and kind.

    Args:
        text: The text.
        span: The fraction as printed, end exclusive.
        value: Its value.

    Returns:
        None where no unit stands there.
    """
    if match := _OF_A_UNIT.match(text, span[1]):
        found = (span[0], match.end()), value
    elif match := _UNIT_AND.search(text, max(0, span[0] - 20), span[0]):
        found = (match.start(), span[1]), value + 1
    else:
        return None
    one = re.sub(r"\s", " ", match["unit"])
    unit = _PLURALS.get(one, f"{one}s")
    return *found, unit, _OTHER_KINDS.get(unit, "duration")
