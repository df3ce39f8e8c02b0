"""The words that the encoder reads, and how each one is printed.

A word is a run of letters and digits or a single other mark: the grid on which BERT's own
pre-tokeniser splits, so that scanning errors such as ``children.’The`` never glue two words
together (spaCy's English rules leave that as one token).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from newsmine.types import Span

WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n")


class Shape(IntEnum):
    """How a word is printed, fed to the encoder beside its lower-cased pieces.

    The vocabulary is lower-cased, so names are recognised by this; for marks it says on which side
    a blank is, which tells an opening ’ from an apostrophe.
    """

    NONE = 0
    LOWER = 1
    TITLE = 2
    UPPER = 3
    MIXED = 4
    DIGIT = 5
    MARK_OPENS = 6
    MARK_CLOSES = 7
    MARK_INSIDE = 8
    MARK_ALONE = 9
    BREAK = 10


def word_spans(text: str) -> list[Span]:
    """The words of a text as character spans."""
    return [match.span() for match in WORD.finditer(text)]


def paragraphs(text: str) -> list[Span]:
    """The paragraphs: parted by blank lines, by each line end where no line is blank.

    Blanks around a paragraph are not part of it; white space alone is no paragraph.
    """
    cut = _BREAK if _BREAK.search(text.strip()) else _LINE
    edges = [0, *(at for match in cut.finditer(text) for at in match.span()), len(text)]
    return [
        span
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if (span := trimmed(text, (start, end)))[0] < span[1]
    ]


def trimmed(text: str, span: Span) -> Span:
    """A span without the white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def paragraph_breaks(text: str, spans: Sequence[Span]) -> list[bool]:
    """For each word whether a paragraph begins with it (false for the first)."""
    out = [False] * len(spans)
    for start, _ in paragraphs(text):
        first = bisect_left(spans, (start,))
        if 0 < first < len(spans):
            out[first] = True
    return out


@lru_cache(maxsize=50_000)
def shape(word: str, *, blank_before: bool, blank_after: bool) -> Shape:
    """How a word is printed."""
    if not word[0].isalnum():
        sides = {(True, False): Shape.MARK_OPENS, (False, True): Shape.MARK_CLOSES}
        both = Shape.MARK_ALONE if blank_before else Shape.MARK_INSIDE
        return sides.get((blank_before, blank_after), both)
    if word[0].isdigit():
        return Shape.DIGIT
    if word.islower():
        return Shape.LOWER
    if word.isupper():
        return Shape.TITLE if len(word) == 1 else Shape.UPPER
    return Shape.TITLE if word[0].isupper() and word[1:].islower() else Shape.MIXED


def shapes(text: str, spans: Sequence[Span]) -> list[Shape]:
    """The shape of each word in its place; the ends of the text count as blanks."""
    size = len(text)
    return [
        shape(
            text[start:end],
            blank_before=start == 0 or text[start - 1].isspace(),
            blank_after=end == size or text[end].isspace(),
        )
        for start, end in spans
    ]
