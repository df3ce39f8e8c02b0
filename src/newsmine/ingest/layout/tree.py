"""Lines and blocks with boxes, whichever engine found them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from newsmine.types import Box, Span, Word, ZoneKind

_PRINTED = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    Attributes:
        text: As the engine read it.
        box: Around the line, in the page's unit.
        words: Each with the characters of ``text`` that it fills, in their order.
    """

    text: str
    box: Box
    words: tuple[tuple[Span, Word], ...] = ()

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    def part(self, first: int, last: int) -> Line:
        """The line from its ``first`` word to before its ``last``, in a box of its own."""
        if (first, last) == (0, len(self.words)):
            return self
        kept = self.words[first:last]
        start, end = kept[0][0][0], kept[-1][0][1]
        moved = tuple(((a - start, b - start), word) for (a, b), word in kept)
        return Line(self.text[start:end], around(word.box for _, word in kept), moved)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together: a paragraph, a column, a headline.

    Attributes:
        lines: In reading order, at least one.
        box: Around the block, in the page's unit.
        page: The ``number`` of its page.
        kind: What it is in the newspaper's layout, where the file or the type size says so.
        id: The file's own name for it.
    """

    lines: tuple[Line, ...]
    box: Box
    page: int = 1
    kind: ZoneKind | None = None
    id: str | None = None

    @classmethod
    def of(
        cls,
        lines: Iterable[Line],
        *,
        page: int = 1,
        kind: ZoneKind | None = None,
        id: str | None = None,
    ) -> Block:
        """A block that is as large as its lines."""
        kept = tuple(lines)
        return cls(kept, around(line.box for line in kept), page, kind, id)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def line_height(self) -> float:
        """The median height of its lines."""
        return median(line.height for line in self.lines)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around boxes; an empty one at the origin where there are none."""
    kept = list(boxes)
    if not kept:
        return (0.0, 0.0, 0.0, 0.0)
    left, top, right, bottom = zip(*kept, strict=True)
    return min(left), min(top), max(right), max(bottom)


def line_of(words: Sequence[Word], box: Box | None = None, *, glued: Collection[int] = ()) -> Line:
    """A line of words with a blank between each two.

    Args:
        words: From left to right; those of nothing but white space are left out.
        box: Around the line, where the engine gave one.
        glued: Places in ``words`` of those that have no blank before them.
    """
    pieces: list[str] = []
    placed: list[tuple[Span, Word]] = []
    at = 0
    for place, word in enumerate(words):
        if not word.text.strip():
            continue
        blank = " " if placed and place not in glued else ""
        start, at = at + len(blank), at + len(blank) + len(word.text)
        pieces += [blank, word.text]
        placed.append(((start, at), word))
    return Line("".join(pieces), box or around(w.box for _, w in placed), tuple(placed))


def shared_line(text: str, box: Box, confidence: float | None = None) -> Line:
    """A line whose engine gave no words: each word gets its share of the box, by characters."""
    left, top, right, bottom = box
    width = (right - left) / max(len(text), 1)

    def share(start: int, end: int) -> Box:
        return left + start * width, top, left + end * width, bottom

    printed = _PRINTED.finditer(text)
    words = ((m.span(), Word(m[0], share(*m.span()), confidence)) for m in printed)
    return Line(text, box, tuple(words))
