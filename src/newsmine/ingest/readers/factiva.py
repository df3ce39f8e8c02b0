"""Factiva's HTML: many articles on a page, with or without field codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from newsmine.ingest.dates import find_date
from newsmine.ingest.readers import press
from newsmine.ingest.readers.base import Found
from newsmine.ingest.readers.press.fields import given_bylines, tidy_outlet
from newsmine.ingest.readers.webpages import visible_text
from newsmine.types import Given, Zone, ZoneKind

ARTICLE = re.compile(r"\barticle\s+[a-z]{2}(?:tw|cn)?Article\b")
"""The class of an article's element; the language is in it (``article enArticle``)."""

_HEADLINE = re.compile(r"[a-z]{2}(?:tw|cn)?Headline$")
_SMALL = re.compile(r"[\d.,]+ \w+|\d{1,2}:\d\d(?: ?[A-Z]{2,4})?")
"""Words counted, in whatever language, and the time."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    kind: ZoneKind


def elements(tree: Any) -> list[Any]:
    """The articles' elements in a page, taken out of it.

    Where an end is missing, the next article lies within the one before: each keeps its own text.
    """
    found = [e for e in tree.iter("div") if ARTICLE.search(e.get("class") or "")]
    for element in reversed(found):
        # The text behind it stays with what stands in its place: lxml sets none with controls.
        element.addnext(element.makeelement("span"))
        element.getparent().remove(element)
    return found


def read_elements(found: Sequence[Any]) -> Iterator[Found]:
    """The articles, numbered from 1; the raw text is the lines that a person sees."""
    for number, element in enumerate(found, start=1):
        coded = _coded(element)
        text, given = _codes(coded) if coded else _plain(element)
        yield Found(text, given=given, part=str(number))


def _coded(element: Any) -> str:
    """The rows of a table of field codes, as the text export has them; empty without one."""
    rows = []
    for cell in element.iter("td"):
        code = visible_text(cell)
        value = cell.getnext()
        if "index" in (cell.get("class") or "").split() or re.fullmatch("[A-Z]{2,3}", code):
            rows.append(f"{code}\t{visible_text(value) if value is not None else ''}")
    return "\n".join(rows)


def _codes(text: str) -> tuple[str, Given]:
    found = next(iter(press.articles(text) or ()), None)
    return (found.text, found.given) if found else (text, Given())


def _plain(element: Any) -> tuple[str, Given]:
    lines = list(_lines(element))
    text = "\n".join(line.text for line in lines)
    kinds = {line.kind: line.text for line in reversed(lines)}
    date = find_date(kinds.get("date", ""))
    given = Given(
        outlet=tidy_outlet(kinds.get("outlet", "")),
        published=date[1] if date else None,
        headline=kinds.get("headline"),
        bylines=given_bylines(kinds.get("byline", "")),
        zones=tuple(_zones(lines)),
    )
    return text, given


def _lines(element: Any) -> Iterator[_Line]:
    """Each child of an article's element: some are told by their classes, the rest by order."""
    before: ZoneKind | None = None
    for child in element:
        text = visible_text(child).replace("\n", " ")
        if not text:
            continue
        kind = _by_class(child, text) or _in_order(text, before)
        yield _Line(text, kind)
        # The outlet is the first line below the date that is not the time.
        before = before if _SMALL.fullmatch(text) else kind


def _in_order(text: str, before: ZoneKind | None) -> ZoneKind:
    if _SMALL.fullmatch(text):
        return "furniture"
    if before == "date":
        return "outlet"
    return "date" if before in (None, "headline", "byline") and find_date(text) else "furniture"


def _by_class(element: Any, text: str) -> ZoneKind | None:
    named = (element.get("class") or "").split()
    inner = " ".join(e.get("class") or "" for e in element.iter("span", "b", "div"))
    if element.get("id") == "hd" or any(map(_HEADLINE.search, [*named, *inner.split()])):
        return "headline"
    if "author" in named:
        return "byline"
    closing = re.fullmatch(r"Document [A-Za-z0-9]{15,41}", text)
    return ("furniture" if closing else "body") if element.tag == "p" else None


def _zones(lines: Sequence[_Line]) -> Iterator[Zone]:
    at = 0
    for line in lines:
        if line.kind != "body":
            yield Zone((at, at + len(line.text)), line.kind)
        at += len(line.text) + 1
