"""The cheapest reading of a paragraph's marks: Viterbi over the stack of open quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from newsmine.nlp.quotation_marks.costs import Glyph, costs, glyphs, halved, is_fragment, paired
from newsmine.nlp.quotation_marks.records import MarkReading, Style
from newsmine.types import Span

Action = Literal["open", "open again", "close", "close by another", "none"]
"""What a mark does to the quotations that are open."""

_UNCLOSED = 2.2
_UNCLOSED_UNUSUAL = 1.6
_LONG_FRAGMENT = 5.0
_LONG = 60
_NESTED_IN_ITSELF = 1.0
_OPENED_AGAIN = 2.0
_AFTER_A_STOP = 0.8
_BY_ANOTHER = 2.2
_CONTINUED = 0.2
_DEEPEST = 3

_Stack = tuple[Style, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One mark of the chosen reading; ``level`` is where in the stack it opens or closes."""

    glyph: Glyph
    reading: MarkReading
    action: Action = "none"
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Path:
    """The cheapest way to a stack; ``opened`` is where each quotation on it begins there."""

    cost: float
    stack: _Stack
    opened: tuple[int, ...] = ()
    step: Step | None = None
    before: _Path | None = None

    def steps(self) -> list[Step]:
        out: list[Step] = []
        path: _Path | None = self
        while path is not None and path.step is not None:
            out.append(path.step)
            path = path.before
        return out[::-1]


def read_marks(
    text: str, paragraph: Span, *, following: Style | None, usual: Style | None
) -> list[Step]:
    """The cheapest reading of a paragraph's marks.

    Args:
        text: The text.
        paragraph: Where the paragraph starts and ends.
        following: The style of the mark that opens the next paragraph.
        usual: The style of the article's quotations.
    """
    found = glyphs(text, paragraph)
    place = _Around(text, paragraph, usual)
    best: list[dict[_Stack, _Path]] = [{} for _ in range(len(found) + 1)]
    best[0][()] = _Path(0.0, ())
    for i in range(len(found)):
        for glyph, to in _taken(found, i, usual):
            priced = costs(text, glyph, paragraph, usual=usual)
            for path in best[i].values():
                for after in _ways(path, glyph, priced, place):
                    _keep(best[to], after)
    last = min(best[-1].values(), key=lambda p: p.cost + place.end_cost(p.stack, following))
    return last.steps()


def _taken(found: Sequence[Glyph], i: int, usual: Style | None) -> Iterator[tuple[Glyph, int]]:
    """A mark alone, as a double one halved, or with the next one, and where reading goes on."""
    yield found[i], i + 1
    if half := halved(found[i], usual):
        yield half, i + 1
    if i + 1 < len(found) and (both := paired(found[i], found[i + 1])):
        yield both, i + 2


def _keep(best: dict[_Stack, _Path], path: _Path) -> None:
    if path.stack not in best or path.cost < best[path.stack].cost:
        best[path.stack] = path


@dataclass(frozen=True, slots=True)
class _Around:
    """The paragraph whose marks are read, and the style of the article's quotations."""

    text: str
    paragraph: Span
    usual: Style | None

    def unclosed(self, stack: _Stack) -> float:
        """What it costs that none of these was closed."""
        return sum(_UNCLOSED + _UNCLOSED_UNUSUAL * self._unusual(style) for style in stack)

    def end_cost(self, stack: _Stack, following: Style | None) -> float:
        """The same at the paragraph's end, where the outermost may go on in the next."""
        if stack and stack[0] == following:
            return _CONTINUED + self.unclosed(stack[1:])
        return self.unclosed(stack)

    def enclosed(self, style: Style, start: int, end: int) -> float:
        """What it costs that two marks enclose this: specks enclose any words, far apart."""
        if not self._unusual(style) or end - start <= _LONG:
            return 0.0
        return _LONG_FRAGMENT * is_fragment(self.text, (start, end), self.paragraph)

    def _unusual(self, style: Style) -> bool:
        return (self.usual, style) == ("double", "single")


def _ways(
    path: _Path, glyph: Glyph, priced: dict[MarkReading, float], place: _Around
) -> Iterator[_Path]:
    """The paths that go on from one path over one mark."""
    for reading, cost in priced.items():
        if reading == "open":
            ways = _openings(path.stack, glyph, place)
        elif reading == "close":
            ways = _closings(path, glyph, place)
        else:
            ways = iter([(0.0, path.stack, Step(glyph, reading))])
        for extra, stack, step in ways:
            if len(stack) <= _DEEPEST:
                opened = path.opened[: len(stack)]
                if reading == "open":
                    opened = (*opened[: len(stack) - 1], glyph.span[0])
                yield _Path(path.cost + cost + extra, stack, opened, step, path)


def _openings(stack: _Stack, glyph: Glyph, place: _Around) -> Iterator[tuple[float, _Stack, Step]]:
    """A quotation, one within it, or one that was open already and whose end was lost.

    After a sentence's end a mark of the same style is more probably a new beginning than nested.
    """
    style, start = glyph.style, glyph.span[0]
    stopped = place.text[max(0, start - 4) : start].rstrip()[-1:] in tuple(".?!,”’\"'")
    nested = (_NESTED_IN_ITSELF + _AFTER_A_STOP * stopped) if style in stack else 0.0
    yield nested, (*stack, style), Step(glyph, "open", "open", len(stack))
    if style in stack:
        level = len(stack) - 1 - stack[::-1].index(style)
        lost = place.unclosed(stack[level + 1 :])
        again = _OPENED_AGAIN + _AFTER_A_STOP * (not stopped) + lost
        yield again, (*stack[:level], style), Step(glyph, "open", "open again", level)


def _closings(path: _Path, glyph: Glyph, place: _Around) -> Iterator[tuple[float, _Stack, Step]]:
    """The innermost quotation of the mark's style, those within it unclosed; or of another."""
    stack = path.stack
    if glyph.style in stack:
        level = len(stack) - 1 - stack[::-1].index(glyph.style)
        extra = place.unclosed(stack[level + 1 :])
        extra += place.enclosed(glyph.style, path.opened[level], glyph.span[1])
        yield extra, stack[:level], Step(glyph, "close", "close", level)
    if stack and stack[-1] != glyph.style:
        level = len(stack) - 1
        yield _BY_ANOTHER, stack[:level], Step(glyph, "close", "close by another", level)


def faces_wrong(step: Step) -> bool:
    """Whether a mark is printed the other way round than it is read."""
    wrong = {"open": step.glyph.closing, "close": step.glyph.opening}
    return wrong.get(step.reading, False) and step.glyph.char not in "«»`´"
