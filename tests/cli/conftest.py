"""Running the command line as a program, with a stand-in for the model unless told otherwise."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Protocol

import pytest

ROOT = Path(__file__).parents[2]
FAKED = [sys.executable, str(Path(__file__).parent / "faked.py")]
REAL = [sys.executable, "-c", "from newsmine.cli import main; main()"]

needs_model = pytest.mark.skipif(
    not (ROOT / "models" / "en_newsmine" / "config.cfg").is_file(),
    reason="models/en_newsmine is not built",
)

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


@functools.cache
def compiled() -> tempfile.TemporaryDirectory[str]:
    """Where compiled files go; removed at the end."""
    return tempfile.TemporaryDirectory(prefix="newsmine-tests-")


def environment(**extra: str) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("NEWSMINE", "FAKE", "COLUMNS"))
    }
    path = os.pathsep.join(filter(None, (str(ROOT / "src"), kept.get("PYTHONPATH"))))
    # Where Python may keep no compiled files, each of a thousand runs would compile all anew.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    fixed = {
        "PYTHONPATH": path,
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPYCACHEPREFIX": compiled().name,
    }
    return {**kept, **fixed, **extra}


def run_in(
    folder: Path, *arguments: str, real: bool = False, input: bytes = b"", **env: str
) -> subprocess.CompletedProcess[str]:
    """Run newsmine in a folder; whatever happens, no traceback may show."""
    done = subprocess.run(
        [*(REAL if real else FAKED), *arguments],
        input=input,
        capture_output=True,
        cwd=folder,
        env=environment(**env),
        timeout=300,
        check=False,
    )
    stdout, stderr = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in stderr, stderr
    return subprocess.CompletedProcess(done.args, done.returncode, stdout, stderr)


@pytest.fixture
def newsmine(tmp_path: Path) -> Run:
    return functools.partial(run_in, tmp_path)


def write_articles(folder: Path) -> None:
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


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """``articles``: a folder of four, with two organisations and four speakers."""
    write_articles(tmp_path / "articles")
    return tmp_path / "articles"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_articles(folder / "articles")
    done = run_in(folder, "build", "articles", "-o", "news.db")
    assert done.returncode == 0, done.stderr
    return folder / "news.db"


@pytest.fixture
def index(built: Path, articles: Path, tmp_path: Path) -> Path:
    """``news.db``: the index of those four."""
    return Path(shutil.copyfile(built, tmp_path / "news.db"))
