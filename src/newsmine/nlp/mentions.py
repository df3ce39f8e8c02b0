"""Names out of the encoder's scores, with their ends put right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import cast

from newsmine.nlp.decoding import segments
from newsmine.nlp.encoder import Reading
from newsmine.nlp.labels import ENTITY_LABELS
from newsmine.types import Mention, MentionLabel


def find_mentions(text: str, reading: Reading, *, breaks: Sequence[bool]) -> list[Mention]:
    """The names of people, organisations and places in a text, in order.

    A name ends at its paragraph's end, begins and ends with a letter or digit, and keeps a full
    stop only after an abbreviation ("Acme Inc.", "the U.S.").

    Args:
        text: The clean text.
        reading: What the encoder said of its words.
        breaks: For each word whether a paragraph starts with it.
    """
    out = []
    for segment in segments(reading.entities, ENTITY_LABELS):
        for words in _by_paragraph(range(segment.start, segment.end), breaks):
            inner = _without_marks(text, reading, words)
            if inner:
                span = (reading.spans[inner[0]][0], reading.spans[inner[-1]][1])
                out.append(Mention(span, cast(MentionLabel, segment.label)))
    return out


def _by_paragraph(words: range, breaks: Sequence[bool]) -> Iterator[range]:
    start = words.start
    for word in words[1:]:
        if breaks[word]:
            yield range(start, word)
            start = word
    yield range(start, words.stop)


def _without_marks(text: str, reading: Reading, words: range) -> range:
    start, stop = words.start, words.stop
    while start < stop and not text[reading.spans[start][0]].isalnum():
        start += 1
    while start < stop and not text[reading.spans[stop - 1][0]].isalnum():
        if _ends_abbreviation(text, reading, stop - 1, first=start):
            break
        stop -= 1
    return range(start, stop)


def _ends_abbreviation(text: str, reading: Reading, word: int, *, first: int) -> bool:
    if word == first or text[slice(*reading.spans[word])] != ".":
        return False
    before = text[slice(*reading.spans[word - 1])]
    return (len(before) == 1 and before.isupper()) or before.lower() in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    data = resources.files("newsmine.data").joinpath("abbreviations.toml").read_text("utf-8")
    return frozenset(entry["word"] for entry in tomllib.loads(data)["abbreviation"])
