"""From a stretch of clean text to where it is printed: clean → raw → words → boxes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from newsmine.ingest.layout import around
from newsmine.types import Article, Box, Page, RawArticle, Span, Word

Place = tuple[int, Box]
"""A page's number, and a box on it in the page's unit."""

Printed = tuple[int, Span, Word]
"""A page's number, and a word on it with its raw characters."""


def to_boxes(article: Article, *spans: Span) -> tuple[Place, ...]:
    """Where clean spans are printed: one box a line, in reading order, over several pages.

    Words are taken whole, so that a mark's box is that of the word it is printed at. The halves of
    a broken word give two boxes. What cleaning put in has no place, and an article without pages
    has none at all.

    Args:
        article: As it was read; its ``raw`` has the pages.
        spans: Of ``article.text``.
    """
    if article.raw is None or not article.raw.pages:
        return ()
    raw = (found for span in spans for found in article.alignment.to_raw(span))
    lines = _lines(printed_words(article.raw, raw), article.raw.raw_text)
    return tuple((line[0][0], around(word.box for _, _, word in line)) for line in lines)


def printed_words(raw: RawArticle, spans: Iterable[Span]) -> list[Printed]:
    """The words whose characters reach into raw spans: of each span in turn, each word once."""
    found = (word for span in spans for page in raw.pages for word in _words_in(page, span))
    return list(dict.fromkeys(found))


def _words_in(page: Page, span: Span) -> Iterator[Printed]:
    first = bisect_right(page.words, span[0], key=lambda placed: placed[0][1])
    for place in range(first, len(page.words)):
        characters, word = page.words[place]
        if characters[0] >= span[1]:
            return
        if characters[0] < characters[1]:
            yield page.number, characters, word


def _lines(words: Iterable[Printed], text: str) -> list[list[Printed]]:
    lines: list[list[Printed]] = []
    for word in words:
        if lines and _same_line(lines[-1][-1], word, text):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _same_line(before: Printed, after: Printed, text: str) -> bool:
    """Whether one word follows another on a line: no line end or other word lies between them.

    Engines differ in what they end a line with, so that the place has a say too.
    """
    (page, (_, end), word), (other, (start, _), following) = before, after
    between, back = text[end:start], following.box[2] < word.box[0]
    apart = bool(between.strip()) or "\n" in between
    return page == other and end <= start and not back and not apart
