"""``newsmine fix``: correct a quote or figure, drop it, or say that it is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from newsmine.cli.changing import to_change
from newsmine.cli.options import By, IndexFile, Why, user_name
from newsmine.cli.screen import one_line, say, show, stacked, table
from newsmine.errors import QueryError

if TYPE_CHECKING:
    from newsmine.index import Correction, Index

EXAMPLES = (
    "newsmine fix newsmine-demo.db 01:a1 --checked",
    "newsmine fix newsmine-demo.db 01:a1 --role 'head of policy' --why 'see the caption'",
    "newsmine fix newsmine-demo.db --list",
    "newsmine fix newsmine-demo.db --undo 2",
)


def fix(
    file: IndexFile,
    row: Annotated[
        str | None,
        typer.Argument(metavar="ROW", help="A quote or figure: ARTICLE:a1, as `quotes` shows it."),
    ] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="Who speaks; '' is unknown.")
    ] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", metavar="NAME", help="Who they speak for.")
    ] = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="ROLE", help="The speaker's role.")
    ] = None,
    type: Annotated[
        str | None,
        typer.Option("--type", metavar="TYPE", help="person, organisation, group, anonymous, ..."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="direct, mixed or indirect.")
    ] = None,
    counted: Annotated[
        str | None, typer.Option("--counted", metavar="WORDS", help="What the figure counts.")
    ] = None,
    drop: Annotated[bool, typer.Option("--drop", help="It is no quote, or no figure.")] = False,
    checked: Annotated[bool, typer.Option("--checked", help="It is right as it is.")] = False,
    why: Why = None,
    by: By = None,
    undo: Annotated[
        int | None, typer.Option("--undo", metavar="N", help="Take a correction back.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="All corrections.")] = False,
) -> None:
    """Correct a quote or figure; what was found is kept.

    Corrections survive another build, also build --rebuild. One whose row is no longer found is
    kept and listed. Figures that a speaker gives in a quote follow its speaker.
    """
    from newsmine.index import open_index

    given = {
        "speaker": speaker, "organisation": organisation, "role": role,
        "type": type, "kind": kind, "counted": counted,
    }  # fmt: skip
    changes = {name: value for name, value in given.items() if value is not None}
    _require_one_thing(row, bool(changes), drop, checked, undo, list_)
    if list_:
        with open_index(file) as index:
            _show_list(index)
        return
    with to_change(file) as index:
        if undo is not None:
            index.undo(undo, who=by or user_name(), why=why)
            show(Text(f"Undone: correction {undo}."))
        elif row is not None:
            made = index.fix(row, who=by or user_name(), why=why, drop=drop, **changes)
            show(Text(one_line(_said(made))))


def _require_one_thing(
    row: str | None, changes: bool, drop: bool, checked: bool, undo: int | None, list_: bool
) -> None:
    wishes = sum((changes, drop, checked, undo is not None, list_))
    if wishes != 1:
        reason = "says nothing to do" if not wishes else "asks for several things"
        remedy = "Give new values, --drop, --checked, --undo N or --list"
        raise QueryError("fix", reason, remedy)
    if (row is None) != (undo is not None or list_):
        remedy = "Name a row to change or check, none with --undo and --list"
        raise QueryError("fix", "needs a row" if row is None else "takes no row here", remedy)


def _said(made: Correction) -> str:
    what = {"drop": "dropped", "checked": "checked", "fix": "corrected"}[made.kind]
    changes = ", ".join(f"{name} {value or 'unknown'}" for name, value in made.changes.items())
    rest = f": {changes}" if changes else ""
    return f"{made.row} {what}{rest}. To take it back: --undo {made.number}"


def _show_list(index: Index) -> None:
    found = index.corrections()
    if not found:
        say("No corrections.")
        return
    show(_table(found))
    if lost := sum(1 for one in found if one.state == "row lost"):
        say(f"{lost} in force have lost their row: no such quote or figure is in the index.")


def _table(found: tuple[Correction, ...]) -> Table:
    columns = ("N", "Row", "What", "By", "State")
    return table(None, columns, _rows(found), airy=True)


def _rows(found: tuple[Correction, ...]) -> Iterator[tuple[Text | str, ...]]:
    for one in found:
        row = stacked((one.row, ""), (one.text[:80], "dim"))
        changes = [(f"{name}: {value or 'unknown'}", "") for name, value in one.changes.items()]
        what = stacked((one.kind, "bold"), *changes, (one.why, "dim"))
        by = stacked((one.who, ""), (one.at[:10], "dim"))
        yield str(one.number), row, what, by, one_line(one.state)
