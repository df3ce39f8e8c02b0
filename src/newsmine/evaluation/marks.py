"""Where a text's own quotation marks open and close: so much that they can be changed for a test.

Made for clean gold texts, on purpose without the rules that are under test
(``newsmine.nlp.quotation_marks``): a test that asks the tested one proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from newsmine.types import Span

APOSTROPHES = "‘’'"
_OPENS = {
    "double": re.compile(r"(?:(?<=[\s(\[—–\-‘'])|\A)[“\"](?=\S)|“"),
    "single": re.compile(
        r"(?:(?<=[\s(\[—–\-“\"])|\A)[‘'](?=[\w“\"…£$])"
        r"(?!(?:tis|twas|em|til|till|cause|cos|n|\d\ds?)\b)",
        re.IGNORECASE,
    ),
}
_CLOSES = {
    "double": re.compile(r"(?<=\S)[”\"](?!\w)"),
    "single": re.compile(r"(?<=\S)[’'](?!\w)"),
}
_NESTED = re.compile(r"(?<!\w)[‘'](?=\w)(?:[^‘’'“”\"\n]|(?<=\w)[’'](?=\w))+(?<=\S)[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Where a mark opens, where its partner closes (if any), and where the quoted words end."""

    opens: int
    closes: int | None
    end: int


def is_single_style(text: str) -> bool:
    """Whether single marks are the text's first choice, so that double ones are nested.

    Of as many, those that come first are the outer ones.
    """
    singles, doubles = (
        [match.start() for match in _OPENS[kind].finditer(text)] for kind in ("single", "double")
    )
    return (len(singles), doubles[:1]) > (len(doubles), singles[:1])


def quotations(text: str) -> Iterator[Quotation]:
    """The text's quotations in its own style, each within its paragraph, in order."""
    kind = "single" if is_single_style(text) else "double"
    for start, end in paragraphs(text):
        places = [start + m.start() for m in _OPENS[kind].finditer(text[start:end])]
        for opens, limit in pairwise([*places, end]):
            found = (opens + 1 + m.start() for m in _CLOSES[kind].finditer(text[opens + 1 : limit]))
            closes = _closing(text, list(found))
            yield Quotation(opens, closes, limit if closes is None else closes)


def _closing(text: str, places: list[int]) -> int | None:
    """The closing one: after a stop or comma first, else one that no plural possessive ends in."""
    for ends in (".,?!…", None):
        for place in places:
            before = text[place - 1]
            if before in ends if ends else before != "s":
                return place
    return places[0] if places else None


def nested(text: str) -> Iterator[Span]:
    """Single-marked stretches inside double-marked ones, both marks included."""
    for quotation in quotations(text):
        for match in _NESTED.finditer(text, quotation.opens + 1, quotation.end):
            yield match.span()


def opens(text: str, place: int) -> bool:
    """Whether the mark at a place opens: by its own shape, else by the space before it."""
    if text[place] in "“‘”’":
        return text[place] in "“‘"
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (not before or before.isspace() or before in "([—–-‘“'\"") and not after.isspace()


def is_wrapped(text: str) -> bool:
    """Whether lines end where the column does, not where paragraphs do."""
    lines = [len(line) for line in text.splitlines() if line.strip()]
    return len(lines) > 12 and max(lines) <= 100


def paragraphs(text: str) -> list[Span]:
    """Blocks between blank lines where lines are wrapped, else lines; without what surrounds."""
    pattern = r"\S(?:[^\n]|\n(?![ \t\r]*\n))*" if is_wrapped(text) else r"\S[^\r\n]*"
    spans = (match.span() for match in re.finditer(pattern, text))
    return [(start, start + len(text[start:end].rstrip())) for start, end in spans]


def paragraph_break(text: str) -> str:
    """What stands between the text's paragraphs."""
    line = "\r\n" if "\r\n" in text else "\n"
    return line * 2 if re.search(r"\S[ \t]*\r?\n[ \t]*\r?\n", text) else line
