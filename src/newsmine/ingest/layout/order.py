"""In which order a page's blocks are read.

After Breuel, "High performance document layout analysis" (2003): what lies above comes first
within a column, what lies left comes first beside it, unless a headline that spans both stands
between them (a picture or its caption does not end a column's text). These are constraints on
pairs; an order that keeps to them is found by topological sorting.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.ingest.layout.sizes import body_size, is_headline
from newsmine.ingest.layout.tree import Block
from newsmine.types import Box

MOST = 1000
"""Blocks of a page. A full broadsheet has 300; each is compared with each."""

MISPLACED = 0.05
"""The share of pairs in the wrong order at which a file's order is given up.

Noise between columns makes a few wrong pairs on any page; an order along rows makes a third.
"""

WIDE = 0.6
"""The share of a page's width from which a headline separates what is above it from what is below,
whether or not there are columns under it."""

NARROW, WIDEST = 0.95, 1.3
"""Of the usual width: what is narrower is a short line in a column, what is wider spans columns."""

SLACK = 0.2
"""The share of a short line that may stand out of its column."""

TOUCHING = 0.2
"""The share of a headline's height that something beside it has to reach into."""

OVERLAP = 0.3
"""Of the narrower block's width; columns of a skewed page overlap their neighbours a little."""


def reading_order(blocks: Sequence[Block], page_width: float) -> list[Block]:
    """The blocks of one page in the order in which they are read: down the columns.

    Args:
        blocks: In the order of the file, which is kept where it goes down columns, or where there
            are more than any page has.
        page_width: In the unit of the boxes; 0 where the file does not say.
    """
    if len(blocks) > MOST:
        return list(blocks)
    pairs = _pairs(blocks, page_width)
    wrong = sum(first > second for first, second in pairs)
    if wrong <= MISPLACED * len(pairs):
        return list(blocks)
    return [blocks[place] for place in _sorted(len(blocks), pairs, [b.box for b in blocks])]


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes stand in the same column, one above the other."""
    shared = min(a[2], b[2]) - max(a[0], b[0])
    return shared > OVERLAP * min(_width(a), _width(b))


def _pairs(blocks: Sequence[Block], page_width: float) -> list[tuple[int, int]]:
    """Places of blocks of which the first is read before the second."""
    body, boxes = body_size(blocks), columns_of(blocks)
    heads = [box for box, b in zip(boxes, blocks, strict=True) if is_headline(b, body)]
    wide = [h for h in heads if 0 < WIDE * page_width < _width(h) or _spans(h, boxes)]
    pairs = []
    for i, a in enumerate(boxes):
        for j in range(i + 1, len(boxes)):
            first = _first(a, boxes[j], wide)
            if first is not None:
                pairs.append((i, j) if first else (j, i))
    return pairs


def columns_of(blocks: Sequence[Block]) -> list[Box]:
    """The boxes of blocks, as wide as the columns that they belong to.

    Short lines (subheads, last lines) get the sides of their column: else a centred subhead would
    stand left of what hangs over the right half of it. Headlines reach as far as there is nothing
    beside them: set to the left over three columns, they head all three.
    """
    usual, body = _usual_width(blocks), body_size(blocks)
    boxes = [block.box for block in blocks]
    texts = [box for box in boxes if NARROW * usual <= _width(box) <= WIDEST * usual]
    return [
        _stretched(block.box, boxes)
        if is_headline(block, body)
        else _widened(block.box, texts)
        if _width(block.box) < NARROW * usual
        else block.box
        for block in blocks
    ]


def _stretched(box: Box, boxes: Sequence[Box]) -> Box:
    """A box as wide as the white to its left and right."""
    beside = [b for b in boxes if min(b[3], box[3]) - max(b[1], box[1]) > TOUCHING * _height(box)]
    middle = box[0] + box[2]
    left = max((b[2] for b in beside if b[0] + b[2] < middle), default=min(b[0] for b in boxes))
    right = min((b[0] for b in beside if b[0] + b[2] > middle), default=max(b[2] for b in boxes))
    return min(box[0], left), box[1], max(box[2], right), box[3]


def _widened(box: Box, texts: Sequence[Box]) -> Box:
    """A box between the sides of the nearest text in whose column it stands."""
    slack = SLACK * _width(box)
    around = [t for t in texts if t[0] - slack <= box[0] and box[2] <= t[2] + slack]
    if not around:
        return box
    left, _, right, _ = min(around, key=lambda t: max(t[1] - box[3], box[1] - t[3]))
    return min(box[0], left), box[1], max(box[2], right), box[3]


def _usual_width(blocks: Sequence[Block]) -> float:
    """The width of the blocks in which most characters stand: that of a column."""
    widths = sorted((_width(block.box), len(block.text)) for block in blocks)
    half = sum(length for _, length in widths) / 2
    for width, length in widths:
        half -= length
        if half <= 0:
            return width
    return 0.0


def _width(box: Box) -> float:
    return box[2] - box[0]


def _height(box: Box) -> float:
    return box[3] - box[1]


def _spans(box: Box, boxes: Sequence[Box]) -> bool:
    """Whether a box stands over (or under) several columns."""
    under = [other for other in boxes if other is not box and overlap(box, other)]
    left = min((other[2] for other in under), default=box[2])
    return any(other[0] >= left for other in under)


def _first(a: Box, b: Box, wide: Sequence[Box]) -> bool | None:
    """Whether ``a`` is read before ``b``; None where a block between them leaves it to others."""
    middle_a, middle_b = a[1] + a[3], b[1] + b[3]
    if overlap(a, b):
        return middle_a <= middle_b
    above, below = sorted((middle_a, middle_b))
    for c in wide:
        if above < c[1] + c[3] < below and overlap(c, a) and overlap(c, b):
            return None
    return a[0] + a[2] <= b[0] + b[2]


def _sorted(count: int, pairs: Sequence[tuple[int, int]], boxes: Sequence[Box]) -> list[int]:
    """A topological order; where several blocks could come next, or a circle has to be broken, the
    leftmost of those with the fewest unread before them, and of these the topmost.
    """
    after: dict[int, list[int]] = {place: [] for place in range(count)}
    waiting = dict.fromkeys(range(count), 0)
    for first, second in pairs:
        after[first].append(second)
        waiting[second] += 1
    order = []
    while waiting:
        here = min(waiting, key=lambda place: (waiting[place], boxes[place][:2]))
        order.append(here)
        del waiting[here]
        for place in after[here]:
            if place in waiting:
                waiting[place] -= 1
    return order
