"""What is done with each file: one function of its path, the same wherever it runs.

``Work`` says how, is frozen and travels to other processes and machines; calling it with a path
gives what is in that file, item by item. The model is loaded once in each process, when the first
article needs it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from newsmine.errors import NewsmineError, ReadError
from newsmine.progress import Present, Skipped
from newsmine.types import Article, Extraction, Provenance

if TYPE_CHECKING:
    from spacy.language import Language

    from newsmine.ingest.reading import Reading
    from newsmine.pipeline.only import OnlyTopic

PathName: TypeAlias = "str | Path"
"""A file, a folder or a glob pattern."""

Model: TypeAlias = "str | Path | Language | None"
"""A model's folder, its package, a loaded one, or ``None`` for the shipped one."""

Item: TypeAlias = "Extraction | Skipped | Present"
"""What an article of a file becomes. ``Present`` comes only of work that knows of articles."""

STDIN = "-"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Work:
    """How files are read and what is looked for in them.

    Equal work gives equal results for equal files. It can be pickled unless ``model`` is a loaded
    one.

    Args:
        reading: How the files are read.
        model: See ``Model``.
        thoughts: Also what people think, wish or do about a thing, not only what they say.
        only: The topic that articles have to be about.
        known: By path, the ids of articles of a file that need not be extracted: an index has them.
    """

    reading: Reading
    model: Model = None
    thoughts: bool = False
    only: OnlyTopic | None = None
    known: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls,
        *,
        model: Model = None,
        clean: bool = True,
        thoughts: bool = False,
        survey: PathName | None = None,
        only_topic: str | None = None,
    ) -> Work:
        """The work of these settings; they are those of ``newsmine.build``.

        Raises:
            ReadError: The survey cannot be read.
            QueryError: There is no such topic.
        """
        from newsmine.ingest.reading import Reading
        from newsmine.pipeline.only import OnlyTopic

        only = None if only_topic is None else OnlyTopic.of(only_topic)
        return cls(Reading.of(clean=clean, survey=survey), model, thoughts, only)

    def __call__(self, file: PathName, *, start: int = 0) -> Iterator[Item]:
        """What is in a file, article by article; what cannot be read in its place.

        Args:
            file: The file.
            start: So many at its beginning are done with and left out.

        Raises:
            ModelError: The model is missing, damaged, or made for another version.
        """
        known = self.known.get(str(file), frozenset())
        for article in islice(self.articles(file), start, None):
            yield article if isinstance(article, Skipped) else self._item(article, known)

    def _item(self, article: Article, known: frozenset[str]) -> Item:
        if article.id in known:
            return Present(article.path, article.id)
        left_out = self.only.without(article) if self.only else None
        return left_out or self.extraction(article)

    def articles(self, file: PathName) -> Iterator[Article | Skipped]:
        """The articles of a file as they are read; what cannot be read in its place."""
        items = attempt(file, lambda: self.reading.articles(file))
        if isinstance(items, Skipped):
            yield items
            return
        while (item := attempt(file, lambda: next(items, None))) is not None:
            yield skipped(file, item) if isinstance(item, ReadError) else item

    def extraction(self, article: Article) -> Extraction | Skipped:
        """What is found in one article, with the settings that were decided here."""
        from newsmine import nlp

        loaded = self.language()
        found = attempt(article.path, lambda: nlp.extract(article, loaded))
        if isinstance(found, Skipped):
            return found
        return replace(found, provenance=self._recorded(found.provenance))

    def made_by(self) -> Provenance:
        """What the provenance of each extraction will be; loads the model."""
        from newsmine import nlp

        return self._recorded(nlp.provenance(self.language()))

    def settings(self) -> Provenance:
        """The same for the manifest of an index: also what decides which articles are extracted."""
        made_by = self.made_by()
        if self.only is None:
            return made_by
        only = {"only_topic": self.only.setting}
        return replace(made_by, settings={**made_by.settings, **only})

    @property
    def can_travel(self) -> bool:
        """Whether other processes can be given it; a loaded model stays in its own."""
        return self.model is None or isinstance(self.model, str | Path)

    def language(self) -> Language:
        """The pipeline: by name, or the one given, whose settings are its own."""
        if self.model is None or isinstance(self.model, str | Path):
            return _loaded(self.model, self.thoughts)
        return self.model

    def _recorded(self, made_by: Provenance) -> Provenance:
        # So that it can be told apart and repeated.
        return replace(made_by, settings={**made_by.settings, **self.reading.settings})


def attempt(path: PathName, work: Callable[[], _T]) -> _T | Skipped:
    """The result, or why this input has none. What is wrong with the model or index comes through.

    A defect of newsmine on one odd article in ten thousand must not lose the others, so this one
    place takes any exception; NEWSMINE_DEBUG=1 lets it through, to see where it arose.
    """
    try:
        return work()
    except (ReadError, OSError) as error:
        return skipped(path, error)
    except NewsmineError:
        raise
    except Exception as error:
        if os.environ.get("NEWSMINE_DEBUG"):
            raise
        reason = f"newsmine failed on it ({type(error).__name__}: {error})"
        return Skipped(str(path), reason, "Report it, please; NEWSMINE_DEBUG=1 shows where")


def skipped(path: PathName, error: ReadError | OSError) -> Skipped:
    """An error as the input that it cost."""
    if isinstance(error, ReadError):
        return Skipped(error.thing, error.reason, error.remedy)
    return Skipped(str(path), error.strerror or str(error), "See that it can be read")


@lru_cache(maxsize=1)
def _loaded(model: str | Path | None, thoughts: bool) -> Language:
    from newsmine import nlp

    return nlp.load(model, thoughts=thoughts)
