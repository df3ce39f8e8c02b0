"""Speakers and organisations as rows: a name has one as long as any article uses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from newsmine.index.database import Database
from newsmine.index.records import Row

_NAMES = (("speakers", "speaker"), ("organisations", "organisation"))

Name = tuple[str, str, int]
"""Table, the column that points to it, id."""
Known = Mapping[tuple[str, ...], int]
"""Ids that names had before, by their table and their key there."""


def used_by(database: Database, article: int) -> set[Name]:
    """The names that an article uses."""
    used: set[Name] = set()
    for table, column in _NAMES:
        for child in ("attributions", "claims"):
            sql = f"SELECT DISTINCT {column} FROM {child} WHERE article = ? AND {column} NOT NULL"
            used |= {(table, column, row[0]) for row in database.rows(sql, (article,))}
    return used


def forget_unused(database: Database, names: Iterable[Name]) -> None:
    """After the new rows are in, so that a name which is still used keeps its id."""
    for table, column, ident in set(names):
        uses = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {child} WHERE {column} = ?1)"
            for child in ("attributions", "claims")
        )
        database.execute(f"DELETE FROM {table} WHERE id = ?1 AND {uses}", (ident,))


def with_ids(database: Database, row: Row, known: Known | None = None) -> Row:
    """The row with the ids of its speaker and organisation in place of their names."""
    if "speaker_type" not in row:
        return row
    who = {"name": row["speaker"], "type": row["speaker_type"]}
    whose = {"name": row["organisation"]}
    return row | {
        "speaker": _id_of(database, "speakers", who, known or {}),
        "organisation": _id_of(database, "organisations", whose, known or {}),
    }


def _id_of(database: Database, table: str, key: dict[str, Any], known: Known) -> int | None:
    if key["name"] is None:
        return None
    where = " AND ".join(f"{column} = ?" for column in key)
    found = database.row(f"SELECT id FROM {table} WHERE {where}", tuple(key.values()))
    if found:
        return int(found[0])
    if (before := known.get((table, *key.values()))) is not None:
        key = {**key, "id": before}
    marks = ", ".join("?" * len(key))
    sql = f"INSERT INTO {table} ({', '.join(key)}) VALUES ({marks})"
    return database.execute(sql, tuple(key.values()))
