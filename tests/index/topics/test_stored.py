"""Topics in an index: scored with each article, asked for, and made anew by another dictionary."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from newsmine.errors import IndexFileError, QueryError
from newsmine.index import Index, create_index, open_index
from newsmine.index.topics import DictionaryScorer, shipped_scorer
from newsmine.index.topics.dictionary import parse_dictionary
from newsmine.index.topics.model import ModelScorer, parse_model
from newsmine.index.topics.stored import apply
from newsmine.types import Claim, Extraction, Zone
from tests.factories import make_extraction, make_speaker, span_of
from tests.index.conftest import in_a_file
from tests.index.test_store import ask, assert_sound

ONLINE = (
    "Cyberbullying worries schools\n\n"
    "Cyberbullying of pupils has doubled to 640 cases, the league says.\n\n"
    "“The bullies write to girls on an app at night,” said Ann Lee of Hearthlight. "
    "“It must stop,” said Bo Lee of Hearthlight. "
    "“End-to-end encryption hides the messages,” said Cy Dunn."
)
GARDEN = "“The roses are late,” said Di Frost, of 12 beds."
MINE = """
topics = [{ name = "flowers", title = "Flowers", enough = 1, terms = ["rose", "tulip"] }]
"""


def online() -> Extraction:
    said = ("“The bullies write to girls on an app at night,”", "“It must stop,”")
    hidden = "“End-to-end encryption hides the messages,”"
    return make_extraction(
        ONLINE,
        path="online.txt",
        published="2019",
        zones=(Zone((0, 29), "headline"), Zone((29, len(ONLINE)), "body")),
        quotes=[
            (said[0], make_speaker("Ann Lee", organisation="Hearthlight")),
            (said[1], make_speaker("Bo Lee", organisation="Hearthlight")),
            (hidden, make_speaker("Cy Dunn")),
        ],
        claims=[Claim("c1", span_of(ONLINE, "640"), "count", Fraction(640), counted="cases")],
    )


def garden() -> Extraction:
    return make_extraction(
        GARDEN,
        path="garden.txt",
        published="2020",
        quotes=[("“The roses are late,”", make_speaker("Di Frost"))],
        claims=[Claim("c1", span_of(GARDEN, "12"), "count", Fraction(12), counted="beds")],
    )


def mine(text: str = MINE) -> DictionaryScorer:
    return DictionaryScorer(parse_dictionary("mine.toml", text))


@pytest.fixture
def filled(path: Path) -> Path:
    with create_index(path) as index:
        for extraction in (online(), garden()):
            index.add(extraction)
    return path


def quoted(index: Index, **filters: str) -> list[str]:
    return [str(row["quote"])[1:10] for row in index.iter_quotes(**filters)]  # type: ignore[arg-type]


def test_rows_have_topics(filled: Path) -> None:
    with open_index(filled) as index:
        topics = {row["attribution"] + row["path"][0]: row["topics"] for row in index.iter_quotes()}
        figures = {row["text"]: row["topics"] for row in index.iter_claims()}
    assert set(topics["a1o"]) == {"bullying", "child-safety"}
    assert topics["a2o"] == topics["a1g"] == []
    assert set(topics["a3o"]) >= {"encryption"}
    assert set(figures["640"]) == {"bullying", "child-safety"}
    assert figures["12"] == []


def test_why(filled: Path) -> None:
    with open_index(filled) as index:
        found = index.topics_of(online().article.id)
    whole = {score.topic: score for score in found.scores}
    fired = whole["bullying"].fired[0]
    assert [found.text[slice(*span)] for span in fired.spans] == ["Cyberbullying"] * 2
    assert [quote.attribution for quote in found.quotes] == ["a1", "a2", "a3"]
    assert found.quotes[1].scores == ()
    (of_quote,) = (score for score in found.quotes[0].scores if score.topic == "bullying")
    assert [one.term for one in of_quote.fired] == ["=bullies"]
    assert of_quote.lent == pytest.approx(0.75 * whole["bullying"].score, abs=1e-3)


def test_why_of_nothing(filled: Path) -> None:
    with open_index(filled) as index, pytest.raises(QueryError, match="no article"):
        index.topics_of("x")


@pytest.mark.parametrize("typed", ["bullying", "Bullying", " BULLYING "])
def test_filter(filled: Path, typed: str) -> None:
    with open_index(filled) as index:
        assert quoted(index, topic=typed) == ["The bulli"]
        assert index.count("quotes", topic=typed) == 1
        assert index.count("claims", topic=typed) == 1


def test_query_line(filled: Path) -> None:
    with open_index(filled) as index:
        assert [r["attribution"] for r in index.search("topic:bullying").rows] == ["a1"]
        assert index.search("topic:bullying,encryption").total == 2
        assert index.search("-topic:bullying").total == 3
        assert index.search("topic:bullying claim:>600").total == 1
        assert index.search("topic:bullying claim:<600").total == 0
        assert index.search('topic:"child safety" org:hearthlight').total == 1
        assert index.search("topic:sexting").total == 0


@pytest.mark.parametrize("line", ["topic:bulying", "topic:bully"])
def test_a_wrong_topic_is_told(filled: Path, line: str) -> None:
    with open_index(filled) as index:
        with pytest.raises(QueryError, match="Did you mean bullying"):
            _ = index.search(line).total
        with pytest.raises(QueryError, match="Did you mean bullying"):
            list(index.iter_quotes(topic=line.partition(":")[2]))


def test_facets_and_counts(filled: Path) -> None:
    with open_index(filled) as index:
        facet = dict(index.search("").facets.facets[4].counts)
        who = {row["topic"]: row["quotes"] for row in index.who("", by=["topic"])}
        by_two = list(index.who("org:hearthlight", by=["org", "topic"]))
        profile = dict(index.profile("hearthlight").topics)
        figures = {row["topic"]: row["claims"] for row in index.who("claim:>0", by=["topic"])}
    assert facet == who == {"bullying": 1, "child-safety": 2, "encryption": 1, None: 2}
    assert {(row["organisation"], row["topic"], row["quotes"]) for row in by_two} == {
        ("Hearthlight", "bullying", 1),
        ("Hearthlight", "child-safety", 1),
        ("Hearthlight", None, 1),
    }
    assert profile == {"bullying": 1, "child-safety": 1, None: 1}
    assert figures == {"bullying": 1, "child-safety": 1, None: 1}


def test_the_list(filled: Path) -> None:
    with open_index(filled) as index:
        found = index.topics()
    counts = {entry.name: (entry.articles, entry.quotes) for entry in found.entries}
    assert counts["bullying"] == (1, 1)
    assert counts["sexting"] == (0, 0)
    assert (found.kind, found.shipped, found.articles, found.unscored) == ("dictionary", True, 2, 0)
    assert found.digest == shipped_scorer().digest


def test_another_dictionary_scores_anew_and_what_is_added_later(filled: Path) -> None:
    steps: list[tuple[int, int]] = []
    with create_index(filled) as index:
        assert index.score_topics(mine(), on_article=lambda *step: steps.append(step)) == 2
        assert steps == [(1, 2), (2, 2)]
        assert quoted(index, topic="flowers") == ["The roses"]
        text = "“A tulip,” said Ed Ray."
        index.add(make_extraction(text, path="t.txt", quotes=[("“A tulip,”", make_speaker())]))
    with open_index(filled) as index:
        assert sorted(quoted(index, topic="flowers")) == ["A tulip,”", "The roses"]
        found = index.topics()
        assert (found.shipped, [entry.name for entry in found.entries]) == (False, ["flowers"])
        with pytest.raises(QueryError, match="Take one of flowers"):
            index.count("quotes", topic="bullying")
    assert_sound(filled)


def test_back_to_the_shipped_one_is_as_before(filled: Path) -> None:
    def told() -> list[object]:
        with open_index(filled) as index:
            return [index.topics(), list(index.iter_quotes()), index.topics_of(online().article.id)]

    before = told()
    with create_index(filled) as index:
        index.score_topics(mine())
        index.score_topics(shipped_scorer())
    assert told() == before


def test_a_model_scores_an_index(filled: Path) -> None:
    text = """{"format": "newsmine-topics-1", "settings": {}, "figures": [],
        "vocabulary": ["rose", "app"], "idf": [1.0, 1.5], "intercepts": {"roses": -1.0},
        "coefficients": {"roses": [9.0, -9.0]}}"""
    with create_index(filled) as index:
        index.score_topics(ModelScorer(parse_model("m.json", text)))
    with open_index(filled) as index:
        assert quoted(index, topic="roses") == ["The roses"]
        assert index.topics().kind == "model"


def test_interrupted_it_is_as_before(filled: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with create_index(filled) as index:
        with pytest.raises(KeyboardInterrupt):
            index.score_topics(mine(), on_article=stop)
        assert index.topics().shipped
        assert index.count("quotes", topic="bullying") == 1


def test_reading_changes_nothing(filled: Path) -> None:
    with open_index(filled) as index, pytest.raises(IndexFileError, match="for reading"):
        apply(index._database, mine())


def test_removing_leaves_nothing_behind(filled: Path) -> None:
    with create_index(filled) as index:
        assert index.remove(online().article.id)
        index.add(make_extraction(GARDEN + " ", path="garden.txt"))
    for table in ("article_topics", "quote_topics"):
        assert ask(filled, f"SELECT count(*) FROM {table}") == [(0,)]
    assert_sound(filled)


@in_a_file
def test_an_index_from_before_says_what_to_do(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        for sql in ("DELETE FROM topic_scorer", "DELETE FROM topics", "DELETE FROM quote_topics"):
            connection.execute(sql)
        connection.execute("DELETE FROM article_topics")
        for table in ("articles", "attributions", "claims"):
            connection.execute(f"UPDATE {table} SET topics = NULL")
        connection.commit()
    with open_index(filled) as index:
        assert {row["topics"] for row in index.iter_quotes()} == {None}
        assert index.topics().unscored == 2
        for call in (
            lambda: index.count("quotes", topic="bullying"),
            lambda: index.topics_of(online().article.id),
        ):
            with pytest.raises(QueryError, match="newsmine topics apply FILE"):
                call()
    with create_index(filled) as index:
        assert index.score_topics(shipped_scorer()) == 2
        assert quoted(index, topic="bullying") == ["The bulli"]


def test_an_empty_index_has_no_article_on_a_known_topic(tmp_path: Path) -> None:
    with create_index(tmp_path / "new.db") as index:
        assert index.count("quotes", topic="grooming") == 0
        with pytest.raises(QueryError, match="Did you mean grooming"):
            index.count("quotes", topic="groming")


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800 grooming of a child \udfff", "’" * 9, "a" * 9999]
)
def test_odd_texts(path: Path, text: str) -> None:
    with create_index(path) as index:
        assert index.add(make_extraction(text)) == "added"
        assert index.topics().unscored == 0


def test_hostile_topics_stay_text(filled: Path) -> None:
    with open_index(filled) as index:
        for typed in ("' OR 1=1 --", '"', "%", "a" * 5000):
            with pytest.raises(QueryError):
                index.count("quotes", topic=typed)
