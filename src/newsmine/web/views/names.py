"""Organisations and speakers: who there is, and one of them in figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.index import CLAIM_COLUMNS, Index, Repeated, SpeakerEntry
from newsmine.index.name_lists import ORDERS
from newsmine.index.profiles import Field, line_of
from newsmine.web.answers import answer, index_of, link
from newsmine.web.views import years
from newsmine.web.views.naming import LONGEST, name_of, unknown, whole_or_part

PAGE = 50
MOST = 30
"""Speakers, roles and outlets that are shown of one name, and figures that were repeated."""
NEWEST = 6
QUOTES = 200
"""Of a speaker, the newest, out of which the articles come that are offered to be another's."""

_PAGES: Mapping[Field, str] = {"org": "/organisation", "speaker": "/speaker"}


def organisations(request: Request) -> Response:
    """All organisations, with how much is heard of them."""
    return _everybody(request, "org")


def speakers(request: Request) -> Response:
    """All speakers, with how much is heard of them."""
    return _everybody(request, "speaker")


def _everybody(request: Request, field: Field) -> Response:
    typed = request.query_params.get("q", "")[:LONGEST]
    sort = request.query_params.get("sort") or "quotes"
    given = request.query_params.get("page", "1")
    page = int(given) if re.fullmatch(r"[1-9][0-9]{0,5}", given) else 1
    found = index_of(request).everybody(
        field, typed, sort=sort, limit=PAGE, offset=PAGE * (page - 1)
    )
    values = {
        "field": field,
        "typed": typed,
        "sort": sort,
        "sorts": list(ORDERS),
        "page": page,
        "pages": max(1, -(-found.total // PAGE)),
        "total": found.total,
        "entries": [
            asdict(one) | {"url": link(_PAGES[field], name=one.name)} for one in found.entries
        ],
    }
    return answer(request, "names", values)


def organisation(request: Request) -> Response:
    """One organisation: what it says over time, by whom, where, beside whom, and its figures."""
    try:
        name = name_of(request)
        values = _organisation(index_of(request), name)
    except QueryError as error:
        return unknown(request, error)
    return answer(request, "organisation", {"name": name, **values})


def speaker(request: Request) -> Response:
    """One speaker: roles and organisations with their dates, what they say over time, where."""
    try:
        name = name_of(request)
        values = _speaker(index_of(request), name)
    except QueryError as error:
        return unknown(request, error)
    return answer(request, "speaker", {"name": name, **values})


def _organisation(index: Index, name: str) -> dict[str, Any]:
    found, asked = whole_or_part(index.profile, name)
    line = str(line_of("org", asked))
    return {
        "names": list(found.names),
        "quotes": found.quotes,
        "search": link("/search", q=line),
        "newest": [_quote(row) for row in index.search(line, limit=NEWEST).rows],
        "speakers": [_speaking(one) for one in found.speakers[:MOST]],
        "speakers_more": max(0, len(found.speakers) - MOST),
        **years.values("organisation", name, found.years, index.poor_years()),
        "topics": _topics(found.topics, line),
        "outlets": _counts(found.outlets),
        "beside": _counts(index.beside(asked), "/organisation"),
        "figure_count": found.figure_count,
        "figures": [_figure(row) for row in found.figures],
        "repeated": [_repeated(one) for one in index.repeated(asked)[:MOST]],
    }


def _speaker(index: Index, name: str) -> dict[str, Any]:
    found, asked = whole_or_part(index.speaker_profile, name)
    line = str(line_of("speaker", asked))
    about = index.who(line, by=["topic"])
    return {
        "names": list(found.names),
        "types": list(found.types),
        "quotes": found.quotes,
        "search": link("/search", q=line),
        "newest": [_quote(row) for row in found.newest[:NEWEST]],
        "articles": _articles(index, line, found.names[0]) if len(found.names) == 1 else [],
        "roles": [asdict(one) for one in found.roles[:MOST]],
        "organisations": [
            asdict(one) | {"url": link("/organisation", name=one.name) if one.name else None}
            for one in found.organisations[:MOST]
        ],
        **years.values("speaker", name, found.years, index.poor_years()),
        "topics": _topics(((row["topic"], row["quotes"]) for row in about), line),
        "outlets": _counts(found.outlets),
        "figure_count": found.figure_count,
        "figures": [_figure(row) for row in found.figures],
    }


def _articles(index: Index, line: str, name: str) -> list[dict[str, Any]]:
    """The newest articles that print a name, to say in which it is somebody else's."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in index.search(line, limit=QUOTES).rows:
        if row["type"] == "person" and row["speaker"] == name:
            found.setdefault(row["article"], row)
    shown = ("article", "outlet", "published", "headline", "role", "organisation")
    rows = [{name: row[name] for name in shown} for row in found.values()]
    return rows[:MOST] if len(rows) > 1 else []


def _speaking(one: SpeakerEntry) -> dict[str, Any]:
    return asdict(one) | {"url": link("/speaker", name=one.name) if one.name else None}


def _counts(counts: Sequence[tuple[str | None, int]], path: str = "") -> list[dict[str, Any]]:
    return [
        {"name": name, "count": count, "url": link(path, name=name) if path else None}
        for name, count in counts[:MOST]
    ]


def _topics(counts: Iterable[tuple[str | None, int]], line: str) -> list[dict[str, Any]]:
    """What quotes are about; nothing where the index was not asked to find out."""
    known = [(name, count) for name, count in counts if name]
    return [
        {"name": name, "count": count, "url": link("/search", q=f"{line} topic:{name}")}
        for name, count in known[:MOST]
    ]


def _quote(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row) | {"url": link(f"/article/{row['article']}") + f"#{row['attribution']}"}


def _figure(row: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: row[name] for name in CLAIM_COLUMNS}
    return shown | {"url": link(f"/article/{row['article']}") + f"#{row['claim']}"}


def _repeated(one: Repeated) -> dict[str, Any]:
    return {"figure": _figure(one.figure), "prints": [_figure(row) for row in one.prints]}
