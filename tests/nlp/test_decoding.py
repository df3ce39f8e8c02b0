"""The best BIO sequence and its segments."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from newsmine.nlp.decoding import Edges, segments
from newsmine.nlp.labels import ROLE_LABELS, bio

LABELS = bio(("X", "Y"))  # O, B-X, I-X, B-Y, I-Y


def scores(*rows: list[float]) -> np.ndarray:
    return np.log(np.array(rows, dtype=np.float32))


def found(matrix: np.ndarray) -> list[tuple[int, int, str]]:
    return [(s.start, s.end, s.label) for s in segments(matrix, LABELS)]


def test_begin_and_inside_make_one_segment() -> None:
    matrix = scores(
        [0.9, 0.025, 0.025, 0.025, 0.025],
        [0.1, 0.8, 0.05, 0.03, 0.02],
        [0.1, 0.1, 0.7, 0.05, 0.05],
        [0.9, 0.025, 0.025, 0.025, 0.025],
    )
    assert found(matrix) == [(1, 3, "X")]


def test_a_second_begin_starts_a_second_segment() -> None:
    begin = [0.05, 0.85, 0.05, 0.03, 0.02]
    assert found(scores(begin, begin)) == [(0, 1, "X"), (1, 2, "X")]


def edges(*, enter: list[float], leave: list[float]) -> Edges:
    return Edges("X", np.array(enter, dtype=np.float32), np.array(leave, dtype=np.float32))


def test_a_costly_beginning_joins_two_segments_and_leaves_the_score() -> None:
    begin, torn = [0.05, 0.85, 0.05, 0.03, 0.02], [0.05, 0.5, 0.4, 0.03, 0.02]
    costly = edges(enter=[1, 1], leave=[0, 0])
    joined = segments(scores(begin, torn), LABELS, edges=costly)
    assert [(s.start, s.end) for s in joined] == [(0, 2)]
    assert joined[0].score == np.log([0.85, 0.4], dtype=np.float32).mean()
    assert found(scores(begin, torn)) == [(0, 1, "X"), (1, 2, "X")]


def test_a_costly_end_carries_on_over_unsure_words() -> None:
    begin, unsure, out = [0.1, 0.8, 0.04, 0.03, 0.03], [0.5, 0.03, 0.4, 0.03, 0.04], [1, 0, 0, 0, 0]
    matrix = scores(begin, unsure, np.maximum(out, 1e-4).tolist())
    assert found(matrix) == [(0, 1, "X")]
    carried = segments(matrix, LABELS, edges=edges(enter=[0, 0, 0], leave=[0, 2, 0]))
    assert [(s.start, s.end) for s in carried] == [(0, 2)]


def test_an_inside_without_a_begin_is_read_with_the_nearest_begin() -> None:
    # Taken word by word this would be O, I-X: no proper sequence.
    matrix = scores([0.5, 0.45, 0.02, 0.02, 0.01], [0.05, 0.05, 0.85, 0.03, 0.02])
    assert found(matrix) == [(0, 2, "X")]


def test_an_inside_never_goes_on_another_label() -> None:
    matrix = scores([0.02, 0.9, 0.04, 0.02, 0.02], [0.2, 0.1, 0.15, 0.1, 0.45])
    assert found(matrix) == [(0, 1, "X")]


def test_nothing_read_nothing_found() -> None:
    assert segments(np.zeros((0, 5), dtype=np.float32), LABELS) == []


@given(
    arrays(
        np.float32, st.tuples(st.integers(1, 30), st.just(7)), elements=st.floats(-9, 0, width=32)
    )
)
def test_segments_are_in_order_and_apart(matrix: np.ndarray) -> None:
    out = segments(matrix, ROLE_LABELS)
    assert all(0 <= s.start < s.end <= len(matrix) for s in out)
    assert all(a.end <= b.start for a, b in pairwise(out))
