"""A view's plain values as a page or as JSON, and errors as pages that say what to do.

A view gives a dict of values that JSON knows; the page shows them, a program gets them as they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from newsmine import __version__
from newsmine.errors import IndexFileError, NewsmineError, QueryError
from newsmine.web.access import Access, ForbiddenError
from newsmine.web.library import Library

if TYPE_CHECKING:
    from newsmine.index import Index

HERE = Path(__file__).parent


def environment() -> Environment:
    """The templates. Everything that they show is escaped; a name that is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["number"] = lambda value: f"{value:,}"
    made.filters["date"] = lambda value: value or "undated"
    made.filters["percent"] = lambda share: f"{round(100 * share)} %"
    made.globals["link"] = link
    return made


def link(path: str, **values: Any) -> str:
    """An address of ours: the path escaped, values that are not empty as its query."""
    return _link(path, tuple(values.items()))


@lru_cache(maxsize=4096)
def _link(path: str, values: tuple[tuple[str, Any], ...]) -> str:
    # A page has a hundred, and many pages have the same ones.
    given = {name: value for name, value in values if value not in (None, "", 1)}
    return quote(path, safe="/") + (f"?{urlencode(given)}" if given else "")


def library(request: Request) -> Library:
    """The index behind the pages."""
    found: Library = request.app.state.library
    return found


def index_of(request: Request) -> Index:
    """The index, for reading, in the thread of this request."""
    return library(request).index()


def access(request: Request) -> Access:
    """Who may write."""
    found: Access = request.app.state.access
    return found


def wants_json(request: Request) -> bool:
    """Whether a program asks."""
    form = request.query_params.get("format")
    accepted = request.headers.get("accept", "")
    return form == "json" or (form is None and accepted.startswith("application/json"))


def is_fragment(request: Request) -> bool:
    """Whether our script asks for a part of a page."""
    return request.headers.get("hx-request") == "true"


def answer(request: Request, page: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """The values as JSON, or in the template ``page``.html."""
    if wants_json(request):
        text = json.dumps(values, ensure_ascii=False)
        return Response(_encoded(text), status, media_type="application/json")
    template = request.app.state.templates.get_template(f"{page}.html")
    shown = template.render(**values, **_around(request))
    return HTMLResponse(_encoded(shown), status, headers={"Vary": "Accept, HX-Request"})


def _encoded(text: str) -> bytes:
    # A lone surrogate out of a damaged file cannot travel; a sign takes its place.
    return text.encode("utf-8", errors="replace")


def _around(request: Request) -> dict[str, Any]:
    """What every page shows."""
    return {
        "version": __version__,
        "file": library(request).path.name,
        "path": request.url.path,
        "here": str(request.url.include_query_params()).removeprefix(str(request.base_url)[:-1]),
        "secret": access(request).secret(request),
        "fragment": is_fragment(request),
        "user": request.app.state.user,
    }


def redirect(path: str) -> Response:
    """To another page of ours, after a change."""
    return RedirectResponse(path, status_code=303)


_STATUS: tuple[tuple[type[NewsmineError], int], ...] = (
    (ForbiddenError, 403),
    (QueryError, 400),
    (IndexFileError, 503),
    (NewsmineError, 422),
)


def on_newsmine_error(request: Request, error: Exception) -> Response:
    """What went wrong and the remedy, as a page."""
    if not isinstance(error, NewsmineError):
        return _failed(request, 500, "newsmine failed", "Report it, please.")
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    return _failed(request, status, f"{error.thing}: {error.reason}", f"{error.remedy}.")


def on_http_error(request: Request, error: Exception) -> Response:
    """A page that is not there, or a method that it does not know."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    reason, remedy = _REASONS.get(status, ("This cannot be done here", "Follow the links."))
    return _failed(request, status, reason, remedy)


_REASONS = {
    404: ("There is no such page", "The search page leads everywhere."),
    413: ("That is too much at once", "Send smaller parts, or use `newsmine build` for archives."),
}


def on_defect(request: Request, error: Exception) -> Response:
    """A fault of ours: no traceback reaches a user."""
    return _failed(request, 500, f"newsmine failed ({type(error).__name__})", "Report it, please.")


def _failed(request: Request, status: int, reason: str, remedy: str) -> Response:
    return answer(request, "error", {"status": status, "reason": reason, "remedy": remedy}, status)


HANDLERS: dict[Any, Callable[[Request, Exception], Response]] = {
    NewsmineError: on_newsmine_error,
    HTTPException: on_http_error,
    Exception: on_defect,
}
