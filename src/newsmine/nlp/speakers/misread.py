"""What scanning makes of words: the confusions that real engines make, letter by letter.

The pairs are those of ``data/ocr_confusions.json`` (counted in OCR and transcription of British
newspapers), without case and without digits: a digit in a name may be a number.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from functools import cache
from importlib import resources

_LONG = 8
"""Letters from which a word may be misread at two places."""


@cache
def _reads() -> Mapping[str, frozenset[str]]:
    """For each printed letter what is read instead; for nothing, the letters that are added."""
    path = resources.files("newsmine.data").joinpath("ocr_confusions.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    pairs = [(printed, read) for printed, read, _ in data["confusions"]]
    pairs += [("", read) for _, read, _ in data["added"]]
    table: dict[str, set[str]] = {}
    for printed, read in pairs:
        if (printed + read).isalpha() and printed.lower() != read.lower():
            table.setdefault(printed.lower(), set()).add(read.lower())
    return {printed: frozenset(reads) for printed, reads in table.items()}


def misreadings(printed: str, read: str, *, most: int = 1) -> int | None:
    """At how many places scanning must fail to read ``printed`` as ``read``.

    Args:
        printed: A word in small letters.
        read: Another one.
        most: So many places are looked for.

    Returns:
        0 for the same word; None where confusions of so few places do not lead to it.
    """
    table, places = _reads(), {(0, 0)}
    for count in range(most + 1):
        reached = {step for place in places for step in _along(printed, read, *place)}
        if (len(printed), len(read)) in reached:
            return count
        places = {
            (i + size, j + len(new))
            for i, j in reached
            for size in (0, 1)
            if i + size <= len(printed)
            for new in table.get(printed[i : i + size], ())
            if read.startswith(new, j)
        }
    return None


@cache
def _prints() -> Mapping[str, frozenset[str]]:
    """The other way: for each that is read what can have been printed."""
    table: dict[str, set[str]] = {}
    for printed, reads in _reads().items():
        for read in reads:
            table.setdefault(read, set()).add(printed)
    return {read: frozenset(printed) for read, printed in table.items()}


def origins(read: str, words: Set[str]) -> set[str]:
    """The words that one mistake makes the word in small letters of."""
    table = _prints()
    forms = (
        read[:i] + printed + read[i + size :]
        for i in range(len(read) + 1)
        for size in range(min(2, len(read) - i) + 1)
        for printed in table.get(read[i : i + size], ())
    )
    return {form for form in forms if form in words and form != read}


def _along(printed: str, read: str, i: int, j: int) -> list[tuple[int, int]]:
    """The places that are reached without a mistake."""
    found = [(i, j)]
    while i < len(printed) and j < len(read) and printed[i] == read[j]:
        i, j = i + 1, j + 1
        found.append((i, j))
    return found


def alike(one: str, other: str, *, most: int = 2) -> bool:
    """Whether two words in small letters can be one, read twice.

    They differ by one mistake, or by up to ``most`` from eight letters up.
    """
    most = most if min(len(one), len(other)) >= _LONG else 1
    if abs(len(one) - len(other)) > most:
        return False
    there = misreadings(one, other, most=most)
    return there is not None or misreadings(other, one, most=most) is not None
