"""Bring sayings and copies up to date with the articles of an index."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from newsmine.index.clusters import copies, sayings
from newsmine.index.database import Database


@dataclass(frozen=True, slots=True)
class Clustered:
    """How many quotes and articles were looked at: the new and changed ones."""

    quotes: int
    articles: int


def update(database: Database) -> Clustered:
    """Link and group what is new or changed since the last time.

    Raises:
        IndexFileError: The index cannot be written; what was done is kept, the rest is for the
            next time.
    """
    articles = copies.update(database)
    return Clustered(sayings.update(database), articles)


def forget(database: Database, speakers: Collection[int], organisations: Collection[int]) -> None:
    """Let the next ``update`` look again at what these say; in the caller's transaction."""
    for column, ids in (("speaker", speakers), ("organisation", organisations)):
        if ids:
            sql = f"""DELETE FROM prints WHERE quote IN (SELECT id FROM attributions
                WHERE {column} IN (SELECT value FROM json_each(?)))"""
            database.execute(sql, (json.dumps(sorted(ids)),))


def remark(database: Database) -> None:
    """Make all fingerprints anew from what the texts say now, in a transaction of the caller's.

    Fingerprints of texts that are gone only cost room, but in what is given to others they could
    be held against a guess: whether these words stood there before a name was withheld.
    """
    copies.remark(database)
    sayings.remark(database)
