"""Where columns part: white that runs down a page past several lines.

Blanks between words lie below each other for two or three lines by chance, hardly ever for more;
so a narrow gap is told from a gutter by how far the white goes on above and below it. After the
whitespace cover of Breuel, "Two geometric algorithms for layout analysis" (DAS 2002), simplified.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from newsmine.ingest.printed.words import Printed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TALLEST_RIVER = 5.0
"""Line heights that white between words runs down by chance, at most."""

NARROWEST = 0.4
"""Ems of the narrowest gutter."""

DISPLAY = 0.8
"""Ems of the narrowest gutter between headlines, which may stand right above a gutter."""

FLANK = 3.0
"""Ems from a gutter to the words on both sides; white around pictures is none."""

PAUSE = 2.5
"""Line heights that the words of one side may be away: the short last line of a paragraph."""

FARTHEST = 50_000.0
"""Points or pixels; what is said to stand farther out stands on no page."""

MOST_CELLS = 4_000_000
"""Of a page; a broadsheet has half of them."""


@dataclass(frozen=True, slots=True)
class Gutters:
    """A page's white: for each cell how far it goes on up and down between words."""

    runs: NDArray[np.float32]
    cell: float
    height: float

    @classmethod
    def of(cls, words: Sequence[Printed]) -> Gutters:
        """The white between words; those of signs alone are passed over: specks and rules."""
        import numpy as np

        em = median(w.size for w in words)
        height = median(w.box[3] - w.box[1] for w in words)
        right, bottom = (min(max(w.box[i] for w in words), FARTHEST) for i in (2, 3))
        cell = max(em / 6, 0.5, (max(right, 0.0) * max(bottom, 0.0) / MOST_CELLS) ** 0.5)
        filled = np.zeros((_cells(bottom, cell) + 2, _cells(right, cell) + 2), dtype=bool)
        for word in words:
            if any(map(str.isalnum, word.text)):
                x0, y0, x1, y1 = (_cells(value, cell) for value in word.box)
                filled[y0 : y1 + 1, x0 : x1 + 1] = True
        flanked = _flanked(filled, int(FLANK * em / cell))
        return cls(_runs(filled, flanked, int(PAUSE * height / cell)), cell, height)

    def parts(self, before: Printed, after: Printed) -> bool:
        """Whether a gutter runs between two words of a row."""
        left, right = before.box[2], after.box[0]
        top, bottom = max(before.box[1], after.box[1]), min(before.box[3], after.box[3])
        tall = max(w.box[3] - w.box[1] for w in (before, after))
        narrowest = DISPLAY if tall > 1.3 * self.height else NARROWEST
        if right - left < narrowest * min(before.size, after.size):
            return False
        y = _cells((top + bottom) / 2, self.cell)
        white = self.runs[y, _cells(left, self.cell) + 1 : _cells(right, self.cell)]
        return bool(white.size and white.max() * self.cell > TALLEST_RIVER * tall)


def _cells(value: float, cell: float) -> int:
    return int(min(max(0.0, value), FARTHEST) / cell)


def _flanked(filled: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Which cells have words near on both sides."""
    import numpy as np

    places = np.arange(filled.shape[1], dtype=np.int32)
    far = np.int32(-reach - 1)
    left = np.maximum.accumulate(np.where(filled, places, far), axis=1)
    mirrored = np.maximum.accumulate(np.where(filled[:, ::-1], places, far), axis=1)
    right = places[-1] - mirrored[:, ::-1]
    return np.asarray((places - left <= reach) & (right - places <= reach))


def _runs(filled: NDArray[np.bool_], flanked: NDArray[np.bool_], pause: int) -> NDArray[np.float32]:
    """For each white cell, how many flanked cells lie in its column without a break."""
    down = _counted(filled, flanked, pause)
    up = _counted(filled[::-1], flanked[::-1], pause)[::-1]
    return down + up


def _counted(
    filled: NDArray[np.bool_], flanked: NDArray[np.bool_], pause: int
) -> NDArray[np.float32]:
    import numpy as np

    counted = np.zeros(filled.shape, dtype=np.float32)
    idle = np.zeros(filled.shape[1], dtype=np.int32)
    for y in range(1, len(filled)):
        idle = np.where(flanked[y], 0, idle + 1)
        goes_on = ~filled[y] & (idle <= pause)
        counted[y] = np.where(goes_on, counted[y - 1] + flanked[y], 0)
    return counted
