"""Quotations as words: what printing changes is gone, what is said is left."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.index.clusters.words import (
    covered,
    fragments_of,
    is_stock,
    key_of,
    marks_of,
    rows_of,
    stock_entries,
    words_of,
)

WORDS = st.lists(st.sampled_from([f"w{number}" for number in range(13)]), max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Nobody counts the rest,”", "'Nobody counts the rest'"),
        ("don’t count on it", "Don't count on it."),
        ("self-made checks", "self made checks"),
        ("ﬁrst ﬂoor", "first floor"),
        ("of 10,000 reports", "OF 10,000 REPORTS"),
    ],
)
def test_printing_does_not_count(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)
    assert key_of(words_of(one)) == key_of(words_of(other))


@pytest.mark.parametrize(("one", "other"), [("1,200 calls", "1,300 calls"), ("can", "cannot")])
def test_what_is_said_counts(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)


def test_no_words() -> None:
    assert words_of("“…” — *") == ()
    assert covered((), rows_of(words_of("a b c"))) == 0
    assert marks_of((), 3) == frozenset()


@pytest.mark.parametrize(
    ("quote", "fragments"),
    [
        ("the law was “a duty of care” at last", ["a duty of care"]),
        ("the law was ‘a firm’s duty’, and “long overdue", ["a firms duty", "long overdue"]),
        pytest.param(
            "it was ‘the firms’ duty’",
            ["the firms duty"],
            marks=pytest.mark.xfail(strict=True, reason="a plural's apostrophe closes"),
        ),
        ("the law, he said, doesn’t hold and won’t", []),
    ],
)
def test_fragments(quote: str, fragments: list[str]) -> None:
    assert [" ".join(words) for words in fragments_of(quote)] == fragments


def test_an_ellipsis_costs_nothing() -> None:
    whole = words_of("We asked the firms for years to count the reports and they never did it")
    cut = words_of("We asked the firms … to count the reports … they never did it")
    assert covered(cut, rows_of(whole)) == 1
    assert covered(words_of("years of reports never asked the firms"), rows_of(whole)) < 0.5


@given(WORDS, WORDS, WORDS)
def test_a_long_run_in_common_is_found(before: list[str], run: list[str], after: list[str]) -> None:
    if len(run) >= 6:
        assert marks_of(run, 3) & marks_of([*before, *run, *after], 3)


def test_marks_are_few() -> None:
    chance = random.Random(1)
    words = [str(chance.random()) for _ in range(1000)]
    assert len(marks_of(words, 16)) < 150


@pytest.mark.parametrize("entry", list(stock_entries()), ids=lambda entry: entry["example"])
def test_stock_phrases(entry: dict[str, str]) -> None:
    assert is_stock(words_of(entry["example"]))
    assert not is_stock(words_of(entry["but_not"]))
