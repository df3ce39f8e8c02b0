"""`search`, `who`, `profile` on an index of four articles."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from newsmine.index import create_index
from tests.cli.conftest import Run
from tests.factories import make_extraction, make_speaker


def jsonl(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_rows(newsmine: Run, index: Path) -> None:
    done = newsmine("search", "news.db", "org:pollmark counting")
    assert done.returncode == 0
    assert "Di Frost" in done.stdout
    assert "Ann Lee" not in done.stdout
    assert done.stderr == "2 quotes.\n"


def test_rows_for_programs(newsmine: Run, index: Path) -> None:
    same = newsmine("quotes", "news.db", "--org", "Pollmark", "--format", "jsonl")
    assert newsmine("search", "news.db", "org:pollmark", "--format", "jsonl").stdout == same.stdout
    done = newsmine("search", "news.db", "claim:>2000 form:count", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["text"] for row in rows} >= {"2,200", "4,200"}
    assert "1,200" not in {row["text"] for row in rows}


def test_limit_and_sort(newsmine: Run, index: Path) -> None:
    options = ("--limit", "3", "--sort", "speaker", "--format", "jsonl")
    done = newsmine("search", "news.db", "", *options)
    assert [row["speaker"] for row in jsonl(done.stdout)] == ["Ann Lee", "Bo Marsh", "Cy Dunn"]
    assert "The first 3 of 4 quotes." in done.stderr


def test_in_context(newsmine: Run, index: Path) -> None:
    done = newsmine("search", "news.db", "org:hearthlight counting", "--kwic")
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert len({line.index("counting") for line in lines}) == 1
    assert "“Nobody is counting the rest" in lines[0]
    done = newsmine("search", "news.db", "counting speaker:dunn", "--kwic", "--format", "jsonl")
    (row,) = jsonl(done.stdout)
    assert (row["left"], row["hit"], row["speaker"]) == ("“Nobody is ", "counting", "Cy Dunn")


def test_facets(newsmine: Run, index: Path) -> None:
    done = newsmine("search", "news.db", "counting", "--facets", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {"facet": "organisation", "value": "Pollmark", "count": "2"} in rows
    assert done.stderr == "4 quotes.\n"
    assert "Hearthlight" in newsmine("search", "news.db", "counting", "--facets").stdout


def test_variants_are_listed(newsmine: Run, index: Path) -> None:
    done = newsmine("search", "news.db", "countiug~")
    assert "countiug~ also finds counting (4)." in done.stderr
    assert "Ann Lee" in done.stdout


@pytest.mark.parametrize("format", ["table", "csv", "jsonl"])
@pytest.mark.parametrize("more", [[], ["--facets"], ["--kwic"]])
def test_nothing_found_says_why_and_what_may_be_meant(
    newsmine: Run, index: Path, more: list[str], format: str
) -> None:
    done = newsmine("search", "news.db", "org:polmark counting", "--format", format, *more)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == (1 if format == "csv" else 0)
    assert "none in the index has org 'polmark'. Without org: 4." in done.stderr
    assert "did you mean 'Pollmark'?" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["search", "news.db", "orgg:x"], "Did you mean org:?"),
        (["search", "news.db", '"open'], "Close it"),
        (["search", "news.db", "x", "--sort", "colour"], "Take one of date"),
        (["search", "news.db", "x", "--facets", "--kwic"], "Give one of them"),
        (["search", "news.db", "org:pollmark", "--kwic"], "Give a word"),
        (["who", "news.db", "x", "--by", "orgs"], "Did you mean org?"),
        (["who", "news.db", "x", "--by", ","], "Take some of org"),
        (["profile", "news.db", "polmark"], "Did you mean 'Pollmark'"),
    ],
)
def test_a_mistake_is_one_line(newsmine: Run, index: Path, arguments: list[str], hint: str) -> None:
    done = newsmine(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert hint in done.stderr


def test_who(newsmine: Run, index: Path) -> None:
    done = newsmine("who", "news.db", "counting", "--by", "org,speaker", "--format", "jsonl")
    assert jsonl(done.stdout)[0] == {
        "organisation": "Hearthlight",
        "speaker": "Ann Lee",
        "quotes": 1,
    }
    beside = newsmine("who", "news.db", "counting", "--by", "org,kind").stdout.splitlines()
    assert beside[0].split() == ["Organisation", "Quotes", "direct"]
    assert beside[2].split() == ["Hearthlight", "2", "2"]
    assert "unknown" in newsmine("who", "news.db", "counting").stdout
    assert "'submarine'" in newsmine("who", "news.db", "submarine").stderr


def test_profile(newsmine: Run, index: Path) -> None:
    done = newsmine("profile", "news.db", "hearthlight")
    assert done.returncode == 0
    for shown in (
        "Hearthlight: 2 quotes",
        "Ann Lee",
        "Bo Marsh",
        "head of policy",
        "Daily Lantern",
    ):
        assert shown in done.stdout
    assert "Cy Dunn" not in done.stdout


def test_nothing_on_the_screen_can_command_it(newsmine: Run, tmp_path: Path) -> None:
    quote = "“Our duty\x1b[31m is red\x07\u202e”"
    speaker = make_speaker("Ann\x1b[2J Lee", organisation="Hearth\x1blight")
    with create_index(tmp_path / "bad.db") as index:
        index.add(make_extraction(quote, quotes=[(quote, speaker)], outlet="Our\x1b]0;Paper"))
    for arguments in (
        *(["search", "duty"], ["search", "duty", "--kwic"], ["search", "duty", "--facets"]),
        *(["search", "duty", "--format", "csv"], ["search", "x\x1b[31m"], ["search", "\x1b:x"]),
        *(["who", "duty", "--by", "org,outlet"], ["profile", "lee"], ["profile", "hearth"]),
    ):
        done = newsmine(arguments[0], "bad.db", *arguments[1:])
        assert not set("\x1b\x07\u202e") & set(done.stdout + done.stderr), arguments
