"""Terms are found however they are printed, and their context decides."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.index.topics.dictionary import Dictionary, Term, Topic
from newsmine.index.topics.matching import Matcher
from newsmine.index.topics.words import form_of


def matcher(*terms: Term | str, **fields: object) -> Matcher:
    made = tuple(Term(t) if isinstance(t, str) else t for t in terms)
    contexts = {"child": ("child", "under 13"), "pets": ("dog*",)}
    return Matcher(Dictionary((Topic("a", "A", made),), contexts, **fields))  # type: ignore[arg-type]


def printed(made: Matcher, text: str) -> list[str]:
    return [text[slice(*hit.span)] for hit in made.hits(text).get("a", ())]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        (
            "age verification",
            "Age-verification, age\nverification",
            ["Age-verification", "age\nverification"],
        ),
        (
            "age verification",
            "age veri-\nfication and AGE VERIFICA- TION",
            ["age veri-\nfication", "AGE VERIFICA- TION"],
        ),
        ("age verification", "the age of verification; page verification", []),
        (
            "cyber bullying",
            "cyberbullying, cyber-bullying, cyber bullying",
            ["cyberbullying", "cyber-bullying", "cyber bullying"],
        ),
        ("chat room", "chatrooms and chat-rooms", ["chatrooms", "chat-rooms"]),
        ("paedophile", "pedophiles; a paedophile’s", ["pedophiles", "paedophile’s"]),
        ("sexualised image", "sexualized images", ["sexualized images"]),
        (
            "encrypt*",
            "Encryption, encrypted, encrypts, crypt",
            ["Encryption", "encrypted", "encrypts"],
        ),
        ("selfie", "selfies", ["selfies"]),
        ("bully", "bullies", ["bullies"]),
        ("=app", "App, app’s, apps", ["App", "app’s"]),
        ("filter", "fi1ters; f1lter; filters", ["fi1ters", "f1lter", "filters"]),
        ("grooming", "groorning", ["groorning"]),
        (
            "grooming",
            "groom-\ning, anti-grooming, grooming",
            ["groom-\ning", "grooming", "grooming"],
        ),
        ("child abuse", "children's abuse; child’s abuse", ["children's abuse", "child’s abuse"]),
        ("back door", "backdoors", ["backdoors"]),
        ("eating disorder", "beating disorder", []),
        ("grooming", "", []),
    ],
)
def test_writings(term: str, text: str, found: list[str]) -> None:
    assert printed(matcher(term), text) == found


def test_of_hits_that_overlap_the_weightiest_counts_then_the_longest() -> None:
    made = matcher("abuse", "child abuse", Term("abuse image", 2.0))
    assert printed(made, "abuse, child abuse, child abuse images") == [
        *("abuse", "child abuse", "abuse images")
    ]


def test_a_context_is_needed_nearby() -> None:
    made = matcher(Term("grooming", needs=("child",)), near=3)
    assert printed(made, "grooming of a child") == ["grooming"]
    assert printed(made, "a child, he said of grooming") == []
    assert printed(made, "an under-13 and grooming") == ["grooming"]
    wide = matcher(Term("grooming", needs=("child",), near=9), near=3)
    assert printed(wide, "a child, he said of grooming") == ["grooming"]


def test_a_context_turns_down_within_its_own_reach() -> None:
    made = matcher(Term("grooming", unless=("pets",)), away=2)
    assert printed(made, "dog grooming") == []
    assert printed(made, "dogs, he said, need no grooming") == ["grooming"]
    far = matcher(Term("grooming", unless=("pets",), away=9), away=2)
    assert printed(far, "dogs, he said, need no grooming") == []


def test_what_counts_for_a_topic_counts_for_its_whole_where_that_may() -> None:
    topics = (
        Topic("whole", "Whole", needs=("child",)),
        Topic("part", "Part", (Term("grooming"),), part_of="whole"),
    )
    made = Matcher(Dictionary(topics, {"child": ("child",)}))
    assert made.hits("grooming of a child").keys() == {"whole", "part"}
    assert made.hits("grooming").keys() == {"part"}


SPELLINGS = tomllib.loads(
    files("newsmine.data").joinpath("topics_spelling.toml").read_text(encoding="utf-8")
)["spellings"]


@pytest.mark.parametrize("entry", SPELLINGS, ids=lambda entry: entry["british"])
def test_spellings(entry: dict[str, str]) -> None:
    assert form_of(entry["example"]) == form_of(entry["means"]) == entry["means"]
    assert form_of(entry["not"]) == entry["not"]


TEXTS = st.text(
    st.sampled_from(list("ab -\n\N{SOFT HYPHEN}’'ßİé0_")) | st.characters(), max_size=60
)


@given(TEXTS, st.sampled_from(["grooming", "age verification", "chat room"]), TEXTS)
def test_spans_are_of_the_text_whatever_stands_around(left: str, term: str, right: str) -> None:
    text = f"{left} {term} {right}"
    assert term in printed(matcher(term), text)
