"""From the encoder's scores to stretches of words: the best BIO sequence, and its segments."""

from __future__ import annotations

import math
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
    """Columns: 0 is O, odd ones begin, even ones go on from the odd one before or themselves.

    Plain numbers, not arrays: on seven columns one array operation takes as long as this step.
    """
    if not len(scores):
        return []
    rows: list[list[float]] = scores.tolist()
    begin, leave = 0, [0.0] * len(rows)
    if edges is not None:
        begin, leave = labels.index(f"B-{edges.label}"), edges.leave.tolist()
        for row, enter in zip(rows, edges.enter.tolist(), strict=True):
            row[begin] -= enter
    total, back = rows[0], []
    total[2::2] = [-math.inf] * len(total[2::2])
    for row, cost in zip(rows[1:], leave[1:], strict=True):
        best, last = _last(total, begin, cost)
        came = _go_on(row, total, best=best, last=last)
        back.append(came)
        total = row
    path = [total.index(max(total))]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def _last(total: Sequence[float], begin: int, cost: float) -> tuple[float, int]:
    """The best label to leave behind, where leaving one name costs something, and its column."""
    if cost:
        left = list(total)
        left[begin] -= cost
        left[begin + 1] -= cost
        total = left
    best = max(total)
    return best, total.index(best)


def _go_on(row: list[float], total: Sequence[float], *, best: float, last: int) -> list[int]:
    """Make a word's scores those of the best path to each column; the columns they came from."""
    came = [last] * len(row)
    row[0] += best
    for begin in range(1, len(row), 2):
        inside = begin + 1
        row[begin] += best
        came[inside] = inside if total[inside] > total[begin] else begin
        row[inside] += total[came[inside]]
    return came
