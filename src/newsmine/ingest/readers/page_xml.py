"""PAGE XML: regions, lines and words with outlines, of Transkribus, OCR-D or eScriptorium."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsmine.ingest.layout import Block, Line, around, file_articles, line_of, shared_line
from newsmine.ingest.readers.base import Item, Reader
from newsmine.ingest.readers.markup import (
    ESTIMATED,
    Element,
    box_around,
    children,
    descendants,
    image_beside,
    local,
    number,
    parse_xml,
    root_name,
    share,
    zone_kind,
)
from newsmine.types import Box, Page, Word

SUFFIXES = frozenset({".xml"})

NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)

_STRUCTURE = re.compile(r"structure\s*\{[^}]*\btype:\s*([\w-]+)")


def sniff(data: bytes, path: str) -> bool:
    """Whether the root element is PAGE's."""
    return root_name(data) == "PcGts"


def read(data: bytes, path: str) -> Iterator[Item]:
    """The articles on the page, their bounds told from type sizes; its own order is kept.

    Raises:
        ReadError: The XML is broken or harmful.
    """
    pages = list(descendants(parse_xml(data, path), "Page"))
    readers = [_PageReader(page, place, path) for place, page in enumerate(pages, 1)]
    flags = (ESTIMATED,) if any(reader.estimated for reader in readers) else ()
    return file_articles(
        [(reader.sheet, reader.blocks) for reader in readers],
        flags=flags,
        ordered=all(reader.ordered for reader in readers),
    )


class _PageReader:
    """Walks one page."""

    def __init__(self, element: Element, place: int, path: str) -> None:
        self.estimated = False
        width, height = (number(element.get(f"image{side}")) for side in ("Width", "Height"))
        image = image_beside(path, element.get("imageFilename"))
        self.sheet = Page(width or 0.0, height or 0.0, "pixel", (), image, place)
        order = _reading_order(element)
        regions = list(descendants(element, "TextRegion"))
        self.ordered = bool(order)
        # What the order does not name stands at the end, in the order of the file.
        regions.sort(key=lambda region: order.get(region.get("id"), len(order)))
        self.blocks = [block for region in regions if (block := self._block(region))]

    def _block(self, element: Element) -> Block | None:
        box = _box(element)
        lines = [self._line(line, box) for line in children(element, "TextLine")]
        kept = [line for line in lines if line.words]
        nested = next(descendants(element, "TextRegion"), None)
        if not kept and nested is None:
            kept = self._undivided(element, box)
        if not kept:
            return None
        structure = _STRUCTURE.search(element.get("custom") or "")
        kind = zone_kind(element.get("type"), structure and structure[1])
        place = box or around(line.box for line in kept)
        return Block(tuple(kept), place, self.sheet.number, kind, element.get("id"))

    def _line(self, element: Element, region: Box | None) -> Line:
        box = _box(element)
        words = [self._word(word, box or region) for word in children(element, "Word")]
        kept = [word for word in words if word.text]
        if kept:
            return line_of(kept, box)
        text, confidence = _reading(element)
        self.estimated |= bool(text)
        return shared_line(" ".join(text.split()), box or region or NOWHERE, confidence)

    def _word(self, element: Element, line: Box | None) -> Word:
        text, confidence = _reading(element)
        box = _box(element)
        self.estimated |= bool(text) and box is None
        return Word(" ".join(text.split()), box or line or NOWHERE, confidence)

    def _undivided(self, element: Element, box: Box | None) -> list[Line]:
        """The lines of a region whose text is not given by line: each its share of the box."""
        text, confidence = _reading(element)
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        self.estimated |= bool(lines)
        left, top, right, bottom = box or NOWHERE
        height = (bottom - top) / max(len(lines), 1)
        places = [
            (left, top + i * height, right, top + (i + 1) * height) for i in range(len(lines))
        ]
        return [shared_line(t, p, confidence) for t, p in zip(lines, places, strict=True)]


def _reading(element: Element) -> tuple[str, float | None]:
    """The first reading of a region, line or word, and how sure the engine is of it."""
    readings = list(children(element, "TextEquiv"))
    if not readings:
        return "", None
    best = min(readings, key=lambda e: _index(e.get("index")))
    text = next((e.text for e in children(best, "Unicode", "PlainText") if e.text), "")
    return text, share(best.get("conf"))


def _index(value: str | None) -> float:
    """A place; those without one stand first where they are the only ones, else last."""
    parsed = number(value)
    return parsed if parsed is not None else 1e9


def _box(element: Element) -> Box | None:
    """The box around an outline; points are an attribute, or (before 2013) elements."""
    for coords in children(element, "Coords"):
        old = " ".join(f"{p.get('x')},{p.get('y')}" for p in children(coords, "Point"))
        return box_around(coords.get("points") or old)
    return None


def _reading_order(page: Element) -> dict[str | None, int]:
    """The place of each region that the page's reading order names."""
    order = next(children(page, "ReadingOrder"), None)
    names = _ordered(order) if order is not None else []
    return {name: place for place, name in reversed(list(enumerate(names)))}


def _ordered(group: Element) -> Iterator[str]:
    """The regions of a group, in the order of their indices where they have any."""
    stack = [group]
    while stack:
        element = stack.pop()
        if element.get("regionRef"):
            yield element.get("regionRef")
        members = [child for child in element if local(child)]
        members.sort(key=lambda child: _index(child.get("index")))
        stack += reversed(members)


READER = Reader("page", "PAGE XML, all versions", SUFFIXES, sniff, read)
