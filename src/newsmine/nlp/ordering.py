"""The order and the numbers of a text's attributions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from newsmine.types import Attribution


def in_order(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions by their contents' beginnings, numbered anew: ``a1``, ``a2`` and so on."""
    ordered = sorted(attributions, key=lambda a: a.content[0])
    return tuple(replace(a, id=f"a{i}") for i, a in enumerate(ordered, 1))
