"""``newsmine build``: articles into an index, with a progress bar; it can go on later."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import (
    Progress as Bar,
)
from rich.text import Text

from newsmine.cli.options import Model, NoClean, Paths, SurveyFile, Thoughts
from newsmine.cli.screen import err, facts, one_line, show, table
from newsmine.errors import NewsmineError
from newsmine.pipeline import build as build_index
from newsmine.progress import BuildSummary, Progress, Skipped

EXAMPLES = (
    "newsmine demo --articles sample",
    "newsmine build sample -o news.db",
    "newsmine build 'sample/0*.txt' sample/12*.txt -o few.db",
)


SOME_SKIPPED = 3
_LOG_EVERY = 30.0
"""Seconds between progress lines where stderr is a file and no bar can be drawn."""


class InterruptedBuildError(NewsmineError):
    """The user pressed Ctrl-C."""

    exit_code = 130


def build(
    paths: Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The index: new, or to add to.")
    ],
    no_clean: NoClean = False,
    survey: SurveyFile = None,
    thoughts: Thoughts = False,
    model: Model = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Extract anew what is there; judgements stay.")
    ] = False,
) -> None:
    """Put articles into one searchable file.

    Run it again to go on or to add: articles already there are not read twice. What cannot
    be read is skipped and listed at the end; then the exit code is 3.

    With --rebuild each article is extracted anew in its place; corrections are applied again.
    """
    watch = _Watch()
    try:
        with progress(err()) as on_progress:
            summary = build_index(
                paths,
                output,
                model=model,
                clean=not no_clean,
                thoughts=thoughts,
                survey=survey,
                rebuild=rebuild,
                on_progress=lambda step: on_progress(watch.see(step)),
            )
    except KeyboardInterrupt:
        raise InterruptedBuildError(
            output, watch.so_far(), "Run the same command again to go on"
        ) from None
    _show_skipped(summary.skipped)
    _show_summary(summary)
    if summary.skipped:
        raise typer.Exit(SOME_SKIPPED)


class _Watch:
    """Remembers the last step, to say how far an interrupted build came."""

    def __init__(self) -> None:
        self._last: Progress | None = None

    def see(self, step: Progress) -> Progress:
        self._last = step
        return step

    def so_far(self) -> str:
        if self._last is None:
            return "interrupted before the first article; the index is whole"
        done = f"{self._last.done} of {self._last.total} files"
        return f"interrupted after {done}; the index is whole"


@contextmanager
def progress(console: Console) -> Iterator[Callable[[Progress], None]]:
    if not console.is_terminal:
        yield _Log(console)
        return
    columns = (
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda step: bar.update(
            task, completed=step.done, total=step.total, description=_short(step.path)
        )


class _RateColumn(ProgressColumn):
    """Files a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


class _Log:
    """A line now and then, for a build whose stderr goes to a file."""

    def __init__(self, console: Console) -> None:
        self._console, self._start = console, time.monotonic()
        self._next = self._start + _LOG_EVERY

    def __call__(self, step: Progress) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _LOG_EVERY
        rate = step.done / (now - self._start)
        left = (step.total - step.done) / rate
        self._console.print(
            f"{step.done} of {step.total} files, {rate:.1f} a second, {left:.0f} s left"
        )


def _short(path: str) -> str:
    return one_line(Path(path).name)[-40:]


def _show_skipped(skipped: tuple[Skipped, ...]) -> None:
    if not skipped:
        return
    rows = [(one_line(s.path), one_line(s.reason), one_line(s.remedy)) for s in skipped]
    err().print(table("Skipped", ("File", "Why", "What to do"), rows))


def _show_summary(summary: BuildSummary) -> None:
    rows = {
        "files read": summary.files - len({skipped.path for skipped in summary.skipped}),
        "articles added": summary.added,
        "articles replaced": summary.replaced,
        "articles there already": summary.present,
        "skipped": len(summary.skipped),
    }
    shown = ((name, f"{count:,}") for name, count in rows.items() if count)
    show(facts(one_line(summary.output), shown))
