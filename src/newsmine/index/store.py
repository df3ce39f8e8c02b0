"""Adding, replacing and removing articles: each whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from newsmine.index.database import Database
from newsmine.index.derived import in_force, refresh
from newsmine.index.manifest import given_by_another, link
from newsmine.index.name_rows import Name, forget_unused, used_by, with_ids
from newsmine.index.records import CHILDREN, Rows, to_rows
from newsmine.index.texts import storable, storable_path
from newsmine.index.topics.stored import score_article
from newsmine.types import Extraction

AddResult = Literal["added", "replaced", "unchanged"]

NAMELESS_PATH = "-"
"""The path of text that came from no file: it says nothing about which article is meant."""


@dataclass(frozen=True, slots=True)
class _Present:
    number: int
    digest: str
    id: str


def add(database: Database, extraction: Extraction, *, file: int | None = None) -> AddResult:
    """Add an article with all that was found in it, in one transaction.

    An article of the same id, or an older one of the same path, is replaced. The same extraction
    again changes nothing, even when it comes from a copy of the file under another path.

    Args:
        database: The index.
        extraction: The article.
        file: The number of its file in the manifest. Then an older article of the path that
            another file has, too, stays.

    Raises:
        IndexFileError: It cannot be written; then the index is as it was before.
        ValueError: The extraction contradicts itself.
    """
    rows = to_rows(extraction)
    with database.transaction():
        present = _present(database, rows.article["id"], rows.article["path"], file)
        if file is not None:
            link(database, file, rows.article["id"])
        if [one.digest for one in present] == [rows.digest]:
            return "unchanged"
        names = [name for one in present for name in _delete(database, one.number)]
        number = _insert(database, rows)
        changed = {number}
        if judgements := in_force(database):
            changed |= refresh(database, changed, judgements)
        for one in sorted(changed):
            score_article(database, one)
        forget_unused(database, names)
        return "replaced" if present else "added"


def remove(database: Database, article_id: str) -> bool:
    """Remove an article and all that was found in it; false where there is none of that id."""
    with database.transaction():
        return take_out(database, article_id)


def take_out(database: Database, article_id: str) -> bool:
    """The same as a part of a transaction."""
    present = _present(database, storable(article_id), NAMELESS_PATH)
    for one in present:
        forget_unused(database, _delete(database, one.number))
    return bool(present)


def has(database: Database, path: str, sha256: str | None, model: str | None) -> bool:
    """Whether the article at a path is there; ``None`` means any text, any model.

    A file of the same name and content elsewhere is the same article (``add`` says "unchanged"):
    articles are not read again because their folder was moved, or named in another way.
    """
    sql = """SELECT coalesce(sealed.path, articles.path) AS path FROM articles
        LEFT JOIN sealed ON sealed.article = articles.number
        WHERE (articles.path = ?1 OR sha256 = ?2 OR sealed.path = ?1)
        AND (?2 IS NULL OR sha256 = ?2) AND (?3 IS NULL OR model = ?3)"""
    wanted = storable_path(path)
    rows = database.rows(sql, (wanted, sha256, model))
    return any(row["path"] == wanted or _name(row["path"]) == _name(wanted) for row in rows)


def _name(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _present(database: Database, ident: str, path: str, file: int | None = None) -> list[_Present]:
    """What an article takes the place of."""
    sql = """SELECT number, digest, coalesce(sealed.id, articles.id) AS id
        FROM articles LEFT JOIN sealed ON sealed.article = articles.number
        WHERE articles.id = ?1 OR (articles.path = ?2 AND articles.path != ?3) OR number IN
        (SELECT article FROM sealed WHERE id = ?1 OR (path = ?2 AND path != ?3))"""
    found = [_Present(*row) for row in database.rows(sql, (ident, path, NAMELESS_PATH))]
    if file is None:
        return found
    return [one for one in found if one.id == ident or not given_by_another(database, file, one.id)]


def _delete(database: Database, number: int) -> set[Name]:
    """Delete an article; the names that it used, which perhaps nobody uses any more."""
    used = used_by(database, number)
    outlet = database.row("SELECT outlet FROM articles WHERE number = ?", (number,))
    database.execute("DELETE FROM articles WHERE number = ?", (number,))
    if outlet and outlet[0] is not None:
        used_still = "SELECT 1 FROM articles WHERE outlet = ?1"
        sql = f"DELETE FROM outlets WHERE name = ?1 AND NOT EXISTS ({used_still})"
        database.execute(sql, (outlet[0],))
    return used


def _insert(database: Database, rows: Rows) -> int:
    outlet = rows.article["outlet"]
    if outlet is not None:
        database.execute("INSERT OR IGNORE INTO outlets (name) VALUES (?)", (outlet,))
    database.insert("articles", [rows.article])
    number = database.number("SELECT number FROM articles WHERE id = ?", (rows.article["id"],))
    for table in CHILDREN:
        known = (with_ids(database, row) for row in rows.children[table])
        database.insert(table, ({"article": number} | row for row in known))
    return number
