"""The scorer of the sample corpus: right answers score full marks, each fault costs its figure."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from newsmine.errors import NewsmineError
from newsmine.evaluation.gold import GoldArticle, load_gold
from newsmine.evaluation.sample import main, same_name, score_sample

FOLDER = Path(__file__).parents[2] / "corpora" / "sample"
TEXT = "‘No more,’ said Ann Ibbotley of Fernwatch. ‘Never.’ It claims 12 of 40 boys are ‘hooked’."
GOLD = {
    "attributions": [
        {
            **{"kind": "direct", "content": ["‘No more,’"], "cue": ["said"]},
            "source": ["Ann Ibbotley"],
            "speaker": {"name": "Ann Ibbotley", "type": "person", "organisation": "Fernwatch"},
        },
        {
            **{"kind": "direct", "content": ["‘Never.’"], "continues": True},
            "speaker": {"name": "Ann Ibbotley", "type": "person", "organisation": "Fernwatch"},
        },
        {
            **{"kind": "indirect", "content": ["12 of 40 boys are ‘hooked’"], "cue": ["claims"]},
            "source": ["It"],
            "speaker": {"name": "Fernwatch", "type": "organisation", "organisation": "Fernwatch"},
        },
    ],
    "not_quotes": ["‘hooked’"],
    "claims": [{"text": "12 of 40", "form": "ratio", "value": 0.3}],
}


@pytest.fixture
def gold(tmp_path: Path) -> tuple[GoldArticle, ...]:
    (tmp_path / "01-x.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "01-x.gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return load_gold(tmp_path)


@pytest.fixture
def row(gold: tuple[GoldArticle, ...]) -> dict[str, Any]:
    return _perfect(gold[0])


def _perfect(article: GoldArticle) -> dict[str, Any]:
    """The row that an extraction without fault would print."""
    attributions = [
        {
            "kind": a.kind,
            "raw": {"content": a.content, "source": a.source, "cue": a.cue},
            "speaker": a.speaker
            and {
                **{"name": a.speaker.name, "type": a.speaker.type},
                **{"role": a.speaker.role, "organisation": a.speaker.organisation},
            },
        }
        for a in article.attributions
    ]
    claims = [
        {"raw": [c.span], "value": None, "low": c.value[0], "high": c.value[1]}
        if isinstance(c.value, tuple)
        else {"raw": [c.span], "value": c.value, "low": c.value, "high": c.value}
        for c in article.claims
    ]
    row = {"article": {"path": f"corpora/{article.name}.txt"}}
    return json.loads(json.dumps({**row, "attributions": attributions, "claims": claims}))


def test_the_gold_itself_scores_full_marks():
    articles = load_gold(FOLDER)
    figures = score_sample(map(_perfect, articles), articles)
    right = {name: value for name, value in figures.items() if name.endswith("F1")}
    # As in score_british.py, words of statements that nobody is named for count as extracted only.
    assert 99.5 < right.pop("words F1") < 100.0
    assert right == dict.fromkeys(right, 100.0)
    assert {figures[k] for k in ("kind", "speaker", "organisation")} == {100.0}
    assert figures["not_quotes reported"] == figures["not_claims reported"] == 0.0


def test_a_missing_row_counts_as_nothing_found(gold):
    figures = score_sample([], gold)
    assert figures["statements"] == 2
    assert figures["found R"] == figures["linked F1"] == figures["claims F1"] == 0.0


def test_what_continues_is_one_statement_however_it_is_cut(gold, row):
    one = copy.deepcopy(row)
    one["attributions"][0]["raw"]["content"] += one["attributions"].pop(1)["raw"]["content"]
    assert score_sample([one], gold) == score_sample([row], gold)


def test_a_continuation_with_a_cue_is_a_statement_of_its_own(gold, row):
    row["attributions"][1]["raw"]["cue"] = [[11, 15]]
    figures = score_sample([row], gold)
    assert figures["found P"] == pytest.approx(200 / 3)
    assert figures["found R"] == 100.0


def test_a_wrong_speaker_costs_speaker_words_and_link_but_not_found(gold, row):
    for attribution in row["attributions"][:2]:
        attribution["speaker"]["name"] = "Bob Tarrowby"
    figures = score_sample([row], gold)
    assert figures["found F1"] == figures["organisation"] == 100.0
    assert figures["speaker"] == 50.0
    assert figures["linked F1"] == 0.0
    assert figures["words F1"] < 100.0


def test_an_unresolved_speaker_is_no_error_of_the_scorer(gold, row):
    row["attributions"][0]["speaker"] = None
    assert score_sample([row], gold)["speaker"] == 50.0


def test_a_quotation_taken_for_indirect_is_found_but_not_linked(gold, row):
    for attribution in row["attributions"][:2]:
        attribution["kind"] = "indirect"
    figures = score_sample([row], gold)
    assert figures["found F1"] == 100.0
    assert figures["kind"] == 50.0
    assert figures["linked R"] == 0.0


def test_a_scare_quote_reported_as_a_quotation_is_counted(gold, row):
    start = TEXT.index("‘hooked’")
    extra = {"kind": "mixed", "raw": {"content": [[start, start + 8]], "cue": [[0, 1]]}}
    row["attributions"].append(extra)
    assert score_sample([row], gold)["not_quotes reported"] == 100.0


@pytest.mark.parametrize(
    ("value", "right"), [(0.3, True), (30, True), ("0.3", True), (12, False), (None, False)]
)
def test_a_share_may_be_per_cent_or_part_of_one(gold, row, value, right):
    row["claims"][0].update(value=value, low=None, high=None)
    assert score_sample([row], gold)["claims F1"] == (100.0 if right else 0.0)


def test_a_figure_elsewhere_is_another_claim(gold, row):
    row["claims"][0]["raw"] = [[0, 5]]
    assert score_sample([row], gold)["claims F1"] == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Councillor Ann Ibbotley", "Ann Ibbotley", True),
        ("Mrs Ibbotley", "Ann Ibbotley", True),
        ("the Fernwatch’s", "Fernwatch", True),
        ("Ann Ibbotley", "Bob Ibbotley", False),
        ("Ann Ibbotley", None, False),
        ("the", "a", False),
    ],
)
def test_same_name(one, other, same):
    assert same_name(one, other) is same


def test_rows_that_do_not_belong_are_refused(gold, row):
    with pytest.raises(NewsmineError, match="has two rows"):
        score_sample([row, row], gold)
    row["article"]["path"] = "99-other.txt"
    with pytest.raises(NewsmineError, match="99-other: is no article of the gold"):
        score_sample([row], gold)


def test_the_command_prints_every_figure(gold, row, tmp_path, capsys):
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert main([str(rows), str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in score_sample([row], gold))


def test_the_command_names_what_it_cannot_read(tmp_path, capsys):
    assert main([str(tmp_path / "none.jsonl"), str(tmp_path)]) == 1
    assert "none.jsonl" in capsys.readouterr().err
    assert main([]) == 2
