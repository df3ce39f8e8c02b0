"""How far a build is, and what became of what it read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal["added", "replaced", "unchanged", "present", "skipped", "passed over"]
"""What became of an article; ``present`` was there already and was not extracted again."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no article, why, and what to do about it.

    ``passed_over``: the article of this ``id`` could be read, but is not about what was asked for
    (``only_topic``).
    """

    path: str
    reason: str
    remedy: str
    passed_over: bool = False
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """An article that was read and is in the index as it would be extracted."""

    path: str
    id: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: at the ``done``-th of ``total`` files; the fate of its last article.

    ``articles`` were given to the model or passed over so far. ``read`` of ``to_read`` bytes are
    done with, of the files that have to be read this time; of a file in hand its articles so far
    count, as far as their text tells.
    """

    done: int
    total: int
    path: str
    outcome: Outcome
    articles: int = 0
    read: int = 0
    to_read: int = 0


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did: files looked at, articles by outcome, and what was skipped.

    ``passed_over`` articles are not about the topic that was asked for; ``removed`` ones were in
    the index, and their file has them no more. ``vanished`` files are gone, their articles still
    in the index.
    """

    output: Path | str
    files: int = 0
    added: int = 0
    replaced: int = 0
    present: int = 0
    skipped: tuple[Skipped, ...] = ()
    passed_over: int = 0
    removed: int = 0
    vanished: tuple[str, ...] = ()


_LOOKED_AT: tuple[Outcome, ...] = ("added", "replaced", "unchanged", "passed over")


class Tally:
    """Counts outcomes and tells whoever listens."""

    def __init__(
        self,
        output: Path | str,
        total: int,
        listener: Callable[[Progress], None] | None,
        *,
        to_read: int = 0,
    ) -> None:
        self._output, self._total, self._listener = output, total, listener
        self._done, self._read, self._to_read = 0, 0, to_read
        self._counts: dict[Outcome, int] = {}
        self._skipped: list[Skipped] = []
        self._removed = 0

    def count(self, path: str, fate: Outcome | Skipped, *, times: int = 1, read: int = 0) -> None:
        """Count what became of an article, of several, or of an input that gave none.

        Args:
            path: The file.
            fate: What became of it.
            times: How many articles.
            read: Bytes of the file in hand that are done with.
        """
        outcome = self._outcome(fate)
        self._counts[outcome] = self._counts.get(outcome, 0) + times
        if self._listener:
            articles = sum(self._counts.get(one, 0) for one in _LOOKED_AT)
            read += self._read
            step = (self._done + 1, self._total, path, outcome, articles, read, self._to_read)
            self._listener(Progress(*step))

    def _outcome(self, fate: Outcome | Skipped) -> Outcome:
        if not isinstance(fate, Skipped):
            return fate
        if fate.passed_over:
            return "passed over"
        self._skipped.append(fate)
        return "skipped"

    def file_done(self, *, size: int = 0) -> None:
        """A file is done with, of so many bytes."""
        self._done += 1
        self._read += size

    def removed(self, articles: int) -> None:
        """So many articles are in their files no more."""
        self._removed += articles

    def summary(self, vanished: tuple[str, ...] = ()) -> BuildSummary:
        """What was counted."""
        count = self._counts.get
        return BuildSummary(
            output=self._output,
            files=self._done,
            added=count("added", 0),
            replaced=count("replaced", 0),
            present=count("present", 0) + count("unchanged", 0),
            skipped=tuple(self._skipped),
            passed_over=count("passed over", 0),
            removed=self._removed,
            vanished=vanished,
        )
