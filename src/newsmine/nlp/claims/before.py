"""What a figure counts, from the words before it."""

from __future__ import annotations

import re
from functools import cache

from newsmine.nlp.claims.after import change_nouns
from newsmine.nlp.claims.lexicon import change_words, changes, stops, word_set
from newsmine.nlp.claims.nouns import noun_phrase
from newsmine.nlp.claims.phrases import (
    AUXILIARY,
    REACH,
    TIMED,
    Phrase,
    is_figure,
    is_plural,
    is_verb,
    is_verbal,
    kind_of,
    last_clause,
    phrase_before,
)
from newsmine.nlp.claims.subjects import BARE_MEASURE
from newsmine.nlp.claims.text import Sentence, vocabulary
from newsmine.nlp.numbers import Number
from newsmine.nlp.numbers.lexicon import alternatives


@cache
def _measure_of() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:(?:the|a|an|total|average|overall|annual)\s){0,3}"
        rf"(?P<head>{alternatives(word_set('measures'))})\s(?:of|for|in)\s(?P<it>[^.;:()\n]{{2,110}})",
        re.IGNORECASE,
    )


_OPENED = re.compile(r"\s\(\Z")
_MARK = re.compile(r"\s?[,–—]")
_AT = re.compile(r"(?<=[a-z])\sat\s(?:\w+\s)?\Z")
_OF = re.compile(r"(?<=[a-z])\sof\s(?:the\s|an?\s)?\Z")


def in_brackets(number: Number, sentence: Sentence) -> Phrase | None:
    """`most people (75%)`, `firms (44)`: the noun before the brackets."""
    match = _OPENED.search(sentence.before(number.extent[0], limit=3))
    if match is None or sentence.text[number.span[1] : number.span[1] + 1] != ")":
        return None
    end = number.extent[0] - 2
    text = phrase_before(sentence, last_clause(sentence, sentence.words(end - 60, end)))
    return Phrase(text, "before-brackets") if text else None


_MOST = re.compile(
    r"(?:\A\s*|[.,;:–—“‘\"]\s?|(?<!\w)(?:and|but|that)\s)(?P<it>(?:most|many|few|almost\sall|nearly\sall|half|"
    r"(?:the|a|an)\s(?:\w+\s)?(?:majority|minority|half)\sof)\s[\w'’-]+(?:\s[\w'’-]+){0,5})\s?[,–—]\s\Z",
    re.IGNORECASE,
)


def in_commas(number: Number, sentence: Sentence) -> Phrase | None:
    """`Most calls, 61 per cent, came at night`: the noun that the figure stands beside."""
    if number.kind not in ("percent", "fraction", "ratio", "count"):
        return None
    if not _MARK.match(sentence.after(number.span[1], limit=3)):
        return None
    match = _MOST.search(sentence.before(number.extent[0], limit=90))
    if match is None:
        return None
    noun = re.sub(r"(?i)\A(?:most|many|few|almost\sall|nearly\sall)\s(?:of\s)?", "", match["it"])
    return Phrase(match["it"], "in-commas", noun)


_QUANTIFIERS = frozenset(
    ("many", "some", "most", "half", "all", "none", "few", "several", "any", "number", "more", "up",
     "one", "two", "three", "four", "five")
)  # fmt: skip


def noun_at(number: Number, sentence: Sentence) -> Phrase | None:
    """`growth at between 3 and 4 per cent`, `a rate of interest at 5%`: the noun before `at`."""
    if number.kind not in ("percent", "money", "points"):
        return None
    before = sentence.before(number.extent[0], limit=60)
    match = _AT.search(before)
    if match is None:
        return None
    end = number.extent[0] - len(before) + match.start()
    words = last_clause(sentence, sentence.words(end - 60, end))
    if not words or kind_of(words[-1]) or is_verb(words[-1]) or is_verbal(words[-1].lower):
        return None
    if words[-1].lower in changes("verbs") or words[-1].lower in AUXILIARY:
        return None
    text = phrase_before(sentence, words[-3:])
    return Phrase(text, "noun-at") if text else None


_OVER = re.compile(r"(?:over|above|under|below|up\sto|between)\Z", re.IGNORECASE)


def noun_beside(number: Number, sentence: Sentence) -> Phrase | None:
    """`earnings over £100,000`, `speeds up to 8Mbps`: the noun right before the bound."""
    if number.kind not in ("money", "percent", "rate", "measure", "duration"):
        return None
    if not _OVER.match(number.approximator or ""):
        return None
    end = number.extent[0]
    words = last_clause(sentence, sentence.words(end - 50, end))
    if not words or kind_of(words[-1]) or not is_plural(words[-1]):
        return None
    if is_verb(words[-1]):
        return None
    text = phrase_before(sentence, words[-3:])
    return Phrase(text, "noun-beside") if text else None


def noun_of(number: Number, sentence: Sentence) -> Phrase | None:
    """`a turnout of 31.2%`, `speeds of 24Mbps`, `at a price of £70m`."""
    before = sentence.before(number.extent[0], limit=60)
    match = _OF.search(before)
    if match is None:
        return None
    end = number.extent[0] - len(before) + match.start()
    words = last_clause(sentence, sentence.words(end - 60, end))
    if not words or words[-1].lower in _QUANTIFIERS:
        return None
    if words[-1].lower in stops() or is_verbal(words[-1].lower):
        return None
    text = phrase_before(sentence, words[-3:])
    return Phrase(text, "noun-of") if text else None


def happens_every(number: Number, sentence: Sentence) -> Phrase | None:
    """`an offence was recorded by a force every 23 minutes`: what happens at that rate."""
    if number.per != "every":
        return None
    words = sentence.words(number.extent[0] - REACH, number.extent[0])
    clause = last_clause(sentence, words)
    for place, word in enumerate(clause):
        following = clause[place + 1].lower if place + 1 < len(clause) else ""
        if word.lower in ("a", "an", "another", "one") and following not in (
            "average",
            "every",
            "",
        ):
            start = clause[place + 1].start if word.lower == "one" and following else word.start
            text = noun_phrase(sentence, start, determiner=True)
            text = text or phrase_before(sentence, clause[place + 1 :])
            return Phrase(text, "happens-every") if text else None
    return None


@cache
def _change_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{change_nouns()})\s(?:in|of)\s"
        r"(?=[^,.;:()]{2,60}\s(?:to|from|of|by)\s[^,.;:]{0,30}\Z)",
        re.IGNORECASE,
    )


def change_before(number: Number, sentence: Sentence) -> Phrase | None:
    """`an 8% rise in fees to £31m`, `an increase in calls of 40`: what rose."""
    if vocabulary(sentence).isdisjoint(change_words("nouns")):
        return None
    before = sentence.before(number.extent[0], limit=REACH)
    match = _change_before().search(before)
    if match is None:
        return None
    start = number.extent[0] - len(before) + match.end()
    text = noun_phrase(sentence, start, determiner=True)
    return Phrase(text, "change-noun-before") if text else None


_PUT = re.compile(r"(?<!\w)(?:puts?|putting|sets?|valued|estimated)\s(?=[^,.;]{2,50}\sat\s\Z)")
_LED = re.compile(r"\s(?:by|to|from)\s(?:(?:[\w£$%.,]+\s){1,4}to\s)?\Z")


def moved_object(number: Number, sentence: Sentence) -> Phrase | None:
    """`boosted the shares by 10%`, `cut the staff by 25%`, `extend the pay to nine months`."""
    before = sentence.before(number.extent[0], limit=REACH)
    put = _PUT.search(before) if before.endswith("at", 0, -1) else None
    if put:
        text = noun_phrase(sentence, number.extent[0] - len(before) + put.end(), determiner=True)
        return Phrase(text, "put-at") if text else None
    ends = _LED.search(before)
    if ends is None:
        return None
    offset = number.extent[0] - len(before)
    words = sentence.words(offset, offset + ends.start())
    clause = last_clause(sentence, words)
    for place in range(len(clause) - 1, -1, -1):
        if clause[place].lower not in changes("verbs"):
            continue
        if place + 1 == len(clause) or is_figure(clause[place + 1].lower):
            return None
        text = noun_phrase(sentence, clause[place + 1].start, determiner=True)
        return Phrase(text, "moved-object") if text and not TIMED.match(text) else None
    return None


def measured(number: Number, sentence: Sentence) -> Phrase | None:
    """`the number of X has soared to N`: X, wherever the sentence starts."""
    before = sentence.before(number.extent[0], limit=160)
    found = None
    for match in _measure_of().finditer(before):
        found = match
        if "number" in match["head"].lower():
            break
    if found is None:
        return None
    offset = number.extent[0] - len(before)
    between = before[found.start("it") :]
    if re.search(
        r"\d|[,;](?!\s(?:which|who|most))|(?<!\w)(?:and|but|while|said|when)(?!\w)", between
    ):
        return None
    text = noun_phrase(sentence, offset + found.start("it"), determiner=True)
    if text is None:
        return None
    head = found["head"].lower()
    if head in ("number", "numbers", "proportion", "percentage", "cases", "total"):
        return Phrase(text, "measured")
    return Phrase(
        f"{sentence.text[offset + found.start('head') : offset + found.start('it')]}{text}",
        "measured",
    )


_NOUN_BEFORE = re.compile(
    r"\s(?:of|at|is|was|were|are|to|than|on|totalling)\s(?:the\s|an?\s|only\s|just\s|between\s)?\Z"
)


def noun_before(number: Number, sentence: Sentence) -> Phrase | None:
    """`inflation at 4%`, `the total was 40`: the noun before."""
    before = sentence.before(number.extent[0], limit=70)
    match = _NOUN_BEFORE.search(before)
    if match is None:
        return None
    end = number.extent[0] - len(before) + match.start()
    clause = last_clause(sentence, sentence.words(end - len(before), end))
    if clause and kind_of(clause[-1]) == "pronoun":
        return None
    text = phrase_before(sentence, clause)
    if text is None or TIMED.fullmatch(text):
        return None
    return Phrase(text, "bare-measure" if BARE_MEASURE.fullmatch(text) else "noun-before")
