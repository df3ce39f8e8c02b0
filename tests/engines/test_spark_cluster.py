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

from newsmine.engines.gather import build_from
from newsmine.engines.local import Workers
from newsmine.engines.shards import Shard, extract_into
from newsmine.engines.spark import Spark
from newsmine.progress import Progress
from tests.cli.conftest import needs_model, run_in
from tests.engines.clusters import ROOT, SETTINGS, Cluster, cluster, needs_spark, python_path
from tests.engines.stand_in import logged, work, write_articles
from tests.engines.test_shards import contents, items, run

pytest.importorskip("pyarrow")
pytestmark = [pytest.mark.slow, needs_spark]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


def test_the_rows_are_those_of_the_other_engines_though_an_executor_is_killed(
    running: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", python_path())
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
        engine=Spark(running.url, settings=SETTINGS),
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
def test_from_the_command_line_with_the_model(running: Cluster, tmp_path: Path) -> None:
    """Paths are those from where the command was typed, for the executors, too."""
    settings = "".join(f"{name} {value}\n" for name, value in SETTINGS.items())
    (tmp_path / "spark-defaults.conf").write_text(settings)
    (tmp_path / "articles").mkdir()
    for path in (ROOT / "corpora" / "sample").glob("0[1-3]*.txt"):
        shutil.copy(path, tmp_path / "articles")
    where = ("--engine", "spark", "--master", running.url)
    env = {"SPARK_CONF_DIR": str(tmp_path), "SPARK_LOCAL_IP": "127.0.0.1"}
    done = run_in(tmp_path, "extract", "articles", "out", *where, real=True, **env)
    assert done.returncode == 0, done.stderr
    # On a busy machine it says how far it is.
    assert all("files" in line for line in done.stderr.splitlines()), done.stderr
    assert re.search("articles +3", done.stdout)
    built = run_in(tmp_path, "build", "--from-parquet", "out", "-o", "spark.db", real=True)
    assert (built.returncode, built.stderr) == (0, "")
    run_in(tmp_path, "build", "articles", "-o", "direct.db", real=True)
    assert contents(tmp_path / "spark.db") == contents(tmp_path / "direct.db")
