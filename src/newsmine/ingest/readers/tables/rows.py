"""The rows of CSV, JSON lines, JSON and Parquet, one by one."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from newsmine.errors import ReadError
from newsmine.ingest.readers.tables.columns import PROSE, is_known
from newsmine.ingest.readers.text import decode

Rows = Iterator[dict[str, Any] | ReadError]

DELIMITERS = ",;\t|"

LARGEST_CELL = 2**31 - 1
"""Characters; Python's own limit of 131,072 is less than a long read."""

BATCH = 256
"""Rows of a Parquet file in memory at once."""


def csv_rows(data: bytes, path: str) -> Rows:
    """The rows of a table of separated values; the separator is told from the first lines."""
    text = decode(data)
    declared = re.match(r"sep=(.)\r?\n", text)
    text = text[declared.end() :] if declared else text
    names: list[str] | None = None
    number = 0
    for cells in _rows_of_cells(text, declared[1] if declared else delimiter_of(text)):
        if names is None and isinstance(cells, list):
            names = _header(cells)
            if names == cells:
                continue
        number += 1
        yield _row(names or [], cells, f"{path}#{number}")


def _rows_of_cells(text: str, delimiter: str) -> Iterator[list[str] | csv.Error]:
    """The rows that are not empty; one that cannot be read is its error."""
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(_lines_of(text), delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error
        else:
            if any(cell.strip() for cell in cells):
                yield cells


def _header(cells: Sequence[str]) -> list[str]:
    """The columns' names; numbers where the first row holds an article already."""
    headless = not any(map(is_known, cells)) and any(len(cell) >= PROSE for cell in cells)
    return [str(i) for i in range(1, len(cells) + 1)] if headless else list(cells)


def _row(
    names: Sequence[str], cells: list[str] | csv.Error, thing: str
) -> dict[str, Any] | ReadError:
    if isinstance(cells, csv.Error):
        remedy = "Open the table in a spreadsheet and look at that row"
        return ReadError(thing, f"is no row of a table ({cells})", remedy)
    if any(cell.strip() for cell in cells[len(names) :]):
        reason = f"has {len(cells)} cells in {len(names)} columns"
        return ReadError(thing, reason, "Put texts with separators in them in quotation marks")
    return dict(zip(names, cells, strict=False))


def delimiter_of(text: str) -> str:
    """What separates the cells: what cuts the first row into most, and the second into as many."""

    def cells(delimiter: str) -> tuple[bool, int]:
        reader = csv.reader(_lines_of(text), delimiter=delimiter)
        try:
            first, second = next(reader, []), next(reader, [])
        except csv.Error:
            return False, 0
        return len(first) == len(second), len(first)

    csv.field_size_limit(LARGEST_CELL)
    return max(DELIMITERS, key=cells)


def _lines_of(text: str) -> Iterator[str]:
    """The lines with their ends, one by one: a copy of a large table is a large thing."""
    return (match[0] for match in re.finditer(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$", text))


def first_cells(text: str) -> list[str]:
    """The cells of the first line, if it is a row of several."""
    line = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    try:
        return next(csv.reader([line], delimiter=delimiter_of(line)), [])
    except csv.Error:
        return []


def json_rows(data: bytes, path: str) -> Rows:
    """The objects of a JSON array, or of JSON lines."""
    text = decode(data)
    if text.lstrip()[:1] == "[":
        return _array(text, path)
    return _lines(text, path)


def keys_of(line: str) -> list[str]:
    """The fields of a JSON object; none where the line is no such thing."""
    item = _parsed(line)
    return list(item) if isinstance(item, dict) else []


def _array(text: str, path: str) -> Rows:
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_json(path, error) from error
    for number, item in enumerate(items, start=1):
        yield _object(item, f"{path}#{number}")


def _lines(text: str, path: str) -> Rows:
    """One object a line; where already the first is none, all of the text as one object."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and _parsed(lines[0]) is None:
        whole = _parsed(text)
        if whole is None:
            raise ReadError(path, "is broken JSON", "Export it again, one article a line")
        yield from (_object(item, f"{path}#{i}") for i, item in enumerate(_articles(whole), 1))
        return
    for number, line in enumerate(lines, start=1):
        thing = f"{path}#{number}"
        item = _parsed(line)
        if item is None:
            yield ReadError(thing, "is a line of broken JSON", "Look at that line, or export again")
        elif len(lines) == 1:
            yield from (_object(one, thing) for one in _articles(item))
        else:
            yield _object(item, thing)


def _articles(whole: Any) -> list[Any]:
    """An object's articles where it holds a list of objects (``{"articles": […]}``), else it."""
    values = whole.values() if isinstance(whole, dict) else ()
    lists = [v for v in values if isinstance(v, list) and v and isinstance(v[0], dict)]
    own_text = isinstance(whole, dict) and any(map(is_known, whole))
    return lists[0] if len(lists) == 1 and not own_text else [whole]


def _parsed(text: str) -> Any | None:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _object(item: Any, thing: str) -> dict[str, Any] | ReadError:
    if isinstance(item, dict):
        return item
    reason = f"is no object but {_type(item)}"
    return ReadError(thing, reason, "Give objects with a field for the text, as JSON lines")


def _type(item: Any) -> str:
    names = {list: "a list", str: "a string", bool: "a truth value", type(None): "null"}
    return names.get(type(item), "a number")


def _no_json(path: str, error: Exception) -> ReadError:
    said = getattr(error, "msg", "nested too deep")
    line = getattr(error, "lineno", 1)
    return ReadError(path, f"is broken JSON at line {line} ({said})", "Export it again")


def parquet_rows(data: bytes, path: str) -> Rows:
    """The rows of a Parquet file, a batch at a time."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        remedy = "Install it: pip install 'newsmine[parquet]'"
        raise ReadError(path, "is a Parquet table, which needs pyarrow", remedy) from error
    try:
        for batch in parquet.ParquetFile(io.BytesIO(data)).iter_batches(batch_size=BATCH):
            yield from batch.to_pylist()
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        raise ReadError(path, "is a damaged Parquet table", "Export it again") from error
