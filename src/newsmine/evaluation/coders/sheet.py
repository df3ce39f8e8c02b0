"""A draw as a sheet to be coded: .xlsx with lists to choose from and a guide, or .csv."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from newsmine.errors import ExportError
from newsmine.evaluation.coders.draw import Drawn
from newsmine.evaluation.coders.questions import (
    CODES,
    NOTE,
    QUESTIONS,
    SHOWN,
    columns,
    guide,
    seal_of,
)
from newsmine.export.csv import write_csv
from newsmine.export.files import replacing, require_file
from newsmine.export.rows import Table, encodable, xml_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST = 8_000
"""Characters of a cell: more is cut for coders. Excel takes 32,767, and shows few of them."""

_WIDTHS = {"context": 70, "quote": 50, "text": 16, "headline": 30, NOTE: 30, "row": 5}


def write_sheet(drawn: Drawn, path: str | Path) -> None:
    """Write a draw for one coder; copies of the file are for others.

    Raises:
        ExportError: The ending is neither .xlsx nor .csv, a package is missing, or the file cannot
            be written.
    """
    path = Path(path)
    writer = {".xlsx": _write_xlsx, ".csv": _write_csv}.get(path.suffix.lower())
    if writer is None:
        raise ExportError(
            path, "is of no form for sheets", "Name a file that ends in .xlsx or .csv"
        )
    require_file(path)
    with replacing(path) as file:
        writer(drawn, file)


def lines_of(drawn: Drawn) -> Iterator[dict[str, Any]]:
    """The rows of the sheet; what is to be coded is empty."""
    for number, row in enumerate(drawn.rows, 1):
        line = dict.fromkeys(columns(drawn.what)) | {
            name: _cut(row[name]) for name in columns(drawn.what) if name in row
        }
        text = str(line[SHOWN[drawn.what][0]] or "")
        seal = seal_of(str(line["id"]), text, str(line["stratum"]))
        yield line | {"row": number, "seal": seal}


def _cut(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    plain = xml_text(encodable(value).replace("\r\n", "\n").replace("\r", "\n"))
    return plain if len(plain) <= LONGEST else plain[:LONGEST] + " …"


def _write_csv(drawn: Drawn, file: BinaryIO) -> None:
    table = Table("sample", columns(drawn.what), lines_of(drawn), lambda notice: None)
    write_csv(table, file)


def _write_xlsx(drawn: Drawn, file: BinaryIO) -> None:
    try:
        import xlsxwriter
    except ImportError as error:
        reason = "needs the package XlsxWriter, which is not installed"
        remedy = 'Install it with pip install "newsmine[xlsx]", or name a .csv file'
        raise ExportError("an .xlsx file", reason, remedy) from error
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False}) as workbook:
        _fill(workbook, workbook.add_worksheet("rows"), drawn)
        _fill_guide(workbook, workbook.add_worksheet("guide"), drawn)


def _fill(workbook: Workbook, sheet: Worksheet, drawn: Drawn) -> None:
    names = columns(drawn.what)
    coded = {question.column for question in QUESTIONS[drawn.what]} | {NOTE}
    plain = workbook.add_format({"text_wrap": True, "valign": "top"})
    open_ = workbook.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF8DC"})
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, bold)
        sheet.set_column(place, place, _WIDTHS.get(name, 14))
    for line, row in enumerate(lines_of(drawn), 1):
        for place, name in enumerate(names):
            _write(sheet, line, place, row[name], open_ if name in coded else plain)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(drawn.rows), len(names) - 1)
    for question in QUESTIONS[drawn.what]:
        place = names.index(question.column)
        sheet.data_validation(1, place, len(drawn.rows), place, _choices(question.asks))


def _write(sheet: Worksheet, line: int, place: int, value: Any, form: Any) -> None:
    if value is None:
        sheet.write_blank(line, place, None, form)
    elif isinstance(value, int | float) and abs(value) < 10**15:
        sheet.write_number(line, place, value, form)
    else:
        # XlsxWriter takes <r>…</r> for markup of its own.
        text = str(value)
        sheet.write_string(line, place, f"{text} " if text.startswith("<r>") else text, form)


def _choices(asks: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(CODES),
        "input_message": asks[:255],
        "error_title": "No code",
        "error_message": f"Choose {', '.join(CODES)}, or leave it empty.",
    }


def _fill_guide(workbook: Workbook, sheet: Worksheet, drawn: Drawn) -> None:
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    facts = (
        ("", ""),
        ("Drawn from", f"{drawn.index['quotes']:,} quotes, {drawn.index['claims']:,} figures"),
        ("Index", str(drawn.index["id"])),
        ("Query", drawn.query or f"all {drawn.what}"),
        ("By", ", ".join(drawn.by) or "nothing"),
        ("Seed", str(drawn.seed)),
        *((f"Stratum {s.name}", f"{s.drawn:,} of {s.rows:,}") for s in drawn.strata),
    )
    for line, (name, text) in enumerate((*guide(drawn.what), *facts)):
        sheet.write_string(line, 0, xml_text(name)[:LONGEST], bold)
        sheet.write_string(line, 1, xml_text(text)[:LONGEST], wrap)
