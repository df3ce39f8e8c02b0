"""``newsmine export``: an index's quotes or claims as a file for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

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

EXAMPLES = (
    "newsmine export newsmine-demo.db quotes.csv",
    "newsmine export newsmine-demo.db hearthlight.jsonl --org Hearthlight",
    "newsmine export newsmine-demo.db claims.xlsx --what claims",
)


class Table(StrEnum):
    """What is exported."""

    QUOTES = "quotes"
    CLAIMS = "claims"


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
    """Write quotes or claims to a file, filtered.

    The ending of OUT says the format. A file that is there is replaced, once the new one is
    complete. --form and --counted go with --what claims.
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
        rows = (
            index.iter_claims(**filters) if what is Table.CLAIMS else index.iter_quotes(**filters)
        )
        written = room.write(rows, output, what=what.value, columns=rows.columns, on_notice=say)
        if not written:
            say(why_empty(index, what.value, filters))
    say(f"{output}: {written:,} {what.value}.")
