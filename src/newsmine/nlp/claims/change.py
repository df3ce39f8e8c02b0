"""Which way a figure goes, and whether it is the change or the level."""

from __future__ import annotations

import re
from functools import cache

from newsmine.nlp.claims.levels import FIGURE, Change, compared, from_to, next_sentence, reached
from newsmine.nlp.claims.lexicon import change_pattern, change_words, changes
from newsmine.nlp.claims.moving import ANY_FIGURE, BROKEN, carried, plainly, verb_of_change
from newsmine.nlp.claims.passives import passive, put_on
from newsmine.nlp.claims.phrases import Phrase
from newsmine.nlp.claims.text import Sentence, holds, vocabulary
from newsmine.nlp.numbers import Number
from newsmine.nlp.numbers.lexicon import alternatives

_UP_TO = re.compile(
    r"(?<!\w)(?:tak\w+|took|br\w+|push\w*|get\w*|got|go\w*|went|mov\w+|driv\w+|drove)\s(?:[\w'’-]+\s){0,4}?"
    r"(?P<word>up)\sto\s(?:\w+\s){0,2}\Z",
    re.IGNORECASE,
)
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
_CREPT = re.compile(
    r"(?<!\w)(?:cre(?:ep|eps|pt|eping)|edg\w+|inch\w+|nudg\w+|tick\w+|sho[ot]t\w*|jump\w*|ramp\w*|bump\w*|send\w*|sent)\s"
    r"(?:[\w'’-]+\s){0,3}?\Z",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?<!\w)from\s(?:the\s|a\s|an\s|about\s|around\s|its\s|their\s|just\s|only\s)*\Z", re.I
)
_TO = re.compile(r"(?<!\w)(?:to|at)\s(?:\w+\s){0,3}\Z", re.IGNORECASE)


def find_change(number: Number, sentence: Sentence) -> Change | None:
    """The change that a figure takes part in, or None.

    `rose by 40 per cent` and `an 8% rise` are the change itself; `soared to 9,240` is its level,
    `from 18,000` only where it began.
    """
    if number.kind == "multiple":
        return _multiple(number, sentence)
    if number.kind == "rank":
        return None
    if number.kind == "fraction" and _WHAT_IT_WAS.match(sentence.after(number.span[1], limit=40)):
        return Change("down", False, "what-it-was")
    if (number.approximator or "").lower().endswith(("extra", "additional")):
        return Change("up", True, "particle")
    before = sentence.before(number.extent[0], limit=120)
    if _FROM.search(before[-30:]) or (before.endswith(" of ") and _ON_SALES.search(before[-40:])):
        return None
    after = sentence.after(number.span[1], limit=60)
    words = vocabulary(sentence)
    moving = not words.isdisjoint(change_words("verbs"))
    told = not words.isdisjoint(_told())
    return (
        (told and (_after(number, sentence) or _particle(number, before)))
        or (moving and verb_of_change(number, before, after)) or reached(number, before, after)
        or (told and (_noun(number, before) or _joined(number, sentence)))
        or from_to(number, before)
        or put_on(number, before, after)
        or compared(number, sentence) or passive(number, sentence)
        or next_sentence(number, sentence) or (moving and carried(number, before))
    ) or None  # fmt: skip


# `rose 14 per cent to £312m on sales of £2.9bn`
_ON_SALES = re.compile(r"\s(?:on|with|from)\s(?:\w+\s)?(?:sales|revenues?|turnover|income)\sof\s\Z")


@cache
def _told() -> frozenset[str]:
    """Words that tell of a change and are no verbs: one stands where a rule for those matches."""
    return change_words("nouns") | change_words("comparatives") | change_words("particles")


# `half what it was ten years ago`
_WHAT_IT_WAS = re.compile(r"\s(?:of\s)?what\s(?:it|they|he|she)\s(?:was|were|had|once)(?!\w)")


def _multiple(number: Number, sentence: Sentence) -> Change | None:
    if number.direction:
        return Change(number.direction, True, "multiple")
    after = sentence.after(number.span[1], limit=30)
    if match := change_pattern("comparatives").match(after, 1):
        return Change(changes("comparatives")[_word(match)], True, "times-comparative")
    if re.match(r"\s(?:as\s(?:many|much|long|high|likely|often|fast|big|large)|the)(?!\w)", after):
        half = number.value is not None and number.value < 1  # `half as many teachers`
        return Change("down" if half else "up", True, "times-as")
    return None


def _word(match: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", match["word"]).lower()


def _after(number: Number, sentence: Sentence) -> Change | None:
    """`a 6% rise`, `26% more than`, `£60bn more`, `12 per cent fewer calls`."""
    after = sentence.after(number.span[1], limit=40)
    if noun := _noun_after(number, after):
        return noun
    if not after[:1].isspace():
        return None
    if number.kind in ("money", "percent", "count") and (cuts := _IN_CUTS.match(after)):
        return Change(changes("nouns")[_word(cuts)], True, "noun-after")
    return _comparative_after(number, after)


def _noun_after(number: Number, after: str) -> Change | None:
    """`a 6% rise`, `40 police job losses`: a noun of change at most two words on."""
    for lead in _LEADS:
        between = lead.match(after)
        if between is None or BROKEN.search(between[0]) or _PREPOSITION.search(between[0]):
            return None
        if match := change_pattern("nouns").match(after, between.end()):
            if number.kind == "count" and _plural_verb(between[0], match[0]):
                return None
            return Change(changes("nouns")[_word(match)], True, "noun-after")
    return None


_LEADS = (
    re.compile(r"-a-[a-z]+\s|['’]?[\s-]"),
    re.compile(r"['’]?\s[a-z-]+\s"),
    re.compile(r"['’]?\s[a-z-]+\s[a-z-]+\s"),
)
_PREPOSITION = re.compile(r"\s(?:of|in|on|to|for|by)\s")


def _comparative_after(number: Number, after: str) -> Change | None:
    points = _PER_TIME.match(after) if number.kind in ("count", "money") else None
    start = points.end() if points else 0
    match = change_pattern("comparatives").match(after, start + 1)
    if match is None or number.kind in ("duration", "rank", "ratio"):
        return None
    word, rest = _word(match), after[match.end() :]
    if word in ("up", "down", "ahead") and not _COMPARED.match(rest):
        return None
    if word in ("above", "below") and number.kind not in ("money", "percent", "count"):
        return None
    alone = points or word in ("fewer", "extra", "additional") or _MORE_THAN.match(rest)
    many = number.value is not None and number.value > _FEW
    if word == "more" and many and re.match(r"\s(?!than|or\s)[a-z]", rest):
        alone = True  # `200 more officers`; `two more were held` only tells of others
    if number.kind == "count" and not alone:
        return None
    return Change(changes("comparatives")[word], True, "comparative-after")


# `34 points higher`, `£40 a year higher`
_PER_TIME = re.compile(r"\s(?:(?:basis\s)?points?|(?:a|per)\s(?:year|month|week|day))(?=\s)")
_FEW = 12
_COMPARED = re.compile(
    r"\s(?:on|from|of|compared|over|in|at|since|this|last|after|so\sfar|year|week|month|by)(?!\w)|\s?[,.;)–—]|\s?$"
)
# `200 more than in May`, `200 more complaints than last year`
_MORE_THAN = re.compile(r"\s(?:[a-z][\w'’-]*\s){0,4}?than\s")


# `£35bn in cuts`, `£4m worth of savings`.
_IN_CUTS = re.compile(
    r"\s(?:in|of|worth\sof)\s(?:[a-z-]+\s){0,2}?(?P<word>cuts|rises|increases|reductions|savings|cutbacks)(?![\w-])"
)


def _plural_verb(noun: str, word: str) -> bool:
    """`46 detainees fall under the rule`: a plural before what is a verb then."""
    return noun.strip().endswith("s") and not word.endswith("s")


# One of these stands in whatever `_particle` finds.
_PARTICLE_WORDS = (
    "up", "down", "extra", "additional", "ahead", "higher", "lower", "fewer", "less", "dearer",
    "cheaper", "stronger", "weaker",
)  # fmt: skip


def _particle(number: Number, before: str) -> Change | None:
    """`up almost 12 per cent`, `were down 7% at 417p`, `an extra £1,700`, `down to below $30`."""
    if (number.approximator or "").lower() != "up to" and not holds(before, *_PARTICLE_WORDS):
        return None
    plain = _POINTS.sub("0", ANY_FIGURE.sub("0", plainly(before)))
    match = _UP_BY.search(plain)
    if match and _PHRASAL.search(plain, 0, match.start()):
        return None
    if match and (number.kind in ("percent", "points") or _stands_free(plain, match)):
        return Change(changes("particles")[_word(match)], True, "particle")
    match = _UP_TO_LEVEL.search(plain)
    by = _LESS_BY.search(plain)
    if by and not match:
        return Change(changes("comparatives")[_word(by)], True, "particle")
    if found := _MOVED_BY.search(plain):
        return Change(changes("comparatives")[_word(found)], False, "particle-level")
    match = match or _DOWN_TO.search(plain) or _UP_TO.search(plain)
    if match is None and (number.approximator or "").lower() == "up to":
        moved = _MOVED.search(before) or _CREPT.search(before)
        match = re.search(r"(?P<word>up)\Z", "up") if moved else None
    return Change(changes("particles")[_word(match)], False, "particle-level") if match else None


_LEAD = r"(?<![\w-])(?P<word>up|down|an\sextra|extra|an\sadditional|additional)\s+"
_UP_BY = re.compile(
    rf"{_LEAD}(?:by\s)?(?:an?\s)?(?:(?!to\s|of\s|with\s|at\s|0)\w+\s){{0,2}}\Z", re.IGNORECASE
)
_UP_TO_LEVEL = re.compile(
    rf"{_LEAD}(?:by\s)?(?:\w+\s){{0,2}}0\s+(?:(?:from|on|in)\s\w+\s)?(?:at|to|on)\s\Z",
    re.IGNORECASE,
)
_LESS_BY = re.compile(r"(?<!\w)(?P<word>higher|lower|fewer|less)\sby\s(?:\w+\s){0,2}\Z")
_MOVED_BY = re.compile(
    r"0\s(?P<word>higher|lower|dearer|cheaper|up|down|ahead|stronger|weaker)\s(?:at|to)\s(?:\w+\s){0,2}\Z"
)
# `up two points at 41 per cent`, `down a quarter to 300`
_POINTS = re.compile(
    r"(?<!\w)(?:0|an?|half\sa|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s"
    r"(?:(?:percentage|basis)\s)?(?:points?|cents?|pence|pennies|seats?|places?|degrees?|third|quarter|fifth|tenth)(?!\w)"
    r"|(?<=(?<!\w)(?:up|by)\s)one(?=\s(?:at|to|on)\s)|(?<=(?<!\w)down\s)one(?=\s(?:at|to|on)\s)",
    re.IGNORECASE,
)


# Verbs that "up" and "down" belong to without saying that anything rose or fell.
_PHRASAL = re.compile(
    r"(?<!\w)(?:ma(?:k(?:e|es|ing)|de)|add(?:s|ed|ing)?|sum(?:s|med)?|g[ia]v(?:e|es|en|ing)|end(?:s|ed|ing)?|"
    r"turn(?:s|ed|ing)?|sign(?:s|ed|ing)?|b(?:uy|uys|ought|uying)|eat(?:s|en|ing)?|tak(?:e|es|en|ing)|took|"
    r"us(?:e|es|ed|ing)|lin(?:e|es|ed|ing)|snap(?:s|ped|ping)?|offer(?:s|ed|ing)?|divid(?:e|ed)|split|carv(?:e|ed)|"
    r"sit(?:s|ting)?|sat|break(?:s|ing)?|broke|track(?:s|ed)?|hunt(?:s|ed)?|round(?:s|ed)?)"
    r"\s\Z",
    re.IGNORECASE,
)


def _stands_free(before: str, match: re.Match[str]) -> bool:
    """`, up 12`, `are down £4m`, but not `set up two schools`, `shut down 700 sites`."""
    if match["word"].lower().endswith(("extra", "additional")):
        return True
    return bool(
        re.search(
            r"(?:[,(–—-]|(?<!\w)(?:is|are|was|were|been|be|now|still|closed|ended|finished|trading|traded|opened|stood|shares))\s?\Z",
            before[: match.start()],
        )
    )


def _noun(number: Number, before: str) -> Change | None:
    """`a rise of 8%`, `growth at 8%`, `an 8% rise in fees to £31m`."""
    plain = plainly(before)
    if match := _NOUN_IS.search(plain):
        return Change(changes("nouns")[match["word"].lower()], True, "change-noun")
    for match in reversed(list(change_pattern("nouns").finditer(plain))):
        between = plain[match.end() :]
        if re.search(r"(?<!\w)in\s\Z", plain[: match.start()]):
            return None  # `in addition to 40 houses`
        if number.kind == "money" and _word(match) in _AMOUNTS and re.match(r"\sof\s", between):
            return None  # `a loss of £4m` is a sum, no change
        if BROKEN.search(ANY_FIGURE.sub("0", between)) or len(between.split()) > 7:
            return None
        if not re.match(r"\s(?:of|by|in|to|at|rate\sof|from|worth|totall?ing)\s", between):
            return None
        level = bool(_TO.search(between)) and not re.match(r"\s(?:of|by|at)\s(?:\w+\s)?\Z", between)
        if not level and not re.search(
            r"(?<!\w)(?:of|by|at|worth|totall?ing)\s(?:\w+\s){0,3}\Z", between
        ):
            return None
        return Change(changes("nouns")[_word(match)], not level, "change-noun")
    return None


# `the increase in council tax will be 4%`
_NOUN_IS = re.compile(
    r"(?<![\w'’-])(?P<word>rise|rises|increase|increases|fall|falls|drop|decline|decrease|reduction|cut|cuts|hike)"
    r"(?:\s(?:in|of|to)\s[\w\s'’-]{2,40}?)?\s(?:(?:is|are|was|were|(?:will|would|could)\sbe|averag(?:e[sd]?|ing)"
    r"|amount(?:s|ed)?\sto|work(?:s|ed)\sout\sat|came\sto)\s)(?:[a-z]+\s)?\Z"
)


_AMOUNTS = frozenset(
    ("loss", "losses", "saving", "savings", "discount", "shortfall", "gain", "gains")
)


_UP_DOWN = re.compile(
    r"(?:\s[\w'’-]+){0,8}?\s?(?:,|–|—|-|\()\s?(?P<word>up|down)\s(?!to\s|from\s)", re.IGNORECASE
)


def _joined(number: Number, sentence: Sentence) -> Change | None:
    """A level whose change follows: `a surplus of $7.86bn, up 33% on 2011`."""
    after = sentence.after(number.span[1], limit=120)
    match = _UP_DOWN.match(after) if holds(after, "up", "down") else None
    if match and not after[match.end() :][:1].isupper():  # `3 miles, down Broad Street`
        return Change(changes("particles")[_word(match)], False, "joined-change")
    if number.kind not in ("count", "money", "percent"):
        return None
    # `1,148 offences in 2022, a rise of 16 per cent`; `71,340 pages, 37 per cent more than in …`
    match = _noun_ahead().match(after) if "," in after else None
    if match:
        return Change(changes("nouns")[_word(match)], False, "joined-change")
    match = _SET_AGAINST.match(after)
    if match is None:
        return None
    word = (match["word"] or match["particle"]).lower()
    return Change(changes("comparatives")[word], False, "joined-change")


# `£4m, 12 per cent up on May`, `61 per cent, two points higher than in 2001`, `£4m were 12% up`
_SET_AGAINST = re.compile(
    rf"[^.;:()\n]{{0,60}}?(?:,|(?<!\w)(?:is|are|was|were))\s(?:\w+\s){{0,2}}?"
    rf"(?:{FIGURE}|a\s(?:third|quarter|fifth|tenth)|(?:one|two|three|four|five|six|seven|eight|nine|ten)\spoints?)"
    r"(?:\s(?:percentage\s|basis\s)?points?)?\s"
    r"(?:(?P<word>more|higher|fewer|less|lower|better|worse|stronger|weaker)(?:\sthan(?!\w)|(?=[.,;]|\Z))"
    r"|(?P<particle>up|down|ahead)(?:\s(?:on|from|of|over|compared)(?!\w)|(?=[.,;]|\Z)))"
)


@cache
def _noun_ahead() -> re.Pattern[str]:
    nouns = alternatives(changes("nouns"))
    return re.compile(rf"[^.;:()\n]{{0,90}}?,\san?\s(?:\w+\s)?(?P<word>{nouns})\sof\s")


_GROWTH = re.compile(
    r"(?<!\w)(?P<word>growth|rise|increase|fall|drop|decline|decrease|reduction|cut|cuts|rises|increases|falls"
    r"|slowdown)(?:\s(?:rate|rates|forecast|forecasts|figure|figures|target))?\Z",
    re.IGNORECASE,
)
_GDP = re.compile(r"(?<!\w)(?:GDP|[Gg]ross\s[Dd]omestic\s[Pp]roduct)(?:\s\(GDP\))?\Z")


def implied(number: Number, sentence: Sentence, phrase: Phrase) -> Change | None:
    """A figure of growth says that something grew: `growth will be 3 per cent`, `GDP, at 3%`.

    GDP with a per cent figure is its growth, as the papers print it.
    """
    if number.kind not in ("percent", "points") or phrase.rule == "after-of":
        return None
    if _FROM.search(sentence.before(number.extent[0], limit=30)):
        return None
    head = re.split(r"\s(?:of|in|for|at|by|that|which)\s", phrase.text)[0]
    if match := _GROWTH.search(head):
        return Change(changes("nouns")[match["word"].lower()], True, "growth-figure")
    return Change("up", True, "growth-figure") if _GDP.search(phrase.text) else None
