"""Rules for names of children and victims: each finds its example, and not the tempting one."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from newsmine.index.withheld_rules import SETS, find
from newsmine.types import Mention
from tests.factories import make_extraction, span_of

RULES: list[dict[str, Any]] = tomllib.loads(
    files("newsmine.data").joinpath("withheld_rules.toml").read_text(encoding="utf-8")
)["rule"]


def names(text: str, *sets: str) -> list[str]:
    return [found.name for found in find(make_extraction(text), sets or SETS)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["example"][:40])
def test_each_rule(rule: dict[str, Any]) -> None:
    assert names(rule["example"], rule["of"]) == [rule["name"]]
    assert names(rule["not"], rule["of"]) == []
    assert rule["of"] in SETS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A 13-year-old girl named Jane Doe was found.", ["Jane Doe"]),
        ("Ian Doe, whose daughter Molly, 14, took her own life, spoke.", ["Molly"]),
        ("Schoolgirl Jane Doe, 15, saw it.", ["Jane Doe"]),
        ("Jane O’Neil (9) saw it.", ["Jane O’Neil"]),
        ("Jane Smith-Doe, aged 12, saw it.", ["Jane Smith-Doe"]),
        ("the murder of 12-year-old\nJane Doe", ["Jane Doe"]),
        ("Ten-year-old Tom McDoe saw it.", []),
        ("A ten-year-old boy called Tom McDoe saw it.", ["Tom McDoe"]),
        ("Sir Keir Doe, 61, said so.", []),
        ("On Monday, 15, children were asked.", []),
        ("In North London, 12 schools closed.", []),
        ("Jane Doe, 14 per cent of whose pupils agreed, spoke.", []),
        ("Jane Doe, 15 years later, spoke.", []),
        ("Jane Doe, 1.5 million followers, spoke.", []),
        ("Ian Doe, the bereaved father, campaigns for a law.", []),
        ("Bereaved father Ian Doe, 54, spoke.", []),
        ("Jane Doe was groomed at 14 and has waived her anonymity.", []),
        ("Jane Doe, 17, who has waived her right to lifelong anonymity, spoke.", []),
        ("He was groomed by Jane Doe.", []),
        ("The victim support charity said so.", []),
        ("", []),
    ],
)
def test_as_texts_mark_them(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_place_is_no_name() -> None:
    text = "Kings Lynn, 12, was the score."
    place = Mention(span_of(text, "Kings Lynn"), "LOC")
    assert find(make_extraction(text, mentions=(place,)), SETS) == ()
    assert names(text) == ["Kings Lynn"]


def test_only_the_rules_that_are_asked_for() -> None:
    text = "Jane Doe, 15, saw it. The victim, Joe Marsh, did not."
    assert names(text, "children") == ["Jane Doe"]
    assert names(text, "victims") == ["Joe Marsh"]
