"""The printed words of a PDF page, with their boxes and sizes, in the order of the file.

Boxes are in points, origin top left, as the page is shown: its rotation and crop are applied.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import pi
from typing import Any

from newsmine.ingest.printed import Printed
from newsmine.types import Box

_SCALE = 1 << 14
"""Device units that a page is laid over: PDFium maps points to whole ones."""

_HYPHEN = "\x02"
"""What PDFium says for a hyphen at a line's end (U+FFFE in its own strings)."""

_JUMP = 1.2
"""Widths of the type between two characters that no word spans."""

_BACK = 0.6
"""Widths of the type that a character may stand back over the one before (kerning, bold type that
is printed twice)."""


@dataclass(frozen=True, slots=True)
class Character:
    """One printed character; white space has no box of its own.

    ``quarters``: how many quarter turns to the right its line is turned; one reads downwards.
    """

    text: str
    box: Box
    size: float
    quarters: int = 0

    @property
    def ahead(self) -> Box:
        """Its box as its line sees it: text that runs down or up the page, laid level."""
        left, top, right, bottom = self.box
        if self.quarters == 1:
            return top, -right, bottom, -left
        if self.quarters == 2:
            return -right, -bottom, -left, -top
        return (-bottom, left, -top, right) if self.quarters == 3 else self.box


def words_of(page: Any) -> list[Printed]:
    """The words of a pypdfium2 page, in the order of its content; no text is an empty list."""
    textpage = page.get_textpage()
    try:
        return list(_words(_characters(page, textpage.raw, textpage.count_chars())))
    finally:
        textpage.close()


def _characters(page: Any, textpage: Any, count: int) -> Iterator[Character]:
    import pypdfium2.raw as pdfium

    shown, turned = _Shown.of(page), page.get_rotation() // 90
    tight = tuple(ctypes.c_double() for _ in range(4))
    loose = pdfium.FS_RECTF()
    high = 0
    for i in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        text = _text(code, high)
        high = 0
        pdfium.FPDFText_GetCharBox(textpage, i, *tight)
        left, right, bottom, top = (value.value for value in tight)
        if pdfium.FPDFText_GetLooseCharBox(textpage, i, loose) and loose.top > loose.bottom:
            # The loose box has the height of the type, so that the words of a line have one height.
            bottom, top = loose.bottom, loose.top
        size = shown.size(pdfium.FPDFText_GetFontSize(textpage, i), bottom, top)
        angle = pdfium.FPDFText_GetCharAngle(textpage, i)
        turns = (turned - round(angle / (pi / 2))) % 4
        yield Character(text, shown.box(left, bottom, right, top), size, turns)


def _text(code: int, high: int) -> str:
    """The character of a code unit; what has no Unicode value is marked, not dropped."""
    if 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else "\ufffd"
    text = chr(code) if code <= 0x10FFFF else "\ufffd"
    return "-" if text in (_HYPHEN, "\ufffe") else "\ufffd" if text == "\x00" else text


@dataclass(frozen=True, slots=True)
class _Shown:
    """From the page's own points to those of the page as it is shown."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: Any) -> _Shown:
        """The mapping, told from where three points land."""
        width, height = page.get_size()
        (x0, y0), (x1, y1), (x2, y2) = (
            _device(page, *point) for point in ((0, 0), (1000, 0), (0, 1000))
        )
        across, down = width / _SCALE, height / _SCALE
        return cls(
            (x1 - x0) / 1000 * across,
            (x2 - x0) / 1000 * across,
            x0 * across,
            (y1 - y0) / 1000 * down,
            (y2 - y0) / 1000 * down,
            y0 * down,
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        xs, ys = zip(self._point(left, bottom), self._point(right, top), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def size(self, size: float, bottom: float, top: float) -> float:
        """The type's size; text that is scaled by its matrix (size 1) has that of its box."""
        tall = top - bottom
        return size if 0.5 * tall <= size <= 2 * tall or tall <= 0 else tall

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f


def _device(page: Any, x: float, y: float) -> tuple[int, int]:
    import pypdfium2.raw as pdfium

    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, _SCALE, _SCALE, 0, x, y, across, down)
    return across.value, down.value


def _words(characters: Iterable[Character]) -> Iterator[Printed]:
    """Characters up to white space, to another line or to a wide gap are a word."""
    word: list[Character] = []
    for character in characters:
        blank = character.text.isspace() or not character.text.isprintable()
        if word and (blank or _apart(word[-1], character)):
            yield _joined(word)
            word = []
        if not blank or character.text == "\xad":
            word.append(character)
    if word:
        yield _joined(word)


def _apart(before: Character, after: Character) -> bool:
    if before.quarters != after.quarters:
        return True
    a, b = before.ahead, after.ahead
    width = min(before.size, after.size)
    gap = b[0] - a[2]
    overlap = min(a[3], b[3]) - max(a[1], b[1])
    height = min(a[3] - a[1], b[3] - b[1])
    return gap > _JUMP * width or gap < -_BACK * max(width, a[2] - a[0]) or (overlap < 0.3 * height)


def _joined(word: list[Character]) -> Printed:
    boxes = [c.box for c in word]
    box = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return Printed("".join(c.text for c in word), box, max(c.size for c in word))
