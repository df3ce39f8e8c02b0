"""METS: an issue whose file says which words of which ALTO pages make which article.

Two ways to say it are known: divisions of the logical structure that name words themselves
(docWorks: Luxembourg, Finland), and divisions linked to areas of the physical structure (British
Library). An issue that says neither is read page by page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsmine.errors import ReadError
from newsmine.ingest.layout import Block, file_articles, reading_order, to_found
from newsmine.ingest.readers.alto import AltoPage
from newsmine.ingest.readers.base import Found, Item, Reader
from newsmine.ingest.readers.catalogue import Description, descriptions, given_of
from newsmine.ingest.readers.markup import ESTIMATED, Element, parse_xml, root_name
from newsmine.ingest.readers.mets_pages import Pages, file_names
from newsmine.ingest.readers.mets_structure import (
    Area,
    Division,
    divisions_of,
    issue_descriptions,
)
from newsmine.ingest.readers.shelf import Folder, Shelf
from newsmine.types import Given, Span

SUFFIXES = frozenset({".xml", ".mets"})

ADVERT = "advert"
"""The flag of what METS calls an advertisement."""

OUTSIDE = "outside articles"
"""The flag of what stands on a page and that METS gives to no article."""

INCOMPLETE = "incomplete"
"""The flag of an article of which a page could not be read."""

FEWEST = 20
"""Words that the rest of a page needs; less is specks and page numbers."""


def sniff(data: bytes, path: str) -> bool:
    """Whether the root element is METS's."""
    return root_name(data) == "mets"


def named_files(path: str, shelf: Shelf) -> Iterator[str]:
    """The files on its shelf that a METS file names; none where it cannot be read."""
    try:
        names = file_names(parse_xml(shelf.read(path), path)).values()
    except ReadError:
        return
    for name in names:
        try:
            found = shelf.find(path, name)
        except ReadError:
            continue
        if found is not None:
            yield found


def read(data: bytes, path: str, shelf: Shelf | None = None) -> Iterator[Item]:
    """The articles that METS names, then what it leaves on its pages; bad pages as errors.

    Args:
        data: The METS file.
        path: Its path.
        shelf: Where its pages lie; None is the folder of that path.

    Raises:
        ReadError: The XML is broken or harmful, or none of its pages can be read.
    """
    root = parse_xml(data, path)
    divisions = [division for division in divisions_of(root) if division.areas]
    pages = Pages(root, path, {area.file for d in divisions for area in d.areas}, shelf or Folder())
    if next(iter(pages), None) is None:
        reason = f"names no ALTO page that can be read{_said(pages.errors)}"
        raise ReadError(path, reason, "Put the pages beside it, or give them alone")
    yield from pages.errors
    yield from _Issue(root, pages).items(divisions)


def _said(errors: list[ReadError]) -> str:
    return f" ({errors[0].reason})" if errors else ""


class _Issue:
    """The pages of an issue, and which of their words its articles have used."""

    def __init__(self, root: Element, pages: Pages) -> None:
        self._pages = pages
        self._sheets = [page.sheet for page in pages]
        self._used: dict[int, list[Span]] = {sheet.number: [] for sheet in self._sheets}
        self._described = descriptions(root)
        self._issue = given_of((), self._of(issue_descriptions(root)))

    def items(self, divisions: Iterable[Division]) -> Iterator[Item]:
        found = [article for d in divisions if (article := self._article(d)) is not None]
        yield from found
        rests = map(self._rest, self._pages) if found else self._unstructured()
        yield from (rest for rest in rests if rest is not None)

    def _of(self, names: Iterable[str]) -> list[Description]:
        return [self._described[name] for name in names if name in self._described]

    def _article(self, division: Division) -> Found | None:
        """None where all its pages are missing, which is said elsewhere, or it has no words."""
        blocks: list[Block] = []
        missing = False
        for area in division.areas:
            page = self._pages.holding(area)
            missing |= page is None
            for block in self._cut(page, area) if page else ():
                begun = any(b.kind in (None, "body") for b in blocks)
                subhead = begun and block.kind == "headline"
                blocks.append(replace(block, kind="subhead") if subhead else block)
        given = self._given(division, blocks, missing)
        return to_found(blocks, self._sheets, given=given, part=division.id) if blocks else None

    def _cut(self, page: AltoPage, area: Area) -> Iterator[Block]:
        start, end = page.marks[area.begin][0], page.marks[area.end][1]
        self._used[page.sheet.number].append((start, end))
        for block in page.cut(start, end):
            yield replace(block, kind=area.kind or block.kind)

    def _given(self, division: Division, blocks: Iterable[Block], missing: bool) -> Given:
        given = given_of(self._of(division.described), self._of(division.above))
        if any(block.kind == "headline" for block in blocks):
            # The printed one stands in the text; a cataloguer's may be worded otherwise.
            given = replace(given, headline=None)
        flags = {
            ADVERT: division.advert,
            INCOMPLETE: missing,
            ESTIMATED: any(page.estimated for page in self._pages),
        }
        return replace(given, flags=tuple(flag for flag, raised in flags.items() if raised))

    def _rest(self, page: AltoPage) -> Found | None:
        """What no article has of a page, so that it is not lost."""
        at = 0
        blocks: list[Block] = []
        for start, end in [*sorted(self._used[page.sheet.number]), (page.words, page.words)]:
            blocks += page.cut(at, start)
            at = max(at, end)
        if (
            sum(_is_word(w.text) for b in blocks for line in b.lines for _, w in line.words)
            < FEWEST
        ):
            return None
        ordered = reading_order(blocks, page.sheet.width)
        given = replace(self._issue, flags=(OUTSIDE,))
        return to_found(ordered, self._sheets, given=given, part=f"p{page.sheet.number}-rest")

    def _unstructured(self) -> Iterator[Found]:
        for found in file_articles([(page.sheet, page.blocks) for page in self._pages]):
            given = replace(found.given, outlet=self._issue.outlet, published=self._issue.published)
            yield replace(found, given=given)


def _is_word(text: str) -> bool:
    return sum(character.isalpha() for character in text) > 1


READER = Reader(
    "mets", "METS with ALTO pages: whole issues, article by article", SUFFIXES, sniff, read
)
