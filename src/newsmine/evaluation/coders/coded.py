"""A coded sheet, read back; whatever was changed in it that may not be is named with its cell."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsmine.errors import GoldError
from newsmine.evaluation.coders.questions import CODES, QUESTIONS, SHOWN, What, columns, seal_of

_AGAIN = "Copy the column back from the sheet as newsmine wrote it, or draw it again"


@dataclass(frozen=True, slots=True)
class CodedRow:
    """One row: where it lies in the whole, and the codes by column; what is empty is left out."""

    id: str
    text: str
    stratum: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Coded:
    """A coder's sheet. ``strata`` are the sizes of the strata in the whole."""

    path: Path
    what: What
    rows: Mapping[str, CodedRow]
    strata: Mapping[str, int]


def read_sheet(path: str | Path) -> Coded:
    """Read a sheet that ``write_sheet`` made and somebody coded.

    Raises:
        GoldError: It cannot be read, or something else than codes and notes was changed.
    """
    path = Path(path)
    header, *lines = _cells(path)
    what = _what(path, header)
    places = {name: place for place, name in enumerate(header)}
    sheet = _Sheet(path, what, places)
    rows: dict[str, CodedRow] = {}
    sizes: dict[str, tuple[int, int, int]] = {}
    for number, line in enumerate(lines, 2):
        cells = [*line, *[""] * (len(header) - len(line))]
        if not any(cells):
            continue
        row = sheet.row(number, cells)
        if row.id in rows:
            raise sheet.fail(number, "id", "is there twice", "Delete the row that you added")
        rows[row.id] = row
        sizes.setdefault(row.stratum, sheet.sizes(number, cells))
    _require_all(path, rows, sizes)
    return Coded(path, what, rows, {name: whole for name, (whole, *_) in sizes.items()})


@dataclass(frozen=True, slots=True)
class _Sheet:
    path: Path
    what: What
    places: Mapping[str, int]

    def row(self, number: int, cells: Sequence[str]) -> CodedRow:
        ident, stratum = cells[self.places["id"]], cells[self.places["stratum"]]
        text = cells[self.places[SHOWN[self.what][0]]]
        if cells[self.places["seal"]] != seal_of(ident, text, stratum):
            reason = "does not belong to its id, stratum and seal: a column was sorted or changed"
            raise self.fail(number, SHOWN[self.what][0], reason, _AGAIN)
        columns = [question.column for question in QUESTIONS[self.what]]
        found = {name: self.code(number, name, cells) for name in columns}
        return CodedRow(ident, text, stratum, {n: code for n, code in found.items() if code})

    def code(self, number: int, column: str, cells: Sequence[str]) -> str:
        code = cells[self.places[column]].strip().casefold()
        if code and code not in CODES:
            remedy = f"Write {', '.join(CODES)}, or leave it empty"
            raise self.fail(number, column, f"holds {code[:40]!r}, which is no code", remedy)
        return code

    def sizes(self, number: int, cells: Sequence[str]) -> tuple[int, int, int]:
        found = []
        for name in ("stratum_rows", "stratum_drawn", "rows_drawn"):
            text = cells[self.places[name]].removesuffix(".0")
            if not text.isdecimal() or len(text) > 15:
                raise self.fail(number, name, f"holds {text[:40]!r}, which is no number", _AGAIN)
            found.append(int(text))
        return found[0], found[1], found[2]

    def fail(self, number: int, column: str, reason: str, remedy: str) -> GoldError:
        cell = f"{letters(self.places[column])}{number}"
        return GoldError(f"{self.path}, cell {cell} ({column})", reason, remedy)


def letters(place: int) -> str:
    """What a spreadsheet calls a column, counted from 0: A, ..., Z, AA."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def _what(path: Path, header: Sequence[str]) -> What:
    for what in QUESTIONS:
        wanted = columns(what)
        if set(wanted) <= set(header):
            twice = [name for name, count in Counter(header).items() if name and count > 1]
            if twice:
                raise GoldError(path, f"has two columns {twice[0]!r}", "Delete the one you added")
            return what
    nearest = max(QUESTIONS, key=lambda what: len(set(columns(what)) & set(header)))
    lost = [name for name in columns(nearest) if name not in header]
    if len(lost) > len(columns(nearest)) // 2:
        raise GoldError(path, "is no sheet of newsmine", "Draw one with `newsmine sample`")
    raise GoldError(f"{path}, row 1", f"lacks the column {lost[0]!r}", "Name it so again")


def _require_all(
    path: Path, rows: Mapping[str, CodedRow], sizes: Mapping[str, tuple[int, int, int]]
) -> None:
    if not rows:
        raise GoldError(path, "has no rows", "Draw them with `newsmine sample`")
    there = Counter(row.stratum for row in rows.values())
    for stratum, (_, drawn, _) in sizes.items():
        if there[stratum] < drawn:
            reason = f"lacks {drawn - there[stratum]} of the {drawn} rows of stratum {stratum!r}"
            raise GoldError(
                path, reason, "Leave rows empty that you do not code, and copy them back"
            )
        if there[stratum] > drawn:
            reason = f"has {there[stratum]} rows of stratum {stratum!r}, where {drawn} were drawn"
            raise GoldError(path, reason, "Delete those that you added")
    # A stratum that is missing as a whole is only missed here.
    total = max(total for *_, total in sizes.values())
    if len(rows) != total:
        reason = f"has {len(rows)} rows, where {total} were drawn"
        raise GoldError(path, reason, "Leave rows empty that you do not code, and copy them back")


def _cells(path: Path) -> list[list[str]]:
    """The cells of the first sheet as texts, the header first."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"cannot be read ({(error.strerror or str(error)).lower()})"
        raise GoldError(path, reason, "Check the name") from error
    rows = _of_xlsx(data, path) if path.suffix.lower() == ".xlsx" else _of_csv(data, path)
    if not rows:
        raise GoldError(path, "is empty", "Draw a sheet with `newsmine sample`")
    return rows


def _of_csv(data: bytes, path: Path) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel for Windows writes where nobody asks it for UTF-8.
        text = data.decode("cp1252", "replace")
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(2**31 - 1)
    try:
        return [
            list(map(_plain, row))
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise GoldError(path, f"is no table ({error})", "Save it as CSV again") from error


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running a text."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r\n ＝＋－＠") else cell


def _of_xlsx(data: bytes, path: Path) -> list[list[str]]:
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        reason = "needs the package openpyxl, which is not installed"
        remedy = 'Install it with pip install "newsmine[xlsx]", or save the sheet as .csv'
        raise GoldError(path, reason, remedy) from error
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book["rows"] if "rows" in book.sheetnames else book.worksheets[0]
        return [list(map(_text, row)) for row in sheet.iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise GoldError(
            path, "is no workbook, or a damaged one", "Save it as .xlsx again"
        ) from error


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def same_draw(sheets: Iterable[Coded]) -> None:
    """See that all sheets are of one draw.

    Raises:
        GoldError: They are not; the error names the sheet and the first row that differs.
    """
    first, *others = sheets
    for other in others:
        if other.what != first.what:
            raise GoldError(other.path, f"is of {other.what}", f"{first.path} is of {first.what}")
        for one, two in ((first, other), (other, first)):
            if lost := [ident for ident in one.rows if ident not in two.rows]:
                reason = f"lacks {len(lost)} rows of {one.path}, the first is {lost[0]}"
                raise GoldError(two.path, reason, "Compare sheets of one draw")
        if other.strata != first.strata:
            raise GoldError(other.path, f"has other strata than {first.path}", _AGAIN)
