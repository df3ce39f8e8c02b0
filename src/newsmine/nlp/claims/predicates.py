"""What a figure without a noun counts: what those it stands for did, as printed."""

from __future__ import annotations

import re

from newsmine.nlp.claims.phrases import BREAK, REACH, TIMED, Phrase, is_figure, is_verb, kind_of
from newsmine.nlp.claims.text import Sentence, Word
from newsmine.nlp.numbers import Number

_LONGEST = 12
_JOINS = frozenset(("and", "but", "while", "whereas", "or", "compared", "although", "though"))
_COMPLEMENT = re.compile(r"\s(?:to|in|on|for|from|with|without|towards|against|into|about|at)\s")
_CLOSING = re.compile(r"\)|,(?=\s[a-z])|\s\([^()]{1,24}\)")
_TO = re.compile(r"\sto\s(?![£$€\d])")
_KEPT = frozenset(("no", "up", "down", "out", "off", "back", "away"))
_TRAILING = frozenset(("preposition", "determiner", "conjunction"))


def own_predicate(number: Number, sentence: Sentence) -> Phrase | None:
    """`with 42% | backing his legal action`, `Half | said they had paid`: verb and all."""
    words = _stretch(sentence, behind(number, sentence))
    if not words or not any(is_verb(w) or w.lower.endswith("ing") for w in words[:4]):
        return None
    return _phrase(sentence, words, "predicate")


def elided_predicate(number: Number, sentence: Sentence) -> Phrase | None:
    """`3 per cent told the police and 11 per cent | a teacher`, `a million in negative equity`."""
    start = number.extent[1] if number.per else number.span[1]
    if not _COMPLEMENT.match(sentence.text, start, min(sentence.end, start + 12)):
        return None
    words = _stretch(sentence, start)
    if len(words) < 2 or any(is_figure(word.lower) for word in words):
        return None
    if TIMED.match(sentence.text, words[1].start) or re.match(r"[Tt]he\s", words[1].text):
        return None
    return _phrase(sentence, words, "elided")


def infinitive(number: Number, sentence: Sentence) -> Phrase | None:
    """`set aside £1bn | to keep fares down`, `six years to scan them`: what it is for."""
    if number.kind not in ("money", "duration"):
        return None
    start = behind(number, sentence)
    if not _TO.match(sentence.text, start, sentence.end):
        return None
    words = _stretch(sentence, start)
    kinds = [kind_of(word) for word in words[1:2]]
    if kinds and kinds[0] in ("determiner", "pronoun", "conjunction"):
        return None
    return _phrase(sentence, words, "infinitive") if len(words) > 2 else None


def behind(number: Number, sentence: Sentence) -> int:
    """Where the words after a figure begin, its rate and closing bracket or comma left out."""
    end = number.extent[1] if number.per else number.span[1]
    match = _CLOSING.match(sentence.text, end, sentence.end)
    return match.end() if match else end


def _stretch(sentence: Sentence, start: int) -> list[Word]:
    """The words up to the next break, joining word or a dozen of them."""
    words = sentence.words(start, start + REACH)[:_LONGEST]
    if not words or BREAK.search(sentence.text[start : words[0].start]):
        return []
    for place in range(1, len(words)):
        gap = sentence.text[words[place - 1].end : words[place].start]
        if BREAK.search(gap) or words[place].lower in _JOINS:
            return words[:place]
    return words


def _phrase(sentence: Sentence, words: list[Word], rule: str) -> Phrase | None:
    while words and kind_of(words[-1]) in _TRAILING and words[-1].lower not in _KEPT:
        words = words[:-1]
    if not words or (len(words) < 2 and not is_verb(words[0])):
        return None
    return Phrase(sentence.text[words[0].start : words[-1].end], rule)
