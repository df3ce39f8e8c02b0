"""What an article was read from, as rows and back: its pages, and what its file said of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from newsmine.index.texts import storable
from newsmine.types import Byline, Given, Page, RawArticle, Span, Word, Zone

_GIVEN_FIELDS = ("outlet", "published", "headline", "standfirst")


def page_rows(raw: RawArticle | None) -> list[dict[str, Any]]:
    """A row for each page of a raw article."""
    return [_row(page, raw.raw_text) for page in raw.pages] if raw else []


def _row(page: Page, text: str) -> dict[str, Any]:
    return {
        "page": page.number,
        "width": page.width,
        "height": page.height,
        "unit": page.unit,
        "image": page.image,
        "words": _json([_word(span, word, text) for span, word in page.words]),
    }


def _word(span: Span, word: Word, text: str) -> list[Any]:
    """A word's text is stored only where it is not the raw text's, as for halves of a word."""
    row: list[Any] = [*span, *word.box, word.confidence]
    return row if text[slice(*span)] == word.text else [*row, storable(word.text)]


def pages_of(rows: Iterable[Mapping[str, Any]], text: str) -> tuple[Page, ...]:
    """The pages that ``page_rows`` wrote; ``text`` is the raw text."""
    return tuple(
        Page(
            width=row["width"],
            height=row["height"],
            unit=row["unit"],
            words=tuple(_placed(word, text) for word in json.loads(row["words"])),
            image=row["image"],
            number=row["page"],
        )
        for row in rows
    )


def _placed(word: list[Any], text: str) -> tuple[Span, Word]:
    start, end, left, top, right, bottom, confidence, *own = word
    printed = own[0] if own else text[start:end]
    return (start, end), Word(printed, (left, top, right, bottom), confidence)


def given_json(raw: RawArticle | None) -> str | None:
    """What the file said, as JSON; ``None`` where it said nothing."""
    if raw is None or raw.given == Given():
        return None
    return _json({name: value for name, value in asdict(raw.given).items() if value})


def given_of(text: str | None) -> Given:
    """What ``given_json`` wrote."""
    stored = json.loads(text) if text else {}
    return Given(
        **{name: stored.get(name) for name in _GIVEN_FIELDS},
        bylines=tuple(Byline(b["name"], b["role"]) for b in stored.get("bylines", ())),
        zones=tuple(Zone((z["span"][0], z["span"][1]), z["kind"]) for z in stored.get("zones", ())),
        flags=tuple(stored.get("flags", ())),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
