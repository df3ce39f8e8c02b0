"""How right rows are, and how far coders agree: intervals, alpha, kappa.

Krippendorff's alpha for nominal data is written out here because the package of that name is under
the GPL. The tests hold his published examples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from newsmine.evaluation.bootstrap import LEVEL, RESAMPLES, SEED, Interval

Unit = Sequence[str]
"""The codes that one row was given, by any number of coders."""


def weighted_share(strata: Iterable[tuple[float, int, int]]) -> tuple[float, float] | None:
    """A share in the whole from shares in strata, and the effective number of cases.

    Args:
        strata: Of each stratum its size in the whole, the cases that were judged, and those found
            right. Strata without a case say nothing, and the others stand for them.

    Returns:
        The share and Kish's effective number of cases (the cases of a simple draw that would
        say as much, whatever the shares are); ``None`` where nothing was judged.
    """
    judged = [(size, cases, right) for size, cases, right in strata if cases]
    total = sum(size for size, _, _ in judged)
    if not total:
        return None
    share = sum(size / total * right / cases for size, cases, right in judged)
    return share, 1 / sum((size / total) ** 2 / cases for size, cases, _ in judged)


def percent_agreement(units: Iterable[Unit]) -> float | None:
    """The share of pairs of codes of one row that are equal; each pair counts once."""
    same = pairs = 0
    for unit in units:
        pairs += len(unit) * (len(unit) - 1) // 2
        same += sum(count * (count - 1) // 2 for count in Counter(unit).values())
    return same / pairs if pairs else None


def krippendorff_alpha(units: Iterable[Unit]) -> float | None:
    """Krippendorff's alpha for nominal codes, any number of coders, codes missing here and there.

    A row with fewer than two codes says nothing of agreement. ``None`` where none has two, or all
    codes are the same: then there is nothing by which chance could be told from agreement.
    """
    return _alpha([_coincidences(unit) for unit in units if len(unit) > 1])


_Coincidences = tuple[Counter[str], float]
"""Of one row: how often each code is in it, and how far its pairs differ, each coder once."""


def _coincidences(unit: Unit) -> _Coincidences:
    counts = Counter(unit)
    same = sum(count * (count - 1) for count in counts.values())
    return counts, len(unit) - same / (len(unit) - 1)


def _alpha(units: Sequence[_Coincidences]) -> float | None:
    totals: Counter[str] = Counter()
    observed = 0.0
    for counts, differing in units:
        totals.update(counts)
        observed += differing
    n = totals.total()
    expected = n**2 - sum(count**2 for count in totals.values())
    return 1 - (n - 1) * observed / expected if expected else None


def alpha_interval(units: Iterable[Unit]) -> Interval | None:
    """The interval that holds 95 % of alpha's values over resampled rows (percentile bootstrap).

    Resamples in which all codes are the same count as 1, full agreement, so that one rare wrong
    row does not vanish from the interval. ``None`` where alpha is.
    """
    import numpy as np

    held = [_coincidences(unit) for unit in units if len(unit) > 1]
    if _alpha(held) is None:
        return None
    chance = np.random.default_rng(SEED)
    found = []
    for _ in range(RESAMPLES):
        alpha = _alpha([held[place] for place in chance.integers(0, len(held), len(held))])
        found.append(1.0 if alpha is None else alpha)
    rest = (100 - LEVEL) / 2
    low, high = np.percentile(found, [rest, 100 - rest]).tolist()
    return low, high


def cohen_kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two coders; ``None`` where chance alone would make them agree."""
    held = list(pairs)
    if not held:
        return None
    observed = sum(a == b for a, b in held) / len(held)
    one, other = Counter(a for a, _ in held), Counter(b for _, b in held)
    by_chance = _by_chance(one, other, len(held))
    return (observed - by_chance) / (1 - by_chance) if by_chance < 1 else None


def _by_chance(one: Mapping[str, int], other: Mapping[str, int], cases: int) -> float:
    return sum(count * other.get(code, 0) for code, count in one.items()) / cases**2
