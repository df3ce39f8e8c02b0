"""Articles over the pages of a file that does not say where articles begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from newsmine.ingest.found import Found
from newsmine.ingest.layout import SEGMENTED, Block, Writer, reading_order, segment
from newsmine.ingest.layout.sizes import body_size, split_at_headlines
from newsmine.types import Given, Page


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, its ``Page`` without words, and the blocks on it in the order of the file."""

    page: Page
    blocks: Sequence[Block]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """The blocks of one article on one page; ``alone`` where the page holds no other."""

    blocks: Sequence[Block]
    sheet: Sheet
    part: str
    alone: bool

    @property
    def headed(self) -> bool:
        return self.blocks[0].kind == "headline"


@dataclass(slots=True)
class _Article:
    """Written page by page, so that each page's blocks can go."""

    part: str
    alone: bool
    writer: Writer = field(default_factory=Writer)
    pages: list[Page] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def add(self, piece: _Piece) -> None:
        for block in piece.blocks:
            self.writer.add(block)
        self.pages.append(piece.sheet.page)
        self.flags += [flag for flag in piece.sheet.flags if flag not in self.flags]

    def found(self, *, segmented: bool) -> Found:
        flags = (*self.flags, SEGMENTED) if segmented else tuple(self.flags)
        return self.writer.found(self.pages, Given(flags=flags), self.part if segmented else None)


def articles_over(sheets: Iterable[Sheet]) -> Iterator[Found]:
    """The articles of a file, cut at headline-sized blocks and flagged so where there are several.

    A page without a headline goes on from the page before where that held one article alone: a
    document runs over its pages, a newspaper's articles seldom do.
    """
    article: _Article | None = None
    several = False
    for piece in _pieces(sheets):
        goes_on = article is not None and article.alone and piece.alone and not piece.headed
        if article is not None and not goes_on:
            several = True
            yield article.found(segmented=True)
        if article is None or not goes_on:
            article = _Article(piece.part, piece.alone)
        article.add(piece)
    if article is not None:
        yield article.found(segmented=several)


def _pieces(sheets: Iterable[Sheet]) -> Iterator[_Piece]:
    for sheet in sheets:
        parts = split_at_headlines(sheet.blocks, body_size(sheet.blocks))
        groups = segment(reading_order(parts, sheet.page.width))
        groups = [group for group in groups if group]
        number = sheet.page.number
        for place, blocks in enumerate(groups, 1):
            part = f"p{number}-{place}" if len(groups) > 1 else f"p{number}"
            yield _Piece(blocks, sheet, part, alone=len(groups) == 1)


def scaled(block: Block, factor: float) -> Block:
    """A block in another unit: boxes times ``factor``."""

    def box(old: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        return old[0] * factor, old[1] * factor, old[2] * factor, old[3] * factor

    lines = tuple(
        replace(
            line,
            box=box(line.box),
            words=tuple((span, replace(word, box=box(word.box))) for span, word in line.words),
        )
        for line in block.lines
    )
    return replace(block, lines=lines, box=box(block.box))
