"""Fields of claims against gold: heads, shared words, what is scored at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsmine.evaluation.claims import has_head, head_word, main, score_fields, shares_word
from newsmine.evaluation.gold import load_gold

TEXT = "Police logged 40 thefts in May. Some 9% of girls agreed, up from 7% in 2015."


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("online grooming offences", "offences"),
        ("girls aged 13 to 17", "girls"),
        ("the number of children in care", "children"),
        ("those who had paid", "those"),
        ("the", None),
        ("", None),
    ],
)
def test_head_words(phrase: str, head: str | None) -> None:
    assert head_word(phrase) == head


def test_a_head_is_found_in_another_number_or_a_longer_phrase() -> None:
    assert has_head("offence", "online offences")
    assert has_head("girls", "girls that had replied")
    assert not has_head("boys", "girls")
    assert not has_head("boys", None)


def test_small_words_are_not_shared() -> None:
    assert shares_word("in 2015", "2015")
    assert not shares_word("in the year", "in the month")
    assert not shares_word("in May", None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    gold = {
        "claims": [
            {"text": "40", "value": 40, "form": "count", "counted": "thefts", "period": "May",
             "status": "recorded"},
            {"text": "9%", "value": 9, "form": "share", "counted": "girls", "direction": "up",
             "base": "7% in 2015", "organisation": "Hallmere"},
        ]
    }  # fmt: skip
    (tmp_path / "01-a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "01-a.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    return tmp_path


def a_claim(text: str, value: float, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(text)
    return {"raw": [[start, start + len(text)]], "value": value, **fields}


def a_row(*claims: dict[str, Any]) -> dict[str, Any]:
    return {"article": {"path": "01-a.txt"}, "attributions": [], "claims": list(claims)}


def test_only_what_the_gold_has_is_scored(folder: Path) -> None:
    theft = a_claim("40", 40, form="count", counted="40 thefts", period="in May", status=None)
    share = a_claim("9%", 9, form="ratio", counted="boys", base="2015", organisation="Hallmere")
    figures = score_fields([a_row(theft, share)], load_gold(folder))
    right = {name: figures[name] for name in ("form", "counted", "base", "period", "source")}
    assert right == {"form": 50, "counted": 50, "base": 100, "period": 100, "source": 100}
    assert (figures["status"], figures["status of"], figures["direction"]) == (0, 1, 0)


def test_what_is_not_found_is_not_scored(folder: Path) -> None:
    figures = score_fields([a_row(a_claim("40", 41, form="count"))], load_gold(folder))
    assert figures["form of"] == 0
    assert score_fields([], load_gold(folder))["form of"] == 0


def test_the_command_prints_each_field(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = folder / "rows.jsonl"
    rows.write_text(json.dumps(a_row(a_claim("40", 40, form="count"))) + "\n", encoding="utf-8")
    assert main([str(rows), str(folder)]) == 0
    assert "form" in capsys.readouterr().out
    assert main([]) == 2
    assert main([str(folder / "none.jsonl"), str(folder)]) == 1
