"""Verbs of change before a figure: rose by 40 per cent, soared to 9,240, lost 37,000 readers."""

from __future__ import annotations

import re
from functools import lru_cache

from newsmine.nlp.claims.levels import FIGURE, Change
from newsmine.nlp.claims.lexicon import change_pattern, changes, stops
from newsmine.nlp.claims.text import holds
from newsmine.nlp.numbers import Number

ANY_FIGURE = re.compile(FIGURE)
# Between the verb and its figure: connectors and other figures, but no second clause.
BROKEN = re.compile(
    r"[.;:!?\n]|,(?!\d)|(?<![\w-])(?:said|says|and(?!\s*(?:0|(?:by|to)\s(?:\w+\s){0,2}\Z|\Z))|but|while|when|which|who|that|if|because|after|with"
    r"|than|is|are|was|were|has|have|had|as|before|until|where|costs?)(?![\w-])",
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
_AS_LOW = re.compile(r"(?<!\w)as\s(?:low|high|far)\sas(?!\w)", re.IGNORECASE)
_ASIDE = re.compile(rf",\s(?:or\s|by\s)?(?:\w+\s)?{FIGURE},")
_LATE = re.compile(r",\s(?=(?:by|to)\s(?:\w+\s){0,2}\Z)")


@lru_cache(maxsize=8)  # several rules ask for that of one figure
def plainly(before: str) -> str:
    """What leads to a figure without years, brackets and figures set apart: `5p, or 1%, to`."""
    plain = _PAREN.sub("", before) if "(" in before else before
    if "," in plain:
        plain = _LATE.sub(" ", _ASIDE.sub(" 0", plain))
    plain = _YEAR.sub("", plain)
    if holds(plain, "than", "as"):
        plain = _AS_LOW.sub("to", _THAN.sub("", plain))
    return plain


def _word(match: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", match["word"]).lower()


def verb_of_change(number: Number, before: str, after: str) -> Change | None:
    """The last verb of change that leads to the figure with nothing but figures between."""
    plain = plainly(before)
    for match in reversed(list(change_pattern("verbs").finditer(plain))):
        between = ANY_FIGURE.sub("0", plain[match.end() :])
        if BROKEN.search(between) or len(between.split()) > 9:
            return None
        return _by_verb(number, match, between, after)
    return None


def carried(number: Number, before: str) -> Change | None:
    """The level that a clause of change leads up to, or the next figure of a row.

    `rose last year, reaching 410`, `fell and now stand at 410`, `rose 4%, profits 12%`.
    """
    plain = plainly(before)
    for match in reversed(list(_WENT.finditer(plain))):
        between = ANY_FIGURE.sub("0", plain[match.end() :])
        direction = changes("verbs")[_word(match)]
        if _LEADS_UP.fullmatch(between) or (
            number.approximator and _WITH.fullmatch(between) and number.kind in _SHARED
        ):
            return Change(direction, False, "carried")
        if number.kind in ("percent", "points", "money") and _ROW.fullmatch(between):
            moved = number.kind != "money" and not between.endswith(("to ", "at "))
            return Change(direction, moved, "row")
        return None
    return None


_SHARED = ("percent", "count", "money", "fraction", "ratio")
_WENT = re.compile(
    r"(?<![\w'’-])(?P<word>rose|risen|rise|rises|rising|grew|grown|grow|climbed|jumped|soared|surged|leapt|increased"
    r"|fell|fallen|fall|falls|falling|dropped|declined|decreased|slumped|plunged|tumbled|slipped|slid|dipped|shrank)(?![\w-])"
)
_LEADS_UP = re.compile(
    r"(?:\s(?!(?:by|to|than|if|when|but|because|while)\s)[\w'’-]+){0,8}?"
    r"(?:,?\s(?:reaching|hitting|touching|totalling)|,?\sand\s(?:now\s)?(?:stands?|stood|are|is|were|was)\s(?:now\s)?at"
    r"|,\s(?:taking|bringing|leaving)\s(?:the|its|their)\s(?:\w+\s){0,2}?(?:total|tally|toll|figure|number|share|rate)\sto)\s(?:\w+\s)?"
)
_WITH = re.compile(
    r"(?:\s(?!(?:by|to|than|if|when|but|because|while)\s)[a-z'’-]+){0,7}?(?:\s0){0,1},?\swith\s"
)
_WHO = (
    r"(?!(?:said|says|was|were|is|are|has|have|had|of|who|that|which|some|about|but|compared|against"
    r"|after|versus|from|with|as|if|when)\s)[\w'’-]+\s"
)
_ROW = re.compile(
    rf"\s(?:by\s|to\s)?(?:an?\s[\w-]+\s)?0(?:\s(?:to|at)\s0)?(?:\sin\s[\w-]+)?"
    rf"(?:(?:,|,?\sand)\s(?:{_WHO}){{1,4}}(?:0(?:\s(?:to|at)\s0)?|(?:0\s(?:to|at)\s)?\Z))+"
)


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
    return word.startswith(("add", "gain", "advanc")) and bool(_ONTO.match(after))


_ONTO = re.compile(
    r"\s(?:a\s(?:day|week|month|year)\s)?to\s(?:(?:close|end|finish|trade|settle|stand)\sat\s)?"
    r"(?:[£$€]?\d|(?:[\w'’-]+\s){0,3}?(?:bills?|costs?|prices?|fees?|fares?|debts?|value|premiums?|total)(?!\w))",
    re.IGNORECASE,
)


def _takes_count(word: str, between: str) -> bool:
    """`lost 4,000 members`, `cut 40 jobs` go down; `raised 40 questions` goes nowhere."""
    own = changes("verbs")[word] == "down" or re.match(r"(?:add|gain)", word)
    return bool(own) and len(between.split()) <= 1
