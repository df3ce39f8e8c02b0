"""Parquet: typed columns, written in groups of rows; spans and reasons are real lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from newsmine.errors import ExportError
from newsmine.export.columns import ColumnType, described
from newsmine.export.rows import Row, Table, cell_of, finite

if TYPE_CHECKING:
    import pyarrow as pa

# Python objects are heavier than Arrow's: few rows wait as objects, many as a group.
_ROWS, _CHARACTERS = 500, 500_000
_GROUP_ROWS, _GROUP_BYTES = 50_000, 32_000_000


def write_parquet(table: Table, file: BinaryIO) -> int:
    """Write the rows in groups, compressed; unknown is null.

    Described columns have the type of their description; others that of their first values:
    booleans, whole numbers, numbers, else text, in which lists become JSON.

    Raises:
        ExportError: pyarrow is not installed, or a column of no description changes its type.
        ValueError: A row has columns that the table lacks.
    """
    if not table.columns:
        return 0
    pq = _pyarrow_parquet()
    batches = _batches(table)
    first = next(batches, [])
    types = {
        name: _type(table.name, name, [row.get(name) for row in first]) for name in table.columns
    }
    schema = _schema(table, types)
    count = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(chain([first], batches), schema, types):
            writer.write_table(group)
            count += group.num_rows
    return count


def _pyarrow_parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        reason = "needs the package pyarrow, which is not installed"
        remedy = 'Install it with pip install "newsmine[parquet]", or name a .csv file'
        raise ExportError("a .parquet file", reason, remedy) from error
    return pyarrow.parquet


def _batches(table: Table) -> Iterator[list[Row]]:
    known = frozenset(table.columns)
    batch: list[Row] = []
    characters = 0
    for row in table.rows:
        if not row.keys() <= known:
            raise ValueError(f"columns not in the table: {sorted(row.keys() - known)}")
        batch.append(row)
        characters += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(batch) >= _ROWS or characters >= _CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _groups(
    batches: Iterator[Sequence[Row]], schema: pa.Schema, types: Mapping[str, ColumnType | str]
) -> Iterator[pa.Table]:
    import pyarrow as pa

    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(_record_batch(batch, schema, types))
        rows, size = sum(b.num_rows for b in waiting), sum(b.nbytes for b in waiting)
        if rows >= _GROUP_ROWS or size >= _GROUP_BYTES:
            yield pa.Table.from_batches(waiting, schema)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting, schema)


def _record_batch(
    rows: Sequence[Row], schema: pa.Schema, types: Mapping[str, ColumnType | str]
) -> pa.RecordBatch:
    import pyarrow as pa

    arrays = []
    for field in schema:
        values = [_value(row.get(field.name), types[field.name]) for row in rows]
        try:
            arrays.append(pa.array(values, field.type))
        except (pa.ArrowException, OverflowError, TypeError) as error:
            reason = f"the column {field.name} holds values of several types"
            raise ExportError("a .parquet file", reason, "Export to .jsonl or .csv") from error
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _schema(table: Table, types: Mapping[str, ColumnType | str]) -> pa.Schema:
    import pyarrow as pa

    span = pa.list_(pa.int64())
    arrow = {
        "number": pa.float64(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "span": span,
        "spans": pa.list_(span),
        "texts": pa.list_(pa.string()),
    }
    fields = []
    for name, kind in types.items():
        known = described(table.name, name)
        about = {"description": known.meaning} if known else None
        fields.append(pa.field(name, arrow.get(kind, pa.string()), metadata=about))
    return pa.schema(fields)


def _type(what: str, name: str, values: Sequence[Any]) -> ColumnType | str:
    if known := described(what, name):
        return known.type
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int} and all(abs(value) < 2**63 for value in values if value is not None):
        return "integer"
    return "number" if kinds == {float} else "text"


def _value(value: Any, kind: ColumnType | str) -> Any:
    value = finite(value)
    if value is None:
        return None
    if kind == "number" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind == "texts" and isinstance(value, list | tuple):
        return [str(cell_of(text)) for text in value]
    if kind in ("text", "date"):
        cell = cell_of(value)
        return cell if isinstance(cell, str) else str(cell)
    return value
