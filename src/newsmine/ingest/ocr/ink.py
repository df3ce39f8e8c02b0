"""Word boxes cut down to the ink in them.

Tesseract gives the words of widely spaced lines boxes that reach into the lines above and below,
up to twice as high as the type; by them body type would be taken for a headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from newsmine.ingest.layout import Block, Line, around
from newsmine.types import Box, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

TALL = 1.4
"""Of the usual height: what is less is within one size of type."""


def trimmed(blocks: Sequence[Block], image: Image) -> list[Block]:
    """The blocks with the boxes of their tall words as high as the ink of their own line."""
    heights = [
        _height(word.box) for block in blocks for line in block.lines for _, word in line.words
    ]
    if not heights:
        return list(blocks)
    tall = TALL * median(heights)
    return [_block(block, image, tall) for block in blocks]


def _block(block: Block, image: Image, tall: float) -> Block:
    lines = tuple(_line(line, image, tall) for line in block.lines)
    return block if lines == block.lines else replace(block, lines=lines, box=_around(lines))


def _line(line: Line, image: Image, tall: float) -> Line:
    if all(_height(word.box) < tall for _, word in line.words):
        return line
    words = tuple((span, _word(word, image, tall)) for span, word in line.words)
    return Line(line.text, around(word.box for _, word in words), words)


def _word(word: Word, image: Image, tall: float) -> Word:
    if _height(word.box) < tall:
        return word
    left, top, right, bottom = (round(edge) for edge in word.box)
    rows = _ink(image, (left, top, right, bottom))
    run = _main_run(rows)
    if run is None:
        return word
    return replace(word, box=(word.box[0], float(top + run[0]), word.box[2], float(top + run[1])))


def _ink(image: Image, box: tuple[int, int, int, int]) -> NDArray[np.int64]:
    """How many dark pixels each row of a box has; dark is nearer its darkest than its lightest."""
    import numpy as np

    shades = np.asarray(image.crop(box), dtype=np.int64)
    if not shades.size:
        return np.zeros(0, dtype=np.int64)
    dark = shades < (shades.min() + shades.max()) / 2
    return np.asarray(dark.sum(axis=1))


def _main_run(rows: NDArray[np.int64]) -> tuple[int, int] | None:
    """The rows of the line's own ink: the run with most, and what hangs free beside it (dots).

    Ink at the box's edge that the main run does not reach is of the lines above and below.
    """
    runs: list[tuple[int, int]] = []
    start = None
    for place, inked in enumerate([*(rows > 0), False]):
        if inked and start is None:
            start = place
        elif not inked and start is not None:
            runs.append((start, place))
            start = None
    if not runs:
        return None
    main = max(runs, key=lambda run: int(rows[run[0] : run[1]].sum()))
    own = [run for run in runs if run == main or (run[0] > 0 and run[1] < len(rows))]
    return own[0][0], own[-1][1]


def _around(lines: Sequence[Line]) -> Box:
    return around(line.box for line in lines)


def _height(box: Box) -> float:
    return box[3] - box[1]
