"""By what the hits of a search can be narrowed: how many there are of each organisation, year, …"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from newsmine.index.database import Database
from newsmine.index.identity.tables import SPEAKER, labels_of, names_of
from newsmine.index.plan import Plan
from newsmine.index.query import What

FACETED = 20_000
"""Facets count so many hits, unless told otherwise; of more, the newest."""
SHOWN = 20
"""Values of a facet, the most frequent."""

FACETS: Mapping[What, tuple[str, ...]] = MappingProxyType(
    {
        "quotes": ("organisation", "speaker", "outlet", "year", "topic", "kind"),
        "claims": ("organisation", "speaker", "outlet", "year", "topic", "form"),
    }
)
_YEAR = "substr(articles.published, 1, 4)"
Counts = Counter[str | int | None]


@dataclass(frozen=True, slots=True)
class Facet:
    """How many hits have each value, most first; ``None`` is unknown.

    ``distinct`` values there are in all; ``counts`` holds the first ``SHOWN``.
    """

    name: str
    counts: tuple[tuple[str | None, int], ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Facets of a search: of all its hits if ``exact``, else of the ``counted`` newest ones."""

    facets: tuple[Facet, ...]
    counted: int
    exact: bool

    def __getitem__(self, name: str) -> Facet:
        return next(facet for facet in self.facets if facet.name == name)


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids of quotes or figures, and for each facet a list of the values that these have."""

    ids: Sequence[int]
    values: tuple[Sequence[str | int | None], ...]


def hits_of(
    database: Database,
    plan: Plan,
    what: What,
    *,
    sort: str | None = None,
    limit: int | None = None,
) -> Hits:
    """What a plan finds, as far as facets look at it.

    As one row: 20,000 of them through Python took six times as long, and a server's other threads
    stood still meanwhile.
    """
    columns = f"hit.organisation, {SPEAKER}, articles.outlet, {_YEAR}, hit.topics"
    sql, values = plan.select(f"hit.id, {columns}, hit.{FACETS[what][-1]}", sort=sort, limit=limit)
    names = ["id", *(f"facet{number}" for number, _ in enumerate(FACETS[what]))]
    lists = ", ".join(f"json_group_array({name})" for name in names)
    row = database.row(
        f"WITH found ({', '.join(names)}) AS ({sql}) SELECT {lists} FROM found", values
    )
    ids, *listed = (json.loads(text) for text in row or ["[]"] * len(names))
    return Hits(ids, tuple(listed))


def facets_of(database: Database, what: What, hits: Hits, *, exact: bool) -> Facets:
    """The hits by each facet. A hit with several topics counts for each."""
    each = zip(FACETS[what], hits.values, strict=True)
    facets = tuple(_facet(database, name, values) for name, values in each)
    return Facets(facets, len(hits.ids), exact)


def _facet(database: Database, name: str, values: Iterable[str | int | None]) -> Facet:
    counts = each_topic(Counter(values)) if name == "topic" else Counter(values)
    named = name in ("organisation", "speaker")
    if named:
        counts = _together(database, name, counts)
    shown = _most(counts)
    names = names_of(database, name, (i for i, _ in shown)) if named else {}
    rows = ((None if v is None else names.get(v, str(v)), n) for v, n in shown)
    return Facet(name, tuple(rows), len(counts))


def _most(counts: Counts) -> list[tuple[str | int | None, int]]:
    """Most first; of as many, in the order of their names, as far as ids can tell."""
    least = min(heapq.nlargest(SHOWN, counts.values()), default=0)
    many = (one for one in counts.items() if one[1] >= least)
    return sorted(many, key=lambda one: (-one[1], one[0] is None, str(one[0])))[:SHOWN]


def _together(database: Database, column: str, counts: Counts) -> Counts:
    """Names of one person or organisation under what it is called: counts by label or id."""
    labels = labels_of(database, column, (i for i in counts if i is not None))
    if not labels:
        return counts
    sums: Counts = Counter()
    for ident, count in counts.items():
        sums[labels.get(ident, ident) if isinstance(ident, int) else ident] += count
    return sums


def each_topic(counts: Mapping[str | int | None, int]) -> Counter[str | int | None]:
    """Counts of topics out of counts of lists of them; None is without any."""
    single: Counter[str | int | None] = Counter()
    for listed, count in counts.items():
        for topic in json.loads(str(listed or "[]")) or [None]:
            single[topic] += count
    return single
