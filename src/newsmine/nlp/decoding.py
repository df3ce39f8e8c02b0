"""From the encoder's scores to stretches of words: the best BIO sequence, and its segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Segment:
    """Words ``start`` to ``end`` (exclusive) with a label, and the mean log-probability of it."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Edges:
    """What the segments of one name cost at their ends, in log-probability, a number a word.

    Attributes:
        label: The name, without ``B-`` and ``I-``.
        enter: What beginning with a word costs.
        leave: What ending just before a word costs.
    """

    label: str
    enter: npt.NDArray[np.float32]
    leave: npt.NDArray[np.float32]


def segments(
    scores: npt.NDArray[np.float32],
    labels: Sequence[str],
    *,
    edges: Edges | None = None,
) -> list[Segment]:
    """The most probable sequence that is proper BIO (Viterbi), cut into segments.

    Args:
        scores: Log-probabilities, a row a word, a column a label.
        labels: ``O``, then B and I of each name in turn.
        edges: What beginning and ending one name's segments costs; their scores are without it.
    """
    best = _viterbi(scores, labels, edges)
    out: list[Segment] = []
    start = 0
    for at in range(1, len(best) + 1):
        inside = at < len(best) and best[at] > 0 and best[at] % 2 == 0
        if inside:
            continue
        if best[start] > 0:
            chosen = scores[np.arange(start, at), best[start:at]]
            out.append(Segment(start, at, labels[best[start]][2:], float(chosen.mean())))
        start = at
    return out


def _viterbi(
    scores: npt.NDArray[np.float32], labels: Sequence[str], edges: Edges | None
) -> list[int]:
    """Columns: 0 is O, odd ones begin, even ones go on from the odd one before or themselves."""
    size, width = scores.shape
    if size == 0:
        return []
    scores, leave = scores.copy(), np.zeros((size, width), dtype=np.float32)
    if edges is not None:
        begin = labels.index(f"B-{edges.label}")
        scores[:, begin] -= edges.enter
        leave[:, begin : begin + 2] = edges.leave[:, None]
    total = scores[0].copy()
    total[2::2] = -np.inf
    back = np.zeros((size, width), dtype=np.int8)
    columns = np.arange(1, width, 2)
    for i in range(1, size):
        left = total - leave[i]
        last = int(left.argmax())
        begins, goes_on = total[1::2], total[2::2]
        back[i, :] = last
        back[i, 2::2] = np.where(goes_on > begins, columns + 1, columns)
        step = np.full(width, left[last], dtype=np.float32)
        step[2::2] = np.maximum(begins, goes_on)
        total = step + scores[i]
    path = [int(total.argmax())]
    for i in range(size - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]
