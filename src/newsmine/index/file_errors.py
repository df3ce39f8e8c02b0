"""What goes wrong with an index in a file, told as an ``IndexFileError``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsmine.errors import IndexFileError

NEW_NAME = "Name another file, or make a new index with `newsmine build`"
DAMAGED = ("is damaged", "Restore a copy, or move it away and build it again from the articles")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one sentence with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(path, error) from error
    except UnicodeDecodeError as error:
        # A damaged page of the schema gives an error whose own text is no UTF-8.
        raise IndexFileError(path, *DAMAGED) from error


_EXPLANATIONS = {
    sqlite3.SQLITE_NOTADB: ("is no newsmine index", NEW_NAME),
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_BUSY: (
        "is being written by another process",
        "Wait until that one is done, and run this again",
    ),
    sqlite3.SQLITE_LOCKED: (
        "is being written by another process",
        "Wait until that one is done, and run this again",
    ),
    sqlite3.SQLITE_FULL: (
        "cannot grow, the disk is full",
        "What is in it is whole; make room and run this again to go on",
    ),
    sqlite3.SQLITE_READONLY: (
        "may not be written",
        "Allow writing to it and its folder, or name another file",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "cannot be opened or made there",
        "See that its folder may be read and written, or name another file",
    ),
    sqlite3.SQLITE_PERM: ("may not be opened", "Allow reading it, or name another file"),
    sqlite3.SQLITE_IOERR: (
        "cannot be read or written, the disk reports an error",
        "What is in it is whole; see that the disk has room and works, and run this again",
    ),
}


def code_of(error: sqlite3.Error) -> int:
    """The primary result code: the low byte of the extended one. 0 where SQLite gave none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _explain(path: Path, error: sqlite3.Error) -> IndexFileError:
    if isinstance(error, sqlite3.ProgrammingError):
        return IndexFileError(path, "is closed or used wrongly", f"Open it again ({error})")
    code = code_of(error)
    if str(error).startswith("Could not decode to UTF-8"):
        code = sqlite3.SQLITE_CORRUPT
    if code in _EXPLANATIONS:
        return IndexFileError(path, *_EXPLANATIONS[code])
    if "no such module: fts5" in str(error):
        reason = "needs full-text search, which this Python's SQLite lacks"
        return IndexFileError(path, reason, "Use another Python")
    return IndexFileError(path, f"cannot be used ({error})", NEW_NAME)
