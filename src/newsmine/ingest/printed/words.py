"""A printed word, before lines are known."""

from __future__ import annotations

from dataclasses import dataclass

from newsmine.types import Box


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed word with the size of its type (an em), in the page's unit."""

    text: str
    box: Box
    size: float
    confidence: float | None = None
