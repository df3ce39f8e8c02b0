"""Which mark opens, which closes, which is an apostrophe; which belong together.

Each paragraph is decided by itself, so that one bad mark never reaches beyond it: of all readings
of its marks the cheapest is taken (Viterbi over the stack of open quotations, two deep), where
each mark costs what its surroundings and its glyph say against a reading, and a mark left open or
closing nothing costs more. A paragraph may stay open for nothing when the next begins with the
same mark: British papers open a quotation again in each paragraph and close only the last.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from newsmine.nlp.words import paragraphs
from newsmine.types import Span

Reading = Literal["open", "close", "apostrophe", "stray"]
Style = Literal["single", "double"]

_MARK = re.compile(r"''|``|[\"“”„«»‘’‚'`´]")
_SINGLE, _OPENING_GLYPHS, _CLOSING_GLYPHS = (
    "‘’‚'`´",
    ("“", "„", "«", "‘", "‚", "``"),
    ("”", "»", "’"),
)
_SENTENCE_END = ".?!,…;:-–—"

# What a reading costs, in units of about one piece of evidence. Chosen by hand on invented cases
# (tests/nlp/cases/quotation_marks.toml), not fitted.
_WRONG_GLYPH = 1.6
_UNCLOSED = 2.2
_UNOPENED = 2.6
_OPEN_WHILE_OPEN = 2.4
_CONTINUED = 0.2


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark or apostrophe and how it is read."""

    span: Span
    style: Style
    reading: Reading


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch in quotation marks, marks included.

    ``closed`` is false where the closing mark is missing (the stretch then runs to the end of its
    paragraph, or to where the next one opens); ``continues`` is true where it goes on the stretch
    before, which was left open, in the paragraph before or in its own; ``depth`` is 1 for a
    quotation within a quotation.
    """

    span: Span
    style: Style
    depth: int
    closed: bool
    continues: bool


@dataclass(frozen=True, slots=True)
class Quotations:
    """All marks of a text and the stretches that they enclose, in order."""

    marks: tuple[Mark, ...]
    quoted: tuple[Quoted, ...]


_State = tuple[Style, ...]


@dataclass(frozen=True, slots=True)
class _Path:
    cost: float
    stack: _State
    readings: tuple[Reading, ...]


def find_quotations(text: str) -> Quotations:
    """Read all quotation marks of a text, paragraph by paragraph.

    Args:
        text: Paragraphs parted by blank lines (by line ends where none is blank).
    """
    spans = paragraphs(text)
    marks: list[Mark] = []
    quoted: list[Quoted] = []
    open_style: Style | None = None
    for i, span in enumerate(spans):
        following = _opening_style(text, spans[i + 1]) if i + 1 < len(spans) else None
        found = _read_marks(text, span, following=following)
        stretches = _stretches(found, span, continued=open_style)
        marks += found
        quoted += stretches
        open_style = _left_open(stretches, span)
    return Quotations(tuple(marks), tuple(sorted(quoted, key=lambda q: q.span)))


def _opening_style(text: str, paragraph: Span) -> Style | None:
    match = _MARK.match(text, paragraph[0])
    return _style(match.group()) if match else None


def _style(mark: str) -> Style:
    return "single" if mark in _SINGLE else "double"


def _read_marks(text: str, paragraph: Span, *, following: Style | None) -> list[Mark]:
    """The cheapest reading of a paragraph's marks.

    ``following`` is the style of the mark that opens the next paragraph.
    """
    found = [m.span() for m in _MARK.finditer(text, *paragraph)]
    paths: dict[_State, _Path] = {(): _Path(0.0, (), ())}
    for span in found:
        costs = _costs(text, span, paragraph)
        steps = (step for path in paths.values() for step in _steps(path, span, text, costs))
        paths = {}
        for step in steps:
            if step.stack not in paths or step.cost < paths[step.stack].cost:
                paths[step.stack] = step
    best = min(paths.values(), key=lambda p: p.cost + _end_cost(p.stack, following))
    return [
        Mark(span, _style(text[slice(*span)]), reading)
        for span, reading in zip(found, best.readings, strict=True)
    ]


def _end_cost(stack: _State, following: Style | None) -> float:
    return sum(_CONTINUED if style == following else _UNCLOSED for style in stack)


def _steps(path: _Path, span: Span, text: str, costs: dict[Reading, float]) -> list[_Path]:
    """The paths that go on from one path over one mark."""
    style, stack = _style(text[slice(*span)]), path.stack
    out = []
    for reading, cost in costs.items():
        after, extra = stack, 0.0
        if reading == "open":
            # Opened again while open: the closing mark was lost.
            lost = stack.index(style) if style in stack else None
            after = (*stack[:lost], style)
            extra = 0.0 if lost is None else _OPEN_WHILE_OPEN
        elif reading == "close":
            if style not in stack:
                continue
            at = len(stack) - 1 - stack[::-1].index(style)
            after, extra = stack[:at], _UNCLOSED * (len(stack) - 1 - at)
        if len(after) <= 2:
            out.append(_Path(path.cost + cost + extra, after, (*path.readings, reading)))
    return out


def _costs(text: str, span: Span, paragraph: Span) -> dict[Reading, float]:
    """What each reading of a mark costs, from its glyph and its neighbours."""
    mark = text[slice(*span)]
    before = text[span[0] - 1] if span[0] > paragraph[0] else " "
    after = text[span[1]] if span[1] < paragraph[1] else " "
    costs: dict[Reading, float] = {
        "open": _open_cost(before, after) + _WRONG_GLYPH * (mark in _CLOSING_GLYPHS),
        "close": _close_cost(before, after) + _WRONG_GLYPH * (mark in _OPENING_GLYPHS),
        "stray": _UNOPENED,
    }
    if mark in _SINGLE:
        word = re.compile(r"\w*").match(text, span[1])
        costs["apostrophe"] = _apostrophe_cost(before, after, word.group() if word else "")
        costs["apostrophe"] += 0.8 * (mark in _OPENING_GLYPHS)
    elif before.isdigit():
        costs["stray"] = 0.6  # inches, or a second of arc
    return costs


def _open_cost(before: str, after: str) -> float:
    cost = 0.0
    if after.isspace():
        cost += 2.5
    if not (before.isspace() or before in "([{-–—/“‘\"'"):
        cost += 0.8 if before in ".,:;?!" else 3.0
    return cost


def _close_cost(before: str, after: str) -> float:
    cost = 2.5 if before.isspace() else (0.0 if before in _SENTENCE_END else 0.4)
    if after.isalnum():
        # "children.’The": scanning has lost the blank.
        cost += 0.6 if before in _SENTENCE_END and after.isupper() else 3.5
    return cost


def _apostrophe_cost(before: str, after: str, word: str) -> float:
    """Inside a word; before a word known to be cut short; after the s of a possessive."""
    if before.isalnum() and after.isalnum():
        return 0.0
    if before.isalnum():
        return 0.7 if before in "sS" and after == " " else 1.8
    if after.isalnum() and (word.lower() in _elisions() or re.fullmatch(r"\d0s", word)):
        return 0.2
    return 3.2


@cache
def _elisions() -> frozenset[str]:
    data = resources.files("newsmine.data").joinpath("quotation_marks.toml").read_text("utf-8")
    return frozenset(entry["word"] for entry in tomllib.loads(data)["elision"])


def _stretches(marks: Sequence[Mark], paragraph: Span, *, continued: Style | None) -> list[Quoted]:
    """Pair the marks of one paragraph."""
    out: list[Quoted] = []
    stack: list[Mark] = []
    first = marks[0] if marks else None
    goes_on = {first.span[0]} if first and first.style == continued else set()
    goes_on &= {paragraph[0]}

    def close(opening: Mark, end: int, *, closed: bool) -> None:
        continues = opening.span[0] in goes_on
        out.append(Quoted((opening.span[0], end), opening.style, len(stack), closed, continues))

    for mark in marks:
        same = [i for i, opening in enumerate(stack) if opening.style == mark.style]
        if mark.reading == "open":
            if same:
                goes_on.add(mark.span[0])
            while same and len(stack) > same[0]:
                close(stack.pop(), mark.span[0], closed=False)
            stack.append(mark)
        elif mark.reading == "close" and same:
            while len(stack) > same[-1] + 1:
                close(stack.pop(), mark.span[0], closed=False)
            close(stack.pop(), mark.span[1], closed=True)
    while stack:
        close(stack.pop(), paragraph[1], closed=False)
    return out


def _left_open(stretches: Sequence[Quoted], paragraph: Span) -> Style | None:
    """The style of the quotation that runs on past a paragraph's end."""
    for stretch in stretches:
        if not stretch.closed and stretch.span[1] == paragraph[1] and stretch.depth == 0:
            return stretch.style
    return None
