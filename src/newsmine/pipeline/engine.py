"""Where the work runs. The other engines are in ``newsmine.engines``."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeAlias

from newsmine.pipeline.work import Item, Work

File: TypeAlias = "Path | str"
Results: TypeAlias = Generator[tuple[File, Iterator[Item]], None, None]
"""File by file, in the order given: what is in it. Each file's items are taken before the next.

Who stops early closes it: what the engine started ends then."""


class Engine(Protocol):
    """Runs the same work over many files."""

    def map(self, work: Work, files: Iterable[File]) -> Results:
        """What is in each file, in the order of the files, whichever was done first.

        Memory stays bounded however many files there are and however large a file's results are.
        """


class Here:
    """In this process, one article at a time; the only engine that takes a loaded model."""

    def map(self, work: Work, files: Iterable[File]) -> Results:
        """See ``Engine``."""
        for file in files:
            yield file, work(file)
