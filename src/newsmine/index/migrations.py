"""Which form an index has, and how an older one is brought up to date.

``PRAGMA user_version`` is the number of the last migration that it went through; ``PRAGMA
application_id`` says that the file is ours. A migration runs in one transaction, so that an
interrupted one leaves the old form, whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from newsmine.errors import IndexFileError

APPLICATION_ID = 0x6E65776D
"""``newm`` in ASCII."""

_FOLDER = Path(__file__).parent / "schema"
VIEWS = _FOLDER / "views.sql"
"""The views of the newest form; older migrations make none that later ones would have to repeat."""


def _migrations() -> dict[int, Path]:
    return {int(file.name[:4]): file for file in sorted(_FOLDER.glob("[0-9]*.sql"))}


LATEST = 10
"""The form that this newsmine writes: the number of the newest file in ``schema``."""


def check_identity(path: Path, connection: sqlite3.Connection, *, new: bool) -> None:
    """See that a file is an index of a form that is known, or, if ``new``, that it is empty.

    Raises:
        IndexFileError: It is neither.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION_ID and version > LATEST:
        reason = f"was made by a newer newsmine (form {version}, this one knows {LATEST})"
        raise IndexFileError(path, reason, "Upgrade newsmine: pip install -U newsmine")
    if application == APPLICATION_ID:
        return
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables or application or not new:
        remedy = "Name another file, or make a new index with `newsmine build`"
        raise IndexFileError(path, "is no newsmine index", remedy)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Apply the migrations that a file lacks. Two processes may try at once: one waits."""
    for number, file in _migrations().items():
        if connection.execute("PRAGMA user_version").fetchone()[0] >= number:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] < number:
                _apply(connection, number, file)
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def _apply(connection: sqlite3.Connection, number: int, file: Path) -> None:
    # Not executescript: it would commit the transaction first.
    for statement in _statements(file.read_text(encoding="utf-8")):
        connection.execute(statement)
    if number == LATEST:
        for statement in _statements(VIEWS.read_text(encoding="utf-8")):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
