"""`newsmine export`: formats by ending or by --to, what explains them, clear refusals."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from newsmine.cli.export import _ENDINGS
from newsmine.export.formats import FORMATS
from tests.cli.conftest import Run


def line_of(done: subprocess.CompletedProcess[str]) -> str:
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x.csv", "4 quotes"),
        ("x.parquet", "4 quotes"),
        ("x.qdpx", "4 quotes"),
        ("x.jsonld", "4 quotes"),
        ("x.bib", "4 articles"),
        ("x.ris", "4 articles"),
        ("x.zip", "rows"),
    ],
)
def test_the_ending_says_the_format(
    newsmine: Run, index: Path, tmp_path: Path, name: str, said: str
) -> None:
    done = newsmine("export", "news.db", name)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert line_of(done).startswith(f"{name}: ")
    assert said in done.stderr
    assert (tmp_path / name).stat().st_size > 100


def test_codebook_with_the_filters_as_typed(newsmine: Run, index: Path, tmp_path: Path) -> None:
    newsmine("export", "news.db", "x.csv", "--org", "Pollmark", "--kind", "direct")
    book = json.loads((tmp_path / "x.csv.codebook.json").read_text(encoding="utf-8"))
    assert book["query"] == {"org": "Pollmark", "kind": "direct"}
    assert book["index"]["path"] == "news.db"
    assert book["rows"] == 2
    assert "org: Pollmark, kind: direct" in (tmp_path / "x.csv.README.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("x.csv", "org:pollmark kind:direct", "2 quotes"),
        ("x.csv", "claim:>0", "claims"),
        ("x.bib", "claim:>0", "articles"),
        ("x.zip", "org:pollmark", "quotes"),
        ("x.csv", "org:nobody", "0 quotes"),
    ],
)
def test_a_query_line(
    newsmine: Run, index: Path, tmp_path: Path, name: str, line: str, said: str
) -> None:
    done = newsmine("export", "news.db", name, "--query", line)
    assert done.returncode == 0, done.stderr
    assert said in done.stderr


@pytest.mark.parametrize(
    "options",
    [("--query", "orgg:x"), ("--query", "a", "--org", "b"), ("--query", "a", "--what", "claims")],
)
def test_a_query_line_that_makes_no_sense(
    newsmine: Run, index: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    done = newsmine("export", "news.db", "x.csv", *options)
    assert done.returncode == 2
    assert "query" in line_of(done)
    assert not (tmp_path / "x.csv").exists()


def test_to(newsmine: Run, index: Path, tmp_path: Path) -> None:
    refused = newsmine("export", "news.db", "x.json")
    assert refused.returncode == 6
    assert "--to csl-json or --to annotations" in line_of(refused)
    assert newsmine("export", "news.db", "x.json", "--to", "csl-json").returncode == 0
    assert len(json.loads((tmp_path / "x.json").read_bytes())) == 4
    assert newsmine("export", "news.db", "package", "--to", "datapackage").returncode == 0
    assert (tmp_path / "package" / "datapackage.json").is_file()


def test_articles_of_an_organisation(newsmine: Run, index: Path, tmp_path: Path) -> None:
    newsmine("export", "news.db", "x.bib", "--org", "Pollmark")
    assert (tmp_path / "x.bib").read_text(encoding="utf-8").count("@article{") == 2
    newsmine("export", "news.db", "x.zip", "--what", "claims")
    assert set(zipfile.ZipFile(tmp_path / "x.zip").namelist()) == {
        *("claims.csv", "articles.csv", "datapackage.json", "README.txt"),
    }


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["x.pdf"], 6, ".qdpx"),
        (["x"], 6, "without ending"),
        (["x.csv", "--to", "pdf"], 2, "qdpx"),
        (["x.bib", "--what", "claims"], 2, "bibtex: cannot hold claims"),
        (["x.csv", "--what", "all"], 2, "cannot hold all"),
        (["x.csv", "--what", "articles", "--form", "share"], 2, "--form: no filter of articles"),
        (["x.qdpx", "--sort", "speaker"], 2, "scatters"),
        (["x.csv", "--what", "people"], 2, "articles"),
    ],
)
def test_refusals(
    newsmine: Run, index: Path, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    before = set(tmp_path.iterdir())
    done = newsmine("export", "news.db", *arguments)
    assert done.returncode == code
    assert said in line_of(done)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["x.csv", "x.bib", "x.zip", "x.qdpx"])
def test_nothing_to_export(newsmine: Run, index: Path, name: str) -> None:
    done = newsmine("export", "news.db", name, "--org", "Nowhere League")
    assert done.returncode == 0
    reason, written = done.stderr.splitlines()
    assert reason.startswith("No ")
    assert ": 0 " in written


def test_every_ending_is_in_the_help() -> None:
    assert set(_ENDINGS.split(", ")) == {format.suffix for format in FORMATS}
