"""Articles of an index that are one text, and how well an invented archive's copies are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.index import Index, create_index
from tests.factories import make_extraction
from tests.index.clusters.archive import archive

STORY = (
    "The council of Strelsau decided last night to mend the old bridge before the winter comes. "
    "The mayor told a crowd outside the hall that the work would begin within a week.\n\n"
    "A baker beside the river said that she had heard the same promise every autumn."
)


def clusters(index: Index) -> list[tuple[str, list[str]]]:
    sql = """SELECT copies.text, copies.kind, articles.path FROM copies
        JOIN articles ON articles.number = copies.article WHERE kind NOT NULL
        ORDER BY copies.text, copies.place"""
    found: dict[tuple[int, str], list[str]] = {}
    for text, kind, path in index._database.rows(sql):
        found.setdefault((text, kind), []).append(path)
    return [(kind, paths) for (_, kind), paths in found.items()]


@pytest.mark.parametrize(
    ("outlets", "second", "kind"),
    [
        (("Post", "Star"), STORY, "wire copy"),
        (("Post", "Star"), STORY.partition("\n\n")[0], "wire copy"),
        (("Post", "Post"), STORY, "same"),
        ((None, None), STORY, "same"),
        (("Post", "Post"), STORY.replace("a week", "a month"), "revised"),
        (("Post", "Star"), "A choir sang in the valley on Sunday, and it was heard " * 5, None),
        (("Post", "Star"), "", None),
    ],
)
def test_kinds(path: Path, outlets: tuple[str, str], second: str, kind: str | None) -> None:
    with create_index(path) as index:
        index.add(make_extraction(STORY, path="b", outlet=outlets[0], published="2018-05-04"))
        index.add(
            make_extraction(second, path="a", id="two", outlet=outlets[1], published="2018-05-03")
        )
        index.cluster()
        assert clusters(index) == ([(kind, ["a", "b"])] if kind else [])
        index.remove("two")
        index.cluster()
        assert clusters(index) == []


def test_an_archive_of_agency_copy(path: Path) -> None:
    """Pairs found against pairs printed: cut, retitled, reworded, joined, misread."""
    articles, stories = archive(seed=3)
    with create_index(path) as index:
        for article in articles:
            index.add(article)
        index.cluster()
        found = {
            pair for _, paths in clusters(index) for pair in pairs([str(path) for path in paths])
        }
    right = {pair for paths in stories for pair in pairs(paths)}
    assert len(right) > 40
    precision, recall = len(found & right) / len(found), len(found & right) / len(right)
    assert 2 * precision * recall / (precision + recall) >= 0.95, (found - right, right - found)


def pairs(paths: list[str]) -> set[tuple[str, str]]:
    return {(a, b) for a in paths for b in paths if a < b}
