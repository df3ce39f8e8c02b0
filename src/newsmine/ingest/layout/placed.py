"""The words of a page with their characters, held in arrays: an issue has a million of them."""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from newsmine.types import Span, Word

Placed = tuple[Span, Word]
"""The raw characters that a word fills, and the word."""


class PlacedWords(Sequence[Placed]):
    """A sequence of words that is read as a tuple of them is, and equals one.

    A word as objects takes 450 bytes, here 60 and its text once, however often it is printed; the
    objects are made when they are asked for.
    """

    __slots__ = ("_boxes", "_confidences", "_spans", "_texts")

    def __init__(self, words: Iterable[Placed] = ()) -> None:
        self._spans = array("q")
        self._boxes = array("d")
        self._confidences = array("d")
        self._texts: list[str] = []
        for span, word in words:
            self.append(span, word)

    def append(self, span: Span, word: Word) -> None:
        """Add a word while its page is written; later nobody may, since pages are frozen."""
        self._spans.extend(span)
        self._boxes.extend(word.box)
        self._confidences.append(math.nan if word.confidence is None else word.confidence)
        self._texts.append(sys.intern(word.text))

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, place: int) -> Placed: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Placed, ...]: ...

    def __getitem__(self, place: int | slice) -> Placed | tuple[Placed, ...]:
        if isinstance(place, slice):
            return tuple(map(self._at, range(len(self))[place]))
        return self._at(range(len(self))[place])

    def __iter__(self) -> Iterator[Placed]:
        return map(self._at, range(len(self)))

    def _at(self, place: int) -> Placed:
        start, end = self._spans[2 * place : 2 * place + 2]
        left, top, right, bottom = self._boxes[4 * place : 4 * place + 4]
        confidence = self._confidences[place]
        known = None if math.isnan(confidence) else confidence
        return (start, end), Word(self._texts[place], (left, top, right, bottom), known)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PlacedWords | tuple):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
