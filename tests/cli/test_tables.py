"""`newsmine extract` into a folder of tables, and `newsmine build --from-parquet` out of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.conftest import FAKED, Run, environment
from tests.engines.test_shards import contents

pq = pytest.importorskip("pyarrow.parquet")


def files_of(folder: Path) -> list[str]:
    """The stems of the files whose results are there, as others read the folder."""
    return sorted(Path(file).stem for file in pq.read_table(folder)["file"].to_pylist())


ALL = ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "options",
    [
        ("articles", "out", "--engine", "local"),
        ("articles", "-o", "out"),
        ("articles/1.txt", "articles/[2-4].txt", "-o", "out", "--shard", "1/1"),
        ("articles", "out", "--shard", "1/1"),
    ],
)
def test_the_index_is_the_one_of_the_articles(
    newsmine: Run, articles: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    done = newsmine("extract", *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert "articles" in done.stdout
    assert files_of(tmp_path / "out") == ALL
    built = newsmine("build", "--from-parquet", "out", "-o", "a.db")
    assert (built.returncode, built.stderr) == (0, "")
    newsmine("build", "articles", "-o", "b.db")
    assert contents(tmp_path / "a.db") == contents(tmp_path / "b.db")


def test_shares(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        assert newsmine("extract", "articles", "out", "--shard", f"{number}/3").returncode == 0
    assert files_of(tmp_path / "out") == ALL
    again = newsmine("extract", "articles", "out", "--engine", "local")
    assert "articles there already  4" in again.stdout
    assert "files read now" not in again.stdout


def test_shares_at_the_same_time(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    """As a job array: each is a process, and all write into one folder."""
    jobs = [
        subprocess.Popen(
            [*FAKED, "extract", "articles", "out", "--shard", f"{number}/4"],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            env=environment(FAKE_DELAY="0.2"),
        )
        for number in (1, 2, 3, 4)
    ]
    assert [job.wait(timeout=120) for job in jobs] == [0, 0, 0, 0]
    assert newsmine("build", "--from-parquet", "out", "-o", "a.db").returncode == 0
    newsmine("build", "articles", "-o", "b.db")
    assert contents(tmp_path / "a.db") == contents(tmp_path / "b.db")


def test_several_folders_make_one_index(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    newsmine("extract", "articles/1.txt", "articles/2.txt", "-o", "first")
    newsmine("extract", "articles", "second", "--engine", "local")
    given = ("--from-parquet", "first", "--from-parquet", "second")
    done = newsmine("build", *given, "-o", "a.db")
    assert "articles added  4" in done.stdout


def test_what_is_bad_is_named_now_and_later(newsmine: Run, articles: Path) -> None:
    (articles / "2.txt").write_bytes(b"")
    for _ in range(2):
        done = newsmine("extract", "articles", "typo.txt", "-o", "out")
        assert done.returncode == 3
        typo, empty = done.stderr.splitlines()
        assert "typo.txt" in typo
        assert "2.txt" in empty
    built = newsmine("build", "--from-parquet", "out", "-o", "a.db")
    assert built.returncode == 3
    assert "2.txt" in built.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ("articles --engine local", 2, "articles: is the only path"),
        ("articles -o articles", 5, "articles: holds other things (1.txt)"),
        ("articles/1.txt articles/2.txt --shard 1/2", 5, "articles/2.txt: is a file"),
        ("articles out --shard 0/4", 2, "--shard 0/4: there is no such share"),
        ("articles out --shard 5/4", 2, "They go from 1/4 to 4/4"),
        ("articles out --shard 4", 2, "is no share. Write which of how many: 1/4"),
        ("articles out --engine local --format jsonl", 2, "--format jsonl: is for what is printed"),
        ("articles -o out --boxes", 2, "--boxes: is for what is printed"),
        ("articles out --engine dask", 2, "'dask' is not one of"),
        ("articles out --engine local --master local[2]", 2, "--master: is for Spark alone"),
        ("articles --master local[2]", 2, "--master: is for Spark alone"),
        ("articles out --engine spark --workers 2", 2, "--workers: is for --engine local"),
        ("articles out --engine local --workers 0", 2, "no number of processes"),
        ("- out --engine local", 3, "-: an article from standard input has no file"),
        ("typo out --engine local", 3, "typo: names no file"),
        ("articles out --shard 1/2 --survey typo", 3, "typo"),
        ("articles -o postgresql://jo:hush@h/db", 2, "writes into a folder, not onto a server"),
    ],
)
def test_what_makes_no_sense(
    newsmine: Run, articles: Path, arguments: str, code: int, message: str
) -> None:
    done = newsmine("extract", *arguments.split())
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ("-o a.db", 2, "PATH: there is none"),
        ("articles --from-parquet out -o a.db", 2, "--from-parquet: takes results as they are"),
        ("--from-parquet out --rebuild -o a.db", 2, "--from-parquet: takes results as they are"),
        ("--from-parquet out --no-clean -o a.db", 2, "--from-parquet: takes results as they are"),
        ("--from-parquet typo -o a.db", 3, "typo: is no folder of results"),
        ("--from-parquet articles -o a.db", 3, "articles: holds no results"),
    ],
)
def test_nothing_to_build_from(
    newsmine: Run, articles: Path, tmp_path: Path, arguments: str, code: int, message: str
) -> None:
    done = newsmine("build", *arguments.split())
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert not (tmp_path / "a.db").exists()


def test_without_java(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    done = newsmine("extract", "articles", "out", "--engine", "spark", JAVA_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "--engine spark: needs Java, and there is none in JAVA_HOME" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("package", "engine"), [("pyspark", "spark"), ("pyarrow", "local")])
def test_without_a_package(
    newsmine: Run, articles: Path, tmp_path: Path, package: str, engine: str
) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / f"{package}.py").write_text("raise ImportError\n")
    env = environment()
    path = os.pathsep.join((str(hidden), env["PYTHONPATH"]))
    done = newsmine("extract", "articles", "out", "--engine", engine, PYTHONPATH=path)
    assert done.returncode == 1
    assert 'Install it with pip install "newsmine[' in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_it_goes_on(
    newsmine: Run, articles: Path, tmp_path: Path, sent: signal.Signals
) -> None:
    log = tmp_path / "log"
    command = [*FAKED, "extract", "articles", "-o", "out"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(FAKE_LOG=str(log), FAKE_DELAY="1"),
    )
    while not log.exists() or len(log.read_text().splitlines()) < 2:
        time.sleep(0.02)
    process.send_signal(sent)
    _, said = process.communicate()
    if sent is signal.SIGINT:
        assert process.returncode == 130
        assert re.search(rb"out: interrupted after [12] of 4 files; the parts that are whole", said)
    assert not list((tmp_path / "out").glob("*.parquet"))
    assert newsmine("extract", "articles", "-o", "out").returncode == 0
    assert files_of(tmp_path / "out") == ALL
    assert not [path for path in (tmp_path / "out").rglob("*") if path.name.startswith(".")]


def test_printing_with_workers(newsmine: Run, articles: Path) -> None:
    """The stand-in cannot go to other processes; one is this one."""
    done = newsmine("extract", "articles", "--format", "csv", "--workers", "1")
    assert len(done.stdout.splitlines()) == 5


def test_only_a_topic(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    text = "Grooming of children online: police recorded 12 grooming offences against children.\n"
    (articles / "5.txt").write_text(text, encoding="utf-8")
    done = newsmine("extract", "articles", "-o", "out", "--only-topic", "grooming")
    assert done.returncode == 0
    assert "articles passed over  4" in done.stdout
    rows = pq.read_table(tmp_path / "out").to_pylist()
    assert [Path(row["file"]).stem for row in rows if row["id"]] == ["5"]
    assert re.search(
        "articles added +1", newsmine(*["build", "--from-parquet", "out", "-o", "a.db"]).stdout
    )
    newsmine("build", "articles", "-o", "b.db", "--only-topic", "grooming")
    assert contents(tmp_path / "a.db") == contents(tmp_path / "b.db")
    printed = newsmine("extract", "articles", "--format", "jsonl", "--only-topic", "grooming")
    assert (printed.returncode, len(printed.stdout.splitlines())) == (0, 1)
