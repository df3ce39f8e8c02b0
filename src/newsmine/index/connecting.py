"""A connection to an index in a file, opened with care."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from newsmine.errors import IndexFileError
from newsmine.index.file_errors import DAMAGED, NEW_NAME, code_of, explained
from newsmine.index.migrations import LATEST, bring_up_to_date, check_identity


def connected(path: Path, *, write: bool, wait: float) -> sqlite3.Connection:
    """A connection; where it is to ``write``, the index is made or brought up to date.

    Raises:
        IndexFileError: See ``newsmine.index.open_index``.
    """
    _check_place(path, write=write)
    with explained(path):
        try:
            return _opened(path, "rwc" if write else "rw", wait, write=write)
        except sqlite3.OperationalError as error:
            if write or code_of(error) not in _NO_ROOM_BESIDE or _is_unfinished(path):
                raise
            return _opened(path, "ro", wait, "immutable=1", write=False)


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
        # can cost the last articles, which the next build adds again. ``SqliteDatabase.close``
        # ends it.
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
