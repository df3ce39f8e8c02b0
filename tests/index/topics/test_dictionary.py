"""The shipped dictionary does what its examples say; a wrong one of a user's is told."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from newsmine.errors import QueryError
from newsmine.index.topics import DictionaryScorer, load_dictionary, shipped_dictionary
from newsmine.index.topics.dictionary import Term, Topic, parse_dictionary
from newsmine.index.topics.matching import Matcher

SHIPPED = shipped_dictionary()
MATCHER = Matcher(SHIPPED)
TERMS = [(topic, term) for topic in SHIPPED.topics for term in topic.terms]


def counting(topic: Topic, text: str) -> list[Term]:
    return [hit.term for hit in MATCHER.hits(text).get(topic.name, ())]


@pytest.mark.parametrize(("topic", "term"), TERMS, ids=[f"{t.name} {x.text}" for t, x in TERMS])
def test_each_term_has_an_example_and_keeps_out_of_what_it_must(topic: Topic, term: Term) -> None:
    assert term.example
    assert term in counting(topic, term.example)
    assert [text for text in term.refused if term in counting(topic, text)] == []


def test_ambiguous_terms_have_a_tempting_negative() -> None:
    turned_down = [term for _, term in TERMS if term.unless and not term.refused]
    assert len(turned_down) < 0.25 * sum(1 for _, term in TERMS if term.unless)


def test_the_field_is_covered() -> None:
    names = [topic.name for topic in SHIPPED.topics]
    assert names[0] == "child-safety"
    assert set(names[1:]) == {
        *("grooming", "abuse-imagery", "age-assurance", "encryption", "regulation", "self-harm"),
        *("bullying", "sexting", "design", "ai-imagery", "school-phones"),
    }
    assert {topic.part_of for topic in SHIPPED.topics[1:]} == {"child-safety"}


def test_no_term_is_listed_twice() -> None:
    keys = [(topic.name, term.text.casefold()) for topic, term in TERMS]
    assert len(set(keys)) == len(keys)


def test_no_context_is_idle() -> None:
    used = {name for _, term in TERMS for name in (*term.needs, *term.unless)}
    assert used | {name for topic in SHIPPED.topics for name in topic.needs} == set(
        SHIPPED.contexts
    )


OFF_TOPIC = tomllib.loads((Path(__file__).parent / "off_topic.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", OFF_TOPIC)
def test_articles_about_something_else(name: str) -> None:
    text = OFF_TOPIC[name]["text"]
    found = DictionaryScorer(SHIPPED).score(text, heads=[(0, text.index("\n"))])
    assert [(s.topic, *map(str, s.fired)) for s in found.article if s.about] == []


def test_the_digest_is_of_what_counts() -> None:
    text = files("newsmine.data").joinpath("topics.toml").read_text(encoding="utf-8")
    assert parse_dictionary("a", f"# mine\n{text}").digest == SHIPPED.digest
    heavier = parse_dictionary("a", text.replace("weight = 2,", "weight = 3,", 1))
    assert heavier.digest != SHIPPED.digest


WRONG = [
    ("topics = [", "is no TOML"),
    ("words = []", "has no list called topics"),
    ("topics = []", "has no list called topics"),
    ("topics = [1]", "needs name and title"),
    ('topics = [{ name = "a" }]', "needs name and title"),
    ('topics = [{ name = "A b", title = "A" }]', "is called 'A b'"),
    ('topics = [{ name = "a", title = "A", terms = "b" }]', "terms that are no list"),
    ('topics = [{ name = "a", title = "A", terms = [1] }]', "needs term"),
    ('topics = [{ name = "a", title = "A", terms = ["!"] }]', "where a word should be"),
    ('topics = [{ name = "a", title = "A", terms = [{ term = "b", wait = 2 }] }]',
     "unknown field 'wait'"),
    ('topics = [{ name = "a", title = "A", terms = [{ term = "b", weight = 0 }] }]', "0 as weight"),
    ('topics = [{ name = "a", title = "A", terms = [{ term = "b", needs = ["x"] }] }]',
     "unknown context 'x'"),
    ('topics = [{ name = "a", title = "A", terms = [{ term = "b", needs = "x" }] }]',
     "where a list should be"),
    ('topics = [{ name = "a", title = "A", part_of = "b" }]', "part of no topic 'b'"),
    ('topics = [{ name = "a", title = "A" }, { name = "a", title = "B" }]', "is a second 'a'"),
    ('contexts = 1\ntopics = [{ name = "a", title = "A" }]', "contexts that are no lists"),
    ('contexts = { a = "b" }\ntopics = [{ name = "a", title = "A" }]', "where a list should be"),
    ('near = "x"\ntopics = [{ name = "a", title = "A" }]', "'x' as near"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), WRONG)
def test_a_wrong_file_is_told(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=reason) as caught:
        load_dictionary(path)
    assert "mine.toml" in str(caught.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        load_dictionary(tmp_path / "gone.toml")
    (tmp_path / "latin.toml").write_bytes("# café".encode("latin-1"))
    with pytest.raises(QueryError, match="UTF-8"):
        load_dictionary(tmp_path / "latin.toml")
