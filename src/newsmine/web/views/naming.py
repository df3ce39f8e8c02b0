"""The name that a page is asked about, and the page for a name that nobody bears."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.index.query import WHOLE
from newsmine.web.answers import answer

_T = TypeVar("_T")
LONGEST = 300
"""Characters of a name that are looked for."""


def name_of(request: Request) -> str:
    """The name that is asked for.

    Raises:
        QueryError: There is none, or it is longer than any name.
    """
    name = request.query_params.get("name", "").strip()
    if not re.search(r"[^\W_]", name):
        raise QueryError("name", "has no word", "Choose one from the list")
    if len(name) > LONGEST:
        raise QueryError(repr(name[:60] + "…"), "is longer than a name", "Choose one from the list")
    return name


def whole_or_part(ask: Callable[[str], _T], name: str) -> tuple[_T, str]:
    """What is found of a whole name, else of all names with these words; and what was asked for.

    Links have whole names: the government is not every council. Who types a part finds all.
    """
    try:
        return ask(WHOLE + name), WHOLE + name
    except QueryError:
        return ask(name), name


def unknown(request: Request, error: QueryError) -> Response:
    """Nobody is called so, with who may be meant."""
    values = {"status": 404, "reason": f"{error.thing} {error.reason}", "remedy": error.remedy}
    listed = "/organisations" if request.url.path.startswith("/organisation") else "/speakers"
    return answer(request, "unknown_name", {**values, "listed": listed}, 404)
