"""The figures of PolNeAR's roles and links, as the shared ``score_attributions.py`` defines them.

* exact: a role's span counts when it covers the same words as a gold span (punctuation and
  quotation marks aside); overlap: words inside the role, predicted against gold.
* relation: an attribution counts when its content's words match a gold content's with Jaccard
  >= 0.5, one to one, and its source shares a word with the gold source (both may be empty).
* direct: the same, over attributions whose content starts with a quotation mark; quoted: over
  those whose content holds a double one. mixed and indirect (ours): quoted ones that are not
  direct, and those that are neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, Protocol

from newsmine.evaluation.entities import Figures
from newsmine.evaluation.statements import SAME_WORDS, words
from newsmine.types import Span

ROLES = ("source", "cue", "content")
_MARKS = tuple("\"'“”‘’«»")
_DOUBLE = frozenset('"“”«»')


class Attributed(Protocol):
    """Whatever has the spans of an attribution's roles."""

    @property
    def source(self) -> tuple[Span, ...]: ...
    @property
    def cue(self) -> tuple[Span, ...]: ...
    @property
    def content(self) -> tuple[Span, ...]: ...


def tally_roles(text: str, gold: Sequence[Attributed], found: Sequence[Attributed]) -> Counter[str]:
    """Counts of one article: ``<figure> right``, ``found`` and ``gold``; counts add up."""
    tally: Counter[str] = Counter()
    for role in ROLES:
        wanted = [words(text, getattr(a, role)) for a in gold]
        got = [words(text, getattr(a, role)) for a in found]
        _count(tally, f"{role} exact", _whole(wanted), _whole(got))
        _count(tally, f"{role} overlap", set().union(*wanted), set().union(*got))
    for kind, holds in _KINDS.items():
        some, others = ([a for a in side if holds(text, a)] for side in (gold, found))
        name = f"{kind} relation".strip()
        tally[f"{name} right"] += len(matched(text, some, others))
        tally[f"{name} found"] += len(others)
        tally[f"{name} gold"] += len(some)
    return tally


def _whole(spans: Iterable[set[int]]) -> set[tuple[int, ...]]:
    return {tuple(sorted(found)) for found in spans if found}


def _count(tally: Counter[str], name: str, gold: Set[Any], found: Set[Any]) -> None:
    tally[f"{name} right"] += len(gold & found)
    tally[f"{name} found"] += len(found)
    tally[f"{name} gold"] += len(gold)


def is_direct(text: str, attribution: Attributed) -> bool:
    """Whether the content starts with a quotation mark."""
    start, end = attribution.content[0]
    return text[start:end].strip().startswith(_MARKS)


def is_quoted(text: str, attribution: Attributed) -> bool:
    """Whether the content holds a double quotation mark."""
    return any(not _DOUBLE.isdisjoint(text[start:end]) for start, end in attribution.content)


_KINDS: Mapping[str, Callable[[str, Attributed], bool]] = {
    "": lambda text, a: True,
    "quoted": is_quoted,
    "direct": is_direct,
    "mixed": lambda text, a: is_quoted(text, a) and not is_direct(text, a),
    "indirect": lambda text, a: not is_quoted(text, a) and not is_direct(text, a),
}


def matched(
    text: str, gold: Sequence[Attributed], found: Sequence[Attributed], *, sources: bool = True
) -> dict[int, int]:
    """Which found attribution is which gold one, best overlap first.

    ``sources`` says whether the sources must agree, too.
    """
    wanted, got = (
        [(words(text, a.content), words(text, a.source)) for a in side] for side in (gold, found)
    )
    pairs = []
    for i, (content, source) in enumerate(wanted):
        for j, (other_content, other_source) in enumerate(got):
            overlap = _jaccard(content, other_content)
            same_source = bool(source & other_source) or not (source or other_source)
            if overlap >= SAME_WORDS and (same_source or not sources):
                pairs.append((overlap, i, j))
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs, reverse=True):
        if i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out


def _jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one & other else 0.0


FIGURES = (
    *(f"{role} {how}" for role in ROLES for how in ("exact", "overlap")),
    *(f"{kind} relation".strip() for kind in _KINDS),
)
"""The names of the figures, in printing order."""


def role_figures(tally: Mapping[str, int]) -> dict[str, Figures]:
    """Precision, recall and F1 of each figure, out of added counts."""
    return {
        name: Figures.of(
            right=tally[f"{name} right"],
            predicted=tally[f"{name} found"],
            gold=tally[f"{name} gold"],
        )
        for name in FIGURES
    }
