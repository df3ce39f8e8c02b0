"""A run's files in parts: what is to be written, by whom, and how a worker does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from newsmine.engines.parts import (
    Entry,
    Manifest,
    PartWriter,
    Seen,
    files_in,
    manifest_in,
    manifest_path,
    manifests,
    newest,
)
from newsmine.engines.trail import Trail
from newsmine.errors import ModelError
from newsmine.pipeline import Work
from newsmine.types import Provenance

PART_FILES, PART_BYTES = 200, 16_000_000
"""A part holds so many files, or so many bytes of them: what an interruption can cost."""
_PARTS = 64
"""Where workers write parts, there are so many if there are as many files: work for all."""


@dataclass(frozen=True, slots=True)
class PartTask:
    """The files of a part to be written."""

    name: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What a run wants done, whoever does it: it can be pickled as far as ``work`` can.

    ``checked`` workers have the newsmine and model of ``made_by``, or say so.
    """

    folder: Path
    work: Work
    made_by: Provenance
    checked: bool = True


@runtime_checkable
class PartEngine(Protocol):
    """An engine whose workers write the parts themselves, on a disk that all of them share."""

    def write(self, order: Order, tasks: Sequence[PartTask]) -> Iterator[Manifest]:
        """Have the parts written; each one's manifest when it is whole, in any order."""


def grouped(files: Sequence[Path], *, spread: bool = False) -> Iterator[list[Path]]:
    """Files by part, in their order; ``spread`` over several workers."""
    most = min(PART_FILES, max(1, len(files) // _PARTS)) if spread else PART_FILES
    group: list[Path] = []
    size = 0
    for file in files:
        if group and (len(group) >= most or size >= PART_BYTES):
            yield group
            group, size = [], 0
        group.append(file)
        size += size_of(file)
    if group:
        yield group


def size_of(file: Path) -> int:
    """A file's bytes; 0 where it is none or cannot be looked at."""
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:
        return 0


def write_part(order: Order, task: PartTask, *, careful: bool = False) -> None:
    """Write one part: what a worker of a ``PartEngine`` does. A part that is there stays.

    Args:
        order: What the run wants.
        task: The part.
        careful: A worker died of it before. Then it notes where it is, and what ended it twice at
            the same place is skipped.

    Raises:
        ModelError: This machine has another newsmine or model than that which gave the order.
    """
    if _is_there(order, task):
        return
    if order.checked:
        _check(order.work.settings(), order.made_by)
    trail = Trail(order.folder / f".{task.name}.trail")
    work = trail.followed(order.work) if careful or trail.path.exists() else order.work
    with PartWriter(order.folder, task.name, order.made_by) as part:
        for file in task.files:
            part.add(Seen.now(file), work(file))
    trail.path.unlink(missing_ok=True)


def _check(here: Provenance, wanted: Provenance) -> None:
    if here != wanted:
        told = f"{here.newsmine} with {here.model}, not {wanted.newsmine} with {wanted.model}"
        raise ModelError("a worker", f"has newsmine {told}", "Install the same on all machines")


def _is_there(order: Order, task: PartTask) -> bool:
    """Whether an earlier attempt left the part whole, of the files as they are."""
    path = manifest_path(order.folder, task.name)
    if not path.exists() or not (order.folder / f"{task.name}.parquet").exists():
        return False
    part = manifest_in(path)
    if tuple(part.files) != task.files or part.made_by != order.made_by:
        return False
    return all(e.sha256 and e.sha256 == Seen.now(file).sha256 for file, e in part.files.items())


def tidy(folder: Path, prefix: str) -> None:
    """Take out of parts what newer ones have anew, so that whoever reads the tables sees it once.

    Only parts whose names begin with ``prefix``: of several runs at a time each keeps to its own,
    lest two rewrite the same.
    """
    found = manifests(folder, prefix)
    known = newest(found)
    for manifest in found:
        kept = {file: e for file, e in manifest.files.items() if known[file] is manifest}
        if not kept:
            # The manifest first: a table without one does not count.
            manifest.path.unlink(missing_ok=True)
            manifest.table.unlink(missing_ok=True)
        elif len(kept) < len(manifest.files):
            _rewrite(manifest, kept)


def _rewrite(old: Manifest, kept: Mapping[str, Entry]) -> None:
    with PartWriter(old.folder, old.name, old.made_by, written=old.written) as part:
        for file, items in files_in(old):
            if file in kept:
                part.add(Seen(file, kept[file].sha256, kept[file].size), items)
