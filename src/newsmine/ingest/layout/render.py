"""Blocks to raw text and pages: the one place where words get their characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from newsmine.ingest.bylines import parse_bylines
from newsmine.ingest.found import Found
from newsmine.ingest.layout.placed import PlacedWords
from newsmine.ingest.layout.sizes import size_of
from newsmine.ingest.layout.tree import Block, Line
from newsmine.types import Byline, Given, Page, Zone

BETWEEN_BLOCKS = "\n\n"
BETWEEN_LINES = "\n"

INDENT = "  "
"""Before the first line of a paragraph: cleaning then knows that no column ended the line above."""

INSET, OUTSET = 0.7, 2.0
"""In heights of the line: how far the first line of a paragraph stands in. On two old newspapers
all that stood in by 1.0 to 1.5 began a paragraph; what stood in further were misplaced boxes."""


def to_found(
    blocks: Iterable[Block],
    sheets: Iterable[Page],
    *,
    given: Given | None = None,
    part: str | None = None,
) -> Found:
    """One article: lines end in line feeds, blocks are set apart by blank lines.

    The first line of a paragraph within a block begins with two blanks. Blocks that say what they
    are become zones, beside those that ``given`` has; bylines among them are read where ``given``
    has none. Only the pages on which the article has words come along.

    Args:
        blocks: In reading order, of any pages.
        sheets: The pages without their words, each with its number.
        given: What else the file says of the article.
        part: See ``Found``.
    """
    writer = Writer()
    for block in blocks:
        writer.add(block)
    return writer.found(sheets, given or Given(), part)


@dataclass(slots=True)
class Writer:
    """An article block by block: its text so far, and where each page's words stand in it.

    It keeps no block, so that a document of hundreds of pages is never in memory as a tree.
    """

    pieces: list[str] = field(default_factory=list)
    at: int = 0
    words: dict[int, PlacedWords] = field(default_factory=dict)
    zones: list[Zone] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)

    def found(self, sheets: Iterable[Page], given: Given, part: str | None) -> Found:
        """The article of the blocks that were added; see ``to_found``."""
        pages = (sheet for sheet in sheets if sheet.number in self.words)
        return Found(
            "".join(self.pieces),
            tuple(replace(sheet, words=self.words[sheet.number]) for sheet in pages),
            replace(
                given,
                zones=(*given.zones, *self.zones),
                bylines=given.bylines or tuple(self.bylines),
            ),
            part,
        )

    def add(self, block: Block) -> None:
        """Write the next block in reading order."""
        lines = [line for line in block.lines if line.text.strip()]
        if not lines:
            return
        if self.at:
            self._write(BETWEEN_BLOCKS)
        start = self.at
        for place, line in enumerate(lines):
            if place:
                self._write(BETWEEN_LINES)
            if _stands_in(lines, place):
                self._write(INDENT)
            self._line(line, block.page)
        if block.kind is not None and block.kind != "body":
            self.zones.append(Zone((start, self.at), block.kind))
        if block.kind == "byline":
            self.bylines += parse_bylines(" ".join(line.text for line in lines))

    def _line(self, line: Line, page: int) -> None:
        here = self.words.setdefault(page, PlacedWords())
        for (start, end), word in line.words:
            here.append((start + self.at, end + self.at), word)
        self._write(line.text)

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.at += len(text)


def _stands_in(lines: Sequence[Line], place: int) -> bool:
    """Whether a line stands further to the right than those above and below it, as the first of a
    paragraph does. Neighbours are compared, since columns of a scan can lean.
    """
    if place == 0 or lines[place].text[:1].islower():
        return False
    line, neighbours = lines[place], (*lines[place - 1 : place], *lines[place + 1 : place + 2])
    inset = min(line.box[0] - other.box[0] for other in neighbours)
    return INSET <= inset / (size_of(line) or 1) <= OUTSET
