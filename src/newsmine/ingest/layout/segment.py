"""Where articles begin on a page whose file does not say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsmine.ingest.bylines import parse_bylines
from newsmine.ingest.layout.order import MOST, columns_of, overlap
from newsmine.ingest.layout.sizes import body_size, is_headline, split_at_headlines
from newsmine.ingest.layout.tree import Block
from newsmine.types import Box

DECK = 2.0
"""The widest gap between the decks of one headline, in heights of the upper one's lines."""

BYLINE_WITHIN = 4
"""Lines below a headline; a standfirst may stand between."""


def segment(blocks: Sequence[Block]) -> list[list[Block]]:
    """The articles of one page: headline-sized blocks own the column flow below them.

    A block belongs to the nearest headline above it in its column; where none stands above, as at
    the top of a column, to the article of the block that is read before it.

    Args:
        blocks: In reading order.

    Returns:
        One list an article, in the order of their first blocks, headlines and bylines marked as
        such; blocks that hold headlines and text are cut into these. A single list where no block
        is set in headline size, or there are more blocks than any page has.
    """
    body = body_size(blocks)
    parts = split_at_headlines(blocks, body)
    heads = _heads(parts, body) if len(parts) <= MOST else []
    if not any(heads):
        return [list(blocks)] if blocks else []
    articles: dict[int, list[Block]] = {}
    for part, head, owner in zip(parts, heads, _owners(parts, heads), strict=True):
        article = articles.setdefault(owner, [])
        article.append(replace(part, kind="headline") if head else part)
    return [_with_byline(article) for article in articles.values()]


def _heads(parts: Sequence[Block], body: float) -> list[int]:
    """The number of the headline that each block belongs to; 0 for what is none."""
    heads = [0] * len(parts)
    for place, part in enumerate(parts):
        if is_headline(part, body):
            before = place and heads[place - 1]
            continued = before and _is_deck(parts[place - 1], part)
            heads[place] = before if continued else max(heads) + 1
    return heads


def _is_deck(above: Block, below: Block) -> bool:
    """Whether a headline goes on in another block close below."""
    gap = below.box[1] - above.box[3]
    return overlap(above.box, below.box) and gap <= DECK * above.line_height


def _owners(parts: Sequence[Block], heads: Sequence[int]) -> list[int]:
    boxes = columns_of(parts)
    owners: list[int] = []
    for place, head in enumerate(heads):
        above = head or _nearest_above(boxes[place], boxes[:place], heads)
        owners.append(above or (owners[-1] if owners else 0))
    return owners


def _nearest_above(box: Box, before: Sequence[Box], heads: Sequence[int]) -> int:
    """The headline above a block among those read before it, 0 where there is none."""
    middle = (box[1] + box[3]) / 2
    standing = [
        (other[3], head)
        for other, head in zip(before, heads, strict=False)
        if head and other[3] <= middle and overlap(other, box)
    ]
    return max(standing)[1] if standing else 0


def _with_byline(article: Sequence[Block]) -> list[Block]:
    """The article with its byline marked, where one stands right below its headline."""
    place = next((i for i, block in enumerate(article) if block.kind != "headline"), 0)
    if not place or article[place].kind is not None:
        return list(article)
    return [*article[:place], *_cut_at_byline(article[place]), *article[place + 1 :]]


def _cut_at_byline(block: Block) -> list[Block]:
    lines = block.lines
    for i, line in enumerate(lines[:BYLINE_WITHIN]):
        if parse_bylines(line.text):
            parts = (lines[:i], lines[i : i + 1], lines[i + 1 :])
            cut = [Block.of(part, page=block.page, id=block.id) for part in parts if part]
            return [replace(b, kind="byline") if b.lines == parts[1] else b for b in cut]
    return [block]
