"""The paragraphs of a clean text, and what their looks say about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsmine.ingest import lexicon
from newsmine.ingest.cleaning.layout import ends_sentence
from newsmine.types import Span

_OPENING = "‘“\"'«"
_CLOSING = "’”\"'»"
_TOKEN = re.compile(r"[^\W_]+")

LONGEST_HEADING = 400
"""Characters; what is longer is body text and is not looked at any closer."""


@dataclass(frozen=True)
class Block:
    """One paragraph: where it stands in the clean text, and its words."""

    start: int
    text: str

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.text)

    @property
    def long(self) -> bool:
        """Whether it is too long for anything but body text."""
        return len(self.text) > LONGEST_HEADING

    @cached_property
    def words(self) -> list[str]:
        """The words as printed (of the beginning only, in a long block)."""
        return self.text[: 2 * LONGEST_HEADING].split()

    @property
    def final(self) -> bool:
        """Whether it ends as a sentence does."""
        return ends_sentence(self.text)

    @property
    def stopped(self) -> bool:
        """Whether it ends with a full stop; headlines may end with ``?`` or ``!``."""
        return self.text.rstrip(_CLOSING + ")").endswith((".", "…"))

    @property
    def prose(self) -> bool:
        """Whether it reads as running text: a sentence with its stop, and not a very short one."""
        return self.long or (self.final and len(self.words) >= 8)

    @property
    def quoted(self) -> bool:
        """Whether it stands between quotation marks as a whole."""
        inner = self.text[1:-1]
        whole = self.text[:1] in _OPENING and self.text[-1:] in _CLOSING and len(self.text) > 2
        return whole and not re.search(r"[”»\"]|[’'](?=\s+[a-z])", inner)

    @property
    def capital_lead(self) -> bool:
        """Whether it opens with words in capitals, as a story does: *THE number of …*.

        Abbreviations and places before a dash (*LONDON (AP) —*) are no such words.
        """
        first = self.text[:LONGEST_HEADING].lstrip(_OPENING).split(maxsplit=3)[:3]
        if len(first) < 3 or self.text[:LONGEST_HEADING].isupper():
            return False
        if len(first[0]) == 1:
            # *A NEW law*, but not *A new law* or *I see*.
            return first[0] == "A" and len(first[1]) > 1 and _in_capitals(first[1])
        dateline = first[0][-1] in ",:" or first[1][0] in "(–—-"
        return not dateline and _in_capitals(first[0])

    def tokens(self) -> list[str]:
        """The words in lower case, without marks."""
        return _TOKEN.findall(self.text.casefold())

    def shares(self, other: Block) -> float:
        """The share of its different words that the other block has too."""
        own = set(self.tokens())
        return len(own & set(other.tokens())) / len(own) if own else 0.0


def _in_capitals(word: str) -> bool:
    """Whether a word is printed in capitals though it is no abbreviation."""
    folded = word.casefold()
    if not word.isupper() or not word.isalpha():
        return False
    known = len(word) > 4 and folded in lexicon.word_list()
    return known or folded in lexicon.words("lines", "short_leads")


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of a clean text."""
    blocks: list[Block] = []
    at = 0
    for part in text.split("\n\n"):
        if part.strip():
            blocks.append(Block(at, part))
        at += len(part) + 2
    return blocks


def recurring(blocks: Sequence[Block], candidates: Iterable[int], *, at_least: int = 4) -> set[int]:
    """Which candidates' words stand, in a row, in another block too.

    Args:
        blocks: All blocks.
        candidates: Places in ``blocks``.
        at_least: Words that a row needs.
    """
    rows = {i: tuple(blocks[i].tokens()) for i in candidates}
    wanted: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for row in rows.values():
        if len(row) >= at_least:
            wanted.setdefault(row[:at_least], set()).add(row)
    homes: dict[tuple[str, ...], set[int]] = {}
    for j, block in enumerate(blocks if wanted else ()):
        for row in _rows_in(block.tokens(), wanted, at_least):
            homes.setdefault(row, set()).add(j)
    return {i for i, row in rows.items() if len(homes.get(row, ())) > 1}


def _rows_in(
    tokens: list[str], wanted: dict[tuple[str, ...], set[tuple[str, ...]]], width: int
) -> Iterator[tuple[str, ...]]:
    """The wanted rows of words that stand in ``tokens``; they are looked up by their beginning."""
    for at in range(len(tokens) - width + 1):
        for row in wanted.get(tuple(tokens[at : at + width]), ()):
            if tuple(tokens[at : at + len(row)]) == row:
                yield row
