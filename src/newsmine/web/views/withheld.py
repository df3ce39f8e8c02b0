"""Names to withhold: a look at what would be hidden, then the decision; readers see counts alone.

A name is sent by forms that are no addresses: it shall stand in no history, no log and no cache.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.index import Index
from newsmine.index.journal_forms import LONGEST_NAME
from newsmine.index.withheld_rules import SETS
from newsmine.web.answers import access, answer, index_of, library, link, redirect
from newsmine.web.views.corrections import sent_texts, who_of

SHOWN = 50
"""Articles of a preview that are shown."""
MOST_FOUND = 200
"""Names found by rules that are listed."""
MOST_ARTICLES = 20_000
"""Of a larger index a rule reads all texts for minutes, in which a browser would give up."""


async def withheld(request: Request) -> Response:
    """What is withheld; a form's preview, or its decision, which is kept and applied."""
    if request.method == "GET":
        return _page(request, await run_in_threadpool(_values, request))
    form = await access(request).form(request)
    sent = sent_texts(form)
    if sent.get("action") == "preview":
        return _page(request, await run_in_threadpool(_values, request, sent))
    await run_in_threadpool(_decided, request, sent)
    return redirect("/withheld")


def _page(request: Request, values: Mapping[str, Any]) -> Response:
    page = answer(request, "withheld", values)
    page.headers["Cache-Control"] = "no-store"
    return page


def _values(request: Request, sent: Mapping[str, str] | None = None) -> dict[str, Any]:
    index = index_of(request)
    counts = asdict(index.withholding.counts())
    values = {
        "counts": counts | {"rules": list(counts["rules"])},
        "sets": list(SETS),
        "longest": LONGEST_NAME,
        "preview": _preview(index, sent) if sent else None,
        "decisions": [],
        "found": [],
        "found_more": False,
    }
    return values | (_for_writers(index) if access(request).may_write(request) else {})


def _for_writers(index: Index) -> dict[str, Any]:
    """What names somebody."""
    found = [asdict(one) for one in islice(index.withholding.found(), MOST_FOUND + 1)]
    decisions = [asdict(one) for one in index.withholding.decisions()]
    return {
        "decisions": decisions[::-1],
        "found": [one | {"url": link(f"/article/{one['article']}")} for one in found[:MOST_FOUND]],
        "found_more": len(found) > MOST_FOUND,
    }


def _preview(index: Index, sent: Mapping[str, str]) -> dict[str, Any]:
    name, rule = sent.get("name", "").strip(), sent.get("rule", "")
    seen = index.withholding.preview(**({"rule": rule} if rule else {"name": name}))
    return {
        "name": "" if rule else name,
        "rule": rule,
        "count": seen.count,
        "names": list(seen.names),
        "total": seen.total,
        "looked_at": seen.looked_at,
        "changed": len(seen.articles),
        "articles": [
            asdict(one) | {"url": link(f"/article/{one.article}")} for one in seen.articles[:SHOWN]
        ],
    }


def _decided(request: Request, sent: Mapping[str, str]) -> None:
    who, why = who_of(sent), sent.get("why") or None
    decide = _ACTIONS.get(sent.get("action", ""))
    if decide is None:
        raise QueryError("action", "is unknown", "Use the forms of the page")
    with library(request).writing() as index:
        decide(index, sent, who, why)
        index.identities.refresh()


def _name(index: Index, sent: Mapping[str, str], who: str, why: str | None) -> None:
    index.withholding.name(sent.get("name", ""), who=who, why=why)


def _keep(index: Index, sent: Mapping[str, str], who: str, why: str | None) -> None:
    index.withholding.keep(sent.get("name", ""), who=who, why=why)


def _rule(index: Index, sent: Mapping[str, str], who: str, why: str | None) -> None:
    if index.size().articles > MOST_ARTICLES:
        remedy = "Use newsmine withhold FILE --rule, which says how far it is"
        raise QueryError("this index", "is too large for a browser to wait for", remedy)
    index.withholding.rule(sent.get("rule", ""), who=who, why=why)


_ACTIONS: dict[str, Callable[[Index, Mapping[str, str], str, str | None], None]] = {
    "name": _name,
    "rule": _rule,
    "keep": _keep,
}
