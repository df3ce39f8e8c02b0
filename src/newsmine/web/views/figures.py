"""Figures: which ones several articles give, and whether they agree; the sum is shown."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.index import Index
from newsmine.types import Verdict
from newsmine.web.answers import answer, index_of, link

SHOWN = 100
"""Rows of each table; those that disagree come first."""
MOST_COMPARED = 20_000
"""Figures that are set against each other while a browser waits: about two seconds."""
_LONGEST = 300
_NOTHING: dict[str, Any] = {"across": [], "within": [], "compared": 0, "too_many": False}


def figures(request: Request) -> Response:
    """The same figure over articles, and the sums within each, filtered by a form."""
    given = {name: _param(request, name) for name in ("org", "counted", "verdict")}
    values = {**given, "verdicts": list(get_args(Verdict)), "most": MOST_COMPARED, "shown": SHOWN}
    wanted = {name: value or None for name, value in given.items()}
    try:
        found = _found(index_of(request), wanted)
    except QueryError as error:
        return answer(request, "claims", {**values, **_NOTHING, "problem": str(error)}, 400)
    return answer(request, "claims", {**values, **found, "problem": None})


def _param(request: Request, name: str) -> str:
    return request.query_params.get(name, "").strip()[:_LONGEST]


def _found(index: Index, wanted: dict[str, Any]) -> dict[str, Any]:
    within = [_within(row) for row in islice(index.iter_checks(**wanted), SHOWN)]
    compared = index.count("claims", org=wanted["org"], counted=wanted["counted"])
    if compared > MOST_COMPARED:
        return {"across": [], "within": within, "compared": compared, "too_many": True}
    across = [_across(row) for row in islice(index.iter_agreements(**wanted), SHOWN)]
    return {"across": across, "within": within, "compared": compared, "too_many": False}


def _across(row: Mapping[str, Any]) -> dict[str, Any]:
    shown = ("relation", "verdict", "sum", "reason", "counted", "compilers")
    prints = zip(
        row["figures"], row["outlets"], row["published"], row["articles"], row["claims"],
        strict=True,
    )  # fmt: skip
    return {name: row[name] for name in shown} | {
        "prints": [
            {"figure": figure, "outlet": outlet, "published": day, "url": _url(article, claim)}
            for figure, outlet, day, article, claim in prints
        ]
    }


def _within(row: Mapping[str, Any]) -> dict[str, Any]:
    shown = ("rule", "verdict", "sum", "reason", "counted", "outlet", "published", "headline")
    pairs = zip(row["figures"], row["claims"], strict=False)
    return {name: row[name] for name in shown} | {
        "figures": [{"text": text, "url": _url(row["article"], claim)} for text, claim in pairs]
    }


def _url(article: str, claim: str) -> str:
    return link(f"/article/{article}") + f"#{claim}"
