"""Who is in the reader's mind at a place: the antecedents of "he", "the charity" and "it".

A score adds documented reasons: how many sentences back, whether as subject, whether as the last
one who spoke. Names inside direct quotations are what a speaker talks about and do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable
from dataclasses import dataclass, field

from newsmine.nlp.speakers.text import Layout
from newsmine.types import Span

_REACH = 12  # sentences: farther back no pronoun reaches
_SPOKE = 1.6  # weights of a mark, in sentences of distance
_ASIDE = 0.8
_CROSSED = 0.25  # a paragraph start between, twice at most
_TRAILING = re.compile(r"[a-z],? (?:after|when|because|since|until) $")
_SUBORDINATE = re.compile(r"[\"“‘']?(?:When|As|While|If|Although|Though|Because|Once)\b[^,]*$")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One place where somebody is mentioned: ``who`` numbers a referent."""

    position: int
    who: int
    weight: float = field(compare=False, default=0.0)
    source: bool = field(compare=False, default=False)


@dataclass(slots=True)
class Stage:
    """The mentions of an article in order, sources added as they are resolved.

    ``top`` is where headline, standfirst and lead end, ``headline`` where the headline does;
    ``aside`` holds furniture and captions.
    """

    layout: Layout
    quoted: tuple[Span, ...]
    reported: tuple[Span, ...]
    marks: list[Mark]
    narrative: tuple[int, ...]
    top: int = 0
    aside: tuple[Span, ...] = ()
    headline: int = 0

    def add(self, position: int, who: int) -> None:
        """Somebody has spoken here; in a clause before the main one that tells less.

        After "... to Mr Larch after he said" the sentence stays about its subject.
        """
        start = self.layout.sentence_span(position)[0]
        if _TRAILING.search(self.layout.text, max(start, position - 12), position):
            insort(self.marks, Mark(position, who, 0.0))
            return
        aside = _SUBORDINATE.match(self.layout.text[start:position])
        insort(self.marks, Mark(position, who, _ASIDE if aside else _SPOKE, source=True))

    def tell_of(self, position: int, who: int, weight: float) -> None:
        """A sentence that starts here is about somebody."""
        insort(self.marks, Mark(position, who, weight))

    def in_report(self, position: int) -> bool:
        """Whether the position lies inside any content."""
        return covered(self.quoted, position) or covered(self.reported, position)

    def last_source(self, position: int) -> int | None:
        """Who spoke last before the position, at most four sentences back."""
        for index in range(bisect_left(self.marks, Mark(position, -(1 << 30))) - 1, -1, -1):
            mark = self.marks[index]
            if self.sentence(position) - self.sentence(mark.position) > 4:
                return None
            if mark.source:
                return mark.who
        return None

    def speakers(self, position: int, sentences: int) -> list[int]:
        """Who has spoken in so many sentences before a position, the last one first, each once."""
        found: dict[int, None] = {}
        for mark in reversed(self.around(position, sentences)):
            if mark.source and mark.position < position:
                found.setdefault(mark.who)
        return list(found)

    def beside(self, position: int) -> bool:
        """Whether the position lies in furniture or in a caption."""
        return covered(self.aside, position)

    def in_quote(self, position: int) -> bool:
        """Whether the position lies inside a direct quotation."""
        return covered(self.quoted, position)

    def around(self, position: int, sentences: int) -> list[Mark]:
        """The marks in the sentences around a position."""
        here = self.sentence(position)
        first = self.narrative[max(0, here - sentences)]
        after = here + sentences + 1
        last = self.narrative[after] if after < len(self.narrative) else len(self.layout.text)
        low, high = Mark(first, -(1 << 30)), Mark(last, -(1 << 30))
        return self.marks[bisect_left(self.marks, low) : bisect_left(self.marks, high)]

    def sentence(self, position: int) -> int:
        """The number of the sentence, those wholly quoted not counted."""
        return bisect_right(self.narrative, position) - 1

    def ranked(self, position: int, fits: Callable[[int], float | None]) -> list[tuple[float, int]]:
        """Referents before the position, the most prominent first.

        Args:
            position: Where the pronoun or noun phrase starts.
            fits: A bonus for a referent, or None where it cannot be meant.
        """
        here, paragraph = self.sentence(position), self.layout.paragraph(position)
        best: dict[int, float] = {}
        for index in range(bisect_left(self.marks, Mark(position, -1)) - 1, -1, -1):
            mark = self.marks[index]
            distance = here - self.sentence(mark.position)
            if distance > _REACH:
                break
            bonus = fits(mark.who)
            if bonus is None:
                continue
            crossed = paragraph - self.layout.paragraph(mark.position)
            score = mark.weight + bonus - distance - _CROSSED * min(crossed, 2)
            best[mark.who] = max(score, best.get(mark.who, -99.0))
        return sorted(((s, w) for w, s in best.items()), reverse=True)


def covered(spans: tuple[Span, ...], position: int, *, inner: bool = False) -> bool:
    index = bisect_right(spans, (position, 1 << 60)) - 1
    if index < 0:
        return False
    start, end = spans[index]
    return (start < position if inner else start <= position) and position < end
