"""`newsmine build`: the summary, going on, Ctrl-C, and disks that are full or closed."""

from __future__ import annotations

import os
import pty
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import FAKED, Run, environment


def content(index: Path) -> dict[str, list[object]]:
    """What an index holds, without what differs from run to run."""
    from newsmine.index import open_index

    with open_index(index) as opened:
        return {
            "quotes": list(opened.iter_quotes()),
            "claims": list(opened.iter_claims()),
            "articles": sorted(article.id for article in opened.articles()),
        }


def is_whole(index: Path) -> bool:
    with sqlite3.connect(index) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "nothing happened for a minute"
        time.sleep(0.01)


def test_summary(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    done = newsmine("build", str(articles), "-o", "news.db")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "news.db" in done.stdout
    assert is_whole(tmp_path / "news.db")
    assert len(content(tmp_path / "news.db")["quotes"]) == 4


def test_again_finds_all_there(newsmine: Run, index: Path, tmp_path: Path) -> None:
    before = content(index)
    log = tmp_path / "log"
    done = newsmine("build", "articles", "-o", "news.db", FAKE_LOG=str(log))
    assert done.returncode == 0
    assert not log.exists()
    assert content(index) == before


def test_bad_ones_are_listed_and_the_rest_is_in(
    newsmine: Run, articles: Path, tmp_path: Path
) -> None:
    (articles / "2.txt").write_bytes(b"")
    (articles / "5.txt").symlink_to("nowhere")
    done = newsmine("build", str(articles), "typo", "-o", "news.db")
    assert done.returncode == 3
    for name in ("2.txt", "5.txt", "typo"):
        assert name in done.stderr
    assert len(content(tmp_path / "news.db")["articles"]) == 3


def test_nothing_to_build_from_makes_no_index(newsmine: Run, tmp_path: Path) -> None:
    done = newsmine("build", "typo", "-o", "news.db")
    assert done.returncode == 3
    assert done.stderr.startswith("newsmine: typo: ")
    assert not (tmp_path / "news.db").exists()


@pytest.mark.parametrize("after", [0, 1, 3])
def test_interrupted_and_gone_on(newsmine: Run, articles: Path, tmp_path: Path, after: int) -> None:
    log, halved = tmp_path / "log", tmp_path / "halved.db"
    log.touch()
    process = subprocess.Popen(
        [*FAKED, "build", str(articles), "-o", str(halved)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(FAKE_LOG=str(log), FAKE_DELAY="0.3"),
        # Where the tests themselves run in the background, children would ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    wait_for(lambda: halved.exists() and len(log.read_text().splitlines()) >= after)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stdout == b""
    assert "Traceback" not in stderr.decode()
    assert "Run the same command again to go on" in stderr.decode()
    if after:  # else there may be no table yet
        assert is_whole(halved)
        assert after <= len(content(halved)["articles"]) + 1 <= 4

    assert newsmine("build", str(articles), "-o", str(halved)).returncode == 0
    assert newsmine("build", str(articles), "-o", "whole.db").returncode == 0
    assert content(halved) == content(tmp_path / "whole.db")


def test_a_full_disk(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    """No file may grow beyond a limit, which SQLite sees as it sees a full disk."""
    index = tmp_path / "news.db"
    assert newsmine("build", str(articles / "1.txt"), "-o", str(index)).returncode == 0
    size = index.stat().st_size
    for number in range(40):
        text = (articles / "2.txt").read_text(encoding="utf-8")
        (articles / f"more{number:02}.txt").write_text(
            text.replace("Nobody", f"Nobody {number} " * 200), encoding="utf-8"
        )
    done = subprocess.run(
        [*FAKED, "build", str(articles), "-o", str(index)],
        capture_output=True,
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size + 65536, -1)),
        check=False,
        timeout=120,
    )
    stderr = done.stderr.decode()
    assert done.returncode == 5, stderr
    assert len(stderr.splitlines()) == 1
    assert stderr.startswith("newsmine: ")
    assert is_whole(index)
    assert 1 <= len(content(index)["articles"]) < 44
    assert newsmine("build", str(articles), "-o", str(index)).returncode == 0
    assert len(content(index)["articles"]) == 44


@pytest.mark.parametrize(
    "output", ["/dev/full", "/dev/null", "/proc/news.db", "no/such/folder/news.db", "."]
)
def test_an_output_that_cannot_be(newsmine: Run, articles: Path, output: str) -> None:
    done = newsmine("build", str(articles), "-o", output)
    assert done.returncode == 5
    assert done.stdout == ""
    assert done.stderr.startswith(f"newsmine: {output}: ")
    assert len(done.stderr.splitlines()) == 1


def test_an_output_that_is_something_else(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    mine = tmp_path / "thesis.txt"
    mine.write_text("Years of work.\n" * 200)
    done = newsmine("build", str(articles), "-o", str(mine))
    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 1
    assert mine.read_text() == "Years of work.\n" * 200


def test_progress_on_a_terminal(articles: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*FAKED, "build", str(articles), "-o", "news.db"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=tmp_path,
        env=environment(FAKE_DELAY="0.3", TERM="xterm"),
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            seen += os.read(ours, 4096)
        except OSError:  # Linux: the other side was closed
            break
    process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert b"/4" in seen
    assert b"4.txt" in seen
