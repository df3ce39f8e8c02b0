"""The article page: the text with who says what and the figures marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.export.extraction import to_dict
from newsmine.index import StoredArticle
from newsmine.index.withheld_names import WITHHELD
from newsmine.ingest.boxes import to_boxes
from newsmine.ingest.language import NOT_ENGLISH
from newsmine.ingest.quality import LOW_QUALITY
from newsmine.types import Article, Span, Speaker
from newsmine.web.answers import answer, index_of, link
from newsmine.web.highlight import paragraphs

POOR = frozenset({LOW_QUALITY, NOT_ENGLISH})
"""Flags of texts in which much may be wrong; the others only say how one was read."""
WIDEST = 2_000
"""Pixels of a page's picture across; more does not help to read it."""


def article(request: Request) -> Response:
    """One article, everything that was found in it, and links between the two."""
    stored = index_of(request).article(request.path_params["ident"])
    return answer(request, "article", _values(stored))


def _values(stored: StoredArticle) -> dict[str, Any]:
    """The record of the extraction, with what a page adds to it."""
    record, article = to_dict(stored.extraction), stored.article
    quotes = zip(record["attributions"], stored.attributions, strict=True)
    claims = zip(record["claims"], stored.claims, strict=True)
    return {
        **record,
        "poor": [flag for flag in article.flags if flag in POOR],
        "paragraphs": paragraphs(article.text, stored.zones, stored.attributions, stored.claims),
        "attributions": [
            {
                **one,
                "number": number,
                "candidates": _candidates(found.speaker),
                "page": _page_of(article, found.content),
            }
            for number, (one, found) in enumerate(quotes, 1)
        ],
        "claims": [{**one, "reasons": list(found.reasons)} for one, found in claims],
        "pages": _pages(stored),
        "raw_url": link(f"/raw/{article.id}") if article.raw else None,
    }


def _candidates(speaker: Speaker | None) -> list[str]:
    return list(speaker.candidates) if speaker else []


def _page_of(article: Article, spans: Sequence[Span]) -> int | None:
    """The page on which a quote begins, of an article of which there are pages."""
    if article.raw is None or not article.raw.pages:
        return None
    boxes = to_boxes(article, *spans)
    return boxes[0][0] if boxes else None


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
