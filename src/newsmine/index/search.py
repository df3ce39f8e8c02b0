"""The queries: everything above the index asks here. Full-text and name filters: see ``query``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsmine.errors import QueryError
from newsmine.index.conditions import named, outlets
from newsmine.index.database import Database
from newsmine.index.identity.tables import rows_of
from newsmine.index.query import (
    Query,
    What,
    iso_date,
    latest,
    parents,
    word_expression,
)
from newsmine.index.texts import storable
from newsmine.index.topics.stored import known_topic

if TYPE_CHECKING:
    from pandas import DataFrame

QUOTE_COLUMNS = (
    *("quote", "kind", "speaker", "type", "role", "organisation"),
    *("outlet", "published", "headline", "byline", "article", "path", "attribution"),
    *("content", "source", "cue", "raw_content", "raw_source", "raw_cue"),
    *("confidence", "reasons", "checked", "checked_by", "correction"),
    *("printed", "saying", "topics"),
)
CLAIM_COLUMNS = (
    *("text", "value", "low", "high", "form", "approximator", "unit", "counted", "population"),
    *("direction", "base", "period", "area", "status"),
    *("speaker", "type", "role", "organisation", "kind", "context"),
    *("outlet", "published", "headline", "byline", "article", "path", "claim", "attribution"),
    *("span", "raw_span", "reasons", "checked", "checked_by", "correction"),
    "topics",
)
COLUMNS: Mapping[What, tuple[str, ...]] = {"quotes": QUOTE_COLUMNS, "claims": CLAIM_COLUMNS}

_VIEWS: Mapping[What, str] = {"quotes": "quotes", "claims": "figures"}
_WORDS: Mapping[What, str] = {"quotes": "quote_words", "claims": "claim_words"}
_LISTS = frozenset(
    {"content", "source", "cue", "raw_content", "raw_source", "raw_cue", "span", "raw_span"}
    | {"reasons", "topics"}
)
_NUMBERS = frozenset({"value", "low", "high"})

Row = dict[str, Any]
Condition = tuple[str, tuple[Any, ...]]
"""A piece of SQL and the values for its question marks."""
_Condition = Callable[[Database, What, Any], Condition]


class RowStream(Iterator[Row]):
    """Rows one by one, as plain dicts; ``columns`` are their keys, known even when none comes."""

    def __init__(self, columns: Sequence[str], rows: Iterator[Row]) -> None:
        self.columns, self._rows = tuple(columns), rows

    def __next__(self) -> Row:
        return next(self._rows)


def stream(database: Database, query: Query) -> RowStream:
    """The rows that pass all filters of a query, in its order."""
    columns = COLUMNS[query.what]
    tables, where, values = _from_where(database, query)
    names = ", ".join(f"found.{name}" for name in columns)
    sql = f"SELECT {names} FROM {tables} WHERE {where} ORDER BY {_order(query)}"
    if query.limit is not None:
        sql += f" LIMIT {int(query.limit)}"
    return RowStream(columns, (plain_row(row, columns) for row in database.rows(sql, values)))


def one_row(database: Database, article: str, ident: str) -> Row:
    """The row of one quote or figure, by its article's id and its own: "a1", "c1".

    Raises:
        QueryError: There is none, or it was dropped.
    """
    for what, column in _IDS.items():
        sql = f"SELECT * FROM {_VIEWS[what]} WHERE article = ? AND {column} = ?"
        if found := database.row(sql, (storable(article), storable(ident))):
            return plain_row(found, COLUMNS[what])
    remedy = "It may have been dropped; the journal of corrections says so"
    raise QueryError(f"{article}:{ident}", "is no quote or figure in this index", remedy)


_IDS: Mapping[What, str] = {"quotes": "attribution", "claims": "claim"}


def frame(database: Database, query: Query) -> DataFrame:
    """The same rows as a table."""
    return framed(stream(database, query))


def framed(rows: RowStream) -> DataFrame:
    """Rows as a table; its columns are there even when no row is."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(rows.columns))


def count(database: Database, query: Query) -> int:
    """How many rows pass all filters, whatever the limit."""
    tables, where, values = _from_where(database, query)
    return database.number(f"SELECT count(*) FROM {tables} WHERE {where}", values)


def plain_row(row: sqlite3.Row, columns: Sequence[str]) -> Row:
    """Columns of a row of the tables as plain values: lists, whole numbers, text, None."""
    return {name: _value(name, row[name]) for name in columns}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _LISTS:
        return json.loads(value)
    # 22724 rather than 22724.0, as in the JSON of an extraction.
    return int(value) if name in _NUMBERS and value.is_integer() else value


def _from_where(database: Database, query: Query) -> tuple[str, str, tuple[Any, ...]]:
    tables = f"{_VIEWS[query.what]} AS found"
    given = query.filters().items()
    conditions = [condition(database, name, value, query.what) for name, value in given]
    if query.text is not None:
        words = _WORDS[query.what]
        # The words first: an index of words is only fast when it is asked once.
        tables = f"{words} CROSS JOIN {tables} ON found.id = {words}.rowid"
    where = " AND ".join(f"({sql})" for sql, _ in conditions) or "TRUE"
    return tables, where, tuple(value for _, values in conditions for value in values)


def _order(query: Query) -> str:
    # Article by article, and in each in the order of the text.
    return f"{_ORDERS[query.sort or 'date']}, found.article, found.id"


_ORDERS = {
    "date": "found.published DESC NULLS LAST",
    "outlet": "found.outlet COLLATE NOCASE NULLS LAST, found.published DESC",
    "organisation": "found.organisation COLLATE NOCASE NULLS LAST, found.published DESC",
    "speaker": "found.speaker COLLATE NOCASE NULLS LAST, found.published DESC",
    "confidence": "found.confidence DESC",
    "rank": "rank",
}


def _of_name(name: str, column: str) -> _Condition:
    """All names of who is called so: see ``newsmine.index.conditions.named``."""
    article = "(SELECT number FROM articles WHERE id = found.article)"
    return lambda database, what, value: rows_of(column, article, named(database, name, value))


def _of_outlet(database: Database, what: What, value: str) -> Condition:
    names, values = outlets(value)
    return f"found.outlet IN ({names})", values


def _equal(column: str) -> _Condition:
    return lambda database, what, value: (f"found.{column} = ?", (value,))


def _since(database: Database, what: What, value: str) -> Condition:
    date = iso_date("since", value)
    wider = parents(date)
    marks = ", ".join("?" * len(wider))
    return f"found.published >= ? OR found.published IN ({marks})", (date, *wider)


def _until(database: Database, what: What, value: str) -> Condition:
    return "found.published <= ?", (latest(iso_date("until", value)),)


def _topic(database: Database, what: What, value: str) -> Condition:
    return "instr(found.topics, ?)", (f'"{known_topic(database, value)}"',)


def _text(database: Database, what: What, value: str) -> Condition:
    return f"{_WORDS[what]} MATCH ?", (word_expression("text", value),)


def _counted(database: Database, what: What, value: str) -> Condition:
    ids = "SELECT rowid FROM counted_words WHERE counted_words MATCH ?"
    return f"found.id IN ({ids})", (word_expression("counted", value),)


_CONDITIONS: Mapping[str, _Condition] = {
    "org": _of_name("org", "found.organisation_id"),
    "speaker": _of_name("speaker", "found.speaker_id"),
    "outlet": _of_outlet,
    "since": _since,
    "until": _until,
    "kind": _equal("kind"),
    "text": _text,
    "topic": _topic,
    "form": _equal("form"),
    "counted": _counted,
}


def condition(database: Database, name: str, value: Any, what: What) -> Condition:
    """One filter as SQL on a view that is called ``found``."""
    return _CONDITIONS[name](database, what, value)


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
