"""CSV after RFC 4180, made so that a spreadsheet opens it right and runs nothing in it."""

from __future__ import annotations

import codecs
import csv
import re
from typing import BinaryIO

from newsmine.export.rows import Cell, Table

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
"""What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), the full-width
signs too; some strip blanks first."""

_NUMBER = re.compile(r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?%?")
"""A plain number computes nothing and stays a number."""


def write_csv(table: Table, file: BinaryIO, *, mark: bool = True) -> int:
    """Write a header line and a line for each row: UTF-8 with the mark by which Excel knows it.

    Unknown is an empty cell. A text that a spreadsheet would run as a formula gets an apostrophe
    in front. NUL, which ends a text for many readers, becomes U+FFFD. ``mark`` false leaves the
    byte order mark out.
    """
    encoding = "utf-8-sig" if mark else "utf-8"
    writer = csv.writer(codecs.getwriter(encoding)(file), lineterminator="\r\n")
    if not table.columns:
        return 0
    writer.writerow(_harmless(column) for column in table.columns)
    count = 0
    for cells in table.cells():
        writer.writerow(map(_printed, cells))
        count += 1
    return count


def _printed(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return str(cell).lower()
    return _harmless(cell) if isinstance(cell, str) else cell


def _harmless(text: str) -> str:
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    runs = _FORMULA.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if runs else text
