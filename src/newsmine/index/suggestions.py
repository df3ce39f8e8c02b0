"""Did you mean: names and words that the index holds, for those typed that it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from newsmine.errors import QueryError
from newsmine.index.database import Database
from newsmine.index.directory import key
from newsmine.index.query import phrase_expression
from newsmine.index.query_line import Filter, Item, Words
from newsmine.index.variants import variants_of

ALIKE = 75.0
"""Of 100, by rapidfuzz's ratio: one letter in four may differ."""
MOST = 3

_SOURCES = {
    "org": "SELECT name FROM organisations",
    "speaker": "SELECT DISTINCT name FROM speakers",
    "outlet": "SELECT name FROM outlets",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant by a value that is not in the index, best first."""

    field: str
    typed: str
    offered: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.field} {self.typed!r}: did you mean {' or '.join(map(repr, self.offered))}?"


_NAMED = {"org": "organisation_names", "speaker": "speaker_names", "outlet": "outlet_names"}


def names(database: Database, field: str, typed: str, limit: int) -> tuple[str, ...]:
    """Names in the index with words that begin as typed; shorter ones first.

    Args:
        database: The index.
        field: The field of the query line that takes them; for others there are none.
        typed: What is there of the name; the last word may be a beginning.
        limit: At most so many.
    """
    table = _NAMED.get(field)
    if table is None or not re.search(r"[^\W_]", typed):
        return ()
    sql = f"""SELECT name FROM {table} WHERE {table} MATCH ? GROUP BY name
        ORDER BY length(name), name LIMIT ?"""
    found = database.rows(sql, (phrase_expression(typed) + " *", limit))
    return tuple(row[0] for row in found)


def suggestions(database: Database, words: str, items: Iterable[Item]) -> tuple[Suggestion, ...]:
    """Suggestions for the names and words of some parts of a line.

    Args:
        database: The index.
        words: Its table of the words that the line searches.
        items: The parts that find nothing.
    """
    made = (one for item in items for one in _for_item(database, words, item))
    return tuple(one for one in made if one.offered)


def _for_item(database: Database, words: str, item: Item) -> Iterator[Suggestion]:
    if isinstance(item, Filter):
        if item.name in _SOURCES:
            names = [row[0] for row in database.rows(_SOURCES[item.name])]
            for value in map(str, item.values):
                typed = value.strip('"')
                yield Suggestion(item.name, typed, alike(typed, names))
    else:
        yield from _for_words(database, "article_words" if item.about else words, item)


def _for_words(database: Database, table: str, item: Words) -> Iterator[Suggestion]:
    for term in item.terms:
        for word in (word for text in term.texts for word in re.findall(r"\w+", text)):
            sql = f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1"
            if term.match != "prefix" and not database.number(sql, (f'"{word}"',)):
                found = variants_of(database, table, word)[:MOST]
                yield Suggestion(item.name, word, tuple(variant.word for variant in found))


def unknown(database: Database, field: Literal["org", "speaker"], name: str) -> QueryError:
    """Nobody is called so, and who may be meant."""
    near = " or ".join(map(repr, alike(name, [row[0] for row in database.rows(_SOURCES[field])])))
    remedy = f"Did you mean {near}" if near else f"`newsmine who FILE '' --by {field}` lists them"
    kind = {"org": "organisation", "speaker": "speaker"}[field]
    return QueryError(repr(name[:60]), f"is no {kind} in this index", remedy)


def alike(typed: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names most like what was typed, as a whole or by as many words of them as it has."""
    from rapidfuzz import fuzz, process

    wanted = key(typed)
    size = max(1, len(wanted.split()))
    spans = {span: name for name in reversed(names) for span in _spans(key(name), size)}
    found = process.extract(wanted, list(spans), scorer=fuzz.ratio, limit=40, score_cutoff=ALIKE)
    return tuple(dict.fromkeys(spans[span] for span, _, _ in found))[:MOST]


def _spans(name: str, size: int) -> Iterator[str]:
    """The name, and each stretch of so many words of it."""
    yield name
    words = name.split()
    for start in range(len(words) - size + 1):
        yield " ".join(words[start : start + size])
