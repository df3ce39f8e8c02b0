"""Where an index lies, as the questions see it: in one SQLite file.

What goes wrong with it is told as an ``IndexFileError``. A server's index answers the same calls
(``newsmine.index.postgres``). Statements are written in SQLite's SQL; what a server has to be asked
in another way is a method here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from newsmine.errors import IndexFileError
from newsmine.index.connecting import connected
from newsmine.index.file_errors import explained
from newsmine.index.postgres import Address, place_of
from newsmine.index.postgres.words import TABLES, highlighting

WAIT = 10.0
"""Seconds to wait for another process that is writing, before saying so."""


class Row(Protocol):
    """A row: its columns by place or by name; of two of one name, the first is meant."""

    def __getitem__(self, key: Any, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def keys(self) -> list[str]: ...


class Database(Protocol):
    """A connection to an index, whatever holds it. Build it with ``open_database``."""

    @property
    def path(self) -> Path | Address: ...

    @property
    def form(self) -> int:
        """The number of its last migration."""
        ...

    @property
    def bytes(self) -> int:
        """The room that it takes."""
        ...

    @property
    def state(self) -> str:
        """A text that is another one after each change by others."""
        ...

    def rows(self, sql: str, values: Sequence[Any] = (), /) -> Iterator[Row]:
        """The rows that a statement gives, one by one."""
        ...

    def stream(self, sql: str, values: Sequence[Any] = (), /) -> Iterator[Row]:
        """The same of so many that they should not all be in memory, also not in a server's."""
        ...

    def row(self, sql: str, values: Sequence[Any] = (), /) -> Row | None:
        """The first row, if there is any."""
        ...

    def number(self, sql: str, values: Sequence[Any] = (), /) -> int:
        """The first column of the first row."""
        ...

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> int:
        """Run a statement that changes something; the id of the last row that it inserted."""
        ...

    def insert(self, table: str, rows: Iterable[Mapping[str, Any]], /) -> None:
        """Insert rows; the keys of each are columns of the table."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All changes inside happen together or not at all, ``KeyboardInterrupt`` included."""
        ...

    def close(self) -> None:
        """Close it."""
        ...

    def first_of_each(self, group: str, order: str, rest: str, /) -> str:
        """Of the rows ``hit`` in each group, the id of the first one, as a query.

        Args:
            group: What the rows of a group have in common, in SQL.
            order: A number in SQL; the row with the least is the first.
            rest: The query from its FROM on.
        """
        ...

    def highlighted(
        self,
        table: str,
        match: str,
        marks: tuple[str, str],
        *,
        ids: Sequence[int] | None = None,
        limit: int | None = None,
    ) -> Iterator[tuple[int, str]]:
        """Rows of an index of words that match, by id, with marks round what does.

        Args:
            table: The index of words; several columns of it are joined by a space.
            match: An expression of FTS5.
            marks: What to put before and behind each hit.
            ids: Only of these rows.
            limit: At most so many.
        """
        ...


class SqliteDatabase:
    """A connection to an index in a file.

    Every statement goes through here, so that each failure names the file and a remedy.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, writes: bool) -> None:
        self.path, self.writes, self._connection = path, writes, connection

    @property
    def form(self) -> int:
        """The number of its last migration."""
        return self.number("PRAGMA user_version")

    @property
    def bytes(self) -> int:
        """The size of the file."""
        return self.number("PRAGMA page_count") * self.number("PRAGMA page_size")

    @property
    def state(self) -> str:
        """A text that is another one after each change by others."""
        return str(self.number("PRAGMA data_version"))

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows that a statement gives, one by one."""
        with explained(self.path):
            # Not "yield from": it would close the cursor when the generator is dropped, and fail
            # where the index was closed before.
            for row in self._connection.execute(sql, values):  # noqa: UP028
                yield row

    stream = rows

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row, if there is any."""
        with explained(self.path):
            found: Row | None = self._connection.execute(sql, values).fetchone()
            return found

    def number(self, sql: str, values: Sequence[Any] = ()) -> int:
        """The first column of the first row."""
        found = self.row(sql, values)
        return int(found[0]) if found else 0

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run a statement that changes something; the id of the last row that it inserted."""
        with explained(self.path):
            return self._connection.execute(sql, values).lastrowid or 0

    def insert(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows; the keys of each are columns of the table."""
        for row in rows:
            marks = ", ".join("?" * len(row))
            sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
            self.execute(sql, tuple(row.values()))

    def first_of_each(self, group: str, order: str, rest: str) -> str:
        """Of the rows ``hit`` in each group, the id of the first one, as a query."""
        # Other columns beside min() are those of the row that has it.
        return f"SELECT id FROM (SELECT hit.id AS id, min({order}) {rest} GROUP BY {group})"

    def highlighted(
        self,
        table: str,
        match: str,
        marks: tuple[str, str],
        *,
        ids: Sequence[int] | None = None,
        limit: int | None = None,
    ) -> Iterator[tuple[int, str]]:
        """Rows of an index of words that match, by id, with marks round what does."""
        columns = len(TABLES[table].columns)
        values: list[Any] = [*marks * columns, match]
        sql = f"SELECT rowid, {highlighting(table, columns)} FROM {table} WHERE {table} MATCH ?"
        if ids is not None:
            sql += " AND rowid IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(list(ids)))
        sql += "" if limit is None else f" LIMIT {limit}"
        return ((row[0], row[1]) for row in self.rows(sql, values))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside happen together or not at all, ``KeyboardInterrupt`` included."""
        if not self.writes:
            remedy = "Open it with newsmine.index.create_index to change it"
            raise IndexFileError(self.path, "was opened for reading", remedy)
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close it. Who wrote leaves one plain file behind, if nobody else has it open."""
        if self.writes:
            # A finished index must open from read-only media and travel as one file, which WAL
            # cannot. Fails when somebody is reading; then the next writer tidies up.
            try:
                self._connection.execute("PRAGMA busy_timeout = 0")
                self._connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            except sqlite3.Error:
                pass
        self._connection.close()


def open_database(place: str | Path | Address, *, write: bool, wait: float = WAIT) -> Database:
    """Open an index, or make one where ``write`` and there is none.

    Args:
        place: A file, or the address of a server's index: ``postgresql://user@host/database``.
        write: Whether to write to it.
        wait: Seconds to wait while another process is writing.

    Raises:
        IndexFileError: See ``newsmine.index.open_index``.
    """
    path = place_of(place)
    if isinstance(path, Address):
        from newsmine.index.postgres.database import open_postgres

        return open_postgres(path, write=write, wait=wait)
    connection = connected(path, write=write, wait=wait)
    return SqliteDatabase(path, connection, writes=write)
