"""hOCR: what Tesseract, Kraken, OCRopus and others write as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from newsmine.errors import ReadError
from newsmine.ingest.layout import Block, Line, around, file_articles, line_of, shared_line
from newsmine.ingest.readers.base import Item, Reader
from newsmine.ingest.readers.markup import (
    ESTIMATED,
    Element,
    image_beside,
    local,
    number,
    parse_html,
    parse_xml,
    root_name,
    share,
    text_of,
    zone_kind,
)
from newsmine.types import Box, Page, Word

SUFFIXES = frozenset({".hocr", ".html", ".htm", ".xhtml"})

BROKEN = "broken markup"
"""The flag of articles whose file is no whole XHTML: something may be missing at its end."""

BLOCKS = frozenset(("ocr_par", "ocrx_block", "ocr_carea", "ocr_page"))
LINES = frozenset(
    ("ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat")
)
"""Tesseract has a class of line for each kind of block."""

WORDS = frozenset(("ocrx_word", "ocr_word"))

_MARK = re.compile(rb"class\s*=\s*[\"'][^\"']*\bocrx?_(?:page|carea|line|word)\b")
_NUMBERS = re.compile(r"\b(bbox|x_wconf)\s+([-+.\d\s]+)")
_IMAGE = re.compile(r"\bimage\s+(?:\"([^\"]*)\"|'([^']*)'|([^\s;]+))")


def sniff(data: bytes, path: str) -> bool:
    """Whether it is HTML with a class of hOCR's."""
    root = root_name(data)
    return root is not None and root.lower() == "html" and _MARK.search(data) is not None


def read(data: bytes, path: str) -> Iterator[Item]:
    """The articles on the page or pages, their bounds told from type sizes.

    Raises:
        ReadError: It declares entities, or there is no markup in it.
    """
    root, flags = _parse(data, path)
    pages = [e for e in root.iter() if "ocr_page" in _classes(e)] or [root]
    readers = [_PageReader(page, place) for place, page in enumerate(pages, 1)]
    read_pages = [(_sheet(r, path, only=len(pages) == 1), r.blocks) for r in readers]
    if any(reader.estimated for reader in readers):
        flags = (*flags, ESTIMATED)
    return file_articles(read_pages, flags=flags)


def _parse(data: bytes, path: str) -> tuple[Element, tuple[str, ...]]:
    """As XHTML; where it is none, as HTML, which gives what is there."""
    try:
        return parse_xml(data, path), ()
    except ReadError as error:
        if error.__cause__ is None:
            raise
    xhtml = data.lstrip()[:5] == b"<?xml"
    return parse_html(data, path), (BROKEN,) if xhtml else ()


def _sheet(reader: _PageReader, path: str, *, only: bool) -> Page:
    found = _IMAGE.search(reader.element.get("title") or "")
    name = next(filter(None, found.groups()), None) if found else None
    left, top, right, bottom = reader.box or around(block.box for block in reader.blocks)
    size = (right - left, bottom - top) if reader.box else (right, bottom)
    image = image_beside(path, name) if only or name else None
    return Page(*size, "pixel", (), image, reader.place)


def _classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split()) if local(element) else frozenset()


def _box(element: Element) -> Box | None:
    values = [number(v) for v in _property(element, "bbox").split()]
    if len(values) != 4 or None in values:
        return None
    left, top, right, bottom = (v for v in values if v is not None)
    return (left, top, right, bottom) if left <= right and top <= bottom else None


def _property(element: Element, name: str) -> str:
    found = _NUMBERS.findall(element.get("title") or "")
    return next((str(value) for called, value in found if called == name), "")


class _PageReader:
    """Walks one page: its lines, grouped by the blocks that they stand in."""

    def __init__(self, element: Element, place: int) -> None:
        self.element, self.place = element, place
        self.box = _box(element)
        self.estimated = False
        lines = _outermost(element, LINES)
        self.blocks = self._blocks(lines, self._line) if lines else self._lineless()

    def _blocks(self, parts: Iterable[Element], line: Callable[[Element], Line]) -> list[Block]:
        blocks = []
        for home, group in groupby(parts, self._home):
            lines = [made for part in group if (made := line(part)).words]
            if lines:
                kind = zone_kind(*sorted(_classes(home)))
                blocks.append(Block.of(lines, page=self.place, kind=kind, id=home.get("id")))
        return blocks

    def _home(self, element: Element) -> Element:
        """The smallest block that an element stands in."""
        above = (e for e in element.iterancestors() if e is self.element or _classes(e) & BLOCKS)
        return next(above, self.element)

    def _line(self, element: Element) -> Line:
        box = _box(element)
        words = [self._word(word, box) for word in _outermost(element, WORDS)]
        kept = [word for word in words if word.text]
        return line_of(kept, box) if kept else self._shared(element, box)

    def _word(self, element: Element, line: Box | None) -> Word:
        box = _box(element)
        self.estimated |= box is None
        confidence = share(_property(element, "x_wconf").strip(), 100)
        place = box or line or self.box or (0.0, 0.0, 0.0, 0.0)
        return Word(text_of(element) or "", place, confidence)

    def _shared(self, element: Element, box: Box | None) -> Line:
        text = text_of(element) or ""
        self.estimated |= bool(text)
        return shared_line(text, box or self.box or (0.0, 0.0, 0.0, 0.0))

    def _lineless(self) -> list[Block]:
        """A page without lines: words that go back to the left begin one."""
        words = _outermost(self.element, WORDS)
        if words:
            return [
                Block.of(_broken_into_lines([self._word(w, None) for w in group]), page=self.place)
                for _, group in groupby(words, self._home)
            ]
        homes = [e for e in self.element.iter() if _classes(e) & BLOCKS] or [self.element]
        leaves = [e for e in homes if not any(_classes(d) & BLOCKS for d in e.iterdescendants())]
        lines = [self._shared(leaf, _box(leaf)) for leaf in leaves]
        return [Block.of([line], page=self.place) for line in lines if line.words]


def _outermost(element: Element, classes: frozenset[str]) -> list[Element]:
    """The elements of these classes below an element, without those that stand in another."""
    found: list[Element] = []
    for inner in element.iterdescendants():
        if _classes(inner) & classes and not (found and found[-1] in inner.iterancestors()):
            found.append(inner)
    return found


def _broken_into_lines(words: list[Word]) -> list[Line]:
    lines: list[list[Word]] = []
    for word in words:
        if lines and word.box[0] >= lines[-1][-1].box[0]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [line_of(line) for line in lines]


READER = Reader("hocr", "hOCR (HTML of OCR engines)", SUFFIXES, sniff, read)
