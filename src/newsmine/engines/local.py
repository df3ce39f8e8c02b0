"""Articles extracted by several processes of this machine, one core and one model each.

Results come in the order of the files. Those of files that are ahead wait as bytes in a window of
bounded size; where it is full, their workers wait. So memory is flat however many files there are
and however much is in one of them, and the one writer is never overrun.

A worker that dies is replaced, and its file goes on with the first article that had not come out.
Workers take nothing from the caller's script, so it needs no ``if __name__ == "__main__"``.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait

from newsmine.engines.local_worker import BEGIN, END, ERROR, ITEM, Worker
from newsmine.errors import NewsmineError
from newsmine.pipeline.engine import File, Results
from newsmine.pipeline.work import Item, Work
from newsmine.progress import Skipped

WINDOW = 32 << 20
"""Bytes of results that wait for those before them, at most; about a thousand articles."""
_FILES_AHEAD = 1000
_IN_HAND = 2
"""Files that a worker is given at once, so that it never waits for the writer."""
_TRIES = 3
"""How often an article may end its worker before it is skipped."""
_DEATHS_IN_A_ROW = 12
"""Without a single result between them, workers that die are no matter of one file."""

_MEMORY_EACH = 1 << 30


def cores() -> int:
    """How many workers this machine has cores and memory for."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return usable or 1
    return max(1, min(usable or 1, memory // _MEMORY_EACH))


class Workers:
    """An engine of several processes.

    Args:
        count: How many; ``None`` is one a core.
    """

    def __init__(self, count: int | None = None) -> None:
        self.count = cores() if count is None else count
        if self.count < 1:
            raise ValueError(f"{count} workers are none")

    def map(self, work: Work, files: Iterable[File]) -> Results:
        """What is in each file, in the order of the files.

        Raises:
            NewsmineError: The work cannot be given to other processes, or they cannot be started.
            ModelError: The model is missing, damaged, or made for another version.
        """
        if not work.can_travel:
            reason = "is loaded already and cannot be given to other processes"
            raise NewsmineError("model", reason, "Name its folder, or leave out the engine")
        crew = _Crew(self.count, pickle.dumps(work), iter(files))
        try:
            while job := crew.next_job():
                items = crew.items(job)
                yield job.file, items
                for _ in items:
                    """What the caller left."""
        finally:
            crew.close()


@dataclass(slots=True)
class _Job:
    """A file, what came out of it and waits, and how often a worker died of it."""

    file: File
    place: int
    waiting: deque[bytes] = field(default_factory=deque)
    received: int = 0
    ended: bool = False
    deaths: int = 0
    gave_up_at: int | None = None


class _Crew:
    """The workers of one run, and the window of jobs that they are given or have done."""

    def __init__(self, count: int, work: bytes, files: Iterator[File]) -> None:
        self._count, self._work, self._files = count, work, files
        self._workers: list[Worker[_Job]] = []
        self._window: deque[_Job] = deque()
        self._again: list[_Job] = []
        self._places = 0
        self._held = 0
        self._deaths = 0

    def next_job(self) -> _Job | None:
        """The next file in order, begun or not."""
        if self._window:
            self._window.popleft()
        self._hand_out()
        return self._window[0] if self._window else None

    def items(self, job: _Job) -> Iterator[Item]:
        """What is in the first job of the window, as it comes."""
        while job.waiting or not job.ended:
            if not job.waiting:
                self._advance()
                continue
            data = job.waiting.popleft()
            self._held -= len(data)
            yield pickle.loads(data)

    def close(self) -> None:
        """End the workers, whatever they are at."""
        for worker in self._workers:
            worker.end()

    def _advance(self) -> None:
        """Wait until something comes, and take it in."""
        self._hand_out()
        head = self._window[0]
        open_to = [w for w in self._workers if w.job is head or self._held < WINDOW]
        ready = wait([worker.results for worker in open_to])
        for worker in open_to:
            if worker.results in ready:
                self._take(worker)

    def _hand_out(self) -> None:
        """Give the workers something to do, as far as the window has room."""
        while job := self._unstarted():
            worker = self._worker_for(job)
            if worker is None:
                self._again.insert(0, job)
                return
            if not worker.give(job, job.file, job.received):
                self._bury(worker)

    def _worker_for(self, job: _Job) -> Worker[_Job] | None:
        """The least busy worker that can take a job: an idle one, a new one, any with little.

        Never one that is at a later file: where the window is full that one waits for this job.
        """
        able = [w for w in self._workers if not w.jobs or w.jobs[-1].place < job.place]
        worker = min(able, key=lambda w: len(w.jobs), default=None)
        if len(self._workers) < self._count and (worker is None or worker.jobs):
            worker = Worker(self._work)
            worker.start()
            self._workers.append(worker)
        return worker if worker and len(worker.jobs) < _IN_HAND else None

    def _unstarted(self) -> _Job | None:
        if self._again:
            return self._again.pop(0)
        if self._window and (self._held >= WINDOW or len(self._window) >= _FILES_AHEAD):
            return None
        file = next(self._files, None)
        if file is None:
            return None
        job = _Job(file, self._places)
        self._places += 1
        self._window.append(job)
        return job

    def _take(self, worker: Worker[_Job]) -> None:
        try:
            data = worker.results.recv_bytes()
        except (EOFError, OSError):
            self._bury(worker)
            return
        kind, data = data[:1], data[1:]
        if kind == ERROR:
            raise pickle.loads(data)
        worker.has_begun = kind != END
        if kind == BEGIN:
            return
        self._deaths = 0
        if kind == ITEM:
            self._put(worker.jobs[0], data)
        else:
            worker.jobs.popleft().ended = True

    def _put(self, job: _Job, data: bytes) -> None:
        job.waiting.append(data)
        job.received += 1
        job.deaths = 0
        self._held += len(data)

    def _bury(self, worker: Worker[_Job]) -> None:
        """A worker died: what it had in hand is for others; what it was at, perhaps it died of."""
        self._workers.remove(worker)
        how = worker.how_it_died()
        self._deaths += 1
        if self._deaths >= _DEATHS_IN_A_ROW:
            reason = f"ended {self._deaths} times in a row without a result ({how})"
            raise NewsmineError("workers", reason, "Use fewer, or see what happens without them")
        if worker.has_begun:
            worker.jobs[0].deaths += 1
            if worker.jobs[0].deaths >= _TRIES:
                self._give_up(worker.jobs[0], how)
        left = [job for job in worker.jobs if not job.ended]
        self._again = sorted([*self._again, *left], key=lambda job: job.place)

    def _give_up(self, job: _Job, how: str) -> None:
        """Skip the article that is in the way, or the file where even the next one is."""
        place = job.received
        # Of a file that gave nothing yet, reading it may be what kills.
        job.ended = place == 0 or job.gave_up_at == place - 1
        which = "it" if place == 0 else "what follows" if job.ended else f"its article {place + 1}"
        reason = f"{which} ended the process that read it, {_TRIES} times ({how})"
        remedy = "See that enough memory is free, or use fewer workers; else report it, please"
        self._put(job, pickle.dumps(Skipped(str(job.file), reason, remedy)))
        job.gave_up_at = place
