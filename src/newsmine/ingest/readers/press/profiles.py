"""What the data file says of each press database's exports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from newsmine.ingest import lexicon
from newsmine.types import ZoneKind

Role = ZoneKind | Literal["text"]
"""A zone's kind, or ``text`` for a landmark where the article's own text begins."""

_NEVER = re.compile("(?!)")


@dataclass(frozen=True)
class Profile:
    """One kind of export; the data file explains the fields."""

    name: str
    title: str
    hints: tuple[str, ...]
    opens: re.Pattern[str] | None
    closes: re.Pattern[str] | None
    order: tuple[str, ...]
    wrapped: bool
    forward: bool
    sections: bool
    label: re.Pattern[str]
    bare: frozenset[str]
    header: Mapping[str, Role]
    tail: Mapping[str, Role]
    aside: re.Pattern[str]
    cover: re.Pattern[str]
    begins: re.Pattern[str]
    requires: frozenset[str]


@cache
def profiles() -> tuple[Profile, ...]:
    """All profiles, in the order in which they are tried."""
    return tuple(_profile(entry) for entry in lexicon.load("profiles")["profile"])


def _profile(entry: Mapping[str, Any]) -> Profile:
    return Profile(
        name=entry["name"],
        title=entry["title"],
        hints=tuple(entry["hints"]),
        opens=re.compile(entry["opens"]) if "opens" in entry else None,
        closes=re.compile(entry["closes"]) if "closes" in entry else None,
        order=tuple(entry["order"]),
        wrapped=entry.get("wrapped", False),
        forward=entry.get("forward", False),
        sections=entry.get("sections", False),
        label=re.compile(entry["label"]),
        bare=frozenset(entry.get("bare", ())),
        header=_roles(entry.get("header", {})),
        tail=_roles(entry.get("tail", {})),
        aside=_pattern(entry, "aside"),
        cover=_pattern(entry, "cover"),
        begins=_pattern(entry, "begins"),
        requires=frozenset(entry.get("requires", ())),
    )


def _pattern(entry: Mapping[str, Any], key: str) -> re.Pattern[str]:
    return re.compile(entry[key]) if key in entry else _NEVER


def _roles(table: Mapping[str, list[str]]) -> dict[str, Role]:
    return {name: role for role, names in table.items() for name in names}  # type: ignore[misc]
