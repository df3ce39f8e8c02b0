"""What a reader is, and what it finds in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

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
    """A file within a file (an archive's), to be read by whichever reader knows it."""

    name: str
    data: bytes


Item = Found | Member | ReadError
"""A ``ReadError`` among the items is one bad article or member; the others go on."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How one format is recognised and read.

    Attributes:
        name: In one word; stored with the article.
        title: What it reads, for people: ``newsmine formats`` prints it.
        suffixes: In lower case, with the dot; what is taken from a folder.
        sniff: Whether these bytes (all of them), of a file of this path, are of the format.
        read: The items in the bytes, lazily; raises ``ReadError`` with the path that it was given
            where the file as a whole cannot be read.
        needs: The extra (``newsmine[NEEDS]``) or program that has to be installed for it.
    """

    name: str
    title: str
    suffixes: frozenset[str]
    sniff: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Iterable[Item]]
    needs: str | None = None
