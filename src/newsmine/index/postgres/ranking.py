"""How well rows fit what is looked for: BM25, as FTS5 reckons it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from newsmine.index.postgres.rows import Row
from newsmine.index.postgres.statements import Values
from newsmine.index.postgres.words import Part, condition, phrases_of, stretch

Ask = Callable[[str, Sequence[Any]], list[Row]]
"""Gives the rows of a statement in PostgreSQL's words."""

_K1, _B = 1.2, 0.75
"""As FTS5 has them."""
_EXACT = 100_000
"""Rows that are counted rather than reckoned."""


def rank(ask: Ask, table: str, part: Part, value: Values) -> str:
    """How badly a row fits, as BM25 of FTS5 has it: the better, the more below 0."""
    rows, average = _measures(ask, table)
    each = []
    for phrase in dict.fromkeys(phrases_of(part)):
        counted = Values()
        sql = f"SELECT count(*) FROM {table} WHERE {condition(table, phrase, counted)}"
        hits = ask(sql, counted.given)[0][0]
        weight = max(math.log((rows - hits + 0.5) / (hits + 0.5)) if rows > hits else 0, 1e-6)
        times = f"times({table}.plain, {value(stretch(phrase))})"
        long = f"{_K1 * (1 - _B)} + {_K1 * _B / average!r} * {table}.size"
        each.append(f"{weight!r} * {times} * {_K1 + 1} / ({times} + {long})")
    return f"-({' + '.join(each) or 0})"


def _measures(ask: Ask, table: str) -> tuple[int, float]:
    """How many rows a table of words has, and how many words each on average.

    Of a large one as the server reckons it: a walk through all would take longer than the
    question.
    """
    sql = f"SELECT reltuples::bigint FROM pg_class WHERE oid = '{table}'::regclass"
    rows = ask(sql, ())[0][0]
    part = " TABLESAMPLE SYSTEM (1)" if rows > _EXACT else ""
    sql = f"SELECT count(*), coalesce(avg(size), 1)::float8 FROM {table}{part}"
    counted, average = ask(sql, ())[0]
    return (rows if part else counted), max(average, 1.0)
