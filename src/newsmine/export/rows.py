"""What all writers share: a table of plain rows, and text that any file can hold."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

if TYPE_CHECKING:
    from newsmine.export.about import About

Row: TypeAlias = Mapping[str, Any]
"""A column's name to its value: text, number, boolean, None; lists and mappings of such."""

Cell: TypeAlias = str | int | float | bool | None

Writer: TypeAlias = "Callable[[Table, BinaryIO], int]"
"""Writes a table to an open file and says how many rows it had."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 cannot hold, but for surrogates."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows on their way to a file: they come one by one, and are never all in memory.

    ``notice`` takes a sentence about anything that the file cannot hold as it is. ``about`` says,
    once their number is known, where the rows come from; ``folders`` are where the files lie that
    a column ``path`` names.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Row]
    notice: Callable[[str], None]
    about: Callable[[int], About] | None = None
    folders: tuple[Path, ...] = ()

    def cells(self) -> Iterator[list[Cell]]:
        """The values of each row in the order of the columns; what a row lacks is None.

        Raises:
            ValueError: A row has a column that the table lacks; it would be lost.
        """
        known = frozenset(self.columns)
        for row in self.rows:
            if not row.keys() <= known:
                raise ValueError(f"columns not in the table: {sorted(row.keys() - known)}")
            yield [cell_of(row.get(column)) for column in self.columns]


def cell_of(value: Any) -> Cell:
    """A value as one cell: what has parts becomes JSON."""
    value = finite(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return encodable(value if isinstance(value, str) else json_line(value))


def json_line(value: Any) -> str:
    """Readable JSON on one line; what JSON has no type for becomes its text."""
    return encodable(json.dumps(finite(value), ensure_ascii=False, default=str))


def finite(value: Any) -> Any:
    """The value with None for floats that are no number: neither JSON nor Excel has them."""
    if isinstance(value, Mapping):
        return {name: finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def encodable(text: str) -> str:
    """The text as UTF-8 can hold it: a lone surrogate becomes U+FFFD, a pair its character."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def xml_text(text: str) -> str:
    """The text as XML 1.0 can hold it: what it forbids becomes U+FFFD; the length stays."""
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
