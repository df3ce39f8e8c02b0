"""Names and where they end, on readings built by hand."""

from __future__ import annotations

import tomllib
from importlib import resources

import numpy as np
import pytest

from newsmine.nlp.labels import ENTITY_LABELS
from newsmine.nlp.mentions import find_mentions
from newsmine.nlp.words import paragraph_breaks
from tests.nlp.readings import reading_of


def names(text: str, *tagged: str, label: str = "ORG") -> list[str]:
    """What comes out when the encoder has tagged some stretches of a text."""
    reading = reading_of(text)
    entities = np.full((len(reading.spans), len(ENTITY_LABELS)), -8.0, dtype=np.float32)
    entities[:, 0] = -0.01
    begin = ENTITY_LABELS.index(f"B-{label}")
    for name in tagged:
        start = text.index(name)
        inside = [i for i, (s, _) in enumerate(reading.spans) if start <= s < start + len(name)]
        for k, i in enumerate(inside):
            entities[i] = -8.0
            entities[i, begin + (k > 0)] = -0.01
    reading = type(reading)(reading.spans, reading.roles, entities, reading.pointers)
    breaks = paragraph_breaks(text, reading.spans)
    return [text[slice(*m.span)] for m in find_mentions(text, reading, breaks=breaks)]


def test_a_name_is_kept_as_it_is() -> None:
    assert names("The Larch Trust said so.", "Larch Trust") == ["Larch Trust"]


def test_the_sentences_stop_is_no_part_of_a_name() -> None:
    assert names("So said the Larch Trust.", "Larch Trust.") == ["Larch Trust"]


def test_a_name_ends_with_its_paragraph() -> None:
    assert names("Ann Roe\n\nMarl said so.", "Ann Roe\n\nMarl", label="PERSON") == [
        "Ann Roe",
        "Marl",
    ]


def test_initials_keep_their_stop() -> None:
    assert names("It is made in the U.S. alone.", "U.S.", label="LOC") == ["U.S."]


def test_marks_alone_are_no_name() -> None:
    assert names("So – it is late.", "–") == []


def _entries() -> list[dict[str, str]]:
    path = resources.files("newsmine.data").joinpath("abbreviations.toml")
    return tomllib.loads(path.read_text("utf-8"))["abbreviation"]


@pytest.mark.parametrize("entry", _entries(), ids=lambda entry: entry["word"])
def test_each_abbreviation_keeps_its_stop(entry: dict[str, str]) -> None:
    assert names(f"It is {entry['example']}", entry["example"]) == [entry["example"]]
    if "not_example" in entry:
        kept = entry["not_example"].rstrip(".")
        assert names(f"It is {entry['not_example']}", entry["not_example"]) == [kept]
