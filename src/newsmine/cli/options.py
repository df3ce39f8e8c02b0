"""The options that several commands share, each worded once."""

from __future__ import annotations

import getpass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Articles: files, folders, 'glob*.txt'.",
        show_default=False,
    ),
]
AnyPaths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH...",
        help="Articles: files, folders, 'glob*.txt'.",
        show_default=False,
    ),
]
FromParquet = Annotated[
    list[Path] | None,
    typer.Option(
        "--from-parquet", metavar="FOLDER", help="Instead: results that extract wrote there."
    ),
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="MODEL", help="A model's folder or package, not the shipped."),
]
NoClean = Annotated[
    bool, typer.Option("--no-clean", help="Take the text as it is: undo no OCR or layout damage.")
]
Thoughts = Annotated[
    bool,
    typer.Option("--thoughts", help="Also what people think, wish or do, not only what they say."),
]
SurveyFile = Annotated[
    Path | None,
    typer.Option("--survey", metavar="FILE", help="What newsmine survey learnt of the batch."),
]
OnlyTopic = Annotated[
    str | None,
    typer.Option(
        "--only-topic",
        metavar="TOPIC",
        help="Pass over articles that are not about it: grooming...",
    ),
]
Workers = Annotated[
    str, typer.Option("--workers", metavar="N", help="Processes at once; auto: one a core.")
]


def place(text: str | Path) -> Any:
    """Where an index is: a file, or a server's as an ``Address``, which shows no password."""
    # A default comes here, too, and is a path already.
    if isinstance(text, Path) or not text.startswith(("postgresql:", "postgres:")):
        return Path(text)
    from newsmine.index.postgres import place_of

    return place_of(text)


IndexFile = Annotated[
    Path,
    typer.Argument(parser=place, metavar="FILE", help="An index that build or demo made."),
]

Org = Annotated[
    str | None, typer.Option("--org", metavar="NAME", help="Who the speaker speaks for.")
]
SpeakerName = Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="Who speaks.")]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="The newspaper.")]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Published then or later: 2018, 2018-05, ..."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Published then or earlier.")
]
Kind = Annotated[
    str | None, typer.Option("--kind", metavar="KIND", help="direct, mixed or indirect.")
]
Words = Annotated[
    str | None, typer.Option("--text", metavar="WORDS", help='Words in it; "a phrase" in quotes.')
]
Topic = Annotated[
    str | None,
    typer.Option(
        "--topic", metavar="TOPIC", help="What it is about: grooming, ... (newsmine topics)."
    ),
]
Form = Annotated[
    str | None, typer.Option("--form", metavar="FORM", help="count, money, share, ratio, rate, ...")
]
Counted = Annotated[
    str | None, typer.Option("--counted", metavar="WORDS", help="What the figure counts.")
]
Limit = Annotated[
    int | None, typer.Option("--limit", min=1, metavar="N", help="At most so many rows.")
]
Sort = Annotated[
    str | None,
    typer.Option("--sort", metavar="ORDER", help="date, outlet, organisation, speaker or rank."),
]

Why = Annotated[str | None, typer.Option("--why", metavar="WORDS", help="For what reason.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who says so; else your login name.")
]


def user_name() -> str:
    """The login name, for judgements that are not signed otherwise."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class RowFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


Format = Annotated[RowFormat, typer.Option("--format", help="How to print it.")]
