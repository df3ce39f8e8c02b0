"""kill -9 at random moments: the next build makes an index that equals an undisturbed one.

The workers, the writer or all of them are killed; moments come from a seed. ``python -m
benchmarks.archive --kill 10`` does the same with the model and a bigger archive.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, environment
from tests.engines import archive
from tests.engines.comparing import differences
from tests.engines.test_local import workers_of

ARTICLES = 120
LEAST = 110
"""Of them in the index, at least: some are printed by two papers."""
TIMES = 4
BUILD = "from tests.engines.faked import main; main()"


def start(
    folder: Path, index: Path, workers: int = 2, *, delay: float = 0.004
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder), str(index), str(workers)],
        cwd=ROOT,
        env=environment(FAKE_DELAY=str(delay)),
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Where the tests themselves run in the background, children would ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def finished(build: subprocess.Popen[bytes]) -> bytes:
    _, stderr = build.communicate(timeout=120)
    return stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with some bad files in it."""
    folder = tmp_path_factory.mktemp("archive")
    archive.write(folder, ARTICLES)
    (folder / "1995").mkdir(exist_ok=True)
    (folder / "1995" / "empty.txt").touch()
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.4 and no more")
    return folder


@pytest.fixture(scope="module")
def undisturbed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("undisturbed") / "news.db"
    assert_finished(start(made, index, workers=0))
    return index


def kill_worker(build: subprocess.Popen[bytes]) -> None:
    for pid in sorted(workers_of(build.pid))[:1]:
        os.kill(pid, signal.SIGKILL)


def kill_writer(build: subprocess.Popen[bytes]) -> None:
    build.kill()


def kill_all(build: subprocess.Popen[bytes]) -> None:
    os.killpg(build.pid, signal.SIGKILL)


def wait_for_a_moment(build: subprocess.Popen[bytes], index: Path, articles: int) -> None:
    """Wait until so many articles are in it, or it is at what comes after the last."""
    while build.poll() is None and articles_in(index) < min(articles, LEAST):
        time.sleep(0.005)
    time.sleep(0.03 * max(0, articles - LEAST))


def articles_in(index: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{index}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.mark.slow
@pytest.mark.parametrize("kill", [kill_writer, kill_all])
def test_killed_and_built_again(
    kill: Callable[[subprocess.Popen[bytes]], None], made: Path, undisturbed: Path, tmp_path: Path
) -> None:
    chance = random.Random(kill.__name__)
    index = tmp_path / "news.db"
    for moment in sorted(chance.sample(range(LEAST + 10), TIMES)):
        build = start(made, index)
        wait_for_a_moment(build, index, moment)
        kill(build)
        finished(build)
    assert_finished(start(made, index))
    assert differences(undisturbed, index) == []


@pytest.mark.slow
def test_workers_killed_in_one_build(made: Path, undisturbed: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    build = start(made, tmp_path / "news.db")
    for moment in sorted(chance.sample(range(LEAST), TIMES)):
        wait_for_a_moment(build, tmp_path / "news.db", moment)
        kill_worker(build)
    assert_finished(build)
    assert differences(undisturbed, tmp_path / "news.db") == []


def assert_finished(build: subprocess.Popen[bytes]) -> None:
    assert finished(build).decode() == ""
    assert build.returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 3])
def test_the_same_with_any_number_of_workers(
    workers: int, made: Path, undisturbed: Path, tmp_path: Path
) -> None:
    assert_finished(start(made, tmp_path / "news.db", workers))
    assert differences(undisturbed, tmp_path / "news.db") == []


@pytest.mark.slow
def test_differences_are_seen(made: Path, undisturbed: Path, tmp_path: Path) -> None:
    (one,) = made.rglob("*.csv")
    held = one.read_bytes()
    try:
        one.write_bytes(held.replace(b"said", b"says", 1))
        assert_finished(start(made, tmp_path / "news.db"))
    finally:
        one.write_bytes(held)
    assert {told.partition(":")[0] for told in differences(undisturbed, tmp_path / "news.db")} >= {
        "articles",
        "files",
        "file_articles",
    }
