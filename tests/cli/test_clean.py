"""newsmine clean, survey, duplicates: what is read, what was changed and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsmine.ingest.alignment import from_json
from tests.cli.conftest import Run

BROKEN = b"The league said that the firms tar- get schools.\n\nIt was qnite late."


def test_the_clean_text(newsmine: Run) -> None:
    done = newsmine("clean", "-", input=BROKEN)
    assert done.returncode == 0
    assert done.stdout == ("The league said that the firms target schools.\n\nIt was qnite late.\n")


def test_every_change_is_explained(newsmine: Run) -> None:
    done = newsmine("clean", "-", "--explain", input=BROKEN)
    for said in ("firms tar- get school", "hyphen join", "body", "no profile", "known words"):
        assert said in done.stdout
    (row,) = [line.split() for line in done.stdout.splitlines() if line.startswith("qnite")]
    assert row[:2] == ["qnite", "quite"]
    assert "qnite late" in done.stdout, "suggested, never applied"


def test_a_step_is_left_out(newsmine: Run) -> None:
    done = newsmine("clean", "-", "--without", "hyphens", "--without", "spaces", input=BROKEN)
    assert "tar- get" in done.stdout


def test_an_unknown_step(newsmine: Run) -> None:
    done = newsmine("clean", "-", "--without", "magic", input=BROKEN)
    assert done.returncode == 2
    assert "hyphens" in done.stderr, "the steps are listed"
    assert len(done.stderr.splitlines()) == 1


def test_each_step_is_in_the_help(newsmine: Run) -> None:
    from newsmine.ingest.cleaning import STEPS

    shown = " ".join(newsmine("clean", "--help").stdout.split())
    assert ", ".join(STEPS) in shown


def test_several_are_told_apart(newsmine: Run, articles: Path) -> None:
    done = newsmine("clean", "articles")
    assert [line for line in done.stdout.splitlines() if line.startswith("==>")] == [
        f"==> articles/{number}.txt <==" for number in range(1, 5)
    ]


def test_texts_are_written_with_their_alignment(newsmine: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(BROKEN)
    assert newsmine("clean", "a.txt", "--out", "cleaned").stdout == "1 article written to cleaned\n"
    (text,) = (tmp_path / "cleaned").glob("*.txt")
    alignment = from_json(text.with_suffix(".alignment.json").read_text(encoding="utf-8"))
    place = text.read_text(encoding="utf-8").index("target")
    raw = BROKEN.decode()
    assert "".join(raw[a:b] for a, b in alignment.to_raw((place, place + 6))) == "target"


def test_a_folder_that_cannot_be_written(newsmine: Run) -> None:
    done = newsmine("clean", "-", "--out", "/proc/cleaned", input=BROKEN)
    assert done.returncode == 6


def test_what_cannot_be_read_is_named(newsmine: Run, articles: Path) -> None:
    (articles / "5.txt").write_bytes(b"\x00\x01\x02" * 50)
    done = newsmine("clean", "articles")
    assert done.returncode == 3
    assert "5.txt" in done.stderr
    assert "4.txt" in done.stdout


def test_nothing_dangerous_reaches_the_terminal(newsmine: Run) -> None:
    done = newsmine("clean", "-", "--explain", input=b"Red \x1b[31m text, and mo\x1b- re of it.")
    assert "\x1b" not in done.stdout


class TestSurvey:
    def test_it_learns_and_is_used(self, newsmine: Run, articles: Path) -> None:
        done = newsmine("survey", "articles", "-o", "survey.json")
        assert done.returncode == 0
        assert "daily lantern" in done.stdout
        for command in (("clean", "articles"), ("extract", "articles")):
            assert newsmine(*command, "--survey", "survey.json").returncode == 0

    def test_a_build_remembers_it(self, newsmine: Run, articles: Path, tmp_path: Path) -> None:
        newsmine("survey", "articles", "-o", "survey.json")
        build = ("build", "articles", "-o", "news.db")
        assert "added" in newsmine(*build).stdout
        assert "there already" in newsmine(*build).stdout
        with_survey = (*build, "--survey", "survey.json")
        assert "there already" not in newsmine(*with_survey).stdout
        assert "there already" in newsmine(*with_survey).stdout
        record = json.loads((tmp_path / "survey.json").read_text(encoding="utf-8"))
        record["words"]["another"] = 1
        (tmp_path / "survey.json").write_text(json.dumps(record), encoding="utf-8")
        assert "there already" not in newsmine(*with_survey).stdout

    @pytest.mark.parametrize("command", ["clean", "extract", "build"])
    def test_it_is_none(self, newsmine: Run, articles: Path, command: str) -> None:
        output = ("-o", "news.db") if command == "build" else ()
        done = newsmine(command, "articles", *output, "--survey", "articles/1.txt")
        assert done.returncode == 3
        assert "newsmine survey" in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_duplicates(newsmine: Run, articles: Path) -> None:
    text = " ".join(f"The league counted {n} reports in town number {n}." for n in range(30))
    for name in ("7.txt", "8.txt"):
        (articles / name).write_text(text, encoding="utf-8")
    done = newsmine("duplicates", "articles")
    assert done.returncode == 0
    assert "same" in done.stdout
    assert "7.txt" in done.stdout
    assert "8.txt" in done.stdout
    assert "1.txt" not in done.stdout


def test_no_duplicates(newsmine: Run) -> None:
    done = newsmine("duplicates", "-", input=BROKEN)
    assert done.returncode == 0
    assert "No duplicates" in done.stderr
