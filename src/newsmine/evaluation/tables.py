"""Measurements as rows of text: what the command line shows of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsmine.evaluation import reliability
from newsmine.evaluation.bootstrap import Interval
from newsmine.evaluation.reliability import Bin, Judged
from newsmine.evaluation.report import Report
from newsmine.evaluation.robustness import MOST_DIFFERENT, Cost, Difference
from newsmine.evaluation.roles import FIGURES

UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table whose cells are text; its last columns are numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str | None = None


def of_report(report: Report) -> Iterator[TextTable]:
    """Roles and links, then statements and figures, as far as the gold has them."""
    title = f"{report.corpus}: {report.articles} articles. Roles and links, per cent"
    people = report.people
    columns = ("", "P", "R", "F1", "95 % of F1", "Gold", "Found", *(("People",) if people else ()))
    rows = tuple(_role(report, name) for name in FIGURES)
    yield TextTable(title, columns, rows, _people_note(report))
    others = [n for n in report.figures if n.rpartition(" ")[0] not in FIGURES]
    if others:
        title = "Statements and figures, per cent"
        yield TextTable(
            title, ("", "Value", "95 %"), tuple(_other(report, name) for name in others)
        )


def _role(report: Report, name: str) -> tuple[str, ...]:
    values = (_number(report.figures[f"{name} {letter}"]) for letter in ("P", "R", "F1"))
    counts = (str(report.counts[f"{name} {side}"]) for side in ("gold", "found"))
    people = (_number(report.people.figures[f"{name} F1"]),) if report.people else ()
    return (name, *values, _range(report.intervals[f"{name} F1"]), *counts, *people)


def _people_note(report: Report) -> str | None:
    people = report.people
    if people is None:
        return None
    pairs = f"{people.pairs} pairs of annotators on {people.articles} articles"
    return f"People: F1 of {pairs}, one scored against the other."


def _other(report: Report, name: str) -> tuple[str, ...]:
    if name in ("statements", "claims"):
        return name, str(round(report.figures[name])), ""
    return name, _number(report.figures[name]), _range(report.intervals[name])


def of_reliability(judged: Sequence[Judged], *, speakers: bool) -> TextTable:
    """Of the rows in each range of confidence, how many are right."""
    last = "Speaker too" if speakers else "Source too"
    columns = ("Confidence", "Rows", "Mean", "Statements", "Found", last)
    rows = tuple(map(_bin, reliability.bins(judged)))
    sure = reliability.sure(judged)
    errors = (_number(reliability.calibration_error(judged, right)) for right in reliability.RIGHT)
    return TextTable(
        "Reliability: how many rows are right, per cent",
        columns,
        (*rows, ("0.9 and more", *_bin(sure)[1:]), ("calibration error", "", "", *errors)),
    )


def _bin(found: Bin) -> tuple[str, ...]:
    name = f"{found.low:.1f} – {found.high:.1f}"
    if not found.rows:
        return name, "0", *[UNKNOWN] * 4
    shares = (_number(value) for value in (found.statement, found.found, found.linked))
    return name, str(found.rows), f"{found.confidence:.2f}", *shares


def of_costs(name: str, costs: Iterable[Cost], *, speakers: bool) -> TextTable:
    """What each change costs."""
    found = "Found F1" if speakers else "Relation F1"
    columns = ("Change", "Places", "Direct F1", "Loss", "Limit", found, "Speaker", "Organisation")
    title = f"{name}: the same articles printed another way, per cent"
    note = f"Direct F1: direct quotations with the right {'speaker' if speakers else 'source'}."
    return TextTable(title, columns, tuple(map(_cost, costs)), note)


def _cost(cost: Cost) -> tuple[str, ...]:
    is_change = cost.limit is not None
    loss = _number(cost.loss + 0.0 if abs(cost.loss) >= 0.05 else 0.0) if is_change else ""
    limit = f"{cost.limit:.0f}{'' if cost.within else ' !'}" if cost.limit is not None else ""
    others = (cost.found, cost.speaker, cost.organisation)
    places = str(cost.places) if is_change else ""
    return (cost.change, places, _number(cost.direct), loss, limit, *map(_number, others))


def of_differences(differences: Iterable[Difference]) -> TextTable:
    """Which articles give other rows when pasted with other line breaks."""
    columns = ("Pasted with", "Places", "Articles", "Different, %", "Limit", "Which")
    title = "The same articles with other line breaks"
    return TextTable(title, columns, tuple(map(_difference, differences)))


def _difference(found: Difference) -> tuple[str, ...]:
    limit = f"{MOST_DIFFERENT:.0f}{' !' if found.share > MOST_DIFFERENT else ''}"
    which = ", ".join(found.different[:3]) + (" …" if len(found.different) > 3 else "")
    counts = (str(found.places), str(found.articles), _number(found.share))
    return (found.change, *counts, limit, which)


def _number(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.1f}"


def _range(interval: Interval) -> str:
    return f"{interval[0]:.1f} – {interval[1]:.1f}"


def costs_to_json(costs: Sequence[Cost], differences: Sequence[Difference]) -> Mapping[str, object]:
    """Both tables of robustness as a JSON object."""
    return {
        "changes": [
            {name: getattr(cost, name) for name in (*Cost.__slots__, "within")} for cost in costs
        ],
        "pasted": [
            {
                **{name: getattr(found, name) for name in ("change", "places", "articles")},
                "different": list(found.different),
                "share": found.share,
            }
            for found in differences
        ],
    }
