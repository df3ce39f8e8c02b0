"""Whether confidence means what it says: of the rows at 0.9, are nine in ten right?

Three notions of right, each stricter than the one before:

* statement: half of the row's words, or of an annotated statement's, are the other's;
* found: the row, with those that it continues, is matched one to one with an annotated statement;
* linked: found, and the speaker is the annotated one (where the gold names no speakers, the
  source); this is what ``confidence`` estimates.

Rows that match only what the gold calls doubtful are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsmine.evaluation.gold import GoldArticle
from newsmine.evaluation.roles import matched
from newsmine.evaluation.scoring import roles_of
from newsmine.evaluation.statements import (
    SAME_WORDS,
    Row,
    extracted_statements,
    gold_statements,
    paired,
    right_speaker,
    words,
)
from newsmine.types import Span

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)
SURE = 0.9
RIGHT = ("statement", "found", "linked")


@dataclass(frozen=True, slots=True)
class Judged:
    """One row's confidence, and whether it is right."""

    confidence: float
    statement: bool
    found: bool
    linked: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The rows of a range of confidence, and the shares of them that are right, in per cent."""

    low: float
    high: float
    rows: int
    confidence: float
    statement: float
    found: float
    linked: float


def judge(article: GoldArticle, row: Row) -> Iterator[Judged]:
    """Each row of an article, judged."""
    if any(a.speaker for a in article.attributions):
        found, linked = by_statements(article, row)
    else:
        found, linked = _by_roles(article, row)
    annotated = [words(article.text, a.content) for a in article.attributions]
    doubtful = [words(article.text, content) for content in article.doubtful]
    for number, item in enumerate(row["attributions"]):
        own = words(article.text, _spans(item))
        statement = number in found or _overlaps(own, annotated)
        if statement or not _overlaps(own, doubtful):
            yield Judged(item["confidence"], statement, number in found, number in linked)


def by_statements(article: GoldArticle, row: Row) -> tuple[set[int], set[int]]:
    """Numbers of the rows that are annotated statements, and of those by the right speaker."""
    gold, found = gold_statements(article), extracted_statements(row)
    pairs = paired(article.text, gold, found).items()
    linked = [j for i, j in pairs if right_speaker(gold[i], found[j])]
    both = ([j for _, j in pairs], linked)
    rows, linked_rows = ({n for j in side for n in found[j].rows} for side in both)
    return rows, linked_rows


def _by_roles(article: GoldArticle, row: Row) -> tuple[set[int], set[int]]:
    places = [n for n, a in enumerate(row["attributions"]) if a["raw"]["content"]]
    gold, found = article.attributions, roles_of(row)
    pairs = (matched(article.text, gold, found, sources=s) for s in (False, True))
    rows, linked = ({places[j] for j in found.values()} for found in pairs)
    return rows | linked, linked


def _spans(item: Row) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in item["raw"]["content"])


def _overlaps(own: set[int], others: Sequence[set[int]]) -> bool:
    shares = (len(own & other) / min(len(own), len(other)) for other in others if own and other)
    return max(shares, default=0.0) >= SAME_WORDS


def bins(judged: Sequence[Judged]) -> list[Bin]:
    """The reliability table; the last range holds 1.0."""
    out = []
    for low, high in pairwise(EDGES):
        inside = [j for j in judged if low <= j.confidence < high or j.confidence == high == 1.0]
        out.append(_bin(low, high, inside))
    return out


def sure(judged: Sequence[Judged]) -> Bin:
    """The rows at 0.9 and above: at least 90 % of them are to be right."""
    return _bin(SURE, 1.0, [j for j in judged if j.confidence >= SURE])


def _bin(low: float, high: float, inside: Sequence[Judged]) -> Bin:
    return Bin(
        low,
        high,
        len(inside),
        _mean([j.confidence for j in inside]),
        *(100 * _mean([float(getattr(j, right)) for j in inside]) for right in RIGHT),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def calibration_error(judged: Sequence[Judged], right: str = "statement") -> float:
    """Expected calibration error: how far confidence is from the share that is right, on average.

    Over ten ranges of equal width, weighted by their rows, in points (Guo et al., 2017).
    """
    ranges: dict[int, list[Judged]] = {}
    for row in judged:
        ranges.setdefault(min(int(row.confidence * 10), 9), []).append(row)
    off = (abs(sum(j.confidence - getattr(j, right) for j in inside)) for inside in ranges.values())
    return 100 * sum(off) / len(judged) if judged else 0.0
