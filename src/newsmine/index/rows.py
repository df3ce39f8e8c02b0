"""Rows as they are given out: their columns, plain values, and a stream that holds few at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from newsmine.index.database import Database
from newsmine.index.query import What

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
VIEWS: Mapping[What, str] = {"quotes": "quotes", "claims": "figures"}

_LISTS = frozenset(
    {"content", "source", "cue", "raw_content", "raw_source", "raw_cue", "span", "raw_span"}
    | {"reasons", "topics"}
)
_NUMBERS = frozenset({"value", "low", "high"})

FIRST, AT_ONCE = 20, 50
"""Rows that are read at once: few at first, so that the first come soon, and never many, since each
may hold a whole text."""

HELD = 500_000
"""Characters of rows in memory, about: of long texts fewer are read at once."""

Row = dict[str, Any]


class RowStream(Iterator[Row]):
    """Rows one by one, as plain dicts; ``columns`` are their keys, known even when none comes."""

    def __init__(self, columns: Sequence[str], rows: Iterator[Row]) -> None:
        self.columns, self._rows = tuple(columns), rows

    def __next__(self) -> Row:
        return next(self._rows)


def framed(rows: RowStream) -> DataFrame:
    """Rows as a table; its columns are there even when no row is."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(rows.columns))


def rows_with(database: Database, what: What, ids: Iterable[int]) -> Iterator[tuple[int, Row]]:
    """The rows of quotes or figures by their ids, in the order of these, each with its own.

    The ids may come from a statement that still runs: first which rows, then what they say. A view
    in one statement with an order would put together every row before the first is given out.
    """
    columns = COLUMNS[what]
    sql = f"""SELECT id, {", ".join(columns)} FROM {VIEWS[what]}
        WHERE id IN (SELECT value FROM json_each(?))"""
    left, size = iter(ids), FIRST
    while some := list(islice(left, size)):
        found = {row[0]: row for row in database.rows(sql, (json.dumps(some),))}
        size = _next_size(found.values())
        for ident in some:
            # Somebody may have removed one since.
            if row := found.pop(ident, None):
                _, *values = row
                yield ident, plain_row(values, columns)


def _next_size(rows: Collection[Iterable[Any]]) -> int:
    """How many rows to read when these are given out, if the next ones are as long."""
    long = sum(len(value) for row in rows for value in row if isinstance(value, str))
    return max(1, min(AT_ONCE, HELD * len(rows) // max(long, 1)))


def plain_row(values: Iterable[Any], columns: tuple[str, ...]) -> Row:
    """Values of the tables, in the order of the columns, as plain ones: lists, whole numbers."""
    row = dict(zip(columns, values, strict=True))
    lists, numbers = _kinds(columns)
    for name in lists:
        if (text := row[name]) is not None:
            row[name] = [] if text == "[]" else json.loads(text)
    for name in numbers:
        # 22724 rather than 22724.0, as in the JSON of an extraction.
        if (value := row[name]) is not None and value.is_integer():
            row[name] = int(value)
    return row


@cache
def _kinds(columns: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(n for n in columns if n in _LISTS), tuple(n for n in columns if n in _NUMBERS)
