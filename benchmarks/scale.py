"""From measured figures to millions of articles: cores, hours, disk, money.

  python -m benchmarks.scale benchmarks/results/REPORT.json [--words 600] [--price 0.04]

Takes the report of ``make bench`` (or the JSON of ``python -m benchmarks.archive``) and prints the
tables of docs/scale.md. Extraction grows with words, and with cores as far as two were measured;
the index grows with words as well, and is written by one process. What a machine costs an hour is
the reader's own figure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SIZES = (20_000, 1_000_000, 100_000_000)
"""Articles: a project's, a newspaper's since it began, a national library's."""
WAYS = (("one laptop", 4), ("one server", 32), ("a job array or Spark", 512))
"""Where it runs, and on how many cores."""
DAY = 24.0
"""Hours."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one machine did.

    Attributes:
        words: Words a second of one core, extraction and all.
        added: Words a second that one writer takes.
        at_end: Seconds an article of what a build does when all are in.
        stored: Bytes of the index a word.
    """

    words: float
    added: float
    at_end: float
    stored: float

    @classmethod
    def of(cls, figures: Mapping[str, float]) -> Measured:
        """From the flat figures of ``benchmarks.archive``.

        Raises:
            KeyError: One of them is missing.
        """
        articles, one = figures["articles"], figures["workers_1/seconds"]
        share = figures["workers_1/end_share"]
        return cls(
            words=figures["words"] / (one * (1 - share)),
            added=figures["writer/articles_a_second"] * figures["words"] / articles,
            at_end=one * share / articles,
            stored=figures["bytes"] / figures["words"],
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """An archive, somewhere.

    Attributes:
        extraction: Hours.
        index: Hours of one writer: it runs beside the extraction, what is done at the end after it.
        gigabytes: Of the index.
        core_hours: That have to be paid.
    """

    extraction: float
    index: float
    gigabytes: float
    core_hours: float

    @property
    def hours(self) -> float:
        """From the start to the index."""
        return max(self.extraction, self.index)


def plan(measured: Measured, articles: int, words: int, cores: int) -> Plan:
    """What an archive takes.

    Args:
        measured: On one machine.
        articles: How many.
        words: In each.
        cores: That extract.
    """
    core_seconds = articles * words / measured.words
    writer = articles * (words / measured.added + measured.at_end)
    return Plan(
        extraction=core_seconds / cores / 3600,
        index=writer / 3600,
        gigabytes=articles * words * measured.stored / 1e9,
        core_hours=(core_seconds + writer) / 3600,
    )


def table(measured: Measured, words: int, price: float) -> Iterator[str]:
    """The lines of a table in Markdown."""
    yield "| articles | where | cores | extraction | index, one writer | disk | core hours | $ |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for articles in SIZES:
        for where, cores in WAYS:
            found = plan(measured, articles, words, cores)
            yield (
                f"| {articles:,} | {where} | {cores} | {time(found.extraction)} "
                f"| {time(found.index)} | {found.gigabytes:,.1f} GB | {found.core_hours:,.0f} "
                f"| {found.core_hours * price:,.0f} |"
            )


def time(hours: float) -> str:
    """Hours in the unit that people would say."""
    if hours < 1:
        return f"{60 * hours:.0f} min"
    return f"{hours:.1f} h" if hours < 2 * DAY else f"{hours / DAY:,.0f} days"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures that were measured, and the table; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("report", type=Path)
    parser.add_argument("--words", type=int, default=600, help="of an article")
    parser.add_argument("--price", type=float, default=0.04, help="of a core for an hour")
    options = parser.parse_args(arguments)
    try:
        measured = Measured.of(archive_figures(json.loads(options.report.read_text("utf-8"))))
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"{options.report}: no figures of benchmarks.archive in it ({error})\n")
        return 1
    sys.stdout.write(
        f"{measured.words:,.0f} words a second on a core; one writer adds {measured.added:,.0f} "
        f"words a second, and takes {1000 * measured.at_end:.1f} ms an article at the end; "
        f"{measured.stored:,.0f} bytes of index a word\n\n"
    )
    sys.stdout.writelines(f"{line}\n" for line in table(measured, options.words, options.price))
    return 0


def archive_figures(report: Mapping[str, object]) -> dict[str, float]:
    """The flat figures, out of a report of all benchmarks or of this one alone."""
    from benchmarks.report import flat

    figures = report.get("figures", report)
    assert isinstance(figures, Mapping)
    return dict(flat(figures.get("archive", figures)))


if __name__ == "__main__":
    sys.exit(main())
