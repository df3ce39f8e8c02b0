"""Which way a figure goes, whether it is the change or the level, and against what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsmine.nlp.claims.lexicon import change_pattern, changes, patterns, stops
from newsmine.nlp.claims.phrases import noun_phrase
from newsmine.nlp.claims.text import Sentence
from newsmine.nlp.numbers import Number, parse_numbers

# Between the verb and its figure: connectors and other figures, but no second clause.
_BROKEN = re.compile(
    r"[.;:!?\n]|,(?!\d)|(?<!\w)(?:said|says|and(?!\s*(?:0|\Z))|but|while|when|which|who|that|if|because|after|with"
    r"|than|is|are|was|were|has|have|had|as|before|until|where|costs?)(?!\w)",
    re.IGNORECASE,
)
_FIGURE = r"[£$€]?\d[\d.,]*(?:\s?(?:%|per\scent|percent|million|billion|trillion|bn|m|k|p))?"
_YEAR = re.compile(
    r"(?<!\w)(?:in|by|since|during)\s(?:both\s)?(?:1[89]|20)\d\d(?!\w)", re.IGNORECASE
)
_THAN = re.compile(r"(?<!\w)(?:more|less|fewer)\sthan(?!\w)", re.IGNORECASE)
_LEADS = re.compile(r"(?<!\w)(?:to|at|by|of)(?!\w)", re.IGNORECASE)
# Verbs that take a sum as their object: `raise £250,000` is no rise.
_RAISES = re.compile(r"(?:rais|add|boost|gain|put|extend|advanc|lower|reduc)", re.IGNORECASE)
_DOWN_TO = re.compile(
    r"(?<!\w)(?:tak\w+|took|br\w+|push\w*|get\w*|got|go\w*|went|mov\w+|is|are|was|were|be|com\w+|came"
    r"|whittl\w+|driv\w+|drove)\s(?:[\w'’-]+\s){0,4}?(?P<word>down)\sto\s(?:\w+\s){0,2}\Z",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?<!\w)(?:tak\w+|took|br\w+|push\w*|get\w*|got|go\w*|went|mov\w+|is|are|was|were|be)\s"
    r"(?:it|them|this|that|right|total)?\s?\Z",
    re.IGNORECASE,
)
_PAREN = re.compile(r"\([^()]{1,30}\)")
_FROM = re.compile(
    r"(?<!\w)from\s(?:the\s|a\s|an\s|about\s|around\s|its\s|their\s|just\s|only\s)*\Z", re.I
)
_TO = re.compile(r"(?<!\w)(?:to|at)\s(?:\w+\s){0,3}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """A direction, whether the figure is the change itself (``is_change``), and the rule."""

    direction: str
    is_change: bool
    rule: str


def find_change(number: Number, sentence: Sentence) -> Change | None:
    """The change that a figure takes part in, or None.

    `rose by 40 per cent` and `an 8% rise` are the change itself; `soared to 9,240` is its level,
    `from 18,000` only where it began.
    """
    if number.kind == "multiple":
        return _multiple(number, sentence)
    before = sentence.before(number.extent[0], limit=120)
    if _FROM.search(before[-30:]):
        return None
    return (
        _after(number, sentence) or _particle(number, before) or _verb(number, before)
        or _noun(before) or _joined(number, sentence) or _from_to(number, before)
        or _compared(number, sentence)
    )  # fmt: skip


def _multiple(number: Number, sentence: Sentence) -> Change | None:
    if number.direction:
        return Change(number.direction, True, "multiple")
    after = sentence.after(number.span[1], limit=30)
    if match := change_pattern("comparatives").match(after, 1):
        return Change(changes("comparatives")[_word(match)], True, "times-comparative")
    if re.match(r"\s(?:as\s(?:many|much|long|high|likely|often|fast|big|large)|the)(?!\w)", after):
        return Change("up", True, "times-as")
    return None


def _word(match: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", match["word"]).lower()


def _after(number: Number, sentence: Sentence) -> Change | None:
    """`a 6% rise`, `26% more than`, `£60bn more`, `12 per cent fewer calls`."""
    after = sentence.after(number.span[1], limit=40)
    for lead in (r"['’]?[\s-]", r"['’]?\s[a-z-]+\s", r"['’]?\s[a-z-]+\s[a-z-]+\s"):
        noun = re.match(lead, after)
        if (
            noun is None
            or _BROKEN.search(noun[0])
            or re.search(r"\s(?:of|in|on|to|for|by)\s", noun[0])
        ):
            break
        if match := change_pattern("nouns").match(after, noun.end()):
            return Change(changes("nouns")[_word(match)], True, "noun-after")
    if not re.match(r"\s", after):
        return None
    match = change_pattern("comparatives").match(after, 1)
    if match is None or number.kind in ("duration", "rank", "ratio"):
        return None
    word, rest = _word(match), after[match.end() :]
    if word in ("up", "down") and not re.match(r"\s(?:on|from|compared|over)|[,.]|$", rest):
        return None
    if word in ("above", "below") and number.kind not in ("money", "percent", "count"):
        return None
    if number.kind == "count" and not re.match(r"\sthan\s", rest):
        return None
    return Change(changes("comparatives")[word], True, "comparative-after")


def _particle(number: Number, before: str) -> Change | None:
    """`up almost 12 per cent`, `were down 7% at 417p`, `an extra £1,700`, `down to below $30`."""
    plain = re.sub(_FIGURE, "0", _THAN.sub("", before))
    lead = r"(?<![\w-])(?P<word>up|down|an\sextra|extra)\s+"
    match = re.search(lead + r"(?:by\s)?(?:(?!to\s|of\s|with\s|at\s|0)\w+\s){0,2}\Z", plain, re.I)
    if match and (number.kind in ("percent", "points") or _stands_free(plain, match)):
        return Change(changes("particles")[_word(match)], True, "particle")
    match = re.search(lead + r"(?:by\s)?(?:\w+\s){0,2}0\s+(?:at|to)\s\Z", plain, re.IGNORECASE)
    match = match or _DOWN_TO.search(plain)
    if match is None and (number.approximator or "").lower() == "up to":
        match = re.search(r"(?P<word>up)\Z", "up") if _MOVED.search(before) else None
    return Change(changes("particles")[_word(match)], False, "particle-level") if match else None


def _stands_free(before: str, match: re.Match[str]) -> bool:
    """`, up 12`, `are down £4m`, but not `set up two schools`, `shut down 700 sites`."""
    if match["word"].lower().endswith("extra"):
        return True
    return bool(
        re.search(
            r"(?:[,(–—-]|(?<!\w)(?:is|are|was|were|been|be|now|still|closed|ended|finished|trading|traded|opened|stood|shares))\s?\Z",
            before[: match.start()],
        )
    )


def _verb(number: Number, before: str) -> Change | None:
    """The last verb of change that leads to the figure with nothing but figures between."""
    plain = _THAN.sub("", _YEAR.sub("", _PAREN.sub("", before)))
    for match in reversed(list(change_pattern("verbs").finditer(plain))):
        between = re.sub(_FIGURE, "0", plain[match.end() :])
        if _BROKEN.search(between) or len(between.split()) > 9:
            return None
        leads = _LEADS.findall(between.lower())
        level = bool(leads) and leads[-1] in ("to", "at")
        if level and leads[-1] == "at" and "0" not in between:
            return None
        if not leads and not _takes(number, _word(match), between):
            return None
        return Change(changes("verbs")[_word(match)], not level, "change-verb")
    return None


def _takes(number: Number, word: str, between: str) -> bool:
    """Whether the figure is the verb's own: `fell 40%`, `lost 37,000 readers`."""
    words = between.split()
    if any(stops().get(each) == "preposition" for each in words):
        return False
    if len(words) > 4 or "the" in words[-1:] or (number.kind == "money" and _RAISES.match(word)):
        return False
    return number.kind != "count" or _takes_count(word, between)


def _takes_count(word: str, between: str) -> bool:
    """`lost 4,000 members`, `cut 40 jobs` go down; `raised 40 questions` goes nowhere."""
    return changes("verbs")[word] == "down" and len(between.split()) <= 1


def _noun(before: str) -> Change | None:
    """`a rise of 8%`, `growth at 8%`, `an 8% rise in fees to £31m`."""
    plain = _THAN.sub("", _YEAR.sub("", _PAREN.sub("", before)))
    for match in reversed(list(change_pattern("nouns").finditer(plain))):
        between = plain[match.end() :]
        if _BROKEN.search(re.sub(_FIGURE, "0", between)) or len(between.split()) > 7:
            return None
        if not re.match(r"\s(?:of|by|in|to|at|rate\sof|from)\s", between):
            return None
        level = bool(_TO.search(between)) and not re.match(r"\s(?:of|by|at)\s(?:\w+\s)?\Z", between)
        if not level and not re.search(r"(?<!\w)(?:of|by|at)\s(?:\w+\s){0,3}\Z", between):
            return None
        return Change(changes("nouns")[_word(match)], not level, "change-noun")
    return None


def _joined(number: Number, sentence: Sentence) -> Change | None:
    """A level whose change follows: `a surplus of $7.86bn, up 33% on 2011`."""
    after = sentence.after(number.span[1], limit=120)
    match = re.match(
        r"(?:\s[\w'’-]+){0,8}?\s?(?:,|–|—|-|\()\s?(?P<word>up|down)\s(?!to\s|from\s)", after, re.I
    )
    if match:
        return Change(changes("particles")[_word(match)], False, "joined-change")
    if number.kind not in ("count", "money", "percent"):
        return None
    # `1,148 offences in 2022, a rise of 16 per cent`; `71,340 pages, 37 per cent more than in …`
    match = re.match(rf"[^.;:()\n]{{0,90}}?,\san?\s(?:\w+\s)?(?P<word>{_nouns()})\sof\s", after)
    if match:
        return Change(changes("nouns")[_word(match)], False, "joined-change")
    more = rf"[^.;:()\n]{{0,60}}?,\s{_FIGURE}\s(?P<word>more|higher|fewer|less|lower)\sthan"
    match = re.match(more, after)
    return Change(changes("comparatives")[_word(match)], False, "joined-change") if match else None


def _nouns() -> str:
    return "|".join(changes("nouns"))


def _from_to(number: Number, before: str) -> Change | None:
    """`went from 31 to 47`: no word of change is needed where both levels are printed."""
    match = re.search(
        rf"(?<!\w)from\s(?:\w+\s){{0,2}}(?P<it>{_FIGURE})[^,.;]{{0,30}}?\sto\s(?:\w+\s){{0,2}}\Z",
        before,
    )
    return _against(number, match["it"], "from-to") if match else None


_COMPARES = re.compile(
    r"\A(?P<gap>[^;:\n]{0,150}?)(?<!\w)(?P<how>up\sfrom|down\sfrom|compared\s(?:to|with)|against|versus)\s"
    r"(?=(?:\w+\s){0,3}?[£$€]?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten))",
    re.IGNORECASE,
)
_AT_ANOTHER_TIME = re.compile(
    r"\s(?:in\s(?:the\s|\d{4}|[JFMASOND][a-z]{2,8}(?!\w))|last|the\s(?:previous|same|year|month)|now"
    r"|a\s(?:year|month|decade|week)|(?:two|three|five|ten)\syears)"
)


def _other_level(number: Number, sentence: Sentence) -> tuple[Number, str] | None:
    """The level at another time that a figure is set against, and how it is printed."""
    after = sentence.after(number.span[1], limit=220)
    match = _COMPARES.match(after)
    if match is None:
        return None
    directed = match["how"].lower().startswith(("up", "down"))
    gap = re.sub(r"(?:1[89]|20)\d\d", "", match["gap"])
    if not directed and (len(gap) > 110 or re.search(r"\d", gap)):
        return None
    rest = re.split(r"[.;:()–—\n](?!\d)|,(?!\d)", after[match.end() :])[0][:80]
    others = [n for n in parse_numbers(rest) if n.is_quantity and n.value is not None]
    if not others or others[0].span[0] > 20:
        return None
    if not directed and not _AT_ANOTHER_TIME.match(rest, others[0].span[1]):
        return None
    return others[0], re.split(r"\s(?:and|but|while|with)\s", rest)[0].strip()


def _compared(number: Number, sentence: Sentence) -> Change | None:
    """`12 per cent, up from 9 per cent`, `40, against nine the year before`."""
    if number.kind in ("duration", "rank", "ratio", "rate"):
        return None
    other = _other_level(number, sentence)
    return _lies(number, other[0], "compared") if other else None


def _against(number: Number, printed: str, rule: str) -> Change | None:
    """Which way a figure lies from another of its kind."""
    others = [other for other in parse_numbers(printed) if other.value is not None]
    return _lies(number, others[0], rule) if others else None


def _lies(number: Number, other: Number, rule: str) -> Change | None:
    if number.value is None or other.value is None or other.value == number.value:
        return None
    if other.kind not in (number.kind, "count"):
        return None
    return Change("up" if number.value > other.value else "down", False, rule)


def find_base(number: Number, sentence: Sentence, change: Change | None) -> str | None:
    """What a change is measured against, as printed: `the previous year`, `2011`, `$7.9bn`."""
    after = sentence.after(number.span[1], limit=160)
    if change is None:
        compared = patterns("bases")[1][0].search(after)
        return compared["it"].strip() if compared and number.kind in ("percent", "ratio") else None
    if change.rule == "compared" and (other := _other_level(number, sentence)):
        return other[1]
    if level := _level_before(number, sentence):
        return level
    than = re.match(r"\s(?=the\s|\w+['’]s\s)", after)
    if than and number.kind == "multiple" and number.direction is None:
        return noun_phrase(sentence, number.span[1] + than.end(), determiner=True)
    for pattern, _status in patterns("bases"):
        match = pattern.search(after)
        if match and not re.search(r"[;\n]|(?<!\w)(?:and|while|but)(?!\w)", after[: match.start()]):
            return match["it"].strip()
    return None


def _level_before(number: Number, sentence: Sentence) -> str | None:
    """`from 31 to 47`, `rose 8% to $8.4bn from $7.9bn`: the level it came from."""
    before = sentence.before(number.extent[0], limit=70)
    figure = r"[£$€]?\d[\d.,]*\d?(?:\s?(?:%|per\scent|million|billion|bn|m|p)(?!\w))?"
    match = re.search(
        rf"(?<!\w)from\s(?P<it>(?:\w+\s){{0,2}}{figure}[^,.;]{{0,30}}?)\sto\s(?:\w+\s){{0,2}}\Z",
        before,
    )
    if match is None:
        after = sentence.after(number.span[1], limit=60)
        match = re.match(rf"[^.;]{{0,30}}?\sfrom\s(?P<it>{figure})", after)
    return match["it"].strip() if match else None
