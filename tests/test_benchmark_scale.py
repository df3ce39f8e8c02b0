"""From measured figures to archives that nobody has measured: plain arithmetic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks import scale

FLAT = {
    "articles": 100.0,
    "words": 20_000.0,
    "bytes": 1_000_000.0,
    "workers_1/seconds": 25.0,
    "workers_1/end_share": 0.2,
    "writer/articles_a_second": 50.0,
}


def test_what_was_measured() -> None:
    assert scale.Measured.of(FLAT) == scale.Measured(
        words=1000.0, added=10_000.0, at_end=0.05, stored=50.0
    )


def test_cores_share_the_words_but_one_writes() -> None:
    measured = scale.Measured(words=1000.0, added=10_000.0, at_end=0.05, stored=50.0)
    one, many = (scale.plan(measured, 36_000, 500, cores) for cores in (1, 10))
    assert (one.extraction, many.extraction) == (5.0, 0.5)
    assert one.index == many.index == pytest.approx(1.0)
    assert one.gigabytes == pytest.approx(0.9)
    assert one.core_hours == many.core_hours == pytest.approx(6.0)
    # What is slower decides.
    assert (one.hours, many.hours) == (5.0, pytest.approx(1.0))


@pytest.mark.parametrize(
    ("hours", "said"), [(0.5, "30 min"), (1.5, "1.5 h"), (47.0, "47.0 h"), (72.0, "3 days")]
)
def test_in_the_unit_that_people_would_say(hours: float, said: str) -> None:
    assert scale.time(hours) == said


def test_a_report_of_something_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"figures": {"search": {"p50": 1.0}}}), encoding="utf-8")
    assert scale.main([str(path)]) == 1
    assert "no figures of benchmarks.archive" in capsys.readouterr().err


def test_of_one_benchmark_or_of_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for content in (FLAT, {"figures": {"archive": FLAT}}):
        path = tmp_path / "a.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        assert scale.main([str(path)]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "| 1,000,000 | one laptop |" in said[0]
