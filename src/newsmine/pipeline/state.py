"""What an index has of each file, and what a build would do with it; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from newsmine.pipeline import inputs
from newsmine.pipeline.building import narrowed
from newsmine.pipeline.plan import Planned, State, plan, vanished
from newsmine.pipeline.work import Model, PathName, Work
from newsmine.progress import Skipped
from newsmine.types import Provenance

if TYPE_CHECKING:
    from newsmine.index import Index
    from newsmine.index.manifest import FileEntry, Manifest


@dataclass(frozen=True, slots=True)
class FileState:
    """A file of a build, or of the index alone.

    ``state`` is as in ``newsmine.pipeline.plan``, or ``vanished``: the index has its articles, and
    it is gone. The rest is of its last reading: how many articles it gave, by what it was made,
    what was left out and why.
    """

    path: str
    state: State | Literal["vanished"]
    articles: int = 0
    made_by: Provenance | None = None
    left_out: tuple[Skipped, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether a build would read it."""
        return self.state != "vanished" and Planned(self.path, self.state).is_read

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What could not be read of it."""
        return tuple(one for one in self.left_out if not one.passed_over)


def states(
    output: PathName,
    paths: PathName | Iterable[PathName] | None = None,
    *,
    model: Model = None,
    clean: bool = True,
    thoughts: bool = False,
    survey: PathName | None = None,
    only_topic: str | None = None,
) -> list[FileState]:
    """What a build with these settings would find of each file: first those on the disk.

    Args:
        output: The index.
        paths: Files, folders, glob patterns; ``None`` is all that were ever read.
        model: See ``Model``.
        clean: As for ``build``; so are the others.
        thoughts: See there.
        survey: See there.
        only_topic: See there.

    Raises:
        IndexFileError: The index cannot be opened.
        ReadError: The survey cannot be read.
        QueryError: There is no such topic.
        ModelError: The model is missing, damaged, or made for another version.
    """
    from newsmine.index import open_index

    work = Work.of(model=model, clean=clean, thoughts=thoughts, survey=survey)
    given = [paths] if isinstance(paths, str | Path) else None if paths is None else [*paths]
    with open_index(output) as index:
        settings = narrowed(work, only_topic, index).settings()
        return list(_states(index, given, settings))


def _states(
    index: Index, paths: list[PathName] | None, settings: Provenance
) -> Iterator[FileState]:
    manifest = index.manifest
    found = _recorded(manifest) if paths is None else inputs.find(paths)
    planned = list(plan(found, manifest, settings))
    for one in planned:
        yield _state(manifest, one.path, one.state, one.entry)
    for entry in vanished(manifest, planned, paths):
        yield _state(manifest, entry.path, "vanished", entry)


def _recorded(manifest: Manifest) -> Iterator[Path]:
    paths = (Path(entry.path) for entry in manifest.entries())
    return (path for path in paths if path.exists())


def _state(
    manifest: Manifest, path: str, state: State | Literal["vanished"], entry: FileEntry | None
) -> FileState:
    if entry is None:
        return FileState(path, state)
    left_out = tuple(manifest.left_out(entry.number))
    return FileState(path, state, entry.articles, entry.made_by, left_out)
