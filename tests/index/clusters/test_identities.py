"""Who is one over all articles is one speaker of a saying; who is two, is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsmine.index import Index, create_index
from newsmine.index.clusters.speakers import Who, likeness
from newsmine.types import Extraction, Speaker
from tests.factories import make_extraction, make_speaker

SAID = "“Each firm that lets a child sign up must count the reports it gets and publish them,”"
BRIEF = "“It is a disgrace to us,”"
ANN = make_speaker("Ann Lee", organisation="Hearthlight")
MARRIED = make_speaker("Annabel Marsh", organisation="Hearthlight")


def printed(name: str, speaker: Speaker, said: str = SAID, day: str = "2018-05-04") -> Extraction:
    text = f"{name} of the day.\n\n{said} somebody said."
    return make_extraction(
        text, path=f"{name}.txt", outlet=name, published=day, quotes=[(said, speaker)]
    )


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with create_index(tmp_path / "news.db") as opened:
        yield opened


def prints(index: Index) -> list[int]:
    """How often each quote was printed, by paper."""
    rows = sorted(index.iter_quotes(), key=lambda row: str(row["outlet"]))
    return [row["printed"] for row in rows]


def test_two_names_of_one(index: Index) -> None:
    index.add(printed("Post", ANN))
    index.add(printed("Star", MARRIED))
    index.cluster()
    assert prints(index) == [1, 1], "nobody knows that they are one"
    merged = index.identities.merge(["Ann Lee", "Annabel Marsh"], who="jo")
    assert prints(index) == [2, 2]
    index.identities.undo(merged.id, who="jo")
    assert prints(index) == [1, 1]


def test_brief_words_are_looked_for_under_all_names(index: Index) -> None:
    index.add(printed("Post", ANN, BRIEF))
    index.add(printed("Star", MARRIED, BRIEF, "2018-05-05"))
    index.add(printed("Mail", MARRIED, BRIEF, "2018-09-05"))
    index.identities.merge(["Ann Lee", "Annabel Marsh"], who="jo")
    index.cluster()
    assert prints(index) == [1, 2, 2], "in September it was another time"


def test_one_name_of_two(index: Index) -> None:
    for name in ("Post", "Star"):
        index.add(printed(name, ANN))
    index.cluster()
    assert prints(index) == [2, 2]
    (star,) = [one.id for one in index.articles() if one.outlet == "Star"]
    split = index.identities.split(["Ann Lee"], articles=[star], who="jo")
    assert prints(index) == [1, 1], "two women of one name"
    index.identities.undo(split.id, who="jo")
    assert prints(index) == [2, 2]


def test_organisations_of_several_names(index: Index) -> None:
    names = ("Hearthlight", "Fund for the Lamps")
    for paper, name in zip(("Post", "Star"), names, strict=True):
        index.add(printed(paper, make_speaker(name, type="organisation")))
    index.cluster()
    assert prints(index) == [1, 1]
    index.identities.merge(names, who="jo")
    assert prints(index) == [2, 2]


def test_what_one_is_called_changes_nothing(index: Index) -> None:
    index.add(printed("Post", ANN))
    index.add(printed("Star", MARRIED))
    index.identities.merge(["Ann Lee", "Annabel Marsh"], who="jo")
    index.cluster()
    index.identities.rename("Ann Lee", "Dame Ann", who="jo")
    assert prints(index) == [2, 2]
    assert index.cluster().quotes == 0


def test_a_build_may_do_either_first(tmp_path: Path) -> None:
    """The same is found, whether names or prints are put together first."""
    found = []
    for order in (("refresh", "cluster"), ("cluster", "refresh")):
        with create_index(tmp_path / f"{order[0]}.db") as index:
            index.add(printed("Post", make_speaker("Ofcom", type="organisation")))
            index.add(
                printed("Star", make_speaker("Office of Communications", type="organisation"))
            )
            index.add(printed("Mail", ANN))
            for step in order:
                index.identities.refresh() if step == "refresh" else index.cluster()
            found.append([(row["outlet"], row["printed"]) for row in index.iter_quotes()])
    assert sorted(found[0]) == sorted(found[1]) == [("Mail", 1), ("Post", 2), ("Star", 2)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Who("Ann Lee", "person", None, "x"), Who("Bo Marsh", "person", None, "x"), "same"),
        (Who("Ann Lee", "person", None, "x"), Who("Bo Marsh", "person", None, "y"), "different"),
        (Who("Ann Lee", "person", None, "x"), Who("Ann Lee", "person", None, "y"), "different"),
        (Who("A. Lee", "person", None, "x"), Who("Ann Lee", "person", None, "y"), "same"),
        (Who("Ann Lee", "person"), Who("Ann Lee", "person"), "same"),
        (Who("Lamps", "organisation", None, "x"), Who("Fund", "organisation", None, "x"), "same"),
        (
            Who("Lamps", "organisation", None, "x"),
            Who("Ann Lee", "person", "Fund", None, "x"),
            "same",
        ),
        (
            Who("Lamps", "organisation", None, "x"),
            Who("Ann Lee", "person", "Fund", None, "y"),
            "different",
        ),
    ],
)
def test_likeness(one: Who, other: Who, expected: str) -> None:
    assert likeness(one, other) == likeness(other, one) == expected
