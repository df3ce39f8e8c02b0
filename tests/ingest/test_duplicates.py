"""Near duplicates: what is one text, of what kind, and what only looks alike."""

from __future__ import annotations

from newsmine.ingest import read_text
from newsmine.ingest.duplicates import find_duplicates, story_of
from newsmine.types import Article

STORY = (
    "The council of Strelsau decided last night to mend the old bridge before the winter comes. "
    "The mayor told a crowd outside the hall that the work would begin within a week and would "
    "cost less than the last one did.\n\n"
    "A baker who lives beside the river said that she had heard the same promise every autumn. "
    "Her shop was flooded twice this year, and nobody from the hall had come to look at it.\n\n"
    "Engineers warned in the spring that two of the arches could fall if the river rose again."
)
OTHER = (
    "The choir of the mill sang in the valley on Sunday and was heard as far as the next town. "
    "Its leader said that forty people had joined since the summer, most of them from the works, "
    "and that they would sing again at the fair if the roads are open by then."
)


def article(name: str, text: str, outlet: str = "", date: str = "3 May 2018") -> Article:
    head = f"{outlet}\n\n{date}\n\n" if outlet else ""
    return read_text(f"{head}Old bridge to be mended\n\n{text}", path=f"{name}.txt")


def clusters(*articles: Article) -> list[tuple[str, tuple[str, ...]]]:
    return [(found.kind, found.paths) for found in find_duplicates(articles)]


def test_the_same_file_twice() -> None:
    assert clusters(article("a", STORY), article("b", OTHER), article("c", STORY)) == [
        ("same", ("a.txt", "c.txt"))
    ]


def test_wire_copy_cut_from_the_end() -> None:
    short = STORY.rpartition("\n\n")[0]
    found = clusters(article("a", STORY, "The Guardian"), article("b", short, "Daily Mail"))
    assert found == [("wire copy", ("a.txt", "b.txt"))]


def test_word_for_word_in_two_papers() -> None:
    found = clusters(article("a", STORY, "The Guardian"), article("b", STORY, "Daily Mail"))
    assert found == [("wire copy", ("a.txt", "b.txt"))]


def test_a_revision_comes_after_what_it_revises() -> None:
    changed = STORY.replace("within a week", "within a month").replace("less than", "more than")
    new = article("new", changed, "Daily Mail", "5 May 2018")
    assert clusters(new, article("old", STORY, "Daily Mail")) == [
        ("revised", ("old.txt", "new.txt"))
    ]


def test_scanned_copies_are_found() -> None:
    scanned = (
        STORY.replace("council", "conncil").replace("river", "rivcr").replace("arches", "nrches")
    )
    (found,) = find_duplicates([article("a", STORY), article("b", scanned)])
    assert found.kind == "revised"
    assert 0.6 < found.shared < 1


def test_the_same_subject_is_no_copy() -> None:
    again = (
        "Work on the old bridge of Strelsau was put off for a third time yesterday. The council of "
        "the town blamed the weather, and the mayor did not answer when he was asked about the "
        "money. Two of the arches are held up by timber since the spring, and lorries are sent "
        "round by the mill. A baker beside the river says that she will leave."
    )
    assert clusters(article("a", STORY), article("b", again)) == []


def test_brief_texts_are_alike_by_chance() -> None:
    assert (
        clusters(article("a", "The office is closed today."), article("b", "It is closed.")) == []
    )


def test_three_of_a_kind_are_one_cluster() -> None:
    found = clusters(*(article(name, STORY) for name in "abc"), article("d", OTHER))
    assert found == [("same", ("a.txt", "b.txt", "c.txt"))]


def test_heads_and_furniture_do_not_count() -> None:
    read = article("a", STORY, "Daily Mail")
    assert "Daily Mail" not in story_of(read)
    assert "Engineers" in story_of(read)


def test_nothing_gives_nothing() -> None:
    assert find_duplicates([]) == []
