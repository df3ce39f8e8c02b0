"""Noun phrases by words: where one ends, where the one before a verb begins.

There is no parser: a phrase goes on until a word that cannot be in one (data/claims_phrases.toml),
or until a plural that no plural follows ("online harm complaints | logged by schools").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newsmine.nlp.claims.lexicon import changes, stops, word_set
from newsmine.nlp.claims.text import Sentence, Word, lowered

BREAK = re.compile(r"[,.;:!?()\[\]\"“”–—\n]|\s-\s|\s['‘]|['’](?=\s)")
REACH = 110
TIMED = re.compile(
    r"(?:the\s)?(?:past|last|next|first|second|year|month|week|quarter|morning|afternoon|yearly|monthly"
    r"|weekly|daily|year-earlier|day|[A-Z]\w+day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)(?![\w])"
)
AUXILIARY = frozenset(
    ("has", "have", "had", "will", "would", "could", "may", "might", "is", "are", "was", "were",
     "be", "been", "being", "to", "also", "now", "already", "then", "still", "currently", "can",
     "should", "must", "set", "expected", "recently", "even", "just", "only", "more", "not",
     "nearly", "almost", "likely", "due", "sharply", "generally", "probably", "really", "tipped",
     "forecast", "projected", "predicted", "estimated", "thought", "believed", "reckoned",
     "understood", "scheduled", "supposed", "hoped", "feared")
)  # fmt: skip
_SAYING = frozenset(
    ("said", "says", "say", "told", "claimed", "claims", "found", "that", "suggests", "suggest",
     "showed", "shows", "show", "reveal", "revealed", "reported", "estimates", "estimated",
     "believe", "believes", "predicted", "predicts", "warned", "added", "adds", "and", "but",
     "while", "when", "as", "although", "though", "if", "where", "whether", "because", "with",
     "saw", "sees", "seen", "after")
)  # fmt: skip
_KEPT = 4096
"""Words whose kind is remembered: a newspaper's common ones."""
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_TRAILING = frozenset(("preposition", "adverb", "determiner", "pronoun"))


class Phrase(NamedTuple):
    """A noun phrase as printed, and the rule that found it."""

    text: str
    rule: str
    population: str | None = None


_ASIDE = re.compile(
    r"\((?P<in>[\w.&-]{2,12})\)|[\"“'‘](?P<quoted>\w[\w-]*(?:\s[\w-]+){0,2})[\"”'’](?!\w)"
)


def breaks(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the clause breaks between two words; not at `(GDP)` or around a `"quoted" word`."""
    gap = sentence.text[start:end]
    if not BREAK.search(gap):
        return False
    if gap.strip() not in _MARKS:
        return True
    near = _ASIDE.finditer(
        sentence.text, max(sentence.start, start - 40), min(sentence.end, end + 40)
    )
    return not any(m.start() in range(start, end) or m.end() - 1 in range(start, end) for m in near)


_MARKS = frozenset("()\"“”'‘’")


def last_clause(sentence: Sentence, words: list[Word], *, keep: bool = False) -> list[Word]:
    """The words since the last break in punctuation; with ``keep``, since the one before."""
    cuts = [
        place
        for place in range(1, len(words))
        if breaks(sentence, words[place - 1].end, words[place].start)
    ]
    if keep and cuts:
        first = cuts[-2] if len(cuts) > 1 else 0
        return words[first : cuts[-1]]
    out = words[cuts[-1] :] if cuts else words
    for place in range(len(out) - 1, -1, -1):
        if out[place].lower in ("that", "while", "but", "whereas"):
            return out[place + 1 :]
    return out


def kind_of(word: Word) -> str | None:
    """The kind of a word that ends phrases; `US` is no pronoun, `May` no auxiliary."""
    return _kind(word.text)


@lru_cache(maxsize=_KEPT)
def _kind(printed: str) -> str | None:
    if printed in ("US", "IT", "May", "Will"):
        return None
    lower = lowered(printed)
    before, mark, _after = lower.partition("'")  # `it's`, `we've`
    return "pronoun" if mark and stops().get(before) == "pronoun" else stops().get(lower)


def is_verb(word: Word) -> bool:
    lower = word.lower
    if lower in changes("verbs") or kind_of(word) == "verb" or lower in word_set("verbs"):
        return True
    return lower.endswith("ed") and len(lower) > 4


def verb_place(clause: list[Word]) -> int | None:
    """The verb nearest to the figure: of change, auxiliary, or a participle."""
    places = range(len(clause) - 1, -1, -1)
    last = len(clause) - 3
    for place in places:
        if is_verb(clause[place]) or _acts(clause, place):
            return place
        if clause[place].lower in ("up", "down") and place >= last:
            moved = f"{clause[place - 1].lower} {clause[place].lower}" if place else ""
            return place - 1 if moved in changes("verbs") else place
    return None


def _acts(clause: list[Word], place: int) -> bool:
    """`thieves netting £4m`: a present participle after a plural."""
    word = clause[place].lower
    return (
        word.endswith("ing") and is_verbal(word) and place > 0 and _plural(clause[place - 1].lower)
    )


def subject_end(clause: list[Word]) -> int:
    """Where the words before the clause's verb and its auxiliaries end; 0 without a verb."""
    place = verb_place(clause) or 0
    while place > 0 and clause[place - 1].lower in AUXILIARY:
        place -= 1
    for inner in range(place - 1, -1, -1):
        if clause[inner].lower in ("which", "who"):
            rest = [word.lower for word in clause[inner + 1 : place]]
            return inner if all(word in AUXILIARY for word in rest) else place
    return place


def phrase_before(sentence: Sentence, words: list[Word]) -> str | None:
    """The noun phrase that ends with the last word, with `of`, `in` and `for` phrases in it."""
    kept = words[_first(words) :]
    if kept and kept[0].lower in _LEFT_OVER and len(kept) < len(words):
        if owner := _owner(sentence, words[: len(words) - len(kept)]):
            return owner
        kept = kept[next((i for i, w in enumerate(kept) if w.lower not in _LEFT_OVER), len(kept)) :]
    if kept and _YEAR.fullmatch(kept[-1].lower):
        kept = kept[:-1]
    while kept and (
        kind_of(kept[0]) in ("preposition", "adverb")
        or kept[0].lower == "of"
        or (len(kept) > 1 and is_verbal(kept[0].lower) and kind_of(kept[1]) == "preposition")
    ):
        kept = kept[1:]
    while kept and (
        kind_of(kept[-1]) in _TRAILING or is_verbal(kept[-1].lower) or is_adverb(kept[-1].lower)
    ):
        kept = kept[:-1]
    nouns = [w for w in kept if kind_of(w) is None and not is_verbal(w.lower)]
    if not nouns or all(w.lower in _NO_NOUNS for w in nouns):
        return None
    return printed(sentence, kept)


def _owner(sentence: Sentence, words: list[Word]) -> str | None:
    """`Sales of | 1.2 million | were up`: what the figure is of."""
    for place in range(len(words) - 1, max(-1, len(words) - 4), -1):
        if words[place].lower == "of":
            return phrase_before(sentence, words[:place])
    return None


# What `1.2 million` and `3.5 percentage points` leave when the figure is taken off.
_LEFT_OVER = frozenset(
    ("million", "billion", "trillion", "thousand", "hundred", "percentage", "points", "point")
)
_NO_NOUNS = frozenset(("equivalent", "equal", "more", "fewer", "less", "nearly", "almost"))


def _first(words: list[Word]) -> int:
    """Where the phrase begins that ends with the last word."""
    start = len(words)
    while start > 0 and len(words) - start < 10:
        word = words[start - 1].lower
        kind = kind_of(words[start - 1])
        if start == 1 and kind == "verb" and word not in AUXILIARY and len(words) > 1:
            # `Paid leave would be …`: nothing stands before that could be its subject.
            return 0
        inner = word == "with" and start > 1 and kind_of(words[start - 2]) is None
        if (word in _SAYING and not inner) or kind in ("verb", "conjunction"):
            break
        if kind == "pronoun" and start < len(words):
            start += is_verb(words[start])  # `It asked | girls at the school`
            break
        at_end = start > len(words) - 2
        if (is_figure(word) and not (at_end and _YEAR.fullmatch(word))) or word in changes("verbs"):
            break
        start -= 1
    return start


def printed(sentence: Sentence, words: list[Word]) -> str:
    """The words as printed, a bracket closed that was opened."""
    end = words[-1].end
    text = sentence.text[words[0].start : end]
    if "(" in text and ")" not in text and sentence.text[end : end + 1] == ")":
        return text + ")"
    return text


def is_plural(word: Word) -> bool:
    """Whether a word is a plural, by its form or the list of irregular ones."""
    return _plural(word.lower)


@lru_cache(maxsize=_KEPT)
def _plural(word: str) -> bool:
    if word in word_set("plurals"):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) and len(word) > 3


@lru_cache(maxsize=_KEPT)
def is_verbal(word: str) -> bool:
    """Whether a word looks like a participle and is no noun that does (`funding`, `speed`)."""
    if (
        word in word_set("participle_nouns")
        or (word.endswith("eed") and len(word) < 6)
        or "-" in word
    ):
        return False
    return word.endswith(("ed", "ing")) and len(word) > 4


@lru_cache(maxsize=_KEPT)
def is_adverb(word: str) -> bool:
    """Whether a word ends as adverbs do and is no noun that does (`family`, `reply`)."""
    return word.endswith("ly") and word not in word_set("ly_nouns")


@lru_cache(maxsize=_KEPT)
def is_figure(word: str) -> bool:
    """Whether a word is a figure; `11-year-olds` are people."""
    if word[0].isdigit() and word.endswith("olds"):
        return False
    return word[0].isdigit() or word[0] in "£$€%" or word in ("cent", "percent")
