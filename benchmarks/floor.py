"""Whole extraction against the floor that rule-based peers pay: a spaCy CNN pipeline.

  python benchmarks/floor.py [--data ../shared/data] [--floor FOLDER] [--repeat 3] [--json FILE]

Peers that find quotations by rules need a tagged and parsed text with names first, so a pipeline of
tagger, parser and entity recogniser of ``en_core_web_sm``'s shape (benchmarks/peers) is the least
that they pay; their own rules come on top. Both read the same texts in the same run, one thread
each, in turn; of each the fastest of several runs counts, in the processor's own time, so that a
busy machine says nearly the same (wall time is printed beside it). *Extraction* is all of
``nlp.extract``: words, encoder, attributions, speakers, claims, checks.

The floor is FOLDER where given, else trained once into ``runs/floor`` from the shared data (some
minutes), else a pipeline with random weights, which is said: its times are rough.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsmine import ingest, nlp
from newsmine.ingest.alignment import identity
from newsmine.nlp.words import paragraphs
from newsmine.resources import shipped
from newsmine.types import Article, Zone

if TYPE_CHECKING:
    from spacy.language import Language

Figures = dict[str, float]

AT_LEAST = 1.2
"""Words a second of extraction over the floor's: what the project asks for; its aim is 1.5."""

_ROOT = Path(__file__).parents[1]
_TRAINED = _ROOT / "runs" / "floor"
_ARTICLES = 40  # of PolNeAR's dev part: two minutes a run would be lost on all
_IN_ARTICLE = 12  # paragraphs without quotation marks, digits or verbs of saying


def main() -> None:
    """Time both on each kind of text and print the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--floor", type=Path, help="a spaCy pipeline with tagger, parser and ner")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args()
    for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):  # before any of them is loaded
        os.environ[f"{library}_NUM_THREADS"] = "1"
    floor, said = floor_of(options.floor, options.data)
    print(f"floor: {said}, {' '.join(floor.pipe_names)}")
    pipeline, figures = nlp.load(), dict[str, Figures]()
    for kind, articles in texts(options.data):
        figures[kind] = compared(pipeline, floor, articles, options.repeat)
        show(kind, figures[kind])
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def floor_of(folder: Path | None, data: Path) -> tuple[Language, str]:
    """The floor's pipeline and where it comes from."""
    sys.path.insert(0, str(_ROOT))  # run as a file, this one's own folder is on the path
    import spacy
    from benchmarks.peers import floor_pipeline

    if folder is None and not _TRAINED.is_dir() and (data / "treebanks").is_dir():
        floor_pipeline.trained(data, epochs=2).to_disk(_TRAINED)
    chosen = folder or _TRAINED
    if not chosen.is_dir():
        return floor_pipeline.untrained(), "random weights (no data to train it: times are rough)"
    kept = ("tok2vec", "tagger", "parser", "ner")
    floor = spacy.load(chosen)
    return spacy.load(chosen, exclude=[p for p in floor.pipe_names if p not in kept]), str(chosen)


def texts(data: Path) -> Iterator[tuple[str, list[Article]]]:
    """Each kind of text and its articles."""
    sample = list(sample_articles())
    yield "sample corpus", sample
    yield "plain paragraphs", 4 * list(plain_articles(sample))
    polnear = data / "attributions" / "polnear" / "dev"
    if polnear.is_dir():
        paths = sorted(polnear.glob("*.txt"))[:_ARTICLES]
        yield "PolNeAR dev", [bare(path.read_text("utf-8")) for path in paths]


def sample_articles() -> Iterator[Article]:
    """The sample corpus, cleaned."""
    for path in ingest.find_inputs([shipped("corpora/sample")]):
        if path.suffix == ".txt":
            yield from ingest.read_file(path)


def plain_articles(articles: Sequence[Article]) -> Iterator[Article]:
    """Articles of the sample's paragraphs that quote nobody and have no figure."""
    plain = [
        article.text[start:end]
        for article in articles
        for start, end in paragraphs(article.text)
        if end - start > 100
        and not any(c in '“”‘"' or c.isdigit() for c in article.text[start:end])
    ]
    for i in range(0, len(plain), _IN_ARTICLE):
        yield bare("\n\n".join(plain[i : i + _IN_ARTICLE]))


def bare(text: str) -> Article:
    """A text as an article that is all body."""
    return Article("text", "-", text, identity(text), zones=(Zone((0, len(text)), "body"),))


def compared(
    pipeline: Language, floor: Language, articles: Sequence[Article], repeat: int
) -> Figures:
    """Words a second of both, in the processor's and in wall time, and their ratio."""
    words = sum(len(article.text.split()) for article in articles)
    runs: dict[str, Callable[[], object]] = {
        "extraction": lambda: [nlp.extract(article, pipeline) for article in articles],
        "floor": lambda: [floor(article.text) for article in articles],
    }
    fastest = {name: (float("inf"), float("inf")) for name in runs}
    for _ in range(repeat + 1):  # the first warms caches up: its times are hardly ever the best
        for name, run in runs.items():
            fastest[name] = tuple(map(min, fastest[name], timed(run)))  # type: ignore[assignment]
    figures: Figures = {"articles": len(articles), "words": words}
    for name, (cpu, wall) in fastest.items():
        figures[f"{name}, words/s"] = words / cpu
        figures[f"{name}, words/s of wall time"] = words / wall
    figures["ratio"] = fastest["floor"][0] / fastest["extraction"][0]
    return figures


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """The processor's and the wall's seconds of a run."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return time.process_time() - cpu, time.perf_counter() - wall


def show(kind: str, figures: Figures) -> None:
    """One kind of text in words."""
    ours, floor = figures["extraction, words/s"], figures["floor, words/s"]
    enough = "at least" if figures["ratio"] >= AT_LEAST else "BELOW"
    print(
        f"{kind} ({figures['articles']:.0f} articles, {figures['words']:,.0f} words): "
        f"extraction {ours:,.0f} words/s, floor {floor:,.0f}: "
        f"{figures['ratio']:.2f} times, {enough} {AT_LEAST}"
    )


if __name__ == "__main__":
    main()
