"""Saved searches: listed with what they found then and find now, saved, deleted.

Who may only read has the address of a search, which keeps it as well.
"""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.export.selection import index_id
from newsmine.index import Index
from newsmine.index.saved import LONGEST, SavedSearch, delete, save, saved
from newsmine.web.answers import access, answer, index_of, library, link, redirect
from newsmine.web.views.corrections import sent_texts, who_of

MOST_COUNTED = 100
"""Searches that are run again to say what they find now."""


def searches(request: Request) -> Response:
    """All saved searches. One that names somebody withheld is shown only to who may write."""
    index = index_of(request)
    hides = index.withholding.counts().names > 0 and not access(request).may_write(request)
    found = saved(index.journal)
    shown = [one for one in found if not (hides and _names(index, one))]
    here = index_id(index) if shown else ""
    values = {
        "index": here,
        "hidden": len(found) - len(shown),
        "searches": [
            _search(index, one, here, counted=place < MOST_COUNTED)
            for place, one in enumerate(shown)
        ],
    }
    return answer(request, "saved", values)


def _names(index: Index, one: SavedSearch) -> bool:
    return index.withholding.names_in("\n".join((one.name, one.query, one.why or "")))


def _search(index: Index, one: SavedSearch, here: str, *, counted: bool) -> dict[str, Any]:
    total, problem = None, None
    try:
        total = index.search(one.query).total if counted else None
    except QueryError as error:  # A line of a later newsmine.
        problem = str(error)
    return {
        "number": one.number,
        "name": one.name,
        "query": one.query,
        "sort": one.sort,
        "url": link("/search", q=one.query, sort=one.sort if one.sort != "date" else ""),
        "who": one.who,
        "at": one.at,
        "why": one.why,
        "index": one.index,
        "same_index": one.index == here,
        "then": one.total,
        "now": total,
        "problem": problem,
    }


async def keep(request: Request) -> Response:
    """Save the search that a form gives, under a name."""
    sent = await _sent(request)
    await run_in_threadpool(_keep, request, sent)
    return redirect("/saved")


def _keep(request: Request, sent: dict[str, str]) -> None:
    query, sort = sent.get("q", ""), sent.get("sort") or "date"
    # Read before the file is locked: to count, and to make the id, may take a second.
    index = index_of(request)
    total, here = index.search(query, sort=sort).total, index_id(index)
    about: dict[str, Any] = {"sort": sort, "index": here, "total": total}
    with library(request).writing() as index:
        name, why = sent.get("name", ""), sent.get("why") or None
        save(index.journal, name, query, **about, who=sent["who"], why=why)


async def drop(request: Request) -> Response:
    """Delete a saved search."""
    sent = await _sent(request)
    number = sent.get("number", "")
    if not number.isdecimal() or len(number) > LONGEST:
        raise QueryError("number", "is missing", "Use the form of the page of saved searches")
    await run_in_threadpool(_drop, request, int(number), sent["who"])
    return redirect("/saved")


def _drop(request: Request, number: int, who: str) -> None:
    with library(request).writing() as index:
        delete(index.journal, number, who=who)


async def _sent(request: Request) -> dict[str, str]:
    form = await access(request).form(request)
    sent = sent_texts(form)
    return sent | {"who": who_of(sent)}
