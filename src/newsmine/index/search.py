"""The keywords of ``Index.quotes`` and its like, asked as what they are: a query line.

What each filter means stands once, in ``conditions``; ``query`` says how the keywords match.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsmine.errors import QueryError
from newsmine.index.database import Database
from newsmine.index.plan import Plan
from newsmine.index.query import Query, What, iso_date, words_of
from newsmine.index.query_fields import Text
from newsmine.index.query_line import Filter, Item, QueryLine, Term, Words
from newsmine.index.rows import COLUMNS, VIEWS, Row, RowStream, framed, plain_row, rows_with
from newsmine.index.texts import storable

if TYPE_CHECKING:
    from pandas import DataFrame


def stream(database: Database, query: Query) -> RowStream:
    """The rows that pass all filters of a query, in its order."""
    plan = Plan(database, line_of(query), query.what)
    found = plan.rows("hit.id", sort=query.sort or "date", limit=query.limit)
    rows = rows_with(database, query.what, (row[0] for row in found))
    return RowStream(COLUMNS[query.what], (row for _, row in rows))


def line_of(query: Query) -> QueryLine:
    """The query line that asks for the same."""
    return QueryLine(tuple(item for items in _items(query).values() for item in items))


def _items(query: Query) -> dict[str, tuple[Item, ...]]:
    """The parts of the line that each filter stands for."""
    return {name: _parts(name, value) for name, value in query.filters().items()}


def _parts(name: str, value: Any) -> tuple[Item, ...]:
    if name == "text":
        found = words_of(name, value)
        return tuple(
            Words((Term((text,), "prefix" if more else "phrase"),)) for text, more in found
        )
    text = iso_date(name, value) if name in ("since", "until") else storable(value)
    return (Filter(name, (Text(text),)),)


def one_row(database: Database, article: str, ident: str) -> Row:
    """The row of one quote or figure, by its article's id and its own: "a1", "c1".

    Raises:
        QueryError: There is none, or it was dropped.
    """
    for what, column in _IDS.items():
        names = ", ".join(COLUMNS[what])
        sql = f"SELECT {names} FROM {VIEWS[what]} WHERE article = ? AND {column} = ?"
        if found := database.row(sql, (storable(article), storable(ident))):
            return plain_row(found, COLUMNS[what])
    remedy = "It may have been dropped; the journal of corrections says so"
    raise QueryError(f"{article}:{ident}", "is no quote or figure in this index", remedy)


_IDS: Mapping[What, str] = {"quotes": "attribution", "claims": "claim"}


def frame(database: Database, query: Query) -> DataFrame:
    """The same rows as a table."""
    return framed(stream(database, query))


def count(database: Database, query: Query) -> int:
    """How many rows pass all filters, whatever the limit."""
    return Plan(database, line_of(query), query.what).count()


@dataclass(frozen=True, slots=True)
class FilterEffect:
    """One filter of a query that found nothing.

    ``alone`` rows pass this filter on its own; ``without`` pass all the others.
    """

    name: str
    value: str
    alone: int
    without: int


@dataclass(frozen=True, slots=True)
class Emptied:
    """Why a query found nothing. ``str()`` says it in one sentence.

    ``total`` rows are in the index, ``found`` pass all filters.
    """

    what: What
    total: int
    found: int
    filters: tuple[FilterEffect, ...]

    def __str__(self) -> str:
        if self.found:
            return f"{self.found:,} {self.what} pass all filters."
        if not self.total:
            return f"The index holds no {self.what} at all."
        nothing = [f"{f.name} {f.value!r}" for f in self.filters if not f.alone]
        if nothing:
            also = self._without([f for f in self.filters if not f.alone and f.without])
            return f"No {self.what}: none in the index has {' or '.join(nothing)}.{also}"
        eased = self._without([f for f in self.filters if f.without])
        each = ", ".join(f"{f.name} {f.value!r} {f.alone:,}" for f in self.filters)
        return f"No {self.what} pass all filters together; each alone passes: {each}.{eased}"

    @staticmethod
    def _without(filters: Sequence[FilterEffect]) -> str:
        if not filters:
            return ""
        return f" Without {', without '.join(f'{f.name}: {f.without:,}' for f in filters)}."


def which_filter_emptied(database: Database, query: Query) -> Emptied:
    """Ask again with each filter alone, and with each one dropped."""
    effects = (
        FilterEffect(
            name=name,
            value=str(value),
            alone=count(database, query.only(name)),
            without=count(database, query.without(name)),
        )
        for name, value in query.filters().items()
    )
    total = count(database, query.only())
    return Emptied(query.what, total, count(database, query), tuple(effects))
