"""What holds for every article that was read from a page."""

from __future__ import annotations

import re
from pathlib import Path

from newsmine.errors import ReadError
from newsmine.ingest import read_bytes
from newsmine.ingest.boxes import printed_words, to_boxes
from newsmine.types import Article, RawArticle, Span

TOKEN = re.compile(r"\w+|[^\w\s]")


def read(data: bytes, path: str | Path = "lantern.xml", *, clean: bool = True) -> list[Article]:
    """The articles in a file; an error among them is raised."""
    found = []
    for item in read_bytes(data, path=path, clean=clean):
        if isinstance(item, ReadError):
            raise item
        found.append(item)
    return found


def raw_of(article: Article) -> RawArticle:
    assert article.raw is not None
    return article.raw


def printed(article: Article) -> list[str]:
    """Each word of its pages, cut from the raw text."""
    raw = raw_of(article)
    return [raw.raw_text[slice(*span)] for page in raw.pages for span, _ in page.words]


def astray(article: Article) -> list[str]:
    """Words, numbers and marks of the clean text that do not lead back to where they stand."""
    return [m[0] for m in TOKEN.finditer(article.text) if not _leads_back(article, m.span())]


def _leads_back(article: Article, span: Span) -> bool:
    """Whether it reads the same in the raw text, and in the boxes' words as far as it reaches.

    A mark that cleaning repaired leads back to the printed one.
    """
    raw = raw_of(article)
    spans = article.alignment.to_raw(span)
    words = printed_words(raw, spans)
    cut = [
        raw.raw_text[max(a, c) : min(b, d)]
        for a, b in spans
        for _, (c, d), _ in words
        if max(a, c) < min(b, d)
    ]
    same = all(raw.raw_text[c:d] == word.text for _, (c, d), word in words)
    clean = article.text[slice(*span)]
    whole = "".join(raw.raw_text[a:b] for a, b in spans)
    repaired = not clean.isalnum() and any(e.rule for e in article.alignment.explain(span))
    reads = clean == whole or (repaired and len(whole) > 0)
    return reads and whole == "".join(cut) and same and bool(to_boxes(article, span))
