"""Work with a stand-in for the model, which can be sent to other processes, and what it may do."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from newsmine.ingest.reading import Reading
from newsmine.pipeline import Work
from newsmine.progress import Skipped
from newsmine.types import Article, Extraction, Provenance
from tests.cli import faked

TEXT = """Daily Lantern

Numbers rise in {name}

THE league counted {figure},200 reports last year.

“It is {name},” said Ann Lee, head of policy at Hearthlight.
"""


@dataclass(frozen=True, slots=True)
class FakedWork(Work):
    """Finds what ``tests.cli.faked`` finds.

    Args:
        model_name: Of the model that stands in its place.
        log: A file that gets a line for each article: its path and the number of the process.
        seconds: So long it takes over an article.
        dies_on: The process ends, as if killed, on an article of this word.
    """

    model_name: str = "fake-1"
    log: Path | None = None
    seconds: float = 0.0
    dies_on: str | None = None

    def extraction(self, article: Article) -> Extraction | Skipped:
        if self.log:
            with self.log.open("a") as file:
                file.write(f"{article.path} {os.getpid()}\n")
        if self.dies_on and self.dies_on in article.text:
            os._exit(137)
        time.sleep(self.seconds)
        return replace(faked.extract(article, None), provenance=self.made_by())

    def made_by(self) -> Provenance:
        return Provenance("0.1.0", self.model_name, dict(self.reading.settings))


def work(**settings: object) -> FakedWork:
    return FakedWork(Reading.of(clean=True, survey=None), **settings)  # type: ignore[arg-type]


def write_articles(folder: Path, *names: str) -> Path:
    """An article a name; its figure is the place of the name."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names, 1):
        text = TEXT.format(name=name, figure=number)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def logged(log: Path) -> list[str]:
    """The stems of the articles that were extracted, sorted."""
    if not log.exists():
        return []
    return sorted(Path(line.rpartition(" ")[0]).stem for line in log.read_text().splitlines())
