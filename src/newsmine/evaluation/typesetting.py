"""Articles set as newspaper pages, with exact truth: which word stands where.

Columns, serif type, headline, byline, drop capitals, justified lines with broken words; then what
scanning does: blur, noise, skew, faded ink. All chance comes from one seed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import cos, radians, sin
from random import Random
from typing import TYPE_CHECKING, Any

from newsmine.types import Box, Span

if TYPE_CHECKING:
    from PIL.Image import Image

FONTS = {
    False: ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf", "times.ttf", "Times.ttc"),
    True: ("DejaVuSerif-Bold.ttf", "LiberationSerif-Bold.ttf", "timesbd.ttf", "Times.ttc"),
}
"""Serif types by boldness, whichever the system has first; else the one that Pillow carries."""

BREAK = re.compile(
    r"(?<=[aeiouy])(?=[bcdfghjklmnpqrstvwxz][aeiouy])|(?<=[a-z])(?=(?:tion|ment|ing))"
)
"""Where a word may be broken: roughly where English printers do."""

FEWEST = 3
"""Letters of a broken word on each line."""

COLUMN, GUTTER, MARGIN, LEADING = 22.0, 1.6, 4.0, 1.3
"""Ems of a column's width, of the white between two, of the page's margin, and between lines."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a page is set and what scanning does to it.

    Attributes:
        dpi: Dots an inch.
        columns: Side by side under each headline.
        points: The body type's size.
        drop_capitals: Whether articles begin with one.
        blur: Radius in dots.
        noise: Standard deviation of the grey values (of 256).
        skew: Degrees, anticlockwise.
        faded: Share of the ink's darkness that is lost.
        seed: Of all chance.
    """

    dpi: int = 200
    columns: int = 2
    points: float = 8.0
    drop_capitals: bool = False
    blur: float = 1.0
    noise: float = 16.0
    skew: float = 0.3
    faded: float = 0.0
    seed: int = 20261125


MILD = Style()
HARSH = Style(blur=1.4, noise=22.0, skew=0.7, faded=0.2)


@dataclass(frozen=True, slots=True)
class Copy:
    """An article to be set."""

    paragraphs: tuple[str, ...]
    headline: str | None = None
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A word, or the part of a broken one that stands on one line, with its box in pixels.

    ``span`` is where it stands in the page's text.
    """

    text: str
    box: Box
    span: Span


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page as printed: the picture, its text line by line, and where each word stands."""

    image: Image
    text: str
    words: tuple[Placed, ...]


def set_page(articles: Iterable[Copy], style: Style = MILD) -> SetPage:
    """Articles below each other on one page, each with its headline over its columns."""
    random = Random(style.seed)
    sheet = _Sheet(style)
    for article in articles:
        sheet.article(article)
    clean, boxes = sheet.drawn()
    text, words = _placed(sheet.lines, boxes)
    image, turned = _scanned(clean, style, random)
    return SetPage(image, text, tuple(replace(word, box=turned(word.box)) for word in words))


@dataclass(frozen=True, slots=True)
class _Type:
    """A piece of type: a word or a part of one; ``glued`` to the next without a blank."""

    text: str
    left: float
    face: Any
    glued: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """Type on one line; ``gap`` says that a blank line stands before it in the text."""

    types: tuple[_Type, ...]
    top: float
    gap: bool = False

    def moved(self, right: float, down: float, *, gap: bool) -> _Line:
        types = tuple(replace(one, left=one.left + right) for one in self.types)
        return _Line(types, self.top + down, gap)


@dataclass(slots=True)
class _Sheet:
    """Sets type from the top down; drawn when its height is known."""

    style: Style
    lines: list[_Line] = field(default_factory=list)
    at: float = 0.0

    @property
    def em(self) -> float:
        return self.style.points * self.style.dpi / 72

    @property
    def column(self) -> float:
        return COLUMN * self.em

    @property
    def measure(self) -> float:
        """The width of all columns together."""
        return self.style.columns * (COLUMN + GUTTER) * self.em - GUTTER * self.em

    def article(self, copy: Copy) -> None:
        self.at += 1.5 * self.em
        if copy.headline:
            self._across(copy.headline, font(2.2 * self.em, bold=True))
        if copy.byline:
            self._across(copy.byline, font(self.em, bold=True))
        self._columns(copy.paragraphs)

    def _across(self, text: str, face: Any) -> None:
        for place, words in enumerate(_broken(text.split(), face, lambda _: self.measure, 0)):
            self.lines.append(_Line(_spaced(words, face, 0.0, None), self.at, place == 0))
            self.at += 1.25 * face.size
        self.at += 0.5 * self.em

    def _columns(self, paragraphs: Sequence[str]) -> None:
        rows = [row for place, text in enumerate(paragraphs) for row in self._rows(text, place)]
        tall = -(-len(rows) // self.style.columns)
        leading = LEADING * self.em
        for place, row in enumerate(rows):
            column, down = divmod(place, tall)
            right = column * (COLUMN + GUTTER) * self.em
            gap = row.gap or down == 0
            self.lines.append(row.moved(right, self.at + down * leading, gap=gap))
        self.at += tall * leading + self.em

    def _rows(self, text: str, place: int) -> Iterator[_Line]:
        """A paragraph's lines from the left edge of a column; the first may begin with a capital
        that stands over two.
        """
        face, words = font(self.em), text.split()
        big: list[_Type] = []
        if place == 0 and self.style.drop_capitals and words[0][:1].isalpha() and words[0][1:]:
            capital, rest = words[0][0].upper(), words[0][1:].upper()
            big, words = [_Type(capital, 0.0, font(2.4 * self.em), True)], [rest, *words[1:]]
        room = big[0].face.getlength(big[0].text) + 0.15 * self.em if big else 0.0
        lefts = [room, room] if big else [self.em if place else 0.0]

        def left(row: int) -> float:
            return lefts[row] if row < len(lefts) else 0.0

        broken = list(_broken(words, face, lambda row: self.column - left(row), FEWEST))
        for row, found in enumerate(broken):
            width = self.column - left(row) if row < len(broken) - 1 else None
            types = _spaced(found, face, left(row), width)
            yield _Line((*big, *types) if row == 0 else types, 0.0, row == 0)

    def drawn(self) -> tuple[Image, list[Box]]:
        """The clean page and the boxes of its type, in its order."""
        from PIL import Image as Images
        from PIL import ImageDraw

        margin = MARGIN * self.em
        size = (round(self.measure + 2 * margin), round(self.at + 2 * margin))
        image = Images.new("L", size, 255)
        draw = ImageDraw.Draw(image)
        boxes: list[Box] = []
        for line in self.lines:
            for one in line.types:
                corner = (margin + one.left, margin + line.top)
                draw.text(corner, one.text, font=one.face, fill=0)
                boxes.append(draw.textbbox(corner, one.text, font=one.face))
        return image, boxes


def _broken(
    words: Sequence[str], face: Any, width: Callable[[int], float], fewest: int
) -> Iterator[list[str]]:
    """Words line by line, each line as full as it can be; 0 for ``fewest`` breaks no word."""
    line: list[str] = []
    waiting = list(reversed(words))
    row = 0
    while waiting:
        word = waiting.pop()
        room = width(row) - face.getlength(" ".join([*line, ""]))
        if face.getlength(word) <= room or (not line and not fewest):
            line.append(word)
            continue
        head, tail = _hyphened(word, face, room, fewest)
        if head:
            line.append(head)
        elif not line:
            # Nothing fits and nothing breaks: it runs over the edge.
            line, tail = [word], ""
        waiting += [tail] if tail else []
        yield line
        line, row = [], row + 1
    if line:
        yield line


def _hyphened(word: str, face: Any, room: float, fewest: int) -> tuple[str, str]:
    """What of a word fits with its hyphen, and the rest; nothing and all where none does."""
    places = [m.start() for m in BREAK.finditer(word)] if fewest and word.isalpha() else []
    kept = [p for p in places if fewest <= p <= len(word) - fewest]
    for place in reversed(kept):
        if face.getlength(word[:place] + "-") <= room:
            return word[:place] + "-", word[place:]
    return "", word


def _spaced(words: Sequence[str], face: Any, left: float, width: float | None) -> tuple[_Type, ...]:
    """A line's words from its left edge, spread over the width where there is one."""
    lengths = [face.getlength(word) for word in words]
    blank = face.getlength(" ")
    if width is not None and len(words) > 1:
        blank = max((width - sum(lengths)) / (len(words) - 1), 0.5 * blank)
    types = []
    for word, length in zip(words, lengths, strict=True):
        types.append(_Type(word, left, face))
        left += length + blank
    return tuple(types)


def _placed(lines: Sequence[_Line], boxes: Sequence[Box]) -> tuple[str, list[Placed]]:
    pieces: list[str] = []
    words: list[Placed] = []
    at = 0
    for line in lines:
        blank = ("\n\n" if line.gap else "\n") if pieces else ""
        for one in line.types:
            start = at + len(blank)
            pieces += [blank, one.text]
            at = start + len(one.text)
            words.append(Placed(one.text, boxes[len(words)], (start, at)))
            blank = "" if one.glued else " "
    return "".join(pieces), words


def _scanned(image: Image, style: Style, random: Random) -> tuple[Image, Callable[[Box], Box]]:
    """The page as a scanner gives it, and where a box went."""
    import numpy as np
    from PIL import Image as Images
    from PIL import ImageFilter

    width, height = image.size
    image = image.rotate(style.skew, Images.Resampling.BICUBIC, fillcolor=255)
    blurred = np.asarray(image.filter(ImageFilter.GaussianBlur(style.blur)), dtype=np.float64)
    chance = np.random.default_rng(random.getrandbits(32))
    grain = chance.normal(0, style.noise, blurred.shape)
    grey = 255 - (255 - blurred) * (1 - style.faded) + grain
    scanned = Images.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    across, down = cos(radians(style.skew)), sin(radians(style.skew))

    def turned(box: Box) -> Box:
        corners = [(x - width / 2, y - height / 2) for x in box[::2] for y in box[1::2]]
        xs = [x * across + y * down + width / 2 for x, y in corners]
        ys = [y * across - x * down + height / 2 for x, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    return scanned, turned


@cache
def font(size: float, *, bold: bool = False) -> Any:
    """The first serif type of ``FONTS`` that the system has, else Pillow's own."""
    from PIL import ImageFont

    for name in FONTS[bold]:
        try:
            return ImageFont.truetype(name, round(size))
        except OSError:
            continue
    return ImageFont.load_default(round(size))
