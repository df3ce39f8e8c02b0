"""The files of an index: entered, done with, moved, copied, forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsmine.index import Index, create_index, open_index
from newsmine.progress import Skipped
from newsmine.types import Provenance
from tests.factories import make_extraction
from tests.index.conftest import make_older

MADE_BY = Provenance("0.1.0", "en_test-1", {"clean": True})
BUILD = Provenance("0.1.0", "en_test-1", {"clean": True, "only_topic": "grooming@1"})


@pytest.fixture
def index(path: Path) -> Iterator[Index]:
    with create_index(path) as opened:
        yield opened


def begin(index: Index, path: str = "a.csv", sha256: str = "1" * 64) -> int:
    return index.manifest.begin(path, sha256=sha256, size=9, made_by=BUILD)


def add(index: Index, file: int, *texts: str, path: str = "a.csv") -> None:
    for text in texts:
        index.add(make_extraction(text, path=f"{path}#{text}"), file=file)


def ids(index: Index) -> list[str]:
    return sorted(entry.path.partition("#")[2] for entry in index.articles())


def skipped(path: str = "a.csv#9", **fields: object) -> Skipped:
    return replace(Skipped(path, "holds no text", "Give another"), **fields)  # type: ignore[arg-type]


def test_a_file_and_what_it_gave(index: Index) -> None:
    number = begin(index)
    add(index, number, "one", "two")
    index.manifest.leave_out(number, skipped())
    index.manifest.leave_out(number, skipped("a.csv#8", passed_over=True, id="8-1"))
    half = index.manifest.entry("a.csv")
    assert half is not None
    assert (half.done, half.articles, half.skipped, half.passed_over) == (False, 2, 1, 1)
    assert (half.path, half.name, half.size, half.made_by) == ("a.csv", "a.csv", 9, BUILD)
    assert index.manifest.finish(number) == 0
    assert index.manifest.entry("a.csv") == replace(half, done=True)
    assert [one.path for one in index.manifest.left_out(number)] == ["a.csv#9", "a.csv#8"]
    assert index.manifest.entry("b.csv") is None


def test_what_it_has_no_more_is_taken_out_at_its_end(index: Index) -> None:
    number = begin(index)
    add(index, number, "one", "two", "three")
    index.manifest.finish(number)
    assert begin(index, sha256="2" * 64) == number
    add(index, number, "four")
    index.manifest.keep(number, _id(index, "one"))
    assert ids(index) == ["four", "one", "three", "two"], "not before"
    assert index.manifest.finish(number) == 2
    assert ids(index) == ["four", "one"]


def _id(index: Index, text: str) -> str:
    return next(entry.id for entry in index.articles() if entry.path.endswith(f"#{text}"))


def test_what_was_skipped_keeps_all(index: Index) -> None:
    number = begin(index)
    add(index, number, "one")
    index.manifest.finish(number)
    begin(index, sha256="2" * 64)
    index.manifest.leave_out(number, skipped())
    assert index.manifest.finish(number) == 0
    assert ids(index) == ["one"]


def test_what_is_passed_over_keeps_itself_alone(index: Index) -> None:
    number = begin(index)
    add(index, number, "one", "two")
    index.manifest.finish(number)
    begin(index, sha256="2" * 64)
    index.manifest.leave_out(number, skipped(passed_over=True, id=_id(index, "one")))
    assert index.manifest.finish(number) == 1
    assert ids(index) == ["one"]


def test_two_files_have_one_article(index: Index) -> None:
    first, second = begin(index), begin(index, "b/a.csv")
    add(index, first, "one")
    index.manifest.keep(second, _id(index, "one"))
    assert index.manifest.forget(first) == 0
    assert ids(index) == ["one"]
    assert index.manifest.forget(second) == 1
    assert (ids(index), list(index.manifest.entries())) == ([], [])


def test_an_article_of_another_file_is_not_replaced(index: Index) -> None:
    """A copy: the article has the path of the file that was read first."""
    first, second = begin(index, "a.txt"), begin(index, "b/a.txt")
    index.add(make_extraction("Old.", path="a.txt"), file=first)
    index.add(make_extraction("Old.", path="b/a.txt"), file=second)
    assert index.add(make_extraction("New.", path="a.txt"), file=first) == "added"
    assert len(list(index.articles())) == 2
    assert index.add(make_extraction("Newer.", path="a.txt"), file=first) == "replaced"


def test_moved_and_copied(index: Index) -> None:
    number = begin(index)
    add(index, number, "one")
    index.manifest.leave_out(number, skipped())
    index.manifest.finish(number)
    (entry,) = index.manifest.same("1" * 64)
    index.manifest.move(entry, "old/a.csv")
    (entry,) = index.manifest.same("1" * 64)
    index.manifest.copy(entry, "new/a.csv")
    new, old = index.manifest.entries()
    assert (new.path, old.path) == ("new/a.csv", "old/a.csv")
    assert replace(new, number=old.number, path=old.path) == old
    assert [one.path for one in index.manifest.left_out(new.number)] == ["new/a.csv#9"]
    assert [one.path for one in index.manifest.left_out(old.number)] == ["old/a.csv#9"]


def test_which_articles_need_not_be_extracted(index: Index) -> None:
    number = begin(index)
    add(index, number, "one", "two")
    known = index.manifest.made_by("a.csv", MADE_BY)
    assert known == {_id(index, "one"), _id(index, "two")}
    other = replace(MADE_BY, settings={"clean": False})
    assert index.manifest.made_by("a.csv", other) == frozenset()
    assert index.manifest.made_by("a", MADE_BY) == frozenset()
    with index._database.transaction():
        index._database.execute("DELETE FROM files")
    assert index.manifest.made_by("a.csv", MADE_BY) == known, "by their paths"
    assert index.manifest.made_by("a.cs", MADE_BY) == frozenset()


def test_odd_names(index: Index) -> None:
    number = begin(index, "a\udcff%_'.csv")
    add(index, number, "one", path="a\udcff%_'.csv")
    entry = index.manifest.entry("a\udcff%_'.csv")
    assert entry is not None
    assert entry.articles == 1
    assert index.manifest.entry("axx%_'.csv") is None


def test_an_older_index_has_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    make_older(path, 8)
    with open_index(path) as index:
        assert list(index.manifest.entries()) == []
