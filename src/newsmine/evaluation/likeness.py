"""What was read beside what was printed: which character became which."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsmine.types import Span

_TOKEN = re.compile(r"\S+")
_CHARACTER = re.compile(r"\s+|\S")
_LETTERS = re.compile(r"[^\W_]+")

LARGEST = 4_000_000
"""Cells of the largest table for one stretch; beyond, nothing in it counts as read."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts side by side.

    Attributes:
        words: Spans of the words that both have in the same order, printed and read.
        pairs: For each printed character that became one, where it stands in the read text.
        edits: Characters changed, lost and added; white space counts as one blank.
        length: Characters printed, white space as one blank.
    """

    words: tuple[tuple[Span, Span], ...]
    pairs: dict[int, int]
    edits: int
    length: int


def compare(printed: str, read: str) -> Likeness:
    """Runs of letters and digits are paired first, then the characters of what lies between."""
    a, b = ([m.span() for m in _LETTERS.finditer(text)] for text in (printed, read))
    printed_keys, read_keys = _keys(printed, a), _keys(read, b)
    matcher = difflib.SequenceMatcher(None, printed_keys, read_keys, autojunk=False)
    pairs: dict[int, int] = {}
    edits, at, other_at = 0, 0, 0
    anchors: list[tuple[Span, Span]] = []
    for first, second, size in matcher.get_matching_blocks():
        anchors += zip(a[first : first + size], b[second : second + size], strict=True)
    for one, other in [*anchors, ((len(printed), len(printed)), (len(read), len(read)))]:
        stretches = (((at, one[0]), (other_at, other[0])), (one, other))
        for here, there in stretches:
            found, cost = _stretch(printed, here, read, there)
            pairs |= found
            edits += cost
        at, other_at = one[1], other[1]
    words = _words(printed, read, anchors)
    return Likeness(words, pairs, edits, len(" ".join(printed.split())))


def _keys(text: str, runs: Sequence[Span]) -> list[str]:
    return [text[start:end].casefold() for start, end in runs]


def _stretch(printed: str, here: Span, read: str, there: Span) -> tuple[dict[int, int], int]:
    """Characters paired within two stretches, and what differs."""
    one, other = _places(printed, here), _places(read, there)
    found, cost = _aligned([c for c, _ in one], [c for c, _ in other])
    return {one[i][1]: other[j][1] for i, j in found}, cost


def _places(text: str, span: Span) -> list[tuple[str, int]]:
    """The characters of a stretch with white space as one blank, and where each stands."""
    return [(" " if m[0].isspace() else m[0], m.start()) for m in _CHARACTER.finditer(text, *span)]


def _words(
    printed: str, read: str, anchors: Sequence[tuple[Span, Span]]
) -> tuple[tuple[Span, Span], ...]:
    """The words, up to white space, that hold paired runs; each once."""
    a, b = _Words.of(printed), _Words.of(read)
    return tuple(dict.fromkeys((a.around(one[0]), b.around(other[0])) for one, other in anchors))


@dataclass(frozen=True, slots=True)
class _Words:
    spans: list[Span]

    @classmethod
    def of(cls, text: str) -> _Words:
        return cls([m.span() for m in _TOKEN.finditer(text)])

    def around(self, place: int) -> Span:
        return self.spans[bisect_right(self.spans, place, key=lambda span: span[0]) - 1]


def _aligned(a: Sequence[str], b: Sequence[str]) -> tuple[list[tuple[int, int]], int]:
    """Which characters are paired at the least cost (Levenshtein), and that cost."""
    if len(a) * len(b) > LARGEST or not a or not b:
        return [], max(len(a), len(b))
    table = [list(range(len(b) + 1))]
    for i, one in enumerate(a, 1):
        above, row = table[-1], [i]
        for j, other in enumerate(b, 1):
            change = above[j - 1] + (one != other)
            row.append(min(change, above[j] + 1, row[j - 1] + 1))
        table.append(row)
    return list(_traced(table, a, b)), table[-1][-1]


def _traced(
    table: Sequence[Sequence[int]], a: Sequence[str], b: Sequence[str]
) -> Iterator[tuple[int, int]]:
    i, j = len(a), len(b)
    while i and j:
        if table[i][j] == table[i - 1][j - 1] + (a[i - 1] != b[j - 1]):
            i, j = i - 1, j - 1
            yield i, j
        elif table[i][j] == table[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
