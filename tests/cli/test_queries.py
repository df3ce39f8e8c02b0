"""`quotes`, `claims`, `article`, `export`, `info` on an index of four articles."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import FAKED, Run, environment


def jsonl(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_quotes_table(newsmine: Run, index: Path) -> None:
    done = newsmine("quotes", "news.db")
    assert done.returncode == 0
    assert done.stderr == ""
    for shown in ("Ann Lee", "Di Frost", "Hearthlight", "Daily Lantern", "Nobody is counting"):
        assert shown in done.stdout


@pytest.mark.parametrize(
    ("filters", "speakers"),
    [
        (["--org", "Pollmark"], ["Cy Dunn", "Di Frost"]),
        (["--speaker", "Ann Lee"], ["Ann Lee"]),
        (["--outlet", "Daily Lantern"], ["Ann Lee", "Bo Marsh", "Cy Dunn", "Di Frost"]),
        (["--kind", "direct", "--org", "Hearthlight"], ["Ann Lee", "Bo Marsh"]),
        (["--text", "counting", "--speaker", "Bo Marsh"], ["Bo Marsh"]),
    ],
)
def test_filters(newsmine: Run, index: Path, filters: list[str], speakers: list[str]) -> None:
    done = newsmine("quotes", "news.db", "--format", "jsonl", *filters)
    assert sorted(str(row["speaker"]) for row in jsonl(done.stdout)) == speakers


def test_limit(newsmine: Run, index: Path) -> None:
    assert (
        len(jsonl(newsmine("quotes", "news.db", "--format", "jsonl", "--limit", "3").stdout)) == 3
    )


def test_csv(newsmine: Run, index: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO(newsmine("quotes", "news.db", "--format", "csv").stdout))
    )
    assert len(rows) == 4
    assert {row["organisation"] for row in rows} == {"Hearthlight", "Pollmark"}


def test_claims(newsmine: Run, index: Path) -> None:
    done = newsmine("claims", "news.db", "--form", "count", "--format", "jsonl")
    assert {"1,200", "4,200"} <= {row["text"] for row in jsonl(done.stdout)}
    assert newsmine("claims", "news.db", "--form", "share").stdout == ""


@pytest.mark.parametrize(
    ("filters", "blamed"),
    [
        (["--org", "Nowhere League"], "--org"),
        (["--org", "Pollmark", "--text", "submarine"], "--text"),
        (["--outlet", "Nightly Torch", "--org", "Pollmark"], "--outlet"),
    ],
)
@pytest.mark.parametrize("format", ["table", "csv", "jsonl"])
def test_nothing_found_says_why(
    newsmine: Run, index: Path, filters: list[str], blamed: str, format: str
) -> None:
    done = newsmine("quotes", "news.db", "--format", format, *filters)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == (1 if format == "csv" else 0)
    assert blamed in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "options",
    [["--since", "yesterday"], ["--kind", "loud"], ["--sort", "colour"], ["--limit", "0"]],
)
def test_an_option_that_makes_no_sense(newsmine: Run, index: Path, options: list[str]) -> None:
    done = newsmine("quotes", "news.db", *options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert options[0].strip("-") in done.stderr


def test_article(newsmine: Run, index: Path) -> None:
    done = newsmine("article", "news.db", "1-")
    assert done.returncode == 0
    assert "[1 “Nobody is counting the rest,”]" in done.stdout
    assert "1 Ann Lee" in done.stdout
    assert "head of policy, Hearthlight" in done.stdout
    assert "\x1b" not in done.stdout


def test_article_by_part_of_its_id(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    text = (articles / "1.txt").read_bytes()
    for name in ("storm-north.txt", "storm-south.txt"):
        (articles / name).write_bytes(text)
    newsmine("build", str(articles), "-o", "news.db")
    assert "Ann Lee" in newsmine("article", "news.db", "storm-n").stdout
    for asked, meant in (("storm", "storm-south"), ("strom-noth", "storm-north")):
        done = newsmine("article", "news.db", asked)
        assert done.returncode == 2
        assert "Did you mean" in done.stderr
        assert meant in done.stderr


def test_article_that_is_like_none(newsmine: Run, index: Path) -> None:
    done = newsmine("article", "news.db", "zzzzzzzzzz")
    assert done.returncode == 2
    assert done.stderr.startswith("newsmine: zzzzzzzzzz: is no article in this index.")


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.xlsx"])
@pytest.mark.parametrize("what", ["quotes", "claims"])
def test_export(newsmine: Run, index: Path, tmp_path: Path, name: str, what: str) -> None:
    done = newsmine("export", "news.db", name, "--what", what)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name).stat().st_size > 100


def test_export_filters(newsmine: Run, index: Path, tmp_path: Path) -> None:
    newsmine("export", "news.db", "out.jsonl", "--org", "Pollmark")
    rows = jsonl((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert {row["organisation"] for row in rows} == {"Pollmark"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["out.doc"], 6),
        (["no/such/folder/out.csv"], 6),
        (["."], 6),
        (["out.csv", "--form", "share"], 2),
    ],
)
def test_export_that_cannot_be(newsmine: Run, index: Path, arguments: list[str], code: int) -> None:
    done = newsmine("export", "news.db", *arguments)
    assert done.returncode == code
    assert len(done.stderr.splitlines()) == 1


def test_info(newsmine: Run, index: Path) -> None:
    done = newsmine("info", "news.db")
    assert done.returncode == 0
    assert re.search(r"articles +4\b", done.stdout)
    assert "fake-1" in done.stdout


@pytest.mark.parametrize("command", [["quotes"], ["claims"], ["info"], ["article", "1"]])
def test_no_such_index(newsmine: Run, command: list[str], tmp_path: Path) -> None:
    done = newsmine(command[0], "typo.db", *command[1:])
    assert done.returncode == 5
    assert done.stderr.startswith("newsmine: typo.db: ")
    assert not (tmp_path / "typo.db").exists()


@pytest.mark.parametrize("content", [b"", b"Dear diary", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_index(newsmine: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.db").write_bytes(content)
    done = newsmine("quotes", "other.db")
    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "other.db").read_bytes() == content


@pytest.mark.parametrize("command", ["quotes", "build"])
def test_an_index_of_a_newer_version(
    newsmine: Run, index: Path, articles: Path, command: str
) -> None:
    with sqlite3.connect(index) as connection:
        connection.execute("PRAGMA user_version = 9999")
    before = index.read_bytes()
    arguments = (
        ["build", str(articles), "-o", "news.db"] if command == "build" else [command, "news.db"]
    )
    done = newsmine(*arguments)
    assert done.returncode == 5
    assert "newer" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert index.read_bytes() == before


def test_a_reader_who_leaves_early(index: Path, tmp_path: Path) -> None:
    """As `newsmine quotes … | head -1`, with rows still to come."""
    copies = "INSERT INTO attributions SELECT NULL, article, number || attribution, kind, quote, "
    with sqlite3.connect(index) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(attributions)")]
        rest = ", ".join(columns[columns.index("content") :])
        numbers = (
            "WITH RECURSIVE n(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n LIMIT 5000)"
        )
        connection.execute(f"{numbers} {copies}{rest} FROM n, attributions WHERE id = 1")
    process = subprocess.Popen(
        [*FAKED, "quotes", "news.db", "--format", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith(b"quote,kind,")
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141
