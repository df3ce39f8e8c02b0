"""Where an index lies, as the questions see it: in one SQLite file, opened with care.

What goes wrong with it is told as an ``IndexFileError``. A server's index answers the same calls
(``newsmine.index.postgres``). Statements are written in SQLite's SQL; what a server has to be asked
in another way is a method here.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from newsmine.errors import IndexFileError
from newsmine.index.file_errors import DAMAGED, NEW_NAME, code_of, explained
from newsmine.index.migrations import LATEST, bring_up_to_date, check_identity
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
    _check_place(path, write=write)
    with explained(path):
        try:
            connection = _opened(path, "rwc" if write else "rw", wait, write=write)
        except sqlite3.OperationalError as error:
            if write or code_of(error) not in _NO_ROOM_BESIDE or _is_unfinished(path):
                raise
            connection = _opened(path, "ro", wait, "immutable=1", write=False)
    return SqliteDatabase(path, connection, writes=write)


def _opened(path: Path, mode: str, wait: float, *options: str, write: bool) -> sqlite3.Connection:
    connection = _connect(path, mode, wait, *options)
    try:
        _prepare(path, connection, wait, write=write)
    except BaseException:
        connection.close()
        raise
    return connection


_NO_ROOM_BESIDE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""An index that a killed writer left in WAL form wants files beside it, in a folder that takes
none. Where nothing is pending in them, it can be read as it stands."""


def _is_unfinished(path: Path) -> bool:
    beside = path.with_name(path.name + "-wal")
    return beside.exists() and beside.stat().st_size > 0


def _check_place(path: Path, *, write: bool) -> None:
    with _os_errors(path):
        if path.is_dir():
            raise IndexFileError(path, "is a folder, not an index", "Name a file in it")
        if "\0" in str(path):
            raise ValueError("it holds a NUL character")
        missing = not path.exists()
        if not missing and not path.is_file():
            raise IndexFileError(path, "is a device, not a file", "Name an ordinary file")
        if missing and not write:
            raise IndexFileError(path, "is missing", NEW_NAME)
        if missing and not path.parent.is_dir():
            raise IndexFileError(path, "lies in a folder that is missing", "Make the folder first")


def _connect(path: Path, mode: str, wait: float, *options: str) -> sqlite3.Connection:
    """A connection without the sqlite3 module's own transactions; ours are explicit."""
    uri = f"file:{quote(os.fsencode(path.absolute()))}?{'&'.join([f'mode={mode}', *options])}"
    connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def _prepare(path: Path, connection: sqlite3.Connection, wait: float, *, write: bool) -> None:
    check_identity(path, connection, new=write)
    _check_length(path)
    if write:
        # WAL while writing: readers go on while an article is added, and kill -9 leaves the last
        # whole state. NORMAL keeps that promise without a sync for each article; only a power cut
        # can cost the last articles, which the next build adds again. See also ``close``.
        _use_wal(path, connection, wait)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        bring_up_to_date(connection)
        return
    if connection.execute("PRAGMA user_version").fetchone()[0] < LATEST:
        bring_up_to_date(connection)
    connection.execute("PRAGMA query_only = ON")


def _check_length(path: Path) -> None:
    """Refuse a copy that stopped half-way: SQLite only notices where it reads what is missing."""
    with _os_errors(path):
        with path.open("rb") as file:
            header = file.read(100)
        size = path.stat().st_size
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    # Pages that are not yet moved out of the log are missing rightly; 1 stands for 65536.
    if size < pages * (65_536 if page == 1 else page) and not _is_unfinished(path):
        raise IndexFileError(path, *DAMAGED)


def _use_wal(path: Path, connection: sqlite3.Connection, wait: float) -> None:
    """Ask for the write-ahead log. A writer has it already, so only readers can be in the way.

    SQLite itself does not wait here, and another writer may just be asking for the same.
    """
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if code_of(error) != sqlite3.SQLITE_BUSY:
                raise
            if time.monotonic() > until:
                remedy = "Wait until that one is done, or stop it, and run this again"
                raise IndexFileError(path, "is being read by another process", remedy) from error
            time.sleep(_PAUSE)
        else:
            return


@contextmanager
def _os_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise IndexFileError(path, f"cannot be opened ({reason})", "Check its path") from error


_PAUSE = 0.02
"""Seconds between two tries."""
