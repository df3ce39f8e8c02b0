"""`sample`, `agree` and `search --once`, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_from_a_draw_to_a_package(newsmine: Run, index: Path) -> None:
    drawn = newsmine("sample", "news.db", "4", "--by", "outlet", "-o", "a.csv")
    assert drawn.returncode == 0
    assert drawn.stderr.startswith("a.csv: 4 quotes of ")
    assert "Stratum" in drawn.stdout
    sheet = index.parent / "a.csv"
    text = sheet.read_text("utf-8-sig")
    (index.parent / "b.csv").write_text(text, encoding="utf-8")
    done = newsmine("agree", "a.csv", "b.csv", "-o", "report.json")
    assert done.returncode == 0
    assert "speaker right?" in done.stdout
    report = json.loads((index.parent / "report.json").read_text("utf-8"))
    assert report["sheets"] == ["a.csv", "b.csv"]
    done = newsmine("export", "news.db", "p.zip", "--validation", "report.json")
    assert done.returncode == 0


def test_what_is_no_sheet(newsmine: Run, index: Path) -> None:
    done = newsmine("agree", "news.db")
    assert done.returncode == 7
    assert done.stderr.startswith("newsmine: news.db: ")
    done = newsmine("sample", "news.db", "4", "--by", "colour", "-o", "a.csv")
    assert done.returncode == 2
    assert "Take of outlet, year" in done.stderr


def test_once(newsmine: Run, index: Path) -> None:
    done = newsmine("search", "news.db", "kind:direct", "--once", "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    assert len({row["saying"] for row in rows}) == len(rows)
