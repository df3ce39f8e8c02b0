"""Lines to paragraphs: exactly one blank line between paragraphs, and no line end inside one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from newsmine.ingest import lexicon
from newsmine.ingest.alignment import Replacement
from newsmine.ingest.cleaning.layout import Layout, Line, layout_of, lines_of
from newsmine.ingest.landmarks import stands_apart
from newsmine.ingest.survey import NOTHING, Survey

SHORTEST_BROKEN = 60
"""Characters in a paragraph that a column broke; shorter ones are headings and list items."""

PARAGRAPH = "\n\n"


def join_lines(text: str, survey: Survey = NOTHING) -> list[Replacement]:
    """What stands between each two lines becomes a space or one blank line.

    Args:
        text: The text.
        survey: The lines that recur over its batch: they belong to no paragraph.
    """
    lines = lines_of(text)
    if not lines:
        return [Replacement(0, len(text), "", "margin")] if text else []
    changes = [_put(text, 0, lines[0].start, "", "margin")]
    for (a, b), joined in zip(pairwise(lines), _decide(lines, survey), strict=True):
        new, rule = (" ", "line join") if joined else (PARAGRAPH, "paragraph")
        changes.append(_put(text, a.end, b.start, new, rule))
    changes.append(_put(text, lines[-1].end, len(text), "", "margin"))
    return [change for change in changes if change is not None]


def _put(text: str, start: int, end: int, new: str, rule: str) -> Replacement | None:
    return None if text[start:end] == new else Replacement(start, end, new, rule)


def _decide(lines: list[Line], survey: Survey) -> Iterator[bool]:
    """For each line but the first, whether it belongs to the paragraph before it."""
    layout = layout_of(lines)
    apart = [survey.recurs(b.text) or _apart(a, b) for a, b in pairwise([None, *lines]) if b]
    length = len(lines[0].text)
    in_body = False
    for i, (a, b) in enumerate(pairwise(lines)):
        in_body = in_body or (a.final and length > 40) or length > 2 * SHORTEST_BROKEN
        if apart[i] or apart[i + 1]:
            joined = False
        elif b.blank > layout.spacing:
            # Above the body, headlines and standfirsts follow each other in the same way.
            joined = broken_by_column(a, b, length) >= (2 if in_body else 3)
        elif layout.wrapped:
            joined = _is_wrap(a, b, layout)
        else:
            joined = not a.final and (b.goes_on or _leans_on(a))
        length = length + len(b.text) if joined else len(b.text)
        yield joined


def _apart(before: Line | None, line: Line) -> bool:
    goes_on = before is not None and not before.final and line.blank == 0
    # The rest of a sentence may look like a caption ("right: the new sign") or a section's name.
    return not (goes_on and line.goes_on) and stands_apart(line.text, goes_on=goes_on)


def broken_by_column(a: Line, b: Line, length: int) -> int:
    """How much says that a sentence runs on from one paragraph to the next, over a column's end.

    One each: it goes on in lower case; it broke off in a word or after one that needs another; it
    is too long for a heading or an item of a list.

    Args:
        a: The last line of the one.
        b: The first line of the other.
        length: Characters in the paragraph that ``a`` ends.
    """
    if a.final or b.text[0] in "–—•*":
        return 0
    return sum([b.goes_on, _leans_on(a) or a.hyphened, length >= SHORTEST_BROKEN])


def _is_wrap(a: Line, b: Line, layout: Layout) -> bool:
    """Whether the column's width ended line ``a``: the next word had no room, or is lower case."""
    if a.hyphened:
        return True
    if b.indent >= layout.margin + 2 and b.indent > a.indent:
        return False
    if not a.final and (b.goes_on or _leans_on(a)):
        return True
    room = layout.width - len(a.text) - 1 - len(b.text.split(maxsplit=1)[0])
    # Type is set in proportion, so the same column holds lines of differing length.
    slack = 0.5 if layout.blanks and a.final else 0.1 if a.final else 0.25
    return room < slack * layout.width


def _leans_on(line: Line) -> bool:
    """Whether a line ends with a word that needs another: an article, a preposition, *Mr*."""
    last = line.text.rsplit(maxsplit=1)[-1].casefold()
    return last in lexicon.words("lines", "leaning")
