"""Pages that are kept until the index changes: made once, then sent again, or not even sent.

A page depends on its address, on who asks and on what is in the index. SQLite counts the changes
of a file (``PRAGMA data_version``), so a page that was made before the last one is never sent.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from newsmine.web.answers import access, library

PAGES = 400
"""Pages that are kept, those asked for last: about 60 kB each."""
COUNTS = 400
"""Searches whose counts are kept: their later pages and other orders have the same."""

LAG = 10
"""Seconds that the counts of a big search may be old while another program writes."""

View = Callable[[Request], Response]
_T = TypeVar("_T")


class Kept(Generic[_T]):
    """The last ``most`` things that were made, by their keys; for many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._things: OrderedDict[Hashable, _T] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(
        self, key: Hashable, make: Callable[[], _T], still: Callable[[_T], bool] = lambda _: True
    ) -> _T:
        """The thing of a key; made once for all who ask meanwhile, where there is none that still
        holds.
        """
        with self._lock:
            if key in self._things and still(self._things[key]):
                self._things.move_to_end(key)
                return self._things[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            there = self._things.get(key)
            return self._made(key, make) if there is None or not still(there) else there

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


@dataclass(frozen=True, slots=True)
class _Dated(Generic[_T]):
    thing: _T
    stamp: object
    changes: int
    since: float


class Lagging(Generic[_T]):
    """Things that are made out of the index, and may be a little older than it.

    While articles are added, each one changes the index: what takes long to make is then made anew
    every ``LAG`` seconds, not for every reader. Where ``may_lag`` does not say of a thing that it
    may be old, and after a change on these pages, it is made anew at once.
    """

    def __init__(self, most: int, may_lag: Callable[[_T], bool]) -> None:
        self._kept = Kept[_Dated[_T]](most)
        self._may_lag = may_lag

    def get(self, key: Hashable, request: Request, make: Callable[[], _T]) -> tuple[_T, bool]:
        """The thing of a key, and whether it is of now; else of up to ``LAG`` seconds ago."""
        stamp, changes = library(request).stamp(), library(request).changes
        if stamp is None:
            return make(), True

        def still(found: _Dated[_T]) -> bool:
            if found.stamp == stamp:
                return True
            old = time.monotonic() - found.since
            return old < LAG and found.changes == changes and self._may_lag(found.thing)

        def made() -> _Dated[_T]:
            since = time.monotonic()
            return _Dated(make(), stamp, changes, since)

        found = self._kept.get(key, made, still)
        if found.stamp != stamp:
            until = found.since + LAG
            request.state.until = min(until, _until(request) or until)
        return found.thing, found.stamp == stamp


def lag(request: Request) -> int:
    """Up to how many seconds old the counts of the page are that is made; 0 if they are of now."""
    return 0 if _until(request) is None else LAG


def _until(request: Request) -> float | None:
    """When the page that is made holds no longer, where its counts lag."""
    until: float | None = getattr(request.state, "until", None)
    return until


def kept(view: View) -> View:
    """The view, asked only for what is not kept; a browser that has the page is told so.

    Only for views whose page is of the index alone. Errors are made anew each time.
    """

    def answered(request: Request) -> Response:
        stamp = library(request).stamp()
        if stamp is None:
            return view(request)
        key = (view.__module__, view.__name__, stamp, *_asked(request))
        pages: Kept[Page] = request.app.state.pages
        page = pages.get(key, lambda: _made(view, request, key), Page.holds).page
        if request.headers.get("if-none-match") == page.headers["etag"]:
            return Response(status_code=304, headers=_validators(page))
        # A response is sent once only: each reader has one of its own round the same bytes.
        return Response(bytes(page.body), page.status_code, dict(page.headers))

    return answered


@dataclass(frozen=True, slots=True)
class Page:
    """A page; one with counts that lag is kept no longer than they may."""

    page: Response
    until: float | None

    def holds(self) -> bool:
        return self.until is None or time.monotonic() < self.until


def _made(view: View, request: Request, key: tuple[object, ...]) -> Page:
    page = _tagged(view(request), key)
    return Page(page, _until(request))


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
