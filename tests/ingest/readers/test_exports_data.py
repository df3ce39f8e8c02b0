"""Real exports, counted and read again in another way: by bookmarks, and by plain patterns."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from newsmine.ingest.dates import find_date
from newsmine.ingest.readers import read_raw
from newsmine.types import RawArticle

_DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
EXPORTS = Path(os.environ.get("NEWSMINE_DATA", _DATA)) / "exports"

pytestmark = pytest.mark.skipif(not EXPORTS.is_dir(), reason="no exports beside the checkout")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

DOCX = {"lexisnexis/sample.DOCX": 10, "nexis-uni/example1.DOCX": 100}
FIELDS = ("headline", "outlet", "date", "byline", "start", "end")


def squashed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def read(name: str) -> list[RawArticle]:
    path = EXPORTS / name
    items = list(read_raw(path.read_bytes(), str(path)))
    assert all(isinstance(item, RawArticle) for item in items)
    return items  # type: ignore[return-value]


def body(raw: RawArticle) -> str:
    at, parts = 0, []
    for zone in raw.given.zones:
        parts.append(raw.raw_text[at : zone.span[0]])
        at = zone.span[1]
    return squashed("".join([*parts, raw.raw_text[at:]]))


def by_bookmarks(path: Path) -> list[tuple[list[str], list[str]]]:
    """Header and text paragraphs of each article, told by the export's own bookmarks."""
    from docx import Document

    articles: list[tuple[list[str], list[str]]] = []
    into = 0
    for paragraph in Document(str(path)).paragraphs:
        names = [mark.get(f"{W}name") or "" for mark in paragraph._p.iter(f"{W}bookmarkStart")]
        if any(re.fullmatch(r"Bookmark_\d+", name) for name in names):
            articles.append(([], []))
            into = 0
        elif any(name.startswith("Body") for name in names):
            into = 1
        elif articles and paragraph.text.strip():
            articles[-1][into].append(paragraph.text.strip())
    return articles


def ends_text(paragraph: str) -> bool:
    headings = ("Classification", "Graphic", "End of Document")
    return paragraph in headings or paragraph.startswith("Load-Date:")


def right(raw: RawArticle, header: list[str], text: list[str]) -> dict[str, bool]:
    given = raw.given
    authors = next((p for p in header if p.startswith("Byline:")), "").casefold()
    names = [word for b in given.bylines for word in b.name.casefold().split()]
    date = find_date(header[2])
    end = next(i for i, paragraph in enumerate(text) if ends_text(paragraph))
    return {
        "headline": squashed(header[0]) == squashed(given.headline or ""),
        "outlet": squashed(header[1]) == squashed(given.outlet or ""),
        "date": date is not None and date[1] == given.published,
        "byline": bool(names) == bool(authors) and all(name in authors for name in names),
        "start": body(raw).startswith(squashed(text[0])),
        "end": body(raw) == squashed("".join(text[:end])),
    }


@pytest.mark.parametrize("name", DOCX)
def test_word_exports(name: str) -> None:
    expected = by_bookmarks(EXPORTS / name)
    found = read(name)
    assert len(found) == len(expected) == DOCX[name]
    checked = [right(raw, *article) for raw, article in zip(found, expected, strict=True)]
    shares = {field: sum(c[field] for c in checked) / len(checked) for field in FIELDS}
    assert min(shares.values()) >= 0.98, shares


def test_text_export() -> None:
    name = "lexisnexis/sample.TXT"
    text = (EXPORTS / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    pieces = re.split(r"\n *\d+ of \d+ DOCUMENTS\n", text)[1:]
    found = read(name)
    assert len(found) == len(pieces) == 10
    for raw, piece in zip(found, pieces, strict=True):
        outlet, date, headline = re.split(r"\n{2,}", piece.strip())[:3]
        assert squashed(raw.given.outlet or "").casefold() == squashed(outlet).casefold()
        assert (find_date(date) or ("", ""))[1] == raw.given.published
        assert squashed(raw.given.headline or "") == squashed(headline)
        byline = re.search(r"^BYLINE: (?:BY )?(.+)$", piece, re.M)
        names = " and ".join(b.name for b in raw.given.bylines)
        assert names.casefold() == (byline[1] if byline else "").casefold()
        inside = re.search(r"^LENGTH: [^\n]*\n(.*?)^(?:GRAPHIC|LOAD-DATE):", piece, re.M | re.S)
        assert inside is not None
        assert body(raw) == squashed(inside[1])
        assert raw.raw_text.replace("\r\n", "\n") in text
