"""What a build says of its speed and of the time left."""

from __future__ import annotations

import pytest

from newsmine.cli.build import _duration, _Pace
from newsmine.progress import Progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr("newsmine.cli.build.time.monotonic", lambda: now[0])
    return now


def step(done: int, articles: int, read: int) -> Progress:
    return Progress(done, 400, "a.txt", "added", articles, read, 10_000)


def test_files_left_alone_are_no_measure(clock: list[float]) -> None:
    pace = _Pace()
    for done in range(1, 301):
        clock[0] += 0.01
        assert pace.told(step(done, 0, 0)) == f"{done}/400 files"
    clock[0] += 10
    told = pace.told(step(301, 20, 1000))
    assert told == "301/400 files  20 articles  2.0/s  1:30 left"


def test_at_first_nothing_is_foretold(clock: list[float]) -> None:
    pace = _Pace()
    clock[0] += 0.5
    assert pace.told(step(1, 1, 10)) == "1/400 files  1 articles"


def test_nothing_read_yet_of_a_scan(clock: list[float]) -> None:
    pace = _Pace()
    clock[0] += 60
    assert pace.told(step(1, 3, 0)) == "1/400 files  3 articles  0.1/s"


def test_a_file_that_grew_leaves_no_time_below_nothing(clock: list[float]) -> None:
    pace = _Pace()
    clock[0] += 60
    assert pace.told(step(400, 6, 12_000)) == "400/400 files  6 articles  0.1/s  0:00 left"


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.4, "0:00"), (61, "1:01"), (3599.6, "1:00:00"), (90_061, "25:01:01")]
)
def test_durations(seconds: float, told: str) -> None:
    assert _duration(seconds) == told
