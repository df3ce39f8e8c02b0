"""Score extractions of the sample corpus against its gold: who said what, with which numbers.

Rows are what ``newsmine extract corpora/sample --format jsonl`` prints. Statements are counted as
``statements`` says; claims are figures whose span overlaps and whose value, or either end of a
range, is right; a share may be given as per cent or as a part of one.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsmine.errors import NewsmineError
from newsmine.evaluation.command import print_scores
from newsmine.evaluation.gold import GoldArticle, GoldClaim
from newsmine.evaluation.names import same_name
from newsmine.evaluation.statements import (
    Row,
    f1,
    share,
    statement_figures,
    tally_statements,
)
from newsmine.types import Span

__all__ = ["figures", "pair_claims", "same_name", "score_sample", "tally_article"]

SAME_VALUE = 1e-5  # relative; the gold writes a third as 33.3333


def score_sample(rows: Iterable[Row], articles: Sequence[GoldArticle]) -> dict[str, float]:
    """Figures in per cent, with the numbers of gold statements and claims, in printing order.

    A gold article without a row counts as one in which nothing was found.

    Raises:
        NewsmineError: A row is of an article that the gold lacks, or an article has two rows.
    """
    by_name: dict[str, Row] = {}
    for row in rows:
        name = Path(row["article"]["path"]).stem
        if name in by_name:
            raise NewsmineError(name, "has two rows", "Score one extraction at a time")
        by_name[name] = row
    if unknown := sorted(by_name.keys() - {article.name for article in articles}):
        raise NewsmineError(unknown[0], "is no article of the gold", "Extract the gold's texts")
    tally: Counter[str] = Counter()
    for article in articles:
        tally += tally_article(article, by_name.get(article.name, _NOTHING))
    return figures(tally)


_NOTHING: Row = {"attributions": (), "claims": ()}


def tally_article(article: GoldArticle, row: Row) -> Counter[str]:
    """What is counted in one article, statements and claims; counts of several add up."""
    return tally_statements(article, row) + _tally_claims(article, row["claims"])


def pair_claims(
    gold: Sequence[GoldClaim], claims: Sequence[Row]
) -> Iterator[tuple[GoldClaim, int]]:
    """The gold claims that are found, each with the place of its claim; one to one, in order."""
    used: set[int] = set()
    for wanted in gold:
        for j, claim in enumerate(claims):
            if j not in used and _overlap(claim, wanted.span) and _same_value(claim, wanted):
                used.add(j)
                yield wanted, j
                break


def _tally_claims(article: GoldArticle, claims: Sequence[Row]) -> Counter[str]:
    tally: Counter[str] = Counter()
    tally["claims"] += len(article.claims)
    tally["claims found"] += sum(1 for _ in pair_claims(article.claims, claims))
    tally["claims extracted"] += len(claims)
    tally["not_claims"] += len(article.not_claims)
    tally["not_claims reported"] += sum(
        any(_overlap(claim, span) for claim in claims) for span in article.not_claims
    )
    return tally


def _overlap(claim: Row, span: Span) -> bool:
    return any(start < span[1] and span[0] < end for start, end in claim["raw"])


def _same_value(claim: Row, wanted: GoldClaim) -> bool:
    value, low, high = (claim.get(key) for key in ("value", "low", "high"))
    if wanted.value is None:
        return value is None
    if isinstance(wanted.value, tuple):
        ends = _close(low, wanted.value[0]) and _close(high, wanted.value[1])
        return ends or any(_close(value, end) for end in wanted.value)
    scaled = None if value is None else float(value) * 100
    want = wanted.value
    return _close(value, want) or _close(scaled, want) or _close(value, want * 100)


def _close(value: Any, want: float) -> bool:
    return value is not None and abs(float(value) - want) <= SAME_VALUE * abs(want)


def figures(tally: Mapping[str, float]) -> dict[str, float]:
    """What ``score_sample`` gives, out of added counts."""
    return {
        "statements": tally["gold"],
        **statement_figures(tally),
        "claims": tally["claims"],
        "claims P": share(tally, "claims found", "claims extracted"),
        "claims R": share(tally, "claims found", "claims"),
        "claims F1": f1(tally, "claims found", "claims extracted", "claims"),
        "not_claims reported": share(tally, "not_claims reported", "not_claims"),
    }


def main(arguments: Sequence[str]) -> int:
    """``python -m newsmine.evaluation.sample EXTRACTED.jsonl [FOLDER]``; the exit status."""
    return print_scores(f"{main.__doc__}", arguments, _printed)


def _printed(rows: Iterable[Row], articles: Sequence[GoldArticle]) -> list[str]:
    return [f"{name:20s} {value:6.1f}" for name, value in score_sample(rows, articles).items()]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
