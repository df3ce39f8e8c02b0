"""Rows of an index on the screen: quotes and claims as table, CSV or JSON lines."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from rich.table import Table
from rich.text import Text

from newsmine.cli.options import RowFormat
from newsmine.cli.screen import (
    field,
    is_narrow,
    json_text,
    one_line,
    out,
    safe,
    say,
    show,
    stacked,
    table,
)

if TYPE_CHECKING:
    from newsmine.index import Index

What = Literal["quotes", "claims"]
Row = Mapping[str, Any]
ON_SCREEN = 30
"""Rows in a table when no --limit is given; csv and jsonl give all."""


def print_rows(file: Path, what: What, filters: Mapping[str, Any], format: RowFormat) -> None:
    """Print what a query finds; where it finds nothing, say on stderr which filter emptied it."""
    from newsmine.index import open_index

    wanted = dict(filters)
    cut = format is RowFormat.TABLE and wanted["limit"] is None
    if cut:
        wanted["limit"] = ON_SCREEN + 1
    with open_index(file) as index:
        stream = getattr(index, f"iter_{what}")(**wanted)
        if not print_found(stream.columns, stream, _TABLES[what], format, cut=cut):
            say(why_empty(index, what, filters))


def print_found(
    columns: Sequence[str],
    stream: Iterable[Row],
    as_table: Callable[..., Table],
    format: RowFormat,
    *,
    cut: bool,
) -> bool:
    """Print rows in a format, of a ``cut`` stream the first ones; whether there was any."""
    rows = iter(stream)
    first = next(rows, None)
    found = chain([] if first is None else [first], rows)
    shown = islice(found, ON_SCREEN) if cut else found
    if format is RowFormat.TABLE:
        _print_table(as_table, shown)
    else:
        _PRINTERS[format](columns, shown)
    if cut and first is not None and next(rows, None) is not None:
        say(f"The first {ON_SCREEN}. For more: --limit 100, or --format csv for all.")
    return first is not None


def why_empty(index: Index, what: What, filters: Mapping[str, Any]) -> str:
    """One line that names the filter to blame, as it was typed."""
    emptied = index.which_filter_emptied(what, **filters)
    typed = (replace(effect, name=f"--{effect.name}") for effect in emptied.filters)
    return str(replace(emptied, filters=tuple(typed)))


def _print_table(as_table: Callable[..., Table], rows: Iterable[Row]) -> None:
    held = list(rows)
    if held:
        show(as_table(held, narrow=is_narrow(out())))


def _print_csv(columns: Sequence[str], rows: Iterable[Row]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(_csv_cell(row[name]) for name in columns)


def _csv_cell(value: object) -> object:
    if isinstance(value, list):
        return json_text(value)
    return safe(value) if isinstance(value, str) else value


def _print_jsonl(columns: Sequence[str], rows: Iterable[Row]) -> None:
    for row in rows:
        sys.stdout.write(json_text(row) + "\n")


_PRINTERS = {
    RowFormat.CSV: _print_csv,
    RowFormat.JSONL: _print_jsonl,
}


_QUOTE_COLUMNS = {
    "Speaker": "speaker",
    "Role": "role",
    "Organisation": "organisation",
    "Kind": "kind",
    "Quote": "quote",
    "Outlet": "outlet",
    "Date": "published",
    "Id": "id",
}
_CLAIM_COLUMNS = {
    "Figure": "text",
    "Of what": "counted",
    "Form": "form",
    "Speaker": "speaker",
    "Organisation": "organisation",
    "Outlet": "outlet",
    "Date": "published",
    "Id": "id",
}


def quotes_table(rows: Iterable[Row], title: str | None = None, *, narrow: bool) -> Table:
    """Quotes with who, for whom, where and when; ``narrow`` stacks them in fewer columns."""
    if narrow:
        return table(title, ("Who", "Said", "Where"), map(_stacked_quote, rows), airy=True)
    held = list(rows)
    names = dict(_QUOTE_COLUMNS)
    if any(map(printed, held)):
        names["Printed"] = "printed"
    return table(title, names, (_cells(row, names.values()) for row in held))


def claims_table(rows: Iterable[Row], title: str | None = None, *, narrow: bool) -> Table:
    """Figures with what they count, who says so, where and when."""
    if narrow:
        columns = ("Figure", "Of what", "Says who", "Where")
        return table(title, columns, map(_stacked_claim, rows), airy=True)
    return table(title, _CLAIM_COLUMNS, (_cells(row, _CLAIM_COLUMNS.values()) for row in rows))


_TABLES = {"quotes": quotes_table, "claims": claims_table}


def _cells(row: Row, names: Iterable[str]) -> tuple[str, ...]:
    known = {**row, "id": row_id(row)}
    return tuple(field(known, name) for name in names)


def _stacked_quote(row: Row) -> tuple[Text, Text, Text]:
    return who(row), Text(one_line(row["quote"])), _where(row)


def _stacked_claim(row: Row) -> tuple[Text, Text, Text, Text]:
    details = ", ".join(filter(None, (row["direction"], row["period"])))
    what = stacked(
        (row["counted"] or row["unit"], ""),
        (details, ""),
        (row["form"].replace("_", " "), "dim"),
    )
    return Text(one_line(row["text"]), style="bold"), what, who(row), _where(row)


def who(row: Row) -> Text:
    """Speaker, role and organisation, a line each; an organisation speaking is named once."""
    organisation = row["organisation"] if row["organisation"] != row["speaker"] else None
    return stacked((row["speaker"], "bold"), (row["role"], ""), (organisation, "cyan"))


def _where(row: Row) -> Text:
    return stacked(
        (row["outlet"], ""),
        (row["published"], "dim"),
        (row_id(row), "dim"),
        (row["checked"] if row["checked"] == "corrected" else None, "green"),
        (printed(row), "yellow"),
    )


def printed(row: Row) -> str | None:
    """How often it was printed, where more than once."""
    times = row.get("printed") or 1
    return f"printed {times:,}×" if times > 1 else None


def row_id(row: Row) -> str:
    """What `newsmine fix` knows the row by."""
    return f"{short_id(row['article'])}:{row['claim'] if 'claim' in row else row['attribution']}"


def short_id(ident: str) -> str:
    """An article's id without the hash at its end; `newsmine article` takes it so too."""
    return re.sub("-[0-9a-f]{12}$", "", ident)


_VERDICTS = {"agree": "green", "agree_if_coarse": "yellow", "disagree": "bold red"}


def verdict_text(verdict: str, rule: str) -> Text:
    """A verdict on figures in its colour, with the rule that found it."""
    return stacked((verdict.replace("_", " "), _VERDICTS.get(verdict, "dim")), (rule, "dim"))
