"""A text cut into pieces that are each in the same zone, quotes, sources, cues and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from newsmine.types import Attribution, Claim, Span, Zone

Role = Literal["content", "source", "cue", "claim"]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of characters, end exclusive; ``number`` is the quote's, ``ident`` the row's."""

    start: int
    end: int
    role: Role
    ident: str
    number: int = 0


def paragraphs(
    text: str,
    zones: Sequence[Zone],
    attributions: Sequence[Attribution],
    claims: Sequence[Claim],
) -> list[dict[str, Any]]:
    """The paragraphs with their zone and pieces; put together, the pieces are the paragraph.

    A piece has its ``text`` and, for each role, which rows it belongs to: ``content`` numbers of
    quotes, ``source`` and ``cue`` likewise, ``claim`` ids of figures. ``anchors`` are the ids of
    rows that begin with the piece.
    """
    marks = sorted(_marks(attributions, claims), key=lambda mark: (mark.start, -mark.end))
    first = _firsts(marks)
    made = []
    for span in _spans(text):
        here = [mark for mark in marks if mark.start < span[1] and span[0] < mark.end]
        pieces = list(_pieces(text, span, here, zones, first))
        made.append({"zone": _zone(zones, span[0]), "pieces": pieces})
    return made


def _marks(attributions: Iterable[Attribution], claims: Iterable[Claim]) -> Iterator[_Mark]:
    for number, found in enumerate(attributions, 1):
        for role, spans in (
            ("content", found.content),
            ("source", found.source),
            ("cue", found.cue),
        ):
            for start, end in spans:
                yield _Mark(start, end, role, found.id, number)  # type: ignore[arg-type]
    for claim in claims:
        yield _Mark(*claim.span, "claim", claim.id)


def _firsts(marks: Iterable[_Mark]) -> dict[str, int]:
    """For each row the character at which its text, or its figure, begins."""
    first: dict[str, int] = {}
    for mark in marks:
        if mark.role in ("content", "claim"):
            first.setdefault(mark.ident, mark.start)
    return first


def _spans(text: str) -> Iterator[Span]:
    for match in re.finditer(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", text, re.DOTALL):
        yield match.span()


def _pieces(
    text: str,
    span: Span,
    marks: Sequence[_Mark],
    zones: Sequence[Zone],
    first: dict[str, int],
) -> Iterator[dict[str, Any]]:
    edges = {*span}
    for start, end in (*((m.start, m.end) for m in marks), *(z.span for z in zones)):
        edges.update(edge for edge in (start, end) if span[0] < edge < span[1])
    for left, right in pairwise(sorted(edges)):
        covering = [mark for mark in marks if mark.start <= left and right <= mark.end]
        begun = [m.ident for m in covering if m.role in ("content", "claim")]
        yield {
            "text": text[left:right],
            **{role: _numbers(covering, role) for role in ("content", "source", "cue")},
            "claim": [mark.ident for mark in covering if mark.role == "claim"],
            "anchors": list(dict.fromkeys(i for i in begun if first[i] == left)),
        }


def _numbers(marks: Iterable[_Mark], role: str) -> list[int]:
    return sorted({mark.number for mark in marks if mark.role == role})


def _zone(zones: Sequence[Zone], position: int) -> str:
    kinds = (zone.kind for zone in zones if zone.span[0] <= position < zone.span[1])
    return next(kinds, "body")
