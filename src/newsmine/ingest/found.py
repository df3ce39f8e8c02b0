"""What a reader finds in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from newsmine.errors import ReadError
from newsmine.types import Given, Page


@dataclass(frozen=True, slots=True)
class Found:
    """One article: its text as the file has it, its pages, and what the file says of it.

    ``part`` tells articles of one file apart, in words that a user can find again (``3`` for the
    third, ``p2-block7``); ``None`` where the file is the article.
    """

    text: str
    pages: tuple[Page, ...] = ()
    given: Given = field(default_factory=Given)
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A file within a file (an archive's), to be read by whichever reader knows it.

    ``read`` gives its items instead, where that takes other members as well (METS's pages).
    """

    name: str
    data: bytes
    read: Callable[[bytes, str], Iterable[Item]] | None = None


Item: TypeAlias = "Found | Member | ReadError"
"""A ``ReadError`` among the items is one bad article or member; the others go on."""
