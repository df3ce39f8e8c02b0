"""Saved web pages: one article each, and Factiva's pages of many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newsmine.ingest.readers import factiva
from newsmine.ingest.readers.base import Found, Reader
from newsmine.ingest.readers.magic import unreadable_kind
from newsmine.ingest.readers.press.fields import given_bylines
from newsmine.ingest.readers.webpages import decode_page, quiet, tree_of, visible_text
from newsmine.types import Given, Zone, ZoneKind

SUFFIXES = frozenset({".html", ".htm", ".xhtml"})

VISIBLE_TEXT = "whole page"
"""The flag of a page in which no article was found: its text is all that a person sees of it."""

PARAGRAPH = "\n\n"

_OPENS = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_HOCR = re.compile(rb"class\s*=\s*[\"'][^\"']*\bocr_page\b")
_SNIFFED = 1 << 16


def sniff(data: bytes, path: str) -> bool:
    """Whether the bytes open as a page does, or are called one and hold tags. hOCR is another's."""
    head = decode_page(data[:_SNIFFED]).lstrip("\ufeff").encode("utf-8", "replace")
    if unreadable_kind(data) is not None or _HOCR.search(head):
        return False
    called = path.lower().endswith(tuple(SUFFIXES)) and re.search(rb"<[a-zA-Z!/]", head)
    return bool(_OPENS.match(head) or called)


def read(data: bytes, path: str) -> Iterator[Found]:
    """The articles of a page."""
    yield from read_page(decode_page(data))


def read_page(page: str, *, url: str | None = None) -> Iterator[Found]:
    """Factiva's articles, or the one that trafilatura finds, or else all visible text, flagged."""
    tree = tree_of(page)
    if tree is None:
        yield Found("")
    elif exported := factiva.elements(tree):
        yield from factiva.read_elements(exported)
    else:
        yield _news(page, url) or Found(visible_text(tree), given=Given(flags=(VISIBLE_TEXT,)))


def _news(page: str, url: str | None) -> Found | None:
    from trafilatura import bare_extraction

    with quiet("trafilatura", "htmldate", "courlan", "justext"):
        document = bare_extraction(
            page,
            url=url,
            with_metadata=True,
            include_comments=False,
            # Dates guessed from anywhere on the page are wrong too often; declared ones are kept.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    if document is None or isinstance(document, dict) or document.body is None:
        return None
    lines = list(_titled(document.title, list(_lines(document.body))))
    if not any(kind == "body" for _, kind in lines):
        return None
    given = Given(
        outlet=document.sitename or None,
        published=document.date or None,
        headline=document.title or None,
        bylines=given_bylines(document.author or ""),
        zones=tuple(_zones(lines)),
    )
    return Found(PARAGRAPH.join(text for text, _ in lines), given=given)


Line = tuple[str, ZoneKind]


def _titled(title: str | None, lines: list[Line]) -> Iterator[Line]:
    """The lines, the page's title among them as the headline."""
    folded = " ".join((title or "").split()).casefold()
    place = next((i for i, (text, _) in enumerate(lines[:5]) if text.casefold() == folded), None)
    if title and place is None:
        yield " ".join(title.split()), "headline"
    for i, (text, kind) in enumerate(lines):
        yield text, "headline" if i == place else kind


_BLOCKS = ("p", "head", "item", "cell", "quote", "list", "row", "table", "code")


def _lines(body: Any) -> Iterator[Line]:
    """The blocks of what trafilatura found, in order."""
    for element in body.iter(*_BLOCKS):
        texts = "".join(_own_texts(element)).split("\n")
        for text in (" ".join(part.split()) for part in texts):
            if text:
                yield text, "subhead" if element.tag == "head" else "body"


def _own_texts(block: Any) -> Iterator[str]:
    """The text of a block without that of the blocks in it."""
    from lxml import etree

    walk = etree.iterwalk(block, events=("start", "end"))
    for event, element in walk:
        inner = element is not block and element.tag in _BLOCKS
        if event == "end":
            yield (element.tail or "") if element is not block else ""
        elif inner:
            yield "\n"
            walk.skip_subtree()
        else:
            yield "\n" if element.tag == "lb" else element.text or ""


def _zones(lines: list[Line]) -> Iterator[Zone]:
    at = 0
    for text, kind in lines:
        if kind != "body":
            yield Zone((at, at + len(text)), kind)
        at += len(text) + len(PARAGRAPH)


READER = Reader(
    "html", "Saved web pages, and Factiva's pages of many articles", SUFFIXES, sniff, read
)
