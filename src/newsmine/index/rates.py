"""How far a share that was counted may be from the share that is meant."""

from __future__ import annotations

import math

_Z = 1.959963984540054
"""95 %, of the normal distribution."""


def wilson(share: float, cases: float) -> tuple[float, float]:
    """The 95 % interval of a share seen in so many cases (E. B. Wilson, 1927).

    It fits few cases, and shares of none or all, too. ``cases`` may be an effective number, as of a
    stratified sample.
    """
    spread = _Z**2 / cases
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * math.sqrt(share * (1 - share) / cases + spread / (4 * cases))
    return max(0.0, middle - half), min(1.0, middle + half)
