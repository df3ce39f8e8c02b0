"""PDF: the printed characters with their boxes; pages that are pictures go to an OCR engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from newsmine.errors import ReadError
from newsmine.ingest.ocr import LAYER, READ_BY, EngineFailure, Picture, engine_for, read_pages
from newsmine.ingest.ocr.pictures import has_print, quieted
from newsmine.ingest.paged import Sheet, articles_over, scaled
from newsmine.ingest.pdf.characters import words_of
from newsmine.ingest.pdf.files import POINTS, drawn, opened
from newsmine.ingest.pdf.hidden import is_hidden
from newsmine.ingest.printed import Printed, blocks_of
from newsmine.ingest.readers.base import Item, Reader
from newsmine.ingest.readers.images import failed
from newsmine.types import Page

SUFFIXES = frozenset({".pdf"})

UNIT = "pt"

FEWEST = 12
"""Letters that make a text layer; a scanner's stamp or a page number alone is none."""

UNKNOWN = 0.3
"""Share of characters without Unicode values from which on a text layer cannot be used."""

AT_ONCE = 25
"""Pages after which a document is opened anew."""

MOST_LOST = 20
"""Damaged pages in a row; where there are more, the count of pages is wrong."""

_LOOKED_AT = 1024


def sniff(data: bytes, path: str) -> bool:
    """Whether it is a PDF: its mark may come after some bytes of a mail or a web server."""
    return b"%PDF-" in data[:_LOOKED_AT]


def read(data: bytes, path: str) -> Iterator[Item]:
    """The articles of a PDF. Its metadata are passed over: they name the program or template.

    Raises:
        ReadError: It is locked, damaged, or holds no text; or a page needs OCR and no engine is
            installed.
    """
    bad: list[ReadError] = []
    yield from articles_over(_Pages(data, path, bad).sheets())
    yield from bad


@dataclass(slots=True)
class _Pages:
    """Reads pages one by one and lets each go; those without text are read several at once."""

    data: bytes
    path: str
    bad: list[ReadError]
    sizes: dict[int, tuple[float, float]] = field(default_factory=dict)
    lost: int = 0

    def sheets(self) -> Iterator[Sheet]:
        empty = True
        for pictured, pages in groupby(self._pages(), key=lambda page: isinstance(page, Picture)):
            for sheet in self._by_engine(pages) if pictured else pages:
                empty = False
                yield sheet
        if empty and not self.bad:
            raise ReadError(self.path, "holds no text", "Give a PDF with an article in it")

    def _pages(self) -> Iterator[Any]:
        """For each page that is not blank, a sheet where it has text, else its picture."""
        first, count = 1, 1
        while first <= count:
            # PDFium keeps what it has parsed of a document: 500 scans would be held twice.
            with opened(self.data, self.path) as document:
                count = len(document)
                for number in range(first, min(first + AT_ONCE, count + 1)):
                    found = self._at(document, number)
                    if found is not None:
                        yield found
            first += AT_ONCE
            if self.lost > MOST_LOST:
                self.bad.append(self._gone(min(first - 1, count) - self.lost))
                return

    def _at(self, document: Any, number: int) -> Sheet | Picture | None:
        try:
            page = document[number - 1]
        except RuntimeError as error:
            self.lost += 1
            if self.lost <= MOST_LOST:
                self.bad.append(self._damaged(number, error))
            return None
        self.lost = 0
        try:
            return self._page(page, number)
        finally:
            page.close()

    def _damaged(self, number: int, error: Exception) -> ReadError:
        remedy = "Repair the PDF with qpdf or print it to a new one"
        thing = f"{self.path}#p{number}"
        found = ReadError(thing, "is a damaged page", remedy)
        found.__cause__ = error
        return found

    def _gone(self, last: int) -> ReadError:
        reason = f"says that it has pages after {last} that are not in it"
        return ReadError(self.path, reason, "Copy or download it again, or repair it with qpdf")

    def _page(self, page: Any, number: int) -> Sheet | Picture | None:
        self.sizes[number] = page.get_size()
        words = words_of(page)
        if _is_text(words):
            flags = (LAYER,) if is_hidden(page) else ()
            return Sheet(self._sheet(number), blocks_of(words, page=number), flags)
        picture = drawn(page)
        if not has_print(picture):
            return None
        dpi = round(POINTS * picture.size[0] / self.sizes[number][0])
        return Picture(quieted(picture), dpi, number)

    def _sheet(self, number: int) -> Page:
        return Page(*self.sizes[number], UNIT, (), self.path, number)

    def _by_engine(self, pictures: Iterable[Picture]) -> Iterator[Sheet]:
        engine = engine_for(self.path)
        flag = f"{READ_BY} {engine.name}"
        for picture, blocks in read_pages(pictures, engine):
            if isinstance(blocks, EngineFailure):
                self.bad.append(failed(self.path, picture.page, blocks))
            elif blocks:
                factor = self.sizes[picture.page][0] / picture.image.size[0]
                in_points = [scaled(block, factor) for block in blocks]
                yield Sheet(self._sheet(picture.page), in_points, (flag,))


def _is_text(words: Sequence[Printed]) -> bool:
    """Whether a text layer is one: letters enough, and characters known by their fonts."""
    text = "".join(word.text for word in words)
    letters = sum(map(str.isalpha, text))
    unknown = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    return letters >= FEWEST and unknown < UNKNOWN * len(text)


READER = Reader("pdf", "PDF, with text or scanned", SUFFIXES, sniff, read)
