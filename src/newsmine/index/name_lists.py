"""Everybody who is in an index, page by page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from newsmine.errors import QueryError
from newsmine.index.database import Database
from newsmine.index.profiles import Field
from newsmine.index.query import phrase_expression
from newsmine.index.query_fields import did_you_mean

ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "quotes": "quotes DESC, figures DESC, ",
        "figures": "figures DESC, quotes DESC, ",
        "name": "",
    }
)
"""Most quotes first, most figures first, or by name."""
_TABLES: Mapping[Field, tuple[str, str, str]] = MappingProxyType(
    {
        "org": ("organisations", "organisation", "organisation_names"),
        "speaker": ("speakers", "speaker", "speaker_names"),
    }
)
"""The names, the column of quotes and figures that points to them, the index of their words."""


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name as articles give it, with the quotes and figures that are under it."""

    name: str
    quotes: int
    figures: int


@dataclass(frozen=True, slots=True)
class Names:
    """Some of ``total`` names."""

    total: int
    entries: tuple[NameEntry, ...]


def everybody(
    database: Database,
    field: Field,
    typed: str = "",
    *,
    sort: str = "quotes",
    limit: int = 50,
    offset: int = 0,
) -> Names:
    """The organisations ("org") or speakers ("speaker") of an index.

    Args:
        database: The index.
        field: Whose names.
        typed: Words that a name must hold, one after the other, the last perhaps a beginning;
            nothing for all.
        sort: One of ``ORDERS``.
        limit: At most so many.
        offset: Names to leave out at the beginning.

    Raises:
        QueryError: There is no such order.
    """
    if sort not in ORDERS:
        remedy = f"{did_you_mean(sort, list(ORDERS))}Take one of {', '.join(ORDERS)}"
        raise QueryError(f"sort {sort[:40]!r}", "is no order of names", remedy)
    if typed.strip() and not re.search(r"[^\W_]", typed):
        return Names(0, ())
    table, column, words = _TABLES[field]
    where, values = "", tuple[str, ...]()
    if typed.strip():
        where = f" WHERE named.id IN (SELECT rowid FROM {words} WHERE {words} MATCH ?)"
        values = (phrase_expression(typed) + " *",)
    total = database.number(f"SELECT count(DISTINCT name) FROM {table} AS named{where}", values)
    # Counted in one walk over each index; of 30,000 names in a quarter of a second.
    sql = f"""WITH {_counted("said", "attributions", column)}, {_counted("given", "claims", column)}
        SELECT name, coalesce(sum(said.n), 0) AS quotes, coalesce(sum(given.n), 0) AS figures
        FROM {table} AS named
        LEFT JOIN said ON said.id = named.id LEFT JOIN given ON given.id = named.id{where}
        GROUP BY name ORDER BY {ORDERS[sort]}name COLLATE NOCASE, name LIMIT ? OFFSET ?"""
    rows = database.rows(sql, (*values, limit, offset))
    return Names(total, tuple(NameEntry(*row) for row in rows))


def _counted(name: str, table: str, column: str) -> str:
    return f"""{name} AS MATERIALIZED
        (SELECT {column} AS id, count(*) AS n FROM {table} WHERE {column} NOT NULL GROUP BY 1)"""
