"""What a score is made of, of an article and of what is said in it."""

from __future__ import annotations

import pytest

from newsmine.index.topics import DictionaryScorer, Fired
from newsmine.index.topics.dictionary import Dictionary, Term, Topic

TERMS = (Term("grooming", 2.0), Term("stranger", 0.5))
SCORER = DictionaryScorer(Dictionary((Topic("a", "A", TERMS), Topic("b", "B", (Term("phone"),)))))


def score(text: str, topic: str = "a", heads: int = 0) -> float:
    found = SCORER.score(text, heads=[(0, heads)])
    return next((s.score for s in found.article if s.topic == topic), 0.0)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("nothing", 0),
        ("stranger", 0.5),
        ("grooming", 2),
        ("stranger grooming", 2.5),
        ("stranger " * 2, 1),
        ("stranger " * 3, 1.5),
        ("stranger " * 9, 1.5),
    ],
)
def test_points(text: str, points: float) -> None:
    assert score(text) == pytest.approx(points / (points + 2), abs=1e-4)


def test_a_headline_counts_twice_but_not_more_than_the_most() -> None:
    assert score("stranger", heads=8) == score("stranger stranger")
    assert score("stranger " * 5, heads=44) == score("stranger " * 3)


def test_what_fired_and_where() -> None:
    (found,) = SCORER.score("Grooming by a stranger. Grooming!").article
    assert found.fired == (
        Fired("grooming", 2.0, ((0, 8), (24, 32))),
        Fired("stranger", 0.5, ((14, 22),)),
    )
    assert [str(one) for one in found.fired] == ["grooming (+2 × 2)", "stranger (+0.5)"]
    assert found.about


def quoted(text: str, said: str) -> list[tuple[str, bool]]:
    start = text.index(said)
    (quote,) = SCORER.score(text, [[(start, start + len(said))]]).quotes
    return [(found.topic, found.about) for found in quote]


def test_a_weak_word_is_enough_where_the_article_is_about_it() -> None:
    said = "“A stranger”"
    assert quoted(f"Grooming, grooming, grooming! {said}", said) == [("a", True)]
    assert quoted(f"Roses. {said}", said) == [("a", False)]


def test_the_article_alone_is_never_enough() -> None:
    assert quoted("Grooming, grooming, grooming! “We need teeth.”", "“We need teeth.”") == []


def test_a_word_outside_of_the_quotation_is_not_its_own() -> None:
    assert quoted("“My phone,” she said of grooming.", "“My phone,”") == [("b", True)]


def test_a_term_cut_by_the_end_of_a_quotation_is_not_inside() -> None:
    assert quoted("“He was groom”ing", "“He was groom”") == []


def test_topics_come_best_first() -> None:
    found = SCORER.score("phone, grooming, phone, phone, phone")
    assert [one.topic for one in found.article] == ["b", "a"]


def test_nothing_in_nothing() -> None:
    found = SCORER.score("", [[], [(0, 0)]])
    assert (found.article, found.quotes) == ((), ((), ()))
