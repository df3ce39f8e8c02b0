"""Which form a server's index has, and how an older one is brought up to date.

The files of ``schema`` are numbered as those of ``newsmine.index.schema``, each the twin of that
form; the first makes all up to form 8. The table ``newsmine`` holds the number of the last one. The
views are the file's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsmine.errors import IndexFileError
from newsmine.index.migrations import VIEWS
from newsmine.index.postgres.errors import DAMAGED
from newsmine.index.postgres.statements import statement

if TYPE_CHECKING:
    from newsmine.index.postgres.address import Address

_FOLDER = Path(__file__).parent / "schema"

Run = Callable[[str], Any]
"""Runs a script; gives the rows of it."""


def _migrations() -> dict[int, Path]:
    return {int(file.name[:4]): file for file in sorted(_FOLDER.glob("[0-9]*.sql"))}


def latest() -> int:
    """The form that this newsmine writes."""
    return max(_migrations())


def form_of(address: Address, run: Run) -> int:
    """The form of the index; 0 where there is none yet.

    Raises:
        IndexFileError: It was made by a newer newsmine, is damaged, or something else lies there.
    """
    schema = address.schema
    ours = f"attrelid = to_regclass('{schema}.newsmine') AND attname = 'form'"
    if int(run(f"SELECT count(*) FROM pg_attribute WHERE {ours}")[0][0]):
        rows = run(f"SELECT form FROM {schema}.newsmine")
        if not rows:
            raise IndexFileError(address, *DAMAGED)
        form = int(rows[0][0])
        if form > latest():
            reason = f"was made by a newer newsmine (form {form}, this one knows {latest()})"
            raise IndexFileError(address, reason, "Upgrade newsmine: pip install -U newsmine")
        return form
    there = f"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema}'"
    if int(run(there)[0][0]):
        remedy = f"Name another schema: {address.database}?schema=NAME"
        raise IndexFileError(address, f"has other tables in its schema {schema!r}", remedy)
    return 0


def bring_up_to_date(address: Address, run: Run) -> None:
    """Make the tables, or apply the migrations that are missing, all or none.

    The caller holds the lock of writers, in a transaction.
    """
    form = form_of(address, run)
    if form == latest():
        return
    if not form:
        if not run(f"SELECT to_regnamespace('{address.schema}') IS NOT NULL")[0][0]:
            run(f"CREATE SCHEMA {address.schema}")
        run("CREATE TABLE newsmine (form INTEGER NOT NULL)")
        run("INSERT INTO newsmine (form) VALUES (0)")
    for number, file in _migrations().items():
        if number > form:
            run(file.read_text(encoding="utf-8"))
    views = statement(VIEWS.read_text(encoding="utf-8"))
    run("".join(map(str, views.pieces)))
    run(f"UPDATE newsmine SET form = {latest()}")
