"""A page of blocks to the articles on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsmine.ingest.layout.order import reading_order
from newsmine.ingest.layout.render import to_found
from newsmine.ingest.layout.segment import segment
from newsmine.ingest.layout.tree import Block
from newsmine.ingest.readers.base import Found
from newsmine.types import Given, Page

SEGMENTED = "segmented"
"""The flag of an article whose bounds were told from type sizes: they may be wrong."""


def page_articles(
    sheet: Page, blocks: Sequence[Block], *, prefix: str = "", flags: tuple[str, ...] = ()
) -> Iterator[Found]:
    """The articles on one page, by type size; the page as one article where no size tells.

    Args:
        sheet: The page without its words.
        blocks: In the order of the file or engine.
        prefix: Of the articles' parts, where the file has several pages (``p3-``).
        flags: For all of them.
    """
    articles = segment(reading_order(blocks, sheet.width))
    if len(articles) < 2:
        part = prefix.rstrip("-") or None
        yield to_found(
            blocks if not articles else articles[0], [sheet], given=Given(flags=flags), part=part
        )
        return
    for number, article in enumerate(articles, 1):
        given = Given(flags=(*flags, SEGMENTED))
        yield to_found(article, [sheet], given=given, part=f"{prefix}{number}")
