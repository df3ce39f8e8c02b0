"""How the files of a batch are read: the same for each of them, and recorded with what it gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsmine.errors import ReadError
from newsmine.ingest import read_file
from newsmine.ingest.survey import Survey
from newsmine.types import Article


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether texts are cleaned, and with which survey of their batch.

    ``settings`` are what provenance records of it; without a survey there is no such setting, as
    there was none before there were surveys.
    """

    clean: bool = True
    survey: Survey | None = None
    settings: Mapping[str, bool | str] = field(init=False)

    def __post_init__(self) -> None:
        survey = {"survey": self.survey.sha256} if self.survey else {}
        object.__setattr__(self, "settings", {"clean": self.clean, **survey})

    @classmethod
    def of(cls, *, clean: bool, survey: str | Path | None) -> Reading:
        """With the survey in a file.

        Raises:
            ReadError: It cannot be read.
        """
        return cls(clean, None if survey is None else Survey.load(survey))

    def articles(self, path: str | Path) -> Iterator[Article | ReadError]:
        """The articles in a file, or on standard input for ``-``; a bad one as its error.

        Raises:
            ReadError: The file cannot be read.
        """
        return read_file(path, clean=self.clean, survey=self.survey)
