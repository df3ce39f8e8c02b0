"""``newsmine survey``: what the articles of a batch teach about each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsmine.cli.articles import SOME_SKIPPED, Articles
from newsmine.cli.options import Paths
from newsmine.cli.screen import facts, one_line, show, table

EXAMPLES = (
    "newsmine demo --articles sample",
    "newsmine survey sample -o survey.json",
    "newsmine build sample --survey survey.json -o news.db",
)

SHOWN = 20
"""Recurring lines that are printed; the file has all."""


def survey(
    paths: Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The survey (JSON): new.")
    ],
) -> None:
    """Learn a batch's words and recurring lines, to clean it by.

    Words of the batch decide on hyphens; lines that recur are page furniture. Without a survey
    only the articles and pages of one file teach each other.
    """
    from newsmine.ingest import make_survey

    articles = Articles(paths)
    found = make_survey(paths, on_error=articles.skip)
    found.save(output)
    counts = {"articles or pages": found.texts, "words": len(found.words)}
    rows = [(name, f"{count:,}") for name, count in counts.items()]
    show(facts(one_line(output), rows))
    if found.lines:
        often = sorted(found.lines.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]
        lines = [(f"{count:,}", one_line(line)) for line, count in often]
        show(table("Recurring lines", ("In", "Line (# is a number)"), lines))
    if articles.skipped:
        raise typer.Exit(SOME_SKIPPED)
