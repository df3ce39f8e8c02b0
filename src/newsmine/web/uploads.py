"""Builds that a browser asked for: one after the other, in a process of its own.

A process, because the model takes a core for itself, and readers shall not wait for it.
"""

from __future__ import annotations

import multiprocessing
import re
import secrets
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from newsmine.errors import IndexFileError, NewsmineError, QueryError
from newsmine.index.postgres import Address
from newsmine.progress import BuildSummary, Progress

State = Literal["waiting", "running", "done", "failed"]
Message = Progress | BuildSummary | str
Build = Callable[[Sequence[Path], Path, Callable[[Progress], None]], BuildSummary]
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Job:
    """One upload: its files, how far their build is, and what came of it."""

    id: str
    files: tuple[str, ...]
    state: State = "waiting"
    done: int = 0
    total: int = 0
    summary: BuildSummary | None = None
    problem: str | None = None


@dataclass(slots=True)
class Uploads:
    """The uploads of one run of the server.

    Files are kept in a folder beside the index, ``FILE.uploads``: articles point to them.
    """

    index: Path | Address
    jobs: dict[str, Job] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def folder(self) -> tuple[str, Path]:
        """The name of a new job and a new folder for its files."""
        if not isinstance(self.index, Path):
            remedy = "Put them there with `newsmine build`"
            raise IndexFileError(self.index, "takes no uploads yet", remedy)
        ident = secrets.token_hex(6)
        made = self.index.with_name(self.index.name + ".uploads") / ident
        made.mkdir(parents=True)
        return ident, made

    def start(self, ident: str, files: Sequence[Path]) -> Job:
        """Build these files into the index, when it is their turn."""
        job = Job(ident, tuple(path.name for path in files), total=len(files))
        self.jobs[ident] = job
        threading.Thread(target=self._run, args=(ident, list(files)), daemon=True).start()
        return job

    def job(self, ident: str) -> Job:
        """A job by its name.

        Raises:
            QueryError: There is none; the server may have been started anew.
        """
        if ident not in self.jobs:
            raise QueryError("upload", "is not known", "The index shows what has been added")
        return self.jobs[ident]

    def _run(self, ident: str, files: Sequence[Path]) -> None:
        with self._turn:
            self._update(ident, state="running")
            assert isinstance(self.index, Path), "no folder was made for the files"
            try:
                for message in _built(files, self.index):
                    self._take(ident, message)
            except OSError as error:
                self._update(ident, state="failed", problem=str(error))
            if self.jobs[ident].state == "running":
                self._update(ident, state="failed", problem="The build ended without a word")

    def _take(self, ident: str, message: Message) -> None:
        if isinstance(message, Progress):
            self._update(ident, done=message.done, total=message.total)
        elif isinstance(message, BuildSummary):
            self._update(ident, state="done", summary=message)
        else:
            self._update(ident, state="failed", problem=message)

    def _update(self, ident: str, **changes: object) -> None:
        self.jobs[ident] = replace(self.jobs[ident], **changes)  # type: ignore[arg-type]


def _built(files: Sequence[Path], index: Path) -> Iterable[Message]:
    """What a build in another process says, to its end."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(list(files), index, there), daemon=True)
    process.start()
    there.close()
    try:
        while True:
            yield here.recv()
    except EOFError:
        process.join()


def _work(files: list[Path], index: Path, tell: Connection) -> None:
    from newsmine.pipeline import build

    try:
        tell.send(build(files, index, on_progress=tell.send))
    except NewsmineError as error:
        tell.send(str(error))
    finally:
        tell.close()


def safe_name(given: str | None, taken: Iterable[str]) -> str:
    """A file's name as a browser gave it, without folders and signs, and not one that is taken."""
    plain = re.sub(r"[^\w.\- ]", "_", (given or "").replace("\\", "/").rpartition("/")[2])
    plain = plain.strip(". ") or "article.txt"
    stem, dot, suffix = plain.rpartition(".")
    stem, suffix = (stem, suffix[:12]) if dot else (plain, "")
    stem, known = stem[:LONGEST_NAME] or "article", set(taken)
    names = (f"{stem}{f'-{n}' if n else ''}{dot}{suffix}" for n in range(len(known) + 1))
    return next(name for name in names if name not in known)


def discard(folder: Path) -> None:
    """Remove the files of an upload that was refused."""
    shutil.rmtree(folder, ignore_errors=True)
