"""One training text: its words, how they are printed, and what is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsmine.nlp.labels import ENTITY_LABELS, ROLE_LABELS
from newsmine.nlp.words import Shape, paragraph_breaks, shapes, word_spans
from newsmine.types import Span

UNKNOWN = -100
"""The label of words that teach nothing (PyTorch's ``ignore_index``)."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its labels; ``link`` is the word that it points at, in words from the start.

    For the first word of a content that is the first word of its cue, for the first word of a cue
    the first word of its source, itself where there is none.
    """

    text: str
    shape: Shape
    breaks: bool = False
    role: int = UNKNOWN
    entity: int = UNKNOWN
    link: int = UNKNOWN


@dataclass(frozen=True, slots=True)
class Sample:
    """A training text. ``weight`` scales what its entities teach: silver counts less than gold."""

    words: tuple[Word, ...]
    weight: float = 1.0
    name: str = ""


@dataclass(slots=True)
class SampleBuilder:
    """Collects the labels of one text, by characters, and turns them into a Sample."""

    text: str
    spans: list[Span] = field(init=False)
    roles: list[int] = field(init=False)
    entities: list[int] = field(init=False)
    links: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.spans = word_spans(self.text)
        self.roles, self.entities, self.links = (
            [UNKNOWN] * len(self.spans),
            [UNKNOWN] * len(self.spans),
            [UNKNOWN] * len(self.spans),
        )

    def words_in(self, span: Span) -> list[int]:
        """The indices of the words that overlap a span of characters."""
        return [i for i, (s, e) in enumerate(self.spans) if s < span[1] and span[0] < e]

    def mark_role(self, label: str, spans: Sequence[Span]) -> list[int]:
        """Label the words of each span and return the first word of each."""
        return _mark(self.roles, ROLE_LABELS, label, [self.words_in(s) for s in spans])

    def mark_entity(self, label: str, span: Span) -> None:
        """Label the words of a name; an unknown label makes them teach nothing."""
        words = self.words_in(span)
        if f"B-{label}" in ENTITY_LABELS:
            _mark(self.entities, ENTITY_LABELS, label, [words])
        else:
            for i in words:
                self.entities[i] = UNKNOWN

    def build(self, *, name: str, weight: float = 1.0) -> Sample:
        """The finished sample."""
        columns = zip(
            self.spans,
            shapes(self.text, self.spans),
            paragraph_breaks(self.text, self.spans),
            self.roles,
            self.entities,
            self.links,
            strict=True,
        )
        words = (
            Word(self.text[s:e], shape, breaks, role, entity, link)
            for (s, e), shape, breaks, role, entity, link in columns
        )
        return Sample(tuple(words), weight, name)


def _mark(
    column: list[int], labels: tuple[str, ...], label: str, groups: list[list[int]]
) -> list[int]:
    begin = labels.index(f"B-{label}")
    for group in groups:
        for position, i in enumerate(group):
            column[i] = begin if position == 0 else begin + 1
    return [group[0] for group in groups if group]
