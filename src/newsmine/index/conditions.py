"""The parts of a query line as SQL conditions on ``hit`` (a quote or figure) and ``articles``.

Whatever a user typed is a value of a statement, or a phrase between FTS5's double quotes; only the
names of our own tables and columns become text of a statement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from newsmine.index.database import Database
from newsmine.index.directory import shipped_directory
from newsmine.index.identity.tables import Found, rows_of, with_namesakes
from newsmine.index.query import (
    WHOLE,
    What,
    latest,
    name_expression,
    parents,
    phrase_expression,
    word_expression,
)
from newsmine.index.query_fields import Range, Value
from newsmine.index.query_line import Filter, Term, Words
from newsmine.index.variants import Variant

Condition = tuple[str, tuple[Any, ...]]
"""A piece of SQL and the values for its question marks."""

TABLES: Mapping[What, str] = {"quotes": "attributions", "claims": "claims"}
WORDS: Mapping[What, str] = {"quotes": "quote_words", "claims": "claim_words"}

_LARGEST = Fraction(10) ** 300
_NAMES = {"org": "organisation", "speaker": "speaker"}


def condition_of(database: Database, filter: Filter, what: What) -> Condition:
    """The rows that a filter keeps: one of its values holds, or if it is excluded, none does."""
    made = _OF_CLAIMS.get(filter.name) if what == "claims" else None
    made = made or _CONDITIONS[filter.name]
    parts = [made(database, filter.name, value) for value in filter.values]
    sql = " OR ".join(f"({sql})" for sql, _ in parts)
    values = tuple(value for _, values in parts for value in values)
    # Not NOT: a row without an organisation is not of the excluded one.
    return (f"({sql}) IS NOT TRUE" if filter.excluded else sql), values


def named(database: Database, name: str, value: str) -> Found:
    """The rows of ``organisations`` (``org``) or ``speakers`` whose name fits.

    All names of one who is called so fit (``newsmine.index.identity``); an organisation also fits
    by another whole name that the directory knows. A label finds just the one that it is for.
    ``=`` before the name wants all of it: "=Council" is no "Reading Council".
    """
    table, bare = f"{_NAMES[name]}_names", value.removeprefix(WHOLE)
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ?{_only_whole(value)}"
    found = {int(row[0]) for row in database.rows(sql, _of_names(name, value))}
    others = shipped_directory().other_names(bare) if name == "org" else ()
    if others:
        sql = f"SELECT id FROM organisations WHERE name COLLATE NOCASE IN ({_marks(others)})"
        found |= {int(row[0]) for row in database.rows(sql, others)}
    return with_namesakes(database, _NAMES[name], found, bare)


def outlets(value: str) -> Condition:
    """Names of outlets that fit, as a query; ``=`` before the name wants all of it."""
    names = f"SELECT name FROM outlet_names WHERE outlet_names MATCH ?{_only_whole(value)}"
    return names, _of_names("outlet", value)


def _only_whole(value: str) -> str:
    return " AND name COLLATE NOCASE IN (?, ?)" if value.startswith(WHOLE) else ""


def _of_names(field: str, value: str) -> tuple[str, ...]:
    """The values for the words of a name, and for all of it where that is wanted.

    A name may begin with the sign itself: what scanning makes of a dash.
    """
    bare = value.removeprefix(WHOLE).strip()
    return (name_expression(field, bare), *([bare, value] if value.startswith(WHOLE) else []))


def listed(column: str, ids: Iterable[int]) -> Condition:
    """Rows with one of these ids."""
    return f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _of_name(database: Database, name: str, value: Value) -> Condition:
    return rows_of(f"hit.{_NAMES[name]}", "hit.article", named(database, name, str_of(value)))


def _of_outlet(database: Database, name: str, value: Value) -> Condition:
    names, values = outlets(str_of(value))
    return f"articles.outlet IN ({names})", values


def _of_words(column: str) -> Callable[[Database, str, Value], Condition]:
    """Whole words one after the other, in any ASCII case, in a column without an index of words."""

    def condition(database: Database, name: str, value: Value) -> Condition:
        plain = f"lower({column})"
        for sign in _SIGNS:
            plain = f"replace({plain}, '{sign}', ' ')"
        plain = f"replace(replace({plain}, '  ', ' '), '  ', ' ')"
        wanted = re.sub("[" + re.escape("".join(_SIGNS)) + r"\s]+", " ", str_of(value))
        wanted = re.sub("[A-Z]", lambda letter: letter[0].lower(), wanted.strip())
        return f"instr(' ' || {plain} || ' ', ?) > 0", (f" {wanted} ",)

    return condition


_SIGNS = (",", ".", ";", ":", "-", "/", "(", ")", "’", "&", "“", "”")


def _of_counted(database: Database, name: str, value: Value) -> Condition:
    ids = "SELECT rowid FROM counted_words WHERE counted_words MATCH ?"
    return f"hit.id IN ({ids})", (word_expression(name, str_of(value)),)


def _equal(column: str) -> Callable[[Database, str, Value], Condition]:
    return lambda database, name, value: (f"{column} = ?", (str_of(value),))


def _since(database: Database, name: str, value: Value) -> Condition:
    return published_since(str_of(value))


def _until(database: Database, name: str, value: Value) -> Condition:
    return "articles.published <= ?", (latest(str_of(value)),)


def published_since(date: str) -> Condition:
    """Articles of that day or later, or of a wider date that may be."""
    wider = parents(date)
    either = f"articles.published >= ? OR articles.published IN ({_marks(wider)})"
    # The first part says nothing new, but lets SQLite use the index of dates.
    return f"articles.published >= ? AND ({either})", ((*wider, date)[0], date, *wider)


def _year(database: Database, name: str, value: Value) -> Condition:
    assert isinstance(value, Range)
    parts: list[Condition] = []
    if value.low is not None:
        parts.append(published_since(str(value.low)))
    if value.high is not None:
        parts.append(("articles.published <= ?", (latest(str(value.high)),)))
    return all_of(parts)


def _number(low: str, high: str) -> Callable[[Database, str, Value], Condition]:
    def condition(database: Database, name: str, value: Value) -> Condition:
        assert isinstance(value, Range)
        equals = "=" * value.closed
        parts: list[Condition] = []
        if value.low is not None:
            parts.append((f"{low} >{equals} ?", (_real(value.low),)))
        if value.high is not None:
            parts.append((f"{high} <{equals} ?", (_real(value.high),)))
        return all_of(parts)

    return condition


def _real(number: Fraction) -> float:
    return float(max(-_LARGEST, min(number, _LARGEST)))


def all_of(parts: Sequence[Condition]) -> Condition:
    """The rows that all of these keep; every row, where there are none."""
    sql = " AND ".join(f"({sql})" for sql, _ in parts) or "TRUE"
    return sql, tuple(value for _, values in parts for value in values)


def str_of(value: Value) -> str:
    """The text of a value that is one."""
    assert not isinstance(value, Range)
    return value.text


def _checked(database: Database, name: str, value: Value) -> Condition:
    if str_of(value) == "no":
        return "hit.checked IS NULL", ()
    return "hit.checked = ?", (str_of(value),)


def _topic(database: Database, name: str, value: Value) -> Condition:
    from newsmine.index.topics.stored import known_topic

    topic = known_topic(database, str_of(value))
    return "instr(hit.topics, ?) > 0", (f'"{topic}"',)


def _printed(database: Database, name: str, value: Value) -> Condition:
    # 1.0: a bound may lie between two numbers, and a server is strict about types.
    if isinstance(value, Range) and (value.low or 0) + (not value.closed) > 1:
        # An index lists them: a row for each quote was most of the time that it took.
        sql, values = _number("1.0 * printed", "1.0 * printed")(database, name, value)
        return f"hit.id IN (SELECT quote FROM prints WHERE printed > 1 AND {sql})", values
    if isinstance(value, Range):
        often = "1.0 * coalesce((SELECT printed FROM prints WHERE quote = hit.id), 1)"
        return _number(often, often)(database, name, value)
    return "coalesce((SELECT place FROM prints WHERE quote = hit.id), 0) <= 0", ()


def _of_wire(database: Database, name: str, value: Value) -> Condition:
    articles, wanted = "hit.article IN (SELECT article FROM copies WHERE ", str_of(value)
    if wanted == "first":
        return f"{articles} kind NOT NULL AND place = 0)", ()
    if wanted == "copy":
        return f"{articles} kind NOT NULL AND place > 0)", ()
    return f"{articles} kind = ? AND place > 0)", (wanted,)


def _kind_of_quote(database: Database, name: str, value: Value) -> Condition:
    """Figures in quotes of that kind."""
    quotes = "SELECT 1 FROM attributions AS said WHERE said.kind = ? AND said.article = hit.article"
    return f"EXISTS ({quotes} AND said.attribution = hit.attribution)", (str_of(value),)


_OF_CLAIMS: Mapping[str, Callable[[Database, str, Value], Condition]] = {"kind": _kind_of_quote}
"""What means something else of figures."""
_CONDITIONS: Mapping[str, Callable[[Database, str, Value], Condition]] = {
    "checked": _checked,
    "topic": _topic,
    "org": _of_name,
    "speaker": _of_name,
    "outlet": _of_outlet,
    "role": _of_words("hit.role"),
    "unit": _of_words("hit.unit"),
    "type": _equal("hit.speaker_type"),
    "kind": _equal("hit.kind"),
    "form": _equal("hit.form"),
    "counted": _of_counted,
    "year": _year,
    "since": _since,
    "until": _until,
    "confidence": _number("hit.confidence", "hit.confidence"),
    "printed": _printed,
    "wire": _of_wire,
    # "Dozens" has no value, only bounds: it passes if they lie within.
    "claim": _number("coalesce(hit.value, hit.low)", "coalesce(hit.value, hit.high)"),
}

Expand = Callable[[str], tuple[Variant, ...]]
"""Gives the variants of a word."""


def match_expression(items: Sequence[Words], expand: Expand) -> str | None:
    """The FTS5 expression that finds what all of these ask for; None if they ask for nothing."""
    wanted = [_any_of(item.terms, expand) for item in items if not item.excluded]
    return " AND ".join(wanted) or None


def excluded_expression(items: Sequence[Words], expand: Expand) -> str | None:
    """The FTS5 expression that finds what must not be found; None if nothing is excluded."""
    terms = [term for item in items if item.excluded for term in item.terms]
    return _any_of(terms, expand) if terms else None


def _any_of(terms: Sequence[Term], expand: Expand) -> str:
    return f"({' OR '.join(_term(term, expand) for term in terms)})"


def _term(term: Term, expand: Expand) -> str:
    phrases = [phrase_expression(text.replace("\0", " ")) for text in term.texts]
    if term.match == "near":
        return f"NEAR({' '.join(phrases)}, {term.between})"
    if term.match == "variants":
        phrases += [phrase_expression(variant.word) for variant in expand(term.texts[0])]
    return " OR ".join(phrases) + " *" * (term.match == "prefix")
