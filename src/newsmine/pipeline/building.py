"""Extractions into an index, file by file, with what the manifest needs to go on later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsmine.pipeline import inputs
from newsmine.pipeline.engine import Engine, Here
from newsmine.pipeline.only import OnlyTopic
from newsmine.pipeline.plan import Planned, plan, vanished
from newsmine.pipeline.work import STDIN, Item, Model, PathName, Work, attempt
from newsmine.progress import BuildSummary, Outcome, Present, Progress, Skipped, Tally
from newsmine.types import Extraction, Provenance

if TYPE_CHECKING:
    from newsmine.index import Index


def build(
    paths: PathName | Iterable[PathName],
    output: PathName,
    *,
    model: Model = None,
    clean: bool = True,
    thoughts: bool = False,
    survey: PathName | None = None,
    only_topic: str | None = None,
    rebuild: bool = False,
    prune: bool = False,
    engine: Engine | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> BuildSummary:
    """Extract articles into an index file; run again, it reads what is new or changed.

    An article is in the index whole or not at all, so the index can be used after an interruption
    (``KeyboardInterrupt`` comes through), a killed process or a full disk, and the next build goes
    on where this one stopped. Of a file that changed the articles are replaced; those that it has
    no more are removed, unless something of it was skipped. Files that vanished are named in the
    summary; their articles stay.

    Args:
        paths: Files, folders, glob patterns.
        output: The index: made where there is none, else added to.
        model: See ``Model``.
        clean: Undo what the press database or the OCR did to the text.
        thoughts: Also what people think, wish or do about a thing, not only what they say.
        survey: A file that ``newsmine survey`` made of the whole batch.
        only_topic: Pass over articles that are not about this topic (``newsmine.index.topics``);
            what is in the index already stays. The index's own dictionary decides, if it has one.
        rebuild: Extract articles anew that are there already, each in its place, so that the index
            can be used meanwhile and after an interruption. The journal of judgements stays, and
            corrections are applied to what is found now.
        prune: Remove the articles of files that vanished, of those that ``paths`` name.
        engine: Where articles are extracted: ``newsmine.engines.local.Workers(2)`` is two processes
            beside this one; ``None`` is here. The index is the same.
        on_progress: Called after each article, each skipped file and each file that is left as it
            is, in order.

    Raises:
        ReadError: None of the paths names a file, or the survey cannot be read.
        QueryError: There is no such topic.
        IndexFileError: The index cannot be opened or written.
        ModelError: The model is missing, damaged, or made for another version.
    """
    from newsmine.index import create_index
    from newsmine.index.postgres import shown_place

    given = [paths] if isinstance(paths, str | Path) else [*paths]
    found = list(inputs.find(given))
    inputs.require_a_file(found)
    work = Work.of(model=model, clean=clean, thoughts=thoughts, survey=survey)
    with create_index(output) as index:
        work = narrowed(work, only_topic, index)
        settings = work.settings()
        planned = list(plan(found, index.manifest, settings, rebuild=rebuild))
        if not rebuild:
            work = replace(work, known=_known(index, planned, work.made_by()))
        tally = tally_of(planned, shown_place(output), on_progress)
        _add_all(index, planned, work, settings, engine or Here(), tally)
        gone = list(vanished(index.manifest, planned, given))
        if prune:
            tally.removed(sum(index.manifest.forget(entry.number) for entry in gone))
        link(index)
    return tally.summary(() if prune else tuple(entry.path for entry in gone))


def narrowed(work: Work, only_topic: str | None, index: Index) -> Work:
    """The work of articles about a topic only, as the index's own dictionary has it, if any.

    Raises:
        QueryError: There is no such topic.
    """
    if only_topic is None:
        return work
    return replace(work, only=OnlyTopic.of(only_topic, index.topic_scorer))


def tally_of(
    planned: Sequence[Planned], output: Path | str, listener: Callable[[Progress], None] | None
) -> Tally:
    """What counts these files, and knows how many bytes of them have to be read."""
    to_read = sum(one.size for one in planned if one.is_read)
    return Tally(output, len(planned), listener, to_read=to_read)


def link(index: Index) -> None:
    """Put together who is one and what was said once, for all that is new or changed.

    What an interrupted build leaves out the next one makes up for. Names come first: who is one
    decides which quotes are of one saying; the other way round they are looked at twice.
    """
    index.identities.refresh()
    index.cluster()


def _known(
    index: Index, planned: Iterable[Planned], made_by: Provenance
) -> dict[str, frozenset[str]]:
    """The articles of files that are read which need not be extracted: the same in the index."""
    manifest = index.manifest
    found = {one.path: manifest.made_by(one.path, made_by) for one in planned if one.is_read}
    return {path: ids for path, ids in found.items() if ids}


def _add_all(
    index: Index,
    planned: Iterable[Planned],
    work: Work,
    settings: Provenance,
    engine: Engine,
    tally: Tally,
) -> None:
    to_read = [one.file for one in planned if one.is_read and one.file != STDIN]
    results = engine.map(work, [file for file in to_read if not isinstance(file, Skipped)])
    # Whatever ends it early, the workers end with it.
    with closing(results):
        for one in planned:
            if not one.is_read:
                leave(index, one, tally)
            elif no_file := inputs.without_file(one.file):
                tally.count(one.path, no_file)
                tally.file_done()
            else:
                add_file(index, one, next(results)[1], settings, tally)


def leave(index: Index, one: Planned, tally: Tally) -> None:
    """Count a file that is as it was read; what was skipped then is told again."""
    entry = one.entry
    assert entry is not None
    if one.state == "moved":
        index.manifest.move(entry, one.path)
    elif one.state == "copied":
        index.manifest.copy(entry, one.path)
    if entry.articles:
        tally.count(one.path, "present", times=entry.articles)
    if entry.skipped or entry.passed_over:
        for left_out in index.manifest.left_out(entry.number):
            tally.count(one.path, left_out)
    tally.file_done()


def add_file(
    index: Index, one: Planned, items: Iterator[Item], settings: Provenance, tally: Tally
) -> None:
    """Add what was found in a file by these settings, and what the manifest has of it."""
    number = None
    if one.sha256:
        number = index.manifest.begin(one.path, sha256=one.sha256, size=one.size, made_by=settings)
    read = 0
    for item in items:
        read = min(one.size, read + _length(item))
        tally.count(one.path, _take(index, number, item), read=read)
    if number is not None:
        tally.removed(index.manifest.finish(number))
    tally.file_done(size=one.size)


def _length(item: Item) -> int:
    if not isinstance(item, Extraction):
        return 0
    raw = item.article.raw
    return len(raw.raw_text if raw else item.article.text)


def _take(index: Index, number: int | None, item: Item) -> Outcome | Skipped:
    """Add an article to the index, or note why there is none."""
    if isinstance(item, Extraction):
        extraction = item
        added = attempt(extraction.article.path, lambda: index.add(extraction, file=number))
        if not isinstance(added, Skipped):
            return added
        item = added
    if isinstance(item, Present):
        if number is not None:
            index.manifest.keep(number, item.id)
        return "present"
    if number is not None:
        index.manifest.leave_out(number, item)
    return item
