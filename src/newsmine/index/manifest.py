"""Which files the articles of an index came from, and by what they were made.

A file is known by the SHA-256 of its bytes, so a build leaves alone what is as it was recorded. It
is entered before its first article and done with after its last; each article is linked to it in
the transaction that adds it. So the manifest and the articles agree whenever a build is killed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsmine.index.texts import storable, storable_path
from newsmine.progress import Skipped
from newsmine.types import Provenance

if TYPE_CHECKING:
    from newsmine.index.database import Database, Row


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file as it was read last.

    ``made_by`` has the settings of the build. ``done`` is false where an interruption left some of
    its articles out; ``articles`` are in the index, ``skipped`` and ``passed_over`` are not.
    """

    number: int
    path: str
    sha256: str
    size: int
    made_by: Provenance
    done: bool
    articles: int
    skipped: int
    passed_over: int

    @property
    def name(self) -> str:
        """The file's name, without its folders."""
        return re.split(r"[/\\]", self.path)[-1]


_ENTRY = """SELECT files.*,
    (SELECT count(*) FROM file_articles WHERE file = number) AS articles,
    (SELECT count(*) FROM left_out WHERE file = number AND passed_over = 0) AS skipped,
    (SELECT count(*) FROM left_out WHERE file = number AND passed_over = 1) AS passed_over
    FROM files"""

# What an index holds of a file that is not in the manifest: an older newsmine added it.
_AT_PATH = """SELECT coalesce(sealed.id, articles.id) AS id
    FROM articles LEFT JOIN sealed ON sealed.article = articles.number
    WHERE articles.path = ?1 OR (articles.path >= ?1 || '#' AND articles.path < ?1 || '$')
    OR (articles.path >= ?1 || '/' AND articles.path < ?1 || '0') ORDER BY articles.number"""

_MADE = """SELECT model, newsmine, settings FROM articles WHERE id = ?1
    OR number IN (SELECT article FROM sealed WHERE id = ?1)"""


class Manifest:
    """The files of one index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self) -> Iterator[FileEntry]:
        """All files, in the order of their paths."""
        for row in self._database.rows(f"{_ENTRY} ORDER BY path, number"):
            yield _entry(row)

    def entry(self, path: str) -> FileEntry | None:
        """The file of a path."""
        row = self._database.row(f"{_ENTRY} WHERE path = ?", (storable_path(path),))
        return _entry(row) if row else None

    def same(self, sha256: str) -> list[FileEntry]:
        """The files of the same bytes, whatever their paths."""
        rows = self._database.rows(f"{_ENTRY} WHERE sha256 = ? ORDER BY number", (sha256,))
        return list(map(_entry, rows))

    def left_out(self, number: int) -> list[Skipped]:
        """What a file did not give, and why."""
        sql = "SELECT path, reason, remedy, passed_over FROM left_out WHERE file = ? ORDER BY place"
        rows = self._database.rows(sql, (number,))
        return [Skipped(path, why, remedy, bool(passed)) for path, why, remedy, passed in rows]

    def made_by(self, path: str, made_by: Provenance) -> frozenset[str]:
        """The articles of a path that are in the index, made by the same newsmine and settings."""
        entry = self.entry(path)
        return frozenset(
            ident
            for ident in self._ids(entry.number if entry else None, path)
            if any(_is_by(row, made_by) for row in self._database.rows(_MADE, (ident,)))
        )

    def _ids(self, number: int | None, path: str) -> list[str]:
        if number is None:
            return [row[0] for row in self._database.rows(_AT_PATH, (storable_path(path),))]
        sql = "SELECT article FROM file_articles WHERE file = ? ORDER BY article"
        return [row[0] for row in self._database.rows(sql, (number,))]

    def begin(self, path: str, *, sha256: str, size: int, made_by: Provenance) -> int:
        """Enter a file that is about to be read, again or for the first time; its number.

        The articles of an earlier reading stay in the index until ``finish``.
        """
        row = {
            "path": storable_path(path),
            "sha256": sha256,
            "size": size,
            "newsmine": made_by.newsmine,
            "model": made_by.model,
            "settings": _json(made_by),
            "done": 0,
        }
        with self._database.transaction():
            entry = self.entry(path)
            if entry is None:
                number = self._new(row)
                links = ({"file": number, "article": i, "fresh": 0} for i in self._ids(None, path))
                self._database.insert("file_articles", links)
                return number
            columns = ", ".join(f"{name} = ?" for name in row)
            values = (*row.values(), entry.number)
            self._database.execute(f"UPDATE files SET {columns} WHERE number = ?", values)
            self._clear(entry.number)
        return entry.number

    def _new(self, row: dict[str, object]) -> int:
        self._database.insert("files", [row])
        sql = "SELECT number FROM files WHERE path = ?"
        return self._database.number(sql, (row["path"],))

    def _clear(self, number: int) -> None:
        self._database.execute("UPDATE file_articles SET fresh = 0 WHERE file = ?", (number,))
        self._database.execute("DELETE FROM left_out WHERE file = ?", (number,))

    def keep(self, number: int, article: str) -> None:
        """Note that a file still has an article that is in the index as it should be."""
        with self._database.transaction():
            link(self._database, number, article)

    def leave_out(self, number: int, skipped: Skipped) -> None:
        """Note what a file did not give. An article passed over that is in the index stays."""
        row = {
            "path": storable_path(skipped.path),
            "reason": storable(skipped.reason),
            "remedy": storable(skipped.remedy),
            "passed_over": int(skipped.passed_over),
        }
        with self._database.transaction():
            sql = "SELECT coalesce(max(place), 0) + 1 FROM left_out WHERE file = ?"
            place = self._database.number(sql, (number,))
            self._database.insert("left_out", [{"file": number, "place": place} | row])
            if skipped.id is not None:
                sql = "UPDATE file_articles SET fresh = 1 WHERE file = ? AND article = ?"
                self._database.execute(sql, (number, storable(skipped.id)))

    def finish(self, number: int) -> int:
        """Note that a file was read to its end; articles that it has no more are removed.

        Where something of it was skipped none is removed: what was skipped may be just these.

        Returns:
            How many articles were removed.
        """
        with self._database.transaction():
            self._database.execute("UPDATE files SET done = 1 WHERE number = ?", (number,))
            if self._database.number(_SKIPPED, (number,)):
                return 0
            return self._take_out(number)

    def forget(self, number: int) -> int:
        """Remove a file from the manifest, and its articles that no other file has; how many."""
        with self._database.transaction():
            self._clear(number)
            removed = self._take_out(number)
            self._database.execute("DELETE FROM files WHERE number = ?", (number,))
        return removed

    def _take_out(self, number: int) -> int:
        """Remove the articles of a file that were not seen in its last reading."""
        from newsmine.index.store import take_out

        gone = [row[0] for row in self._database.rows(_GONE, (number,))]
        sql = "DELETE FROM file_articles WHERE file = ? AND fresh = 0"
        self._database.execute(sql, (number,))
        return sum(take_out(self._database, ident) for ident in gone)

    def move(self, entry: FileEntry, path: str) -> None:
        """Note that a file lies elsewhere now, as it is."""
        new = storable_path(path)
        with self._database.transaction():
            sql = "UPDATE files SET path = ? WHERE number = ?"
            self._database.execute(sql, (new, entry.number))
            sql = f"UPDATE left_out SET path = {_ELSEWHERE} WHERE file = ?3"
            self._database.execute(sql, (entry.path, new, entry.number))

    def copy(self, entry: FileEntry, path: str) -> None:
        """Note that another file has the same name and bytes, so the same articles."""
        new, same = storable_path(path), "sha256, size, newsmine, model, settings, done"
        with self._database.transaction():
            sql = f"INSERT INTO files (path, {same}) SELECT ?, {same} FROM files WHERE number = ?"
            self._database.execute(sql, (new, entry.number))
            number = self._database.number("SELECT number FROM files WHERE path = ?", (new,))
            sql = """INSERT INTO file_articles (file, article, fresh)
                SELECT ?, article, fresh FROM file_articles WHERE file = ?"""
            self._database.execute(sql, (number, entry.number))
            sql = f"""INSERT INTO left_out (file, place, path, reason, remedy, passed_over)
                SELECT ?4, place, {_ELSEWHERE}, reason, remedy, passed_over FROM left_out
                WHERE file = ?3"""
            self._database.execute(sql, (entry.path, new, entry.number, number))


# The path of a part of a file that lies at ?2 and not at ?1.
_ELSEWHERE = """CASE WHEN substr(path, 1, length(?1)) = ?1
    THEN ?2 || substr(path, length(?1) + 1) ELSE path END"""
_SKIPPED = "SELECT count(*) FROM left_out WHERE file = ? AND passed_over = 0"
_GONE = """SELECT article FROM file_articles AS own WHERE file = ? AND fresh = 0 AND NOT EXISTS
    (SELECT 1 FROM file_articles WHERE article = own.article AND file != own.file)
    ORDER BY article"""


def link(database: Database, file: int, article: str) -> None:
    """Note that a file has an article; part of the transaction that adds it."""
    sql = """INSERT INTO file_articles (file, article, fresh) VALUES (?, ?, 1)
        ON CONFLICT (file, article) DO UPDATE SET fresh = 1"""
    database.execute(sql, (file, storable(article)))


def given_by_another(database: Database, file: int, article: str) -> bool:
    """Whether a file other than this one has an article."""
    sql = "SELECT count(*) FROM file_articles WHERE article = ? AND file != ?"
    return bool(database.number(sql, (article, file)))


def _entry(row: Row) -> FileEntry:
    made_by = Provenance(row["newsmine"], row["model"], json.loads(row["settings"]))
    counts = (row["articles"], row["skipped"], row["passed_over"])
    known = (row["number"], row["path"], row["sha256"], row["size"])
    return FileEntry(*known, made_by, bool(row["done"]), *counts)


def _is_by(row: Row, made_by: Provenance) -> bool:
    if (row["newsmine"], row["model"]) != (made_by.newsmine, made_by.model):
        return False
    return bool(json.loads(row["settings"]) == dict(made_by.settings))


def _json(made_by: Provenance) -> str:
    return json.dumps(dict(made_by.settings), ensure_ascii=False, sort_keys=True)
