"""The marks of a whole text, paragraph by paragraph."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from newsmine.nlp.quotation_marks.costs import glyphs, halved, opening_marks, paired
from newsmine.nlp.quotation_marks.pairing import pair_marks
from newsmine.nlp.quotation_marks.reading import read_marks
from newsmine.nlp.quotation_marks.records import Mark, Quotations, Quoted, Repair, Style
from newsmine.nlp.words import paragraphs
from newsmine.types import Span

_LEAST_PARAGRAPHS = 3
_MAJORITY: dict[Style, float] = {"single": 3, "double": 1.5}
"""Paragraphs to one of the other style. Specks look like single marks, so that double ones need
fewer: no paper whose quotations have single marks begins more paragraphs with double ones."""


def find_quotations(text: str, *, usual: Style | None = None) -> Quotations:
    """Read all quotation marks of a text, paragraph by paragraph.

    Args:
        text: Paragraphs parted by blank lines (by line ends where none is blank).
        usual: The style of marks that the outlet or the article uses for quotations; taken from
            the text where it is left out and the text shows it.
    """
    spans = paragraphs(text)
    usual = usual or usual_style(text)
    marks: list[Mark] = []
    quoted: list[Quoted] = []
    repairs: list[Repair] = []
    left_open: Style | None = None
    for i, span in enumerate(spans):
        following = _first_style(text, spans[i + 1], usual) if i + 1 < len(spans) else None
        steps = read_marks(text, span, following=following, usual=usual)
        stretches, repaired = pair_marks(text, span, steps, before=left_open, following=following)
        marks += [Mark(s.glyph.span, s.glyph.style, s.reading) for s in steps]
        if stretches:
            _going_on(quoted, stretches[0])
        quoted += stretches
        repairs += repaired
        left_open = _left_open(stretches, span)
    return Quotations(tuple(marks), tuple(quoted), tuple(repairs))


def usual_style(text: str) -> Style | None:
    """The style in which the text's quotations are printed, if most paragraphs agree.

    A paragraph counts for the style of its first mark that can only open a quotation; with fewer
    than three such paragraphs there is no saying. Marks with which an utterance can begin are asked
    first: the specks of a scan are single marks before any word.
    """
    likely: Counter[Style] = Counter()
    any_mark: Counter[Style] = Counter()
    for paragraph in paragraphs(text):
        opening = list(opening_marks(text, paragraph))
        any_mark.update([glyph.style for glyph, _ in opening[:1]])
        likely.update([glyph.style for glyph, begins in opening if begins][:1])
    return _majority(likely) or _majority(any_mark)


def _majority(counts: Counter[Style]) -> Style | None:
    pairs: tuple[tuple[Style, Style], ...] = (("single", "double"), ("double", "single"))
    for style, other in pairs:
        if counts[style] >= max(_LEAST_PARAGRAPHS, _MAJORITY[style] * counts[other]):
            return style
    return None


def _first_style(text: str, paragraph: Span, usual: Style | None) -> Style | None:
    """The style of the mark with which a paragraph begins.

    Two single ones count as double, and so does one before a capital where that is usual.
    """
    first = glyphs(text, (paragraph[0], min(paragraph[0] + 4, paragraph[1])))
    if not first or first[0].span[0] != paragraph[0]:
        return None
    both = paired(first[0], first[1]) if len(first) > 1 else None
    after = first[0].span[1]
    half = halved(first[0], usual) if text[after : after + 1].isupper() else None
    return (both or half or first[0]).style


def _going_on(quoted: list[Quoted], first: Quoted) -> None:
    """Mark the stretch that the first of the next paragraph goes on, in place."""
    for i in range(len(quoted) - 1, -1, -1):
        if quoted[i].depth == 0:
            quoted[i] = replace(quoted[i], goes_on=first.continues)
            return


def _left_open(stretches: list[Quoted], paragraph: Span) -> Style | None:
    """The style of the quotation that runs on past a paragraph's end."""
    for stretch in stretches:
        if not stretch.closed and stretch.span[1] == paragraph[1] and stretch.depth == 0:
            return stretch.style
    return None
