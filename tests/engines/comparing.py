"""Two indexes compared table by table and row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

_TABLES = """SELECT name, type FROM pragma_table_list WHERE schema = 'main'
    AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%' ORDER BY name"""


def differences(one: Path, other: Path) -> list[str]:
    """Which tables differ, and in how many rows at which place first; none where they are equal.

    Of full text, it is checked that it fits its table; its segments lie as they were written.
    """
    found = [*map(_unsound, (one, other))]
    with closing(sqlite3.connect(one)) as a, closing(sqlite3.connect(other)) as b:
        tables = a.execute(_TABLES).fetchall()
        if tables != b.execute(_TABLES).fetchall():
            return ["they have other tables"]
        found += [_difference(a, b, name) for name, kind in tables if kind == "table"]
    return [told for told in found if told]


def _difference(a: sqlite3.Connection, b: sqlite3.Connection, table: str) -> str:
    ours, theirs = _rows(a, table), _rows(b, table)
    if ours == theirs:
        return ""
    at = next((n for n, (x, y) in enumerate(zip(ours, theirs, strict=False)) if x != y), None)
    place = "" if at is None else f", first {str(ours[at])[:300]} and {str(theirs[at])[:300]}"
    return f"{table}: {len(ours)} and {len(theirs)} rows{place}"


def _rows(connection: sqlite3.Connection, table: str) -> list[Any]:
    return connection.execute(f'SELECT * FROM "{table}"').fetchall()


def _unsound(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        wrong = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        wrong += [f"{row[0]} lacks a row" for row in connection.execute("PRAGMA foreign_key_check")]
        wrong += _unfitting(connection)
    return f"{path.name}: {wrong[:3]}" if wrong else ""


def _unfitting(connection: sqlite3.Connection) -> Iterator[str]:
    for name, kind in connection.execute(_TABLES).fetchall():
        if kind != "virtual":
            continue
        try:
            connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield f"{name}: {error}"
    connection.rollback()
