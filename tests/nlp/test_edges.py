"""Where a content may end, on readings that fray."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from newsmine.nlp.edges import BEFORE_JOIN, INSIDE_WORD, MID_CLAUSE, content_edges
from newsmine.nlp.words import paragraph_breaks, word_spans


def leaving(marked: str) -> float:
    """What ending a content at the bar costs."""
    text = marked.replace(" | ", " ").replace("|", "")
    at = marked.index("|")
    spans = word_spans(text)
    found = content_edges(text, spans, breaks=paragraph_breaks(text, spans), begin=1.0)
    word = next(i for i, (start, _) in enumerate(spans) if start >= at)
    return float(found.leave[word])


@pytest.mark.parametrize(
    ("marked", "cost"),
    [
        ("said the ban had led to | a breakdown", MID_CLAUSE),
        ("said the plan was late | and sat down", BEFORE_JOIN),
        ("the plan was late|, she said", 0.0),
        ("“It is late.” | She sat", 0.0),
        ("now draws a 15|-yard penalty", INSIDE_WORD),
        ("now draws a 15-|yard penalty", INSIDE_WORD),
        ("they don|’t agree", INSIDE_WORD),
        ("the plan – | a long one", 0.0),
        ("The plan is late\n\n|She sat", 0.0),
    ],
)
def test_where_a_content_ends(marked: str, cost: float) -> None:
    assert leaving(marked) == cost


def test_a_closing_single_mark_is_no_inside_of_a_word() -> None:
    assert leaving("said it was ‘late|’ and left") == 0.0


@pytest.mark.parametrize("text", ["", "word", "’", "a-"])
def test_next_to_nothing(text: str) -> None:
    spans = word_spans(text)
    found = content_edges(text, spans, breaks=[False] * len(spans), begin=1.0)
    assert len(found.enter) == len(found.leave) == len(spans)


def test_the_list_holds_its_own_examples() -> None:
    data = tomllib.loads(
        resources.files("newsmine.data").joinpath("clauses.toml").read_text("utf-8")
    )
    entry = data["joining"]
    assert leaving(entry["example"]) == BEFORE_JOIN
    assert leaving(entry["not_example"]) == MID_CLAUSE
