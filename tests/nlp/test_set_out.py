"""Letters, statements and poems set out without marks."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from newsmine.nlp.set_out import REASON, with_set_out
from newsmine.types import Attribution, Zone


def rows(text: str, *found: Attribution) -> list[tuple[str, str, str]]:
    """Source, cue and content of what is set out."""
    out = with_set_out(text, found, zones=[Zone((0, len(text)), "body")])
    return [
        (text[slice(*a.source[0])], text[slice(*a.cue[0])], text[slice(*a.content[0])])
        for a in out
        if REASON in a.reasons
    ]


def _groups() -> list[dict[str, Any]]:
    path = resources.files("newsmine.data").joinpath("set_out.toml")
    return list(tomllib.loads(path.read_text("utf-8")).values())


def _examples(key: str) -> list[str]:
    return [example for group in _groups() for example in group[key]]


@pytest.mark.parametrize("example", _examples("examples"))
def test_each_example_of_the_data(example: str) -> None:
    assert [row[2] for row in rows(example.replace(" / ", "\n\n"))] == [example.split(" / ")[1]]


@pytest.mark.parametrize("example", _examples("not_examples"))
def test_each_tempting_example_of_the_data(example: str) -> None:
    assert rows(example.replace(" / ", "\n\n")) == []


def test_who_says_it() -> None:
    text = "It was late. In a letter to all, the head wrote:\n\nPhones stay in the office all day."
    assert rows(text) == [("the head", "wrote", "Phones stay in the office all day.")]


def test_a_poem_has_its_lines() -> None:
    text = "A poem on her wall goes:\n\nLock the door and the gate,\n\nLock it now.\n\nBo Doe died."
    found = with_set_out(text, [], zones=[Zone((0, len(text)), "body")])
    assert [[text[slice(*s)] for s in a.content] for a in found] == [
        ["Lock the door and the gate,", "Lock it now."]
    ]


def test_lead_and_body_are_read_on() -> None:
    text = "A letter to her reads:\n\nDear Ms Roe, no lock can be fitted."
    zones = [Zone((0, 22), "lead"), Zone((24, len(text)), "body")]
    assert len(with_set_out(text, [], zones=zones)) == 1


NOT_SET_OUT = [
    "The letter reads:\n\n“Dear Ms Roe, no lock can be fitted.”",  # its marks say it
    "The report reads:\n\n• Locks are late and dear.\n\n• Nobody wants one.",
    "The letter reads:\n\nToo late.",
    "The letter reads well.\n\nDear Ms Roe, no lock can be fitted.",
    "The letter reads:",
    "",
]


@pytest.mark.parametrize("text", NOT_SET_OUT)
def test_not_set_out(text: str) -> None:
    assert rows(text) == []


def test_what_is_linked_already_stays() -> None:
    text = "The trust said in a statement:\n\nThe firms have had ten years."
    cue, content = text.index("said"), text.index("The firms")
    row = Attribution("a1", "indirect", ((content, len(text)),), cue=((cue, cue + 4),))
    assert with_set_out(text, [row], zones=[Zone((0, len(text)), "body")]) == (row,)


def test_other_zones_are_not_looked_at() -> None:
    text = "The letter reads:\n\nDear Ms Roe, no lock can be fitted."
    assert with_set_out(text, [], zones=[Zone((0, len(text)), "furniture")]) == ()
