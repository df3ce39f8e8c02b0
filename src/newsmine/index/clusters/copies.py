"""Articles of an index that are one text: found by fingerprints, judged by all rows of words.

What makes two articles one text is as in ``newsmine.ingest.duplicates``; that module compares all
articles of one run in memory, this one what is new or changed with all that the file holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial

from newsmine.index.clusters.batches import in_batches
from newsmine.index.clusters.fingerprints import enter_marks, sharing, take_marked
from newsmine.index.clusters.groups import in_order, joined
from newsmine.index.clusters.words import marks_of, words_of
from newsmine.index.database import Database
from newsmine.ingest.alignment import identity
from newsmine.ingest.duplicates import FEWEST_ROWS, SHARED, kind_of, rows_of, story_of
from newsmine.types import Article, Zone

AT_ONCE = 50
"""Articles in a transaction."""

_KEPT = 1024
"""Articles whose rows are kept at hand: each is compared with many others."""
_WINDOW = 16
"""Of neighbouring rows: a paragraph in common, some 20 words, is always found."""
_CANDIDATES, _FEWEST = 12, 2
"""Most articles compared; fewest fingerprints that these share."""


_UNSEEN = """SELECT number FROM articles LEFT JOIN copies ON copies.article = number
    WHERE number > ? AND copies.text IS NULL ORDER BY number LIMIT ?"""


def update(database: Database) -> int:
    """Link and group the articles that are new or changed; how many there were."""
    rows_in = lru_cache(maxsize=_KEPT)(lambda number: rows_of(_story(database, number)))
    return in_batches(database, _UNSEEN, AT_ONCE, partial(_take, rows_in=rows_in))


def remark(database: Database) -> None:
    """Make the fingerprints anew from what the articles say now, in a transaction."""
    for number in take_marked(database, "article_marks"):
        enter_marks(database, "article_marks", number, _marks(database, number))


def _marks(database: Database, number: int) -> frozenset[int]:
    return marks_of(words_of(_story(database, number)), _WINDOW)


def _take(
    database: Database, numbers: Sequence[int], *, rows_in: Callable[[int], frozenset[int]]
) -> None:
    for number in numbers:
        sql = """INSERT INTO copies (article, text) VALUES (?1, ?1) ON CONFLICT (article)
            DO UPDATE SET text = copies.article, kind = NULL, prints = 1, place = 0"""
        database.execute(sql, (number,))
        rows = rows_in(number)
        if len(rows) < FEWEST_ROWS:
            continue
        marks = _marks(database, number)
        for other in _candidates(database, number, marks):
            there = rows_in(other)
            shared = len(rows & there) / max(1, min(len(rows), len(there)))
            if shared >= SHARED and len(there) >= FEWEST_ROWS:
                link = (*sorted((number, other)), shared, rows == there)
                database.execute(_LINK, link)
        enter_marks(database, "article_marks", number, marks)
    _regroup(database, numbers)


_LINK = """INSERT INTO copy_links (a, b, shared, equal) VALUES (?, ?, ?, ?)
    ON CONFLICT (a, b) DO UPDATE SET shared = excluded.shared, equal = excluded.equal"""


def _story(database: Database, number: int) -> str:
    row = database.row("SELECT text, zones FROM articles WHERE number = ?", (number,))
    if row is None:
        return ""
    zones = tuple(Zone((start, end), kind) for start, end, kind in json.loads(row["zones"]))
    text = row["text"]
    return story_of(Article(id="", path="", text=text, alignment=identity(len(text)), zones=zones))


def _candidates(database: Database, number: int, marks: frozenset[int]) -> list[int]:
    counts = sharing(database, "article_marks", marks, number)
    fewest = min(_FEWEST, len(marks))
    near = [other for other, shared in counts.items() if shared >= fewest]
    return sorted(near, key=lambda other: (-counts[other], other))[:_CANDIDATES]


def _regroup(database: Database, numbers: Iterable[int]) -> None:
    found, links = _component(database, numbers)
    sql = """SELECT number, published, outlet FROM articles
        WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number"""
    rows = {row["number"]: row for row in database.rows(sql, (json.dumps(sorted(found)),))}
    published = {number: row["published"] for number, row in rows.items()}
    pairs = sorted((a, b) for a, b, _ in links)
    for group in joined(rows, pairs):
        ordered = in_order(group, published)
        outlets = {rows[number]["outlet"] for number in group} - {None}
        equal = all(same for a, _, same in links if a in group)
        kind = kind_of(len(outlets), equal) if len(group) > 1 else None
        for place, number in enumerate(ordered):
            database.execute(
                "UPDATE copies SET text = ?, kind = ?, prints = ?, place = ? WHERE article = ?",
                (ordered[0], kind, len(group), place, number),
            )


def _component(
    database: Database, numbers: Iterable[int]
) -> tuple[set[int], set[tuple[int, int, bool]]]:
    sql = """SELECT a, b, equal FROM copy_links WHERE a IN (SELECT value FROM json_each(?1))
        UNION SELECT a, b, equal FROM copy_links WHERE b IN (SELECT value FROM json_each(?1))"""
    found: set[int] = set()
    links: set[tuple[int, int, bool]] = set()
    fresh = set(numbers)
    while fresh:
        found |= fresh
        rows = database.rows(sql, (json.dumps(sorted(fresh)),))
        more = {(row["a"], row["b"], bool(row["equal"])) for row in rows}
        links |= more
        fresh = {number for a, b, _ in more for number in (a, b)} - found
    return found, links
