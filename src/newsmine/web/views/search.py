"""The search page: a query line, what it finds, and ways to narrow it."""

from __future__ import annotations

import os
import re
import threading
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from newsmine.errors import QueryError
from newsmine.index import Facet, Facets, Index, IndexSize, QueryLine, SearchResult, parse_query
from newsmine.index.query import SORTS, WHOLE
from newsmine.index.query_fields import FIELDS, NAMED
from newsmine.web.answers import answer, index_of, link
from newsmine.web.kept import Lagging, lag
from newsmine.web.views.exports import offered

PAGE = 20
MOST_PAGES = 5_000
COMPLETIONS = 8

MANY = 2_000
"""Facets count so many hits; of more, the newest, as the page says. 20,000 take 0.2 s."""
_A_FEW_AT_A_TIME = threading.BoundedSemaphore(os.cpu_count() or 1)
"""Counts of big searches; who asks for a small one does not stand in line behind twenty."""

_FIELD_OF = {"organisation": "org"}
"""Facets that go by another name in the query line."""


def home(request: Request) -> Response:
    """The search line, and what there is to search."""
    index = index_of(request)
    sizes: Lagging[IndexSize] = request.app.state.sizes
    size, _ = sizes.get("", request, index.size)
    values = {
        "articles": size.articles,
        "quotes": size.quotes,
        "claims": size.claims,
        "earliest": size.earliest,
        "latest": size.latest,
        "heard": [
            {"name": value, "count": count, "url": link("/organisation", name=value)}
            for value, count in _heard(_counted(request, index.search("")))
        ],
    }
    return answer(request, "home", {**values, "lag": lag(request)})


def _heard(counted: Counted) -> Iterator[tuple[str, int]]:
    if counted.facets:
        yield from ((name, n) for name, n in counted.facets["organisation"].counts if name)


def search(request: Request) -> Response:
    """What a query line finds, a page of it. A mistake in the line is told, with the remedy."""
    query = request.query_params.get("q", "")
    try:
        line = parse_query(query)
        sort = request.query_params.get("sort") or "date"
        page = _page(request.query_params.get("page", "1"))
        found = index_of(request).search(query, limit=PAGE, offset=PAGE * (page - 1), sort=sort)
        values = _values(found, line, page, _counted(request, found))
    except QueryError as error:
        return answer(request, "mistake", {"query": query, "problem": str(error)}, 400)
    return answer(request, "search", {"query": query, **values, "lag": lag(request)})


def _page(given: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", given) or not 1 <= int(given) <= MOST_PAGES:
        raise QueryError(f"page {given[:20]!r}", "is no page", f"Give 1 to {MOST_PAGES:,}")
    return int(given)


@dataclass(frozen=True, slots=True)
class Counted:
    """What all pages of a search have in common: how many rows, and by what they can be narrowed.

    ``facets`` is ``None`` where there are no rows; ``newest`` are ids of some that a page shows.
    """

    total: int
    facets: Facets | None
    newest: array[int]


def _counted(request: Request, found: SearchResult) -> Counted:
    """The counts of a search, kept until the index changes; of a big one, a little longer."""
    counts: Lagging[Counted] = request.app.state.counts
    counted, is_of_now = counts.get(str(found.query), request, lambda: _count(found))
    if is_of_now:
        found.newest = counted.newest
    if not counted.total:
        sizes: Lagging[IndexSize] = request.app.state.sizes
        size, _ = sizes.get("", request, index_of(request).size)
        found.everything = getattr(size, found.what)
    return counted


def is_big(counted: Counted | IndexSize) -> bool:
    """Whether so much was counted that an article more or less says nothing."""
    return (counted.total if isinstance(counted, Counted) else counted.quotes) > MANY


def _count(found: SearchResult) -> Counted:
    found.faceted = MANY
    if found.total <= MANY:
        return Counted(found.total, found.facets if found.total else None, array("q"))
    with _A_FEW_AT_A_TIME:
        return Counted(found.total, found.facets, array("q", found.newest))


def _values(found: SearchResult, line: QueryLine, page: int, counted: Counted) -> dict[str, Any]:
    query, total, facets = str(line), counted.total, counted.facets
    return {
        "what": found.what,
        "total": total,
        "page": page,
        "pages": max(1, -(-total // PAGE)),
        "sort": found.sort,
        "sorts": [sort for sort in SORTS[found.what] if sort != "rank" or line.words()],
        "rows": [_row(row, pieces) for row, pieces in found.marked()],
        "chips": _chips(line),
        "facets": [_facet(facet, line) for facet in facets.facets] if facets else [],
        "facets_of": facets.counted if facets else 0,
        "variants": {
            word: [{"word": v.word, "count": v.count} for v in variants]
            for word, variants in found.variants.items()
        },
        "empty": None if total else str(found.emptied),
        "suggestions": [] if total else [str(one) for one in found.suggestions],
        "exports": offered(query),
    }


def _row(row: dict[str, Any], pieces: tuple[tuple[str, bool], ...]) -> dict[str, Any]:
    ident = row.get("claim") or row["attribution"]
    return row | {
        "pieces": [{"text": text, "hit": hit} for text, hit in pieces],
        "url": link(f"/article/{row['article']}") + f"#{ident}",
    }


def _chips(line: QueryLine) -> list[dict[str, str]]:
    """Each part of the line, and where it is left out."""
    return [
        {
            "text": str(item),
            "without": link(
                "/search", q=str(QueryLine(tuple(one for one in line.items if one is not item)))
            ),
        }
        for item in line.items
    ]


def _facet(facet: Facet, line: QueryLine) -> dict[str, Any]:
    here = quote_plus(str(line))
    values = [
        {"value": value, "count": count, "url": _narrowed(facet.name, value, here)}
        for value, count in facet.counts
    ]
    return {"name": facet.name, "distinct": facet.distinct, "values": values}


def _narrowed(name: str, value: str | None, here: str) -> str | None:
    """The search with this value of a facet as well; ``None`` where no line can say so."""
    more = _said(name, value)
    return None if more is None else f"/search?q={here}{'+' * bool(here)}{more}"


@lru_cache(maxsize=4096)
def _said(name: str, value: str | None) -> str | None:
    """A value of a facet as an address says it."""
    field = _FIELD_OF.get(name, name)
    if value is None or field not in FIELDS or not re.search(r"[^\W_]", value):
        return None
    plain = " ".join(value.replace('"', " ").split())
    # All of the name, so that as many are found as were counted; unless the line cannot say it.
    sign = WHOLE if field in NAMED and plain == value else ""
    return quote_plus(f'{field}:{sign}"{plain}"')


def complete(request: Request) -> Response:
    """Lines that go on where the typed one stops: fields, organisations, speakers, outlets."""
    typed = request.query_params.get("q", "")
    head, last = re.fullmatch(r'(.*?)([^\s"]*(?:"[^"]*)?)', typed, re.DOTALL).groups()  # type: ignore[union-attr]
    options = [head + end for end in _endings(index_of(request), last)][:COMPLETIONS]
    if request.headers.get("hx-request") != "true":
        return answer(request, "complete", {"options": options})
    page = request.app.state.templates.get_template("complete.html")
    return HTMLResponse(page.render(options=options, fragment=True))


def _endings(index: Index, last: str) -> Iterator[str]:
    field, colon, start = last.partition(":")
    if not colon:
        yield from (f"{name}:" for name in FIELDS if last and name.startswith(last.casefold()))
        return
    for name in index.names(field.lstrip("-"), start.strip('"'), limit=COMPLETIONS):
        yield f'{field}:"{name}" '
