"""Printed words to lines and paragraphs: by where they stand, not by the order of the file alone.

The order of a PDF's content is a hint: words that follow each other and stand in a row are of one
line. Rows that a gutter parts are two lines, whatever the order says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from newsmine.ingest.layout import Block, Line, around, line_of
from newsmine.ingest.printed.gutters import Gutters
from newsmine.ingest.printed.words import Printed
from newsmine.types import Box, Word

GUTTER = 2.0
"""Ems that part two columns wherever they stand; justified lines have blanks up to that."""

LEADING = 0.9
"""Line heights between two lines of one column; more is a gap."""

LIKE_SIZE = 1.35
"""Of two lines of one block; a headline is larger than what it stands over."""

SURE_COLUMN = 3
"""Rows from which the edges of a column are known."""

INDENT = 0.5
"""Ems by which a paragraph's first line is set in, at least; more than a whole column's skew."""


def blocks_of(words: Sequence[Printed], *, page: int = 1) -> list[Block]:
    """The paragraphs on a page, column by column as far as they stand together."""
    if not words:
        return []
    rows = _rows(words, Gutters.of(words))
    columns = _columns(rows)
    return [block for column in columns for block in _paragraphs(column, page)]


@dataclass(slots=True)
class _Row:
    """Words in a row."""

    words: list[Printed]
    box: Box
    size: float

    @classmethod
    def of(cls, words: list[Printed]) -> _Row:
        return cls(words, around(w.box for w in words), median(w.size for w in words))

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    def insert(self, other: _Row) -> None:
        """Words of the same row, at their place in it."""
        self.words = sorted([*self.words, *other.words], key=lambda word: word.box[0])
        self.box = around((self.box, other.box))

    def line(self) -> Line:
        return line_of([Word(w.text, w.box, w.confidence) for w in self.words], self.box)


def _rows(words: Iterable[Printed], gutters: Gutters) -> list[_Row]:
    """Rows as the file's order gives them, those that touch then made one."""
    found: list[list[Printed]] = []
    for word in words:
        if found and _follows(found[-1][-1], word, gutters):
            found[-1].append(word)
        else:
            found.append([word])
    return _touching([_Row.of(row) for row in found], gutters)


def _follows(before: Printed, after: Printed, gutters: Gutters) -> bool:
    em = min(before.size, after.size)
    gap = after.box[0] - before.box[2]
    # Boxes of scanned words may overlap; both edges then still go to the right.
    onward = all(after.box[side] > before.box[side] for side in (0, 2))
    near = onward and -2 * em <= gap <= GUTTER * em and _level(before.box, after.box)
    return near and not gutters.parts(before, after)


def _level(a: Box, b: Box) -> bool:
    overlap = min(a[3], b[3]) - max(a[1], b[1])
    return overlap >= 0.5 * min(a[3] - a[1], b[3] - b[1])


def _touching(rows: list[_Row], gutters: Gutters) -> list[_Row]:
    """Rows that go on where another ends become one: some files set a line in pieces."""
    rows.sort(key=lambda row: row.box[0])
    by_height: dict[int, list[_Row]] = {}
    for row in rows:
        middle = (row.box[1] + row.box[3]) / 2
        near = [r for k in _bands(middle) for r in by_height.get(k, ())]
        left = next(
            (r for r in reversed(near) if _follows(r.words[-1], row.words[0], gutters)), None
        )
        if left is None:
            by_height.setdefault(int(middle // _BAND), []).append(row)
            continue
        left.words += row.words
        left.box = around((left.box, row.box))
    return [row for band in by_height.values() for row in band]


_BAND = 20.0


def _bands(middle: float) -> range:
    here = int(middle // _BAND)
    return range(here - 1, here + 2)


@dataclass(slots=True)
class _Column:
    """Rows that stand below each other."""

    rows: list[_Row] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0

    def holds(self, row: _Row) -> bool:
        """Whether a row is the rest of the last one, parted from it by a blank within a column."""
        last, slack = self.rows[-1].box, 0.5 * row.size
        inside = self.left - slack <= row.box[0] and row.box[2] <= self.right + slack
        apart = row.box[0] >= last[2] - slack or row.box[2] <= last[0] + slack
        return len(self.rows) >= SURE_COLUMN and inside and apart and _level(last, row.box)

    def add(self, row: _Row) -> None:
        self.left = min(self.left, row.box[0]) if self.rows else row.box[0]
        self.right = max(self.right, row.box[2]) if self.rows else row.box[2]
        self.rows.append(row)


def _columns(rows: Iterable[_Row]) -> list[_Column]:
    columns: list[_Column] = []
    open_columns: list[_Column] = []
    for row in sorted(rows, key=lambda row: (row.box[1] + row.box[3]) / 2):
        open_columns = [
            c for c in open_columns if row.box[1] - c.rows[-1].box[3] < 2 * c.rows[-1].height
        ]
        beside = next((c for c in open_columns if c.holds(row)), None)
        if beside is not None:
            beside.rows[-1].insert(row)
            continue
        above = [c for c in open_columns if _below(c, row)]
        if len(above) == 1:
            above[0].add(row)
            continue
        # None above, or several: then the row stands over both, as a headline or rule would.
        column = _Column()
        column.add(row)
        columns.append(column)
        open_columns = [c for c in open_columns if c not in above] + [column]
    return columns


def _below(column: _Column, row: _Row) -> bool:
    last = column.rows[-1]
    gap = row.box[1] - last.box[3]
    overlap = min(column.right, row.box[2]) - max(column.left, row.box[0])
    narrower = min(column.right - column.left, row.box[2] - row.box[0])
    like = max(last.size, row.size) <= LIKE_SIZE * min(last.size, row.size)
    return (
        like
        and -0.5 * row.height <= gap <= LEADING * max(last.height, row.height)
        and (overlap >= 0.5 * narrower)
    )


def _paragraphs(column: _Column, page: int) -> Iterator[Block]:
    """A column's rows up to the next that is set in, or stands after a wider gap or a short row."""
    start = 0
    gaps = [b.box[1] - a.box[1] for a, b in zip(column.rows, column.rows[1:], strict=False)]
    leading = median(gaps) if gaps else 0.0
    for place in range(1, len(column.rows) + 1):
        if place == len(column.rows) or _begins(column, place, leading):
            yield _block(column, start, place, page)
            start = place


def _begins(column: _Column, place: int, leading: float) -> bool:
    before, row = column.rows[place - 1], column.rows[place]
    if row.box[1] - before.box[1] > 1.45 * leading:
        return True
    # A skewed scan's left edge wanders: rows are compared with their neighbours only.
    after = column.rows[place + 1] if place + 1 < len(column.rows) else None
    edges = [before.box[0], *([after.box[0]] if after else [])]
    set_in = row.box[0] - min(edges)
    if (
        INDENT * row.size <= set_in <= 4 * row.size
        and row.box[0] - before.box[0] >= INDENT * row.size
    ):
        return True
    short = column.right - before.box[2] > 0.2 * (column.right - column.left)
    return short and before.words[-1].text.rstrip("\"'’”)")[-1:] in (".", "!", "?", "")


def _block(column: _Column, start: int, end: int, page: int) -> Block:
    """As wide as the rows around it, so that a short last line looks like no column of its own."""
    lines = tuple(row.line() for row in column.rows[start:end])
    near = around(row.box for row in column.rows[max(start - 1, 0) : end + 1])
    box = around(line.box for line in lines)
    return Block(lines, (near[0], box[1], near[2], box[3]), page)
