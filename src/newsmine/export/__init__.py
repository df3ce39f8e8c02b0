"""Rows of an index as files for other programs: one module a format, one line here for each."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType

from newsmine.errors import ExportError
from newsmine.export.csv import write_csv
from newsmine.export.files import replacing, require_file
from newsmine.export.jsonl import write_jsonl
from newsmine.export.rows import Row, Table, Writer
from newsmine.export.xlsx import write_xlsx

WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        ".csv": write_csv,
        ".jsonl": write_jsonl,
        ".xlsx": write_xlsx,
    }
)


def write(
    rows: Iterable[Row],
    path: str | Path,
    *,
    what: str = "quotes",
    columns: Sequence[str] | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> int:
    """Write rows to a file; its ending says the format. The number of rows written.

    Rows are taken one by one, so there may be any number of them. The file is replaced once the
    new one is complete: after an error or an interruption the old one is still there, whole.

    Args:
        rows: Plain rows, as ``Index.iter_quotes`` gives them.
        path: The file to write.
        what: What the rows are; a sheet is named after it.
        columns: The columns and their order, which also head a table without rows; else those
            of the first row. Every row's columns must be among them.
        on_notice: Takes a sentence about what the format could not hold as it is (a text too long
            for a cell); by default it is a Python warning.

    Raises:
        ExportError: The ending names no format, a package is missing, or the file cannot be
            written.
        ValueError: A row has columns that the table lacks.
    """
    path = Path(path)
    require_file(path)
    writer = _writer(path)
    notices: list[str] = []
    table = _table(rows, what, columns, notices.append)
    with replacing(path) as file:
        count = writer(table, file)
    for notice in notices:
        if on_notice:
            on_notice(notice)
        else:
            warnings.warn(notice, stacklevel=2)
    return count


def _writer(path: Path) -> Writer:
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        ending = f"the ending {path.suffix}" if path.suffix else "a name without ending"
        *others, last = WRITERS
        remedy = f"Let its name end in {', '.join(others)} or {last}"
        raise ExportError(path, f"{ending} names no format", remedy)
    return writer


def _table(
    rows: Iterable[Row],
    what: str,
    columns: Sequence[str] | None,
    notice: Callable[[str], None],
) -> Table:
    remaining = iter(rows)
    if columns is None:
        first = list(islice(remaining, 1))
        columns = [name for row in first for name in row]
        remaining = chain(first, remaining)
    return Table(what, tuple(columns), remaining, notice)
