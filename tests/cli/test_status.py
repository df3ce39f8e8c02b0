"""`newsmine status`, and the options of `newsmine build` that it speaks of."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
from pathlib import Path
from typing import Any

import pytest

from newsmine.cli.status import MEANING
from newsmine.pipeline.plan import State
from tests.cli.conftest import Run
from tests.cli.test_build import content, is_whole, wait_for
from tests.engines.test_kills import start
from tests.engines.test_local import workers_of


def states(newsmine: Run, *arguments: str, **env: str) -> dict[str, Any]:
    done = newsmine("status", *arguments, "--format", "jsonl", **env)
    assert done.returncode == 0, done.stderr
    rows = map(json.loads, done.stdout.splitlines())
    return {Path(row["path"]).name: row for row in rows}


def test_all_is_as_it_was(newsmine: Run, index: Path) -> None:
    done = newsmine("status", "news.db", "articles")
    assert done.returncode == 0
    assert "4 files  as they were read: left alone" in done.stdout
    assert "newsmine" in done.stdout
    assert "fake-1: 4 files" in done.stdout
    assert "articles/1.txt" not in done.stdout, "nothing is wrong with it"


def test_each_state(newsmine: Run, index: Path, articles: Path) -> None:
    (articles / "1.txt").unlink()
    with (articles / "2.txt").open("a", encoding="utf-8") as file:
        file.write("More.\n")
    (articles / "moved").mkdir()
    (articles / "3.txt").rename(articles / "moved" / "3.txt")
    (articles / "5.txt").write_text("Something new happened, it seems.")
    (articles / "6.txt").symlink_to("nowhere")
    found = states(newsmine, "news.db", "articles")
    assert {name: row["state"] for name, row in found.items()} == {
        "1.txt": "vanished",
        "2.txt": "changed",
        "3.txt": "moved",
        "4.txt": "done",
        "5.txt": "new",
        "6.txt": "unknown",
    }
    assert (found["4.txt"]["articles"], found["4.txt"]["model"]) == (1, "fake-1")
    assert found["4.txt"]["settings"]["clean"] is True
    assert found["5.txt"]["settings"] is None
    table = newsmine("status", "news.db", "articles").stdout
    for name in ("1.txt", "2.txt", "5.txt", "6.txt"):
        assert f"articles/{name}" in table
    assert "articles/4.txt" not in table


def test_it_says_what_the_same_command_would_do(newsmine: Run, index: Path) -> None:
    by = [(), ("--no-clean",), ("--only-topic", "grooming")]
    found = [states(newsmine, "news.db", "articles", *options) for options in by]
    assert [one["1.txt"]["state"] for one in found] == ["done", "outdated", "outdated"]
    newer = states(newsmine, "news.db", "articles", FAKE_MODEL="fake-2")
    assert {row["state"] for row in newer.values()} == {"outdated"}


def test_without_paths_it_looks_at_all_that_it_read(
    newsmine: Run, index: Path, articles: Path
) -> None:
    (articles / "1.txt").unlink()
    found = states(newsmine, "news.db")
    assert [row["state"] for row in found.values()] == ["done", "done", "done", "vanished"]
    elsewhere = states(newsmine, "news.db", str(articles / "2.txt"))
    assert [row["state"] for row in elsewhere.values()] == ["moved"], "an absolute path of it"


def test_what_was_skipped_with_reasons(newsmine: Run, articles: Path) -> None:
    (articles / "2.txt").write_bytes(b"")
    assert newsmine("build", "articles", "-o", "news.db").returncode == 3
    done = newsmine("status", "news.db", "articles")
    assert "holds no text" in done.stdout
    found = states(newsmine, "news.db", "articles")["2.txt"]
    assert (found["state"], found["skipped"]) == ("unread", 1)
    assert found["reasons"][0]["remedy"] == "Give a file with an article in it"
    rows = list(
        csv.DictReader(
            io.StringIO(newsmine("status", "news.db", "articles", "--format", "csv").stdout)
        )
    )
    assert [row["state"] for row in rows] == ["done", "unread", "done", "done"]


def test_passed_over_is_counted(newsmine: Run, articles: Path) -> None:
    done = newsmine("build", "articles", "-o", "news.db", "--only-topic", "grooming")
    assert done.returncode == 0
    assert "articles passed over  4" in done.stdout
    done = newsmine("status", "news.db", "articles", "--only-topic", "grooming")
    assert re.search(r"^ *4 +articles passed over before", done.stdout, re.M)


def test_nothing_is_changed_or_made(newsmine: Run, index: Path, tmp_path: Path) -> None:
    (tmp_path / "articles" / "1.txt").unlink()
    before = index.read_bytes()
    newsmine("status", "news.db", "articles")
    assert index.read_bytes() == before
    done = newsmine("status", "none.db", "articles")
    assert done.returncode == 5
    assert not (tmp_path / "none.db").exists()


def test_each_state_is_explained() -> None:
    assert set(MEANING) == {*State.__args__, "vanished"}


def test_pruned(newsmine: Run, index: Path, articles: Path) -> None:
    (articles / "1.txt").unlink()
    done = newsmine("build", "articles", "-o", "news.db")
    assert "articles/1.txt" in done.stderr
    assert len(content(index)["articles"]) == 4
    assert newsmine("build", "articles", "-o", "news.db", "--prune").returncode == 0
    assert len(content(index)["articles"]) == 3


@pytest.mark.parametrize("count", ["0", "many", "9" * 5000])
def test_a_number_of_workers_that_is_none(newsmine: Run, articles: Path, count: str) -> None:
    done = newsmine("build", "articles", "-o", "news.db", "--workers", count)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_interrupted_with_workers(articles: Path, tmp_path: Path) -> None:
    """Ctrl-C goes to all of a terminal's processes."""
    index = tmp_path / "news.db"
    build = start(articles, index, delay=0.5)
    wait_for(lambda: len(workers_of(build.pid)) == 2 and index.exists())
    workers = workers_of(build.pid)
    os.killpg(build.pid, signal.SIGINT)
    _, stderr = build.communicate(timeout=60)
    assert build.returncode != 0
    assert stderr.decode().count("Traceback") <= 1, "that of the script, no worker's"
    assert "KeyboardInterrupt" in stderr.decode()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    assert is_whole(index)


@pytest.mark.slow
def test_a_missing_model_is_one_line(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    done = newsmine(
        "build", "articles", "-o", "x.db", "--workers", "2", "--model", "nowhere", real=True
    )
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1
