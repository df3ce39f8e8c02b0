"""How far figures would scatter with other articles of the same kind: bootstrap intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

RESAMPLES = 1000
SEED = 20261125
LEVEL = 95
"""Per cent of the resamples that an interval holds."""

Interval = tuple[float, float]
Figures = Mapping[str, float]


def intervals(
    tallies: Sequence[Counter[str]],
    figures: Callable[[Counter[str]], Figures],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Interval]:
    """For each figure the interval that holds 95 % of its values over resampled articles.

    Whole articles are drawn, with replacement, because rows of one article err together; figures
    are made of the added counts, as on the corpus itself (percentile bootstrap).

    Args:
        tallies: The counts of each article.
        figures: Makes figures of added counts.
        resamples: How many times as many articles are drawn.
        seed: The same seed gives the same intervals.
    """
    import numpy as np

    keys = sorted(set().union(*tallies))
    counts = np.array([[tally[key] for key in keys] for tally in tallies])
    chances = np.full(len(tallies), 1 / len(tallies))
    drawn = np.random.default_rng(seed).multinomial(len(tallies), chances, size=resamples)
    sums = ((drawn @ counts) if keys else np.zeros((resamples, 0), dtype=int)).tolist()
    found = [figures(Counter(dict(zip(keys, row, strict=True)))) for row in sums]
    rest = (100 - LEVEL) / 2
    return {
        name: tuple(np.percentile([row[name] for row in found], [rest, 100 - rest]).tolist())
        for name in found[0]
    }
