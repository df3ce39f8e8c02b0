"""A page of blocks to the articles on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsmine.ingest.found import Found
from newsmine.ingest.layout.order import reading_order
from newsmine.ingest.layout.render import to_found
from newsmine.ingest.layout.segment import segment
from newsmine.ingest.layout.sizes import body_size, split_at_headlines
from newsmine.ingest.layout.tree import Block
from newsmine.types import Given, Page

SEGMENTED = "segmented"
"""The flag of an article whose bounds were told from type sizes: they may be wrong."""


def file_articles(
    pages: Sequence[tuple[Page, Sequence[Block]]],
    *,
    flags: tuple[str, ...] = (),
    ordered: bool = False,
) -> Iterator[Found]:
    """The articles on the pages of one file, page by page, bounds told from type sizes.

    Args:
        pages: Each without its words, and its blocks in the order of the file. Blank ones are
            passed over; a file of blank ones gives one empty article.
        flags: For all articles.
        ordered: Whether the file says in which order blocks are read.
    """
    filled = [(sheet, blocks) for sheet, blocks in pages if blocks]
    for sheet, blocks in filled:
        prefix = f"p{sheet.number}-" if len(pages) > 1 else ""
        yield from page_articles(sheet, blocks, prefix=prefix, flags=flags, ordered=ordered)
    if not filled:
        yield Found("")


def page_articles(
    sheet: Page,
    blocks: Sequence[Block],
    *,
    prefix: str = "",
    flags: tuple[str, ...] = (),
    ordered: bool = False,
) -> Iterator[Found]:
    """The articles on one page, by type size; the page as one article where no size tells.

    Args:
        sheet: The page without its words.
        blocks: In the order of the file or engine.
        prefix: Of the articles' parts, where the file has several pages (``p3-``).
        flags: For all of them.
        ordered: Whether ``blocks`` are in reading order for sure.
    """
    parts = split_at_headlines(blocks, body_size(blocks))
    articles = segment(parts if ordered else reading_order(parts, sheet.width))
    several = len(articles) > 1
    given = Given(flags=(*flags, SEGMENTED) if several else flags)
    for number, article in enumerate(articles, 1):
        part = f"{prefix}{number}" if several else prefix.rstrip("-") or None
        yield to_found(article, [sheet], given=given, part=part)
