"""``newsmine search``: one line that says which quotes or figures, out of an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from newsmine.cli.options import Format, IndexFile, Limit, RowFormat, Sort
from newsmine.cli.rows import ON_SCREEN, claims_table, print_found, quotes_table, short_id
from newsmine.cli.screen import field, one_line, out, safe, say, table
from newsmine.errors import QueryError

if TYPE_CHECKING:
    from newsmine.index import InContext, SearchResult

EXAMPLES = (
    "newsmine search newsmine-demo.db 'org:hearthlight children'",
    "newsmine search newsmine-demo.db 'about:encryption -kind:indirect' --facets",
    "newsmine search newsmine-demo.db 'year:2018..2024 chidren~' --kwic",
    "newsmine search newsmine-demo.db 'printed:>1 -wire:copy' --once",
    "newsmine search newsmine-demo.db 'claim:>1000 form:count' --format csv > figures.csv",
)
_TABLES = {"quotes": quotes_table, "claims": claims_table}
_WIDTH = 120
"""Columns of lines in context, off a terminal."""

Query = Annotated[
    str,
    typer.Argument(metavar="QUERY", help='org:ofcom "age checks" year:2019..2023 -kind:indirect'),
]
ByFacet = Annotated[
    bool,
    typer.Option("--facets", help="Count by organisation, speaker, outlet, year, topic, kind."),
]
Once = Annotated[
    bool,
    typer.Option("--once", help="Each saying once, its first print found; as printed:once."),
]
Kwic = Annotated[bool, typer.Option("--kwic", help="A line for each hit, the hit in the middle.")]


def search(
    file: IndexFile,
    query: Query,
    limit: Limit = None,
    sort: Sort = None,
    facets: ByFacet = False,
    kwic: Kwic = False,
    once: Once = False,
    format: Format = RowFormat.TABLE,
) -> None:
    """Print the quotes or figures that a query line finds.

    Words, "phrases", verif*, misread~, near("duty care",5), about:word, said "phrase"; org:
    speaker: role: type: kind: topic: outlet: year: since: until: claim: unit: form: counted:
    confidence: printed: wire: A comma in a value is any of, a minus in front leaves out.
    """
    from newsmine.index import open_index

    if facets and kwic:
        raise QueryError("--facets --kwic", "print different things", "Give one of them")
    most = ON_SCREEN if limit is None and format is RowFormat.TABLE and not facets else limit
    line = f"{query} printed:once" if once else query
    with open_index(file) as index:
        found = index.search(line, limit=most, sort=sort or "date")
        _say_variants(found)
        any_row = _print_facets(found, format) if facets else _print_rows(found, kwic, format)
        _say_count(found, any_row, None if facets else most, facets=facets)


def _print_rows(found: SearchResult, kwic: bool, format: RowFormat) -> bool:
    if kwic:
        lines = map(_in_context, found.in_context())
        return print_found(_CONTEXT_COLUMNS, lines, _context_table, format, cut=False)
    return print_found(found.columns, found.stream(), _TABLES[found.what], format, cut=False)


def _print_facets(found: SearchResult, format: RowFormat) -> bool:
    rows = _facet_rows(found) if found.total else iter(())
    as_table = partial(_facet_table, found.what)
    return print_found(("facet", "value", "count"), rows, as_table, format, cut=False)


def _facet_rows(found: SearchResult) -> Iterator[Mapping[str, Any]]:
    for facet in found.facets.facets:
        for value, count in facet.counts:
            yield {"facet": facet.name, "value": value, "count": count}


def _facet_table(what: str, rows: Iterable[Mapping[str, Any]], *, narrow: bool) -> Table:
    cells, last = [], None
    for row in rows:
        name = row["facet"] if row["facet"] != last else ""
        last = row["facet"]
        cells.append((name, field(row, "value") or "(unknown)", f"{row['count']:,}"))
    return table(None, ("By", "Value", what.capitalize()), cells)


_CONTEXT_COLUMNS = (
    *("left", "hit", "right"),
    *("speaker", "organisation", "outlet", "published", "article"),
)


def _in_context(line: InContext) -> dict[str, Any]:
    parts = {name: getattr(line, name) for name in _CONTEXT_COLUMNS[:3]}
    return parts | {name: line.row[name] for name in _CONTEXT_COLUMNS[3:]}


def _context_table(rows: Iterable[Mapping[str, Any]], *, narrow: bool) -> Table:
    """Hits under each other, as concordances print them."""
    width = min(out().width, 240) if out().is_terminal else _WIDTH
    side = max(10, (width - 44) // 2)
    grid = Table.grid(padding=(0, 1))
    for justify in ("right", "left", "left"):
        grid.add_column(justify=justify, no_wrap=True, overflow="ellipsis")
    for row in rows:
        left, hit, right = (re.sub(r"\s+", " ", safe(row[name])) for name in _CONTEXT_COLUMNS[:3])
        who = row["speaker"] or row["organisation"] or short_id(row["article"])
        where = Text(one_line(who)[:24], style="dim")
        middle = Text.assemble((hit, "bold"), right[:side].rstrip())
        grid.add_row(Text(left[-side:].lstrip()), middle, where)
    return grid


def _say_variants(found: SearchResult) -> None:
    for word, variants in found.variants.items():
        also = ", ".join(f"{v.word} ({v.count:,})" for v in variants) or "nothing else"
        say(f"{word}~ also finds {also}.")


def _say_count(found: SearchResult, any_row: bool, most: int | None, *, facets: bool) -> None:
    if not any_row:
        say(str(found.emptied))
        for suggestion in found.suggestions:
            say(str(suggestion))
        return
    if facets and not found.facets.exact:
        say(f"Of the newest {found.facets.counted:,} of {found.total:,} {found.what}.")
    elif most is not None and found.total > most:
        say(
            f"The first {most:,} of {found.total:,} {found.what}. "
            "For more: --limit 100, or --format csv for all."
        )
    else:
        say(f"{found.total:,} {found.what}.")
