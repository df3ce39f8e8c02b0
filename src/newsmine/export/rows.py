"""What all writers share: a table of plain rows, and text that any file can hold."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""A column's name to its value: text, number, boolean, None; lists and mappings of such."""

Cell: TypeAlias = str | int | float | bool | None

Writer: TypeAlias = "Callable[[Table, BinaryIO], int]"
"""Writes a table to an open file and says how many rows it had."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows on their way to a file: they come one by one, and are never all in memory.

    ``notice`` takes a sentence about anything that the file cannot hold as it is.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Row]
    notice: Callable[[str], None]

    def cells(self) -> Iterator[list[Cell]]:
        """The values of each row in the order of the columns; what a row lacks is None.

        Raises:
            ValueError: A row has a column that the table lacks; it would be lost.
        """
        known = frozenset(self.columns)
        for row in self.rows:
            if not row.keys() <= known:
                raise ValueError(f"columns not in the table: {sorted(row.keys() - known)}")
            yield [_cell(row.get(column)) for column in self.columns]


def _cell(value: Any) -> Cell:
    """A value as one cell: what has parts becomes JSON."""
    value = _finite(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return encodable(value if isinstance(value, str) else json_line(value))


def json_line(value: Any) -> str:
    """Readable JSON on one line; what JSON has no type for becomes its text."""
    return encodable(json.dumps(_finite(value), ensure_ascii=False, default=str))


def _finite(value: Any) -> Any:
    """The value with None for floats that are no number: neither JSON nor Excel has them."""
    if isinstance(value, Mapping):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def encodable(text: str) -> str:
    """The text as UTF-8 can hold it: a lone surrogate becomes U+FFFD, a pair its character."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
