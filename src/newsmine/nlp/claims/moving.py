"""Verbs of change before a figure: rose by 40 per cent, soared to 9,240, lost 37,000 readers."""

from __future__ import annotations

import re

from newsmine.nlp.claims.levels import FIGURE, Change
from newsmine.nlp.claims.lexicon import change_pattern, changes, stops
from newsmine.nlp.numbers import Number

# Between the verb and its figure: connectors and other figures, but no second clause.
BROKEN = re.compile(
    r"[.;:!?\n]|,(?!\d)|(?<!\w)(?:said|says|and(?!\s*(?:0|(?:by|to)\s(?:\w+\s){0,2}\Z|\Z))|but|while|when|which|who|that|if|because|after|with"
    r"|than|is|are|was|were|has|have|had|as|before|until|where|costs?)(?!\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<!\w)(?:in|by|since|during)\s(?:both\s)?(?:1[89]|20)\d\d(?!\w)", re.IGNORECASE
)
_THAN = re.compile(r"(?<!\w)(?:more|less|fewer)\sthan(?!\w)", re.IGNORECASE)
_LEADS = re.compile(r"(?<!\w)(?:to|at|by|of)(?!\w)", re.IGNORECASE)
# Verbs that take a sum as their object: `raise £250,000` is no rise.
_RAISES = re.compile(r"(?:rais|add|boost|gain|put|extend|advanc|lower|reduc)", re.IGNORECASE)
_PAREN = re.compile(r"\([^()]{1,30}\)")
_ASIDE = re.compile(rf",\s(?:or\s|by\s)?(?:\w+\s)?{FIGURE},")
_LATE = re.compile(r",\s(?=(?:by|to)\s(?:\w+\s){0,2}\Z)")


def plainly(before: str) -> str:
    """What leads to a figure without years, brackets and figures set apart: `5p, or 1%, to`."""
    plain = _LATE.sub(" ", _ASIDE.sub(" 0", _PAREN.sub("", before)))
    return _THAN.sub("", _YEAR.sub("", plain))


def _word(match: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", match["word"]).lower()


def verb_of_change(number: Number, before: str, after: str) -> Change | None:
    """The last verb of change that leads to the figure with nothing but figures between."""
    plain = plainly(before)
    for match in reversed(list(change_pattern("verbs").finditer(plain))):
        between = re.sub(FIGURE, "0", plain[match.end() :])
        if BROKEN.search(between) or len(between.split()) > 9:
            return None
        return _by_verb(number, match, between, after)
    return None


def _by_verb(number: Number, verb: re.Match[str], between: str, after: str) -> Change | None:
    """What the verb says of a figure, by the prepositions and figures between."""
    printed, word = verb[0], _word(verb)
    if _PARTITIVE.search(between) or (_LOST.match(printed) and number.kind == "points"):
        return None
    direction = changes("verbs")[word]
    leads = _LEADS.findall(between.lower())
    if not leads and (number.approximator or "").lower() in _UNDER:
        return Change(direction, False, "change-verb")
    if not leads:
        taken = _takes(number, word, between, after)
        return Change(direction, True, "change-verb") if taken else None
    if _taken(between[between.lower().rindex(leads[-1]) :]):
        return None  # `jumped to 55 per cent in the second six days`: the lead is another's
    if leads[-1] == "at" and "0" not in between:
        growing = number.kind == "percent" and _GROWING.match(printed)
        return Change(direction, True, "change-verb") if growing else None
    return Change(direction, leads[-1] not in ("to", "at"), "change-verb")


_PARTITIVE = re.compile(r"(?<!\w)0\sof\s(?:the|its|their|those|all)\s*\Z", re.IGNORECASE)
_GROWING = re.compile(
    r"(?:gr[eo]w|rise|rose|rising|increas|expand|climb|fall|fell|declin|shr[iua]nk|contract|surg)",
    re.I,
)
_LOST = re.compile(r"(?:los(?:e|es|t|ing))(?!\w)", re.IGNORECASE)
_UNDER = frozenset(("below", "under", "above", "beneath", "to below", "to above"))


def _taken(between: str) -> bool:
    """Whether another figure stands behind the preposition, unless one joins on (`and 100%`)."""
    if re.search(r"(?<!\w)(?:and|or)\s(?:[a-z]+\s){0,2}\Z", between):
        return False
    return bool(re.search(r"(?<!\w)0(?!\w)", between))


def _takes(number: Number, word: str, between: str, after: str) -> bool:
    """Whether the figure is the verb's own: `fell 40%`, `lost 37,000 readers`."""
    words = between.split()
    if any(stops().get(each) == "preposition" for each in words):
        return False
    if len(words) > 4 or "the" in words[-1:]:
        return False
    if number.kind == "money" and _RAISES.match(word) and not _onto(word, after):
        return False
    return number.kind != "count" or _takes_count(word, between)


def _onto(word: str, after: str) -> bool:
    """`added 3p to 210p`, `add £40 to the average bill`: a sum that raises something."""
    return word.startswith("add") and bool(_ONTO.match(after))


_ONTO = re.compile(
    r"\s(?:a\s(?:day|week|month|year)\s)?to\s(?:(?:close|end|finish|trade)\sat\s)?"
    r"(?:[£$€]?\d|(?:[\w'’-]+\s){0,3}?(?:bills?|costs?|prices?|fees?|fares?|debts?|value|premiums?|total)(?!\w))",
    re.IGNORECASE,
)


def _takes_count(word: str, between: str) -> bool:
    """`lost 4,000 members`, `cut 40 jobs` go down; `raised 40 questions` goes nowhere."""
    own = changes("verbs")[word] == "down" or re.match(r"(?:add|gain)", word)
    return bool(own) and len(between.split()) <= 1
