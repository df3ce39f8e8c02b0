"""Extractions as rows of a Parquet table, and back, without loss.

A row is an article with all that was found in it, or an input that gave none, with the reason.
``record`` holds all of it (see ``encoded``); the other columns are there to be asked by whatever
reads Parquet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsmine.errors import NewsmineError, ReadError
from newsmine.index.encoded import decode, encode
from newsmine.index.texts import storable, storable_path
from newsmine.progress import Skipped
from newsmine.types import Extraction

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

FORM = 1
"""The form of the table. Another one has other columns or another ``record``."""

_FORM_KEY = b"newsmine.form"

COLUMNS = {
    "file": "The file that was read",
    "place": "Which of the things in that file it is, from 0",
    "path": "The article's path: the file's, and the part of it",
    "id": "The article's id; null where an input gave none",
    "outlet": "The newspaper",
    "published": "ISO date, maybe partial: 2018, 2018-05, 2018-05-03",
    "headline": "The headline",
    "quotes": "How many quotes were found",
    "claims": "How many figures were found",
    "model": "The model that found them",
    "newsmine": "The version of newsmine that found them",
    "reason": "Why an input gave no article; null where it did",
    "remedy": "What to do about that",
    "record": "All of it, as JSON in the fields of newsmine.types",
}
"""What the columns mean, in their order."""

_COUNTS = ("place", "quotes", "claims")
_ALWAYS = ("file", "place", "path", "record")

Row = dict[str, Any]
Item = Extraction | Skipped


class MissingPackageError(NewsmineError):
    """Something has to be installed first."""


def schema() -> pa.Schema:
    """The table's schema; its form is in the metadata."""
    pa = pyarrow()
    types = dict.fromkeys(_COUNTS, pa.int32()) | {"record": pa.binary()}
    columns = [
        pa.field(
            name, types.get(name, pa.string()), name not in _ALWAYS, {"description": description}
        )
        for name, description in COLUMNS.items()
    ]
    return pa.schema(columns, {_FORM_KEY: str(FORM).encode()})


def row_of(item: Item, *, file: str, place: int) -> Row:
    """The row of something found in a file.

    Args:
        item: An article's extraction, or what was skipped.
        file: The file that was read.
        place: Which of the things in that file it is, from 0.
    """
    told = _skipped(item) if isinstance(item, Skipped) else _extracted(item)
    row = {name: storable(told[name]) if isinstance(told.get(name), str) else told.get(name)
           for name in COLUMNS}  # fmt: skip
    path = item.path if isinstance(item, Skipped) else item.article.path
    known = {"file": storable_path(file), "path": storable_path(path), "place": place}
    return row | known | {"record": encode(item)}


def _extracted(extraction: Extraction) -> Row:
    article, made_by = extraction.article, extraction.provenance
    return {
        **{name: getattr(article, name) for name in ("id", "outlet", "published", "headline")},
        "quotes": len(extraction.attributions),
        "claims": len(extraction.claims),
        "model": made_by.model,
        "newsmine": made_by.newsmine,
    }


def _skipped(skipped: Skipped) -> Row:
    return {"reason": skipped.reason, "remedy": skipped.remedy}


def item_of(row: Mapping[str, Any]) -> Item:
    """What ``row_of`` made the row of, equal to it; the columns beside ``record`` tell nothing new.

    Raises:
        ValueError: The record is none of newsmine's.
    """
    data = row["record"]
    return decode(Extraction, data) if row["reason"] is None else decode(Skipped, data)


def batch_of(rows: Iterable[Row]) -> pa.RecordBatch:
    """Rows as Arrow holds them."""
    return pyarrow().RecordBatch.from_pylist(list(rows), schema())


def opened(path: Path) -> pq.ParquetFile:
    """A Parquet file of such a table.

    Raises:
        ReadError: It cannot be read, or is of another form.
    """
    pa = pyarrow()
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        remedy = "Restore it, or delete it and run newsmine extract again"
        raise ReadError(path, f"cannot be read ({error})", remedy) from error
    try:
        check_form(path, file.schema_arrow)
    except ReadError:
        file.close()
        raise
    return file


def check_form(path: object, found: pa.Schema) -> None:
    """Refuse a table that this newsmine does not know.

    Raises:
        ReadError: It is of another form, or none of newsmine's.
    """
    told = (found.metadata or {}).get(_FORM_KEY, b"").decode("ascii", "replace")
    if told == str(FORM) and set(COLUMNS) <= set(found.names):
        return
    if not told.isdigit() or told == str(FORM):
        reason = "is no table of extractions"
        raise ReadError(path, reason, "Name what newsmine extract wrote with -o or --engine")
    if int(told) > FORM:
        reason = f"was written by a newer newsmine (form {told}; this one reads {FORM})"
        raise ReadError(path, reason, "Update newsmine")
    reason = f"was written by an older newsmine (form {told}; this one reads {FORM})"
    raise ReadError(path, reason, "Run newsmine extract again, into a new folder")


def items_in(path: Path, group: int) -> Iterator[tuple[str, int, Item]]:
    """What is in a group of rows: the file that it was found in, its place there, itself.

    Raises:
        ReadError: The table cannot be read, is damaged, or is of another form.
    """
    pa = pyarrow()
    needed = ["file", "place", "reason", "record"]
    try:
        with opened(path) as table:
            rows = table.read_row_group(group, columns=needed).to_pylist()
        for row in rows:
            yield row["file"], row["place"], item_of(row)
    except (OSError, ValueError, pa.ArrowException) as error:
        remedy = "Delete it and run newsmine extract again: only what it held is done anew"
        raise ReadError(path, f"is damaged ({error})", remedy) from error


def pyarrow() -> Any:
    """The package pyarrow.

    Raises:
        MissingPackageError: It is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        reason = "needs the package pyarrow, which is not installed"
        remedy = 'Install it with pip install "newsmine[parquet]"'
        raise MissingPackageError("a table of extractions", reason, remedy) from error
    return pyarrow
