"""What a misread word may have been: suggested, never applied.

Correcting by dictionary did harm on both English sets of HIPE-OCRepair. A suggestion undoes one
confusion that real engines make (``data/ocr_confusions.json``); digits, names and whatever else
begins with a capital are not touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from newsmine.ingest.survey import NOTHING, Survey
from newsmine.ingest.vocabulary import is_word
from newsmine.types import Span

MOST = 3
"""Suggestions for a word."""

SHORTEST = 4
"""Letters; shorter words are a letter away from too many others."""

_WORD = re.compile(rf"(?<![\w'’-])[a-z]{{{SHORTEST},30}}(?![\w'’-])")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word of the clean text that is none, and what it may have been, likeliest first."""

    span: Span
    word: str
    readings: tuple[str, ...]


def suggest(text: str, survey: Survey = NOTHING) -> Iterator[Suggestion]:
    """Suggestions for the unknown words of a clean text that have any, in order.

    Args:
        text: The clean text.
        survey: The words of its batch are known words too.
    """
    found: dict[str, tuple[str, ...]] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in found:
            found[word] = () if is_word(word, survey.count) else readings(word, survey)
        if found[word]:
            yield Suggestion(match.span(), word, found[word])


def readings(word: str, survey: Survey = NOTHING) -> tuple[str, ...]:
    """The words that one confusion makes into this one, the likeliest confusion first."""
    rates: dict[str, float] = {}
    for read, printed, rate in _confusions():
        for place in _places(word, read):
            reading = word[:place] + printed + word[place + len(read) :]
            if rates.get(reading, 0.0) < rate and _is_known(reading, survey):
                rates[reading] = rate
    return tuple(sorted(rates, key=lambda reading: (-rates[reading], reading))[:MOST])


def misreadings(word: str) -> Iterator[str]:
    """What one confusion makes of a word."""
    for read, printed, _ in _confusions():
        for place in range(len(word)):
            if word.startswith(printed, place):
                yield word[:place] + read + word[place + len(printed) :]


def _places(word: str, read: str) -> Iterator[int]:
    """Where a confusion may have happened; nothing was read where a letter was lost."""
    for place in range(len(word) + (not read)):
        if word.startswith(read, place):
            yield place


def _is_known(reading: str, survey: Survey) -> bool:
    return len(reading) >= SHORTEST - 1 and is_word(reading, survey.count)


@cache
def _confusions() -> tuple[tuple[str, str, float], ...]:
    """What was read, what was printed, how often: between letters, and letters that were lost."""
    path = resources.files("newsmine.data").joinpath("ocr_confusions.json")
    rows = json.loads(path.read_text(encoding="utf-8"))["confusions"]
    return tuple(
        (read, printed, rate)
        for printed, read, rate in rows
        if printed.isalpha() and printed.islower() and (not read or read.isalpha())
    )
