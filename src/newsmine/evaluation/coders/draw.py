"""A random draw of rows, stratified, the same for the same seed and rows."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from newsmine.errors import QueryError
from newsmine.export.permalink import permalink
from newsmine.index.texts import context_of

if TYPE_CHECKING:
    from newsmine.index import Index

What = Literal["quotes", "claims"]
Row = Mapping[str, Any]

BY: Mapping[str, Callable[[Row], str | None]] = {
    "outlet": lambda row: row["outlet"],
    "year": lambda row: row["published"] and row["published"][:4],
    "decade": lambda row: row["published"] and f"{row['published'][:3]}0s",
    "kind": lambda row: row["kind"],
    "type": lambda row: row["type"],
    "organisation": lambda row: row["organisation"],
    "form": lambda row: row.get("form"),
}
"""What rows can be parted by."""

OTHERS = "(others)"
"""The stratum of those too small for a row of their own."""
_UNKNOWN = "(unknown)"


@dataclass(frozen=True, slots=True)
class Stratum:
    """Rows that are alike in what was asked for: how many there are, and how many were drawn."""

    name: str
    rows: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows that were drawn, in random order, each with its stratum, context and permalink.

    ``index`` is what the index says of itself, ``query`` the line that chose the rows.
    """

    what: What
    rows: tuple[Row, ...]
    strata: tuple[Stratum, ...]
    by: tuple[str, ...]
    seed: int
    query: str
    index: Mapping[str, Any]


def draw(
    index: Index,
    count: int,
    *,
    what: What = "quotes",
    by: Sequence[str] = (),
    seed: int = 1,
    query: str = "",
) -> Drawn:
    """Draw rows of an index at random.

    Strata get rows in proportion to their size, at least one each; where there are more strata
    than that allows, the smallest are one. Which rows are drawn hangs on the seed and their ids
    alone, so that the draw can be repeated from the same index, on any machine.

    Args:
        index: Where from.
        count: How many rows; all, where there are fewer.
        what: Of which table.
        by: Names of ``BY`` that part the rows.
        seed: Another one draws other rows.
        query: A query line that chooses among the rows.

    Raises:
        QueryError: There is no row, or an argument makes no sense.
    """
    from newsmine.export.selection import described_index

    _check(count, by)
    sizes, kept = _pools(_rows(index, what, query), count, by, seed)
    if not sizes:
        raise QueryError("sample", f"there are no {what} to draw from", "Ask for others")
    named, strata = _allotted(sizes, count)
    drawn = _taken(kept, named, strata)
    rows = tuple(_with_passage(index, row, stratum, len(drawn)) for stratum, row in drawn)
    return Drawn(what, rows, strata, tuple(by), seed, query, described_index(index))


def _check(count: int, by: Sequence[str]) -> None:
    if count < 1:
        raise QueryError(f"sample of {count}", "holds no row", "Give 1 or more")
    if unknown := [name for name in by if name not in BY]:
        raise QueryError(f"by {unknown[0]!r}", "is unknown", f"Take of {', '.join(BY)}")


def _rows(index: Index, what: What, query: str) -> Iterable[Row]:
    if not query:
        return index.iter_quotes() if what == "quotes" else index.iter_claims()
    found = index.search(query, limit=None)
    if found.what != what:
        raise QueryError("query", f"finds {found.what}, not {what}", f"Draw {found.what}")
    return found.stream()


_Kept = list[tuple[int, Row]]


def _pools(
    rows: Iterable[Row], count: int, by: Sequence[str], seed: int
) -> tuple[Counter[str], dict[str, _Kept]]:
    """How large each stratum is, and of each the rows that would be drawn first."""
    sizes: Counter[str] = Counter()
    kept: dict[str, list[tuple[int, int, Row]]] = {}
    for number, row in enumerate(rows):
        name = " / ".join(BY[one](row) or _UNKNOWN for one in by) or "all"
        sizes[name] += 1
        # The rows with the least lots stay; numbers keep rows themselves from being compared.
        pool, entry = kept.setdefault(name, []), (-_lot(seed, row), number, row)
        if len(pool) < count:
            heapq.heappush(pool, entry)
        else:
            heapq.heappushpop(pool, entry)
    return sizes, {n: [(-lot, row) for lot, _, row in pool] for n, pool in kept.items()}


def _lot(seed: int, row: Row) -> int:
    digest = hashlib.sha256(f"{seed}|{row_id(row)}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big")


def row_id(row: Row) -> str:
    """What a row is known by in every index of the same articles."""
    return f"{row['article']}/{row['claim'] if 'claim' in row else row['attribution']}"


def _allotted(sizes: Counter[str], count: int) -> tuple[dict[str, str], tuple[Stratum, ...]]:
    """The stratum that each becomes a part of, and how many rows each gives."""
    most = max(1, count // 2)
    large = [name for name, _ in sorted(sizes.items(), key=lambda one: (-one[1], one[0]))]
    own = large if len(large) <= most else large[: most - 1]
    named = {name: name if name in own else OTHERS for name in sizes}
    joined: Counter[str] = Counter()
    for name, size in sizes.items():
        joined[named[name]] += size
    shares = _proportional(joined, min(count, sizes.total()))
    return named, tuple(Stratum(name, joined[name], shares[name]) for name in sorted(joined))


def _proportional(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """One each, the others as seats are given by Sainte-Laguë, never more than there are."""
    shares = dict.fromkeys(sizes, 1)
    for _ in range(count - len(sizes)):
        free = [name for name in sizes if shares[name] < sizes[name]]
        shares[max(free, key=lambda name: (sizes[name] / (2 * shares[name] + 1), name))] += 1
    return shares


def _taken(
    kept: Mapping[str, _Kept], named: Mapping[str, str], strata: Sequence[Stratum]
) -> list[tuple[Stratum, Row]]:
    """The rows with the least lots of each stratum, in the order of their lots."""
    pools: dict[str, _Kept] = {}
    for name, pool in kept.items():
        pools.setdefault(named[name], []).extend(pool)
    drawn = [
        (lot, stratum, row)
        for stratum in strata
        for lot, row in sorted(pools[stratum.name], key=lambda one: one[0])[: stratum.drawn]
    ]
    return [(stratum, row) for _, stratum, row in sorted(drawn, key=lambda one: one[0])]


def _with_passage(index: Index, row: Row, stratum: Stratum, rows: int) -> Row:
    article = index.article(row["article"]).article
    spans = [row["span"]] if "span" in row else row["content"]
    span = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    sha256 = article.raw.sha256 if article.raw else None
    return {
        **row,
        "id": row_id(row),
        "context": context_of(article.text, span),
        "permalink": permalink(article.text, span, sha256=sha256).url(),
        "stratum": stratum.name,
        "stratum_rows": stratum.rows,
        "stratum_drawn": stratum.drawn,
        "rows_drawn": rows,
    }
