"""Where a worker is, noted on the disk: the next one sees what the last one died of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsmine.pipeline import Work
from newsmine.pipeline.work import Item
from newsmine.progress import Skipped

_DEATHS = 2
"""How often a worker has to end at the same place before that is skipped: once may be chance, as
when the machine was lost or somebody else took all memory."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The file in which a worker notes the article that it begins, and those that ended workers."""

    path: Path

    def followed(self, work: Work) -> Callable[[str], Iterator[Item]]:
        """The work, noting each place before it is entered and leaving out the deadly ones."""
        deaths = self._deaths()

        def is_deadly(file: str, place: int) -> bool:
            return deaths.get(_key(file, place), 0) >= _DEATHS

        def noted(file: str) -> Iterator[Item]:
            place = 0
            while True:
                if is_deadly(file, place):
                    yield _deadly(file, place)
                    # Of a file that gives nothing, reading it may be what kills.
                    if place == 0 or is_deadly(file, place - 1):
                        return
                    place += 1
                items = work(file, start=place)
                while not is_deadly(file, place):
                    self._note(_key(file, place), deaths)
                    item = next(items, None)
                    if item is None:
                        return
                    yield item
                    place += 1

        return noted

    def _deaths(self) -> dict[str, int]:
        """How often a worker ended at each place, that of the last one among them."""
        try:
            told = json.loads(self.path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        deaths: dict[str, int] = told["deaths"]
        return deaths | {told["at"]: deaths.get(told["at"], 0) + 1}

    def _note(self, at: str, deaths: dict[str, int]) -> None:
        self.path.write_text(json.dumps({"at": at, "deaths": deaths}), encoding="ascii")


def _key(file: str, place: int) -> str:
    return f"{place} {file}"


def _deadly(file: str, place: int) -> Skipped:
    which = f"its article {place + 1}" if place else "it"
    reason = f"{which} ended the process that read it, several times"
    return Skipped(file, reason, "See that a worker has enough memory; else report it, please")
