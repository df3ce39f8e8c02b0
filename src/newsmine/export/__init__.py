"""Rows into files for other programs; the ending of the file says the format.

A format is a module with a ``write(columns, rows, file)`` and a line in ``_WRITERS``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, cast

from newsmine.errors import ExportError
from newsmine.export.files import Sink, replaced

__all__ = ["FORMATS", "write"]

Row = Mapping[str, Any]

_WRITERS = {
    ".csv": "newsmine.export.csv",
    ".jsonl": "newsmine.export.jsonl",
    ".xlsx": "newsmine.export.xlsx",
}
FORMATS = tuple(_WRITERS)
"""The endings that are known."""


class Writer(Protocol):
    """Writes rows of these columns to an open file, one by one; returns how many."""

    def __call__(self, columns: Sequence[str], rows: Iterable[Row], file: Sink) -> int: ...


def write(rows: Iterable[Row], path: str | Path, *, columns: Sequence[str] | None = None) -> int:
    """Write rows to a file; a file that is there is replaced once the new one is complete.

    Args:
        rows: Dicts, taken one by one. A list of texts in one becomes "a; b" in a cell, any other
            list JSON; JSON lines keep lists.
        path: Ends in one of ``FORMATS``.
        columns: The columns in their order, where not ``rows.columns`` or the first row's keys.

    Returns:
        The number of rows.

    Raises:
        ExportError: The ending is unknown, or the file cannot be written; what was at ``path``
            before is still there.
    """
    path = Path(path)
    writer = _writer(path)
    stream = iter(rows)
    if columns is None:
        columns = getattr(rows, "columns", None)
    if columns is None:
        first = next(stream, None)
        columns, stream = (
            ((), iter(())) if first is None else (tuple(first), chain([first], stream))
        )
    with replaced(path) as file:
        return writer(columns, stream, file)


def _writer(path: Path) -> Writer:
    module = _WRITERS.get(path.suffix.lower())
    if module is None:
        known = ", ".join(FORMATS)
        reason = f"ends in {path.suffix!r}" if path.suffix else "has no ending"
        raise ExportError(path, f"{reason}, so its format is unknown", f"End it in one of {known}")
    return cast(Writer, import_module(module).write)
