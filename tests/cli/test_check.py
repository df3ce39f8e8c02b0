"""`newsmine check`, `export --what checks`, and figures in `newsmine article`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from newsmine.index import create_index
from tests.cli.conftest import Run
from tests.index.test_agreement import SUM, paper


@pytest.fixture
def checked(tmp_path: Path) -> Path:
    with create_index(tmp_path / "news.db") as index:
        index.add(paper("Beacon", "7,300", "Hearthlight"))
        index.add(paper("Comet", "7,300", "Hearthlight"))
    return tmp_path


def test_the_table_shows_the_sum(newsmine: Run, checked: Path) -> None:
    done = newsmine("check", "news.db")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count(SUM) == 2
    assert "disagree" in done.stdout


@pytest.mark.parametrize(
    ("options", "outlets"),
    [
        ([], ["Beacon", "Comet"]),
        (["--article", "Beacon"], ["Beacon"]),
        (["--outlet", "comet"], ["Comet"]),
        (["--verdict", "disagree", "--org", "Hearthlight"], ["Beacon", "Comet"]),
        (["--limit", "1"], ["Beacon"]),
    ],
)
def test_rows(newsmine: Run, checked: Path, options: list[str], outlets: list[str]) -> None:
    done = newsmine("check", "news.db", "--format", "jsonl", *options)
    assert sorted(json.loads(line)["outlet"] for line in done.stdout.splitlines()) == outlets


def test_csv(newsmine: Run, checked: Path) -> None:
    done = newsmine("check", "news.db", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["sum"] for row in rows} == {SUM}


def test_figures_of_several_articles(newsmine: Run, checked: Path) -> None:
    done = newsmine("check", "news.db", "--across")
    assert "in 2 articles, released by Hearthlight" in done.stdout
    rows = newsmine("check", "news.db", "--across", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(row)["relation"] for row in rows] == ["same figure"]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--verdict", "agree"], "with --verdict agree"),
        (["--across", "--counted", "zebras"], "No figure stands in two articles"),
    ],
)
def test_nothing_found_is_an_answer(
    newsmine: Run, checked: Path, options: list[str], word: str
) -> None:
    done = newsmine("check", "news.db", *options)
    assert done.returncode == 0
    assert done.stdout == ""
    assert word in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--verdict", "true"],
        ["--article", "zzz"],
        ["--article", "Beacon", "--across"],
        ["--since", "soon"],
    ],
)
def test_what_makes_no_sense(newsmine: Run, checked: Path, options: list[str]) -> None:
    done = newsmine("check", "news.db", *options)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_an_article_lists_its_figures(newsmine: Run, checked: Path) -> None:
    done = newsmine("article", "news.db", "Beacon")
    assert "Do they agree" in done.stdout
    assert SUM in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if line.lstrip().startswith("7,300 ")][:1]
    assert "grooming reports" in line
    assert "Hearthlight" in line


def test_checks_are_exported(newsmine: Run, checked: Path) -> None:
    done = newsmine("export", "news.db", "checks.xlsx", "--what", "checks", "--org", "Hearthlight")
    assert done.returncode == 0
    assert "2 checks" in done.stderr
    sheet = openpyxl.load_workbook(checked / "checks.xlsx").active
    assert sheet is not None
    header, *rows = sheet.iter_rows(values_only=True)
    assert header[:3] == ("rule", "verdict", "sum")
    assert [row[2] for row in rows] == [SUM, SUM]


def test_filters_that_checks_lack(newsmine: Run, checked: Path) -> None:
    done = newsmine("export", "news.db", "checks.csv", "--what", "checks", "--form", "count")
    assert done.returncode == 2
    assert "--form" in done.stderr
    none = newsmine("export", "news.db", "checks.csv", "--what", "checks", "--counted", "zebras")
    assert "No checks pass all filters." in none.stderr
