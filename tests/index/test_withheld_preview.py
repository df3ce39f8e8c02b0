"""What would be withheld is told before, and nothing is changed by that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsmine.errors import QueryError
from newsmine.index import Index, create_index
from newsmine.index.withheld_preview import of_name
from tests.factories import make_extraction

NAMED = "Molly Reed, 13, was found. Molly\nwas brave. Her father, Ian Reed, wept."
OTHER = "Molly Malone sang. MOLLY  REED was there."
NOBODY = "It rained in Reedham."


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with create_index(tmp_path / "news.db") as made:
        for number, text in enumerate((NAMED, OTHER, NOBODY), 2018):
            made.add(make_extraction(text, path=f"{number}.txt", published=str(number)))
        yield made


def test_a_name_in_all_its_forms(index: Index) -> None:
    seen = index.withholding.preview(name="Molly Reed")
    assert [one.count for one in seen.articles] == [1, 2]
    assert seen.count == 3
    newest, oldest = seen.articles
    assert newest.published == "2019"
    (passage,) = newest.passages
    assert (passage.before, passage.name, passage.after) == (
        *("Molly Malone sang. ", "MOLLY REED", " was there."),
    )
    assert [one.name for one in oldest.passages] == ["Molly Reed", "Molly"]


def test_as_much_as_is_then_replaced(index: Index) -> None:
    seen = index.withholding.preview(name="Molly Reed")
    index.withholding.name("Molly Reed", who="jo")
    counts = index.withholding.counts()
    assert (counts.replaced, counts.articles) == (seen.count, len(seen.articles))
    assert index.withholding.preview(name="Molly Reed").articles == ()


def test_a_rule_names_whom_it_finds(index: Index) -> None:
    seen = index.withholding.preview(rule="children")
    assert seen.names == ("Molly Reed",)
    assert (len(seen.articles), seen.looked_at, seen.total) == (1, 3, 3)
    index.withholding.keep("molly reed", who="jo")
    assert index.withholding.preview(rule="children").names == ()


def test_nothing_is_changed(index: Index) -> None:
    before = [entry.id for entry in index.articles()], list(index.journal.lines())
    index.withholding.preview(name="Molly Reed")
    index.withholding.preview(rule="victims")
    assert before == ([entry.id for entry in index.articles()], list(index.journal.lines()))


def test_only_so_many_are_read(index: Index) -> None:
    # Reedham is in question, too: what is left out is told by reading it.
    seen = of_name(index._database, "Molly Reed", most=2)
    assert (len(seen.articles), seen.looked_at, seen.total) == (1, 2, 3)


@pytest.mark.parametrize("asked", [{"name": " "}, {"name": "12"}, {"rule": "adults"}, {}])
def test_what_is_no_name_and_no_rule(index: Index, asked: dict[str, str]) -> None:
    with pytest.raises(QueryError):
        index.withholding.preview(**asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("speaker:reed", True),
        ('"MOLLY REED"', True),
        ("mol1y", True),
        ("reeds", False),
        ("", False),
    ],
)
def test_whether_a_line_names_somebody(index: Index, text: str, named: bool) -> None:
    index.withholding.name("Molly Reed", who="jo")
    assert index.withholding.names_in(text) is named
