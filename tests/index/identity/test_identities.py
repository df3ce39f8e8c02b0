"""Judgements about names: applied at once, before the rules, undone without a trace."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.errors import IndexFileError, QueryError
from newsmine.index import Index, create_index, open_index
from newsmine.index.identity import Identities
from tests.index.conftest import in_a_file, make_older
from tests.index.identity.archive import Said, add, archive, groups, org, questions

ANN = Said("Ann Lee", "director", "Tidewatch")
LEE = Said("A. Lee", "editor", "Quillmark")
BO = Said("Bo Penn", "Councillor", "Lib Dem")


@pytest.fixture
def index(path: Path) -> Iterator[Index]:
    with archive(path, (ANN, org("Tidewatch")), (LEE,), (BO, ANN), (org("Tide Watch"),)) as opened:
        assert opened.identities.all() == ()
        yield opened


@pytest.fixture
def names(index: Index) -> Identities:
    return index.identities


def state(names: Identities) -> tuple[Any, ...]:
    return names.all(), names.questions(unsure=True)


def test_a_merge_finds_both_under_either(index: Index, names: Identities) -> None:
    names.merge(["Ann Lee", "A. Lee"], who="jo", why="same woman")
    assert groups(index) == {frozenset({"Ann Lee", "A. Lee"})}
    for name in ("Ann Lee", "A. Lee", "a. lee"):
        assert index.count("quotes", speaker=name) == 3
        assert index.search(f'speaker:"{name}"').total == 3
    (one,) = names.all()
    assert one.label == "Ann Lee"
    assert "jo: same woman" in one.reasons[0]


def test_facets_and_counts_are_of_one(index: Index, names: Identities) -> None:
    names.merge(["Tidewatch", "Tide Watch"], who="jo")
    facet = dict(index.search("").facets["organisation"].counts)
    assert facet["Tidewatch"] == 4
    assert "Tide Watch" not in facet
    assert {"organisation": "Tidewatch", "quotes": 4} in list(index.who("", by=["org"]))
    assert index.profile("Tide Watch").quotes == 4


def test_an_undo_is_as_if_nothing_had_been(names: Identities) -> None:
    before = state(names)
    made = names.merge(["Ann Lee", "A. Lee"], who="jo")
    names.undo(made.id, who="jo")
    assert state(names) == before


def test_an_undo_that_is_undone(index: Index, names: Identities) -> None:
    made = names.merge(["Ann Lee", "A. Lee"], who="jo")
    after = state(names)
    names.undo(names.undo(made.id, who="jo").id, who="jo")
    assert state(names) == after


def test_a_split_goes_before_every_rule(path: Path) -> None:
    with archive(path, (Said("Dr Una Brask"),), (Said("Una Brask"),)) as index:
        assert groups(index) == {frozenset({"Dr Una Brask", "Una Brask"})}
        index.identities.split(["Dr Una Brask", "Una Brask"], who="jo")
        assert groups(index) == set()
        assert questions(index) == set()


def test_the_later_judgement_holds(index: Index, names: Identities) -> None:
    names.merge(["Ann Lee", "A. Lee"], who="jo")
    names.split(["Ann Lee", "A. Lee"], who="kim")
    assert groups(index) == set()
    names.merge(["A. Lee", "Ann Lee"], who="jo")
    assert groups(index) == {frozenset({"Ann Lee", "A. Lee"})}


def test_one_name_is_split_by_articles(index: Index, names: Identities) -> None:
    names.split(["Ann Lee"], articles=["n3"], who="jo")
    assert groups(index) == {frozenset({"Ann Lee @ n1"}), frozenset({"Ann Lee @ n3"})}
    labels = sorted(one.label for one in names.all())
    assert len(set(labels)) == 2
    assert {index.count("quotes", speaker=label) for label in labels} == {1}
    assert index.count("quotes", speaker="Ann Lee") == 2


def test_two_of_one_name_are_counted_apart(path: Path) -> None:
    """Both speak for the same organisation, so that nothing else tells them apart."""
    with archive(path, (ANN,), (ANN,), (Said("Bo Penn", "clerk", "Tidewatch"),)) as index:
        index.identities.split(["Ann Lee"], articles=["n2"], who="jo")
        one, other = (one.label for one in index.identities.all())
        wanted = {one: 1, other: 1, "Bo Penn": 1}
        found = index.profile("Tidewatch")
        assert {entry.name: entry.quotes for entry in found.speakers} == wanted
        assert {row["speaker"]: row["quotes"] for row in index.who("", by=["speaker"])} == wanted
        assert dict(index.search("").facets["speaker"].counts) == wanted
        assert index.speaker_profile("Ann Lee").names == tuple(sorted((one, other)))
        assert [index.count("quotes", speaker=label) for label in (one, other)] == [1, 1]


def test_a_label_can_be_merged(index: Index, names: Identities) -> None:
    names.split(["Ann Lee"], articles=["n3"], who="jo")
    (third,) = [one for one in names.all() if one.parts[0].articles == ("n3",)]
    names.merge([third.label, "Bo Penn"], who="jo")
    assert groups(index) == {frozenset({"Ann Lee @ n1"}), frozenset({"Ann Lee @ n3", "Bo Penn"})}
    assert index.count("quotes", speaker="Bo Penn") == 2


def test_a_merge_of_all_who_bear_a_name(path: Path) -> None:
    with archive(path, (Said("Mr Lee"),), (Said("Mr Lee"),)) as index:
        index.identities.merge(["Mr Lee"], who="jo")
        assert groups(index) == {frozenset({"Mr Lee @ n1", "Mr Lee @ n2"})} or groups(index) == {
            frozenset({"Mr Lee @ n1 n2"})
        }


def test_a_new_name_is_shown_and_found(index: Index, names: Identities) -> None:
    names.rename("Tidewatch", "The Tidewatch League", who="jo")
    assert index.search('org:"The Tidewatch League"').total == 3
    assert "The Tidewatch League" in dict(index.search("").facets["organisation"].counts)
    assert index.search("org:tidewatch").total == 3


def test_questions_are_answered_once(path: Path) -> None:
    whole = Said("Ottoline Brask", "director", "Tidewatch")
    with archive(path, (Said("O. Brask"),), (whole,)) as index:
        names = index.identities
        (question,) = names.questions()
        names.answer(question, "unsure", who="jo", why="no post given")
        assert names.questions() == ()
        (again,) = names.questions(unsure=True)
        assert again.unsure
        names.answer(again, "yes", who="kim")
        assert names.questions(unsure=True) == ()
        assert groups(index) == {frozenset({"O. Brask", "Ottoline Brask"})}


def test_articles_that_come_again_change_nothing(index: Index, names: Identities) -> None:
    names.merge(["Ann Lee", "A. Lee"], who="jo")
    names.split(["Ann Lee"], articles=["n3"], who="jo")
    before = state(names)
    for ident in ("n1", "n2", "n3", "n4"):
        assert index.remove(ident)
    names.refresh()
    assert names.all() == ()
    add(index, "n4", org("Tide Watch"))
    add(index, "n3", BO, ANN)
    add(index, "n2", LEE)
    add(index, "n1", ANN, org("Tidewatch"))
    names.refresh()
    assert state(names) == before


def test_a_journal_carries_them_into_another_index(index: Index, tmp_path: Path) -> None:
    index.identities.merge(["Ann Lee", "A. Lee"], who="jo")
    index.journal.write_text(tmp_path / "journal")
    with archive(tmp_path / "b.db", (ANN,), (LEE,)) as other:
        assert other.identities.take(tmp_path / "journal") == 1
        assert groups(other) == {frozenset({"Ann Lee", "A. Lee"})}


def test_a_judgement_whose_names_are_gone_waits(index: Index, names: Identities) -> None:
    names.merge(["Ann Lee", "A. Lee"], who="jo")
    index.remove("n2")
    names.refresh()
    assert groups(index) == set()
    add(index, "n2", LEE)
    names.refresh()
    assert groups(index) == {frozenset({"Ann Lee", "A. Lee"})}


def test_what_is_refused(names: Identities) -> None:
    refused: dict[str, Callable[[], object]] = {
        "is not in the index": lambda: names.merge(["Ann Lee", "Ann Leigh"], who="jo"),
        "of one type": lambda: names.merge(["Ann Lee", "Tidewatch"], who="jo"),
        "is one already": lambda: names.merge(["Tidewatch"], who="jo"),
        "is given twice": lambda: names.merge(["Ann Lee", "ann lee"], who="jo"),
        "is one name": lambda: names.split(["Ann Lee"], who="jo"),
        "article 'n9'": lambda: names.split(["Ann Lee"], articles=["n9"], who="jo"),
        "is empty": lambda: names.rename("Ann Lee", "  ", who="jo"),
        "not in the journal": lambda: names.undo(1, who="jo"),
        "there are none": lambda: names.merge([], who="jo"),
    }
    for message, call in refused.items():
        with pytest.raises(QueryError, match=message):
            call()
    assert names.judgements() == ()


def test_other_judgements_are_not_undone_here(index: Index, names: Identities) -> None:
    index.journal.record("note", {}, who="jo")
    with pytest.raises(QueryError, match="is about note"):
        names.undo(1, who="jo")


def test_a_reader_reads_and_may_not_judge(index: Index, path: Path) -> None:
    index.identities.merge(["Ann Lee", "A. Lee"], who="jo")
    with open_index(path) as reader:
        assert groups(reader) == groups(index)
        with pytest.raises(IndexFileError, match="for reading"):
            reader.identities.merge(["Bo Penn", "Ann Lee"], who="jo")


def test_two_processes_judge(index: Index, path: Path) -> None:
    code = """
import sys
from newsmine.index import create_index
with create_index(sys.argv[1]) as index:
    for number in range(5):
        index.identities.rename("Bo Penn", f"Bo {sys.argv[2]} {number}", who=sys.argv[2])
"""
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), who]) for who in "ab"]
    index.identities.merge(["Ann Lee", "A. Lee"], who="jo")
    assert [process.wait(60) for process in running] == [0, 0]
    index.identities.refresh()
    made = index.identities.judgements()
    assert len(made) == 11
    assert all(standing for _, standing in made)
    last = [one.decision["name"] for one, _ in made if one.kind == "names.rename"][-1]
    assert {one.name for one in index.identities.all()} == {"Ann Lee", last}


def test_a_directory_of_ones_own(index: Index, names: Identities, tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text(
        'organisations = [{ name = "Tidewatch", aliases = ["Tide Watch"], kind = "charity",'
        ' country = "GB" }]'
    )
    made = names.use_directory(file, who="jo")
    assert groups(index) == {frozenset({"Tidewatch", "Tide Watch"})}
    names.undo(made.id, who="jo")
    assert groups(index) == set()
    file.write_text("organisations = 3")
    with pytest.raises(QueryError, match="no list"):
        names.use_directory(file, who="jo")


def test_an_organisation_is_that_of_the_date(path: Path) -> None:
    with archive(path) as index:
        for ident, date, name in (
            ("n1", "2015-02", "Tidewatch"), ("n2", "2016", "Tidewatch"),
            ("n3", "2019-05-03", "Quillmark"), ("n4", "2024-01-01", "Quillmark"),
        ):  # fmt: skip
            add(index, ident, Said("Una Brask", "director", name), published=date)
        index.identities.refresh()
        names = index.identities
        assert names.organisation_at("Una Brask", "2015-06-01") == "Tidewatch"
        assert names.organisation_at("una brask", "2019") == "Quillmark"
        assert names.organisation_at("Una Brask", "2009") is None
        assert [(p.organisation, p.first, p.last) for p in names.posts("Una Brask")] == [
            ("Tidewatch", "2015-02", "2016"),
            ("Quillmark", "2019-05-03", "2024-01-01"),
        ]
        with pytest.raises(QueryError, match="nobody"):
            names.posts("Nobody")
        with pytest.raises(QueryError, match="no date"):
            names.organisation_at("Una Brask", "May")


def test_names_with_anything_in_them(path: Path) -> None:
    odd = ("“Bobby” '); DROP TABLE journal; --", "x" * 100_000, "Ünï %s {0}", "A", "(", "O'Neill")
    with archive(path, *((Said(name), org(name + " Org")) for name in odd)) as index:
        before = state(index.identities)
        made = index.identities.merge(odd[:2], who="jo")
        index.identities.undo(made.id, who="jo")
        assert state(index.identities) == before


people = st.builds(
    Said,
    st.sampled_from(
        ["Ann Lee", "A. Lee", "Dr Ann Lee", "John Smith", "J. Smith", "Mr Smith", "Bo"]
    ),
    st.sampled_from([None, "director", "singer", "Detective", "head of tides"]),
    st.sampled_from([None, "Tidewatch", "TW", "Tide Watch Ltd"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(people, min_size=1, max_size=3), min_size=2, max_size=5), st.data())
def test_any_judgement_that_is_undone_leaves_no_trace(
    tmp_path_factory: pytest.TempPathFactory, articles: list[list[Said]], data: st.DataObject
) -> None:
    with archive(tmp_path_factory.mktemp("any") / "a.db", *map(tuple, articles)) as index:
        names = index.identities
        before = state(names)
        labels = sorted({one.label for one in names.all()} | {s.name for a in articles for s in a})
        one, other = data.draw(st.sampled_from(labels)), data.draw(st.sampled_from(labels))
        act = data.draw(st.sampled_from([names.merge, names.split]))
        try:
            made = act([one, other], who="jo")
        except QueryError:
            assert state(names) == before
            return
        names.undo(made.id, who="jo")
        assert state(names) == before
        names.refresh()
        assert state(names) == before


@in_a_file
@pytest.mark.parametrize("form", range(1, 6))
def test_an_older_index_gets_its_identities(path: Path, form: int) -> None:
    make_older(path, form)
    with create_index(path) as index:
        add(index, "n1", Said("Dr Una Brask"))
        add(index, "n2", Said("Una Brask"))
        assert index.identities.all() == ()
        assert index.count("quotes", speaker="Dr Una Brask") == 1
        index.identities.refresh()
        assert index.count("quotes", speaker="Dr Una Brask") == 2


def test_another_answer_is_refused(path: Path) -> None:
    with archive(path, (Said("O. Brask"),), (Said("Ottoline Brask", "director"),)) as index:
        (question,) = index.identities.questions()
        with pytest.raises(QueryError, match="answer 'perhaps'"):
            index.identities.answer(question, "perhaps", who="jo")


def test_answers_can_be_applied_together(path: Path) -> None:
    with archive(path, (Said("O. Brask"),), (Said("Ottoline Brask", "director"),)) as index:
        (question,) = index.identities.questions()
        index.identities.answer(question, "yes", who="jo", apply=False)
        assert groups(index) == set()
        index.identities.refresh()
        assert groups(index) == {frozenset({"O. Brask", "Ottoline Brask"})}
