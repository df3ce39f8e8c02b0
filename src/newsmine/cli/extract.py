"""``newsmine extract``: what is in these articles, printed."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from newsmine.cli.articles import SOME_SKIPPED
from newsmine.cli.build import engine_of
from newsmine.cli.options import Model, NoClean, OnlyTopic, Paths, SurveyFile, Thoughts, Workers
from newsmine.cli.screen import (
    field,
    is_narrow,
    json_text,
    one_line,
    out,
    safe,
    say,
    show,
    stacked,
    table,
)
from newsmine.cli.tables import (
    EngineName,
    Settings,
    Where,
    tell_skipped,
    write_tables,
)
from newsmine.errors import QueryError
from newsmine.pipeline import STDIN, extract_paths
from newsmine.progress import Skipped
from newsmine.types import Extraction

EXAMPLES = (
    "echo '\"It must stop,\" said Ann Lee of Hearthlight.' | newsmine extract -",
    "newsmine demo --articles sample",
    "newsmine extract sample/01*.txt",
    "newsmine extract sample --format jsonl > sample.jsonl",
    "newsmine extract sample results --engine local --workers 2",
    "newsmine extract sample results --shard 1/4",
)


Record = Mapping[str, Any]
"""An extraction as JSON: see docs/formats.md."""


class OutputFormat(StrEnum):
    """How an extraction is printed."""

    TABLE = "table"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"


def extract(
    paths: Paths,
    format: Annotated[
        OutputFormat, typer.Option("--format", help="jsonl prints one line an article at once.")
    ] = OutputFormat.TABLE,
    no_clean: NoClean = False,
    survey: SurveyFile = None,
    thoughts: Thoughts = False,
    boxes: Annotated[
        bool, typer.Option("--boxes", help="In JSON, also where on the page it is printed.")
    ] = False,
    model: Model = None,
    only_topic: OnlyTopic = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="Write tables there, print nothing."),
    ] = None,
    engine: Annotated[
        EngineName | None, typer.Option("--engine", help="Write tables; where it is done.")
    ] = None,
    master: Annotated[
        str | None,
        typer.Option("--master", metavar="URL", help="Of Spark: spark://host:7077, local[4], ..."),
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option("--shard", metavar="I/N", help="Write tables of this share of the files."),
    ] = None,
    workers: Workers = "1",
) -> None:
    """Print who says what in articles, and the figures.

    PATH "-" is standard input.
    What cannot be read is named on stderr and skipped; then the exit code is 3.

    With -o, --engine or --shard it writes a folder of Parquet tables instead, for newsmine build
    --from-parquet; without -o it is the last PATH. Run again, it does what is new or changed.
    """
    settings = Settings(model, not no_clean, thoughts, survey, only_topic)
    if output or engine or shard:
        if format is not OutputFormat.TABLE or boxes:
            told = "--boxes" if boxes else f"--format {format}"
            raise QueryError(told, "is for what is printed", "Leave it out, or -o and --engine")
        where = Where(engine or EngineName.LOCAL, master, shard, workers)
        write_tables(paths, output, settings, where)
        return
    if master:
        raise QueryError("--master", "is for Spark alone", "Add --engine spark, and a folder")
    if STDIN in paths and sys.stdin.isatty():
        say("newsmine: type or paste an article, then press Ctrl-D.")
    if boxes and format not in (OutputFormat.JSONL, OutputFormat.JSON):
        raise QueryError("--boxes", f"a {format} has no place for them", "Add --format jsonl")
    skipped: list[Skipped] = []
    results = extract_paths(paths, engine=engine_of(workers), **asdict(settings))
    _PRINTERS[format](_records(results, skipped, boxes=boxes))
    if skipped:
        raise typer.Exit(SOME_SKIPPED)


def _records(
    results: Iterable[Extraction | Skipped], skipped: list[Skipped], *, boxes: bool
) -> Iterator[Record]:
    from newsmine.export.extraction import to_dict

    for result in results:
        if isinstance(result, Skipped):
            if not result.passed_over:
                skipped.append(result)
                tell_skipped(result)
        else:
            yield to_dict(result, boxes=boxes)


def _print_jsonl(records: Iterable[Record]) -> None:
    for record in records:
        sys.stdout.write(json_text(record) + "\n")
        sys.stdout.flush()


def _print_json(records: Iterable[Record]) -> None:
    """One array, written as it grows, so that no batch has to fit in memory."""
    opening = "[\n"
    for record in records:
        sys.stdout.write(opening + json_text(record, indent=1))
        opening = ",\n"
    sys.stdout.write("[]\n" if opening == "[\n" else "\n]\n")


_CSV_FIELDS = (
    *("quote", "kind", "speaker", "type", "role", "organisation"),
    *("outlet", "published", "headline", "article", "path", "attribution", "confidence"),
)
"""As the rows of an index have them, without offsets."""


def _print_csv(records: Iterable[Record]) -> None:
    writer = csv.DictWriter(sys.stdout, _CSV_FIELDS, lineterminator="\n")
    writer.writeheader()
    for record in records:
        for attribution in record["attributions"]:
            writer.writerow(_csv_row(record["article"], attribution))
        sys.stdout.flush()


def _csv_row(article: Record, attribution: Record) -> dict[str, object]:
    speaker = attribution["speaker"] or {}
    fields = {
        **{name: attribution[name] for name in ("quote", "kind", "confidence")},
        **{name: article[name] for name in ("outlet", "published", "headline", "path")},
        **{name: speaker.get(name) for name in ("type", "role", "organisation")},
        "speaker": speaker.get("name"),
        "article": article["id"],
        "attribution": attribution["id"],
    }
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: object) -> object:
    return safe(value) if isinstance(value, str) else value


def _print_tables(records: Iterable[Record]) -> None:
    for record in records:
        show(_heading(record["article"]))
        if record["attributions"]:
            show(_quotes_table(record["attributions"]))
        if record["claims"]:
            show(_claims_table(record["claims"]))
        if not record["attributions"] and not record["claims"]:
            show(Text("No quotes and no figures.\n", style="dim"))


def _heading(article: Record) -> Text:
    where = "  ".join(filter(None, (field(article, "outlet"), field(article, "published"))))
    title = field(article, "headline") or field(article, "path")
    return Text.assemble((title, "bold"), f"  {where}\n" if where else "\n")


def _quotes_table(attributions: Iterable[Record]) -> Table:
    if is_narrow(out()):
        return table(None, ("Who", "Said"), map(_stacked_quote, attributions), airy=True)
    columns = ("Speaker", "Role", "Organisation", "Kind", "Said")
    return table(None, columns, (_flat_quote(a) for a in attributions))


def _stacked_quote(attribution: Record) -> tuple[Text, Text]:
    speaker = attribution["speaker"] or {}
    who = stacked(
        (speaker_name(speaker), "bold"),
        (speaker.get("role"), ""),
        (_other_organisation(speaker), "cyan"),
    )
    said = Text.assemble(one_line(attribution["quote"]), (f"  {attribution['kind']}", "dim"))
    return who, said


def _flat_quote(attribution: Record) -> tuple[str, ...]:
    speaker = attribution["speaker"] or {}
    who = (speaker_name(speaker), field(speaker, "role"), field(speaker, "organisation"))
    return *who, field(attribution, "kind"), one_line(attribution["quote"])


def speaker_name(speaker: Record) -> str:
    """The speaker as shown: a name, else what the text leaves of one."""
    name = field(speaker, "name")
    return name or (f"({speaker['type']})" if speaker.get("type") else "(unknown)")


def _other_organisation(speaker: Record) -> object:
    organisation = speaker.get("organisation")
    return organisation if organisation != speaker.get("name") else None


def _claims_table(claims: Iterable[Record]) -> Table:
    columns = ("Figure", "Of what", "Form", "Says who")
    return table(None, columns, (_claim_row(claim) for claim in claims))


def _claim_row(claim: Record) -> tuple[str, ...]:
    what = (claim["counted"] or claim["unit"], claim["direction"], claim["period"])
    said_by = claim["speaker"] or claim["organisation"]
    return (
        one_line(claim["text"]),
        ", ".join(one_line(part) for part in what if part),
        one_line(claim["form"]).replace("_", " "),
        one_line(said_by),
    )


_PRINTERS = {
    OutputFormat.TABLE: _print_tables,
    OutputFormat.JSONL: _print_jsonl,
    OutputFormat.JSON: _print_json,
    OutputFormat.CSV: _print_csv,
}
