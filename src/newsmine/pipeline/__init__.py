"""Read, extract, add: the only place where the stages meet.

One article at a time is in hand; what is bad is skipped with a reason, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from newsmine.errors import ReadError
from newsmine.pipeline import inputs
from newsmine.pipeline.engine import Engine, Here
from newsmine.pipeline.work import STDIN, Model, PathName, Work, attempt
from newsmine.progress import BuildSummary, Outcome, Progress, Skipped, Tally
from newsmine.types import Article, Extraction

if TYPE_CHECKING:
    from newsmine.index import Index

__all__ = [
    "STDIN",
    "Engine",
    "Here",
    "Model",
    "PathName",
    "Work",
    "build",
    "extract",
    "extract_paths",
    "read",
]


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
    reading = Work.of(clean=clean, survey=survey).reading
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
    return nlp.extract(article, Work.of(model=model, thoughts=thoughts).language())


def extract_paths(
    paths: PathName | Iterable[PathName],
    *,
    model: Model = None,
    clean: bool = True,
    thoughts: bool = False,
    survey: PathName | None = None,
    engine: Engine | None = None,
) -> Iterator[Extraction | Skipped]:
    """Extract article by article; what cannot be read comes out as ``Skipped``, in its place.

    Args:
        paths: Files, folders, glob patterns.
        model: See ``Model``.
        clean: Undo what the press database or the OCR did to the text.
        thoughts: Also what people think, wish or do about a thing, not only what they say.
        survey: A file that ``newsmine survey`` made of the whole batch.
        engine: Where it runs; ``None`` is here, in this process.

    Raises:
        ReadError: The survey cannot be read.
        ModelError: The model is missing, damaged, or made for another version.
    """
    work = Work.of(model=model, clean=clean, thoughts=thoughts, survey=survey)
    for _, found in _each(work, inputs.find(paths), engine or Here()):
        yield from found


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

    found = list(inputs.find(paths))
    inputs.require_a_file(found)
    work = Work.of(model=model, clean=clean, thoughts=thoughts, survey=survey)
    tally = Tally(Path(output), len(found), on_progress)
    with create_index(output) as index:
        for file in found:
            for article in _articles(file, work):
                tally.count(file, _add(index, article, work, rebuild=rebuild))
            tally.file_done()
        # What an interrupted build leaves out the next one makes up for.
        index.cluster()
        index.identities.refresh()
    return tally.summary()


def _each(
    work: Work, found: Iterable[inputs.Input], engine: Engine
) -> Iterator[tuple[inputs.Input, Iterator[Extraction | Skipped]]]:
    """Each input with what is in it, in order; a path that names nothing is its own result."""
    ordered = list(found)
    results = engine.map(work, [file for file in ordered if not isinstance(file, Skipped)])
    for item in ordered:
        yield (item, iter((item,))) if isinstance(item, Skipped) else next(results)


def _articles(file: inputs.Input, work: Work) -> Iterator[Article | Skipped]:
    if isinstance(file, Skipped):
        yield file
    elif file == STDIN:
        reason = "an article from standard input has no file to be known by"
        yield Skipped(STDIN, reason, "Save it to a file and name that")
    else:
        yield from work.articles(file)


def _add(
    index: Index, article: Article | Skipped, work: Work, *, rebuild: bool = False
) -> Outcome | Skipped:
    """Extract an article that the index lacks, or any, and add it."""
    if isinstance(article, Skipped):
        return article
    if not rebuild and _is_there(index, article, work):
        return "present"
    extraction = work.extraction(article)
    if isinstance(extraction, Skipped):
        return extraction
    return attempt(article.path, lambda: index.add(extraction))


def _is_there(index: Index, article: Article, work: Work) -> bool:
    """Whether the same text, read by the same newsmine, model and settings, is in the index."""
    made_by = work.made_by()
    sha256 = article.raw.sha256 if article.raw else None
    if not index.has(path=article.path, sha256=sha256, model=made_by.model):
        return False
    return index.article(article.id).extraction.provenance == made_by
