"""``newsmine sample``: a random draw of rows, as a sheet for people to judge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsmine.cli.options import IndexFile
from newsmine.cli.screen import one_line, say, show, table

EXAMPLES = (
    "newsmine sample newsmine-demo.db 60 --by outlet,decade -o sheet.xlsx",
    "newsmine sample newsmine-demo.db 40 --claims --by form -o figures.csv",
    "newsmine sample newsmine-demo.db 20 --query 'kind:direct' --seed 7 -o direct.xlsx",
)


def sample(
    file: IndexFile,
    count: Annotated[int, typer.Argument(metavar="N", min=1, help="How many rows to draw.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="The sheet: .xlsx or .csv.")
    ],
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="NAMES",
            help="Strata: of outlet, year, decade, kind, type, organisation, form.",
        ),
    ] = "",
    claims: Annotated[bool, typer.Option("--claims", help="Draw figures, not quotes.")] = False,
    query: Annotated[
        str, typer.Option("--query", metavar="QUERY", help="Draw of what this line finds.")
    ] = "",
    seed: Annotated[
        int, typer.Option("--seed", metavar="NUMBER", help="Another one draws other rows.")
    ] = 1,
) -> None:
    """Draw rows at random, for people to say what is right.

    Strata get rows in proportion to their size, at least one each. The same seed draws the
    same rows. Give a copy to each coder; then: newsmine agree a.xlsx b.xlsx
    """
    from newsmine.evaluation.coders import draw, write_sheet
    from newsmine.index import open_index

    names = [name for name in by.replace(" ", "").split(",") if name]
    what = "claims" if claims else "quotes"
    with open_index(file) as index:
        drawn = draw(index, count, what=what, by=names, seed=seed, query=query)  # type: ignore[arg-type]
    write_sheet(drawn, output)
    strata = ((one_line(one.name), f"{one.rows:,}", f"{one.drawn:,}") for one in drawn.strata)
    show(table(None, ("Stratum", "Rows", "Drawn"), strata))
    say(f"{output}: {len(drawn.rows):,} {what} of {len(drawn.strata):,} strata.")
