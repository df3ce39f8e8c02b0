"""Two levels of one thing: from 31 to 47, 12 per cent compared with 9 the year before."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from newsmine.nlp.claims.text import Sentence, holds
from newsmine.nlp.numbers import Number, parse_numbers

FIGURE = (
    r"[£$€]?\d(?:[\d.,]*\d)?"
    r"(?:\s?(?:%|per\scent|percent|million|billion|trillion|bn|m|k|p)(?!\w))?"
)


class Change(NamedTuple):
    """A direction, whether the figure is the change itself (``is_change``), and the rule.

    ``base`` is the other level as printed, where the rule read it.
    """

    direction: str
    is_change: bool
    rule: str
    base: str | None = None


def from_to(number: Number, before: str) -> Change | None:
    """`went from 31 to 47`: no word of change is needed where both levels are printed."""
    if not holds(before, "from", "now"):
        return None
    match = _FROM_TO.search(before) or _UP_FROM.search(before) or _NOW.search(before)
    if match is None or _RANGES.search(before, 0, match.start()):
        return None
    return _against(number, match["it"], "from-to")


_SMALL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half"
    r"|a\s(?:third|quarter|fifth))"
)
_FROM_TO = re.compile(
    rf"(?<!\w)from\s(?:\w+\s){{0,2}}?(?P<it>{FIGURE}|{_SMALL})(?!\w)[^,.;]{{0,40}}?\sto\s"
    r"(?:\w+\s){0,2}\Z"
)
# `turnout, up from 59 per cent, was 61 per cent`
_UP_FROM = re.compile(
    rf",\s(?:up|down)\sfrom\s(?:\w+\s){{0,2}}?(?P<it>{FIGURE})(?!\w)[^,.;]{{0,40}},\s"
    r"(?:(?:is|are|was|were|stands|stood|to|at|now)\s){1,3}(?:\w+\s){0,2}\Z"
)


# `the rate, which stood at 2%, is now 2.25%`
_NOW = re.compile(
    rf"(?<!\w)(?:stood\sat|had\sbeen|used\sto\sbe|was)\s(?:\w+\s)?(?P<it>{FIGURE})(?!\w)[^.;]{{0,40}}?"
    r"[,;]\s(?:it\s)?(?:is|are|stands\sat)\snow\s(?:\w+\s)?\Z"
)


def reached(number: Number, before: str, after: str) -> Change | None:
    """`hit a record 40,000`, `a new low of 3p`, `fell below £5`, `passed the 40,000 mark`."""
    if number.kind in ("rank", "duration", "ratio", "multiple"):
        return None
    approximator = (number.approximator or "").lower()
    if approximator == "a record" or (approximator == "passed" and _MARK.match(after)):
        return Change("up", False, "record")
    mark = _MARK.match(after)
    if mark is None and not holds(before, *_REACHING):
        return None
    if holds(before, "record", "all-time", "high", "low", "peak") and (
        match := _EXTREME.search(before)
    ):
        return Change("down" if match["low"] else "up", False, "record")
    past = holds(before, "past", "above", "over", "beyond", "through") and _PAST.search(before)
    if past or (mark and _THROUGH.search(before)):
        return Change("up", False, "passed")
    if holds(before, "taking", "br") and _TOTAL.search(before):
        return Change("up", False, "total")
    beneath = holds(before, "below", "under", "beneath") and _BENEATH.search(before)
    return Change("down", False, "passed") if beneath else None


# One of these stands in whatever is looked for below, but for `the 40,000 mark`.
_REACHING = (
    "record", "all-time", "high", "low", "peak", "past", "above", "over", "beyond", "through",
    "taking", "br", "under", "beneath",
)  # fmt: skip
_EXTREME = re.compile(
    r"(?<!\w)(?:(?:hit|hits|hitting|reach\w*|touch\w*|set\w*|post\w*|report\w*|climb\w*|achiev\w*)\s(?:[a-z]+\s)?(?:a|an)\s(?:new\s)?(?:record|all-time\shigh)"
    r"|(?:record|all-time|new|[\w-]+-(?:year|month|week|day))\s(?:highs?|peak|(?P<low>lows?))(?:\s(?:against|in|on)\s[\w\s]{2,24}?)?\s(?:of|at)"
    r"|(?:hit|hits|reach\w*|touch\w*)\sa\s(?:high|peak)\sof)\s(?:\w+\s){0,2}\Z",
    re.IGNORECASE,
)
_GONE = (
    r"(?<!\w)(?:soar|surg|climb|creep|crept|edg|inch|rac|shoot|shot|rocket|rise|rising|rose|jump|leap|spiral|"
    r"balloon|go|went|push|break|broke|burst|smash|mov|swell|mount|grow|grew)(?:s|ed|e|es|n|en|ing|ne|t|led|ling)?\s"
)
# `taking its holding to 25%`
_TOTAL = re.compile(
    r"(?<!\w)(?:taking|brings?|bringing|brought)\s(?:its|the|their|his|her)\s(?:\w+\s){0,2}?"
    r"(?:total|tally|toll|holding|stake|shareholding)\s(?:[\w\s]{2,24}?\s)?to\s(?:\w+\s)?\Z",
    re.IGNORECASE,
)
_PAST = re.compile(_GONE + r"(?:past|above|over|beyond|through)\s(?:the\s|a\s)?(?:\w+\s)?\Z", re.I)
_THROUGH = re.compile(
    r"(?<!\w)(?:pass|top|cross|reach|hit|break|broke|breach|clear|surpass|smash)\w*\s(?:through\s)?the\s\Z",
    re.IGNORECASE,
)
_MARK = re.compile(r"['’]?(?:\s|-)(?:mark|barrier|milestone|threshold|level)(?!\w)")
_BENEATH = re.compile(
    r"(?<!\w)(?:fall|fell|slip|drop|sink|sank|sunk|go|went|dip|slump|plung|tumbl|slid|mov)\w*\s"
    r"(?:back\s)?(?:below|under|beneath)\s(?:the\s|a\s)?\Z",
    re.IGNORECASE,
)
_RANGES = re.compile(
    r"(?<!\w)(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anything|anywhere|ages?|aged|open(?:s|ed)?)\s(?:\w+\s)?\Z",
    re.IGNORECASE,
)


_COMPARES = re.compile(
    r"(?<!\w)(?P<how>up\sfrom|down\sfrom|(?:more|fewer|less|higher|lower)\sthan\s(?:the|last\s\w+['’]s)|(?<=,\s)from"
    r"|(?:below|above|short\sof)(?:\s(?:the|forecasts\sof|expectations\sof|estimates\sof|a\starget\sof|its\starget\sof))?|compared\s(?:to|with)|against|versus|instead\sof|rather\sthan)\s"
    r"(?=(?:\w+\s){0,3}?[£$€]?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten))",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\s+(?:That|This|It|The\sfigure|The\stotal)\s(?:is|was|represents|represented|marks|marked|compares)\s"
    r"(?:an?\s)?(?:\w+\s){0,2}?(?P<word>up|down|rise|increase|jump|fall|drop|decrease|decline|cut|reduction)\s"
    r"(?:of|on|from|in|over|compared)\s"
)


def next_sentence(number: Number, sentence: Sentence) -> Change | None:
    """`About 30 per cent came by post. This was a slight decrease on the year before.`"""
    match = _NEXT.match(sentence.text, sentence.end, sentence.end + 90)
    if match is None or number.kind in ("rank", "duration"):
        return None
    if re.search(r"\d", sentence.after(number.span[1])):
        return None
    up = match["word"] in ("up", "rise", "increase", "jump")
    return Change("up" if up else "down", False, "next-sentence")


_AT_ANOTHER_TIME = re.compile(
    r"(?:\s[a-z]+){0,2}?\s(?:in\s(?:the\s|\d{4}|[JFMASOND][a-z]{2,8}(?!\w))|last|the\s(?:previous|same|year|month)|now"
    r"|a\s(?:year|month|decade|week)|(?:two|three|five|ten)\syears)"
)


# One of these stands in whatever `_COMPARES` finds.
_COMPARING = ("from", "than", "below", "above", "short", "compared", "against", "versus", "instead")
_REACH = 150
_APART = re.compile(r"[;:\n]")
_REPLACED = ("instead", "rather")
_DIRECTED = ("up", "down", "below", "above", "short", "more", "fewer", "less", "higher", "lower")


def _other_level(number: Number, sentence: Sentence) -> tuple[Number, str] | None:
    """The level at another time that a figure is set against, and how it is printed."""
    after = sentence.after(number.span[1], limit=220)
    match = _COMPARES.search(after) if holds(after, *_COMPARING) else None
    if match is None or match.start() > _REACH or _APART.search(after, 0, match.start()):
        return None
    directed = match["how"].lower().startswith(_DIRECTED)
    gap = re.sub(r"(?:1[89]|20)\d\d", "", after[: match.start()])
    if not directed and (len(gap) > 140 or re.search(r"(?<![\w-])[£$€]?\d", gap)):
        return None
    rest = re.split(r"[.;:()–—\n](?!\d)|,(?!\d)", after[match.end() :])[0][:80]
    timed = directed or match["how"].lower().startswith(_REPLACED)
    if not timed and not _AT_ANOTHER_TIME.search(rest):
        return None
    # Alone a numeral reads as a page's; but `users below 18` is to stay an age.
    lead = "" if match["how"].lower().startswith(("below", "above", "short")) else "some "
    others = [n for n in parse_numbers(lead + rest) if n.is_quantity and n.value is not None]
    if not others or others[0].span[0] > 20 + len(lead):
        return None
    if not timed and not _AT_ANOTHER_TIME.match(rest, others[0].span[1] - len(lead)):
        return None
    return others[0], re.split(r"\s(?:and|but|while|with)\s", rest)[0].strip()


def compared(number: Number, sentence: Sentence) -> Change | None:
    """`12 per cent, up from 9 per cent`, `40, against nine the year before`."""
    if number.kind in ("rank", "multiple"):
        return None
    if (other := _other_level(number, sentence)) is None:
        return None
    change = _lies(number, other[0], "compared")
    return change._replace(base=other[1]) if change else None


def _against(number: Number, printed: str, rule: str) -> Change | None:
    """Which way a figure lies from another of its kind."""
    # A numeral alone on its line reads as a page's; behind a word it is a figure.
    others = [other for other in parse_numbers(f"some {printed}") if other.value is not None]
    return _lies(number, others[0], rule) if others else None


def _lies(number: Number, other: Number, rule: str) -> Change | None:
    mine, theirs = _level(number), _level(other)
    if mine is None or theirs is None or mine == theirs:
        return None
    if other.kind not in (number.kind, "count") and not (_share(number) and _share(other)):
        return None
    return Change("up" if mine > theirs else "down", False, rule)


def _share(number: Number) -> bool:
    return number.kind in ("percent", "ratio", "fraction")


def _level(number: Number) -> Fraction | None:
    """A figure's value; ratios and fractions as per cent, so that shares compare."""
    if number.value is None or number.kind not in ("ratio", "fraction"):
        return number.value
    return number.value * 100
