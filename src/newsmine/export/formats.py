"""The formats of exports: one line each.

A format of tables is also one of ``write``; every other one asks the index for what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from newsmine.errors import ExportError, QueryError
from newsmine.export.annotations import write_annotations
from newsmine.export.archive import Create
from newsmine.export.bibtex import write_bibtex
from newsmine.export.csl import write_csl
from newsmine.export.csv import write_csv
from newsmine.export.datapackage import write_datapackage, write_package
from newsmine.export.jsonl import write_jsonl
from newsmine.export.opensearch import write_bulk, write_opensearch
from newsmine.export.parquet import write_parquet
from newsmine.export.qdpx import write_qdpx
from newsmine.export.ris import write_ris
from newsmine.export.rows import Writer
from newsmine.export.selection import TABLES, Selection, What
from newsmine.export.xlsx import write_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an export.

    ``holds`` are the tables that it can hold, the first unless told otherwise. ``explained`` means
    that a codebook and a README lie beside it; others say the same inside, or, as the formats of
    reference managers, nowhere. One of several files is zipped; ``members`` writes them one by one.
    """

    name: str
    suffix: str
    write: Callable[[Selection, BinaryIO], int]
    holds: tuple[What, ...] = TABLES
    explained: bool = False
    members: Callable[[Selection, Create], int] | None = None


def _of_tables(name: str, suffix: str, writer: Writer, *, explained: bool = True) -> Format:
    return Format(name, suffix, lambda s, file: writer(s.table(), file), explained=explained)


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        ".csv": write_csv,
        ".jsonl": write_jsonl,
        ".parquet": write_parquet,
        ".xlsx": write_xlsx,
    }
)
"""The formats of plain tables, by suffix."""

_TABLES = (
    _of_tables(suffix[1:], suffix, writer, explained=suffix != ".xlsx")
    for suffix, writer in WRITERS.items()
)
FORMATS: tuple[Format, ...] = (
    *_TABLES,
    Format("datapackage", ".zip", write_datapackage, ("all", *TABLES), members=write_package),
    Format("bibtex", ".bib", write_bibtex, ("articles",)),
    Format("ris", ".ris", write_ris, ("articles",)),
    Format("csl-json", ".json", write_csl, ("articles",)),
    Format("annotations", ".jsonld", write_annotations, ("quotes", "claims")),
    Format("qdpx", ".qdpx", write_qdpx, ("quotes", "claims")),
    Format("opensearch", ".zip", write_opensearch, ("all", *TABLES), members=write_bulk),
)

_AMBIGUOUS: Mapping[str, tuple[str, ...]] = {".json": ("csl-json", "annotations")}
"""Suffixes that several formats go by."""


def choose(path: Path, *, to: str | None = None) -> Format:
    """The format of this name, or else the one that a file's ending means.

    Raises:
        QueryError: No format has this name.
        ExportError: The ending means none, or several.
    """
    if to is not None:
        return _named(to)
    suffix = path.suffix.lower()
    if suffix in _AMBIGUOUS:
        names = " or ".join(f"--to {name}" for name in _AMBIGUOUS[suffix])
        raise ExportError(path, f"the ending {suffix} means several formats", f"Say {names}")
    for format in FORMATS:
        if format.suffix == suffix:
            return format
    known = dict.fromkeys(format.suffix for format in FORMATS if format.suffix != ".json")
    raise unknown_ending(path, list(known))


def table_of(format: Format, what: What | None) -> What:
    """The table that a format shall hold.

    Raises:
        QueryError: It cannot hold that.
    """
    if what is None or what in format.holds:
        return what or format.holds[0]
    remedy = f"It takes {', '.join(format.holds)}"
    raise QueryError(f"{format.name}", f"cannot hold {what}", remedy)


def unknown_ending(path: Path, known: list[str]) -> ExportError:
    """The error for a file whose ending is none of the known ones."""
    ending = f"the ending {path.suffix}" if path.suffix else "a name without ending"
    *others, last = known
    remedy = f"Let its name end in {', '.join(others)} or {last}"
    return ExportError(path, f"{ending} names no format", remedy)


def _named(name: str) -> Format:
    for format in FORMATS:
        if format.name == name:
            return format
    known = ", ".join(format.name for format in FORMATS)
    raise QueryError(f"format {name[:60]!r}", "is unknown", f"Take one of {known}")
