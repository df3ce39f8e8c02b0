"""A sum shared out: £3.2m to 40 schools is £80,000 each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from newsmine.nlp.checks.figures import Figure, Sheet
from newsmine.nlp.checks.intervals import judge
from newsmine.nlp.checks.sums import check, in_unit, valued
from newsmine.types import Check

_EACH = re.compile(r"\s(?:each|apiece|for\seach|per\s(?:head|person|pupil|child|school))(?!\w)")


def divisions(sheet: Sheet) -> Iterator[Check]:
    """A sum for each against the only other sum and the only number of its sentence."""
    for each in sheet.figures:
        if each.form not in ("money", "rate") or not _EACH.match(sheet.after(each)):
            continue
        mates = [f for f in sheet.of_sentence(each.sentence) if f is not each]
        totals = [f for f in mates if f.form == "money" and _same_currency(f, each)]
        numbers = [f for f in mates if f.form == "count"]
        if len(totals) == len(numbers) == 1 and totals[0].value and numbers[0].value:
            yield _divided(totals[0], numbers[0], each)


def _same_currency(total: Figure, each: Figure) -> bool:
    return (total.claim.unit or "")[:3] == (each.claim.unit or "")[:3]


def _divided(total: Figure, number: Figure, each: Figure) -> Check:
    judged = judge(each.value, each.interval, total.interval / number.interval)
    shown = in_unit((total.value or Fraction(0)) / (number.value or 1), total)
    text = f"{valued(total)} ÷ {valued(number)} = {shown}; printed: {each.printed} each"
    return check("shared out", (total, number, each), judged, text)
