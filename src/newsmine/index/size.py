"""How much an index holds: what its first page says, at once, however big it is."""

from __future__ import annotations

from dataclasses import dataclass

from newsmine.index.database import Database


@dataclass(frozen=True, slots=True)
class IndexSize:
    """Articles, quotes and figures, and the first and last date of an article."""

    articles: int
    quotes: int
    claims: int
    earliest: str | None
    latest: str | None


def size(database: Database) -> IndexSize:
    """Counts out of indexes alone.

    What made the articles (``newsmine.index.articles.info``) stands behind their texts: to read it,
    all of them would have to be read.
    """
    articles, quotes, claims = (
        database.number(f"SELECT count(*) FROM {table}")
        for table in ("articles", "attributions", "claims")
    )
    # Two questions: each end of an index is found at once, both in one go through all of it.
    row = database.row(
        "SELECT (SELECT min(published) FROM articles), (SELECT max(published) FROM articles)"
    )
    earliest, latest = tuple(row) if row else (None, None)
    return IndexSize(articles, quotes, claims, earliest, latest)
