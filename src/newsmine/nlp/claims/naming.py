"""Numerals that are part of a name or say which one: Halo 2, period 4, a third witness."""

from __future__ import annotations

import re

from newsmine.nlp.claims.lexicon import changes, word_set
from newsmine.nlp.claims.phrases import is_adverb, is_plural, is_verb, is_verbal, kind_of
from newsmine.nlp.claims.text import Sentence, Word
from newsmine.nlp.numbers import Number

_BARE = re.compile(r"\d{1,4}(?:\.\d)?")
_CAPITAL = re.compile(
    r"(?:[a-z]{1,2}(?=[A-Z]))?[A-Z][\w'’&-]*[a-z0-9][\w'’&-]*|[A-Z][a-z]|[A-Z]&[A-Z]"
)
_FEW = 12
_COUNTING = frozenset(
    ("were", "are", "have", "of", "out", "more", "fewer", "per", "in", "to", "times")
)
# Behind `Halo 2` these say nothing of a count; behind `Northwick 38` they do.
_JOINING = frozenset(("were", "are", "have", "in", "to"))
_KINDS = re.compile(r"\s(?:version|release|edition|standard|train|bus)(?!\w)")
_OLDEST = 110
_LIVED = re.compile(
    r"(?:(?<!\w)(?:die[sd]?|dying|retire[sd]?|married|dead|orphaned|widowed|elected)\s(?:\w+\s)?at|\A\s*At)\s\Z"
)
_PEOPLE = re.compile(
    r"(?<!\w)(?:men|women|people|those|children|boys|girls|adults|pupils|teenagers|youngsters)\s"
    r"(?:of\s|aged\s)?(?:between\s|from\s)?\Z",
    re.IGNORECASE,
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
    if number.approximator:
        return False
    before = sentence.words(number.span[0] - 30, number.span[0])
    near = bool(before) and sentence.text[before[-1].end : number.span[0]] == " "
    if near and before[-1].lower in word_set("numbered"):
        return not _counts(number, sentence, numbered=True)
    if not _BARE.fullmatch(printed):
        return False
    if _KINDS.match(sentence.after(number.span[1], limit=12)) or not near:
        return _ages(number, sentence) or _marks(number, sentence)
    if not _CAPITAL.fullmatch(before[-1].text) or kind_of(before[-1]):
        return False
    if is_plural(before[-1]) and before[-1].text[0].isupper():  # `iTunes 4.7` is one product
        return False
    return _numbers_it(number, sentence, before) or not _counts(number, sentence)


# British papers print one to nine in words, so that `Halo 3 sales` are those of a third Halo.
_IN_WORDS = 10
_PLACING = frozenset(
    ("in", "at", "from", "near", "of", "by", "for", "to", "on", "outside", "across")
)
_OF_COUNTS = frozenset(("of", "per", "out", "more", "fewer", "times", "people", "children"))


def _numbers_it(number: Number, sentence: Sentence, before: list[Word]) -> bool:
    """`Halo 3 sales rose`; not `in Hallmere 3 schools closed`, where a place comes first."""
    if number.value is None or number.value >= _IN_WORDS:
        return False
    following = sentence.words(number.span[1], number.span[1] + 30)[:1]
    if not following or following[0].lower in _OF_COUNTS:
        return False
    outer = (w for w in reversed(before[:-1]) if w.text[0].islower() or w.lower in _PLACING)
    first = next(outer, None)
    return first is None or first.lower not in _PLACING


def _marks(number: Number, sentence: Sentence) -> bool:
    """`2. Do that`, `the 2.0 version`: a list's number or a product's."""
    after = sentence.after(number.span[1], limit=12)
    if _KINDS.match(after):
        return True
    opens = not sentence.before(number.span[0], limit=8).strip(" \t\n(•*-")
    return opens and bool(re.match(r"[.)]\s", after + sentence.text[sentence.end :][:2]))


def is_age(number: Number, sentence: Sentence) -> bool:
    """`She died at 85`, `men between 16 and 24`, `the 8-14 group`: how old, without saying so."""
    values = [v for v in (number.value, number.low, number.high) if v is not None]
    if not values or max(values) > _OLDEST or number.kind != "count":
        return False
    before = sentence.before(number.extent[0], limit=40)
    after = sentence.after(number.span[1], limit=14)
    if number.value is None:
        if re.match(r"\s(?:age\s)?(?:group|bracket|market|demographic)(?!\w)", after):
            return True
        return bool(_PEOPLE.search(before)) and not re.match(r"\s[a-z]+s(?!\w)", after)
    return bool(_LIVED.search(before)) and bool(
        re.match(r"\s?(?:[.,;:]|\Z)|\s(?:and|in|from|after)\s", after)
    )


def _ages(number: Number, sentence: Sentence) -> bool:
    """An age in a caption: `Inset, Jory, 14` and nothing after it."""
    if sentence.after(number.span[1]).strip(" .)\n") or len(str(number.value)) > 2:
        return False
    return bool(_AGE_AT_END.search(sentence.before(number.span[0], limit=30)))


def _counts(number: Number, sentence: Sentence, *, numbered: bool = False) -> bool:
    """Whether a plural or a counting word follows; behind a `numbered` noun, no less will do."""
    following: list[Word] = sentence.words(number.span[1], number.span[1] + 40)[:3]
    few = number.value is not None and number.value <= _FEW
    if not following or sentence.text[number.span[1] : following[0].start] != " ":
        return not (few or numbered)
    first = following[0]
    if first.lower in _COUNTING:
        return not few or first.lower not in _JOINING
    if first.lower in ("and", "or"):
        return not (few or numbered)
    if kind_of(first) or is_verb(first):
        return False
    return any(is_plural(word) for word in following)


_HOUSE = re.compile(r"\d{1,4}")


def is_address(number: Number, sentence: Sentence) -> bool:
    """`at 14 Sheepgate, Castlewick`: a house number."""
    if not _HOUSE.fullmatch(sentence.text, *number.span):
        return False
    street = _STREET.match(sentence.after(number.span[1], limit=60))
    if street is None or any(w.endswith("s") for w in street[0].split()[-1:]):
        return False
    return bool(_AT.search(sentence.before(number.span[0], limit=10)))


def is_ordinal(number: Number, sentence: Sentence) -> bool:
    """`A second ally agreed, though a third called it talk`, `a fifth runway`: no share.

    Nor is `in a quarter`, where the quarter is a time.
    """
    printed = sentence.text[slice(*number.span)].lower()
    after = sentence.after(number.span[1], limit=5)
    if printed not in _ORDINALS or re.match(r"\s(?:of|more|less)(?!\w)", after):
        return False
    if printed == "a quarter":
        return bool(_DURING.search(sentence.before(number.extent[0], limit=12)))
    if _ANOTHER.search(sentence.text, max(0, number.span[0] - 160), number.span[0]):
        return True
    following = sentence.words(number.span[1], number.span[1] + 30)[:1]
    return bool(following) and _numbered_noun(sentence, number, following[0])


def _numbered_noun(sentence: Sentence, number: Number, word: Word) -> bool:
    """`a third | runway`: a singular noun right after it, and no word of change."""
    if sentence.text[number.span[1] : word.start] != " " or kind_of(word) or is_verb(word):
        return False
    if is_plural(word) or is_adverb(word.lower) or is_verbal(word.lower):
        return False
    return word.lower not in changes("nouns") and word.lower not in changes("comparatives")


_ORDINALS = frozenset(
    ("a third", "a fourth", "a fifth", "a sixth", "a seventh", "an eighth", "a ninth", "a tenth",
     "a quarter")
)  # fmt: skip
_DURING = re.compile(r"(?<!\w)(?:in|over|during|for|within|per|us|them|him|her)\s\Z", re.IGNORECASE)
