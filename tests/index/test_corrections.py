"""Corrections: applied, shown, undone exactly, and found again after the article was read anew."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.errors import QueryError
from newsmine.index import Index, create_index, open_index
from newsmine.ingest.alignment import AlignedText, Replacement
from newsmine.types import Attribution, Check, Claim, Extraction, Provenance
from tests.factories import make_extraction, make_speaker, span_of
from tests.index.conftest import LANTERN, courier, lantern, times
from tests.index.test_store import assert_sound, contents, extractions

DERIVED = ("corrections", "sealed")


def rows(path: Path) -> dict[str, list[Any]]:
    """All tables, but for the numbers that SQLite counts by."""
    return contents(path)


def row(index: Index, ident: str = "a1", article: str = "lantern") -> dict[str, Any]:
    found = [*index.iter_quotes(), *index.iter_claims()]
    key = "claim" if ident.startswith("c") else "attribution"
    return next(r for r in found if r["article"].startswith(article) and r.get(key) == ident)


def test_a_value_is_corrected_and_says_so(index: Index, path: Path) -> None:
    made = index.fix("lantern:a1", who="jo", why="see caption", speaker="Amy Lee", role="")
    assert (made.number, made.kind, made.state) == (1, "fix", "in force")
    found = row(index)
    assert (found["speaker"], found["role"], found["organisation"]) == (
        "Amy Lee", None, "Hearthlight",
    )  # fmt: skip
    assert (found["checked"], found["checked_by"]) == ("corrected", "jo")
    assert found["correction"] == (
        "speaker: Amy Lee (found: Ann Lee); role: unknown (found: head of policy); why: see caption"
    )
    assert index.count("quotes", speaker="amy lee") == 1
    assert index.count("quotes", speaker="ann lee") == 0
    assert_sound(path)


def test_the_figures_of_a_quote_follow_its_speaker(index: Index) -> None:
    index.fix("lantern:a1", who="jo", speaker="Amy Lee")
    assert row(index, "c2")["speaker"] == "Amy Lee"
    assert row(index, "c1")["checked"] == "no"
    assert row(index, "a2")["checked"] == "no"


def test_a_dropped_quote_is_nowhere_and_frees_its_figures(index: Index, path: Path) -> None:
    index.fix("lantern:a1", who="jo", why="a headline", drop=True)
    assert index.count("quotes") == 4
    assert index.search("counts").total == 0
    figure = row(index, "c2")
    assert (figure["attribution"], figure["speaker"]) == (None, None)
    assert "taken out of its quote" in figure["correction"]
    assert [(j.row, j.said) for j in index.judged(lantern().article.id)][-1] == (
        "a1", "dropped; why: a headline",
    )  # fmt: skip
    assert index.checked().dropped == 1
    assert_sound(path)
    with pytest.raises(QueryError, match="was dropped"):
        index.fix("lantern:a1", who="jo", speaker="X")


def test_a_dropped_figure_takes_its_checks_along(path: Path) -> None:
    checked = replace(lantern(), checks=(Check(("c1", "c2"), "change", "agree", "1 = 1"),))
    with create_index(path) as index:
        index.add(checked)
        index.fix("lantern:c1", who="jo", drop=True)
        assert list(index.iter_checks()) == []
        assert [claim["claim"] for claim in index.iter_claims()] == ["c2"]
        index.undo(1, who="jo")
        assert len(list(index.iter_checks())) == 1


def test_checked_changes_nothing_but_says_so(index: Index) -> None:
    before = row(index)
    index.fix("lantern:a1", who="jo")
    assert row(index) == before | {"checked": "yes", "checked_by": "jo"}


def test_a_figure(index: Index) -> None:
    index.fix("lantern:c1", who="jo", counted="reports of abuse in 2017")
    assert row(index, "c1")["counted"] == "reports of abuse in 2017"
    assert index.count("claims", counted="2017") == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"speaker": "Di Frost"}, ("Di Frost", "person", None)),
        ({"speaker": "Pollmark", "type": "organisation"}, ("Pollmark", "organisation", "Pollmark")),
        ({"organisation": "Pollmark"}, (None, "anonymous", "Pollmark")),
        ({"type": "group"}, (None, "group", None)),
    ],
)
def test_who_was_left_open(index: Index, changes: dict[str, str], expected: object) -> None:
    index.fix("courier:a2", who="jo", **changes)
    found = row(index, "a2", "courier")
    assert (found["speaker"], found["type"], found["organisation"]) == expected


def test_of_two_corrections_the_later_one_holds(index: Index) -> None:
    index.fix("lantern:a1", who="jo", speaker="Amy Lee", role="chair")
    index.fix("lantern:a1", who="kim", speaker="Eve Lee")
    found = row(index)
    assert (found["speaker"], found["role"], found["checked_by"]) == ("Eve Lee", "chair", "jo, kim")
    index.undo(2, who="kim")
    assert row(index)["speaker"] == "Amy Lee"
    index.undo(3, who="kim")
    assert row(index)["speaker"] == "Eve Lee"


@pytest.mark.parametrize("table", ["attributions", "claims"])
def test_undo_restores_exactly(index: Index, path: Path, table: str) -> None:
    before = rows(path)
    ident = {"attributions": "a1", "claims": "c2"}[table]
    for change in ({"speaker": "X"}, {"drop": True}, {"organisation": "Y", "type": "group"}, {}):
        made = index.fix(f"lantern:{ident}", who="jo", **change)  # type: ignore[arg-type]
        assert rows(path) != before
        index.undo(made.number, who="jo")
        assert rows(path) == before
    assert_sound(path)


values = st.sampled_from(["Ann Lee", "X", "", "=1+1", "O’Neil 'ß' \0"])
changes = st.fixed_dictionaries(
    {},
    optional={
        "speaker": values,
        "organisation": values,
        "role": values,
        "type": st.sampled_from(["person", "organisation", "anonymous"]),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(extractions(), st.data())
def test_fix_and_undo_of_anything(tmp_path: Path, extraction: Extraction, data: Any) -> None:
    path = tmp_path / "any.db"
    path.unlink(missing_ok=True)
    with create_index(path) as index:
        index.add(lantern())
        index.add(extraction)
        before, said = rows(path), everything(index)
        idents = [a.id for a in extraction.attributions] + [c.id for c in extraction.claims]
        for ident in data.draw(st.lists(st.sampled_from(idents), max_size=3)) if idents else []:
            drop = data.draw(st.booleans())
            values = {} if drop else data.draw(changes)
            with contextlib.suppress(QueryError):  # It was dropped before.
                index.fix(f"{extraction.article.id}:{ident}", who="jo", drop=drop, **values)
        corrected = everything(index)
        if data.draw(st.booleans()):
            again = replace(extraction, provenance=Provenance("0.1.0", "another"))
            assert index.add(again) == "replaced"
            assert index.add(extraction) == "replaced"
            assert everything(index) == corrected
            before = {}
        for made in index.corrections():
            index.undo(made.number, who="jo")
        assert everything(index) == said
        # An article that is read again gets new numbers; else all is as it was to the last one.
        assert rows(path) == (before or rows(path))
    assert_sound(path)


def everything(index: Index) -> list[object]:
    found = [index.article(entry.id).extraction for entry in index.articles()]
    return [found, *(list(map(str, r)) for r in (index.iter_quotes(), index.iter_claims()))]


def clean_otherwise(extraction: Extraction) -> Extraction:
    """The same raw text, cleaned so that all its offsets and some words are others."""
    text = extraction.article.text
    cut = text.index("\n\n") + 2
    shorter = AlignedText.of(text).replace([Replacement(0, cut, "", "furniture")])
    moved = [
        replace(a, id=f"x{a.id}", content=tuple((s - cut, e - cut) for s, e in a.content))
        for a in reversed(extraction.attributions)
    ]
    article = replace(extraction.article, text=shorter.text, alignment=shorter.alignment)
    return replace(extraction, article=article, attributions=tuple(moved), claims=())


def test_it_is_found_again_after_another_cleaning(index: Index) -> None:
    index.fix("lantern:a1", who="jo", speaker="Amy Lee")
    assert index.add(clean_otherwise(lantern())) == "replaced"
    found = row(index, "xa1")
    assert (found["quote"], found["speaker"]) == ("“Nobody counts the rest,”", "Amy Lee")
    assert row(index, "xa2")["checked"] == "no"


@pytest.mark.parametrize(
    ("part", "found"),
    [("“Nobody counts the rest,” said", True), ("Nobody counts", True), ("rest", False)],
)
def test_a_quote_with_other_borders_is_the_same_where_most_is(
    index: Index, part: str, found: bool
) -> None:
    index.fix("lantern:a1", who="jo", speaker="Amy Lee")
    other = Attribution("z", "mixed", (span_of(LANTERN, part),), speaker=make_speaker())
    index.add(replace(lantern(), attributions=(other,), claims=()))
    assert (row(index, "z")["speaker"] == "Amy Lee") is found
    assert index.corrections()[0].state == ("in force" if found else "row lost")


def test_of_two_equal_quotes_the_right_one(path: Path) -> None:
    text = "“No,” said Ann Lee. Later: “No,” said Bo Marsh."
    places = [(0, 5), (text.rindex("“No,”"), text.rindex("“No,”") + 5)]
    said = [
        Attribution(f"a{n}", "direct", (place,), speaker=make_speaker(f"S{n}"))
        for n, place in enumerate(places, 1)
    ]
    with create_index(path) as index:
        extraction = make_extraction(text, quotes=said)
        index.add(extraction)
        index.fix("lantern:a2", who="jo", speaker="Bo Marsh")
        index.add(replace(extraction, provenance=Provenance("1", "b")))
        assert [r["speaker"] for r in index.iter_quotes()] == ["S1", "Bo Marsh"]


def test_of_many_equal_figures_the_one_in_its_place(path: Path) -> None:
    text = "Of 20 reports, 20 were read."
    claims = tuple(
        Claim(f"c{n}", (at, at + 2), "count", Fraction(20), counted="reports")
        for n, at in enumerate((3, 15), 1)
    )
    with create_index(path) as index:
        extraction = make_extraction(text, claims=claims)
        index.add(extraction)
        index.fix("lantern:c2", who="jo", counted="read reports")
        index.add(replace(extraction, provenance=Provenance("1", "b")))
        assert [r["counted"] for r in index.iter_claims()] == ["reports", "read reports"]


def test_a_correction_whose_row_is_gone_is_kept_and_told(index: Index, path: Path) -> None:
    index.fix("lantern:a1", who="jo", speaker="Amy Lee")
    index.add(replace(lantern(), attributions=(), claims=()))
    (lost,) = index.corrections()
    assert (lost.state, lost.text) == ("row lost", "“Nobody counts the rest,”")
    assert index.checked().lost == 1
    index.add(lantern())
    assert index.corrections()[0].state == "in force"
    assert row(index)["speaker"] == "Amy Lee"
    index.remove(lantern().article.id)
    assert index.corrections()[0].state == "row lost"
    index.add(lantern())
    assert row(index)["speaker"] == "Amy Lee"
    assert_sound(path)


def test_adding_the_same_again_is_unchanged(index: Index, path: Path) -> None:
    index.fix("lantern:a1", who="jo", speaker="Amy Lee")
    before = rows(path)
    assert index.add(lantern()) == "unchanged"
    assert rows(path) == before


def test_other_articles_and_what_points_to_rows_stay(index: Index, path: Path) -> None:
    before = rows(path)["attributions"]
    index.fix("lantern:a1", who="jo", speaker="Amy Lee")
    after = rows(path)["attributions"]
    assert [r[0] for r in after] == [r[0] for r in before], "rows keep their numbers"
    assert after[1:] == before[1:]


def test_judgements_of_a_colleague_are_applied(index: Index, path: Path, tmp_path: Path) -> None:
    with create_index(tmp_path / "other.db") as other:
        other.add(lantern())
        other.fix("lantern:a1", who="kim", speaker="Amy Lee")
        lines = list(other.journal.lines())
    index.journal.take(lines)
    index.close()
    with create_index(path) as opened:
        assert row(opened)["speaker"] == "Amy Lee"


def test_killed_between_judging_and_applying(index: Index, path: Path) -> None:
    """The journal has it already; the next writer makes up for it."""
    subject = {
        "article": lantern().article.id, "sha256": None, "table": "attributions", "id": "a1",
        "text": "“Nobody counts the rest,”", "raw": [],
    }  # fmt: skip
    index.journal.record("fix", subject, {"speaker": "Amy Lee"}, who="jo")
    assert row(index)["speaker"] == "Ann Lee"
    index.close()
    with create_index(path) as opened:
        assert row(opened)["speaker"] == "Amy Lee"


def test_search_by_what_people_checked(index: Index) -> None:
    index.fix("lantern:a1", who="jo", speaker="Amy Lee")
    index.fix("lantern:a2", who="jo")
    counts = {q: index.search(q).total for q in ("checked:yes", "checked:corrected", "checked:no")}
    assert counts == {"checked:yes": 1, "checked:corrected": 1, "checked:no": 3}
    assert index.search("checked:yes,corrected").total == 2
    assert index.search("-checked:no").total == 2
    assert index.search("checked:corrected form:change_relative").total == 1
    with pytest.raises(QueryError, match="Take one of yes, no, corrected"):
        index.search("checked:maybe")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("lantern", "names no row"),
        ("lantern:a9", "It has a1, a2, c1, c2"),
        ("nowhere:a1", "is no article"),
        (":", "names no row"),
        ("'; DROP TABLE articles; --:a1", "is no article"),
    ],
)
def test_what_names_no_row(index: Index, name: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        index.fix(name, who="jo", speaker="X")
    assert index.journal.entries() == ()


def test_a_beginning_that_fits_several(index: Index) -> None:
    index.add(make_extraction("“Yes,” said Di.", path="lanterns.txt", quotes=[("“Yes,”", None)]))
    with pytest.raises(QueryError, match="begins the ids of 2 articles"):
        index.fix("lan:a1", who="jo", speaker="X")
    index.fix("lantern:a1", who="jo", speaker="X")


@pytest.mark.parametrize(
    ("ident", "changes", "message"),
    [
        ("a1", {"type": "robot"}, "Take one of person"),
        ("a1", {"kind": "shouted"}, "Take one of direct"),
        ("a1", {"counted": "x"}, "is about figures"),
        ("c1", {"kind": "direct"}, "is about quotes"),
    ],
)
def test_values_that_make_no_sense(
    index: Index, ident: str, changes: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        index.fix(f"lantern:{ident}", who="jo", **changes)
    assert index.journal.entries() == ()


def test_undo_of_what_is_no_correction(index: Index) -> None:
    index.journal.record("note", {}, who="jo")
    for number in (1, 2, 0):
        with pytest.raises(QueryError, match="is not in the journal"):
            index.undo(number, who="jo")
    index.fix("lantern:a1", who="jo")
    index.undo(2, who="jo")
    with pytest.raises(QueryError, match="undone already"):
        index.undo(2, who="jo")


def test_who_reads_does_not_correct(index: Index, path: Path) -> None:
    with open_index(path) as reader, pytest.raises(Exception, match="opened for reading"):
        reader.fix("lantern:a1", who="jo")


def test_others_are_as_they_were(index: Index) -> None:
    index.fix("lantern:a1", who="jo", drop=True)
    for extraction in (courier(), times()):
        stored = index.article(extraction.article.id).extraction
        assert len(stored.attributions) == len(extraction.attributions)
