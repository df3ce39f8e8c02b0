"""What is said of a text's quotation marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsmine.types import Span

MarkReading = Literal["open", "close", "apostrophe", "stray"]
Style = Literal["single", "double"]
RepairRule = Literal[
    "closing mark missing",
    "opened again before it was closed",
    "closed by another mark",
    "faces the wrong way",
    "printed twice",
    "no blank beside it",
    "encloses nothing",
]


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark or apostrophe and how it is read.

    ``span`` covers two characters where a double mark is printed as two single ones or twice.
    """

    span: Span
    style: Style
    reading: MarkReading


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch in quotation marks, marks included.

    ``closed`` is false where the closing mark is missing: the stretch then runs to where a
    reporter's clause (``, he said``) begins, to where the next quotation opens, or to the end of
    its paragraph. ``continues`` is true where it goes on the stretch before, which was left open,
    in the paragraph before or in its own, and ``goes_on`` where the next paragraph goes on it;
    ``depth`` is 1 for a quotation within a quotation.
    """

    span: Span
    style: Style
    depth: int
    closed: bool
    continues: bool
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """What is wrong with a mark, as it was read; an empty span is where one is missing."""

    span: Span
    rule: RepairRule


@dataclass(frozen=True, slots=True)
class Quotations:
    """All marks of a text, the stretches that they enclose, and what was repaired, in order."""

    marks: tuple[Mark, ...]
    quoted: tuple[Quoted, ...]
    repairs: tuple[Repair, ...] = ()
