"""Where an article names whom, before anybody has spoken: as subject, in passing, in a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newsmine.nlp.speakers.entities import Entities
from newsmine.nlp.speakers.names import Name
from newsmine.nlp.speakers.salience import Mark, Stage, covered
from newsmine.nlp.speakers.text import Layout
from newsmine.types import Span

_SUBJECT = 1.0  # weights of a mark, in sentences of distance
_POSSESSIVE = -0.5
_REPORTED = -0.6
_OPENS = 4  # characters at the start of a sentence: "The "
_OBLIQUE = re.compile(
    r"\b(?:of|to|by|with|for|from|against|on|about|in|at|than|like|as|over|told|accused|and|or|"
    r"when|after|before|that)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,3}$",
    re.IGNORECASE,
)
# "After the hearing Detective Pell said": the name is the subject all the same
_ADVERBIAL = re.compile(
    r"(?:After|Before|During|Following|At|In|On|Outside|Inside|Since|Last|This|Speaking|Giving|Asked)"
    r"\s(?:[a-z’'-]+\s){1,6}"
)
_MAIN = re.compile(
    r"[\"“‘']?(?:When|As|After|Before|While|If|Although|Though|Because|Once)\b[^.]*,\s$"
)
_COORDINATED = re.compile(r",? and (?:the )?|, (?:the )?")


@dataclass(frozen=True, slots=True)
class Parts:
    """The stretches of an article that tell whom it is about, each in text order.

    Args:
        quoted: Direct contents; names in them are left out.
        reported: Other contents; names in them weigh less.
        written: Sources; names in them that do not speak only say whose document does.
        furniture: Outlet, date, byline: who stands there is not spoken of.
        captions: Who is named there is not yet named in the story.
        top: Where headline, standfirst and lead end.
        headline: Where the headline ends.
    """

    quoted: tuple[Span, ...] = ()
    reported: tuple[Span, ...] = ()
    written: tuple[Span, ...] = ()
    furniture: tuple[Span, ...] = ()
    captions: tuple[Span, ...] = ()
    top: int = 0
    headline: int = 0


def stage(layout: Layout, entities: Entities, parts: Parts, *, speaking: Iterable[int]) -> Stage:
    """The stage before anybody has spoken.

    Args:
        layout: The text with its sentences.
        entities: Whose names are on stage.
        parts: What is said, and what is no part of the story.
        speaking: Numbers of the names that speak: they stand where a subject does.
    """
    quoted = parts.quoted
    narrative = tuple(s for s in layout.sentences if not covered(quoted, s, inner=True)) or (0,)
    marks = sorted(_Marking(layout, parts, frozenset(speaking)).marks(entities))
    aside = tuple(sorted((*parts.furniture, *parts.captions)))
    return Stage(layout, quoted, parts.reported, marks, narrative, parts.top, aside, parts.headline)


@dataclass(slots=True)
class _Marking:
    """Reads the names in order; who is subject depends on the names before in the sentence."""

    layout: Layout
    parts: Parts
    speaking: frozenset[int]
    firsts: set[int] = field(default_factory=set)
    subjects: dict[int, int] = field(default_factory=dict)

    def marks(self, entities: Entities) -> Iterator[Mark]:
        for number, name in enumerate(entities.names):
            meant, start = entities.of_name[number], name.span[0]
            silent = covered(self.parts.quoted, start) or covered(self.parts.furniture, start)
            if len(meant) == 1 and not silent:
                yield Mark(start, meant[0], self._weight(name, speaks=number in self.speaking))

    def _weight(self, name: Name, *, speaks: bool) -> float:
        start = name.span[0]
        sentence = self.layout.sentence(start)
        subject = self._is_subject(name, sentence)
        subject = subject and (speaks or not covered(self.parts.written, start))
        if subject:
            self.subjects[sentence] = name.span[1]
        self.firsts.add(sentence)
        speaks = speaks and not name.possessive
        # a content that runs on does not hold the name that the next sentence starts with
        opens = start - self.layout.sentences[sentence] <= _OPENS
        reported = covered(self.parts.reported, start) and not speaks and not opens
        weight = _SUBJECT if subject or speaks else 0.0
        return weight + _POSSESSIVE * name.possessive + _REPORTED * reported

    def _is_subject(self, name: Name, sentence: int) -> bool:
        """Whether a name stands where the subject of a clause does."""
        text, at = self.layout.text, name.span[0]
        floor = self.layout.sentences[sentence]
        opening = text[floor:at].lstrip("\"“‘'")
        after_adverbial = name.title is not None and _ADVERBIAL.fullmatch(opening)
        if after_adverbial or _MAIN.match(opening):
            return True
        if _COORDINATED.fullmatch(text[self.subjects.get(sentence, at) : at]):
            return True
        first = sentence not in self.firsts and not name.possessive
        return first and not _OBLIQUE.search(text[max(floor, at - 60) : at])
