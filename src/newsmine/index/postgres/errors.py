"""What goes wrong with a server, told as an ``IndexFileError``: never with a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from newsmine.errors import IndexFileError

if TYPE_CHECKING:
    from newsmine.index.postgres.address import Address

MISSING_DRIVER = (
    "needs a driver that is not installed",
    "Install it: pip install 'newsmine[postgres]'",
)
NOT_YET = "Ask an index in a file, or do it there and build the server's again"
DAMAGED = ("is damaged", "See the server's log; restore it, or build the index again")

_BY_CODE = {
    "28P01": ("was refused: the password is wrong", "Give it as PGPASSWORD, or in ~/.pgpass"),
    "3D000": ("has no such database", "Make it (createdb), or name another"),
    "42501": (
        "may not be read or written by that user",
        "Name another user, or let its owner grant the rights (docs/guide.md says which)",
    ),
    "25006": ("may not be written", "It is a standby, or was opened for reading: name the server"),
    "55P03": (
        "is being written by another process",
        "Wait until that one is done, and run this again",
    ),
    "53100": (
        "has no room left on its disk",
        "What is in it is whole; make room, and run this again",
    ),
    "53200": ("has no memory left", "What is in it is whole; see the server's log"),
    "53300": ("has no connection left", "Close some, or raise max_connections"),
    "57014": (
        "broke off a question",
        "It was cancelled, or took longer than statement_timeout: raise that, and run this again",
    ),
    "40P01": ("stopped two writers that waited for each other", "Run this again"),
}
_BY_CLASS = {
    "28": ("refused that user", "See the user's name, and pg_hba.conf of the server"),
    "57": ("is being stopped or started", "What is in it is whole; run this again when it is up"),
    "08": ("lost the connection", "What is in it is whole; run this again"),
    "58": ("reports an error of its disk", "What is in it is whole; see the server's log"),
    "XX": DAMAGED,
}
_DOWN = ("cannot be reached", "See that the server runs, and the host and port of the address")
_LOST = ("lost the connection", "What is in it is whole; run this again when the server is up")
_CLOSED = ("is closed or used wrongly", "Open it again")


@contextmanager
def explained(address: Address, *, opening: bool = False) -> Iterator[None]:
    """Turn the driver's errors into one sentence with a remedy."""
    import pg8000.exceptions

    try:
        yield
    except pg8000.exceptions.DatabaseError as error:
        raise _of_server(address, error.args[0] if error.args else {}) from None
    except pg8000.exceptions.InterfaceError as error:
        # Of a connection that is refused, the driver only tells that closing it failed.
        for before in _before(error):
            if isinstance(before, pg8000.exceptions.DatabaseError):
                raise _of_server(address, before.args[0] if before.args else {}) from None
        closed = "closed" in str(error)
        told = _DOWN if opening else _CLOSED if closed else _LOST
        raise IndexFileError(address, *told) from None
    except OSError as error:
        raise IndexFileError(address, *(_DOWN if opening else _LOST)) from error


def _before(error: BaseException) -> Iterator[BaseException]:
    """The errors during which this one happened."""
    while error.__context__ is not None:
        error = error.__context__
        yield error


def _of_server(address: Address, told: Any) -> IndexFileError:
    fields = told if isinstance(told, dict) else {"M": str(told)}
    code = str(fields.get("C", ""))
    known = _BY_CODE.get(code) or _BY_CLASS.get(code[:2])
    if known:
        return IndexFileError(address, *known)
    message = " ".join(str(fields.get("M", "")).split())
    return IndexFileError(address, f"cannot be used ({message})", "See the server's log")
