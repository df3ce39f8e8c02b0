"""In which order a page's blocks are read."""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.ingest.layout.tree import Block


def reading_order(blocks: Sequence[Block], page_width: float) -> list[Block]:
    """The blocks of one page in the order in which they are read: down the columns.

    Args:
        blocks: In the order of the file, which is kept where it goes down columns.
        page_width: In the unit of the boxes.
    """
    return list(blocks)
