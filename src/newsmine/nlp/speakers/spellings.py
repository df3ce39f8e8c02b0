"""Names that scanning damaged, found by the same name printed elsewhere in the article.

"Ostreliey" beside "Ostrelley" is one name: the words differ by what engines confuse, the odd one
stands once and is no word or name that is known, and nothing beside them speaks against it. Two
clean names never meet that ("Anna" and "Anne", "Reid" and "Reed", "Ivan Petrov" and "Ivana Marsh").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter

from newsmine.ingest.lexicon import word_list
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.misread import alike, misreadings
from newsmine.types import Span

_WORD = re.compile(r"[^\W\d_]+")
_INNER = re.compile(r"[a-z]I")
"""An ``l`` or ``i`` that was read as a capital."""
_SHORTEST, _SAFE, _LONG = 4, 5, 7
"""Letters from which a name is compared, and from which it tells much and more."""


@dataclass(slots=True)
class Spelling:
    """One word printed with a capital: where, and which names stand before and behind it."""

    word: str
    places: list[Span] = field(default_factory=list)
    before: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        """The word in small letters."""
        return self.word.lower()


@cache
def known_words() -> frozenset[str]:
    """All words and names that are known, in small letters: none of them is a misreading."""
    lex = lexicon()
    phrases = (lex.first_names, lex.titles, lex.heads, lex.inner, lex.known, lex.seats, lex.roles)
    more = (lex.places, lex.adjectives, lex.parties, lex.things, lex.not_names, lex.dates)
    words = (w.lower() for part in (*phrases, *more) for phrase in part for w in phrase.split())
    return word_list().union(words)


@cache
def _no_names() -> frozenset[str]:
    """Capitalised words that stand beside a name and are no part of it ("Minister Pell")."""
    lex = lexicon()
    parts = (lex.titles, lex.roles, lex.not_names, lex.heads, lex.places, lex.adjectives)
    return frozenset(w.lower() for part in parts for phrase in part for w in phrase.split())


def damaged(text: str) -> list[tuple[Span, str]]:
    """The words of names that are misread, with how they are printed elsewhere, in order."""
    spellings, plain = _spellings(text)
    found = []
    index = _Index.of(spellings.values())
    for odd in spellings.values():
        if len(odd.places) > 1 or not _odd(odd, plain):
            continue
        fit = [(_weight(s, odd), s) for s in index.near(odd) if _same(odd, s, plain)]
        if fit:
            best = max(fit, key=itemgetter(0))[1]
            found.append((odd.places[0], _cased(best.word, odd.word)))
    return sorted(found)


def _cased(word: str, like: str) -> str:
    return word.upper() if like.isupper() else word


def _spellings(text: str) -> tuple[dict[str, Spelling], set[str]]:
    """Each capitalised word of the text by its small letters, and the words in small letters."""
    out: dict[str, Spelling] = {}
    plain: set[str] = set()
    last: Spelling | None = None
    end = -1
    for match in _WORD.finditer(text):
        word = match.group()
        if not word[0].isupper():
            plain.add(word)
            last = None
            continue
        here = out.setdefault(word.lower(), Spelling(word))
        if here.word.isupper():
            here.word = word
        here.places.append(match.span())
        if last is not None and text[end : match.start()] in (" ", "\n"):
            _beside(last, here)
        last, end = here, match.end()
    return out, plain


def _beside(one: Spelling, other: Spelling) -> None:
    if one.key not in _no_names() and len(one.word) > 1:
        other.before.add(one.key)
    if other.key not in _no_names():
        one.after.add(other.key)


def _odd(spelling: Spelling, plain: set[str]) -> bool:
    """Whether a word can be a misreading at all."""
    word, key = spelling.word, spelling.key
    shouted = word.isupper() and len(word) <= _SAFE
    return len(key) >= _SHORTEST and not shouted and key not in plain and key not in known_words()


@dataclass(slots=True)
class _Index:
    """Spellings by first and by last two letters: one mistake leaves one of the two."""

    starts: dict[str, list[Spelling]]
    ends: dict[str, list[Spelling]]

    @classmethod
    def of(cls, spellings: Iterable[Spelling]) -> _Index:
        starts, ends = defaultdict(list), defaultdict(list)
        for spelling in spellings:
            starts[spelling.key[:2]].append(spelling)
            ends[spelling.key[-2:]].append(spelling)
        return cls(starts, ends)

    def near(self, odd: Spelling) -> Iterator[Spelling]:
        key = odd.key
        found = (*self.starts.get(key[:2], ()), *self.ends.get(key[-2:], ()))
        for other in {id(s): s for s in found}.values():
            if other is not odd and len(other.key) >= _SHORTEST and alike(other.key, key):
                yield other


def _same(odd: Spelling, other: Spelling, plain: set[str]) -> bool:
    """Whether the other spelling is the better one of the same name."""
    if odd.key.removesuffix("s") == other.key.removesuffix("s"):
        return False  # a plural is no misreading
    before, after = _agree(odd.before, other.before), _agree(odd.after, other.after)
    # a long word can be a place in one name and a paper in the next ("Brackenby Gazette")
    apart = before is False or (after is False and len(odd.key) < _LONG)
    if apart or _weight(odd, other) >= _weight(other, odd):
        return False
    return before is True or after is True or _alone(odd, other, plain)


def _weight(one: Spelling, other: Spelling) -> tuple[int, ...]:
    """How sure a spelling is against another: printed often, known, fully, and easily read as it.

    Engines lose more letters than they add, so of two that are alike the longer one is right.
    """
    clean = not _INNER.search(one.word)
    beside = len(one.before | one.after)
    makes = misreadings(one.key, other.key, most=2)
    easy = -9 if makes is None else -makes
    known = one.key in _first_names()
    ranks = (len(one.places), clean, known, beside, -_strange(one.key), easy, len(one.key))
    return *ranks, -one.places[0][0]


def _strange(key: str) -> int:
    """How many runs of three letters in a word no known word has."""
    return sum(run not in _runs() for run in _threes(key))


@cache
def _runs() -> frozenset[str]:
    return frozenset(run for word in known_words() for run in _threes(word))


def _threes(word: str) -> Iterator[str]:
    padded = f" {word} "
    return (padded[i : i + 3] for i in range(len(padded) - 2))


def _alone(odd: Spelling, other: Spelling, plain: set[str]) -> bool:
    """Whether the words are enough, as no name stands beside both."""
    if other.key in plain or odd.key.startswith(other.key) or other.key.startswith(odd.key):
        return False
    often, length = len(other.places), len(odd.key)
    if other.key in _first_names():
        return length >= _SAFE or often > 2
    if length < _SAFE or other.key in known_words():
        # "Provident" is a word that the list lacks, and no "President"
        return alike(other.key, odd.key, most=1) and often > 1 + (length <= _SAFE)
    return often > 1 or (length > _SAFE and alike(other.key, odd.key, most=1))


def _agree(one: set[str], other: set[str]) -> bool | None:
    """Whether the same names stand beside two spellings; None where beside one stands none."""
    if not one or not other:
        return None
    return any(a == b or alike(a, b) for a in one for b in other)


@cache
def _first_names() -> frozenset[str]:
    """All known first names, in small letters."""
    return frozenset(name.lower() for name in lexicon().first_names)
