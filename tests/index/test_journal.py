"""Judgements: never lost, never changed, undone by a further one, and the same in every index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.errors import IndexFileError, QueryError
from newsmine.index import Index, create_index, open_index
from newsmine.index.journal import Journal
from tests.index.conftest import courier, in_a_file, lantern, make_older

MERGE = {"type": "person", "names": [{"name": "Ann Lee"}, {"name": "A. Lee"}]}


@pytest.fixture
def journal(index: Index) -> Journal:
    return index.journal


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Journal]:
    with create_index(tmp_path / "other.db") as opened:
        yield opened.journal


def kinds(journal: Journal, kind: str | None = None) -> list[str]:
    return [entry.kind for entry in journal.in_force(kind)]


def test_a_judgement_says_who_when_what_and_why(journal: Journal) -> None:
    entry = journal.record("names.merge", MERGE, {"name": "Ann Lee"}, who=" jo ", why="one post")
    assert journal.entries() == (entry,)
    assert (entry.id, entry.who, entry.why, entry.undoes) == (1, "jo", "one post", None)
    assert entry.subject == MERGE
    assert entry.decision == {"name": "Ann Lee"}
    assert entry.at.endswith("Z")


def test_later_judgements_have_later_times_whatever_the_clock_says(journal: Journal) -> None:
    times = [journal.record("note", {}, who="jo").at for _ in range(50)]
    assert times == sorted(set(times))


def test_an_undo_is_an_entry_and_can_be_undone(journal: Journal) -> None:
    first = journal.record("remark", {"quote": "“No”"}, who="jo")
    second = journal.record("note", {"quote": "“Yes”"}, who="jo")
    undo = journal.undo(first.id, who="kim", why="it is a quote after all")
    assert (undo.kind, undo.undoes) == ("undo", first.id)
    assert journal.in_force() == (second,)
    journal.undo(undo.id, who="jo")
    assert journal.in_force() == (first, second)
    assert len(journal.entries()) == 4


def test_what_cannot_be_undone(journal: Journal) -> None:
    entry = journal.record("note", {}, who="jo")
    journal.undo(entry.id, who="jo")
    with pytest.raises(QueryError, match=r"undone already. To bring it back, undo 2"):
        journal.undo(entry.id, who="jo")
    for number in (0, -1, 99, 2**70):
        with pytest.raises(QueryError, match="not in the journal"):
            journal.undo(number, who="jo")
    assert len(journal.entries()) == 2


def test_undone_again_after_the_undo_was_undone(journal: Journal) -> None:
    entry = journal.record("note", {}, who="jo")
    journal.undo(journal.undo(entry.id, who="jo").id, who="jo")
    journal.undo(entry.id, who="jo")
    assert journal.in_force() == ()


def test_kinds_are_asked_for_whole_or_by_their_family(journal: Journal) -> None:
    for kind in ("names.seen", "note", "names.left", "namesake"):
        journal.record(kind, {}, who="jo")
    assert kinds(journal, "names.") == ["names.seen", "names.left"]
    assert kinds(journal, "names.left") == ["names.left"]
    assert kinds(journal, "names") == []


@pytest.mark.parametrize(("kind", "who"), [("", "jo"), (" ", "jo"), ("note", ""), ("note", " \n")])
def test_nobody_and_nothing_is_no_judgement(journal: Journal, kind: str, who: str) -> None:
    with pytest.raises(ValueError, match="needs"):
        journal.record(kind, {}, who=who)
    assert journal.entries() == ()


def test_what_json_cannot_hold_is_refused(journal: Journal) -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="JSON"):
            journal.record("note", {"value": value}, who="jo")


def test_an_undo_is_not_made_by_hand(journal: Journal) -> None:
    with pytest.raises(ValueError, match=r"Journal\.undo"):
        journal.record("undo", {}, who="jo")


@in_a_file
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET why = 'other'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal (id, at, who, kind, subject, decision)"
        " VALUES (1, 't', 'x', 'fix', '{}', '{}')",
        "INSERT INTO journal (at, who, kind, subject, decision, undoes)"
        " VALUES ('t', 'x', 'undo', '{}', '{}', 9)",
    ],
)
def test_the_table_itself_refuses(index: Index, path: Path, statement: str) -> None:
    entry = index.journal.record("note", {}, who="jo")
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    assert index.journal.entries() == (entry,)


def test_articles_come_and_go_without_it(index: Index) -> None:
    entry = index.journal.record(
        "names.rename", {"type": "person", "names": [{"name": "Di"}]}, {"name": "Flo"}, who="jo"
    )
    index.remove(lantern().article.id)
    index.remove(courier().article.id)
    index.add(courier())
    assert index.journal.entries() == (entry,)


def test_a_reader_reads_it_and_may_not_write(index: Index, path: Path) -> None:
    entry = index.journal.record("note", {}, who="jo")
    with open_index(path) as reader:
        assert reader.journal.in_force() == (entry,)
        with pytest.raises(IndexFileError, match="for reading"):
            reader.journal.record("note", {}, who="jo")


def test_two_writers_take_turns(path: Path) -> None:
    with create_index(path) as first, create_index(path) as second:
        for index in (first, second, first):
            index.journal.record("note", {}, who="jo")
        assert first.journal.entries() == second.journal.entries()
        assert [entry.id for entry in first.journal.entries()] == [1, 2, 3]


def test_a_file_brings_all_of_it_once(journal: Journal, other: Journal, tmp_path: Path) -> None:
    entry = journal.record("names.merge", MERGE, {"name": "Ünï\u2028x"}, who="jo", why="a\nb")
    journal.undo(journal.undo(entry.id, who="jo").id, who="kim")
    file = tmp_path / "journal.jsonl"
    assert journal.write_text(file) == 3
    assert other.read_text(file) == 3
    assert other.entries() == journal.entries()
    assert other.read_text(file) == 0
    assert other.entries() == journal.entries()


def test_two_journals_become_one_whoever_reads(
    journal: Journal, other: Journal, tmp_path: Path
) -> None:
    mine = journal.record("note", {"quote": "“a”"}, who="jo")
    theirs = other.record("note", {"quote": "“b”"}, who="kim")
    other.undo(theirs.id, who="kim")
    mine_file, their_file = tmp_path / "mine", tmp_path / "theirs"
    journal.write_text(mine_file)
    other.write_text(their_file)
    assert journal.read_text(their_file) == 2
    assert other.read_text(mine_file) == 1
    assert [e.key for e in journal.in_force()] == [e.key for e in other.in_force()] == [mine.key]
    assert list(journal.lines()) == list(other.lines())


def test_lines_in_any_order(journal: Journal, other: Journal) -> None:
    journal.undo(journal.undo(journal.record("note", {}, who="jo").id, who="jo").id, who="jo")
    lines = list(journal.lines())
    assert other.take(["", *reversed(lines), lines[0]]) == 3
    assert list(other.lines()) == lines


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda line: line[:-1], "line 2 is no JSON|line 2: is no JSON"),
        (lambda line: "[" * 100_000, "is no JSON"),
        (lambda line: "[]", "is no judgement"),
        (lambda line: line.replace('"who"', '"whom"'), "is no judgement"),
        (lambda line: line.replace('"jo"', "7"), "is no judgement"),
        (lambda line: line.replace('"jo"', '"kim"'), "was changed"),
        (lambda line: line.replace("“b”", "“c”"), "was changed"),
    ],
)
def test_a_bad_line_is_named_and_nothing_taken(
    journal: Journal, other: Journal, change: object, reason: str
) -> None:
    journal.record("note", {"quote": "“a”"}, who="jo")
    journal.record("note", {"quote": "“b”"}, who="jo")
    good, bad = journal.lines()
    with pytest.raises(QueryError, match=reason):
        other.take([good, change(bad)])  # type: ignore[operator]
    assert other.entries() == ()


def test_an_undo_of_what_is_nowhere(journal: Journal, other: Journal) -> None:
    journal.undo(journal.record("note", {}, who="jo").id, who="jo")
    with pytest.raises(QueryError, match="undoes"):
        other.take(list(journal.lines())[1:])
    assert other.entries() == ()


def test_files_that_cannot_be_used(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        journal.read_text(tmp_path / "none")
    with pytest.raises(QueryError, match="cannot be written"):
        journal.write_text(tmp_path / "none" / "file")
    (tmp_path / "picture").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(QueryError, match="UTF-8"):
        journal.read_text(tmp_path / "picture")


@in_a_file
@pytest.mark.parametrize("form", [1, 2])
def test_an_older_index_gets_an_empty_journal(path: Path, form: int) -> None:
    make_older(path, form)
    with create_index(path) as index:
        assert index.journal.entries() == ()
        assert index.journal.record("note", {}, who="jo").id == 1


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
objects = st.dictionaries(st.text(), values, max_size=3)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(objects, st.booleans()), max_size=5))
def test_any_judgement_goes_through_a_file_unchanged(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[dict[str, object], bool]]
) -> None:
    folder = tmp_path_factory.mktemp("journals")
    with create_index(folder / "a.db") as one, create_index(folder / "b.db") as two:
        for subject, undone in made:
            entry = one.journal.record("note", subject, who="jo")
            assert json.dumps(entry.subject, allow_nan=False)
            if undone:
                one.journal.undo(entry.id, who="jo")
        one.journal.write_text(folder / "journal")
        two.journal.read_text(folder / "journal")
        assert two.journal.entries() == one.journal.entries()
        assert len(two.journal.in_force()) == sum(not undone for _, undone in made)
