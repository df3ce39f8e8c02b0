"""ALTO: a page's words with their places, as libraries' digitisation gives them.

All versions (schemas 1 to 4, with and without a namespace) and units (pixel, mm10 for tenths of a
millimetre, inch1200) read alike; the unit stays that of the file. A word broken at a line's end
keeps its two printed halves: whether its hyphen belongs to it is for cleaning to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from newsmine.ingest.layout import Block, Line, around, file_articles, line_of, shared_line
from newsmine.ingest.readers.base import Item, Reader
from newsmine.ingest.readers.markup import (
    ESTIMATED,
    Element,
    box_around,
    box_at,
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
from newsmine.types import Box, Page, Word, ZoneKind

SUFFIXES = frozenset({".xml", ".alto"})

UNITS = ("pixel", "mm10", "inch1200")

MARGINS = ("TopMargin", "LeftMargin", "RightMargin", "BottomMargin")

HYPHENS = (
    *("-", "\N{SOFT HYPHEN}", "¬", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}", "⸗", "="),
    *("\N{EM DASH}", "\N{EN DASH}"),
)
"""What a broken line ends with; ``=`` and ``⸗`` in old print. docWorks takes dashes for hyphens."""

TIGHT = 0.25
"""The widest gap within a printed word, in heights of the line."""


@dataclass(slots=True)
class AltoPage:
    """One page: ``sheet`` without words, blocks in the order of the file.

    ``marks`` gives for each ID in the file which words it covers, as places (end exclusive) in the
    row of all words of the page; ``estimated`` says that words share the boxes of larger things.
    """

    sheet: Page
    blocks: list[Block] = field(default_factory=list)
    marks: dict[str, tuple[int, int]] = field(default_factory=dict)
    words: int = 0
    estimated: bool = False

    def cut(self, first: int, last: int) -> Iterator[Block]:
        """The blocks from the ``first`` word of the page to before its ``last``."""
        at = 0
        for block in self.blocks:
            lines = []
            for line in block.lines:
                start, end = max(first - at, 0), min(last - at, len(line.words))
                lines += [line.part(start, end)] if start < end else []
                at += len(line.words)
            if lines:
                whole = tuple(lines) == block.lines
                yield block if whole else replace(block, lines=tuple(lines), box=_around(lines))


def _around(lines: Iterable[Line]) -> Box:
    return around(line.box for line in lines)


def sniff(data: bytes, path: str) -> bool:
    """Whether the root element is ALTO's."""
    return root_name(data) == "alto"


def read(data: bytes, path: str) -> Iterator[Item]:
    """The articles on the page or pages, their bounds told from type sizes.

    Raises:
        ReadError: The XML is broken or harmful.
    """
    pages = read_pages(data, path)
    flags = (ESTIMATED,) if any(page.estimated for page in pages) else ()
    return file_articles([(page.sheet, page.blocks) for page in pages], flags=flags)


def read_pages(data: bytes, path: str, *, first: int = 1) -> list[AltoPage]:
    """The pages with their blocks.

    Args:
        data: The file.
        path: Its path, for errors and to find the picture beside it.
        first: The number of its first page.

    Raises:
        ReadError: The XML is broken or harmful.
    """
    root = parse_xml(data, path)
    unit = _described(root, "MeasurementUnit")
    unit = unit.casefold() if unit and unit.casefold() in UNITS else "pixel"
    pages = list(descendants(root, "Page"))
    image = image_beside(path, _described(root, "fileName")) if len(pages) == 1 else None
    tags = {e.get("ID"): e.get("LABEL") for e in descendants(root, "LayoutTag", "StructureTag")}
    return [
        _PageReader(page, Page(*_size(page), unit, (), image, place), tags).read()
        for place, page in enumerate(pages, first)
    ]


def _described(root: Element, name: str) -> str | None:
    found = next(descendants(root, name), None)
    text = (found.text or "").strip() if found is not None else ""
    return text or None


def _size(page: Element) -> tuple[float, float]:
    """Width and height; those of the print space where the page has none."""
    spaces = [page, *children(page, "PrintSpace")]
    sizes = ((number(e.get("WIDTH")), number(e.get("HEIGHT"))) for e in spaces)
    return next(((w, h) for w, h in sizes if w and h), (0.0, 0.0))


def _box(element: Element) -> Box | None:
    """The box of an element; that around its outline where it has no other (version 4)."""
    box = box_at(*(element.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")))
    if box is not None:
        return box
    shapes = (shape for outer in children(element, "Shape") for shape in outer)
    return next(filter(None, (box_around(shape.get("POINTS")) for shape in shapes)), None)


class _PageReader:
    """Walks one page."""

    def __init__(self, page: Element, sheet: Page, tags: dict[str | None, str | None]) -> None:
        self._element, self._tags = page, tags
        self._page = AltoPage(sheet)
        # Where spaces are marked at all, two strings without one between them are one word.
        self._marks_spaces = next(descendants(page, "SP"), None) is not None

    def read(self) -> AltoPage:
        for region in self._element:
            self._walk(region, "furniture" if local(region) in MARGINS else None)
        return self._page

    def _walk(self, region: Element, kind: ZoneKind | None) -> None:
        """Blocks stand in blocks; an ID of any of them covers all words in it."""
        from lxml import etree

        starts: list[int] = []
        walk = etree.iterwalk(region, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._mark(element, starts.pop())
                continue
            starts.append(self._page.words)
            if local(element) == "TextBlock":
                self._block(element, kind)
                walk.skip_subtree()

    def _mark(self, element: Element, start: int) -> None:
        name = element.get("ID")
        if name:
            self._page.marks.setdefault(name, (start, self._page.words))

    def _block(self, element: Element, kind: ZoneKind | None) -> None:
        box = _box(element)
        lines = [self._line(line, box) for line in children(element, "TextLine")]
        kept = tuple(line for line in lines if line.words)
        if not kept:
            return
        tags = (self._tags.get(tag) for tag in (element.get("TAGREFS") or "").split())
        place = box or _around(kept)
        page, name = self._page.sheet.number, element.get("ID")
        self._page.blocks.append(Block(kept, place, page, kind or zone_kind(*tags), name))

    def _line(self, element: Element, block: Box | None) -> Line:
        start = self._page.words
        box = _box(element)
        words: list[Word] = []
        glued: set[int] = set()
        spaced = True
        for child in element:
            name = local(child)
            if name == "SP":
                spaced = True
            elif name == "HYP" and words:
                words[-1] = _hyphened(words[-1], child)
            elif name == "String":
                own = self._words(child, box or block)
                if own and words and not spaced and self._marks_spaces:
                    glued |= {len(words)} if _touch(words[-1], own[0]) else set()
                words += own
                spaced = False if own else spaced
        self._mark(element, start)
        return line_of(words, box, glued=glued)

    def _words(self, element: Element, outer: Box | None) -> list[Word]:
        """The word of a string; several where a producer put a whole line into one."""
        start = self._page.words
        text = _content(element)
        confidence = share(element.get("WC"))
        box = _box(element)
        if box is None or len(text.split()) > 1:
            self._page.estimated |= bool(text)
            shared = shared_line(text, box or outer or (0.0, 0.0, 0.0, 0.0), confidence)
            words = [word for _, word in shared.words]
        else:
            words = [Word(text, box, confidence)] if text else []
        self._page.words += len(words)
        self._mark(element, start)
        return words


def _content(element: Element) -> str:
    """What is printed of a string. The first half of a broken word always ends in a hyphen: where
    the file has none for it, in a soft one, so that the halves can find each other.
    """
    text = " ".join((element.get("CONTENT") or "").split())
    if text and element.get("SUBS_TYPE") == "HypPart1" and not text.endswith(HYPHENS):
        following = element.getnext()
        if following is None or local(following) != "HYP":
            return text + "\N{SOFT HYPHEN}"
    return text


def _hyphened(word: Word, hyphen: Element) -> Word:
    """The first half of a broken word with its hyphen, in one box."""
    mark = (hyphen.get("CONTENT") or "-").strip() or "-"
    if word.text.endswith(HYPHENS):
        return word
    box = _box(hyphen)
    # Some hyphens have a place and no height.
    boxes = [word.box] if box is None or box[3] == box[1] else [word.box, box]
    return Word(word.text + mark, around(boxes), word.confidence)


def _touch(word: Word, following: Word) -> bool:
    height = max(word.box[3] - word.box[1], following.box[3] - following.box[1])
    return following.box[0] - word.box[2] <= TIGHT * height


READER = Reader("alto", "ALTO XML, all versions", SUFFIXES, sniff, read)
