"""Statements: direct links, and the same figures as the shared British scorer gives."""

from __future__ import annotations

import importlib.util
import os
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from newsmine.evaluation.corpora import load_corpus
from newsmine.evaluation.statements import extracted_statements, statement_figures, tally_statements
from tests.evaluation.rows import gold, row, said

DATA = Path(os.environ.get("NEWSMINE_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
SCORER = DATA.parent / "tools" / "score_british.py"
BRITISH = DATA / "british" / "tune"


def figures(*attributions: dict[str, Any]) -> dict[str, float]:
    found = statement_figures(tally_statements(gold(), row(*attributions)))
    return {name: round(value) for name, value in found.items()}


RIGHT = said("direct", (0, 15), name="Lee"), said("direct", (30, 36), name="Lee", cue=False)


def test_a_quotation_and_what_continues_it_are_one() -> None:
    found = figures(*RIGHT)
    assert (found["found P"], found["found R"], found["direct linked F1"]) == (100, 50, 100)
    (statement,) = extracted_statements(row(*RIGHT))
    assert statement.rows == (0, 1)


def test_with_a_cue_of_its_own_it_is_another() -> None:
    found = figures(RIGHT[0], said("direct", (30, 36), name="Lee"))
    assert (found["found P"], found["direct linked F1"]) == (50, 67)


def test_what_is_said_within_it_does_not_part_a_statement() -> None:
    within = said("direct", (1, 3), name="Bo Marsh")
    joined = extracted_statements(row(RIGHT[0], within, RIGHT[1]))
    assert [(s.name, s.rows) for s in joined] == [("Lee", (0, 2)), ("Bo Marsh", (1,))]
    beside = said("direct", (21, 28), name="Bo Marsh")
    assert len(extracted_statements(row(RIGHT[0], beside, RIGHT[1]))) == 3


@pytest.mark.parametrize(
    ("kind", "name", "linked"),
    [
        ("direct", "Ann Lee", 100),
        ("direct", "Bo Marsh", 0),
        ("direct", None, 0),
        ("mixed", "Ann Lee", 0),
    ],
)
def test_linked_as_direct_by_the_right_speaker(kind: str, name: str | None, linked: int) -> None:
    assert figures(said(kind, (0, 15), (30, 36), name=name))["direct linked F1"] == linked


def test_one_that_is_direct_in_vain_costs() -> None:
    found = figures(*RIGHT, said("direct", (64, 72), name="The League"))
    assert found["direct linked F1"] == 67
    assert found["not_quotes reported"] == 100


def holding(item: dict[str, Any], other: dict[str, Any]) -> bool:
    (start, end), (a, b) = item["content"][0], other["content"][0]
    return item is not other and start <= a and b <= end


def disturbed(quotations: list[dict[str, Any]], random: Random) -> list[dict[str, Any]]:
    """The gold as a bad extractor would give it, without statements within others: the shared
    scorer lets those part what continues the outer one from it."""
    out = []
    for q in quotations:
        if random.random() < 0.15 or any(holding(other, q) for other in quotations):
            continue
        content = [
            [s, e - random.choice([0, 0, (e - s) // 3, 2 * (e - s) // 3])] for s, e in q["content"]
        ]
        name = random.choice([q["speaker_name"]] * 4 + ["Nobody Inparticular", None])
        speaker = {"name": name, "type": q["speaker_type"], "organisation": q.get("affiliation")}
        raw = {"content": content, "source": [], "cue": [q["cue"]] if q.get("cue") else []}
        kind = random.choice([q["kind"]] * 5 + ["mixed"])
        out.append(
            {"kind": kind, "raw": raw, "speaker": speaker if random.random() < 0.9 else None}
        )
    return out


def test_the_shared_scorer_gives_the_same_figures() -> None:
    if not SCORER.is_file() or not BRITISH.is_dir():
        pytest.skip(f"{SCORER} or {BRITISH} is absent: nothing to compare with")
    spec = importlib.util.spec_from_file_location("score_british", SCORER)
    assert spec
    assert spec.loader
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    articles = shared.load(BRITISH.with_suffix(".jsonl"), BRITISH)
    rows = {
        name: {
            **row(*disturbed(annotated["quotations"], Random(name))),
            "article": {"path": f"{name}.txt"},
        }
        for name, (_, annotated) in articles.items()
    }
    theirs = shared.figures(shared.score(articles, rows.values()))
    tally: Counter[str] = Counter()
    for article in load_corpus(BRITISH).articles:
        tally += tally_statements(article, rows[article.name])
    ours = statement_figures(tally)
    same = ["found P", "found R", "found F1", "direct R", "mixed R", "indirect R"]
    for name in (*same, "speaker", "organisation"):
        assert ours[name] == pytest.approx(theirs[name], abs=0.01), name
        assert 30 < ours[name] < 99, "neither trivially right nor wrong"
    assert ours["not_quotes reported"] == pytest.approx(theirs["scare quotes reported"])
