"""Type sizes, told from the boxes of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from statistics import median

from newsmine.ingest import lexicon
from newsmine.ingest.layout.tree import Block, Line

HEADLINE = 1.5
"""Of the size of body type; subheads in capitals or bold are smaller."""

LONGEST_HEADLINE = 200
"""Characters in the lines of a headline."""


READABLE = 0.7
"""The share of letters and digits in what is printed of a headline."""

FEWEST_LETTERS = 4

KNOWN = 1 / 3
"""The share of a headline's words that the word list has, names and misread ones aside."""

_TALL = re.compile(r"(?=.*[A-Zbdfhkl\d])[^gjpqyQ,;()\[\]{}|/$]+")
"""A word with a letter as high as a capital, and none that hangs below the line."""

_WORD = re.compile(r"[^\W\d_]{3,}")


def size_of(line: Line) -> float:
    """The usual height of those of its words that stand on the line and reach its top.

    Boxes are drawn around ink, so that *on*, *On* and *Only* differ by half in one size. A drop
    capital at its beginning does not make a line large.
    """
    words = [word for _, word in line.words if _letters(word.text) > 1]
    tall = [word for word in words if _TALL.fullmatch(word.text)]
    heights = [word.box[3] - word.box[1] for word in tall or words]
    # Tesseract draws the boxes of a few words higher than their line.
    return min(median(heights), line.height) if heights else line.height


def body_size(blocks: Iterable[Block]) -> float:
    """The size in which most characters of a page are set; 0 for a page without any."""
    sizes = sorted((size_of(line), len(line.text)) for block in blocks for line in block.lines)
    half = sum(length for _, length in sizes) / 2
    for size, length in sizes:
        half -= length
        if half <= 0:
            return size
    return 0.0


def is_large(line: Line, body: float) -> bool:
    """Whether a line is set in headline size: much larger than body type, and made of letters."""
    printed = [character for character in line.text if not character.isspace()]
    readable = sum(map(str.isalnum, printed)) >= READABLE * len(printed)
    return body > 0 and size_of(line) >= HEADLINE * body and readable


def is_headline(block: Block, body: float) -> bool:
    """Whether a block is a headline: its file says so, or it is short and set in headline size."""
    if block.kind is not None:
        return block.kind == "headline"
    large = all(is_large(line, body) for line in block.lines)
    return large and len(block.text) <= LONGEST_HEADLINE and _reads(block.text)


def split_at_headlines(blocks: Iterable[Block], body: float) -> list[Block]:
    """The blocks, those that hold headlines and text cut into these.

    Engines that look for columns give a headline and the text below it as one block.
    """
    return [part for block in blocks for part in _split(block, body)]


def _split(block: Block, body: float) -> list[Block]:
    if block.kind is not None:
        return [block]
    runs = [list(run) for _, run in groupby(block.lines, lambda line: is_large(line, body))]
    parts = [Block.of(run, page=block.page, id=block.id) for run in runs]
    # Specks and pictures give large lines that say nothing; they are no reason to cut.
    headed = len(parts) > 1 and any(is_headline(part, body) for part in parts)
    return parts if headed else [block]


def _reads(text: str) -> bool:
    """Whether enough of it is English: what engines see in specks and pictures seldom is."""
    words = [word.casefold() for word in _WORD.findall(text)]
    known = sum(word in lexicon.word_list() for word in words)
    return _letters(text) >= FEWEST_LETTERS and known > 0 and known >= KNOWN * len(words)


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)
