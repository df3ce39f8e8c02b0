"""``newsmine quotes``: who said what, out of an index."""

from __future__ import annotations

from newsmine.cli.options import (
    Format,
    IndexFile,
    Kind,
    Limit,
    Org,
    Outlet,
    RowFormat,
    Since,
    Sort,
    SpeakerName,
    Topic,
    Until,
    Words,
)
from newsmine.cli.rows import print_rows

EXAMPLES = (
    "newsmine quotes newsmine-demo.db",
    "newsmine quotes newsmine-demo.db --org Hearthlight",
    "newsmine quotes newsmine-demo.db --text children --since 2018",
    "newsmine quotes newsmine-demo.db --kind direct --format csv > quotes.csv",
)


def quotes(
    file: IndexFile,
    org: Org = None,
    speaker: SpeakerName = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    kind: Kind = None,
    text: Words = None,
    topic: Topic = None,
    limit: Limit = None,
    sort: Sort = None,
    format: Format = RowFormat.TABLE,
) -> None:
    """Print quotes from an index, filtered.

    Where none is left, stderr says which filter is to blame; the exit code is 0.
    """
    filters = {
        "org": org,
        "speaker": speaker,
        "outlet": outlet,
        "since": since,
        "until": until,
        "kind": kind,
        "text": text,
        "topic": topic,
        "limit": limit,
        "sort": sort,
    }
    print_rows(file, "quotes", filters, format)
