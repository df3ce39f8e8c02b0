"""A connection to a server, set up so that it answers as a file does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsmine.errors import IndexFileError
from newsmine.index.postgres.address import Address
from newsmine.index.postgres.errors import MISSING_DRIVER, explained
from newsmine.index.postgres.migrations import Run, bring_up_to_date, form_of, latest

if TYPE_CHECKING:
    from pg8000.native import Connection

_LOCK = 0x6E65776D
"""The lock of whoever writes: one at a time, as in a file. ``newm`` in ASCII."""
TURN = f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))"
"""Waits for the turn to write, which ends with the transaction."""

# PostgreSQL holds no NUL; this code point is no character and stands for it.
_NUL = "\ufdd0"


def connected(address: Address) -> Connection:
    """A connection.

    Raises:
        IndexFileError: The driver is missing, or the server, or it refuses.
    """
    try:
        import pg8000.native
    except ModuleNotFoundError as error:
        raise IndexFileError(address, *MISSING_DRIVER) from error
    with explained(address, opening=True):
        connection = pg8000.native.Connection(**address.arguments(), timeout=_REACHED)
        # It is for reaching the server; a question may take its time.
        connection._usock.settimeout(None)
    return connection


_REACHED = 10.0
"""Seconds to wait for a server that does not answer."""


def prepare(address: Address, connection: Connection, run: Run, *, writes: bool) -> None:
    """Set a connection up, and make the index or bring it up to date where it ``writes``.

    Raises:
        IndexFileError: There is none, of a form that fits, or it may not be written.
    """
    _check_encoding(address, connection)
    _speak_alike(connection)
    run(
        f"SET search_path = {address.schema}, pg_temp; SET jit = off; "
        "SET plan_cache_mode = force_custom_plan; SET client_min_messages = warning"
    )
    form = form_of(address, run)
    if not writes:
        _check_form(address, form)
        run("SET default_transaction_read_only = on")
        return
    if form < latest():
        run("BEGIN")
        run(TURN.replace("current_schema()", f"'{address.schema}'"))
        bring_up_to_date(address, run)
        run("COMMIT")
    if not run("SELECT has_table_privilege('articles', 'INSERT')")[0][0]:
        remedy = "Name another user, or let its owner grant the rights (docs/guide.md says which)"
        raise IndexFileError(address, "may not be written by that user", remedy)
    run(_WAITING)


_WAITING = """CREATE TEMP TABLE IF NOT EXISTS to_be_worded (base TEXT NOT NULL, row BIGINT NOT NULL)
    ON COMMIT DELETE ROWS"""


def _check_encoding(address: Address, connection: Connection) -> None:
    encoding = connection.parameter_statuses.get("server_encoding")
    if encoding != "UTF8":
        remedy = "Make a database in UTF-8: createdb -E UTF8 -T template0 NAME"
        raise IndexFileError(address, f"cannot hold every character (it is {encoding})", remedy)


def _check_form(address: Address, form: int) -> None:
    if not form:
        remedy = "Name another, or make a new index with `newsmine build`"
        raise IndexFileError(address, "holds no newsmine index", remedy)
    if form < latest():
        reason = f"was made by an older newsmine (form {form}, this one knows {latest()})"
        raise IndexFileError(address, reason, "Bring it up to date: `newsmine build` to it")


def _speak_alike(connection: Connection) -> None:
    """Values as they come out of a file, and texts that PostgreSQL cannot hold."""
    for oid in (_TEXT, _VARCHAR):
        connection.register_in_adapter(oid, lambda text: text.replace(_NUL, "\0"))
    connection.register_in_adapter(_NUMERIC, lambda text: float(text) if "." in text else int(text))
    connection.register_out_adapter(str, lambda text: text.replace("\0", _NUL))
    connection.register_out_adapter(bool, lambda value: "1" if value else "0")


_TEXT, _VARCHAR, _NUMERIC = 25, 1043, 1700
