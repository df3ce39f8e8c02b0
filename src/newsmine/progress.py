"""How far a build is, and what became of what it read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal["added", "replaced", "unchanged", "present", "skipped"]
"""What became of an article; ``present`` was there already and was not extracted again."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no article, why, and what to do about it."""

    path: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: at the ``done``-th of ``total`` files; the fate of its last article."""

    done: int
    total: int
    path: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did: files looked at, articles by outcome, and what was skipped."""

    output: Path
    files: int = 0
    added: int = 0
    replaced: int = 0
    present: int = 0
    skipped: tuple[Skipped, ...] = ()


class Tally:
    """Counts outcomes and tells whoever listens."""

    def __init__(
        self, output: Path, total: int, listener: Callable[[Progress], None] | None
    ) -> None:
        self._output, self._total, self._listener = output, total, listener
        self._done = 0
        self._counts: dict[Outcome, int] = {}
        self._skipped: list[Skipped] = []

    def count(self, file: Path | str | Skipped, fate: Outcome | Skipped) -> None:
        if isinstance(fate, Skipped):
            self._skipped.append(fate)
        outcome: Outcome = "skipped" if isinstance(fate, Skipped) else fate
        self._counts[outcome] = self._counts.get(outcome, 0) + 1
        if self._listener:
            path = file.path if isinstance(file, Skipped) else str(file)
            self._listener(Progress(self._done + 1, self._total, path, outcome))

    def file_done(self) -> None:
        self._done += 1

    def summary(self) -> BuildSummary:
        count = self._counts.get
        return BuildSummary(
            output=self._output,
            files=self._done,
            added=count("added", 0),
            replaced=count("replaced", 0),
            present=count("present", 0) + count("unchanged", 0),
            skipped=tuple(self._skipped),
        )
