"""What a reader is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from newsmine.ingest.found import Found, Item, Member

__all__ = ["Found", "Item", "Member", "Reader"]


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


def printable(said: str, most: int = 80) -> str:
    """What a file or library said, for an error: one line that any screen may show, cut."""
    shown = "".join(c if c.isprintable() else " " for c in said)
    return " ".join(shown.split())[:most]
