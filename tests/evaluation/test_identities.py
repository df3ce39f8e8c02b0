"""Who is who in the sample corpus, from its gold and from extracted rows, reaches its floors."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from newsmine.errors import GoldError
from newsmine.evaluation.identities import (
    Stated,
    load_names,
    main,
    score_names,
    stated_in_gold,
    stated_in_rows,
)
from tests.cli.conftest import needs_model

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "corpora" / "sample"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["names"]


def reaches(found: dict[str, float], part: str) -> None:
    floors = {k.partition(", ")[2]: v for k, v in FLOORS.items() if k.startswith(f"{part}, ")}
    assert floors
    assert {name: found[name] for name, floor in floors.items() if found[name] < floor} == {}
    assert found["tempting merged"] == 0


def test_from_the_gold() -> None:
    reaches(score_names(stated_in_gold(SAMPLE), SAMPLE), "gold")


@needs_model
def test_from_extracted_rows() -> None:
    from newsmine.export.extraction import to_dict
    from newsmine.pipeline import extract_paths
    from newsmine.progress import Skipped

    found = extract_paths(SAMPLE)
    rows = [to_dict(one) for one in found if not isinstance(one, Skipped)]
    reaches(score_names(stated_in_rows(rows), SAMPLE), "extracted")


def test_the_score_sees_what_is_wrong() -> None:
    """A person under a name that no rule ties to the others, and one tempting pair."""
    stated = [s for s in stated_in_gold(SAMPLE) if s.name == "Desmond Auchterby"]
    good = score_names(stated, SAMPLE)
    assert (good["person P"], good["person R"]) == (100, 100)
    hidden = [*stated, Stated("18", "the watchdog’s Auchterby-Pole", "person", None, None)]
    assert score_names(hidden, SAMPLE)["person R"] == 100
    two = [Stated(n, "Fitz Pell", "person", None, None) for n in ("05", "06")]
    assert score_names(two, SAMPLE)["person P"] == 0


def test_the_groups_name_articles_and_names_of_the_gold() -> None:
    gold, stated = load_names(SAMPLE), stated_in_gold(SAMPLE)
    there = {(s.article, name) for s in stated for name in (s.name, s.organisation) if name}
    for group in gold.groups["person"]:
        for article in group["articles"]:
            assert any((article, name) in there for name in group["names"]), (article, group)
    articles = {article for article, _ in there}
    for group in gold.groups["organisation"]:
        assert group["articles"] <= articles


def test_no_name_is_in_two_groups() -> None:
    for groups in load_names(SAMPLE).groups.values():
        units = [(a, n) for group in groups for a in group["articles"] for n in group["names"]]
        assert len(units) == len(set(units))


def test_a_folder_without_groups(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no groups"):
        load_names(tmp_path)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    row = {"article": {"path": "x/06-a.txt"}, "attributions": [{"speaker": None}]}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n")
    assert main([str(SAMPLE), str(tmp_path / "rows.jsonl")]) == 0
    assert "person F1" in capsys.readouterr().out
