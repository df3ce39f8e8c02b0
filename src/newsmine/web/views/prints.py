"""Where the same was printed: all prints of one saying, with why they are taken for one."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.index import Index
from newsmine.index.clusters import Printing
from newsmine.index.identity import Called
from newsmine.web.answers import answer, index_of, link

SHOWN = 200
"""Prints that are shown, the earliest first."""


def prints(request: Request) -> Response:
    """The prints of what a quote says (``row=ARTICLE:a1``), the first one first."""
    index = index_of(request)
    article, colon, attribution = request.query_params.get("row", "").rpartition(":")
    if not colon:
        raise QueryError("row", "is missing", "Follow “printed” beside a quote")
    found = index.printings(article, attribution)
    called = index.identities.called()
    values = {
        "row": f"{article}:{attribution}",
        "total": len(found),
        "papers": len({one.outlet for one in found if one.outlet}),
        "prints": [_print(index, one, called) for one in found[:SHOWN]],
    }
    return answer(request, "prints", values)


def _print(index: Index, one: Printing, called: Called) -> dict[str, Any]:
    article, _, attribution = one.print.rpartition("/")
    row = index.row(article, attribution)
    shown = ("quote", "kind", "speaker", "type", "role", "organisation", "outlet", "published")
    return {
        **{name: row[name] for name in (*shown, "headline", "article", "attribution")},
        "url": link(f"/article/{article}") + f"#{attribution}",
        "speaker_identity": called.speaker(row["speaker"], row["type"], article),
        "organisation_identity": called.organisation(row["organisation"]),
        "how": one.kind,
        "score": one.score,
        "reason": one.reason,
    }
