"""From the reading of a paragraph's marks to the stretches that they enclose, and the repairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsmine.nlp.quotation_marks.lexicon import reporting_clause
from newsmine.nlp.quotation_marks.reading import Step, faces_wrong
from newsmine.nlp.quotation_marks.records import Quoted, Repair, RepairRule, Style
from newsmine.types import Span


@dataclass(slots=True)
class _Open:
    """A quotation that is open, and whether it goes on the one before."""

    step: Step
    continues: bool


@dataclass(slots=True)
class _Pairing:
    text: str
    paragraph: Span
    open: list[_Open] = field(default_factory=list)
    out: list[Quoted] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    def end(self, at: int, *, closed: bool) -> None:
        """End the innermost quotation at a place."""
        quotation = self.open.pop()
        glyph = quotation.step.glyph
        span = (glyph.span[0], at)
        self.out.append(Quoted(span, glyph.style, len(self.open), closed, quotation.continues))

    def end_unclosed(self, at: int) -> bool:
        """End it before a reporter's clause or at a place; whether it ran that far."""
        clause = reporting_clause().search(self.text, self.open[-1].step.glyph.span[1], at)
        self.end(clause.start() if clause else at, closed=False)
        return clause is None

    def end_above(self, level: int, at: int) -> None:
        """End the quotations within the one at ``level``, whose closing marks are missing."""
        while len(self.open) > level + 1:
            self.end_unclosed(at)
            self.repair(self.out[-1].span[1], "closing mark missing")

    def repair(self, at: int, rule: RepairRule) -> None:
        self.repairs.append(Repair((at, at), rule))


def pair_marks(
    text: str,
    paragraph: Span,
    steps: Sequence[Step],
    *,
    before: Style | None,
    following: Style | None,
) -> tuple[list[Quoted], list[Repair]]:
    """The stretches of one paragraph.

    Args:
        text: The text.
        paragraph: Where the paragraph starts and ends.
        steps: The reading of its marks.
        before: The style of the quotation that the paragraph before left open.
        following: The style of the mark that opens the next paragraph.
    """
    state = _Pairing(text, paragraph)
    for step in steps:
        if step.reading == "open":
            _open(state, step, before=before)
        elif step.reading == "close":
            state.end_above(step.level, step.glyph.span[0])
            state.end(step.glyph.span[1], closed=True)
        state.repairs += [Repair(step.glyph.span, rule) for rule in _faults(text, step)]
    _end_all(state, following=following)
    return sorted(state.out, key=lambda q: q.span), sorted(state.repairs, key=lambda r: r.span)


def _open(state: _Pairing, step: Step, *, before: Style | None) -> None:
    start, style = step.glyph.span[0], step.glyph.style
    continues = start == state.paragraph[0] and style == before
    if step.action == "open again":
        state.end_above(step.level, start)
        continues = state.end_unclosed(_trimmed_end(state.text, start))
    state.open.append(_Open(step, continues))


def _end_all(state: _Pairing, *, following: Style | None) -> None:
    """Nothing closes at the paragraph's end; the outermost may go on in the next."""
    end = state.paragraph[1]
    state.end_above(0, end)
    if state.open and state.open[0].step.glyph.style == following:
        state.end(end, closed=False)
    elif state.open:
        state.end_unclosed(end)
        state.repair(state.out[-1].span[1], "closing mark missing")


def _trimmed_end(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _faults(text: str, step: Step) -> Iterator[RepairRule]:
    if step.action == "open again":
        yield "opened again before it was closed"
    if step.action == "close by another":
        yield "closed by another mark"
    if faces_wrong(step):
        yield "faces the wrong way"
    if step.glyph.twice and step.glyph.char in '"“”':
        yield "printed twice"
    if step.reading == "stray" and not _is_measure(text, step):
        yield "encloses nothing"
    if _is_glued(text, step):
        yield "no blank beside it"


def _is_measure(text: str, step: Step) -> bool:
    start = step.glyph.span[0]
    return start > 0 and text[start - 1].isdigit()


def _is_glued(text: str, step: Step) -> bool:
    start, end = step.glyph.span
    if step.reading == "open":
        return start > 0 and (text[start - 1].isalnum() or text[start - 1] in ".,:;?!")
    return step.reading == "close" and end < len(text) and text[end].isalnum()
