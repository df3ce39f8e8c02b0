"""Sayings in an index: found as articles come, and found again when one changes or goes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsmine.errors import QueryError
from newsmine.index import Index, create_index
from newsmine.types import Extraction, Speaker
from tests.factories import make_extraction, make_speaker

ANN = make_speaker("Ann Lee", organisation="Hearthlight")
BO = make_speaker("Bo Reed", organisation="Ministry of Calm")
OPEN = make_speaker(None, type="anonymous")
LONG = "“Each firm that lets a child sign up must count the reports it gets and publish them,”"
SHORT = "“Each firm that lets a child sign up must count the reports,”"
OTHER = "“Nobody asked the schools before the lockers were ordered and paid for by the town,”"


def printed(name: str, day: str | None, *quotes: tuple[str, Speaker | None]) -> Extraction:
    """An article of one paper in which these things are said."""
    text = f"{name} of the day.\n\n" + "\n\n".join(f"{said} somebody said." for said, _ in quotes)
    return make_extraction(text, path=f"{name}.txt", outlet=name, published=day, quotes=quotes)


@pytest.fixture
def index(path: Path) -> Iterator[Index]:
    with create_index(path) as opened:
        yield opened


def found(index: Index) -> dict[str, list[str]]:
    """The prints of each saying, by paper, under that of the first."""
    rows = sorted(index.iter_quotes(), key=lambda row: (row["published"] or "9", row["outlet"]))
    sayings: dict[str, list[str]] = {}
    for row in rows:
        sayings.setdefault(row["saying"], []).append(row["outlet"])
    for row in rows:
        assert row["printed"] == len(set(sayings[row["saying"]]))
    return {papers[0]: papers for papers in sayings.values()}


def test_one_saying(index: Index) -> None:
    index.add(printed("Post", "2018-05-04", (SHORT, ANN)))
    index.add(printed("Star", "2018-05-03", (LONG, OPEN)))
    index.add(printed("Mail", None, (LONG, ANN)))
    index.add(printed("Sun", "2018-05-04", (LONG, BO)))
    assert index.cluster().quotes == 4
    assert found(index) == {"Star": ["Star", "Post", "Mail"], "Sun": ["Sun"]}
    assert index.cluster().quotes == 0


def test_how_they_are_linked(index: Index) -> None:
    index.add(printed("Post", "2018-05-04", (SHORT, ANN)))
    index.add(printed("Star", "2018-05-03", (LONG, ANN)))
    index.cluster()
    (row,) = index.iter_quotes(outlet="Post")
    first, second = index.printings(row["article"], row["attribution"])
    assert (first.outlet, first.kind, first.linked) == ("Star", None, None)
    assert (second.outlet, second.kind, second.linked) == ("Post", "trimmed", first.print)
    assert second.score == 0.9
    assert second.reason is not None
    with pytest.raises(QueryError, match="is no quote"):
        index.printings("nothing", "a1")


def test_before_it_is_looked_at_a_quote_is_printed_once(index: Index) -> None:
    for name in ("Post", "Star"):
        index.add(printed(name, None, (LONG, ANN)))
    assert found(index) == {"Post": ["Post"], "Star": ["Star"]}
    (row,) = index.iter_quotes(outlet="Post")
    assert len(index.printings(row["article"], row["attribution"])) == 1


def test_an_article_that_goes(index: Index) -> None:
    first = printed("Star", "2018-05-03", (LONG, ANN))
    index.add(first)
    for name in ("Post", "Mail"):
        index.add(printed(name, "2018-05-04", (LONG, ANN)))
    index.cluster()
    index.remove(first.article.id)
    assert index.cluster().quotes == 2
    assert found(index) == {"Mail": ["Mail", "Post"]}
    index.add(first)
    index.cluster()
    assert found(index) == {"Star": ["Star", "Mail", "Post"]}


def test_an_article_that_is_read_again(index: Index) -> None:
    index.add(printed("Star", "2018-05-03", (LONG, ANN)))
    index.add(printed("Post", "2018-05-04", (LONG, ANN)))
    index.cluster()
    index.add(printed("Post", "2018-05-04", (OTHER, ANN)))
    index.cluster()
    assert found(index) == {"Star": ["Star"], "Post": ["Post"]}


def test_a_corrected_speaker_parts_them(index: Index) -> None:
    for name in ("Star", "Post"):
        index.add(printed(name, "2018-05-03", (LONG, ANN)))
    index.add(printed("Mail", "2018-05-03", (OTHER, BO)))
    index.cluster()
    database = index._database
    with database.transaction():
        database.execute(
            """UPDATE attributions SET organisation = NULL,
                speaker = (SELECT id FROM speakers WHERE name = 'Bo Reed')
            WHERE id = (SELECT max(quote) FROM prints WHERE printed = 2)"""
        )
    assert index.cluster().quotes == 2
    assert sorted(map(len, found(index).values())) == [1, 1, 1]


def test_two_speakers_behind_one_left_open(index: Index) -> None:
    index.add(printed("Open", "2018-05-01", (LONG, OPEN)))
    for name, who in (("A1", ANN), ("B1", BO), ("A2", ANN), ("B2", BO)):
        index.add(printed(name, "2018-05-02", (LONG, who)))
    index.cluster()
    assert sorted(found(index).values(), key=len) == [["B1", "B2"], ["Open", "A1", "A2"]]


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_any_number_of_steps(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    articles = [
        printed(f"P{n:02}", f"2018-05-{n % 7 + 1:02}", (quote, who))
        for n, (quote, who) in enumerate(
            [(LONG, ANN), (SHORT, ANN), (OTHER, BO), (LONG, OPEN), (OTHER, BO), (LONG, ANN)] * 3
        )
    ]
    with create_index(tmp_path / "one.db") as index:
        for article in articles:
            index.add(article)
        index.cluster()
        expected = found(index)
    chance.shuffle(articles)
    with create_index(tmp_path / "two.db") as index:
        for article in articles:
            index.add(article)
            if chance.random() < 0.3:
                index.cluster()
        index.cluster()
        assert found(index) == expected
        assert len(expected) == 2


def test_nothing_twice_in_an_empty_index(index: Index) -> None:
    assert index.cluster().quotes == index.cluster().articles == 0


def test_an_interrupted_run_is_made_up_for(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linked and not yet grouped: each still counts as one, and the next run groups them."""

    def stop(*_: object, names: object) -> None:
        raise KeyboardInterrupt

    for name in ("Star", "Post"):
        index.add(printed(name, "2018-05-03", (LONG, ANN)))
    with monkeypatch.context() as patched:
        patched.setattr("newsmine.index.clusters.sayings._regroup", stop)
        with pytest.raises(KeyboardInterrupt):
            index.cluster()
    assert found(index) == {"Post": ["Post"], "Star": ["Star"]}
    assert index.search("printed:once").total == 2
    assert index.cluster().quotes == 0
    assert sorted(found(index).values()) == [["Post", "Star"]]
