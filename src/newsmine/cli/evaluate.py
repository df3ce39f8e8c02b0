"""``newsmine evaluate``: how good is it, on annotated articles."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from newsmine.cli.options import Model
from newsmine.cli.screen import json_text, say, show, table
from newsmine.errors import ExportError, QueryError

if TYPE_CHECKING:
    from newsmine.evaluation.corpora import Corpus
    from newsmine.evaluation.tables import TextTable

EXAMPLES = (
    "newsmine evaluate --sample",
    "newsmine evaluate --sample --reliability --json figures.json",
    "newsmine evaluate topics",
    "newsmine evaluate names",
)
# Not among them: robustness, which reads the sample sixteen times; tests run all examples.

WORDS = ("robustness", "topics", "names")
"""What is measured of a corpus instead of the whole."""


def evaluate(
    what: Annotated[
        str | None,
        typer.Argument(metavar="WHAT", help="robustness, topics or names; or a FOLDER."),
    ] = None,
    folder: Annotated[
        str | None,
        typer.Argument(metavar="FOLDER", help="Annotated articles.", show_default=False),
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="The articles that come with newsmine.")
    ] = False,
    reliability: Annotated[
        bool, typer.Option("--reliability", help="Of the rows at each confidence, who is right?")
    ] = False,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures here, too.")
    ] = None,
    clean: Annotated[
        bool, typer.Option("--clean", help="Clean the texts of a brat folder, as extract does.")
    ] = False,
    no_thoughts: Annotated[
        bool, typer.Option("--no-thoughts", help="What people think or wish is not annotated.")
    ] = False,
    model: Model = None,
) -> None:
    """Measure accuracy on annotated articles.

    FOLDER holds texts and brat's .ann files, as PolNeAR does; other layouts are in
    docs/evaluation.md. "robustness" shows what it costs when the same articles (the sample
    corpus, where no FOLDER is named) are printed another way: other marks, other line breaks,
    scanning noise; "topics" what articles are about, by a topics.toml beside the texts; "names"
    which names are one over articles, by a names.toml.
    """
    words = [word for word in (what, folder) if word]
    given = {"--reliability": reliability, "--clean": clean, "--no-thoughts": no_thoughts}
    word, path = _understood(words, sample=sample, options=[n for n, on in given.items() if on])
    if word in ("topics", "names"):
        record = _topics(path) if word == "topics" else _names(path, model)
    else:
        corpus = _corpus(path, clean=clean, no_thoughts=no_thoughts)
        record = _robustness(corpus, model) if word else _figures(corpus, model, reliability)
    if json:
        _write(json, record)


def _understood(
    words: list[str], *, sample: bool, options: list[str]
) -> tuple[str | None, Path | None]:
    """Which of ``WORDS`` is asked for, and the folder, if one is."""
    word = words[0] if words and words[0] in WORDS else None
    folders = words[1:] if word else words
    if len(folders) > 1:
        raise QueryError(folders[1], "is a second folder", "Measure one corpus at a time")
    if folders and sample:
        raise QueryError("--sample", f"is another corpus than {folders[0]}", "Give one of the two")
    if not words and not sample:
        raise QueryError("FOLDER", "is missing", "Name a folder of annotated articles, or --sample")
    wrong = [one for one in options if one == "--reliability" or word != "robustness"]
    if word and wrong:
        raise QueryError(wrong[0], f"is no part of {word}", "Leave out one of the two")
    return word, Path(folders[0]) if folders else None


def _corpus(path: Path | None, *, clean: bool, no_thoughts: bool) -> Corpus:
    from newsmine.evaluation.corpora import load_corpus

    found = load_corpus(path)
    return replace(found, clean=found.clean or clean, thoughts=found.thoughts and not no_thoughts)


def _topics(path: Path | None) -> Mapping[str, object]:
    from newsmine.evaluation import topics

    folder = _sample_or(path)
    tallies = topics.measure_topics(folder)
    _show(topics.of_topics(folder.name, tallies))
    return {"corpus": folder.name, "topics": topics.topics_to_json(tallies)}


def _names(path: Path | None, model: str | None) -> Mapping[str, object]:
    from newsmine.evaluation import identities

    folder = _sample_or(path)
    figures = identities.measure_names(folder, model=model, progress=_progress())
    _show(identities.of_names(folder.name, figures))
    return {"corpus": folder.name, "names": figures}


def _sample_or(path: Path | None) -> Path:
    from newsmine.evaluation.corpora import SAMPLE
    from newsmine.resources import shipped

    return path or shipped(SAMPLE)


def _figures(corpus: Corpus, model: str | None, reliability: bool) -> Mapping[str, object]:
    from newsmine.evaluation.report import measure, to_json
    from newsmine.evaluation.tables import of_reliability, of_report

    report = measure(corpus, model=model, progress=_progress())
    for part in of_report(report):
        _show(part)
    if reliability:
        _show(of_reliability(report.judged, speakers=corpus.has_speakers))
    return to_json(report)


def _robustness(corpus: Corpus, model: str | None) -> Mapping[str, object]:
    from newsmine.evaluation import robustness, tables

    costs = list(robustness.costs(corpus, model=model, progress=_progress()))
    _show(tables.of_costs(corpus.name, costs, speakers=corpus.has_speakers))
    differences = list(robustness.differences(corpus, model=model, progress=_progress()))
    _show(tables.of_differences(differences))
    return {"corpus": corpus.name, **tables.costs_to_json(costs, differences)}


def _progress() -> Callable[[str], None]:
    """Says where it is, to a person who waits at a terminal."""
    return (lambda name: say(f"{name} …")) if sys.stderr.isatty() else (lambda _: None)


def _show(part: TextTable) -> None:
    show(table(part.title, part.columns, part.rows))
    show(Text(f"{part.note}\n" if part.note else "", style="dim"))


def _write(path: Path, record: Mapping[str, object]) -> None:
    try:
        path.write_text(json_text(record, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})"
        raise ExportError(path, reason, "See that there is room and that it may be used") from error
