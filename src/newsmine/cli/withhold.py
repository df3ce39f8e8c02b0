"""``newsmine withhold``: names of children and victims, kept out of all that an index gives out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from newsmine.cli.changing import to_change
from newsmine.cli.options import By, IndexFile, Why, user_name
from newsmine.cli.screen import facts, one_line, say, show, table
from newsmine.errors import QueryError

if TYPE_CHECKING:
    from newsmine.index import Index

EXAMPLES = (
    "newsmine withhold newsmine-demo.db --rule children --why 'ethics board'",
    "newsmine withhold newsmine-demo.db 'Jane Doe'",
    "newsmine withhold newsmine-demo.db --list",
    "newsmine withhold newsmine-demo.db --copy-to shared.db",
)


def withhold(
    file: IndexFile,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME...", help="Names, as articles print them.")
    ] = None,
    rule: Annotated[
        str | None,
        typer.Option("--rule", metavar="SET", help="children or victims, as texts mark them."),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Do not withhold these names, whatever rules find.")
    ] = False,
    why: Why = None,
    by: By = None,
    undo: Annotated[
        int | None, typer.Option("--undo", metavar="N", help="Take a decision back.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="What is withheld, and why.")] = False,
    copy_to: Annotated[
        Path | None,
        typer.Option("--copy-to", metavar="COPY", help="An index for others, without a trace."),
    ] = None,
) -> None:
    """Keep names out of answers, articles and exports.

    All forms of a name are found: full, first or surname alone where it is that person's,
    misread letters. The file itself keeps what was extracted, sealed, so that it can be undone;
    to share an index, make a copy with --copy-to, from which nothing can be brought back.
    """
    from newsmine.index import open_index

    wishes = [bool(names), rule is not None, undo is not None, list_, copy_to is not None]
    if sum(wishes) != 1 or (keep and not names):
        remedy = "Give names, --rule SET, --undo N, --list or --copy-to COPY"
        raise QueryError("withhold", "needs one thing to do", remedy)
    if list_ or copy_to is not None:
        with open_index(file) as index:
            if copy_to is None:
                _show_list(index)
            else:
                size = index.withholding.copy_to(copy_to)
                show(Text(one_line(f"{copy_to}: {size:,} bytes, without the names.")))
        return
    who = by or user_name()
    with to_change(file) as index:
        if undo is not None:
            index.withholding.undo(undo, who=who, why=why)
        if rule is not None:
            index.withholding.rule(rule, who=who, why=why)
        for name in names or ():
            decide = index.withholding.keep if keep else index.withholding.name
            decide(name, who=who, why=why)
        index.identities.refresh()
        counts = index.withholding.counts()
    told = (
        f"Withheld: {_some(counts.names, 'name')}, replaced {_some(counts.replaced, 'time')} "
        f"in {_some(counts.articles, 'article')}."
    )
    show(Text(told))


def _some(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _show_list(index: Index) -> None:
    decisions = index.withholding.decisions()
    if not decisions:
        say("Nothing is withheld.")
        return
    rows = (
        (
            str(one.number),
            one.about,
            one_line(one.what),
            one_line(one.who),
            one.at[:10],
            one_line(one.why),
            "in force" if one.in_force else "undone",
        )
        for one in decisions
    )
    show(table("Decisions", ("N", "About", "What", "By", "When", "Why", "State"), rows))
    found = [
        (f.rule, one_line(f.name), one_line(f.article), one_line(f.passage))
        for f in index.withholding.found()
    ]
    if found:
        show("", table("Found by rules", ("Rule", "Name", "Article", "Passage"), found))
    counts = index.withholding.counts()
    shown = {"names": counts.names, "replaced": counts.replaced, "articles": counts.articles}
    show("", facts("Withheld", [(name, f"{count:,}") for name, count in shown.items()]))
