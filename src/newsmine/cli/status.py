"""``newsmine status``: which files an index has, as they are or not, and what a build would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from newsmine.cli.options import (
    Format,
    IndexFile,
    Model,
    NoClean,
    OnlyTopic,
    RowFormat,
    SurveyFile,
    Thoughts,
)
from newsmine.cli.rows import ON_SCREEN, print_found
from newsmine.cli.screen import facts, one_line, say, show, table

if TYPE_CHECKING:
    from newsmine.pipeline.state import FileState

EXAMPLES = (
    "newsmine status newsmine-demo.db",
    "newsmine build sample -o news.db; newsmine status news.db sample",
    "newsmine status news.db sample --format csv",
)

COLUMNS = (
    *("path", "state", "articles", "passed_over", "skipped"),
    *("newsmine", "model", "settings", "reasons"),
)

MEANING = {
    "done": "as they were read: left alone",
    "moved": "moved, else as they were: left alone",
    "copied": "copies of these: left alone",
    "new": "new: read",
    "changed": "changed since: read, articles replaced",
    "outdated": "read by another newsmine, model or settings: read again",
    "unfinished": "interrupted: gone on with",
    "unread": "nothing could be read: tried again",
    "unknown": "cannot be opened: tried",
    "vanished": "gone: their articles stay",
}


def status(
    file: IndexFile,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH...]",
            help="What would be built; else all files that were ever read.",
            show_default=False,
        ),
    ] = None,
    no_clean: NoClean = False,
    survey: SurveyFile = None,
    thoughts: Thoughts = False,
    model: Model = None,
    only_topic: OnlyTopic = None,
    format: Format = RowFormat.TABLE,
) -> None:
    """Print which files an index has, and what a build would do.

    It says what the same build command would do now, with the same options. Nothing is
    changed. csv and jsonl give every file, with what was skipped of it and why.
    """
    from newsmine.pipeline.state import states

    found = states(
        file,
        paths or None,
        model=model,
        clean=not no_clean,
        thoughts=thoughts,
        survey=survey,
        only_topic=only_topic,
    )
    if format is not RowFormat.TABLE:
        print_found(COLUMNS, map(_row, found), Table, format, cut=False)
        return
    show(facts(one_line(file), [*_held(file), *_made_by(found)]))
    show(facts("A build would find", _counted(found)))
    _show_files(found)


def _held(file: Any) -> Iterator[tuple[str, str]]:
    from newsmine.index import open_index

    with open_index(file) as index:
        info = index.info()
    for name in ("articles", "quotes", "claims"):
        yield name, f"{getattr(info, name):,}"


def _made_by(found: Iterable[FileState]) -> Iterator[tuple[str, str]]:
    """How many files were read by which newsmine and model."""
    made = Counter((one.made_by.newsmine, one.made_by.model) for one in found if one.made_by)
    for (newsmine, model), files in made.most_common():
        yield "read by", f"newsmine {one_line(newsmine)}, {one_line(model)}: {_files(files)}"


def _counted(found: Sequence[FileState]) -> Iterator[tuple[str, str]]:
    counts = Counter(one.state for one in found)
    for state, meaning in MEANING.items():
        if counts[state]:  # type: ignore[index]
            yield _files(counts[state]), meaning  # type: ignore[index]
    left_out = [skipped for one in found for skipped in one.left_out]
    passed_over = sum(one.passed_over for one in left_out)
    for count, what in (
        (passed_over, "articles passed over before, not about the topic"),
        (len(left_out) - passed_over, "skipped before, see below"),
    ):
        if count:
            yield f"{count:,}", what
    if not found:
        yield "0 files", "none is recorded; name what to build from"


def _files(count: int) -> str:
    return f"{count:,} file" + ("s" if count != 1 else "")


def _show_files(found: Iterable[FileState]) -> None:
    """The files that are not simply as they were, and why."""
    rows = [row for one in found for row in _lines(one)]
    if rows:
        show(table(None, ("File", "State", "Why", "What to do"), rows[:ON_SCREEN]))
    if len(rows) > ON_SCREEN:
        say(f"The first {ON_SCREEN} of {len(rows):,}. For all: --format csv.")


def _lines(one: FileState) -> Iterator[tuple[str, ...]]:
    state = one.state
    for skipped in one.skipped:
        told = (skipped.path, "skipped", skipped.reason, skipped.remedy)
        yield tuple(map(one_line, told))
    if state != "done" and not one.skipped:
        yield (one_line(one.path), state, "", "")


def _row(one: FileState) -> Mapping[str, Any]:
    made_by = one.made_by
    return {
        "path": one.path,
        "state": one.state,
        "articles": one.articles,
        "passed_over": len(one.left_out) - len(one.skipped),
        "skipped": len(one.skipped),
        "newsmine": made_by.newsmine if made_by else None,
        "model": made_by.model if made_by else None,
        "settings": dict(made_by.settings) if made_by else None,
        "reasons": [
            {"path": skipped.path, "reason": skipped.reason, "remedy": skipped.remedy}
            for skipped in one.left_out
        ],
    }
