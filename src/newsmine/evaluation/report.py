"""A corpus measured: every figure with its interval, what two people agree on, reliability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from newsmine.evaluation import reliability
from newsmine.evaluation.bootstrap import Interval, intervals
from newsmine.evaluation.corpora import Corpus
from newsmine.evaluation.reliability import Judged, judge
from newsmine.evaluation.roles import role_figures
from newsmine.evaluation.sample import figures as sample_figures
from newsmine.evaluation.scoring import ceiling, extract_row, tally
from newsmine.evaluation.statements import statement_figures

if TYPE_CHECKING:
    from newsmine.pipeline import Model


@dataclass(frozen=True, slots=True)
class People:
    """How well annotators agree, in the same figures: pairs of them, over so many articles."""

    articles: int
    pairs: int
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on a corpus. ``counts`` are added counts, ``figures`` per cent."""

    corpus: str
    articles: int
    counts: Mapping[str, int]
    figures: Mapping[str, float]
    intervals: Mapping[str, Interval]
    people: People | None
    judged: tuple[Judged, ...]


def measure(
    corpus: Corpus, *, model: Model = None, progress: Callable[[str], None] = lambda _: None
) -> Report:
    """Extract a corpus and score it against its gold.

    Args:
        corpus: From ``corpora.load_corpus``.
        model: As for ``newsmine.extract``.
        progress: Told each article's name.
    """
    tallies: list[Counter[str]] = []
    judged: list[Judged] = []
    for article in corpus.articles:
        progress(article.name)
        row = extract_row(article.text, model=model, clean=corpus.clean, thoughts=corpus.thoughts)
        tallies.append(tally(article, row))
        judged += judge(article, row)
    figures = _figures_of(corpus)
    total = sum(tallies, Counter())
    return Report(
        corpus=corpus.name,
        articles=len(corpus.articles),
        counts=total,
        figures=figures(total),
        intervals=intervals(tallies, figures),
        people=_people(corpus),
        judged=tuple(judged),
    )


def _figures_of(corpus: Corpus) -> Callable[[Counter[str]], dict[str, float]]:
    """The figures that this gold allows, in printing order."""

    def figures(counts: Counter[str]) -> dict[str, float]:
        found = _flat(counts)
        if corpus.has_claims:
            return {**found, **sample_figures(counts)}
        return {**found, **statement_figures(counts)} if corpus.has_speakers else found

    return figures


def _flat(counts: Counter[str]) -> dict[str, float]:
    return {
        f"{name} {letter}": value
        for name, found in role_figures(counts).items()
        for letter, value in (("P", found.precision), ("R", found.recall), ("F1", found.f1))
    }


def _people(corpus: Corpus) -> People | None:
    several = [(a, *corpus.others[a.name]) for a in corpus.articles if a.name in corpus.others]
    if not several:
        return None
    tallies = [counts for versions in several for counts in ceiling(versions)]
    return People(len(several), len(tallies), _flat(sum(tallies, Counter())))


def to_json(report: Report) -> dict[str, Any]:
    """The report as a JSON object: docs/evaluation.md says what it holds."""
    low_high = report.intervals
    sure = reliability.sure(report.judged)
    return {
        "corpus": report.corpus,
        "articles": report.articles,
        "figures": {
            name: {"value": value, "low": low_high[name][0], "high": low_high[name][1]}
            for name, value in report.figures.items()
        },
        "people": asdict(report.people) if report.people else None,
        "reliability": {
            "rows": len(report.judged),
            "bins": [asdict(found) for found in reliability.bins(report.judged)],
            "sure": asdict(sure),
            "calibration_error": {
                right: reliability.calibration_error(report.judged, right)
                for right in reliability.RIGHT
            },
        },
    }
