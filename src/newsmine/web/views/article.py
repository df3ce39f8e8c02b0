"""The article page: the text with who says what and the figures marked in it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from newsmine.index import StoredArticle
from newsmine.types import Attribution, Claim, Speaker
from newsmine.web.answers import answer, index_of, link
from newsmine.web.highlight import paragraphs


def article(request: Request) -> Response:
    """One article, everything that was found in it, and links between the two."""
    stored = index_of(request).article(request.path_params["ident"])
    return answer(request, "article", _values(stored))


def _values(stored: StoredArticle) -> dict[str, Any]:
    article = stored.article
    return {
        "id": article.id,
        "article_path": article.path,
        "outlet": article.outlet,
        "published": article.published,
        "headline": article.headline,
        "bylines": [{"name": one.name, "role": one.role} for one in article.bylines],
        "flags": list(article.flags),
        "paragraphs": paragraphs(article.text, stored.zones, stored.attributions, stored.claims),
        "quotes": [_quote(n, one, article.text) for n, one in enumerate(stored.attributions, 1)],
        "claims": [_claim(one, article.text) for one in stored.claims],
        "checks": [
            {"claims": list(c.claims), "verdict": c.verdict, "sum": c.sum, "reason": c.reason}
            for c in stored.checks
        ],
        "pages": [page.number for page in (article.raw.pages if article.raw else ())],
    }


def _quote(number: int, found: Attribution, text: str) -> dict[str, Any]:
    return {
        "id": found.id,
        "number": number,
        "kind": found.kind,
        "quote": " … ".join(text[start:end] for start, end in found.content),
        "speaker": _speaker(found.speaker),
        "confidence": found.confidence,
        "reasons": list(found.reasons),
    }


def _claim(claim: Claim, text: str) -> dict[str, Any]:
    fields = ("form", "unit", "counted", "population", "direction", "base", "period", "area")
    return {
        "id": claim.id,
        "text": text[slice(*claim.span)],
        **{name: getattr(claim, name) for name in (*fields, "status", "attribution")},
        "speaker": _speaker(claim.speaker),
        "reasons": list(claim.reasons),
    }


def _speaker(speaker: Speaker | None) -> dict[str, Any] | None:
    if speaker is None:
        return None
    return {
        "name": speaker.name,
        "type": speaker.type,
        "role": speaker.role,
        "organisation": speaker.organisation,
        "candidates": list(speaker.candidates),
        "url": link("/speaker", name=speaker.name) if speaker.name else None,
        "organisation_url": (
            link("/organisation", name=speaker.organisation) if speaker.organisation else None
        ),
    }
