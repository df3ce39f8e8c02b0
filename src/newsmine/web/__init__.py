"""Pages over an index, for a browser: search, read, check, correct, export, upload.

Rendered on the server, without need of JavaScript; every page gives the same as JSON when asked
for ``application/json`` or with ``?format=json``. Needs the extra ``web``.

* ``app`` lists the addresses; a module in ``views`` answers each group of them;
* ``library`` is the index, open for each thread;
* ``access`` says who may write, and guards every answer;
* ``answers`` turns a view's plain values into a page or JSON; ``templates`` and ``static`` are
  what a browser gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsmine.web.app import create_app
    from newsmine.web.server import serve

__all__ = ["create_app", "serve"]


def __getattr__(name: str) -> object:
    # Lazily: whoever only asks an index need not have the extra installed.
    if name == "create_app":
        from newsmine.web.app import create_app

        return create_app
    if name == "serve":
        from newsmine.web.server import serve

        return serve
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
