"""One process beside this one: how it is started, what it does, and how it ends."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Process, get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Lock, Thread
from types import ModuleType
from typing import Generic, TypeVar

from newsmine.pipeline.engine import File
from newsmine.pipeline.work import Work

BEGIN, ITEM, END, ERROR = b"b", b"i", b"e", b"x"
"""How a message of a worker begins: it is at a file now; an item of it, its end; what stops all."""

_ONE_THREAD = (
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"),
    # Tesseract's, which a worker starts as a program; and the tokenizer's.
    *("OMP_THREAD_LIMIT", "RAYON_NUM_THREADS"),
)
_PIPE = 1 << 20
"""Bytes of results that a worker can be ahead of the writer."""
_SECONDS_TO_DIE = 5.0

Job = TypeVar("Job")


class Worker(Generic[Job]):
    """A process and the jobs that it has in hand, the first one now. Start it before use.

    ``has_begun`` says that it is at that one: before, a death is no fault of the job's.
    """

    results: Connection
    _tasks: Connection
    _process: Process

    def __init__(self, work: bytes) -> None:
        self._work = work
        self.jobs: deque[Job] = deque()
        self.has_begun = False

    @property
    def job(self) -> Job | None:
        """What it is at."""
        return self.jobs[0] if self.jobs else None

    def start(self) -> None:
        """Start the process."""
        context = get_context("spawn")
        tasks, self._tasks = context.Pipe(duplex=False)
        self.results, results = context.Pipe(duplex=False)
        _widen(results)
        self._process = context.Process(  # type: ignore[assignment]
            target=serve, args=(self._work, tasks, results), name="newsmine-worker", daemon=True
        )
        with _FOR_STARTING, _without_main(), _deaf_to_interrupts():
            self._process.start()
        # Only the process holds these ends now: when it is gone, so is the other end.
        tasks.close()
        results.close()

    def give(self, job: Job, file: File, start: int) -> bool:
        """Give it a job to do; false where it is dead."""
        self.jobs.append(job)
        try:
            self._tasks.send((file, start))
        except OSError:
            return False
        return True

    def end(self) -> None:
        """End it at once."""
        self._tasks.close()
        self.results.close()
        self._process.kill()
        self._process.join()
        self._process.close()

    def how_it_died(self) -> str:
        """Clear away a process that is dead, or is about to be: its pipe is closed."""
        self._process.join(_SECONDS_TO_DIE)
        code = self._process.exitcode
        self.end()
        return "it closed its pipe" if code is None else _told(code)


def _told(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {-code}, {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


_FOR_STARTING = Lock()


@contextmanager
def _without_main() -> Iterator[None]:
    """Let the new process not run the caller's script again, which may have no guard for that."""
    held = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = held


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ctrl-C goes to all processes of a terminal; it is for this one to end the others.

    A signal mask is inherited, so that the new process does not hear it even while it starts.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # Starting it, which the first process does, would take the mask away.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _widen(pipe: Connection) -> None:
    """Let a pipe hold more than the usual 64 KB, which is one long article; Linux only."""
    try:
        import fcntl

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
    except (ImportError, AttributeError, OSError):
        """It works as it is."""


def serve(work: bytes, tasks: Connection, results: Connection) -> None:
    """What the process does: one file after the other, until nobody listens."""
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        _serve(pickle.loads(work), tasks, results)
    except (EOFError, BrokenPipeError):
        """The writer is gone, or wants no more."""
    except Exception as error:  # noqa: BLE001 - it is raised again by who listens
        results.send_bytes(ERROR + _pickled(error))


def _serve(work: Work, tasks: Connection, results: Connection) -> None:
    # Whoever is killed while it loads the model dies of no file.
    work.made_by()
    while True:
        file, start = tasks.recv()
        results.send_bytes(BEGIN)
        for item in work(file, start=start):
            results.send_bytes(ITEM + pickle.dumps(item, pickle.HIGHEST_PROTOCOL))
        results.send_bytes(END)


def _end_with_parent() -> None:
    """Leave no orphan, not even one in the middle of a long page."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _pickled(error: Exception) -> bytes:
    error.add_note("In a worker:\n" + "".join(traceback.format_exception(error)))
    try:
        data = pickle.dumps(error)
        pickle.loads(data)
    except Exception:  # noqa: BLE001 - an exception's own pickling can fail in any way
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return data
