"""``newsmine export``: what an index holds as a file for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsmine.cli.options import (
    Counted,
    Form,
    IndexFile,
    Kind,
    Limit,
    Org,
    Outlet,
    Since,
    Sort,
    SpeakerName,
    Topic,
    Until,
    Words,
)
from newsmine.cli.rows import why_empty
from newsmine.cli.screen import say

if TYPE_CHECKING:
    from newsmine.export.formats import Format as ExportFormat
    from newsmine.export.selection import What
    from newsmine.index import Index

EXAMPLES = (
    "newsmine export newsmine-demo.db quotes.csv",
    "newsmine export newsmine-demo.db hearthlight.jsonl --org Hearthlight",
    "newsmine export newsmine-demo.db claims.xlsx --what claims",
    "newsmine export newsmine-demo.db found.csv --query 'org:hearthlight children -kind:indirect'",
    "newsmine export newsmine-demo.db checks.xlsx --what checks",
    "newsmine export newsmine-demo.db articles.bib",
    "newsmine export newsmine-demo.db hearthlight.qdpx --org Hearthlight",
    "newsmine export newsmine-demo.db package.zip",
    "newsmine export newsmine-demo.db bulk --to opensearch",
)


class Table(StrEnum):
    """What is exported."""

    QUOTES = "quotes"
    CLAIMS = "claims"
    CHECKS = "checks"
    ARTICLES = "articles"
    ALL = "all"


_ENDINGS = ".csv, .jsonl, .parquet, .xlsx, .zip, .bib, .ris, .json, .jsonld, .qdpx"


def export(
    file: IndexFile,
    output: Annotated[Path, typer.Argument(metavar="OUT", help=f"The file to write: {_ENDINGS}.")],
    what: Annotated[
        Table | None,
        typer.Option("--what", help="Which table; else the first that the format holds."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="FORMAT", help="The format, if the ending leaves it open."),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option("--query", metavar="LINE", help="What `newsmine search` finds for this line."),
    ] = None,
    validation: Annotated[
        Path | None,
        typer.Option(
            "--validation", metavar="REPORT", help="What newsmine agree -o wrote, into a package."
        ),
    ] = None,
    org: Org = None,
    speaker: SpeakerName = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    kind: Kind = None,
    text: Words = None,
    topic: Topic = None,
    form: Form = None,
    counted: Counted = None,
    limit: Limit = None,
    sort: Sort = None,
) -> None:
    """Write quotes, claims, checks or articles to a file, filtered.

    The ending of OUT says the format. A file that is there is replaced, once the new one is
    complete. Beside .csv, .jsonl and .parquet, a codebook and a README say what is in them. --form
    and --counted go with --what claims, --counted with checks too. A .json file wants --to csl-json
    or --to annotations; --to datapackage and --to opensearch make a folder, or a .zip.
    """
    filters = {
        "query": query, "org": org, "speaker": speaker, "outlet": outlet, "since": since,
        "until": until, "kind": kind, "text": text, "topic": topic, "form": form,
        "counted": counted, "limit": limit, "sort": sort,
    }  # fmt: skip
    _export(file, output, what, {"to": to, "validation": validation}, filters)


def _export(
    file: Path, output: Path, what: Table | None, options: dict[str, Any], filters: dict[str, Any]
) -> None:
    from newsmine import export as room
    from newsmine.export.formats import choose, table_of
    from newsmine.index import open_index

    format = choose(output, to=options["to"])
    table = table_of(format, what.value if what else _found_by(filters["query"], format))
    _require_known(table, filters)
    with open_index(file) as index:
        written = room.export(index, output, what=table, on_notice=say, **options, **filters)
        if not written:
            say(_none(index, table, filters))
    say(f"{output}: {written:,} {'rows' if table == 'all' else table}.")


def _found_by(query: str | None, format: ExportFormat) -> What | None:
    """What a query line finds, where the format holds that; else the format's first table."""
    from newsmine.index import parse_query

    if query is None:
        return None
    what = parse_query(query).what
    return what if what in format.holds else None


def _require_known(table: What, filters: dict[str, Any]) -> None:
    from newsmine.export.selection import FILTERS

    known = FILTERS.get(table, filters.keys())
    others = [f"--{name}" for name, value in filters.items() if value and name not in known]
    if others:
        raise typer.BadParameter(f"{', '.join(others)}: no filter of {table}.")


def _none(index: Index, table: What, filters: dict[str, Any]) -> str:
    line = filters.pop("query")
    if line is not None:
        return str(index.search(line).emptied)
    if table in ("quotes", "claims"):
        return why_empty(index, table, filters)
    return f"No {'rows' if table == 'all' else table} pass all filters."
