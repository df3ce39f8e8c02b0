"""The server: on this machine alone, unless told otherwise."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newsmine.errors import NewsmineError
from newsmine.web.access import Access
from newsmine.web.app import LOOPBACK, create_app

if TYPE_CHECKING:
    import uvicorn

PORT = 8765


class ServeError(NewsmineError):
    """The server cannot be started."""


def serve(
    path: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    names: Sequence[str] = (),
    on_start: Callable[[str, str], None] | None = None,
) -> None:
    """Serve the pages over an index until Ctrl-C.

    Args:
        path: The index.
        host: The address to listen at.
        port: The port; 0 takes any that is free. By default ``PORT``, or a free one where another
            program has it.
        names: Further host names that the server goes by.
        on_start: Called with the address of the pages and the token that lets a browser write.

    Raises:
        IndexFileError: As for ``newsmine.open_index``.
        ServeError: The address cannot be used.
    """
    import uvicorn

    from newsmine.index import open_index

    open_index(path).close()
    # A thread waits so long for another one to pause, and SQLite hands over after each row: at the
    # usual 5 ms, a page of twenty rows could wait a tenth of a second while others are drawn.
    sys.setswitchinterval(0.0005)
    access = Access.new()
    app = create_app(path, access=access, hosts=[*LOOPBACK, host, *names])
    with _listener(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="off"
        )
        tell = partial(on_start, address, access.token) if on_start else None
        _server(config, tell).run(sockets=[listener])


def _server(config: uvicorn.Config, on_start: Callable[[], None] | None) -> uvicorn.Server:
    """A server that tells when it listens to Ctrl-C: one that came in the midst of an import, just
    after the address was told, ended in a RuntimeError.
    """
    import uvicorn

    class Telling(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if on_start:
                on_start()

    return Telling(config)


def _listener(host: str, port: int | None) -> socket.socket:
    try:
        return _listening(host, PORT if port is None else port)
    except (OSError, OverflowError, UnicodeError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        if taken and port is None:
            return _listener(host, 0)
        reason = getattr(error, "strerror", None) or str(error)
        remedy = "Leave --port out" if taken else "Give an address of this machine and a free port"
        shown = host if port is None else f"{host}:{port}"
        raise ServeError(shown, f"cannot be used ({reason})", remedy) from error


def _listening(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # Before the address is told: who comes at once waits in line instead of being refused.
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener
