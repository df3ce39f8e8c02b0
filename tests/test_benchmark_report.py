"""The one report of all benchmarks: what it keeps, and what it calls changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks import report

ROOT = Path(__file__).parents[1]


def test_nested_figures_become_flat() -> None:
    nested = {"a": {"b": 1, "c": {"d": 2.5}}, "e": 3, "said": "yes", "is": True}
    assert dict(report.flat(nested)) == {"a/b": 1, "a/c/d": 2.5, "e": 3}


def test_changes_of_a_twentieth_are_listed() -> None:
    before = {"search": {"p50": 4.0, "p99": 100.0, "gone": 1.0, "none": 0.0}}
    now = {"search": {"p50": 4.1, "p99": 120.0, "new": 1.0, "none": 0.0}, "other": {"x": 1.0}}
    assert list(report.changes(before, now)) == ["search/p99: 100 → 120"]


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    assert report.last(tmp_path) == {}
    path = report.keep(tmp_path, {"search": {"p50": 4.123456}})
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["machine"] == report.machine()
    assert report.last(tmp_path) == {"search": {"p50": 4.1235}}


def test_only_this_machine_s_reports_count(tmp_path: Path) -> None:
    path = report.keep(tmp_path, {"search": {"p50": 4.0}})
    other = json.loads(path.read_text(encoding="utf-8")) | {"machine": "64 cores, elsewhere"}
    path.write_text(json.dumps(other), encoding="utf-8")
    assert report.last(tmp_path) == {}


def test_a_benchmark_that_fails_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    good = ("-c", "import sys; open(sys.argv[2], 'w').write('{\"x\": 1}')")
    bad = ("-c", "raise SystemExit(3)")
    assert report.run_all({"good": good, "bad": bad}) == ({"good": {"x": 1.0}}, ["bad"])
    assert "== bad" in capfd.readouterr().out


@pytest.mark.parametrize("name", report.benchmarks("data"))
def test_every_benchmark_is_there(name: str) -> None:
    first, *rest = report.benchmarks("data")[name]
    path = f"{rest[0].replace('.', '/')}.py" if first == "-m" else first
    assert (ROOT / path).is_file()
