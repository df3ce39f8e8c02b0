"""The same article with other line breaks, each character aligned.

A text whose lines are wrapped already is left alone where lines would have to be joined: which of
its line ends part paragraphs is not certain enough for a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from newsmine.evaluation import marks
from newsmine.ingest.alignment import AlignedText, Replacement
from newsmine.types import Span

_RULE = "line break"
_BETWEEN = re.compile(r"(?<=\S)[^\S\n]*\n\s*(?=\S)")
_PLAIN_WORD = re.compile(r"[A-Za-z][a-z]{6,}(?=[.,;:?!]?[”’\"']?\Z)")
# No printer parts a vowel's consonants before it, or the letters of one sound.
_HYPHEN = re.compile(
    r"(?<=[aeiouy])(?=[bcdfgjklmnpqrstvwxz][aeiouy])"
    r"|(?<=[bcdfgjklmnpqrstvwxz])(?=[bcdfghjklmnpqrstvwxz])(?<!t(?=h))(?<!s(?=h))(?<!c(?=[hk]))"
    r"(?<!p(?=h))(?<!g(?=h))(?<!w(?=h))"
)
_SHORTEST = 3
"""Letters that must stand on either side of a hyphen."""


def columns(text: str, _: Random) -> AlignedText:
    """Wrapped at 40 columns, long words cut with hyphens, a blank line between paragraphs."""
    return _wrap(text, 40, hyphens=True)


def wrapped(text: str, _: Random) -> AlignedText:
    """Wrapped at 72 columns, as mail programs do."""
    return _wrap(text, 72, hyphens=False)


def one_line(text: str, _: Random) -> AlignedText:
    """A line a paragraph and no blank lines."""
    if marks.is_wrapped(text):
        return AlignedText.of(text)
    return _between(text, "\n")


def crlf(text: str, _: Random) -> AlignedText:
    """Windows line ends."""
    return AlignedText.of(text).replace(
        Replacement(m.start(), m.end(), "\r\n", _RULE) for m in re.finditer(r"(?<!\r)\n", text)
    )


def blank_lines(text: str, _: Random) -> AlignedText:
    """Every blank line twice."""
    found = re.finditer(r"(?<=\n)[ \t]*\r?\n", text)
    return AlignedText.of(text).replace(Replacement(m.end(), m.end(), m[0], _RULE) for m in found)


def _between(text: str, new: str) -> AlignedText:
    found = (match for match in _BETWEEN.finditer(text) if match[0] != new)
    return AlignedText.of(text).replace(Replacement(m.start(), m.end(), new, _RULE) for m in found)


def _wrap(text: str, width: int, *, hyphens: bool) -> AlignedText:
    if marks.is_wrapped(text):
        return AlignedText.of(text)
    parted = AlignedText.of(text).replace(_parted(text, width))
    breaks = (
        change
        for start, end in marks.paragraphs(parted.text)
        for change in _breaks(parted.text, (start, end), width, hyphens)
    )
    return parted.replace(breaks)


def _parted(text: str, width: int) -> list[Replacement]:
    """A blank line for each single line end, where those part lines that will be wrapped."""
    single = [match for match in _BETWEEN.finditer(text) if match[0].count("\n") == 1]
    lines = (text[: m.start()].rpartition("\n")[2] for m in single)
    after = (text[m.end() :].partition("\n")[0] for m in single)
    if not any(max(len(a), len(b)) > width for a, b in zip(lines, after, strict=True)):
        return []
    return [Replacement(match.start(), match.end(), "\n\n", _RULE) for match in single]


def _breaks(text: str, paragraph: Span, width: int, hyphens: bool) -> Iterator[Replacement]:
    """The line breaks of one paragraph, greedily."""
    line = paragraph[0]
    for word in re.finditer(r"\S+", text[slice(*paragraph)]):
        start, end = paragraph[0] + word.start(), paragraph[0] + word.end()
        if end - line <= width or start == line:
            continue
        cut = _cut(word[0], line + width - start - 1) if hyphens else None
        if cut is None:
            yield Replacement(start - 1, start, "\n", _RULE)
            line = start
        else:
            yield Replacement(start + cut, start + cut, "-\n", "hyphen at line end")
            line = start + cut


def _cut(word: str, room: int) -> int | None:
    """How many letters of a word fit before its last possible hyphen."""
    match = _PLAIN_WORD.search(word)
    if match is None:
        return None
    letters = match[0]
    places = (m.start() for m in _HYPHEN.finditer(letters))
    good = [p for p in places if _SHORTEST <= p <= len(letters) - _SHORTEST]
    return max((p + match.start() for p in good if p + match.start() <= room), default=None)
