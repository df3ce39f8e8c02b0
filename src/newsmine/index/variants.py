"""What scanning makes of a word, or made it of: ``verfication~`` finds "verification".

Candidates are made by the confusions of real engines (``data/ocr_confusions.json``), at one place
of the word and in both directions; those that the index holds remain, so the list is the index's
own. A known English word is not taken for a misread form of another one: ``age~`` does not find
"ago".
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile

from newsmine.index.database import Database
from newsmine.index.query import phrase_expression
from newsmine.ingest.lexicon import word_list

SHORTEST = 4
"""Letters; of shorter words, too many others are one confusion away."""
MOST = 30
"""Variants of a word, the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A form that is searched too, and in how many rows it or an inflection of it occurs."""

    word: str
    count: int


def variants_of(database: Database, table: str, word: str) -> tuple[Variant, ...]:
    """The variants of a word that are in an index of words, the most frequent first.

    Args:
        database: The index.
        table: The name of the index of words in it.
        word: One word; of one that is too short there are none.
    """
    word = word.casefold()
    if len(word) < SHORTEST:
        return ()
    made = (_variant(database, table, one) for one in _by_stem(word, _candidates(word)))
    found = {variant.word: variant for variant in made if variant}
    return tuple(sorted(found.values(), key=lambda v: (-v.count, v.word))[:MOST])


def misreadings(word: str) -> tuple[str, ...]:
    """What scanning makes of a word, or made it of; of one that is too short, nothing."""
    word = word.casefold()
    return tuple(_candidates(word)) if len(word) >= SHORTEST else ()


def _variant(database: Database, table: str, candidate: str) -> Variant | None:
    """The form in which a candidate is in the index, if it is.

    An index knows stems, and the stem of what is no word may be that of another one: "verifieation"
    is cut to that of "verify". So it is looked up what stands in the texts.
    """
    match = (phrase_expression(candidate),)
    if not database.number(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", match):
        return None
    forms = Counter(_forms(database, table, candidate))
    near = [form for form, _ in forms.most_common() if _is_inflected(candidate, form)]
    if not near:
        return None
    count = database.number(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", match)
    return Variant(near[0], count)


def _forms(database: Database, table: str, candidate: str) -> Iterator[str]:
    """How the words of a candidate's stem are printed in some texts."""
    mark = uuid.uuid4().hex
    match = phrase_expression(candidate)
    for _, text in database.highlighted(table, match, (mark, mark), limit=LOOKED_AT):
        yield from (form.casefold() for form in text.split(mark)[1::2])


def _is_inflected(candidate: str, form: str) -> bool:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(candidate, form)))  # noqa: B905
    return shared > max(len(candidate), len(form)) - LONGEST_ENDING - 1


LOOKED_AT = 20
"""Texts in which it is looked up how a word is printed."""
LONGEST_ENDING = 3
"""Letters in which two inflections of a word may differ at the end: "-s", "-ing"."""


def _candidates(word: str) -> list[str]:
    known = word_list()
    made = dict.fromkeys(_changed(word))
    return [one for one in made if one != word and not (word in known and one in known)]


def _changed(word: str) -> Iterator[str]:
    for old, new in _confusions():
        for place in range(len(word) + (not old)):
            if word.startswith(old, place):
                yield word[:place] + new + word[place + len(old) :]


@cache
def _confusions() -> tuple[tuple[str, str], ...]:
    """Letters for letters, in both directions; one side may be empty."""
    path = files("newsmine.data").joinpath("ocr_confusions.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    pairs = [(printed, read) for printed, read, _ in data["confusions"]]
    pairs += [("", read) for _, read, _ in data["added"]]
    both = [
        (a.lower(), b.lower()) for a, b in pairs if (a + b).isalnum() and a.lower() != b.lower()
    ]
    return tuple(dict.fromkeys([*both, *((b, a) for a, b in both)]))


def _by_stem(word: str, candidates: Iterable[str]) -> list[str]:
    """One candidate for each stem that is not the word's own: the index knows only stems."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(
            """CREATE VIRTUAL TABLE stems USING fts5 (
                word, tokenize = 'porter unicode61 remove_diacritics 2');
            CREATE VIRTUAL TABLE terms USING fts5vocab (stems, instance);"""
        )
        words = [word, *candidates]
        connection.executemany("INSERT INTO stems VALUES (?)", ((one,) for one in words))
        rows = connection.execute("SELECT term, min(doc) FROM terms GROUP BY term ORDER BY 2")
        firsts = [doc - 1 for _, doc in rows]
    finally:
        connection.close()
    return [words[place] for place in firsts if place]
