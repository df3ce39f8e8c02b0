"""Read, extract, add: the only place where the stages meet.

One article at a time is in hand; what is bad is skipped with a reason, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing

from newsmine.errors import ReadError
from newsmine.pipeline import inputs
from newsmine.pipeline.building import build
from newsmine.pipeline.engine import Engine, Here
from newsmine.pipeline.work import STDIN, Item, Model, PathName, Work
from newsmine.progress import Present, Skipped
from newsmine.types import Article, Extraction

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
    only_topic: str | None = None,
    engine: Engine | None = None,
) -> Iterator[Extraction | Skipped]:
    """Extract article by article; what cannot be read comes out as ``Skipped``, in its place.

    Args:
        paths: Files, folders, glob patterns.
        model: See ``Model``.
        clean: Undo what the press database or the OCR did to the text.
        thoughts: Also what people think, wish or do about a thing, not only what they say.
        survey: A file that ``newsmine survey`` made of the whole batch.
        only_topic: Pass over articles that are not about this topic: they come out as ``Skipped``,
            too, with ``passed_over``.
        engine: Where it runs; ``None`` is here, in this process.

    Raises:
        ReadError: The survey cannot be read.
        QueryError: There is no such topic.
        ModelError: The model is missing, damaged, or made for another version.
    """
    work = Work.of(
        model=model, clean=clean, thoughts=thoughts, survey=survey, only_topic=only_topic
    )
    with closing(_each(work, inputs.find(paths), engine or Here())) as each:
        for _, found in each:
            yield from (item for item in found if not isinstance(item, Present))


def _each(
    work: Work, found: Iterable[inputs.Input], engine: Engine
) -> Generator[tuple[inputs.Input, Iterator[Item]], None, None]:
    """Each input with what is in it, in order; a path that names nothing is its own result."""
    ordered = list(found)
    results = engine.map(work, [file for file in ordered if not isinstance(file, Skipped)])
    with closing(results):
        for item in ordered:
            yield (item, iter((item,))) if isinstance(item, Skipped) else next(results)
