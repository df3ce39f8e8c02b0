"""Adding, replacing and removing articles: each whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from newsmine.index.database import Database
from newsmine.index.records import CHILDREN, Row, Rows, to_rows
from newsmine.index.texts import storable, storable_path
from newsmine.types import Extraction

AddResult = Literal["added", "replaced", "unchanged"]

NAMELESS_PATH = "-"
"""The path of text that came from no file: it says nothing about which article is meant."""


@dataclass(frozen=True, slots=True)
class _Present:
    number: int
    digest: str


def add(database: Database, extraction: Extraction) -> AddResult:
    """Add an article with all that was found in it, in one transaction.

    An article of the same id, or an older one of the same path, is replaced. The same extraction
    again changes nothing, even when it comes from a copy of the file under another path.

    Raises:
        IndexFileError: It cannot be written; then the index is as it was before.
        ValueError: The extraction contradicts itself.
    """
    rows = to_rows(extraction)
    with database.transaction():
        present = _present(database, rows.article["id"], rows.article["path"])
        if [one.digest for one in present] == [rows.digest]:
            return "unchanged"
        names = [name for one in present for name in _delete(database, one.number)]
        _insert(database, rows)
        _forget_unused(database, names)
        return "replaced" if present else "added"


def remove(database: Database, article_id: str) -> bool:
    """Remove an article and all that was found in it; false where there is none of that id."""
    with database.transaction():
        present = _present(database, storable(article_id), NAMELESS_PATH)
        for one in present:
            _forget_unused(database, _delete(database, one.number))
    return bool(present)


def has(database: Database, path: str, sha256: str | None, model: str | None) -> bool:
    """Whether the article at a path is there; ``None`` means any text, any model.

    A file of the same name and content elsewhere is the same article (``add`` says "unchanged"):
    articles are not read again because their folder was moved, or named in another way.
    """
    sql = """SELECT path FROM articles WHERE (path = ?1 OR sha256 = ?2)
        AND (?2 IS NULL OR sha256 = ?2) AND (?3 IS NULL OR model = ?3)"""
    wanted = storable_path(path)
    rows = database.rows(sql, (wanted, sha256, model))
    return any(row["path"] == wanted or _name(row["path"]) == _name(wanted) for row in rows)


def _name(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _present(database: Database, ident: str, path: str) -> list[_Present]:
    """What an article takes the place of."""
    sql = "SELECT number, digest FROM articles WHERE id = ? OR (path = ? AND path != ?)"
    rows = database.rows(sql, (ident, path, NAMELESS_PATH))
    return [_Present(row["number"], row["digest"]) for row in rows]


_NAMES = (("speakers", "speaker"), ("organisations", "organisation"))
_Name = tuple[str, str, int]
"""Table, the column that points to it, id."""


def _delete(database: Database, number: int) -> list[_Name]:
    """Delete an article; the names that it used, which perhaps nobody uses any more."""
    used: list[_Name] = []
    for table, column in _NAMES:
        for child in ("attributions", "claims"):
            sql = f"SELECT DISTINCT {column} FROM {child} WHERE article = ? AND {column} NOT NULL"
            used += [(table, column, row[0]) for row in database.rows(sql, (number,))]
    outlet = database.row("SELECT outlet FROM articles WHERE number = ?", (number,))
    database.execute("DELETE FROM articles WHERE number = ?", (number,))
    if outlet and outlet[0] is not None:
        used_still = "SELECT 1 FROM articles WHERE outlet = ?1"
        sql = f"DELETE FROM outlets WHERE name = ?1 AND NOT EXISTS ({used_still})"
        database.execute(sql, (outlet[0],))
    return used


def _forget_unused(database: Database, names: list[_Name]) -> None:
    """After the new rows are in, so that a name which is still used keeps its id."""
    for table, column, ident in set(names):
        uses = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {child} WHERE {column} = ?1)"
            for child in ("attributions", "claims")
        )
        database.execute(f"DELETE FROM {table} WHERE id = ?1 AND {uses}", (ident,))


def _insert(database: Database, rows: Rows) -> None:
    outlet = rows.article["outlet"]
    if outlet is not None:
        database.execute("INSERT OR IGNORE INTO outlets (name) VALUES (?)", (outlet,))
    database.insert("articles", [rows.article])
    number = database.number("SELECT number FROM articles WHERE id = ?", (rows.article["id"],))
    for table in CHILDREN:
        known = (_with_ids(database, row) for row in rows.children[table])
        database.insert(table, ({"article": number} | row for row in known))


def _with_ids(database: Database, row: Row) -> Row:
    """The row with the ids of its speaker and organisation in place of their names."""
    if "speaker_type" not in row:
        return row
    who = {"name": row["speaker"], "type": row["speaker_type"]}
    whose = {"name": row["organisation"]}
    return row | {
        "speaker": _id_of(database, "speakers", who),
        "organisation": _id_of(database, "organisations", whose),
    }


def _id_of(database: Database, table: str, key: dict[str, Any]) -> int | None:
    if key["name"] is None:
        return None
    where = " AND ".join(f"{column} = ?" for column in key)
    found = database.row(f"SELECT id FROM {table} WHERE {where}", tuple(key.values()))
    if found:
        return int(found[0])
    marks = ", ".join("?" * len(key))
    sql = f"INSERT INTO {table} ({', '.join(key)}) VALUES ({marks})"
    return database.execute(sql, tuple(key.values()))
