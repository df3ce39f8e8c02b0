"""Sentences and words around a figure, with offsets of the article's text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple

from newsmine.types import Article, Span

_ENDS = re.compile(
    r"[.!?…](?:[\"'’”)\]]{0,2})(?=\s+[\"'‘“(\[]{0,2}[A-Z0-9£$€])|\n\s*\n|\n(?=\s*[-*•])"
)
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Sir|St|Gen|Sgt|Capt|Lt|Col|No|Nos|Jr|Sr|vs|etc|Inc|Ltd|Co|Corp|"
    r"approx|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Hon|Messrs)|\b[A-Z]|\b[a-z]\.[a-z])\.\Z"
)
_WORD = re.compile(r"[£$€]?\w(?:[\w.,'’&/-]*\w)?|%")
_LETTERS = re.compile(r"[a-z]+")
_CLAIM_ZONES = frozenset(("headline", "standfirst", "lead", "body", "caption"))


class Word(NamedTuple):
    """A word as printed; a tuple, since they are made by the thousand."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in small letters, with a straight apostrophe."""
        return lowered(self.text)


@lru_cache(maxsize=4096)
def lowered(printed: str) -> str:
    """A word in small letters, with a straight apostrophe."""
    return printed.lower().replace("’", "'")


@dataclass(frozen=True, slots=True, eq=False)  # made once; the caches below ask for its hash often
class Sentence:
    """A sentence of one zone; ``paragraph`` counts the paragraphs of the article."""

    text: str = field(repr=False)
    start: int
    end: int
    paragraph: int

    @property
    def printed(self) -> str:
        """The sentence as printed."""
        return self.text[self.start : self.end]

    def words(self, start: int, end: int) -> list[Word]:
        """The whole words between two positions, kept inside the sentence."""
        words, starts = _all_words(self.text, self.start, self.end)
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last > first and words[last - 1].end > end:
            last -= 1
        return words[first:last]

    def before(self, position: int, *, limit: int = 200) -> str:
        """What stands in the sentence before a position, at most ``limit`` characters."""
        start = position - limit
        return self.text[start if start > self.start else self.start : position]

    def after(self, position: int, *, limit: int = 200) -> str:
        """What stands in the sentence after a position, at most ``limit`` characters."""
        end = position + limit
        return self.text[position : end if end < self.end else self.end]


@lru_cache(maxsize=8)  # the rules for the figures of one sentence ask, each for a stretch
def _all_words(text: str, start: int, end: int) -> tuple[list[Word], list[int]]:
    spans = [match.span() for match in _WORD.finditer(text, start, end)]
    return [_word((text[s:e], s, e)) for s, e in spans], [s for s, _end in spans]


# What ``Word(...)`` comes to, without the call in between.
_word = partial(tuple.__new__, Word)


@lru_cache(maxsize=8)  # the figures of one sentence ask, each for several patterns
def vocabulary(sentence: Sentence) -> frozenset[str]:
    """The runs of letters of a sentence, in small letters; asked before a slow pattern."""
    return frozenset(_LETTERS.findall(sentence.printed.lower()))


def holds(text: str, *pieces: str) -> bool:
    """Whether a text holds one of the pieces (in small letters); asked before a slow pattern."""
    lower = text.lower()
    return any(map(lower.__contains__, pieces))


def claim_zones(article: Article) -> list[Span]:
    """The stretches in which figures are claims; without zones, all of the text."""
    if not article.zones:
        return [(0, len(article.text))]
    return [zone.span for zone in article.zones if zone.kind in _CLAIM_ZONES]


class Sentences:
    """The sentences of an article that hold figures, cut on demand."""

    def __init__(self, text: str, zones: Sequence[Span]) -> None:
        self.text = text
        self._spans = [span for zone in zones for span in _cut(text, zone)]
        self._starts = [start for start, _end, _paragraph in self._spans]
        self._made: dict[int, Sentence] = {}

    def at(self, position: int) -> Sentence | None:
        """The sentence that holds a position, or None where no claim is looked for."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or position >= self._spans[index][1]:
            return None
        return self.number(index)

    def index(self, position: int) -> int:
        """The place of the sentence that holds a position."""
        return bisect_right(self._starts, position) - 1

    def number(self, index: int) -> Sentence | None:
        """The sentence at a place, from 0; None outside."""
        if not 0 <= index < len(self._spans):
            return None
        if index not in self._made:
            start, end, paragraph = self._spans[index]
            self._made[index] = Sentence(self.text, start, end, paragraph)
        return self._made[index]


def _cut(text: str, zone: Span) -> list[tuple[int, int, int]]:
    out: list[tuple[int, int, int]] = []
    start, paragraph = zone[0], zone[0]
    for match in _ENDS.finditer(text, *zone):
        blank = match[0].startswith("\n")
        if not blank and _ABBREVIATIONS.search(
            text, max(zone[0], match.start() - 8), match.start() + 1
        ):
            continue
        out.append((start, match.end(), paragraph))
        start = match.end()
        if blank:
            paragraph = match.end()
    if start < zone[1]:
        out.append((start, zone[1], paragraph))
    return [(s, e, p) for s, e, p in out if text[s:e].strip()]
