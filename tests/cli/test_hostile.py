"""Inputs that nobody wants and everybody has: each ends in a result or in one clear line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import FAKED, Run, environment, needs_model


@pytest.fixture(params=["extract", "build"])
def command(request: pytest.FixtureRequest) -> list[str]:
    """Both commands that read articles, without the paths."""
    return ["extract"] if request.param == "extract" else ["build", "-o", "hostile.db"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \r\n\t\n"),
        ("bom.txt", b"\xef\xbb\xbf"),
        ("binary.txt", bytes(range(256)) * 100),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 500),
        ("index.txt", b"SQLite format 3\0" + b"\0" * 500),
        ("zeros.txt", b"\0" * 5000),
    ],
)
def test_no_article(
    newsmine: Run, command: list[str], articles: Path, name: str, data: bytes
) -> None:
    """It is named, and the four around it are read all the same."""
    (articles / name).write_bytes(data)
    done = newsmine(*command, str(articles))
    assert done.returncode == 3
    assert name in done.stderr
    assert (
        "Ann Lee" in newsmine("quotes", "hostile.db").stdout if "build" in command else done.stdout
    )


@pytest.mark.parametrize(
    "encoding", ["latin-1", "cp1252", "utf-8-sig", "utf-16", "utf-16-le", "mac_roman"]
)
def test_encodings(newsmine: Run, command: list[str], tmp_path: Path, encoding: str) -> None:
    quote = '"' if encoding in ("latin-1", "mac_roman") else "“"
    text = f"The café’s à la carte prices, £9. {quote}x”" if quote == "“" else 'A café, £9. "x"'
    text += " It went on as before. " * 20
    (tmp_path / "old.txt").write_bytes(text.encode(encoding))
    done = newsmine(*command, "old.txt")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n", "\f\n"])
def test_line_ends(newsmine: Run, command: list[str], articles: Path, ending: str) -> None:
    file = articles / "1.txt"
    text = file.read_text(encoding="utf-8").replace("\n", ending)
    file.write_bytes(text.encode())
    done = newsmine("extract", str(file))
    assert done.returncode == 0
    assert "Ann Lee" in done.stdout


LONG_LINE = (
    "The league went on counting, and the papers went on printing what it counted. " * 1_300
    + "“Nobody counts the rest,” said Ann Lee. "
) * 100


def test_ten_megabytes_of_one_line(newsmine: Run, command: list[str], tmp_path: Path) -> None:
    assert len(LONG_LINE) > 10_000_000
    (tmp_path / "long.txt").write_text(LONG_LINE, encoding="utf-8")
    done = newsmine(*command, "long.txt")
    assert done.returncode == 0, done.stderr


@needs_model
def test_ten_megabytes_are_no_article(newsmine: Run, articles: Path, tmp_path: Path) -> None:
    """The real pipeline says so, at once, and reads the others."""
    (articles / "3.txt").write_text(LONG_LINE, encoding="utf-8")
    done = newsmine("extract", "articles", "--format", "jsonl", real=True)
    assert done.returncode == 3
    assert "3.txt: has " in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert len(done.stdout.splitlines()) == 3


def test_one_word_of_a_megabyte(newsmine: Run, command: list[str], tmp_path: Path) -> None:
    (tmp_path / "word.txt").write_text("a" * 1_000_000)
    assert newsmine(*command, "word.txt").returncode in (0, 3)


def test_a_folder_with_what_cannot_be_read(
    newsmine: Run, command: list[str], articles: Path
) -> None:
    """Root may read everything, so: a link to nowhere, a loop, and a folder named like a file."""
    (articles / "gone.txt").symlink_to(articles / "nowhere")
    (articles / "loop.txt").symlink_to(articles / "loop.txt")
    (articles / "folder.txt").mkdir()
    done = newsmine(*command, str(articles))
    assert done.returncode == 3
    assert "gone.txt" in done.stderr
    assert "loop.txt" in done.stderr


@pytest.mark.parametrize(
    "name", ["-x.txt", "new\nline.txt", "esc\x1b[2J.txt", "[b].txt", "a b'c.txt"]
)
def test_odd_names(newsmine: Run, command: list[str], articles: Path, name: str) -> None:
    (articles / "1.txt").rename(articles / name)
    (articles / "2.txt").write_bytes(b"")
    done = newsmine(*command, str(articles))
    assert done.returncode == 3
    assert "\x1b" not in done.stdout + done.stderr


def test_a_name_that_is_no_text(newsmine: Run, command: list[str], articles: Path) -> None:
    (articles / "1.txt").rename(Path(f"{articles}/caf\udce9.txt"))
    assert newsmine(*command, str(articles)).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "articles"],
        ["extract", "articles", "--format", "jsonl"],
        ["extract", "articles", "--format", "csv"],
        ["quotes", "news.db"],
        ["quotes", "news.db", "--format", "csv"],
        ["info", "news.db"],
        ["--help"],
    ],
)
def test_a_full_output(index: Path, tmp_path: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*FAKED, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=environment(),
            check=False,
            timeout=60,
        )
    stderr = done.stderr.decode()
    assert done.returncode == 1
    assert stderr.startswith("newsmine: output: No space left on device.")
    assert len(stderr.splitlines()) == 1


def test_a_terminal_without_the_characters(newsmine: Run, articles: Path) -> None:
    done = newsmine("extract", str(articles), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "Ann Lee" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["extrakt"], ["extract"], ["build", "articles"], ["quotes", "a", "b"], ["--x"]]
)
def test_mistyped_commands(newsmine: Run, arguments: list[str]) -> None:
    done = newsmine(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("newsmine: ")
    assert len(done.stderr.splitlines()) == 1


DEFECT = """
import newsmine.index
def broken(path):
    raise RuntimeError("two\\nlines")
newsmine.index.open_index = broken
from newsmine.cli import main
main()
"""


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_defect_is_one_line(debug: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DEFECT, "info", "news.db"],
        capture_output=True,
        env=environment(NEWSMINE_DEBUG=debug),
        check=False,
        timeout=60,
    )
    stderr = done.stderr.decode()
    if debug:
        assert "Traceback" in stderr
    else:
        assert done.returncode == 70
        assert stderr.startswith("newsmine: unexpected RuntimeError: two lines.")
        assert "NEWSMINE_DEBUG=1" in stderr
        assert len(stderr.splitlines()) == 1
