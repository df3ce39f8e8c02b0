"""``newsmine build``: articles into an index, with progress and time left; it can go on later."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from newsmine.cli.articles import SOME_SKIPPED
from newsmine.cli.options import (
    AnyPaths,
    FromParquet,
    Model,
    NoClean,
    OnlyTopic,
    SurveyFile,
    Thoughts,
    Workers,
    place,
)
from newsmine.cli.screen import err, facts, one_line, say, show, table
from newsmine.errors import NewsmineError, QueryError
from newsmine.pipeline import Engine
from newsmine.pipeline import build as build_index
from newsmine.progress import BuildSummary, Progress, Skipped

EXAMPLES = (
    "newsmine demo --articles sample",
    "newsmine build sample -o news.db",
    "newsmine build 'sample/0*.txt' sample/12*.txt -o few.db",
    "newsmine build sample -o grooming.db --only-topic grooming --workers 2",
    "newsmine extract sample/0*.txt -o results",
    "newsmine build --from-parquet results -o gathered.db",
)


MOST_WORKERS = 512
_NAMED = 5
"""Vanished files that are named; `newsmine status` lists all."""
_LOG_EVERY = 30.0
"""Seconds between progress lines where stderr is a file and no bar can be drawn."""


class InterruptedBuildError(NewsmineError):
    """The user pressed Ctrl-C."""

    exit_code = 130


def build(
    output: Annotated[
        Path,
        typer.Option(
            *("--output", "-o", "--index"),
            parser=place,
            metavar="FILE",
            help="The index: new, or to add to; postgresql://USER@HOST/DATABASE on a server.",
        ),
    ],
    paths: AnyPaths = None,
    from_parquet: FromParquet = None,
    no_clean: NoClean = False,
    survey: SurveyFile = None,
    thoughts: Thoughts = False,
    model: Model = None,
    only_topic: OnlyTopic = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Extract anew what is there; judgements stay.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove the articles of files that are gone.")
    ] = False,
    workers: Workers = "1",
) -> None:
    """Put articles into one searchable file.

    Run it again to go on or to add: only files that are new or changed are read. What cannot
    be read is skipped and listed at the end; then the exit code is 3.

    With --rebuild each article is extracted anew in its place; corrections are applied again.
    """
    extracting = {
        **{"model": model, "clean": not no_clean, "thoughts": thoughts, "survey": survey},
        **{"only_topic": only_topic, "rebuild": rebuild, "prune": prune},
        "engine": engine_of(workers),
    }
    make = maker(paths, from_parquet, extracting)
    with watched(output, "the index is whole") as on_progress:
        summary = make(output, on_progress=on_progress)
    _show_skipped(summary.skipped)
    _tell_vanished(summary.vanished)
    _show_summary(summary)
    if summary.skipped:
        raise typer.Exit(SOME_SKIPPED)


def maker(
    paths: list[str] | None, results: list[Path] | None, extracting: Mapping[str, Any]
) -> Callable[..., BuildSummary]:
    """What makes the index: out of articles, or out of results that are there.

    Raises:
        QueryError: Neither is given, or both, or how to extract what is extracted already.
    """
    if not results:
        if not paths:
            raise QueryError("PATH", "there is none", "Name articles, or results: --from-parquet")
        return partial(build_index, paths, **extracting)
    from newsmine.engines.gather import build_from

    if paths or any({**extracting, "clean": not extracting["clean"]}.values()):
        remedy = "Leave out articles and how to read them; newsmine extract takes both"
        raise QueryError("--from-parquet", "takes results as they are", remedy)
    return partial(build_from, results)


def engine_of(workers: str) -> Engine | None:
    """The engine of so many processes, as they are typed; this process where it is one.

    Raises:
        QueryError: It is no number.
    """
    from newsmine.engines import local

    if workers == "auto":
        count = min(local.cores(), MOST_WORKERS)
    else:
        count = int(workers) if re.fullmatch("[0-9]{1,9}", workers) else 0
    if not 1 <= count <= MOST_WORKERS:
        reason = f"{workers[:20]!r} is no number of processes"
        raise QueryError("--workers", reason, f"Give 1 to {MOST_WORKERS}, or auto")
    return None if count == 1 else local.Workers(count)


@contextmanager
def watched(made: Path, kept: str) -> Iterator[Callable[[Progress], None]]:
    """Show the progress of what is made; Ctrl-C ends it with a word on how far it came.

    Raises:
        InterruptedBuildError: Ctrl-C was pressed.
    """
    last: Progress | None = None
    with progress(err()) as shown:

        def see(step: Progress) -> None:
            nonlocal last
            last = step
            shown(step)

        try:
            yield see
        except KeyboardInterrupt:
            so_far = f"interrupted {_how_far(last)}; {kept}"
            remedy = "Run the same command again to go on"
            raise InterruptedBuildError(made, so_far, remedy) from None


def _how_far(last: Progress | None) -> str:
    return f"after {last.done} of {last.total} files" if last else "before the first article"


@contextmanager
def progress(console: Console) -> Iterator[Callable[[Progress], None]]:
    pace = _Pace()
    if not console.is_terminal:
        yield _Log(console, pace)
        return
    columns = (BarColumn(bar_width=30), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda step: bar.update(
            task,
            completed=step.read,
            total=step.to_read,
            description=f"{pace.told(step)}  {_short(step.path)}",
        )


class _Pace:
    """How far it is, how fast it was so far, and how long it will take if it stays so.

    Articles are what is counted; how much is left is known in bytes, of files that have to be read.
    Time begins with the first of these: those before them, that are left as they are, fly past.
    """

    def __init__(self) -> None:
        self._start = time.monotonic()

    def told(self, step: Progress) -> str:
        files = f"{min(step.done, step.total):,}/{step.total:,} files"
        if not step.articles:
            self._start = time.monotonic()
            return files
        spent = time.monotonic() - self._start
        rate = f"{step.articles / spent:.1f}/s" if spent > 1 else ""
        left = f"{_duration(self._left(step, spent))} left" if spent > 1 and step.read else ""
        parts = (files, f"{step.articles:,} articles", rate, left)
        return "  ".join(part for part in parts if part)

    @staticmethod
    def _left(step: Progress, spent: float) -> float:
        # More can be read than there was: a file grew, or has pages beside it.
        return max(0, step.to_read - step.read) * spent / step.read


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Log:
    """A line now and then, for a build whose stderr goes to a file."""

    def __init__(self, console: Console, pace: _Pace) -> None:
        self._console, self._pace = console, pace
        self._next = time.monotonic() + _LOG_EVERY

    def __call__(self, step: Progress) -> None:
        told = self._pace.told(step)
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _LOG_EVERY
            self._console.print(told)


def _short(path: str) -> str:
    return one_line(Path(path).name)[-40:]


def _show_skipped(skipped: tuple[Skipped, ...]) -> None:
    if not skipped:
        return
    rows = [(one_line(s.path), one_line(s.reason), one_line(s.remedy)) for s in skipped]
    err().print(table("Skipped", ("File", "Why", "What to do"), rows))


def _tell_vanished(paths: tuple[str, ...]) -> None:
    if not paths:
        return
    named = ", ".join(map(one_line, paths[:_NAMED])) + (", ..." if len(paths) > _NAMED else "")
    say(f"Gone since they were read, their articles are still in the index: {named}")


def _show_summary(summary: BuildSummary) -> None:
    rows = {
        "files": summary.files - len({skipped.path for skipped in summary.skipped}),
        "articles added": summary.added,
        "articles replaced": summary.replaced,
        "articles there already": summary.present,
        "articles passed over": summary.passed_over,
        "articles removed, no more in their files": summary.removed,
        "files gone": len(summary.vanished),
        "skipped": len(summary.skipped),
    }
    shown = ((name, f"{count:,}") for name, count in rows.items() if count)
    show(facts(one_line(summary.output), shown))
