"""The lines of a text, and whether they were wrapped by hand or are paragraphs of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")
_FINAL = re.compile(r"[.!?…:][)\]\"'’”»]*$")

WIDEST_WRAP = 120
"""Characters in the widest hand-wrapped line seen (typewritten pages have 60 to 80)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the space around it.

    ``blank`` counts the blank lines before it, ``indent`` the spaces.
    """

    start: int
    end: int
    text: str
    indent: int
    blank: int

    @property
    def final(self) -> bool:
        """Whether it ends as a sentence does."""
        return ends_sentence(self.text)

    @property
    def hyphened(self) -> bool:
        """Whether it ends in a hyphen within a word."""
        return len(self.text) > 1 and self.text[-1] in "-¬\u00ad" and self.text[-2].isalnum()

    @property
    def goes_on(self) -> bool:
        """Whether it begins in lower case, as the rest of a sentence does."""
        first = self.text.lstrip("‘“\"'(")[:1]
        return first.islower()


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a full stop or its like, closing marks after it aside."""
    return _FINAL.search(text[-8:]) is not None


def lines_of(text: str) -> list[Line]:
    """The lines of a text that hold anything."""
    lines: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        bare = match[0].strip()
        if not bare:
            continue
        indent = len(match[0]) - len(match[0].lstrip())
        start = match.start() + indent
        blank = max(text.count("\n", last, start) - 1, 0)
        lines.append(Line(start, start + len(bare), bare, indent, blank))
        last = start + len(bare)
    return lines


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text was set.

    ``wrapped``: lines end where the column does. ``width``: of such a column. ``spacing``: blank
    lines between two lines of one paragraph (1 in double-spaced text). ``blanks``: paragraphs are
    set apart by blank lines. ``margin``: the usual indent.
    """

    wrapped: bool
    width: int
    spacing: int
    blanks: bool
    margin: int


def layout_of(lines: Sequence[Line]) -> Layout:
    """The layout, told from how lines end and how long they are."""
    pairs = list(pairwise(lines))
    tight = [p for p in pairs if p[1].blank == 0]
    spacing = 1 if len(pairs) >= 8 and len(tight) < 0.05 * len(pairs) and _broken(pairs) else 0
    inside = [p for p in pairs if p[1].blank <= spacing]
    lengths = sorted(len(a.text) for a, _ in inside)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    wrapped = 0 < width <= WIDEST_WRAP and _broken(inside)
    indents = sorted(line.indent for line in lines)
    return Layout(
        wrapped=wrapped,
        width=width,
        spacing=spacing,
        blanks=sum(b.blank > spacing for _, b in pairs) * 12 >= len(pairs),
        margin=indents[len(indents) // 2] if indents else 0,
    )


def _broken(pairs: Sequence[tuple[Line, Line]]) -> bool:
    """Whether lines mostly end within sentences, and go on as sentences do."""
    if len(pairs) < 2:
        return False
    soft = sum(not a.final for a, _ in pairs)
    going_on = sum(not a.final and (b.goes_on or a.hyphened) for a, b in pairs)
    return soft >= 0.5 * len(pairs) and going_on >= 0.3 * len(pairs)
