"""Many inputs, one after the other, each judged by a worker that may die of it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from benchmarks.fuzz.worker import Input, Verdict, serve

PATIENCE = 90.0
"""Seconds on the clock after which a worker is given up; processor time is what is judged."""

FEWEST = 100
"""Inputs of a reader, whatever time they take: one huge file must not use up a reader's share."""


@dataclass
class Tally:
    """What came of one reader's inputs; each finding with the numbers of its inputs."""

    inputs: int = 0
    reached: int = 0
    articles: int = 0
    errors: int = 0
    findings: dict[str, list[int]] = field(default_factory=dict)

    def add(self, number: int, verdict: Verdict) -> None:
        """Count one verdict."""
        self.inputs += 1
        self.reached += verdict.reached
        self.articles += verdict.articles
        self.errors += verdict.errors
        for finding in Counter(verdict.findings):
            self.findings.setdefault(finding, []).append(number)


class Worker:
    """A process that judges inputs; a new one where the last died."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._channel: Connection | None = None

    def judge(self, what: Input) -> Verdict:
        """The verdict; a process that dies or hangs is a finding."""
        channel = self._started()
        channel.send(what)
        try:
            if channel.poll(PATIENCE):
                return channel.recv()  # type: ignore[no-any-return]
            said = f"no answer in {PATIENCE:.0f} s"
        except EOFError:
            assert self._process is not None
            self._process.join()
            said = f"the process died (exit code {self._process.exitcode})"
        self.stop()
        return Verdict(findings=[said])

    def _started(self) -> Connection:
        if self._channel is None:
            context = get_context("spawn")
            self._channel, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._channel

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None and self._channel is not None:
            self._channel.close()
            self._process.kill()
            self._process.join()
        self._process = self._channel = None


def run(reader: str, worker: Worker, *, seconds: float, seed: int, first: int = 0) -> Tally:
    """Inputs for one reader until the time is up, and at least ``FEWEST``."""
    tally, number = Tally(), first
    until = time.monotonic() + seconds
    while time.monotonic() < until or number < first + FEWEST:
        tally.add(number, worker.judge(Input(reader, number, seed)))
        number += 1
    return tally
