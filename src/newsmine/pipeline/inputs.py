"""The files of a batch, in a fixed order: paths as given, each folder's sorted, every file once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from newsmine.errors import ReadError
from newsmine.pipeline.work import STDIN, PathName, attempt
from newsmine.progress import Skipped

Input = Path | str | Skipped
"""A file; ``STDIN``; a path that names nothing."""


def find(paths: PathName | Iterable[PathName]) -> Iterator[Input]:
    """The files to read, each once. A path that names nothing is skipped, not the end of it."""
    from newsmine import ingest

    seen: set[Path] = set()
    for path in [paths] if isinstance(paths, str | Path) else paths:
        if str(path) == STDIN:
            yield STDIN
            continue
        found = attempt(path, lambda path=path: ingest.find_inputs([path]))  # type: ignore[misc]
        if isinstance(found, Skipped):
            yield found
            continue
        fresh = [file for file in found if file not in seen]
        seen.update(fresh)
        yield from fresh


def require_a_file(inputs: Iterable[Input]) -> None:
    """An index of nothing helps nobody: a mistyped path is an error, before anything is made.

    Raises:
        ReadError: There is no file among the inputs.
    """
    missing = None
    for item in inputs:
        reason = without_file(item)
        if reason is None:
            return
        missing = missing or reason
    if missing is None:
        raise ReadError("paths", "there are none", "Name files or folders of articles")
    raise ReadError(missing.path, missing.reason, missing.remedy)


def without_file(item: Input) -> Skipped | None:
    """Why an input has no file to be known by, where files are; ``None`` where it is one."""
    if item == STDIN:
        reason = "an article from standard input has no file to be known by"
        return Skipped(STDIN, reason, "Save it to a file and name that")
    return item if isinstance(item, Skipped) else None
