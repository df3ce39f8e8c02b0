"""What was read beside what was printed: which character became which."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsmine.types import Span

_TOKEN = re.compile(r"\S+")
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
    """Words are paired by their letters first, then characters within what lies between them."""
    a, b = _tokens(printed), _tokens(read)
    matcher = difflib.SequenceMatcher(None, _keys(printed, a), _keys(read, b), autojunk=False)
    words: list[tuple[Span, Span]] = []
    pairs: dict[int, int] = {}
    edits = 0
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        stretches = [((a1, a2), (b1, b2))]
        if tag == "equal":
            words += zip(a[a1:a2], b[b1:b2], strict=True)
            rows = zip(range(a1, a2), range(b1, b2), strict=True)
            stretches = [((i, i + 1), (j, j + 1)) for i, j in rows]
        for (i1, i2), (j1, j2) in stretches:
            one, other = _places(a[i1:i2], printed), _places(b[j1:j2], read)
            found, cost = _aligned([c for c, _ in one], [c for c, _ in other])
            pairs |= {one[i][1]: other[j][1] for i, j in found}
            edits += cost
        # The blank beside words that only one of the texts has.
        edits += abs((a2 - a1) - (b2 - b1)) if tag in ("insert", "delete") else 0
    length = len(" ".join(printed.split()))
    return Likeness(tuple(words), pairs, edits, length)


def _tokens(text: str) -> list[Span]:
    return [m.span() for m in _TOKEN.finditer(text)]


def _keys(text: str, tokens: Sequence[Span]) -> list[str]:
    """A word's letters and digits in lower case; what has none is itself."""
    words = [text[a:b] for a, b in tokens]
    return ["".join(_LETTERS.findall(word)).casefold() or word for word in words]


def _places(tokens: Sequence[Span], text: str) -> list[tuple[str, int]]:
    """The characters of words with one blank between them, and where each stands."""
    out: list[tuple[str, int]] = []
    for start, end in tokens:
        if out:
            out.append((" ", start - 1))
        out += [(text[i], i) for i in range(start, end)]
    return out


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
