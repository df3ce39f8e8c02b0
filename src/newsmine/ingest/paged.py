"""Articles over the pages of a file that does not say where articles begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from newsmine.ingest.layout import SEGMENTED, Block, reading_order, segment, to_found
from newsmine.ingest.layout.sizes import body_size, split_at_headlines
from newsmine.ingest.readers.base import Found
from newsmine.types import Given, Page


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, its ``Page`` without words, and the blocks on it in the order of the file."""

    page: Page
    blocks: Sequence[Block]
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Article:
    blocks: list[Block]
    pages: list[Page]
    flags: tuple[str, ...] = ()
    part: str = ""
    alone: bool = field(default=True)

    def goes_on(self, sheet: Sheet, blocks: list[Block]) -> None:
        self.blocks += blocks
        self.pages.append(sheet.page)
        self.flags = tuple(dict.fromkeys([*self.flags, *sheet.flags]))

    def found(self, *, segmented: bool) -> Found:
        flags = (*self.flags, SEGMENTED) if segmented else self.flags
        part = self.part if segmented else None
        return to_found(self.blocks, self.pages, given=Given(flags=flags), part=part)


def articles_over(sheets: Iterable[Sheet]) -> Iterator[Found]:
    """The articles of a file, cut at headline-sized blocks and flagged so where there are several.

    A page without a headline goes on from the page before where that held one article alone: a
    document runs over its pages, a newspaper's articles seldom do.
    """
    before: _Article | None = None
    several = False
    for article in _pieces(sheets):
        if before is not None and article.alone and before.alone and not _headed(article):
            before.goes_on(Sheet(article.pages[0], (), article.flags), article.blocks)
            continue
        if before is not None:
            several = True
            yield before.found(segmented=True)
        before = article
    if before is not None:
        yield before.found(segmented=several)


def _pieces(sheets: Iterable[Sheet]) -> Iterator[_Article]:
    for sheet in sheets:
        parts = split_at_headlines(sheet.blocks, body_size(sheet.blocks))
        groups = segment(reading_order(parts, sheet.page.width))
        groups = [group for group in groups if group]
        number = sheet.page.number
        for place, blocks in enumerate(groups, 1):
            part = f"p{number}-{place}" if len(groups) > 1 else f"p{number}"
            yield _Article(blocks, [sheet.page], sheet.flags, part, alone=len(groups) == 1)


def _headed(article: _Article) -> bool:
    return article.blocks[0].kind == "headline"


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
