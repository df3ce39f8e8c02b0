"""A real Spark cluster of several processes, one of which is killed in the middle of the work."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsmine
from newsmine.cli.app import app
from newsmine.engines import spark as engine
from newsmine.engines.gather import build_from
from newsmine.engines.local import Workers
from newsmine.engines.shards import Shard, extract_into
from newsmine.engines.spark import Spark
from newsmine.progress import Progress
from tests.cli.conftest import needs_model
from tests.engines.clusters import ROOT, SETTINGS, Cluster, cluster, needs_spark, python_path
from tests.engines.stand_in import logged, work, write_articles
from tests.engines.test_shards import contents, items, run

pytest.importorskip("pyarrow")
pytestmark = [pytest.mark.slow, needs_spark]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster, and a session on it that the engine goes on with: to start one takes long."""
    folder = tmp_path_factory.mktemp("cluster")
    with cluster(folder) as started, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", python_path())
        with engine._session(started.url, SETTINGS, folder / "driver.log"):
            yield started


def test_the_rows_are_those_of_the_other_engines_though_an_executor_is_killed(
    running: Cluster, tmp_path: Path
) -> None:
    articles = write_articles(tmp_path / "articles", *(f"n{number:03}" for number in range(160)))
    (articles / "bad.txt").write_bytes(b"")
    log = tmp_path / "log"
    killed: list[int] = []

    def kill_one(step: Progress) -> None:
        if not killed:
            assert step.done < step.total / 2
            killed.extend(running.executors()[:1])
            os.kill(killed[0], signal.SIGKILL)

    summary = extract_into(
        tmp_path / "spark",
        articles,
        work=work(log=log, seconds=0.02),
        engine=Spark(),
        on_progress=kill_one,
    )
    assert (summary.files, summary.added, len(summary.skipped)) == (161, 160, 1)
    assert running.lost() == 1
    # What the killed one was at was done again, unless its Python had come to the end of it.
    assert set(Counter(logged(log)).values()) <= {1, 2}

    assert run(tmp_path / "local", articles, engine=Workers(2)).added == 160
    for number in range(1, 5):
        run(tmp_path / "shares", articles, shard=Shard(number, 4))
    expected = items(tmp_path / "local")
    assert len(expected) == 161
    assert items(tmp_path / "spark") == expected
    assert items(tmp_path / "shares") == expected

    indexes = {}
    for name in ("spark", "local", "shares"):
        build_from(tmp_path / name, tmp_path / f"{name}.db")
        indexes[name] = contents(tmp_path / f"{name}.db")
    assert indexes["spark"] == indexes["local"] == indexes["shares"]


@needs_model
def test_from_the_command_line_with_the_model(
    running: Cluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Paths are those from where the command was typed, for the executors, too."""
    (tmp_path / "articles").mkdir()
    for path in (ROOT / "corpora" / "sample").glob("0[1-3]*.txt"):
        shutil.copy(path, tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    given = ["extract", "articles", "out", "--engine", "spark", "--master", running.url]
    app(given, prog_name="newsmine", standalone_mode=False)
    assert re.search("articles +3", capsys.readouterr().out)
    app(["build", "--from-parquet", "out", "-o", "spark.db"], standalone_mode=False)
    newsmine.build("articles", "direct.db")
    assert contents(tmp_path / "spark.db") == contents(tmp_path / "direct.db")
