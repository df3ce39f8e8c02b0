"""``newsmine export``: an index's quotes, claims or checks as a file for other programs."""

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
    Until,
    Words,
)
from newsmine.cli.rows import why_empty
from newsmine.cli.screen import say

if TYPE_CHECKING:
    from newsmine.index import Index, RowStream

EXAMPLES = (
    "newsmine export newsmine-demo.db quotes.csv",
    "newsmine export newsmine-demo.db hearthlight.jsonl --org Hearthlight",
    "newsmine export newsmine-demo.db claims.xlsx --what claims",
    "newsmine export newsmine-demo.db checks.xlsx --what checks",
)


class Table(StrEnum):
    """What is exported."""

    QUOTES = "quotes"
    CLAIMS = "claims"
    CHECKS = "checks"


_OF_CHECKS = ("org", "outlet", "since", "until", "counted", "limit")


def export(
    file: IndexFile,
    output: Annotated[
        Path, typer.Argument(metavar="OUT", help="The file to write: .csv, .jsonl or .xlsx.")
    ],
    what: Annotated[Table, typer.Option("--what", help="Which table.")] = Table.QUOTES,
    org: Org = None,
    speaker: SpeakerName = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    kind: Kind = None,
    text: Words = None,
    form: Form = None,
    counted: Counted = None,
    limit: Limit = None,
    sort: Sort = None,
) -> None:
    """Write quotes, claims or checks to a file, filtered.

    The ending of OUT says the format. A file that is there is replaced, once the new one is
    complete. --form and --counted go with --what claims, --counted with checks too.
    """
    from newsmine import export as room
    from newsmine.index import open_index

    filters: dict[str, Any] = {
        "org": org,
        "speaker": speaker,
        "outlet": outlet,
        "since": since,
        "until": until,
        "kind": kind,
        "text": text,
        "form": form,
        "counted": counted,
        "limit": limit,
        "sort": sort,
    }
    with open_index(file) as index:
        rows = _rows(index, what, filters)
        written = room.write(rows, output, what=what.value, columns=rows.columns, on_notice=say)
        if not written:
            say(_none(index, what, filters))
    say(f"{output}: {written:,} {what.value}.")


def _rows(index: Index, what: Table, filters: dict[str, Any]) -> RowStream:
    if what is Table.CLAIMS:
        return index.iter_claims(**filters)
    if what is Table.QUOTES:
        return index.iter_quotes(**filters)
    others = [f"--{name}" for name, value in filters.items() if value and name not in _OF_CHECKS]
    if others:
        raise typer.BadParameter(f"{', '.join(others)}: no filter of checks.")
    return index.iter_checks(**{name: filters[name] for name in _OF_CHECKS})


def _none(index: Index, what: Table, filters: dict[str, Any]) -> str:
    if what is Table.CHECKS:
        return "No checks pass all filters."
    return why_empty(index, "claims" if what is Table.CLAIMS else "quotes", filters)
