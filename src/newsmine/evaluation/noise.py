"""Scanning noise: characters confused as often as real engines confuse them.

The rates are in ``data/ocr_confusions.json``, counted in pairs of OCR and transcription of British
newspapers (``benchmarks/confusions.py``): what was printed, what was read (empty where it was
lost), and at which share of its places; likewise what was read though nothing was printed, by what
stands before and behind: specks lie at the edges of words, seldom inside them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from random import Random

from newsmine.ingest.alignment import AlignedText, Replacement

Table = Mapping[str, tuple[tuple[str, float], ...]]
"""For what was printed, what is read instead and at which rate."""

_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_LONGEST = 2


@cache
def _tables() -> tuple[Table, Table]:
    """The shipped rates: of what was printed, and of what is added between what."""
    path = resources.files("newsmine.data").joinpath("ocr_confusions.json")
    data = json.loads(path.read_text("utf-8"))
    confused, added = (_grouped(data[name]) for name in ("confusions", "added"))
    return confused, added


def _grouped(rows: Iterable[tuple[str, str, float]]) -> Table:
    table: dict[str, tuple[tuple[str, float], ...]] = {}
    for printed, read, rate in rows:
        table[printed] = (*table.get(printed, ()), (read, rate))
    return table


def between(text: str, place: int) -> str:
    """What stands before and behind a place: ``a`` a letter or digit, a space, or a stop."""
    return _class(text[place - 1 : place] if place else "") + _class(text[place : place + 1])


def _class(character: str) -> str:
    if not character or character.isspace():
        return " "
    return "a" if character.isalnum() else "."


def scanned(share: float) -> Callable[[str, Random], AlignedText]:
    """A change that confuses this share of a text's characters.

    Where it happens depends on the letters: a comma or an ``h`` goes wrong more often than a ``p``.
    """

    def change(text: str, random: Random) -> AlignedText:
        return _confuse(text, share, random)

    return change


def _confuse(text: str, share: float, random: Random) -> AlignedText:
    choices = [_choices(text, place) for place in range(len(text))]
    total = sum(rate for found in choices for _, _, rate in found)
    scale = share * len(text) / total if total else 0.0
    out, free = [], 0
    for place, found in enumerate(choices):
        # Drawn for every place, so that the noise of a text's end does not hang on its beginning.
        chance = random.random() / scale if scale else 1.0
        for size, read, rate in found:
            chance -= rate
            if chance < 0:
                if place >= free:
                    out.append(Replacement(place, place + size, read, "scanning noise"))
                    free = place + max(size, 1)
                break
    return AlignedText.of(text).replace(out)


def _choices(text: str, place: int) -> list[tuple[int, str, float]]:
    """What can go wrong at a place: so many characters, read as that, at this rate.

    Line breaks stay: the layout has changes of its own.
    """
    if text[place].isspace() and text[place] != " ":
        return []
    plain = text[place : place + _LONGEST].translate(_STRAIGHT)
    confused, added = _tables()
    return [
        *((0, read, rate) for read, rate in added.get(between(text, place), ())),
        *(
            (size, read, rate)
            for size in range(1, len(plain) + 1)
            for read, rate in confused.get(plain[:size], ())
        ),
    ]
