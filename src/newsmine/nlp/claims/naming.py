"""Numerals that are part of a name or say which one: Halo 2, period 4, a third witness."""

from __future__ import annotations

import re

from newsmine.nlp.claims.lexicon import word_set
from newsmine.nlp.claims.phrases import is_plural, is_verb, kind_of
from newsmine.nlp.claims.text import Sentence, Word
from newsmine.nlp.numbers import Number

_BARE = re.compile(r"\d{1,4}(?:\.\d)?")
_CAPITAL = re.compile(r"[A-Z][\w'’&-]*[a-z0-9][\w'’&-]*|[A-Z][a-z]|[A-Z]&[A-Z]")
_FEW = 12
_COUNTING = frozenset(
    ("were", "are", "have", "of", "out", "more", "fewer", "per", "in", "to", "times")
)
_STREET = re.compile(r"\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}(?=,\s[A-Z]|\s?\n|\Z)")
_AT = re.compile(r"(?:(?<!\w)(?:at|from|address)|,|\A|\n)\s?\Z")
_AGE_AT_END = re.compile(r"(?<!\w)[A-Z][\w'’-]+,\s\Z")
_ANOTHER = re.compile(
    r"(?<!\w)(?:a\ssecond|another|one|the\sfirst|the\ssecond)\s[a-z]", re.IGNORECASE
)


def is_name(number: Number, sentence: Sentence) -> bool:
    """`Halo 2 sold well`, `by period 4`, `Inset, Jory, 14`: the numeral names or numbers something.

    Not `Northwick 38 parents` or `Cruz 300, Rubio 151`: a plural, a counting word or, over a
    dozen, punctuation after it leaves a figure.
    """
    printed = sentence.text[slice(*number.span)]
    if number.approximator or not _BARE.fullmatch(printed):
        return False
    before = sentence.words(number.span[0] - 30, number.span[0])
    if not before or sentence.text[before[-1].end : number.span[0]] != " ":
        return _ages(number, sentence)
    if before[-1].lower in word_set("numbered"):
        return not _counts(number, sentence)
    if not _CAPITAL.fullmatch(before[-1].text) or kind_of(before[-1]) or is_plural(before[-1]):
        return False
    return not _counts(number, sentence)


def _ages(number: Number, sentence: Sentence) -> bool:
    """An age in a caption: `Inset, Jory, 14` and nothing after it."""
    if sentence.after(number.span[1]).strip(" .)\n") or len(str(number.value)) > 2:
        return False
    return bool(_AGE_AT_END.search(sentence.before(number.span[0], limit=30)))


def _counts(number: Number, sentence: Sentence) -> bool:
    following: list[Word] = sentence.words(number.span[1], number.span[1] + 40)[:3]
    few = number.value is not None and number.value <= _FEW
    if not following or sentence.text[number.span[1] : following[0].start] != " ":
        return not few
    first = following[0]
    if first.lower in _COUNTING:
        return True
    if first.lower in ("and", "or"):
        return not few
    if kind_of(first) or is_verb(first):
        return False
    return any(is_plural(word) for word in following)


def is_address(number: Number, sentence: Sentence) -> bool:
    """`at 14 Sheepgate, Castlewick`: a house number."""
    if not re.fullmatch(r"\d{1,4}", sentence.text[slice(*number.span)]):
        return False
    street = _STREET.match(sentence.after(number.span[1], limit=60))
    if street is None or any(w.endswith("s") for w in street[0].split()[-1:]):
        return False
    return bool(_AT.search(sentence.before(number.span[0], limit=10)))


def is_ordinal(number: Number, sentence: Sentence) -> bool:
    """`A second ally agreed, though a third described it as talk`: no share of anything."""
    printed = sentence.text[slice(*number.span)].lower()
    if printed not in ("a third", "a fourth", "a fifth"):
        return False
    if not re.match(r"\s(?!of(?!\w))", sentence.after(number.span[1], limit=5)):
        return False
    return bool(_ANOTHER.search(sentence.text, max(0, number.span[0] - 160), number.span[0]))
