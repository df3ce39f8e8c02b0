"""newsmine fix and withhold, as they are typed; build --rebuild keeps what people decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.index import open_index
from tests.cli.conftest import Run


def speakers(path: Path) -> set[str]:
    with open_index(path) as index:
        return {row["speaker"] for row in index.iter_quotes()}


def test_a_row_is_named_as_it_is_shown(newsmine: Run, index: Path) -> None:
    for command in (["quotes"], ["search"]):
        query = ["speaker:ann"] if command == ["search"] else []
        assert "1:a1" in newsmine(*command, "news.db", *query).stdout
    assert "1:c1" in newsmine("claims", "news.db").stdout


def test_a_correction_survives_a_rebuild(newsmine: Run, index: Path) -> None:
    done = newsmine(
        "fix", "news.db", "1:a1", "--speaker", "Amy Lee", "--why", "caption", "--by", "jo"
    )
    assert done.returncode == 0, done.stderr
    assert "corrected: speaker Amy Lee. To take it back: --undo 1" in done.stdout
    for model in ("fake-1", "fake-2"):
        done = newsmine("build", "articles", "-o", "news.db", "--rebuild", FAKE_MODEL=model)
        assert done.returncode == 0, done.stderr
        assert "Amy Lee" in speakers(index)
        assert "Ann Lee" not in speakers(index)
    shown = newsmine("article", "news.db", "1").stdout
    assert "speaker: Amy Lee (found: Ann Lee); why: caption" in shown
    assert "corrected" in newsmine("info", "news.db").stdout
    assert newsmine("fix", "news.db", "--undo", "1").returncode == 0
    assert "Ann Lee" in speakers(index)


def test_rebuild_reads_what_is_there(newsmine: Run, index: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    newsmine("build", "articles", "-o", "news.db", FAKE_LOG=str(log))
    assert not log.exists()
    newsmine("build", "articles", "-o", "news.db", "--rebuild", FAKE_LOG=str(log))
    assert len(log.read_text().splitlines()) == 4


def test_the_list(newsmine: Run, index: Path) -> None:
    assert "No corrections" in newsmine("fix", "news.db", "--list").stderr
    newsmine("fix", "news.db", "1:a1", "--drop", "--why", "a headline")
    newsmine("fix", "news.db", "2:a1", "--checked")
    (index.parent / "articles" / "1.txt").write_text("Nothing was said.")
    newsmine("build", "articles", "-o", "news.db")
    done = newsmine("fix", "news.db", "--list")
    assert "a headline" in done.stdout
    assert "row lost" in done.stdout
    assert "1 in force have lost their row" in done.stderr
    assert "corrections lost" in newsmine("info", "news.db").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["1:a1"],
        ["1:a1", "--drop", "--checked"],
        ["1:a1", "--undo", "1"],
        ["--speaker", "X"],
        ["1:a9", "--drop"],
        ["1:a1", "--type", "robot"],
        ["--undo", "9"],
    ],
)
def test_what_makes_no_sense_is_one_line(newsmine: Run, index: Path, arguments: list[str]) -> None:
    done = newsmine("fix", "news.db", *arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "command", [["fix", "no.db", "1:a1", "--drop"], ["withhold", "no.db", "X"]]
)
def test_a_mistyped_file_is_not_made(newsmine: Run, tmp_path: Path, command: list[str]) -> None:
    assert newsmine(*command).returncode == 5
    assert not (tmp_path / "no.db").exists()


def test_a_name_is_withheld_and_comes_back(newsmine: Run, index: Path) -> None:
    done = newsmine("withhold", "news.db", "Ann Lee", "--why", "a child", "--by", "jo")
    assert done.returncode == 0, done.stderr
    assert "1 name, replaced 2 times in 1 article" in done.stdout
    for command in (["quotes"], ["article", "1"], ["who", ""], ["export", "out.jsonl"]):
        shown = newsmine(command[0], "news.db", *command[1:])
        assert "Ann Lee" not in shown.stdout + shown.stderr
    assert "Ann Lee" not in Path(index.parent / "out.jsonl").read_text(encoding="utf-8")
    listed = newsmine("withhold", "news.db", "--list").stdout
    assert "Ann Lee" in listed
    assert "a child" in listed
    assert newsmine("withhold", "news.db", "--undo", "1").returncode == 0
    assert "Ann Lee" in speakers(index)


def test_a_copy_to_share(newsmine: Run, index: Path) -> None:
    newsmine("withhold", "news.db", "Ann Lee")
    assert newsmine("withhold", "news.db", "--copy-to", "shared.db").returncode == 0
    data = (index.parent / "shared.db").read_bytes()
    assert b"Ann Lee" not in data
    assert "Bo Marsh" in newsmine("quotes", "shared.db").stdout
    done = newsmine("withhold", "news.db", "--copy-to", "shared.db")
    assert done.returncode == 5
    assert (index.parent / "shared.db").read_bytes() == data


def test_rules_by_hand(newsmine: Run, index: Path) -> None:
    (index.parent / "articles" / "9.txt").write_text("Schoolgirl Petra Marl, 13, was found.\n" * 2)
    newsmine("build", "articles", "-o", "news.db")
    assert "Withheld: 1 name," in newsmine("withhold", "news.db", "--rule", "children").stdout
    assert "Petra Marl" not in newsmine("article", "news.db", "9").stdout
    newsmine("withhold", "news.db", "Petra Marl", "--keep")
    assert "Petra Marl" in newsmine("article", "news.db", "9").stdout
    assert newsmine("withhold", "news.db", "--rule", "adults").returncode == 2
