"""Read, extract, add: the only place where the stages meet.

Files are taken in a fixed order: paths as given, each folder's files sorted, every file once. One
article at a time is in hand; what is bad is skipped with a reason, and the rest goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from newsmine.errors import NewsmineError, ReadError
from newsmine.progress import BuildSummary, Outcome, Progress, Skipped, Tally
from newsmine.types import Article, Extraction, Provenance

if TYPE_CHECKING:
    from spacy.language import Language

    from newsmine.index import Index
    from newsmine.ingest.reading import Reading

PathName: TypeAlias = "str | Path"
"""A file, a folder or a glob pattern."""

Model: TypeAlias = "str | Path | Language | None"
"""A model's folder, its package, a loaded one, or ``None`` for the shipped one."""

_Language: TypeAlias = "Callable[[], Language]"
"""Loads the pipeline when the first article needs it, so that bad paths are named at once."""

STDIN = "-"
_T = TypeVar("_T")


def read(path: PathName, *, clean: bool = True, survey: PathName | None = None) -> list[Article]:
    """The articles in a file, a folder or a glob pattern; ``-`` is standard input.

    Args:
        path: Where they are.
        clean: Undo what the press database or the OCR did to the text; else it is taken as it is.
        survey: A file that ``newsmine survey`` made of the whole batch.

    Raises:
        ReadError: The path names nothing, or a file is no article. ``extract_paths`` and ``build``
            skip such a file and go on.
    """
    from newsmine import ingest

    found = [STDIN] if str(path) == STDIN else ingest.find_inputs([path])
    reading = _reading(clean, survey)
    return [_good(item) for file in found for item in reading.articles(file)]


def _good(item: Article | ReadError) -> Article:
    if isinstance(item, ReadError):
        raise item
    return item


def extract(
    text: str | Article, *, model: Model = None, clean: bool = True, thoughts: bool = False
) -> Extraction:
    """What is found in one article: who says what, and the figures.

    Args:
        text: The text of an article, or an article as ``read`` gives it (then ``clean`` is idle).
        model: See ``Model``. The last one loaded by name is kept for the next call.
        clean: Undo what the press database or the OCR did to the text.
        thoughts: Also what people think, wish or do about a thing, not only what they say.

    Raises:
        ReadError: There is no text.
        ModelError: The model is missing, damaged, or made for another version.
    """
    from newsmine import ingest, nlp

    article = text if isinstance(text, Article) else ingest.read_text(text, clean=clean)
    return nlp.extract(article, _language(model, thoughts))


def extract_paths(
    paths: PathName | Iterable[PathName],
    *,
    model: Model = None,
    clean: bool = True,
    thoughts: bool = False,
    survey: PathName | None = None,
) -> Iterator[Extraction | Skipped]:
    """Extract article by article; what cannot be read comes out as ``Skipped``, in its place.

    Args:
        paths: Files, folders, glob patterns.
        model: See ``Model``.
        clean: Undo what the press database or the OCR did to the text.
        thoughts: Also what people think, wish or do about a thing, not only what they say.
        survey: A file that ``newsmine survey`` made of the whole batch.

    Raises:
        ReadError: The survey cannot be read.
        ModelError: The model is missing, damaged, or made for another version.
    """
    language = partial(_language, model, thoughts)
    reading = _reading(clean, survey)
    for file in _inputs(paths):
        for article in _articles(file, reading):
            yield (
                article if isinstance(article, Skipped) else _extracted(article, language, reading)
            )


def build(
    paths: PathName | Iterable[PathName],
    output: PathName,
    *,
    model: Model = None,
    clean: bool = True,
    thoughts: bool = False,
    survey: PathName | None = None,
    rebuild: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> BuildSummary:
    """Extract articles into an index file; run again, it goes on where it stopped.

    An article is in the index whole or not at all, so the index can be used after an interruption
    (``KeyboardInterrupt`` comes through) or a full disk.

    Args:
        paths: Files, folders, glob patterns.
        output: The index: made where there is none, else added to.
        model: See ``Model``.
        clean: Undo what the press database or the OCR did to the text.
        thoughts: Also what people think, wish or do about a thing, not only what they say.
        survey: A file that ``newsmine survey`` made of the whole batch.
        rebuild: Extract articles anew that are there already, each in its place, so that the index
            can be used meanwhile and after an interruption. The journal of judgements stays, and
            corrections are applied to what is found now.
        on_progress: Called after each article and each skipped file, in order.

    Raises:
        ReadError: None of the paths names a file, or the survey cannot be read.
        IndexFileError: The index cannot be opened or written.
        ModelError: The model is missing, damaged, or made for another version.
    """
    from newsmine.index import create_index

    inputs = list(_inputs(paths))
    _require_a_file(inputs)
    reading = _reading(clean, survey)
    tally = Tally(Path(output), len(inputs), on_progress)
    language = partial(_language, model, thoughts)
    with create_index(output) as index:
        for file in inputs:
            for article in _articles(file, reading, stdin=False):
                outcome = _add(index, article, language, reading, rebuild=rebuild)
                tally.count(file, outcome)
            tally.file_done()
        # What an interrupted build leaves out the next one makes up for.
        index.cluster()
        index.identities.refresh()
    return tally.summary()


def _inputs(paths: PathName | Iterable[PathName]) -> Iterator[Path | str | Skipped]:
    """The files to read, each once. A path that names nothing is skipped, not the end of it."""
    from newsmine import ingest

    seen: set[Path] = set()
    for path in [paths] if isinstance(paths, str | Path) else paths:
        if str(path) == STDIN:
            yield STDIN
            continue
        found = _attempt(path, lambda path=path: ingest.find_inputs([path]))  # type: ignore[misc]
        if isinstance(found, Skipped):
            yield found
            continue
        fresh = [file for file in found if file not in seen]
        seen.update(fresh)
        yield from fresh


def _require_a_file(inputs: Iterable[Path | str | Skipped]) -> None:
    """An index of nothing helps nobody: a mistyped path is an error, before anything is made."""
    missing = None
    for item in inputs:
        if not isinstance(item, Skipped):
            return
        missing = missing or item
    if missing is None:
        raise ReadError("paths", "there are none", "Name files or folders of articles")
    raise ReadError(missing.path, missing.reason, missing.remedy)


def _reading(clean: bool, survey: PathName | None) -> Reading:
    from newsmine.ingest.reading import Reading

    return Reading.of(clean=clean, survey=survey)


def _articles(
    file: Path | str | Skipped, reading: Reading, *, stdin: bool = True
) -> Iterator[Article | Skipped]:
    if isinstance(file, Skipped):
        yield file
        return
    if file == STDIN and not stdin:
        reason = "an article from standard input has no file to be known by"
        yield Skipped(STDIN, reason, "Save it to a file and name that")
        return
    items = _attempt(file, lambda: reading.articles(file))
    if isinstance(items, Skipped):
        yield items
        return
    while (item := _attempt(file, lambda: next(items, None))) is not None:
        yield _skipped(file, item) if isinstance(item, ReadError) else item


def _extracted(article: Article, language: _Language, reading: Reading) -> Extraction | Skipped:
    from newsmine import nlp

    loaded = language()
    found = _attempt(article.path, lambda: nlp.extract(article, loaded))
    if isinstance(found, Skipped):
        return found
    return replace(found, provenance=_recorded(found.provenance, reading))


def _recorded(made_by: Provenance, reading: Reading) -> Provenance:
    """With the settings that were decided here, so that it can be told apart and repeated."""
    return replace(made_by, settings={**made_by.settings, **reading.settings})


def _add(
    index: Index,
    article: Article | Skipped,
    language: _Language,
    reading: Reading,
    *,
    rebuild: bool = False,
) -> Outcome | Skipped:
    """Extract an article that the index lacks, or any, and add it."""
    from newsmine import nlp

    if isinstance(article, Skipped):
        return article
    made_by = _recorded(nlp.provenance(language()), reading)
    if not rebuild and _is_there(index, article, made_by):
        return "present"
    extraction = _extracted(article, language, reading)
    if isinstance(extraction, Skipped):
        return extraction
    return _attempt(article.path, lambda: index.add(extraction))


def _is_there(index: Index, article: Article, made_by: Provenance) -> bool:
    """Whether the same text, read by the same newsmine, model and settings, is in the index."""
    sha256 = article.raw.sha256 if article.raw else None
    if not index.has(path=article.path, sha256=sha256, model=made_by.model):
        return False
    return index.article(article.id).extraction.provenance == made_by


def _attempt(path: PathName, work: Callable[[], _T]) -> _T | Skipped:
    """The result, or why this input has none. What is wrong with the model or index comes through.

    A defect of newsmine on one odd article in ten thousand must not lose the others, so this one
    place takes any exception; NEWSMINE_DEBUG=1 lets it through, to see where it arose.
    """
    try:
        return work()
    except (ReadError, OSError) as error:
        return _skipped(path, error)
    except NewsmineError:
        raise
    except Exception as error:
        if os.environ.get("NEWSMINE_DEBUG"):
            raise
        reason = f"newsmine failed on it ({type(error).__name__}: {error})"
        return Skipped(str(path), reason, "Report it, please; NEWSMINE_DEBUG=1 shows where")


def _skipped(path: PathName, error: ReadError | OSError) -> Skipped:
    if isinstance(error, ReadError):
        return Skipped(error.thing, error.reason, error.remedy)
    return Skipped(str(path), error.strerror or str(error), "See that it can be read")


def _language(model: Model, thoughts: bool) -> Language:
    """A pipeline by name, or the one given, whose settings are its own."""
    if model is None or isinstance(model, str | Path):
        return _loaded(model, thoughts)
    return model


@lru_cache(maxsize=1)
def _loaded(model: str | Path | None, thoughts: bool) -> Language:
    from newsmine import nlp

    return nlp.load(model, thoughts=thoughts)
