"""SQL as the questions are written, in SQLite's words, said in PostgreSQL's.

Both understand nearly all of it. What PostgreSQL says otherwise is listed here, each kind with its
rule; what cannot be said by a rule is a method of the database (``newsmine.index.database``), and
functions that only SQLite has are in ``schema``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from newsmine.index.identity.tables import SPEAKER

Kind = Literal["plain", "known", "ids", "list", "nested", "match", "rank"]
"""A value, or whether there is one; lists in JSON, of ids, of anything, of lists; what is looked
for among words, and how well it fits."""

_SPEAKER = """coalesce(to_jsonb((SELECT identities.label FROM identity_articles AS part
    JOIN identities ON identities.id = part.identity
    WHERE part.speaker = hit.speaker AND part.article = hit.article)), to_jsonb(hit.speaker))"""
"""A label or an id: a column of PostgreSQL has one type, and that of JSON holds both."""

_NAME = r"(?:\w+\.)?\w+"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        # An order of tables is only advice to SQLite's planner.
        (r"\bCROSS JOIN\b", "JOIN"),
        (r" INDEXED BY \w+", ""),
        (r"(?<!IS )\bNOT NULL\b", "IS NOT NULL"),
        (r"\bIN \(\)", "= ANY('{}')"),
        # To SQLite, NULL is the least of all.
        (r"\bDESC\b(?! NULLS)", "DESC NULLS LAST"),
        (rf"({_NAME}) = (\?\d*) COLLATE NOCASE", r"nocase(\1) = nocase(\2)"),
        (rf"({_NAME}) COLLATE NOCASE IN \(", r"nocase(\1) IN (NOCASE:"),
        (rf"({_NAME}) COLLATE NOCASE", r"nocase(\1)"),
        (r"json_group_array\(([^()]+)\)", r"coalesce(json_agg(\1), '[]')::text"),
        (r"\bgroup_concat\(", "string_agg("),
        (r"json_extract\(value, '\$\[(\d)\]'\)", r"(value ->> \1)::bigint"),
        (r"INSERT OR IGNORE INTO ([^;]+)", r"INSERT INTO \1 ON CONFLICT DO NOTHING"),
        (r"SELECT last_insert_rowid\(\)", "SELECT lastval()"),
    )
)
_FOLDED = re.compile(r"NOCASE:([?, ]+)\)")
_PLACES = re.compile(
    r"(?P<unlike>NOT )?IN \(SELECT value FROM json_each\((?P<ids>\?\d*)\)\)"
    r"|json_each\((?P<list>\?\d*)\)(?: AS (?P<alias>\w+))?"
    r"|json_each\((?P<column>\w+\.\w+)\)(?: AS (?P<named>\w+))?"
    r"|(?P<table>\w+) MATCH (?P<match>\?\d*)"
    r"|(?P<rank>(?:\b\w+\.)?\brank\b)"
    r"|(?P<known>\?\d*)(?= IS (?:NOT )?NULL)"
    r"|(?P<plain>\?\d*)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value belongs in a statement: the place of it among the values, and how."""

    kind: Kind
    number: int = -1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, cut where values belong; ``pieces`` are text and places in turn."""

    pieces: tuple[str | Place, ...]
    lists: frozenset[int]

    @property
    def matches(self) -> tuple[Place, ...]:
        """Where it looks for words."""
        return tuple(p for p in self.pieces if isinstance(p, Place) and p.kind == "match")


@lru_cache(maxsize=1024)
def statement(sql: str) -> Statement:
    """Say a statement in PostgreSQL's words."""
    said = sql.replace(SPEAKER, _SPEAKER)
    for pattern, instead in _RULES:
        said = pattern.sub(instead, said)
    said = _FOLDED.sub(lambda found: found[1].replace("?", "nocase(?)") + ")", said)
    pieces: list[str | Place] = []
    lists: set[int] = set()
    end, last = 0, -1
    for found in _PLACES.finditer(said):
        pieces.append(said[end : found.start()])
        end = found.end()
        sign = next(
            (found[g] for g in ("ids", "list", "match", "known", "plain") if found[g]), None
        )
        if sign:
            last = int(sign[1:]) - 1 if sign[1:] else last + 1
        piece = _place(found, last, nested="json_extract(" in sql)
        if isinstance(piece, Place) and piece.kind in ("ids", "list"):
            lists.add(last)
        pieces.append(piece)
    pieces.append(said[end:])
    return Statement(tuple(pieces), frozenset(lists))


def _place(found: re.Match[str], number: int, *, nested: bool) -> Place | str:
    if found["ids"]:
        return Place("ids", number, "<> ALL" if found["unlike"] else "= ANY")
    if found["list"]:
        return Place("nested" if nested else "list", number, found["alias"] or "json_each")
    if found["column"]:
        name = found["named"] or "json_each"
        each = f"json_array_elements_text({found['column']}::json)"
        return f"{each} WITH ORDINALITY AS {name} (value, key)"
    if found["match"]:
        return Place("match", number, found["table"])
    if found["rank"]:
        return Place("rank")
    return Place("known" if found["known"] else "plain", number)


class Values:
    """Values of a statement on their way, each once; numbers them as PostgreSQL does."""

    def __init__(self) -> None:
        self.given: list[Any] = []
        self._known: dict[int, str] = {}

    def __call__(self, value: object) -> str:
        self.given.append(value)
        return f"${len(self.given)}"

    def numbered(self, number: int, value: object) -> str:
        """The sign for the value of a number, the same wherever it stands."""
        if number not in self._known:
            self._known[number] = self(value)
        return self._known[number]


def array(text: object) -> tuple[str | None, str]:
    """A list in JSON as an array of PostgreSQL, and the type of what is in it."""
    if text is None:
        return None, "text"
    values: Sequence[Any] = json.loads(str(text))
    types = {type(value) for value in values if value is not None}
    kind = "text" if str in types else "float8" if float in types else "bigint"
    return "{" + ",".join(map(_element, values)) + "}", kind


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(int(value)) if isinstance(value, bool) else repr(value)


def listed(place: Place, text: object, sign: str) -> str:
    """A list in JSON as a table with the columns ``value`` and ``key``."""
    if place.kind == "nested":
        made = f"json_array_elements({sign}::text::json)"
    else:
        made = f"unnest({sign}::{array(text)[1]}[])"
    return f"{made} WITH ORDINALITY AS {place.text} (value, key)"
