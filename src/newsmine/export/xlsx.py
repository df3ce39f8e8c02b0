"""Excel workbooks, written row by row; text stays text, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from newsmine.errors import ExportError
from newsmine.export.about import About
from newsmine.export.links import FileLinks
from newsmine.export.rows import Cell, Table, encodable, xml_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Excel's limits: rows of a sheet with the header; text of a cell in UTF-16 units; digits of a
# number (a longer whole number is written as text, which keeps them all).
MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
MOST_EXACT = 10**15

CUT = " … [cut]"
_NARROWEST, _WIDEST, _SAMPLED = 8, 60, 100


def write_xlsx(table: Table, file: BinaryIO) -> int:
    """Write a sheet: a header that stays in sight and filters, then a line for each row.

    Unknown is an empty cell. A character that XML forbids becomes U+FFFD; a text too long for a
    cell is cut, ends in ``CUT``, and the table's ``notice`` is told. A path leads to its file where
    that is there. A second sheet, About, says where the rows come from, if the table knows it.

    Raises:
        ExportError: XlsxWriter is not installed, or there are more rows than a sheet holds.
    """
    # The rows wait in a temporary file until the workbook is closed. In a folder of our own it
    # goes away even when that never happens.
    with TemporaryDirectory(prefix="newsmine-", ignore_cleanup_errors=True) as folder:
        workbook = _workbook(file, folder)
        bold = workbook.add_format({"bold": True})
        sheet = _Sheet(table, workbook.add_worksheet(_sheet_name(table.name)))
        count = sheet.fill(bold)
        if sheet.cut:
            _tell_cut(table, sheet.cut)
        if table.about:
            _write_about(workbook.add_worksheet("About"), table.about(count), bold)
        _close(workbook)
    return count


def _write_about(sheet: Worksheet, about: About, bold: Any) -> None:
    """Facts of the export, then its columns with what they mean."""
    columns = [(c["name"], f"{c['meaning']} ({c['type']})") for c in about.codebook()["columns"]]
    lines = [*about.facts(), ("", ""), ("Column", "What it means"), *columns]
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 120)
    for line, (name, text) in enumerate(lines):
        sheet.write_string(line, 0, xml_text(name), bold)
        sheet.write_string(line, 1, _no_markup(_fitting(xml_text(text))))


def _workbook(file: BinaryIO, folder: str) -> Workbook:
    try:
        import xlsxwriter
    except ImportError as error:
        reason = "needs the package XlsxWriter, which is not installed"
        remedy = 'Install it with pip install "newsmine[xlsx]", or name a .csv file'
        raise ExportError("an .xlsx file", reason, remedy) from error
    return xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})


def _close(workbook: Workbook) -> None:
    from xlsxwriter.exceptions import FileCreateError

    try:
        workbook.close()
    except FileCreateError as error:
        raise error.args[0] from error


def _sheet_name(name: str) -> str:
    bare = re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() or "rows"
    return f"{bare} rows" if bare.lower() in ("about", "history") else bare


def _tell_cut(table: Table, cut: int) -> None:
    texts = "1 text was" if cut == 1 else f"{cut:,} texts were"
    table.notice(
        f"{texts} longer than the {LONGEST_TEXT:,} characters of an Excel cell and cut;"
        " .csv and .jsonl keep all."
    )


class _Sheet:
    """A sheet being filled; ``cut`` counts the texts that were too long."""

    def __init__(self, table: Table, sheet: Worksheet) -> None:
        self.cut = 0
        self._table, self._sheet = table, sheet
        self._links = FileLinks(table.folders)
        self._path = table.columns.index("path") if "path" in table.columns else None

    def fill(self, bold: Any) -> int:
        """Write header and rows; the number of rows."""
        columns = self._table.columns
        for place, column in enumerate(columns):
            self._sheet.write_string(0, place, self._text(column), bold)
        widths = [len(column) for column in columns]
        count = 0
        for count, cells in enumerate(self._table.cells(), 1):
            self._write(count, cells)
            if count <= _SAMPLED:
                widths = [max(w, _length(cell)) for w, cell in zip(widths, cells, strict=True)]
        self._lay_out(widths, count)
        return count

    def _lay_out(self, widths: Sequence[int], count: int) -> None:
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, min(max(width + 2, _NARROWEST), _WIDEST))
        self._sheet.freeze_panes(1, 0)
        if widths:
            self._sheet.autofilter(0, 0, count, len(widths) - 1)

    def _write(self, line: int, cells: Sequence[Cell]) -> None:
        if line >= MOST_ROWS:
            reason = f"there are more rows than the {MOST_ROWS - 1:,} of an Excel sheet"
            raise ExportError(self._table.name, reason, "Export to .csv, or filter the rows")
        for place, cell in enumerate(cells):
            if isinstance(cell, bool):
                self._sheet.write_boolean(line, place, cell)
            elif isinstance(cell, int | float) and abs(cell) < MOST_EXACT:
                self._sheet.write_number(line, place, cell)
            elif cell is not None:
                self._write_text(line, place, str(cell))

    def _write_text(self, line: int, place: int, text: str) -> None:
        link = self._links.to(text) if place == self._path else None
        if link is None:
            self._sheet.write_string(line, place, self._text(text))
        else:
            # XlsxWriter makes an absolute path behind "file://" a relative one with backslashes;
            # the scheme in other letters is the same scheme and passes as it is.
            link = link.replace("file:", "File:", 1)
            self._sheet.write_url(line, place, link, None, self._text(text))

    def _text(self, text: str) -> str:
        text = xml_text(encodable(text).replace("\r\n", "\n").replace("\r", "\n"))
        fitting = _fitting(text)
        self.cut += fitting is not text
        return _no_markup(fitting)


def _no_markup(text: str) -> str:
    """XlsxWriter takes a text in these tags for XML of its own; a space at its end keeps it one."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _fitting(text: str) -> str:
    """The text as far as a cell holds it."""
    if _units(text) <= LONGEST_TEXT:
        return text
    return _first_units(text, LONGEST_TEXT - len(CUT)) + CUT


def _units(text: str) -> int:
    """The length as Excel counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def _first_units(text: str, count: int) -> str:
    return text.encode("utf-16-le")[: 2 * count].decode("utf-16-le", "ignore")


def _length(cell: Cell) -> int:
    return 0 if cell is None else len(str(cell))
