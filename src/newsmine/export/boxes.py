"""Where on the pages the roles, figures and names of a record are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from newsmine.ingest.boxes import to_boxes
from newsmine.types import Article, Page

ROLES = ("content", "source", "cue")


def with_boxes(record: dict[str, Any], article: Article) -> dict[str, Any]:
    """The record of an article with ``boxes`` in each attribution, claim and mention.

    A box is ``[page, left, top, right, bottom]`` in the page's unit, one a line; an attribution
    has them by role, as under ``raw``. ``article.pages`` gives sizes and units. Without pages all
    of these are empty.
    """
    pages = article.raw.pages if article.raw else ()
    spanned = {
        kind: [entry | {"boxes": _boxes(article, [entry["span"]])} for entry in record[kind]]
        for kind in ("claims", "mentions")
    }
    attributions = [
        entry | {"boxes": {role: _boxes(article, entry[role]) for role in ROLES}}
        for entry in record["attributions"]
    ]
    described = record["article"] | {"pages": [_page(page) for page in pages]}
    return record | spanned | {"article": described, "attributions": attributions}


def _boxes(article: Article, spans: Iterable[Sequence[int]]) -> list[list[float]]:
    places = to_boxes(article, *((start, end) for start, end in spans))
    return [[page, *box] for page, box in places]


def _page(page: Page) -> dict[str, Any]:
    size = {"width": page.width, "height": page.height, "unit": page.unit}
    return {"page": page.number, **size, "image": page.image}
