"""The dictionary of topics: what a TOML file says, checked. ``data/topics.toml`` is shipped.

A topic has terms with weights. Words are compared as ``words`` says; ``*`` at a word's end is any
ending, ``=`` before a word asks for just this form. A term written apart ("cyber bullying") is also
found joined and hyphenated. A term may ask for contexts nearby (``needs``, each must occur) or be
turned down by one (``unless``); a context is a named list of words.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from newsmine.errors import QueryError

NEAR, AWAY = 60, 12
"""Words on either side in which a context is looked for, where the file says nothing: one that is
needed within a few paragraphs, one that turns down within the sentence."""
ENOUGH = 2.0
"""Points at which an article's score is a half, where the topic says nothing."""
MOST = 1000
"""A weight, or words of a context, at most."""
_REMEDY = "`newsmine topics dictionary` prints the shipped one, to copy from"
_NAME = "abcdefghijklmnopqrstuvwxyz0123456789-"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase. ``near`` and ``away`` are words on either side; None is the file's.

    ``example`` is a text in which it counts; it does not in those of ``refused`` (``not``).
    """

    text: str
    weight: float = 1.0
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    near: int | None = None
    away: int | None = None
    example: str | None = None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic. Terms of one that is ``part_of`` another count for that one as well.

    ``needs`` is asked of all terms that count for it; ``enough`` points make a score of a half.
    """

    name: str
    title: str
    terms: tuple[Term, ...] = ()
    part_of: str | None = None
    needs: tuple[str, ...] = ()
    enough: float = ENOUGH


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Topics and contexts; ``text`` is the TOML that they were read from."""

    topics: tuple[Topic, ...]
    contexts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: int = NEAR
    away: int = AWAY
    text: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of all that counts: comments and examples do not."""
        topics = [
            [t.name, t.title, t.part_of, t.needs, t.enough, [_counting(term) for term in t.terms]]
            for t in self.topics
        ]
        content = json.dumps([topics, dict(self.contexts), self.near, self.away])
        return hashlib.sha256(content.encode()).hexdigest()


def _counting(term: Term) -> list[object]:
    return [term.text, term.weight, term.needs, term.unless, term.near, term.away]


@cache
def shipped_dictionary() -> Dictionary:
    """The dictionary that comes with newsmine."""
    return parse_dictionary("topics.toml", shipped_text())


def shipped_text() -> str:
    """Its file, to start one's own from."""
    return files("newsmine.data").joinpath("topics.toml").read_text(encoding="utf-8")


def load_dictionary(path: Path) -> Dictionary:
    """A user's dictionary; it takes the place of the shipped one.

    Raises:
        QueryError: It cannot be read, or an entry is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(path, f"cannot be read ({error.strerror})", "Check the name") from error
    except UnicodeDecodeError as error:
        raise QueryError(path, "is no UTF-8 text", "Save it as UTF-8") from error
    return parse_dictionary(str(path), text)


def parse_dictionary(name: str, text: str) -> Dictionary:
    """A dictionary out of its TOML; ``name`` is what errors call it.

    Raises:
        QueryError: It is no TOML, or an entry is wrong.
    """
    try:
        record = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise QueryError(name, f"is no TOML: {error}", _REMEDY) from error
    reader = _Reader(name, record.get("contexts", {}))
    topics = tuple(reader.topics(record.get("topics")))
    near, away = (reader.number(name, record, key, default) for key, default in _WINDOWS)
    return Dictionary(topics, reader.words(), int(near), int(away), text)


_WINDOWS = (("near", NEAR), ("away", AWAY))
_TOPIC_KEYS = frozenset(("name", "title", "terms", "part_of", "needs", "enough"))
_TERM_KEYS = frozenset(("term", "weight", "needs", "unless", "near", "away", "example", "not"))


class _Reader:
    """Checks entries; each error names the entry."""

    def __init__(self, name: str, contexts: Any) -> None:
        self._name, self._contexts = name, contexts
        if not isinstance(contexts, dict):
            raise QueryError(name, "has contexts that are no lists of words", _REMEDY)

    def words(self) -> dict[str, tuple[str, ...]]:
        where = f"{self._name}, contexts"
        return {name: self.texts(where, words) for name, words in self._contexts.items()}

    def topics(self, entries: Any) -> Iterator[Topic]:
        if not isinstance(entries, list) or not entries:
            raise QueryError(self._name, "has no list called topics", _REMEDY)
        names = [entry.get("name") for entry in entries if isinstance(entry, dict)]
        for number, entry in enumerate(entries, 1):
            where = f"{self._name}, topic {number}"
            self._check(where, entry, {"name", "title"}, _TOPIC_KEYS)
            if names.count(entry["name"]) > 1:
                raise QueryError(where, f"is a second {entry['name']!r}", "Put them together")
            parent = entry.get("part_of")
            if parent is not None and (parent not in names or parent == entry["name"]):
                raise QueryError(where, f"is part of no topic {parent!r}", _REMEDY)
            yield self._topic(where, entry)

    def _topic(self, where: str, entry: Mapping[str, Any]) -> Topic:
        name = self.text(where, entry["name"])
        if set(name) - set(_NAME):
            remedy = "Write it in small letters, digits and hyphens, as in age-assurance"
            raise QueryError(where, f"is called {name!r}", remedy)
        terms = entry.get("terms", [])
        if not isinstance(terms, list):
            raise QueryError(where, "has terms that are no list", _REMEDY)
        return Topic(
            name=name,
            title=self.text(where, entry["title"]),
            terms=tuple(self._term(f"{where}, term {n}", t) for n, t in enumerate(terms, 1)),
            part_of=entry.get("part_of"),
            needs=self._known(where, entry.get("needs", [])),
            enough=self.number(where, entry, "enough", ENOUGH),
        )

    def _term(self, where: str, entry: Any) -> Term:
        entry = {"term": entry} if isinstance(entry, str) else entry
        self._check(where, entry, {"term"}, _TERM_KEYS)
        windows = (
            int(self.number(where, entry, k, 0)) if k in entry else None for k, _ in _WINDOWS
        )
        near, away = windows
        return Term(
            text=self.text(where, entry["term"]),
            weight=self.number(where, entry, "weight", 1.0),
            needs=self._known(where, entry.get("needs", [])),
            unless=self._known(where, entry.get("unless", [])),
            near=near,
            away=away,
            example=entry.get("example"),
            refused=self.texts(where, entry.get("not", [])),
        )

    def _check(self, where: str, entry: Any, required: set[str], known: frozenset[str]) -> None:
        if not isinstance(entry, dict) or not entry.keys() >= required:
            raise QueryError(where, f"needs {' and '.join(sorted(required))}", _REMEDY)
        if unknown := entry.keys() - known:
            raise QueryError(where, f"has an unknown field {min(unknown)!r}", _REMEDY)

    def _known(self, where: str, names: Any) -> tuple[str, ...]:
        texts = self.texts(where, names)
        for name in texts:
            if name not in self._contexts:
                raise QueryError(where, f"asks for an unknown context {name!r}", _REMEDY)
        return texts

    def text(self, where: str, value: Any) -> str:
        if not isinstance(value, str) or not any(map(str.isalnum, value)):
            raise QueryError(where, f"has {value!r} where a word should be", _REMEDY)
        return value

    def texts(self, where: str, values: Any) -> tuple[str, ...]:
        if not isinstance(values, Sequence) or isinstance(values, str):
            raise QueryError(where, f"has {values!r} where a list should be", _REMEDY)
        return tuple(self.text(where, value) for value in values)

    def number(self, where: str, entry: Mapping[str, Any], key: str, default: float) -> float:
        value = entry.get(key, default)
        right = isinstance(value, int | float) and not isinstance(value, bool)
        if not right or (key in entry and not 0 < value <= MOST):
            raise QueryError(where, f"has {value!r} as {key}", f"Give a number up to {MOST:,}")
        return float(value)
