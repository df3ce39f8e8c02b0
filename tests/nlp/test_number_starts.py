"""Trying patterns only where they can begin finds what trying them everywhere finds."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.numbers.lexicon import read_data
from newsmine.nlp.numbers.starts import Pattern, Patterns, openings
from newsmine.nlp.numbers.traps import _patterns, _together

EXAMPLES = " ".join(entry["example"] for entry in read_data("numbers_traps")["traps"])
Found = list[tuple[int, tuple[int, int]]]


def everywhere(patterns: Sequence[Pattern], text: str) -> Found:
    return sorted((n, m.span()) for n, p in enumerate(patterns) for m in p.finditer(text))


def at_starts(patterns: Patterns, text: str) -> Found:
    return sorted((number, m.span()) for number, m in patterns.find(text, (0, len(text))))


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        (r"(?<!\w)page\s\d", "pP"),
        (r"(?<!\w)(?:act|bill)\s\d", "aAbB"),
        (r"\d{1,2}\s", "0123456789"),
        (r"[+(]?\d", "+(0123456789"),
        (r"(?:no|number)?\s?4", "nN4 \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"),
    ],
)
def test_what_a_pattern_begins_with(pattern: str, first: str) -> None:
    found = {c for one in openings(re.compile(pattern, re.IGNORECASE)) for c in one[0]}
    assert {c for c in found if c.isascii()} <= set(first)
    assert set(first) - set(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f") <= found


def test_the_traps_of_their_examples() -> None:
    patterns = [pattern for pattern, _ in _patterns()]
    assert everywhere(patterns, EXAMPLES)
    assert at_starts(_together()[0], EXAMPLES) == everywhere(patterns, EXAMPLES)


WORDS = sorted(set(EXAMPLES.split()))


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_the_traps_of_shuffled_words(text: str) -> None:
    patterns = [pattern for pattern, _ in _patterns()]
    assert at_starts(_together()[0], text) == everywhere(patterns, text)


@given(st.text(alphabet="aAbk1290 -.,'’é\u212a£%(#@\n", max_size=60))
def test_odd_texts(text: str) -> None:
    # A pattern is tried where a run of digits begins: the lookbehind says so to finditer as well.
    digits = r"(?<![^\W\d_])(?<!\d)\d{1,2}-\d"
    sources = (r"(?<!\w)k\d", digits, r"(?<![\d.])\d+%", r"#\w+", r"(?<!\w)[A-Z]\w?\s\d")
    patterns = [re.compile(source, re.IGNORECASE) for source in sources]
    assert at_starts(Patterns(patterns, {}), text) == everywhere(patterns, text)


def test_what_a_pattern_needs() -> None:
    (pattern,) = patterns = [re.compile(r"\d+%", re.IGNORECASE)]
    needy = Patterns(patterns, {0: ["%"]})
    assert at_starts(needy, "40% of 50%") == [(0, (0, 3)), (0, (7, 10))]
    assert at_starts(needy, "40 of 50") == [] == pattern.findall("40 of 50")


def test_what_traps_need_is_in_their_examples() -> None:
    for entry in read_data("numbers_traps")["traps"]:
        assert any(need in entry["example"].lower() for need in entry.get("needs", [""])), entry


@pytest.mark.parametrize("text", ["5 x 40 and 6  x 7", "x 40", "5\u00a0x 40", "", " "])
def test_patterns_that_begin_with_a_blank_match_as_they_do_alone(text: str) -> None:
    patterns = [re.compile(r"(?<=\d)\sx\s?\d{1,3}"), re.compile(r"(?:\A|\n)\s{0,3}\d\s")]
    found = sorted((n, m.span()) for n, m in Patterns(patterns, {}).find(text, (0, len(text))))
    alone = sorted((n, m.span()) for n, p in enumerate(patterns) for m in p.finditer(text))
    assert found == alone
