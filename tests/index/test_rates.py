"""Intervals of shares are those that are published."""

from __future__ import annotations

import pytest

from newsmine.index.rates import wilson


@pytest.mark.parametrize(
    ("right", "cases", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_wilson_intervals(right: int, cases: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    assert list(wilson(right / cases, cases)) == pytest.approx([low, high], abs=0.00005)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.255, 0.366)],
)  # fmt: skip
def test_wilson(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits / of, of) == pytest.approx((low, high), abs=5e-4)
