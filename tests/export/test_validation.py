"""What coders found goes into the data package, for programs and for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsmine.errors import QueryError
from newsmine.export import export
from newsmine.index import Index
from tests.export.test_datapackage import members, read

REPORT: dict[str, Any] = {
    "what": "quotes",
    "sheets": ["a.xlsx", "b.xlsx"],
    "rows": 200,
    "method": "As people do.",
    "columns": {
        "speaker right?": {
            "precision": {"precision": 0.915, "interval": [0.86, 0.95]},
            "agreement": {"alpha": 0.81, "alpha_interval": [0.7, 0.9]},
        },
        "kind right?": {"precision": {"precision": None, "interval": None}},
    },
}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(REPORT), encoding="utf-8")
    return path


def test_a_package_says_how_right_it_is(index: Index, tmp_path: Path, report: Path) -> None:
    export(index, tmp_path / "p.zip", validation=report)
    files = members(tmp_path / "p.zip")
    assert json.loads(files["datapackage.json"])["validation"] == REPORT
    text = files["README.txt"].decode()
    assert "200 quotes, judged by 2 coders" in text
    assert "- speaker right? 91.5% right (95 % interval 86.0% to 95.0%)" in text
    assert "alpha 0.810 (0.700 to 0.900)" in text
    assert "- kind right? not coded" in text
    assert read(tmp_path / "p.zip")


def test_without_one(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "p.zip")
    assert b"validation" not in members(tmp_path / "p.zip")["datapackage.json"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sheets": 5}', "\0"])
def test_what_is_no_report(index: Index, tmp_path: Path, report: Path, text: str) -> None:
    report.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match="is no report"):
        export(index, tmp_path / "p.zip", validation=report)
    assert not (tmp_path / "p.zip").exists()


def test_where_it_has_no_place(index: Index, tmp_path: Path, report: Path) -> None:
    with pytest.raises(QueryError, match="has no place in csv"):
        export(index, tmp_path / "q.csv", validation=report)
    with pytest.raises(QueryError, match="cannot be read"):
        export(index, tmp_path / "p.zip", validation=tmp_path / "none.json")
