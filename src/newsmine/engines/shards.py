"""Extraction into a folder of tables: what is done stays done, and many can do it side by side.

>>> extract_into("out", ["articles"], work=Work.of(), engine=Here())  # doctest: +SKIP

A run takes its share of the files, leaves out those whose results are in the folder already (the
same bytes, newsmine, model and settings), and writes the rest in parts (see ``parts``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from newsmine.engines.parts import (
    MANIFESTS,
    PREFIX,
    Entry,
    Manifest,
    PartWriter,
    Seen,
    manifests,
    newest,
    rows_in,
    sweep,
)
from newsmine.engines.tasks import Order, PartEngine, PartTask, grouped, size_of, tidy
from newsmine.errors import IndexFileError, QueryError
from newsmine.index.tables import pyarrow
from newsmine.index.texts import storable_path
from newsmine.pipeline import Engine, PathName, Work, inputs
from newsmine.progress import Outcome, Progress, Skipped

Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Shard:
    """The share of the files that one of several runs takes: its number, from 1, of how many.

    A file belongs to a share by a hash of its path as it was named, so runs that are given the same
    paths need not know of each other, and a file more moves no other one.
    """

    number: int = 1
    of: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """A share as it is typed: 3/8.

        Raises:
            QueryError: It is none.
        """
        match = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text.strip())
        if not match:
            raise QueryError(f"--shard {text}", "is no share", "Write which of how many: 1/4")
        shard = cls(int(match[1]), int(match[2]))
        if not 1 <= shard.number <= shard.of:
            remedy = f"They go from 1/{max(shard.of, 1)} to {max(shard.of, 1)}/{max(shard.of, 1)}"
            raise QueryError(f"--shard {text}", "there is no such share", remedy)
        return shard

    def holds(self, file: Path | str) -> bool:
        """Whether a file is in this share."""
        name = Path(file).as_posix().encode("utf-8", "surrogateescape")
        place = int.from_bytes(hashlib.sha256(name).digest()[:8], "big")
        return place % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}-of-{self.of}"


@dataclass(frozen=True, slots=True)
class ExtractSummary:
    """What a run did: files in its share, those that had to be read, articles in all.

    ``present`` are the articles of files that had not changed. ``skipped`` is of all files of the
    share, whenever they were read. ``vanished`` files have results in the folder, but are gone.
    """

    output: Path
    files: int = 0
    read: int = 0
    added: int = 0
    present: int = 0
    passed_over: int = 0
    skipped: tuple[Skipped, ...] = ()
    vanished: tuple[str, ...] = ()


def extract_into(
    output: PathName,
    paths: PathName | Iterable[PathName],
    *,
    work: Work,
    engine: Engine | PartEngine,
    shard: Shard | None = None,
    on_progress: Listener | None = None,
) -> ExtractSummary:
    """Extract articles into a folder of Parquet tables; run again, it does what is new or changed.

    Args:
        output: The folder: new, or with what an earlier run left in it.
        paths: Files, folders, glob patterns.
        work: What is done with each file.
        engine: Where it is done.
        shard: Which share of the files; ``None`` is all.
        on_progress: Called after each file, or after each part where workers write them.

    Raises:
        ReadError: None of the paths names a file; or what is in the folder cannot be read.
        IndexFileError: The folder is one of other things.
        ModelError: The model is missing, damaged, or made for another version.
        MissingPackageError: pyarrow is not installed.
    """
    pyarrow()
    folder = prepared(Path(output))
    share = shard or Shard()
    found = list(inputs.find(paths))
    inputs.require_a_file(found)
    run = _Run(Order(folder, work, work.settings()), share, on_progress)
    missing = tuple(item for item in map(inputs.without_file, found) if item)
    run.do(_files(found, folder, share), engine)
    return run.summary(missing)


def _files(found: Iterable[inputs.Input], folder: Path, share: Shard) -> list[Path]:
    """The files of a share, sorted; the tables in the folder are no articles."""
    own = folder.resolve()
    files = (item for item in found if isinstance(item, Path) and share.holds(item))
    return sorted(file for file in files if not _is_within(own, file))


def _is_within(folder: Path, file: Path) -> bool:
    # On a shared disk it takes long to resolve a path, so only those that can be are.
    return file.suffix in (".parquet", ".json") and folder in file.resolve().parents


def prepared(folder: Path) -> Path:
    """The folder, made where there is none.

    Raises:
        IndexFileError: It is no folder, or one of other things.
    """
    if folder.exists() and not folder.is_dir():
        raise IndexFileError(folder, "is a file, not a folder for results", "Name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    others = [one.name for one in folder.iterdir() if not one.name.startswith((".", PREFIX))]
    if others and MANIFESTS not in others:
        reason = f"holds other things ({min(others)}), no results"
        raise IndexFileError(folder, reason, "Name a new folder for the results")
    sweep(folder)
    return folder


@dataclass(slots=True)
class _Run:
    order: Order
    share: Shard
    listener: Listener | None
    files: list[Path] = field(default_factory=list)
    pending: set[str] = field(default_factory=set)
    done: int = 0
    articles: int = 0
    read: int = 0
    to_read: int = 0

    def do(self, files: list[Path], engine: Engine | PartEngine) -> None:
        self.files = files
        known = newest(manifests(self.order.folder))
        pending = [file for file in files if not self._is_done(file, known)]
        self.pending = set(map(str, pending))
        self.done = len(files) - len(pending)
        self.to_read = sum(map(size_of, pending))
        spread = isinstance(engine, PartEngine)
        tasks = [
            PartTask(self._name(group), tuple(map(str, group)))
            for group in grouped(pending, spread=spread)
        ]
        if isinstance(engine, PartEngine):
            for manifest in engine.write(self.order, tasks):
                for file, entry in manifest.files.items():
                    self._tell(file, entry)
        elif tasks:
            self._write(tasks, engine)
        own = PREFIX if self.share.of == 1 else f"{PREFIX}{self.share}-"
        tidy(self.order.folder, own)
        sweep(self.order.folder)

    def _is_done(self, file: Path, known: Mapping[str, Manifest]) -> bool:
        manifest = known.get(str(file))
        if manifest is None or manifest.made_by != self.order.made_by:
            return False
        entry = manifest.files[str(file)]
        # Of what gave nothing the reason may be gone: a program was installed, a disk is back.
        if entry.sha256 is None or (entry.skipped and not entry.articles):
            return False
        return entry.sha256 == Seen.now(file).sha256

    def _name(self, files: Iterable[Path]) -> str:
        """The same for the same files and settings, so that a part done twice is there once."""
        made_by = self.order.made_by
        told = [made_by.newsmine, made_by.model, *map(str, sorted(made_by.settings.items()))]
        digest = hashlib.sha256("\0".join([*told, *map(str, files)]).encode("utf-8", "replace"))
        return f"{PREFIX}{self.share}-{digest.hexdigest()[:12]}"

    def _write(self, tasks: Sequence[PartTask], engine: Engine) -> None:
        seen: dict[str, Seen] = {}

        def looked_at() -> Iterator[Path]:
            # Before the work on it begins: a file that changes meanwhile is done again next time.
            for file in (Path(file) for task in tasks for file in task.files):
                seen[str(file)] = Seen.now(file)
                yield file

        with closing(engine.map(self.order.work, looked_at())) as results:
            for task in tasks:
                with PartWriter(self.order.folder, task.name, self.order.made_by) as part:
                    for file in task.files:
                        _, items = next(results)
                        self._tell(file, part.add(seen.pop(file), items))

    def _tell(self, file: str, entry: Entry) -> None:
        self.done += 1
        self.articles += entry.articles + entry.passed_over
        self.read += entry.size
        if self.listener:
            outcome: Outcome = "added" if entry.articles else "skipped"
            far = (self.articles, self.read, self.to_read)
            self.listener(Progress(self.done, len(self.files), file, outcome, *far))

    def summary(self, missing: tuple[Skipped, ...]) -> ExtractSummary:
        known = newest(manifests(self.order.folder))
        own = {str(file): known[str(file)].files[str(file)] for file in self.files}
        return ExtractSummary(
            output=self.order.folder,
            files=len(own),
            read=len(self.pending),
            added=sum(own[file].articles for file in self.pending),
            present=sum(entry.articles for file, entry in own.items() if file not in self.pending),
            passed_over=sum(entry.passed_over for entry in own.values()),
            skipped=missing + tuple(_skipped(known, own)),
            vanished=tuple(f for f in known if self.share.holds(f) and not Path(f).exists()),
        )


def _skipped(known: Mapping[str, Manifest], own: Mapping[str, Entry]) -> Iterator[Skipped]:
    """What was skipped of some files, out of their parts."""
    wanted = {file for file, entry in own.items() if entry.skipped}
    for manifest in {known[file].name: known[file] for file in sorted(wanted)}.values():
        names = {storable_path(file) for file in wanted if known[file] is manifest}
        for file, _, item in rows_in(manifest):
            if file in names and isinstance(item, Skipped) and not item.passed_over:
                yield item
