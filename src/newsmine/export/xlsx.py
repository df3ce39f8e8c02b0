"""A workbook of one sheet: header that stays in sight, filters, widths; texts stay texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newsmine.errors import ExportError
from newsmine.export.cells import cell
from newsmine.export.files import Sink

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# Excel's own limits.
LONGEST = 32_767
MOST_ROWS = 1_048_576
CUT = " … [cut: Excel takes no longer text; .csv and .jsonl have all of it]"

_WIDTHS = {"quote": 70, "context": 70, "headline": 40, "reasons": 30, "path": 30, "counted": 25}
_WIDTH = 16


def write(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], file: Sink) -> int:
    """Write rows as a workbook, one row in memory at a time.

    A text over Excel's 32,767 characters is cut and says so.

    Raises:
        ExportError: XlsxWriter is not installed, or there are more rows than a sheet takes.
    """
    xlsxwriter = _library(file)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("newsmine")
        _lay_out(sheet, columns, book.add_format({"bold": True}))
        count = 0
        for count, row in enumerate(rows, 1):
            if count >= MOST_ROWS:
                reason = f"has more rows than the {MOST_ROWS - 1:,} that a sheet takes"
                raise ExportError("workbook", reason, "Write .csv or .jsonl, or filter the rows")
            for number, name in enumerate(columns):
                _put(sheet, count, number, cell(row.get(name)))
        if columns:
            sheet.autofilter(0, 0, count, len(columns) - 1)
    return count


def _library(file: Sink) -> Any:
    try:
        import xlsxwriter
    except ImportError as error:
        remedy = "Install it with pip install 'newsmine[xlsx]', or write .csv"
        raise ExportError("XlsxWriter", "is needed for .xlsx and not installed", remedy) from error
    return xlsxwriter


def _lay_out(sheet: Worksheet, columns: Sequence[str], bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    for number, name in enumerate(columns):
        sheet.set_column(number, number, _WIDTHS.get(name, _WIDTH))
        sheet.write_string(0, number, name, bold)


def _put(sheet: Worksheet, row: int, column: int, value: str | int | float | None) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, _fitted(value))
    elif value is not None:
        # A number of Excel is a double; an integer beyond it would be rounded unseen.
        exact = isinstance(value, float) or abs(value) <= 2**53
        if exact:
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, str(value))


def _fitted(text: str) -> str:
    """Excel counts UTF-16 units: a character outside the basic plane is two."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) // 2 <= LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT
