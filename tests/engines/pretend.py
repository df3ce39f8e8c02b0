"""Work that any engine can be given in a hurry, without a model: it does as its files say.

A file holds an article a line. A line may also be an order: ``!bad`` cannot be read, ``!die`` ends
the process there, ``!die 2`` the first two times, ``!sleep 0.1`` takes long, ``!model`` finds the
model missing, ``!defect`` fails as newsmine's own defects would.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsmine.errors import ModelError
from newsmine.ingest.reading import Reading
from newsmine.pipeline import Work
from newsmine.progress import Skipped
from newsmine.types import Extraction, Provenance
from tests.factories import make_extraction, make_speaker


@dataclass(frozen=True, slots=True)
class Pretend(Work):
    """The same as work, of lines."""

    reading: Reading = field(default_factory=Reading)

    def made_by(self) -> Provenance:
        """As ``tests.factories`` has it."""
        return Provenance("0.1.0", "en_test-1", {"clean": True})

    def __call__(self, file: Path | str, *, start: int = 0) -> Iterator[Extraction | Skipped]:
        for number, line in enumerate(Path(file).read_text(encoding="utf-8").splitlines()):
            if number >= start and (item := _item(str(file), number, line)) is not None:
                yield item


def _item(file: str, number: int, line: str) -> Extraction | Skipped | None:
    path = f"{file}#{number + 1}"
    order, _, how = line.partition(" ")
    if order == "!bad":
        return Skipped(path, "holds no text", "Give a file with an article in it")
    if order == "!die":
        _die(Path(f"{file}.deaths"), int(how or 999))
    elif order == "!sleep":
        time.sleep(float(how))
    elif order == "!model":
        raise ModelError("en_nowhere", "is missing", "Name another")
    elif order == "!defect":
        raise KeyError("a defect")
    text = f"{line} “It is {number},” said Ann Lee."
    return make_extraction(text, path=path, quotes=[(f"“It is {number},”", make_speaker())])


def _die(deaths: Path, most: int) -> None:
    done = len(deaths.read_text()) if deaths.exists() else 0
    if done < most:
        deaths.write_text("x" * (done + 1))
        os.kill(os.getpid(), signal.SIGKILL)
