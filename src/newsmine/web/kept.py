"""Pages that are kept until the index changes: made once, then sent again, or not even sent.

A page depends on its address, on who asks and on what is in the index. SQLite counts the changes
of a file (``PRAGMA data_version``), so a page that was made before the last one is never sent.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from newsmine.web.answers import access, library

PAGES = 400
"""Pages that are kept, those asked for last: about 60 kB each."""
FACETS = 200
"""Searches whose facets are kept: their later pages and other orders have the same."""

View = Callable[[Request], Response]
_T = TypeVar("_T")


class Kept(Generic[_T]):
    """The last ``most`` things that were made, by their keys; for many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._things: OrderedDict[Hashable, _T] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The thing of a key; made where there is none, once for all who ask meanwhile."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            there = self._things.get(key)
            return self._made(key, make) if there is None else there

    def _made(self, key: Hashable, make: Callable[[], _T]) -> _T:
        try:
            made = make()
            with self._lock:
                self._things[key] = made
                while len(self._things) > self._most:
                    self._things.popitem(last=False)
            return made
        finally:
            with self._lock:
                self._making.pop(key, None)


def kept(view: View) -> View:
    """The view, asked only for what is not kept; a browser that has the page is told so.

    Only for views whose page is of the index alone. Errors are made anew each time.
    """

    def answered(request: Request) -> Response:
        stamp = library(request).stamp()
        if stamp is None:
            return view(request)
        key = (view.__module__, view.__name__, stamp, *_asked(request))
        page: Response = request.app.state.pages.get(key, lambda: _tagged(view(request), key))
        if request.headers.get("if-none-match") == page.headers["etag"]:
            return Response(status_code=304, headers=_validators(page))
        # A response is sent once only: each reader has one of its own round the same bytes.
        return Response(bytes(page.body), page.status_code, dict(page.headers))

    return answered


def _asked(request: Request) -> tuple[str | None, ...]:
    """All that a page depends on besides the index."""
    headers = (request.headers.get(name) for name in ("accept", "hx-request", "host"))
    return (str(request.url), access(request).secret(request), *headers)


def _tagged(page: Response, key: tuple[object, ...]) -> Response:
    # The secret in the key keeps the tag from telling anything: nobody can reckon it back.
    page.headers["ETag"] = f'"{hashlib.sha256(repr(key).encode() + bytes(page.body)).hexdigest()}"'
    return page


def _validators(page: Response) -> dict[str, str]:
    return {name: page.headers[name] for name in ("etag", "vary") if name in page.headers}
