"""Which figures of an article agree: all rules over its claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from newsmine.nlp.checks.changes import changes
from newsmine.nlp.checks.copies import copies
from newsmine.nlp.checks.division import divisions
from newsmine.nlp.checks.figures import Sheet
from newsmine.nlp.checks.misread import readings
from newsmine.nlp.checks.parts import complements, multiples, parts, shares
from newsmine.nlp.checks.rates import rates
from newsmine.types import Article, Check, Claim

Rule = Callable[[Sheet], Iterator[Check]]

RULES: tuple[Rule, ...] = (rates, changes, shares, parts, complements, divisions, multiples, copies)
_MOST_WRONG = 20
"""With more disagreements in one text it is not a digit or two that OCR misread."""
_MOST_OFFERS = 2
"""With more ways to mend a sum, none of them says anything."""


def find_checks(article: Article, claims: Sequence[Claim]) -> tuple[Check, ...]:
    """Which of an article's figures agree with each other, with the sums.

    Figures are intervals by their printed precision and words such as "almost". Only figures that
    belong together by their nouns and places in the text are set against each other; what may be
    (``status`` "hypothetical") is not. A verdict is about printed figures, never about what is
    true. Where a check had to choose a reading of a period, ``reason`` says which.

    Args:
        article: The article, for its words between the figures.
        claims: Its claims.

    Returns:
        Checks in the order of the text; no figures are checked twice by one rule.
    """
    if len(claims) < 2:
        return ()
    sheet = Sheet(article, claims)
    found = [(rule, check) for rule in RULES for check in rule(sheet)]
    if sum(check.verdict == "disagree" for _, check in found) <= _MOST_WRONG:
        found = [(rule, _with_offer(sheet, rule, check)) for rule, check in found]
    places = {figure.claim.id: figure.start for figure in sheet.figures}
    unique = {(check.rule, frozenset(check.claims)): check for _, check in reversed(found)}
    return tuple(
        sorted(unique.values(), key=lambda c: (max(map(places.__getitem__, c.claims)), c.rule))
    )


def _with_offer(sheet: Sheet, rule: Rule, check: Check) -> Check:
    """A disagreement that one misread digit explains says so."""
    if check.verdict != "disagree" or "OCR" in (check.reason or ""):
        return check
    offers = list(_offers(sheet, rule, check))
    if not 1 <= len(offers) <= _MOST_OFFERS:
        return check
    offer = f"agrees if OCR misread a digit: {' or '.join(offers)}"
    return replace(check, reason="; ".join(filter(None, (check.reason, offer))))


def _offers(sheet: Sheet, rule: Rule, check: Check) -> Iterator[str]:
    part = sheet.around(check.claims)
    for figure in [f for f in part.figures if f.claim.id in check.claims]:
        for other, printed in readings(figure):
            again = rule(part.with_figure(figure, other))
            if any(c.claims == check.claims and c.verdict == "agree" for c in again):
                yield f"{printed} for {figure.printed}"
