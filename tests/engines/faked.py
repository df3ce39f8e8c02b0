"""The real build, in as many processes as one likes, with a stand-in for the model in each.

  python -c 'from tests.engines.faked import main; main()' FOLDER INDEX WORKERS

FAKE_DELAY is seconds an article.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from newsmine.engines.local import Workers
from newsmine.pipeline import Work, build, building
from newsmine.types import Article, Extraction, Provenance
from tests.cli import faked


@dataclass(frozen=True, slots=True)
class Faked(Work):
    """The same work without a model."""

    def extraction(self, article: Article) -> Extraction:
        """What the stand-in finds."""
        return replace(faked.extract(article, None), provenance=self.made_by())

    def made_by(self) -> Provenance:
        """As the stand-in is called."""
        return self._recorded(faked.provenance(None))


def main() -> None:
    """Build. Not run as a module: what is in ``__main__`` no worker has."""
    folder, index, workers = sys.argv[1:]
    building.Work = Faked  # type: ignore[attr-defined, misc]
    engine = Workers(int(workers)) if int(workers) else None
    build(folder, index, engine=engine)
