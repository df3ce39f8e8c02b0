"""``newsmine duplicates``: articles that are one text, with what kind of copies they are."""

from __future__ import annotations

import typer

from newsmine.cli.articles import SOME_SKIPPED, Articles
from newsmine.cli.options import Paths
from newsmine.cli.screen import one_line, say, show, table

EXAMPLES = (
    "newsmine demo --articles sample",
    "cp sample/01*.txt sample/copy.txt; newsmine duplicates sample",
)


def duplicates(paths: Paths) -> None:
    """Print which articles are one text in several prints.

    Nothing is taken out of an index because of it: a copy was printed too.
    """
    from newsmine.ingest.duplicates import find_duplicates

    articles = Articles(paths)
    clusters = find_duplicates(articles.read())
    rows = [
        (cluster.kind, f"{100 * cluster.shared:.0f} %", "\n".join(map(one_line, cluster.paths)))
        for cluster in clusters
    ]
    if rows:
        show(table(None, ("Kind", "In common", "Articles"), rows))
    else:
        say("No duplicates.")
    if articles.skipped:
        raise typer.Exit(SOME_SKIPPED)
