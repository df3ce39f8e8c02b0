"""What a figure counts, from the words after it."""

from __future__ import annotations

import re
from functools import cache

from newsmine.nlp.claims.lexicon import changes
from newsmine.nlp.claims.nouns import noun_phrase
from newsmine.nlp.claims.phrases import (
    REACH,
    TIMED,
    Phrase,
    is_verbal,
    last_clause,
    phrase_before,
)
from newsmine.nlp.claims.text import Sentence
from newsmine.nlp.numbers import Number
from newsmine.nlp.numbers.lexicon import alternatives

_SKIP = re.compile(
    r"(?:\s(?:or\sso|or\smore|or\sless|more|other|further|new|extra|additional|odd|such|(?:of\s)?(?:all\s)?the|all))?\s[\"“‘']?",
    re.IGNORECASE,
)
_AGE_BAND = re.compile(r"\d{1,3}\s?(?:to|-|–)\s?\d{1,3}[\s-]year[\s-]olds")


_PARTS = frozenset(
    ("percent", "fraction", "ratio", "count", "duration", "measure", "money", "rate", "vague")
)
_SHARES = ("percent", "fraction", "ratio")
_OF_WHAT = re.compile(r"['’]?\s(?:or\sso\s|or\smore\s)?(?:of|(?P<among>among))\s")


def of_phrase(number: Number, sentence: Sentence) -> Phrase | None:
    """`25 per cent of children`, `a third of the bosses polled`; the whole is the population."""
    if number.kind not in _PARTS:
        return None
    after = sentence.after(number.span[1], limit=REACH)
    match = _OF_WHAT.match(after)
    if match is None or (match["among"] and number.kind not in _SHARES):
        return None
    text = _age_band(sentence, number.span[1] + match.end()) or noun_phrase(
        sentence, number.span[1] + match.end(), determiner=True
    )
    if text is None:
        return None
    share = number.kind in ("percent", "fraction", "ratio", "count")
    return Phrase(text, "after-of", text if share else None)


_WHOM = re.compile(r"\sof\s(?:whom|which)(?!\w)")


def of_whom(number: Number, sentence: Sentence) -> Phrase | None:
    """`girls at the school, 46 per cent of whom had replied`: the noun before the comma."""
    after = sentence.after(number.span[1], limit=12)
    if not _WHOM.match(after):
        return None
    before = sentence.before(number.extent[0], limit=80)
    match = re.search(r"[,–—-]\s(?:and\s)?\Z", before)
    if match is None:
        return None
    end = number.extent[0] - len(before) + match.start()
    text = phrase_before(sentence, last_clause(sentence, sentence.words(end - 80, end)))
    return Phrase(text, "of-whom", text) if text and not _TIMES.search(text) else None


_TIMES = re.compile(r"(?<!\w)(?:years?|months?|weeks?|days?|hours?|decades?)\Z")


def _age_band(sentence: Sentence, start: int) -> str | None:
    """`44% of 12 to 15-year-olds`: a population named by its ages."""
    match = _AGE_BAND.match(sentence.text, start)
    return match[0] if match else None


def change_noun(number: Number, sentence: Sentence) -> Phrase | None:
    """`an 8% rise in fees`, `a rise of 8% in fees`, `growth of 8%`: what rose."""
    after = sentence.after(number.span[1], limit=REACH)
    ahead, ending = _change_patterns()
    match = ahead.match(after)
    if match is None:
        before = sentence.before(number.extent[0], limit=40)
        if before.lower().endswith(("of", "by"), 0, -1) and ending.search(before):
            match = re.match(r"\s(?:in|for)\s", after)
    if match is None:
        return None
    text = noun_phrase(sentence, number.span[1] + match.end(), determiner=True)
    return Phrase(text, "change-noun") if text else None


@cache
def change_nouns() -> str:
    """The nouns of change as regex alternatives."""
    return alternatives(changes("nouns"))


@cache
def _change_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A noun of change ahead of what changed, and one that leads to a figure."""
    nouns = change_nouns()
    return (
        re.compile(rf"['’]?[\s-](?:\w+\s)?(?:{nouns})\s(?:in|of|to)\s", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{nouns})\s(?:of|by)\s\Z", re.IGNORECASE),
    )


_PLUS = re.compile(r"['’]?(?:-?plus|\+)?")


def noun_after(number: Number, sentence: Sentence) -> Phrase | None:
    """`4,000 child protection cases`, `£500m initiative`, `two hours' free training`."""
    after = sentence.after(number.span[1], limit=REACH)
    match = _PLUS.match(after)
    start = number.span[1] + (match.end() if match else 0)
    skip = _SKIP.match(sentence.text, start, min(sentence.end, start + 24))
    if skip is None and not after.startswith("-"):
        return None
    begin = skip.end() if skip else start + 1
    shared = number.kind in ("percent", "fraction", "ratio")
    first = sentence.words(begin, begin + 30)[:1] if shared else []
    if first and is_verbal(first[0].lower):
        return None
    if band := _age_band(sentence, begin):
        return Phrase(band, "noun-after")
    many = number.kind == "count" and number.value != 1
    text = noun_phrase(sentence, begin, determiner=number.kind == "fraction", many=many)
    if text and _SIZED.fullmatch(text) and number.kind in ("multiple", "measure", "duration"):
        return None
    if text is None or (TIMED.match(text) and not _EVERY.match(text)):
        return None
    return Phrase(text, "noun-after", text if number.kind == "ratio" else None)


# `five times harder`, `310m tall`, `3C colder than`: how much of a quality, and no noun.
_SIZED = re.compile(
    r"[a-z]{2,}er|tall|long|wide|high|deep|thick|across|square|apart|inland|offshore|north|south|east|west"
)
_LISTED = re.compile(
    r"(?:,\s\d[\d,.]*\d?(?:m|bn)?){0,4},?\s(?:and|or)\s(?:\w+\s)?(?P<last>\d[\d,.]*)(?=\s[a-z])"
)


def listed_noun(number: Number, sentence: Sentence) -> Phrase | None:
    """`300, 400 and 500 offences`: one noun for several figures, printed behind the last."""
    if number.kind != "count":
        return None
    match = _LISTED.match(sentence.after(number.span[1], limit=60))
    if match is None:
        return None
    text = noun_phrase(sentence, number.span[1] + match.end() + 1, many=True)
    return Phrase(text, "listed-noun") if text and text not in _OF_OTHERS else None


_OF_OTHERS = frozenset(("others", "more", "people", "of", "in"))
_EVERY = re.compile(r"(?:dai|week|month|year)ly\s[a-z]")
_INSIDE = re.compile(r"(?:one|\d+)\s(?P<it>[a-z]{3,20})\s(?:in|out\sof)\s", re.IGNORECASE)


def inside_ratio(number: Number, sentence: Sentence) -> Phrase | None:
    """`one boy in three`: the noun stands inside the figure."""
    match = _INSIDE.match(sentence.text, *number.span) if number.kind == "ratio" else None
    return Phrase(match["it"], "inside-ratio", match["it"]) if match else None


def more_noun(number: Number, sentence: Sentence) -> Phrase | None:
    """`20 per cent more firms`: what there is more of."""
    after = sentence.after(number.span[1], limit=REACH)
    match = re.match(r"\s(?:more|fewer|less)\s(?!than)", after)
    text = noun_phrase(sentence, number.span[1] + match.end()) if match else None
    return Phrase(text, "more-noun") if text else None


def as_many(number: Number, sentence: Sentence) -> Phrase | None:
    """`six times as many girls as boys`, `twice the number of calls`."""
    after = sentence.after(number.span[1], limit=REACH)
    match = re.match(
        r"\s(?:as\s(?:many|much)|the\s(?:number|amount|rate)\sof|more)\s(?!than)", after
    )
    text = noun_phrase(sentence, number.span[1] + match.end()) if match else None
    return Phrase(text, "as-many") if text else None


def object_after(number: Number, sentence: Sentence) -> Phrase | None:
    """`doubled the length of maternity pay`."""
    if number.kind != "multiple" or number.direction is None:
        return None
    after = sentence.after(number.span[1], limit=REACH)
    match = re.match(r"\s(?=(?:the|its|their|his|her|our)\s)", after)
    text = noun_phrase(sentence, number.span[1] + 1, determiner=True) if match else None
    return Phrase(text, "object") if text else None


_PURPOSE = re.compile(r"\s(?:in|on|for|from|towards?)\s|\sto\s(?=(?:the|an?)\s|[A-Z])")


def purpose(number: Number, sentence: Sentence) -> Phrase | None:
    """`£7bn in unpaid fees`, `£37m on lockers`, `£640m for the pilot`, `£10 towards a pouch`."""
    if number.kind != "money":
        return None
    end = number.extent[1] if number.per else number.span[1]
    match = _PURPOSE.match(sentence.after(end, limit=REACH))
    if match is None:
        return None
    text = noun_phrase(sentence, end + match.end(), determiner=True)
    return Phrase(text, "purpose") if text and not TIMED.match(text) else None
