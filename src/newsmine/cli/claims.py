"""``newsmine claims``: which figures are given, and by whom, out of an index."""

from __future__ import annotations

from newsmine.cli.options import (
    Counted,
    Form,
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
    "newsmine claims newsmine-demo.db",
    "newsmine claims newsmine-demo.db --form share",
    "newsmine claims newsmine-demo.db --counted reports --since 2018",
    "newsmine claims newsmine-demo.db --org Hearthlight --format jsonl",
)


def claims(
    file: IndexFile,
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
    format: Format = RowFormat.TABLE,
) -> None:
    """Print figures from an index, filtered.

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
        "form": form,
        "counted": counted,
        "limit": limit,
        "sort": sort,
    }
    print_rows(file, "claims", filters, format)
