"""A headline's figure against the body's: the same, rounded, or a digit apart."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from newsmine.nlp.checks.compare import compare, dimension
from newsmine.nlp.checks.figures import LEVELS, Figure, Sheet
from newsmine.nlp.checks.intervals import judge
from newsmine.nlp.checks.misread import one_digit_apart
from newsmine.nlp.checks.sums import make
from newsmine.types import Check

_ABOVE = ("headline", "standfirst", "caption")


def copies(sheet: Sheet) -> Iterator[Check]:
    """Each figure above the text, or under a picture, against the body's figure of the thing."""
    for copy in sheet.figures:
        if copy.zone in _ABOVE and copy.form in (*LEVELS, "change_relative") and copy.value:
            body = [f for f in sheet.figures if f.zone not in _ABOVE and _alike(copy, f)]
            if found := _best(copy, body):
                yield found


def _alike(copy: Figure, figure: Figure) -> bool:
    if dimension(copy.claim) != dimension(figure.claim) or not figure.value:
        return False
    if copy.form == "rate" and copy.claim.unit != figure.claim.unit:
        return False
    # A headline leaves out what it counts, or names it otherwise: "crime strikes every 41 minutes"
    # is "a child is targeted every 41 minutes" in the text.
    equal = copy.form == "rate" and copy.value == figure.value
    differs = set(compare(copy.claim, figure.claim).differs) - (
        {"thing counted"} if equal else set()
    )
    return not differs & {"thing counted", "area", "status"}


def _best(copy: Figure, body: list[Figure]) -> Check | None:
    for figure in body:
        if figure.value == copy.value:
            return make(
                "headline and text", (copy, figure), "agree", f"{copy.digits} above and in the text"
            )
    for figure in body:
        if copy.form in ("share", "ratio", "change_relative") and copy.thing != figure.thing:
            continue
        judged = judge(copy.value, copy.interval, figure.interval)
        if judged.verdict != "disagree":
            text = f"{copy.printed} above, {figure.printed} in the text"
            return make(
                "headline and text", (copy, figure), "agree_if_coarse", text, "rounded copy"
            )
    return next((found for figure in body if (found := _misread(copy, figure))), None)


def _misread(copy: Figure, figure: Figure) -> Check | None:
    """The same digits but one, of a kind that OCR mixes up."""
    if not one_digit_apart(copy.value or Fraction(0), figure.value or Fraction(0)):
        return None
    text = f"{copy.printed} above, {figure.printed} in the text"
    reason = "one digit apart, of a kind that OCR misreads"
    return make("headline and text", (copy, figure), "disagree", text, reason)
