"""The words of rows that were written, made before the writer commits or looks for some."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from newsmine.index.postgres.ranking import Ask
from newsmine.index.postgres.statements import array
from newsmine.index.postgres.words import TABLES, Tokenizer, plain_of, vector_of

_AT_ONCE = 2_000
"""Rows whose words are made at a time."""


def make_words(ask: Ask, tokenizer: Tokenizer) -> None:
    """Make the words of all rows that triggers noted in this transaction."""
    sql = "SELECT base, array_agg(DISTINCT row) FROM pg_temp.to_be_worded GROUP BY base"
    waiting = {row[0]: row[1] for row in ask(sql, ())}
    if not waiting:
        return
    ask("DELETE FROM pg_temp.to_be_worded", ())
    for table, worded in TABLES.items():
        ids = waiting.get(worded.base, ())
        for first in range(0, len(ids), _AT_ONCE):
            _make(ask, tokenizer, table, ids[first : first + _AT_ONCE])


def _make(ask: Ask, tokenizer: Tokenizer, table: str, ids: Sequence[int]) -> None:
    worded = TABLES[table]
    size, named = len(worded.columns), not worded.stems
    sql = f"""SELECT {worded.key}, {", ".join(worded.columns)} FROM {worded.base}
        WHERE {worded.key} = ANY($1::bigint[])"""
    rows = ask(sql, (list(ids),))
    words = tokenizer.words([text for row in rows for text in row[1:]], stems=worded.stems)
    made: list[list[Any]] = [[], [], [], [], []]
    for number, row in enumerate(rows):
        columns = words[number * size : (number + 1) * size]
        held = (row[0], plain_of(columns), sum(map(len, columns)), vector_of(columns), row[1])
        for values, value in zip(made, held, strict=True):
            values.append(value)
    arrays = [array(json.dumps(one))[0] for one in made[: 4 + named]]
    ask(_sql(table, named=named), arrays)


def _sql(table: str, *, named: bool) -> str:
    """Puts words into their table, and the name itself beside those of a name."""
    name = ", name" * named
    return f"""INSERT INTO {table} (rowid, plain, size, words{name})
        SELECT rowid, plain, size, words::tsvector{name} FROM unnest(
            $1::bigint[], $2::text[], $3::integer[], $4::text[]{", $5::text[]" * named}
        ) AS made (rowid, plain, size, words{name})
        ON CONFLICT (rowid) DO UPDATE SET plain = excluded.plain, size = excluded.size,
        words = excluded.words{", name = excluded.name" * named}"""
