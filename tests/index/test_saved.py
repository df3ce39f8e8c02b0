"""Saved searches: kept in the journal, so that they survive, travel, and come back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsmine.errors import QueryError
from newsmine.index import Index, create_index
from newsmine.index.saved import delete, save, saved
from tests.factories import make_extraction

TEXT = "“Nobody counts,” said Ann Lee."


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made = create_index(tmp_path / "news.db")
    made.add(make_extraction(TEXT, quotes=[("“Nobody counts,”", None)]))
    return made


def kept(index: Index, name: str = "counts", query: str = "nobody") -> int:
    about = {"sort": "date", "index": "abc", "total": 1}
    return save(index.journal, name, query, **about, who="jo", why="for the paper")  # type: ignore[arg-type]


def test_save_and_delete(index: Index) -> None:
    number = kept(index)
    (one,) = saved(index.journal)
    assert (one.name, one.query, one.sort, one.who, one.why) == (
        *("counts", "nobody", "date", "jo", "for the paper"),
    )
    assert (one.index, one.total, one.number) == ("abc", 1, number)
    delete(index.journal, number, who="bo")
    assert saved(index.journal) == ()


def test_a_deletion_is_undone(index: Index) -> None:
    number = kept(index)
    delete(index.journal, number, who="bo")
    index.journal.undo(number + 1, who="jo")
    assert [one.name for one in saved(index.journal)] == ["counts"]


def test_they_travel_as_text(index: Index, tmp_path: Path) -> None:
    kept(index)
    index.journal.write_text(tmp_path / "judgements.jsonl")
    with create_index(tmp_path / "other.db") as other:
        other.identities.take(tmp_path / "judgements.jsonl")
        other.identities.take(tmp_path / "judgements.jsonl")
        assert [one.name for one in saved(other.journal)] == ["counts"]


def test_no_row_is_touched(index: Index) -> None:
    before = list(index.iter_quotes())
    kept(index)
    assert list(index.iter_quotes()) == before
    assert index.corrections() == ()


def test_in_the_order_of_names(index: Index) -> None:
    for name in ("b", "C", "a"):
        kept(index, name)
    assert [one.name for one in saved(index.journal)] == ["a", "b", "C"]


@pytest.mark.parametrize(
    ("name", "query"),
    [("", "nobody"), ("x" * 201, "nobody"), (" Counts ", "other"), ("other", 'org:"no end')],
)
def test_what_is_no_search(index: Index, name: str, query: str) -> None:
    kept(index)
    with pytest.raises(QueryError):
        kept(index, name, query)
    assert len(saved(index.journal)) == 1


def test_only_searches_are_deleted(index: Index) -> None:
    note = index.journal.record("note", {"text": "a judgement of another kind"}, who="jo")
    for number in (note.id, 99, -1):
        with pytest.raises(QueryError, match="is not saved here"):
            delete(index.journal, number, who="jo")


def test_an_entry_that_lacks_its_query_is_refused(index: Index) -> None:
    kept(index)
    record = json.loads(next(index.journal.lines()))
    with pytest.raises(ValueError, match=r"search\.save"):
        index.journal.record("search.save", {"name": "x"}, record["decision"], who="jo")


def test_a_copy_for_others_holds_no_withheld_name(index: Index, tmp_path: Path) -> None:
    kept(index, "hers", 'speaker:"Ann Lee"')
    index.withholding.name("Ann Lee", who="jo")
    index.withholding.copy_to(tmp_path / "copy.db")
    assert b"Ann Lee" not in (tmp_path / "copy.db").read_bytes()
    with create_index(tmp_path / "copy.db") as copy:
        (one,) = saved(copy.journal)
    assert one.query == 'speaker:"[name withheld]"'
