"""``newsmine check``: which figures agree, which do not, with the sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from newsmine.cli.article import full_id
from newsmine.cli.options import (
    Counted,
    Format,
    IndexFile,
    Limit,
    Org,
    Outlet,
    RowFormat,
    Since,
    Until,
)
from newsmine.cli.rows import ON_SCREEN, Row, print_found, short_id, verdict_text
from newsmine.cli.screen import one_line, say, stacked, table

if TYPE_CHECKING:
    from newsmine.index import Index

EXAMPLES = (
    "newsmine check newsmine-demo.db",
    "newsmine check newsmine-demo.db --article 14",
    "newsmine check newsmine-demo.db --verdict agree --format csv",
    "newsmine check newsmine-demo.db --across",
)


def check(
    file: IndexFile,
    article: Annotated[
        str | None,
        typer.Option("--article", metavar="ID", help="Only in this one; its id, or its start."),
    ] = None,
    across: Annotated[
        bool, typer.Option("--across", help="Compare the figures of different articles.")
    ] = False,
    verdict: Annotated[
        str | None,
        typer.Option("--verdict", metavar="VERDICT", help="agree, agree_if_coarse, disagree, ..."),
    ] = None,
    org: Org = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    counted: Counted = None,
    limit: Limit = None,
    format: Format = RowFormat.TABLE,
) -> None:
    """Print which figures agree, with the sum.

    A verdict is about printed figures, never about what is true. Each is what its digits and
    words such as "almost" leave open; the sum shows how it was compared.
    """
    from newsmine.index import open_index

    if article and across:
        raise typer.BadParameter("--article and --across exclude each other.")
    filters = {
        "verdict": verdict, "org": org, "outlet": outlet, "since": since, "until": until,
        "counted": counted, "limit": limit,
    }  # fmt: skip
    with open_index(file) as index:
        if article:
            filters["article"] = full_id(article, [found.id for found in index.articles()])
        _print(index, filters, format, across=across)


def _print(index: Index, filters: Mapping[str, Any], format: RowFormat, *, across: bool) -> None:
    wanted = dict(filters)
    cut = format is RowFormat.TABLE and wanted["limit"] is None
    if cut:
        wanted["limit"] = ON_SCREEN + 1
    found = index.iter_agreements(**wanted) if across else index.iter_checks(**wanted)
    as_table = agreements_table if across else checks_table
    if not print_found(found.columns, found, as_table, format, cut=cut):
        say(_why_empty(filters, across=across))


def _why_empty(filters: Mapping[str, Any], *, across: bool) -> str:
    typed = [f"--{name} {value}" for name, value in filters.items() if value is not None]
    what = "No figure stands in two articles" if across else "No figures can be set against others"
    return what + (f", with {', '.join(typed)}." if typed else ".")


def checks_table(rows: Iterable[Row], title: str | None = None, *, narrow: bool) -> Table:
    """Checks within articles: the verdict, the sum, what was taken for granted, where."""
    if narrow:
        return table(title, ("Verdict", "Sum", "Where"), map(_stacked, rows), airy=True)
    columns = ("Verdict", "Figures", "Of what", "Sum", "Remark", "Outlet", "Date", "Article")
    return table(title, columns, map(_cells, rows))


def _cells(row: Row) -> tuple[Text | str, ...]:
    texts = (row[name] for name in ("counted", "sum", "reason", "outlet", "published"))
    figures = one_line("; ".join(row["figures"]))
    return _verdict(row), figures, *map(one_line, texts), one_line(row["article"])


def _stacked(row: Row) -> tuple[Text, Text, Text]:
    told = stacked((row["sum"] or "; ".join(row["figures"]), ""), (row["reason"], "dim"))
    where = (row["outlet"], ""), (row["published"], "dim"), (short_id(row["article"]), "dim")
    return _verdict(row), told, stacked(*where)


def _verdict(row: Row) -> Text:
    return verdict_text(row["verdict"], row["rule"] if "rule" in row else row["relation"])


def agreements_table(rows: Iterable[Row], title: str | None = None, *, narrow: bool) -> Table:
    """Figures that several articles give: how they stand to each other, who released them."""
    columns = ("Verdict", "Of what", "Figures", "Compilers")
    return table(title, columns, map(_agreement, rows), airy=narrow)


def _agreement(row: Row) -> tuple[Text, str, Text, str]:
    told = stacked((row["sum"], ""), (row["reason"], "dim"))
    return _verdict(row), one_line(row["counted"]), told, one_line("; ".join(row["compilers"]))
