"""CSV that spreadsheets open right: UTF-8 with a byte order mark, no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newsmine.export.cells import cell
from newsmine.export.files import Sink

_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
"""A spreadsheet would run a text that begins so (OWASP, "CSV injection"). A carriage return is one
of them too; it is a visible sign by then."""


def write(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], file: Sink) -> int:
    """Write rows as CSV. A text that looks like a formula gets a leading apostrophe."""
    # Excel takes UTF-8 for the machine's old encoding unless the mark is there.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\n")
    if columns:
        writer.writerow(columns)
    count = 0
    for count, row in enumerate(rows, 1):
        writer.writerow([_harmless(cell(row.get(name))) for name in columns])
    text.flush()
    text.detach()
    return count


def _harmless(value: str | int | float | None) -> str | int | float | None:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
