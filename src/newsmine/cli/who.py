"""``newsmine who``: who is heard on a subject, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

import typer
from rich.table import Table

from newsmine.cli.options import Format, IndexFile, Limit, RowFormat
from newsmine.cli.rows import ON_SCREEN, print_found
from newsmine.cli.screen import field, one_line, say, table

EXAMPLES = (
    "newsmine who newsmine-demo.db children",
    "newsmine who newsmine-demo.db 'about:encryption kind:direct' --by speaker",
    "newsmine who newsmine-demo.db children --by outlet,year --format csv > children.csv",
)
MOST_COLUMNS = 12
"""Years beside each other on the screen; more are printed under each other."""

Query = Annotated[
    str,
    typer.Argument(metavar="QUERY", help="Words, or a query line as newsmine search takes it."),
]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="NAMES",
        help="org, speaker, role, type, outlet, year, topic, kind (of quotes), form (of figures).",
    ),
]


def who(
    file: IndexFile,
    query: Query,
    by: By = "org,year",
    limit: Limit = None,
    format: Format = RowFormat.TABLE,
) -> None:
    """Count quotes with some words by organisation and year.

    Who has most comes first, and last what is unknown: quotes of nobody who could be named.
    """
    from newsmine.index import open_index

    names = [name.strip() for name in by.split(",") if name.strip()]
    with open_index(file) as index:
        rows = index.who(query, by=names)
        held = list(rows)
        if len(names) == 2 and format is RowFormat.TABLE:
            columns, held = _beside(rows.columns, held)
        else:
            columns = rows.columns
        most = ON_SCREEN if limit is None and format is RowFormat.TABLE else limit
        as_table = partial(_table, columns, rows.columns)
        if not print_found(columns, held[:most], as_table, format, cut=False):
            say(str(index.search(query).emptied))
        elif most is not None and len(held) > most:
            say(f"The first {most:,} of {len(held):,}. For all: --format csv.")


def _table(
    columns: Sequence[str],
    named: Collection[str],
    rows: Iterable[Mapping[str, Any]],
    *,
    narrow: bool,
) -> Table:
    # Other columns are headed by values, which stay as they are.
    heads = [name.capitalize() if name in named else one_line(name) for name in columns]
    return table(None, heads, ([field(row, name) for name in columns] for row in rows))


def _beside(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> tuple[Sequence[str], list[dict[str, Any]]]:
    """The values of the second column as columns of their own, where they are few."""
    first, second, count = columns
    heads = sorted({str(row[second] or "unknown") for row in rows})
    if len(heads) > MOST_COLUMNS:
        return columns, [dict(row) for row in rows]
    lines: dict[Any, dict[str, Any]] = {}
    for row in rows:
        line = lines.setdefault(row[first], {first: row[first] or "(unknown)", count: 0})
        line[str(row[second] or "unknown")] = row[count]
        line[count] += row[count]
    return [first, count, *heads], list(lines.values())
