"""Writing what an index holds, or any rows, to a file; its ending says the format."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from newsmine.export.archive import in_folder
from newsmine.export.files import new_folder, replacing, require_file
from newsmine.export.formats import WRITERS, Format, choose, table_of, unknown_ending
from newsmine.export.rows import Row, Table
from newsmine.export.selection import Selection, What, select
from newsmine.export.validation import load_validation

if TYPE_CHECKING:
    from newsmine.index import Index

__all__ = ["WRITERS", "export", "write"]

BESIDE = (".codebook.json", ".README.txt")
"""What is added to a table's name for the two files that explain it."""


def export(
    index: Index,
    path: str | Path,
    *,
    what: What | None = None,
    to: str | None = None,
    on_notice: Callable[[str], None] | None = None,
    validation: str | Path | None = None,
    **filters: Any,
) -> int:
    """Write what an index holds to a file, for other programs; the number of rows written.

    Rows are taken one by one. The file, and the codebook and README beside a plain table, are
    replaced once all are complete.

    Args:
        index: Where it comes from.
        path: The file. A data package, or one for OpenSearch, may be a folder: a name that does not
            end in ``.zip``.
        what: "quotes", "claims", "checks" or "articles", or "all" of them in a package; by
            default the first that the format holds.
        to: The format's name, where the file's ending does not say it.
        on_notice: Takes a sentence about what the format could not hold as it is; by default it is
            a Python warning.
        validation: Of a data package: the report that ``newsmine agree`` wrote, which goes into it.
        filters: As for ``Index.quotes``, ``Index.claims`` or ``Index.checks``. Of articles, those
            with a quote that passes.

    Raises:
        ExportError: The ending names no format or several, a package is missing, or the file cannot
            be written.
        QueryError: A format, table or filter makes no sense.
    """
    path = Path(path)
    format = choose(path, to=to)
    selection = select(index, table_of(format, what), filters)
    if validation is not None:
        selection = replace(selection, validation=load_validation(validation, format.name))
    if format.members and path.suffix.lower() != ".zip":
        with new_folder(path) as folder:
            count = format.members(selection, in_folder(folder))
    else:
        count = _write_files(format, selection, path)
    _tell(selection.notices, on_notice)
    return count


def _write_files(format: Format, selection: Selection, path: Path) -> int:
    beside = BESIDE if format.explained else ()
    paths = [path, *(path.with_name(path.name + suffix) for suffix in beside)]
    for one in paths:
        require_file(one)
    with ExitStack() as stack:
        # The table is opened first and so takes its place last, when the others have theirs.
        file, *others = [stack.enter_context(replacing(one)) for one in paths]
        count = format.write(selection, file)
        _explain(selection, count, path.name, others)
    return count


def _explain(selection: Selection, count: int, name: str, files: Sequence[BinaryIO]) -> None:
    if files:
        codebook, readme = files
        about = selection.about(count)
        codebook.write(about.json())
        readme.write(about.readme(name))


def write(
    rows: Iterable[Row],
    path: str | Path,
    *,
    what: str = "quotes",
    columns: Sequence[str] | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> int:
    """Write rows to a file; its ending says the format. The number of rows written.

    Rows are taken one by one, so there may be any number of them. The file is replaced once the
    new one is complete: after an error or an interruption the old one is still there, whole.

    Args:
        rows: Plain rows, as ``Index.iter_quotes`` gives them.
        path: The file to write.
        what: What the rows are; a sheet is named after it.
        columns: The columns and their order, which also head a table without rows; else those
            of the first row. Every row's columns must be among them.
        on_notice: Takes a sentence about what the format could not hold as it is (a text too long
            for a cell); by default it is a Python warning.

    Raises:
        ExportError: The ending names no format, a package is missing, or the file cannot be
            written.
        ValueError: A row has columns that the table lacks.
    """
    path = Path(path)
    require_file(path)
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise unknown_ending(path, list(WRITERS))
    notices: list[str] = []
    table = _table(rows, what, columns, notices.append)
    with replacing(path) as file:
        count = writer(table, file)
    _tell(notices, on_notice)
    return count


def _tell(notices: Iterable[str], on_notice: Callable[[str], None] | None) -> None:
    for notice in notices:
        if on_notice:
            on_notice(notice)
        else:
            warnings.warn(notice, stacklevel=3)


def _table(
    rows: Iterable[Row],
    what: str,
    columns: Sequence[str] | None,
    notice: Callable[[str], None],
) -> Table:
    remaining = iter(rows)
    if columns is None:
        first = list(islice(remaining, 1))
        columns = [name for row in first for name in row]
        remaining = chain(first, remaining)
    return Table(what, tuple(columns), remaining, notice)
