"""What role phrases are read in, and what one of them tells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from newsmine.nlp.speakers.entities import Entities
from newsmine.nlp.speakers.lexicon import Lexicon, lexicon
from newsmine.nlp.speakers.spellings import known_words
from newsmine.nlp.speakers.text import Layout
from newsmine.types import Span

_HOME = frozenset({"Britain", "Great Britain", "UK", "United Kingdom", "England"})


@dataclass(frozen=True, slots=True)
class Fact:
    """Role and owner at one mention of a person.

    ``owner`` numbers the name of the organisation; ``owner_phrase`` is the stretch where it is
    called otherwise ("its", "the charity's"). ``past`` marks former holders; ``party`` is told
    by a letter ("R-Ohio").
    """

    role: str | None
    owner: int | None = None
    owner_phrase: Span | None = None
    past: bool = False
    position: int = 0
    party: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What a role phrase is read in."""

    layout: Layout
    entities: Entities
    lex: Lexicon
    first_of: Mapping[str, int]

    def covering(self, start: int) -> int | None:
        """The number of the name that covers a position."""
        index = bisect_right(self.entities.starts, start) - 1
        if index >= 0 and start < self.entities.names[index].span[1]:
            return index
        return None

    def can_own(self, number: int | None) -> bool:
        """Whether a name can be an organisation that a person belongs to."""
        if number is None:
            return False
        name = self.entities.names[number]
        labels = {e.label for e in self.entities.meant(number)}
        thing = name.words[-1:] and name.words[-1] in self.lex.things - self.lex.heads
        if name.title is not None or thing or not labels & {"ORG", None}:
            return False
        return "ORG" in labels or not name.weak or not _common(name.bare)

    def state(self, number: int | None) -> bool:
        """Whether a name is a foreign country or place, which its ministers speak for."""
        if number is None or self.entities.names[number].bare in _HOME:
            return False
        return {e.label for e in self.entities.meant(number)} == {"LOC"}


def _common(word: str) -> bool:
    """Whether a word that starts a sentence can be there for what it means ("Senior chief")."""
    return word.lower() in known_words() or word in lexicon().not_names


def possessive(text: str, start: int) -> Span | None:
    """The span of "its" or "their" right before a position."""
    match = re.search(r"\b(\w+)\s$", text[max(0, start - 12) : start])
    if match and match[1].lower() in {"its", "their", "his", "her"}:
        return start - len(match.group()), start - 1
    return None
