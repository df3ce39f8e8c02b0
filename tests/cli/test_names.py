"""`names`: what is put together is shown with reasons, and judged."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from newsmine.cli.names import Action, review
from newsmine.index import create_index
from newsmine.index.identity import Question
from tests.cli.conftest import FAKED, Run, environment
from tests.index.identity.archive import Said, archive, groups

WHOLE = Said("Ottoline Brask", "director", "Tidewatch")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "names.db"
    archive(
        path, (Said("O. Brask"),), (WHOLE,), (Said("Dr Una Vane"),), (Said("Una Vane"),)
    ).close()
    return path


def test_the_list_gives_reasons(newsmine: Run, index: Path) -> None:
    done = newsmine("names", "names.db")
    assert done.returncode == 0
    for word in ("Dr Una Vane", "the same name", "0.85"):
        assert word in done.stdout
    assert done.stderr == "Of several names, or of one that others have: 1. Open questions: 1.\n"


def test_questions(newsmine: Run, index: Path) -> None:
    done = newsmine("names", "names.db", "questions")
    assert "O. Brask" in done.stdout
    assert "initials and the surname" in done.stdout


def test_merge_undo_and_the_record_of_both(newsmine: Run, index: Path) -> None:
    done = newsmine(
        "names",
        "names.db",
        "merge",
        "O. Brask",
        "Ottoline Brask",
        "--by",
        "jo",
        "--why",
        "one post",
    )
    assert done.returncode == 0, done.stderr
    assert "undo 1" in done.stdout
    assert "2 quotes." in newsmine("search", "names.db", 'speaker:"O. Brask"').stderr
    assert newsmine("names", "names.db", "undo", "1").returncode == 0
    assert "1 quotes." in newsmine("search", "names.db", 'speaker:"O. Brask"').stderr
    shown = newsmine("names", "names.db", "judgements").stdout
    for word in ("jo", "one post", "undone", "names.merge"):
        assert word in shown


def test_split_and_rename(newsmine: Run, index: Path) -> None:
    assert newsmine("names", "names.db", "split", "Una Vane", "Dr Una Vane").returncode == 0
    assert newsmine("names", "names.db", "split", "Una Vane", "--article", "n4").returncode == 0
    assert newsmine("names", "names.db", "rename", "Tidewatch", "Tide Watch").returncode == 0
    assert "Tide Watch" in newsmine("names", "names.db").stdout


def test_judgements_travel(newsmine: Run, index: Path, tmp_path: Path) -> None:
    newsmine("names", "names.db", "merge", "O. Brask", "Ottoline Brask")
    assert newsmine("names", "names.db", "export", "j.jsonl").stdout == "1 entries written.\n"
    archive(tmp_path / "b.db", (Said("O. Brask"),), (WHOLE,)).close()
    assert newsmine("names", "b.db", "import", "j.jsonl").stdout == "1 new entries taken.\n"
    assert newsmine("names", "b.db", "import", "j.jsonl").stdout == "0 new entries taken.\n"
    assert "O. Brask" in newsmine("names", "b.db").stdout


def test_a_directory_is_kept(newsmine: Run, index: Path, tmp_path: Path) -> None:
    text = 'organisations = [{ name = "Tidewatch", kind = "charity", country = "GB" }]'
    (tmp_path / "my.toml").write_text(text)
    assert newsmine("names", "names.db", "--directory", "my.toml").returncode == 0
    assert "my.toml" in newsmine("names", "names.db", "judgements").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("none.db",), 5, "is missing"),
        (("none.db", "merge", "a", "b"), 5, "is missing"),
        (("names.db", "merge"), 2, "Name two"),
        (("names.db", "merge", "Una Vane", "Nobody"), 2, "is not in the index"),
        (("names.db", "rename", "Una Vane"), 2, "the new one"),
        (("names.db", "undo", "one"), 2, "is no number"),
        (("names.db", "undo", "9"), 2, "not in the journal"),
        (("names.db", "list", "Una"), 2, "too much"),
        (("names.db", "import", "none"), 2, "cannot be read"),
        (("names.db", "review"), 2, "asks on a terminal"),
        (("names.db", "marry"), 2, "marry"),
    ],
)
def test_refused(
    newsmine: Run, index: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    done = newsmine("names", *arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "none.db").exists()


def test_review_asks_one_after_the_other(index: Path) -> None:
    asked: list[Question] = []

    def ask(question: Question) -> str:
        asked.append(question)
        return "yes"

    with create_index(index) as opened:
        review(opened, ask, unsure=False, who="jo", why=None)
        assert len(asked) == 1
        assert frozenset({"O. Brask", "Ottoline Brask"}) in groups(opened)


def test_review_on_a_terminal_can_be_left_and_taken_up(index: Path) -> None:
    for typed, last in ((b"what\nq\n", "0 answered, 1 left."), (b"u\n", "1 answered, 0 left.")):
        master, slave = pty.openpty()
        process = subprocess.Popen(
            [*FAKED, "names", str(index), "review", "--by", "jo"],
            stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
        )  # fmt: skip
        os.write(master, typed)
        out, errors = process.communicate(timeout=60)
        os.close(slave)
        os.close(master)
        assert process.returncode == 0, errors
        assert "Ottoline Brask" in out.decode()
        assert last in errors.decode()
    with create_index(index) as opened:
        assert opened.identities.questions() == ()
        assert len(opened.identities.questions(unsure=True)) == 1


def test_every_action_is_in_the_help(newsmine: Run) -> None:
    shown = " ".join(newsmine("names", "--help").stdout.split())
    assert all(action in shown for action in Action)
