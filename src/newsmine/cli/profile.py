"""``newsmine profile``: one organisation in an index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from newsmine.cli.options import IndexFile
from newsmine.cli.rows import claims_table
from newsmine.cli.screen import is_narrow, one_line, out, say, show, table

if TYPE_CHECKING:
    from newsmine.index import Profile

EXAMPLES = ("newsmine profile newsmine-demo.db hearthlight",)
MOST = 20
"""Speakers and outlets that are shown."""

Organisation = Annotated[
    str, typer.Argument(metavar="ORG", help="The organisation; a part of its name is enough.")
]


def profile(file: IndexFile, org: Organisation) -> None:
    """Print one organisation: speakers, years, topics, figures.

    Quotes of each year stand beside the articles of that year: more articles, more quotes.
    """
    from newsmine.index import open_index

    with open_index(file) as index:
        found = index.profile(org)
    show(*_tables(found))
    if len(found.names) > 1:
        say(f"All that bear the name: {', '.join(found.names)}.")


def _tables(found: Profile) -> Iterator[Table]:
    names = one_line(found.names[0]) if len(found.names) == 1 else f"{len(found.names)} names"
    yield table(f"{names}: {found.quotes:,} quotes", _SPEAKER_HEADS, _speakers(found))
    years = (
        (
            one_line(year.year) or "(undated)",
            f"{year.quotes:,}",
            f"{year.quoting:,}",
            f"{year.articles:,}",
        )
        for year in found.years
    )
    yield table("Year by year", ("Year", "Quotes", "Articles with them", "All articles"), years)
    outlets = ((one_line(name) or "(unknown)", f"{n:,}") for name, n in found.outlets[:MOST])
    yield table("Where", ("Outlet", "Quotes"), outlets)
    topics = ((one_line(name) or "(none)", f"{n:,}") for name, n in found.topics)
    yield table("About what", ("Topic", "Quotes"), topics)
    if found.figures:
        title = f"Its figures: the newest {len(found.figures):,} of {found.figure_count:,}"
        yield claims_table(found.figures, title, narrow=is_narrow(out()))


_SPEAKER_HEADS = ("Speaker", "Role", "Quotes", "First", "Last")


def _speakers(found: Profile) -> Iterator[tuple[str, ...]]:
    for speaker in found.speakers[:MOST]:
        name = one_line(speaker.name) or "(unnamed)"
        dates = (one_line(speaker.first), one_line(speaker.last))
        yield name, one_line(speaker.role), f"{speaker.quotes:,}", *dates
    if len(found.speakers) > MOST:
        rest = found.speakers[MOST:]
        yield f"({len(rest):,} others)", "", f"{sum(s.quotes for s in rest):,}", "", ""
