"""Spark on this machine: parts written by its workers, what goes wrong there, what is missing."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from newsmine.engines import spark as engine
from newsmine.engines.shards import extract_into
from newsmine.engines.spark import Spark, SparkError
from newsmine.errors import ModelError, NewsmineError
from newsmine.index.tables import MissingPackageError
from newsmine.pipeline import Here, Work
from newsmine.progress import Skipped
from tests.engines.clusters import needs_spark, without_spark
from tests.engines.stand_in import FakedWork, logged, work, write_articles
from tests.engines.test_shards import items

pytest.importorskip("pyarrow")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", *(f"n{number}" for number in range(12)))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def run(out: Path, articles: Path, engine: Any, **settings: Any) -> Any:
    return extract_into(out, articles, work=work(**settings), engine=engine)


@pytest.mark.slow
@needs_spark
class TestOnThisMachine:
    def test_the_model_is_loaded_once_in_each_worker(
        self, spark: Spark, articles: Path, out: Path, tmp_path: Path
    ) -> None:
        log = tmp_path / "log"
        assert run(out, articles, spark, log=log).added == 12
        processes = {line.split()[-1] for line in log.read_text().splitlines()}
        assert 1 <= len(processes) <= 2
        assert str(os.getpid()) not in processes
        run(tmp_path / "here", articles, Here())
        assert items(out) == items(tmp_path / "here")

    def test_again_only_what_changed(
        self, spark: Spark, articles: Path, out: Path, tmp_path: Path
    ) -> None:
        run(out, articles, spark)
        write_articles(articles, "n3")
        summary = run(out, articles, spark, log=tmp_path / "log")
        assert (summary.read, summary.present) == (1, 11)
        assert logged(tmp_path / "log") == ["n3"]
        assert len(items(out)) == 12

    def test_spark_reads_what_it_wrote(self, spark: Spark, articles: Path, out: Path) -> None:
        from pyspark.sql import SparkSession

        run(out, articles, spark)
        session = SparkSession.getActiveSession()
        assert session is not None
        rows = session.read.parquet(str(out)).select("quotes", "record").collect()
        assert [row.quotes for row in rows] == [1] * 12
        assert json.loads(bytes(rows[0].record))["article"]["text"]

    def test_what_kills_its_worker_is_skipped(
        self, spark: Spark, articles: Path, out: Path
    ) -> None:
        summary = run(out, articles, spark, dies_on="Numbers rise in n7")
        assert summary.added == 11
        (bad,) = summary.skipped
        assert Path(bad.path).stem == "n7"
        assert "ended the process that read it" in bad.reason
        assert not [path for path in out.rglob("*") if path.name.startswith(".")]

    def test_a_workers_error_comes_through(self, spark: Spark, articles: Path, out: Path) -> None:
        other = OtherThere(work().reading)
        with pytest.raises(
            ModelError, match=r"a worker: has newsmine .* with fake-9, not .* fake-1"
        ):
            extract_into(out, articles, work=other, engine=spark)

    def test_a_folder_that_the_workers_do_not_see(
        self, spark: Spark, articles: Path, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engine.Path, "cwd", lambda: Path("/nowhere/at/all"))
        with pytest.raises(SparkError, match="/nowhere/at/all: is not there for"):
            run(out, articles, spark)


class OtherThere(FakedWork):
    """On other machines it has another model."""

    def made_by(self) -> Any:
        from pyspark import TaskContext

        there = TaskContext.get() is not None
        return FakedWork(self.reading, model_name="fake-9" if there else "fake-1").made_by()


def test_a_loaded_model_stays_here(out: Path) -> None:
    loaded: Any = object()
    order = engine.Order(out, Work(work().reading, model=loaded), work().settings())
    with pytest.raises(NewsmineError, match="cannot be given to other machines"):
        list(Spark().write(order, [engine.PartTask("part-1", ("a.txt",))]))


def test_nothing_to_do_starts_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_session", None)
    assert list(Spark().write(engine.Order(out, work(), work().settings()), [])) == []
    assert list(Spark().map(work(), [])) == []


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "Job aborted\n  ModuleNotFoundError: No module named 'newsmine.engines'\n",
            "newsmine is not installed on the cluster's machines. Install the same version",
        ),
        (
            "[PYTHON_EXCEPTION] in the Python worker: Traceback\n  File x\nOSError: [Errno 28] No "
            "space left on device\n SQLSTATE: 38000\n",
            "Spark gave up: OSError: [Errno 28] No space left on device. See",
        ),
        ("All masters are unresponsive!", "Spark gave up: All masters are unresponsive"),
    ],
)
def test_what_spark_says_in_one_line(message: str, told: str, tmp_path: Path) -> None:
    error = engine._explained(message, tmp_path / "_spark.log")
    assert told in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("master", "expected"),
    [
        (None, "local[*,8]"),
        ("local", "local[1,8]"),
        ("local[3]", "local[3,8]"),
        ("local[3,2]", "local[3,2]"),
        ("spark://host:7077", "spark://host:7077"),
        ("yarn", "yarn"),
    ],
)
def test_where_it_runs(master: str | None, expected: str) -> None:
    told = engine._place(master)
    assert told["spark.master"] == expected
    assert ("spark.driver.host" in told) is (expected in ("local[*,8]", "local[1,8]", "local[3,8]"))


def test_what_spark_submit_was_told_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_GATEWAY_PORT", "1")
    assert "spark.master" not in engine._place(None)
    assert engine._place("yarn")["spark.master"] == "yarn"


@pytest.mark.skipif("newsmine[spark]" in without_spark(), reason="PySpark is not installed")
def test_java_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(MissingPackageError, match="needs Java") as caught:
        engine._check_installed()
    assert "apt install default-jre-headless" in caught.value.remedy
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingPackageError, match="there is none"):
        engine._check_installed()


def test_results_that_only_the_workers_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_LATE", 0.0)
    monkeypatch.setattr(engine, "_LOOK_EVERY", 0.01)
    with pytest.raises(SparkError, match="lacks what the workers wrote"):
        engine._arrived(tmp_path / "part.json", tmp_path)
    (tmp_path / "part.json").touch()
    assert engine._arrived(tmp_path / "part.json", tmp_path) == tmp_path / "part.json"


def test_errors_travel() -> None:
    for error in (SparkError("a", "b", "c"), MissingPackageError("a", "b", "c")):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert pickle.loads(pickle.dumps(Skipped("a", "b", "c"))) == Skipped("a", "b", "c")
