"""The article page: the text with who says what and the figures marked in it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.index import StoredArticle
from newsmine.index.withheld_names import WITHHELD
from newsmine.types import Attribution, Claim, Speaker
from newsmine.web.answers import answer, index_of, link
from newsmine.web.highlight import paragraphs

POOR = frozenset({"low quality", "not English"})
"""Flags of texts in which much may be wrong; the others only say how one was read."""
WIDEST = 2_000
"""Pixels of a page's picture across; more does not help to read it."""


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
        "flags": [flag for flag in article.flags if flag not in POOR],
        "poor": [flag for flag in article.flags if flag in POOR],
        "paragraphs": paragraphs(article.text, stored.zones, stored.attributions, stored.claims),
        "quotes": [_quote(n, one, article.text) for n, one in enumerate(stored.attributions, 1)],
        "claims": [_claim(one, article.text) for one in stored.claims],
        "checks": [
            {"claims": list(c.claims), "verdict": c.verdict, "sum": c.sum, "reason": c.reason}
            for c in stored.checks
        ],
        "pages": _pages(stored),
        "raw_url": link(f"/raw/{article.id}") if article.raw else None,
    }


def _pages(stored: StoredArticle) -> list[dict[str, Any]]:
    """The pages of which there is a picture, or may be."""
    pages = stored.article.raw.pages if stored.article.raw else ()
    if WITHHELD in stored.text:
        return []
    return [
        {"number": page.number, "url": link(f"/scan/{page.number}/{stored.id}")}
        for page in pages
        if page.image
    ]


def raw(request: Request) -> Response:
    """The text as it was read, and each change that cleaning made of it, with its rule."""
    article = index_of(request).article(request.path_params["ident"]).article
    if article.raw is None:
        raise QueryError(article.id, "has no raw text in this index", "Build it again")
    text = article.raw.raw_text
    values = {
        "id": article.id,
        "headline": article.headline,
        "url": link(f"/article/{article.id}"),
        "article_path": article.path,
        "reader": article.raw.reader,
        "raw_text": text,
        "edits": [
            {
                "rule": edit.rule,
                "before": text[slice(*edit.raw)],
                "after": article.text[slice(*edit.clean)],
                "place": edit.raw[0],
            }
            for edit in article.alignment.edits
            if edit.rule is not None
        ],
    }
    return answer(request, "raw", values)


def scan(request: Request) -> Response:
    """The picture of a page, with numbered boxes round what is quoted on it."""
    from newsmine.ingest.scan import marked_page

    stored = index_of(request).article(request.path_params["ident"])
    if WITHHELD in stored.text:
        # The picture would show what the text withholds.
        raise QueryError(stored.id, "has a name that is withheld", "Read its text instead")
    quotations = [found.content for found in stored.attributions]
    picture = marked_page(stored.article, quotations, request.path_params["number"])
    if picture.width > WIDEST:
        picture = picture.resize((WIDEST, round(picture.height * WIDEST / picture.width)))
    file = BytesIO()
    picture.save(file, "PNG")
    return Response(file.getvalue(), media_type="image/png")


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
