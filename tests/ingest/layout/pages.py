"""Pages of blocks set by hand: columns 100 wide, 110 apart; body type 10 high, headlines 24."""

from __future__ import annotations

from newsmine.ingest.layout import Block, line_of
from newsmine.types import Word

BODY, HEAD = 10.0, 24.0


def text(
    printed: str, column: int, top: float, *, columns: int = 1, size: float = BODY, rows: int = 0
) -> Block:
    """A block of lines as printed, over columns; ``rows`` more lines of body text follow."""
    left, width = 110.0 * column, 110.0 * columns - 10
    lines = [*printed.split("\n"), *["and so the story went on"] * rows]
    return Block.of(
        line_of(_words(line, left, top + 1.2 * size * i, width, size))
        for i, line in enumerate(lines)
    )


def head(printed: str, column: int, top: float, *, columns: int = 1) -> Block:
    return text(printed, column, top, columns=columns, size=HEAD)


def _words(line: str, left: float, top: float, width: float, size: float) -> list[Word]:
    step = width / len(line)
    at, words = 0, []
    for word in line.split():
        at = line.index(word, at)
        words.append(
            Word(word, (left + at * step, top, left + (at + len(word)) * step, top + size))
        )
        at += len(word)
    return words


def names(blocks: list[Block]) -> list[str]:
    return [block.text.split("\n")[0] for block in blocks]
