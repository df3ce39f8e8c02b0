"""What ends its worker: noted, and left out where it happens again."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.engines.parts import manifests, rows_in
from newsmine.engines.tasks import Order, PartTask, write_part
from newsmine.progress import Skipped
from newsmine.types import Provenance
from tests.engines.pretend import Pretend

pytest.importorskip("pyarrow")


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture(autouse=True)
def dies(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(deaths: Path, most: int) -> None:
        done = len(deaths.read_text()) if deaths.exists() else 0
        if done < most:
            deaths.write_text("x" * (done + 1))
            raise Killed

    monkeypatch.setattr("tests.engines.pretend._die", die)


def tries(tmp_path: Path, *files: list[str]) -> tuple[int, list[object]]:
    """How often it had to be tried, as Spark does, and what came of it."""
    out = tmp_path / "out"
    out.mkdir()
    names = []
    for number, lines in enumerate(files):
        names.append(str(tmp_path / f"{number}.txt"))
        Path(names[-1]).write_text("\n".join(lines))
    order = Order(out, Pretend(), Provenance("", ""), checked=False)
    for count in range(8):
        try:
            write_part(order, PartTask("part-1-of-1-x", tuple(names)), careful=count > 0)
        except Killed:
            continue
        assert not [path for path in out.rglob("*") if path.name.startswith(".")]
        (part,) = manifests(out)
        return count + 1, [item for _, _, item in rows_in(part)]
    raise AssertionError("eight times in vain")


def kinds(items: list[object]) -> str:
    return "".join("-" if isinstance(item, Skipped) else "+" for item in items)


def test_nothing_dies(tmp_path: Path) -> None:
    count, items = tries(tmp_path, ["one", "two"])
    assert (count, kinds(items)) == (1, "++")


def test_once_or_twice_is_chance(tmp_path: Path) -> None:
    """A machine was lost: what it was at is not to blame."""
    assert tries(tmp_path, ["one", "!die 2", "three"])[0] == 3
    assert kinds(tries(tmp_path / "out", ["one", "!die 1", "three"])[1]) == "+++"


def test_an_article_that_always_kills_is_skipped(tmp_path: Path) -> None:
    count, items = tries(tmp_path, ["zero"], ["one", "!die", "three"], ["four"])
    assert (count, kinds(items)) == (4, "++-++")
    bad = items[2]
    assert isinstance(bad, Skipped)
    assert bad.path == str(tmp_path / "1.txt")
    assert "its article 2 ended the process" in bad.reason


def test_a_file_that_cannot_be_begun_is_skipped_whole(tmp_path: Path) -> None:
    _, items = tries(tmp_path, ["!die", "one"], ["two"])
    assert kinds(items) == "-+"


def test_two_such_in_a_part(tmp_path: Path) -> None:
    _, items = tries(tmp_path, ["one", "!die", "three"], ["four", "!die", "six"])
    assert kinds(items) == "+-++-+"


def test_what_follows_the_deadly_is_left_where_it_kills_as_well(tmp_path: Path) -> None:
    _, items = tries(tmp_path, ["one", "!die", "!die", "four"], ["five"])
    assert kinds(items) == "+--+"


def test_a_torn_note_is_no_note(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    order = Order(tmp_path, Pretend(), Provenance("", ""), checked=False)
    (tmp_path / ".part-1.trail").write_text("{")
    write_part(order, PartTask("part-1", (str(tmp_path / "a.txt"),)))
    assert len(manifests(tmp_path)) == 1
