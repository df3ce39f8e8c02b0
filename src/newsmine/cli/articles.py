"""Articles for commands that read but do not extract: bad ones are named on stderr and skipped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from newsmine.cli.screen import say
from newsmine.errors import ReadError
from newsmine.types import Article

if TYPE_CHECKING:
    from newsmine.ingest import Survey

SOME_SKIPPED = 3
"""The exit code where something was skipped."""


class Articles:
    """Reads articles one by one; ``skipped`` are those that could not be read so far."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = paths
        self.skipped: list[ReadError] = []

    def read(
        self, *, survey: Survey | None = None, without: Collection[str] = ()
    ) -> Iterator[Article]:
        """The articles that can be read.

        Raises:
            ReadError: A path names nothing.
        """
        from newsmine.ingest import find_inputs, read_file

        for path in find_inputs(self._paths):
            try:
                for item in read_file(path, survey=survey, without=without):
                    if isinstance(item, ReadError):
                        self.skip(item)
                    else:
                        yield item
            except ReadError as error:
                self.skip(error)

    def skip(self, error: ReadError) -> None:
        """Say what could not be read, and remember it."""
        self.skipped.append(error)
        say(f"newsmine: {error} Skipped.")
