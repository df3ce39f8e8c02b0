"""One figure in several articles: repeated, rounded, revised, of another scope, or in conflict.

A figure that ten papers print from one press release is one figure with one compiler. Compilers
(the organisation or document that released it) are counted, articles only listed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal

from newsmine.nlp.checks.compare import compare, dimension
from newsmine.nlp.checks.intervals import Interval, judge
from newsmine.nlp.checks.periods import same_period
from newsmine.nlp.checks.things import singular, surely_same, thing_of
from newsmine.types import Claim, Verdict

Relation = Literal["same figure", "rounded copy", "revised", "other scope", "conflict"]

MOST_ALIKE = 150
"""Figures of one noun that are set against each other; of more, those that come first."""
_TELLING = 4
"""Digits from which two equal figures of one noun are no chance: 22,724 is one, 500 is not."""
_REVISION = Fraction(1, 10)
"""A compiler that prints less than a tenth more or less later on has probably revised it."""
_ALIKE = Fraction(1, 4)
"""Words shared by the passages around two shares that are about the same finding."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim in its article. ``compiler`` is who released the figure, as far as known."""

    claim: Claim
    printed: str
    article: str
    context: str = ""
    outlet: str | None = None
    published: str | None = None
    compiler: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How figures of several articles stand to each other, the sum or comparison shown."""

    relation: Relation
    verdict: Verdict
    figures: tuple[Cited, ...]
    sum: str
    reason: str | None = None

    @property
    def compilers(self) -> tuple[str, ...]:
        """Who released the figures, each once; figures without one are left out."""
        return tuple(dict.fromkeys(f.compiler for f in self.figures if f.compiler))


def relate(a: Cited, b: Cited) -> Agreement | None:
    """How two figures of different articles stand to each other; None where they do not.

    Args:
        a: The one that comes first in the answer.
        b: The other.
    """
    if a.claim.value is None or b.claim.value is None or a.article == b.article:
        return None
    same = surely_same(thing_of(a.claim.counted), thing_of(b.claim.counted))
    telling = a.claim.value == b.claim.value and _telling(a.claim.value)
    if same is False or (same is None and not telling):
        return None
    found = compare(a.claim, b.claim, published=(a.published, b.published), across=True)
    if "unit" in found.differs or not _one_finding(a, b):
        return None
    equal = _equal(a, b)
    if found.differs:
        reason = f"they differ in {' and '.join(found.differs)}"
        return Agreement("other scope", "not_comparable", (a, b), _both(a, b), reason)
    if equal:
        verdict: Verdict = "agree" if equal == "same figure" else "agree_if_coarse"
        return Agreement(equal, verdict, (a, b), _both(a, b), _open(found.unknown))
    return _apart(a, b)


def _one_finding(a: Cited, b: Cited) -> bool:
    """Shares say of whom, not what: the passages around them must be alike."""
    if dimension(a.claim) not in ("share", "multiple", "change_relative", "change_points"):
        return True
    first, second = _content(a), _content(b)
    return len(first & second) >= _ALIKE * len(first | second) > 0


def _content(one: Cited) -> frozenset[str]:
    """The words around a figure that are neither it nor what it counts."""
    own = re.findall(r"[a-z]{4,}", f"{one.printed} {one.claim.counted} cent percent".lower())
    words = re.findall(r"[a-z]{4,}", one.context.lower())
    return frozenset(map(singular, words)) - frozenset(map(singular, own))


def _equal(a: Cited, b: Cited) -> Literal["same figure", "rounded copy"] | None:
    if a.claim.value == b.claim.value:
        return "same figure"
    for one, other in ((a.claim, b.claim), (b.claim, a.claim)):
        judged = judge(one.value, _interval(one), _interval(other))
        if judged.verdict != "disagree" and _digits(one) < _digits(other):
            return "rounded copy"
    return None


def _interval(claim: Claim) -> Interval:
    return Interval(claim.low, claim.high)


def _digits(claim: Claim) -> int:
    """How many digits a value carries, zeros at the end left out."""
    value = claim.value or Fraction(0)
    while value.denominator > 1 and value.denominator <= 10**6:
        value *= 10
    return len(str(value.numerator).rstrip("0"))


def _telling(value: Fraction) -> bool:
    return value.denominator == 1 and len(str(abs(value.numerator)).rstrip("0")) >= _TELLING


def _apart(a: Cited, b: Cited) -> Agreement | None:
    """Two comparable figures that differ: revised by its compiler, or in conflict.

    Without a period, two figures are only set against each other if printed within a month: those
    of other years are other figures.
    """
    one, other = a.claim.value or Fraction(0), b.claim.value or Fraction(0)
    near = abs(one - other) <= _REVISION * max(abs(one), abs(other))
    if near and a.compiler and a.compiler == b.compiler and a.published != b.published:
        reason = f"both from {a.compiler}, printed at different times"
        return Agreement("revised", "undetermined", (a, b), _both(a, b), reason)
    period = same_period(a.claim.period, b.claim.period, published=(a.published, b.published))
    if period is True:
        return Agreement("conflict", "disagree", (a, b), _both(a, b))
    if not _printed_together(a.published, b.published):
        return None
    reason = "it is not known whether they are of the same period"
    return Agreement("conflict", "undetermined", (a, b), _both(a, b), reason)


def _printed_together(one: str | None, other: str | None) -> bool:
    if one is None or other is None or min(len(one), len(other)) < len("2018-05"):
        return False
    months = (12 * int(date[:4]) + int(date[5:7]) for date in (one, other))
    return abs(next(months) - next(months)) <= 1


def _both(a: Cited, b: Cited) -> str:
    return f"{_cited(a)}; {_cited(b)}"


def _cited(one: Cited) -> str:
    return f"{one.printed} ({', '.join(filter(None, (one.outlet, one.published))) or one.article})"


def _open(unknown: Sequence[str]) -> str | None:
    open_ = [name for name in unknown if name in ("area", "period")]
    return f"not known to differ in {' or '.join(open_)}" if open_ else None


# Over many articles


def agreements(cited: Iterable[Cited]) -> Iterator[Agreement]:
    """Figures that several articles give: copies in one answer each, then what differs.

    Args:
        cited: Claims of any number of articles.

    Yields:
        Copies of one figure first, those in most articles leading; then pairs of figures.
    """
    for alike in _by_thing(cited):
        clusters = _clusters(alike)
        yield from (_copies(cluster) for cluster in clusters if len(cluster) > 1)
        for one, other in combinations(clusters, 2):
            found = relate(one[0], other[0])
            if found and found.relation not in ("same figure", "rounded copy"):
                yield found


def _by_thing(cited: Iterable[Cited]) -> list[list[Cited]]:
    """Figures of one noun and unit, the most exact first."""
    groups: defaultdict[tuple[str, str], list[Cited]] = defaultdict(list)
    for one in cited:
        thing = thing_of(one.claim.counted)
        if thing is not None and one.claim.value is not None:
            groups[thing.head, dimension(one.claim)].append(one)
    large = sorted((g for g in groups.values() if len(g) > 1), key=len, reverse=True)
    return [sorted(g[:MOST_ALIKE], key=lambda c: -_digits(c.claim)) for g in large]


def _clusters(alike: Sequence[Cited]) -> list[list[Cited]]:
    """Each figure joins the first one of which it is a copy."""
    clusters: list[list[Cited]] = []
    for one in alike:
        for cluster in clusters:
            if _is_copy(cluster[0], one):
                if one.article not in {member.article for member in cluster}:
                    cluster.append(one)
                break
        else:
            clusters.append([one])
    return clusters


def _is_copy(leader: Cited, one: Cited) -> bool:
    if leader.article == one.article:
        same = leader.claim.value == one.claim.value
        return same and compare(leader.claim, one.claim).comparable is not False
    found = relate(leader, one)
    return found is not None and found.relation in ("same figure", "rounded copy")


def _copies(cluster: Sequence[Cited]) -> Agreement:
    exact = all(one.claim.value == cluster[0].claim.value for one in cluster)
    relation: Relation = "same figure" if exact else "rounded copy"
    shown = "; ".join(map(_cited, cluster))
    found = Agreement(relation, "agree" if exact else "agree_if_coarse", tuple(cluster), shown)
    return Agreement(relation, found.verdict, found.figures, shown, _released(found))


def _released(found: Agreement) -> str:
    articles, known = len(found.figures), len(found.compilers)
    who = f"by {', '.join(found.compilers)}" if known else "by nobody named"
    return f"in {articles} articles, released {who}"
