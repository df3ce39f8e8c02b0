"""``newsmine serve``: the index as pages for a browser."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from newsmine.cli.options import IndexFile
from newsmine.cli.screen import say
from newsmine.errors import ExportError

EXAMPLES = (
    "newsmine serve newsmine-demo.db",
    "newsmine serve news.db --port 9000",
)

Open = Annotated[bool, typer.Option("--open", help="Open the pages in the browser.")]


def serve(
    file: IndexFile,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help="Else 8765, or a free one if that is taken."),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="A further host name of this machine."),
    ] = None,
    open: Open = False,
) -> None:
    """Search, read, correct and export in a browser.

    It listens on this machine alone. Everybody who can reach the address can read. To correct or
    upload, a browser needs the token that is printed at the start. Ctrl-C stops it.
    """
    _require_extra()
    from newsmine.web import serve as run

    def on_start(address: str, token: str) -> None:
        say(f"Read: {address}")
        say(f"Read and correct: {address}sign-in?token={token}")
        say("Ctrl-C stops it.")
        if open:
            typer.launch(f"{address}sign-in?token={token}")

    try:
        run(file, host=host, port=port, names=name or (), on_start=on_start)
    except KeyboardInterrupt:
        say("stopped.")


def _require_extra() -> None:
    for module in ("starlette", "jinja2", "uvicorn", "multipart"):
        if find_spec(module) is None:
            remedy = "Install it: pip install 'newsmine[web]'"
            raise ExportError("serve", f"needs the package {module}", remedy)
