"""Fingerprints of texts in their tables: entered, and looked up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from typing import Literal

from newsmine.index.database import Database

Marks = Literal["quote_marks", "article_marks"]

POSTINGS = 64
"""Texts under one fingerprint, at most; what more share is a phrase, and says little."""

_OF = {"quote_marks": "quote", "article_marks": "article"}
_THERE = {"quote_marks": "prints", "article_marks": "copies"}


def enter_marks(database: Database, table: Marks, ident: int, marks: Collection[int]) -> None:
    """Enter the fingerprints of a text; those that are there already stay."""
    sql = f"INSERT OR IGNORE INTO {table} SELECT value, ? FROM json_each(?) ORDER BY value"
    database.execute(sql, (ident, json.dumps(list(marks))))


def take_marked(database: Database, table: Marks) -> list[int]:
    """Take all fingerprints away; the ids of the texts that had some and are not gone."""
    column = _OF[table]
    sql = f"SELECT DISTINCT {column} FROM {table} JOIN {_THERE[table]} USING ({column}) ORDER BY 1"
    found = [row[0] for row in database.rows(sql)]
    database.execute(f"DELETE FROM {table}")
    return found


def sharing(database: Database, table: Marks, marks: Collection[int], ident: int) -> Counter[int]:
    """How many fingerprints each other text shares, those of texts that are gone left out."""
    column = _OF[table]
    # A list of each fingerprint in one statement: SQLite has no limit for each otherwise.
    sql = f"""SELECT (SELECT json_group_array({column}) FROM (
        SELECT {column} FROM {table} JOIN {_THERE[table]} USING ({column})
        WHERE mark = value AND {column} != ? LIMIT {POSTINGS}) AS few) FROM json_each(?)"""
    counts: Counter[int] = Counter()
    for row in database.rows(sql, (ident, json.dumps(sorted(marks)))):
        counts.update(json.loads(row[0]))
    return counts
