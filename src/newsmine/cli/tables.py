"""What ``newsmine extract`` writes instead of printing: a folder of tables, by some engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from newsmine.cli.articles import SOME_SKIPPED
from newsmine.cli.build import engine_of, watched
from newsmine.cli.screen import facts, one_line, say, show
from newsmine.errors import QueryError
from newsmine.pipeline import Here, Work
from newsmine.progress import Skipped

if TYPE_CHECKING:
    from newsmine.engines.shards import ExtractSummary
    from newsmine.engines.tasks import PartEngine
    from newsmine.pipeline import Engine

_NAMED = 20
"""Skipped files that are named; the tables have all."""


class EngineName(StrEnum):
    """Where the articles are read."""

    LOCAL = "local"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class Settings:
    """How articles are read; fields as in ``newsmine.pipeline.extract_paths``."""

    model: str | None
    clean: bool
    thoughts: bool
    survey: Path | None
    only_topic: str | None


@dataclass(frozen=True, slots=True)
class Where:
    """Where it is done, as it was typed."""

    engine: EngineName
    master: str | None
    shard: str | None
    workers: str

    def made(self) -> Engine | PartEngine:
        """The engine.

        Raises:
            QueryError: The options make no sense together.
        """
        if self.engine is EngineName.SPARK:
            from newsmine.engines.spark import Spark

            if self.workers != "1":
                remedy = "Say how many cores with --master local[4], or in Spark's configuration"
                raise QueryError("--workers", "is for --engine local", remedy)
            return Spark(self.master)
        if self.master:
            raise QueryError("--master", "is for Spark alone", "Add --engine spark")
        return engine_of(self.workers) or Here()


def write_tables(
    paths: Sequence[str], output: Path | None, settings: Settings, where: Where
) -> None:
    """Extract into a folder, which is the last path unless it is given; say what was done."""
    from newsmine.engines.shards import Shard, extract_into
    from newsmine.index.postgres import is_address

    given, folder = (paths, output) if output else (paths[:-1], Path(paths[-1]))
    if not given:
        remedy = "Name a folder for the results behind the articles, or with -o"
        raise QueryError(paths[-1], "is the only path", remedy)
    if is_address(folder):
        remedy = "Name a folder; `newsmine build -o` takes the address of a server"
        raise QueryError("extract", "writes into a folder, not onto a server", remedy)
    engine, shard = where.made(), Shard.parse(where.shard) if where.shard else None
    with watched(folder, "the parts that are whole are kept") as on_progress:
        summary = extract_into(
            folder,
            given,
            work=Work.of(**asdict(settings)),
            engine=engine,
            shard=shard,
            on_progress=on_progress,
        )
    _say_what_was_done(summary)
    if summary.skipped:
        raise typer.Exit(SOME_SKIPPED)


def _say_what_was_done(summary: ExtractSummary) -> None:
    for skipped in summary.skipped[:_NAMED]:
        tell_skipped(skipped)
    if len(summary.skipped) > _NAMED:
        say(f"newsmine: {len(summary.skipped) - _NAMED:,} more; the column reason has them all.")
    rows = {
        "files": summary.files,
        "files read now": summary.read,
        "articles": summary.added,
        "articles there already": summary.present,
        "articles passed over": summary.passed_over,
        "files gone, results still there": len(summary.vanished),
        "skipped": len(summary.skipped),
    }
    shown = ((name, f"{count:,}") for name, count in rows.items() if count or name == "files")
    show(facts(one_line(summary.output), shown))


def tell_skipped(skipped: Skipped) -> None:
    """A line about an input that gave no article."""
    say(f"newsmine: {skipped.path}: {skipped.reason}. {skipped.remedy}. Skipped.")
