"""Running the command line as a program, with a stand-in for the model unless told otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

ROOT = Path(__file__).parents[2]
FAKED = [sys.executable, str(Path(__file__).parent / "faked.py")]
REAL = [sys.executable, "-c", "from newsmine.cli import main; main()"]

ARTICLE = """Daily Lantern

{headline}

- By Jo Penn Home Editor

THE league counted {figure} reports last year.

“Nobody is counting the rest,” said {speaker}, head of policy at {organisation}.
"""


class Run(Protocol):
    """Runs newsmine with arguments in the test's own folder."""

    def __call__(
        self, *arguments: str, real: bool = False, input: bytes = b"", **env: str
    ) -> subprocess.CompletedProcess[str]: ...


def environment(**extra: str) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("NEWSMINE", "FAKE", "COLUMNS"))
    }
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), kept.get("PYTHONPATH"))))
    return {**kept, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **extra}


@pytest.fixture
def newsmine(tmp_path: Path) -> Run:
    def run(
        *arguments: str, real: bool = False, input: bytes = b"", **env: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*(REAL if real else FAKED), *arguments],
            input=input,
            capture_output=True,
            cwd=tmp_path,
            env=environment(**env),
            timeout=300,
            check=False,
        )
        decoded = (done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in decoded[1], decoded[1]
        return subprocess.CompletedProcess(done.args, done.returncode, *decoded)

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of four articles: two organisations, four speakers."""
    folder = tmp_path / "articles"
    folder.mkdir()
    people = [
        ("Ann Lee", "Hearthlight"),
        ("Bo Marsh", "Hearthlight"),
        ("Cy Dunn", "Pollmark"),
        ("Di Frost", "Pollmark"),
    ]
    for number, (speaker, organisation) in enumerate(people, 1):
        text = ARTICLE.format(
            headline=f"League counts reports for year {speaker.split()[0]}",
            figure=f"{number},200",
            speaker=speaker,
            organisation=organisation,
        )
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def index(newsmine: Run, articles: Path, tmp_path: Path) -> Path:
    """The index of those four."""
    done = newsmine("build", str(articles), "-o", "news.db")
    assert done.returncode == 0, done.stderr
    return tmp_path / "news.db"
