"""Whole articles out of an index, and what it holds in all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from newsmine.errors import IndexFileError, QueryError
from newsmine.index.database import Database, Row
from newsmine.index.records import CHILDREN, from_rows
from newsmine.index.texts import storable
from newsmine.types import Article, Attribution, Check, Claim, Extraction, Mention, Zone


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article in the index with all that was found in it, as it was added.

    ``topics`` are what it is about, best first; ``None`` where it is not scored yet.
    """

    extraction: Extraction
    topics: tuple[str, ...] | None = None

    @property
    def article(self) -> Article:
        """The article's own record."""
        return self.extraction.article

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    @property
    def text(self) -> str:
        """The clean text; all offsets count its characters."""
        return self.article.text

    @property
    def zones(self) -> tuple[Zone, ...]:
        """What is headline, byline, body, ..."""
        return self.article.zones

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what, in the order of the text."""
        return self.extraction.attributions

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The figures."""
        return self.extraction.claims

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The names."""
        return self.extraction.mentions

    @property
    def checks(self) -> tuple[Check, ...]:
        """Which figures agree."""
        return self.extraction.checks


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """A line of the list of articles."""

    id: str
    path: str
    outlet: str | None
    published: str | None
    headline: str | None
    quotes: int
    claims: int


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What an index holds. ``earliest`` and ``latest`` are dates of articles, maybe partial.

    ``models``, ``newsmine`` and ``settings`` (as JSON) are all that articles in it were extracted
    with; ``form`` is the number of the last migration, ``bytes`` the size of the file.
    """

    articles: int
    quotes: int
    claims: int
    speakers: int
    organisations: int
    outlets: int
    earliest: str | None
    latest: str | None
    undated: int
    models: tuple[str, ...]
    newsmine: tuple[str, ...]
    form: int
    bytes: int
    settings: tuple[str, ...] = ()


def article(database: Database, ident: str) -> StoredArticle:
    """The article of an id.

    Raises:
        QueryError: There is none.
    """
    row = database.row("SELECT * FROM articles WHERE id = ?", (storable(ident),))
    if row is None:
        raise QueryError(ident, "is no article in this index", "Index.articles() lists them")
    topics = row["topics"]
    return StoredArticle(
        _extraction(database, row), None if topics is None else tuple(json.loads(topics))
    )


def extraction_of(database: Database, number: int) -> Extraction:
    """The article of a number that is there, as its rows stand."""
    row = database.row("SELECT * FROM articles WHERE number = ?", (number,))
    if row is None:
        raise QueryError(number, "is no article in this index", "Index.articles() lists them")
    return _extraction(database, row)


def _extraction(database: Database, row: Row) -> Extraction:
    children = {t: list(database.rows(_CHILDREN[t], (row["number"],))) for t in CHILDREN}
    try:
        return from_rows(dict(row), children)
    except (ValueError, LookupError, TypeError) as error:
        # SQLite keeps no checksums: damage within a page of data is only seen by what it says.
        reason = f"is damaged (article {row['id']}: {error})"
        raise IndexFileError(database.path, reason, "Restore a copy, or build it again") from error


_CHILDREN = {
    table: f"SELECT * FROM {table} WHERE article = ? ORDER BY id"
    for table in ("bylines", "pages", "mentions", "checks")
} | {
    # The names come first: of columns of one name, the first is taken.
    table: f"""SELECT speakers.name AS speaker, organisations.name AS organisation, {table}.*
        FROM {table}
        LEFT JOIN speakers ON speakers.id = {table}.speaker
        LEFT JOIN organisations ON organisations.id = {table}.organisation
        WHERE {table}.article = ? ORDER BY {table}.id"""
    for table in ("attributions", "claims")
}


def articles(database: Database) -> Iterator[ArticleEntry]:
    """All articles, in the order of their paths."""
    sql = """SELECT id, path, outlet, published, headline,
        (SELECT count(*) FROM attributions WHERE article = number) AS quotes,
        (SELECT count(*) FROM claims WHERE article = number) AS claims
        FROM articles ORDER BY path, id"""
    for row in database.stream(sql):
        yield ArticleEntry(**dict(row))


def info(database: Database) -> IndexInfo:
    """Counts, dates and origins."""
    tables = ("articles", "claims", "speakers", "organisations", "outlets")
    counts: dict[str, Any] = {t: database.number(f"SELECT count(*) FROM {t}") for t in tables}
    dates = database.row("SELECT min(published), max(published) FROM articles")
    earliest, latest = tuple(dates) if dates else (None, None)
    # One pass for all three: it goes through every article.
    made = list(database.rows("SELECT DISTINCT model, newsmine, settings FROM articles"))
    return IndexInfo(
        **counts,
        quotes=database.number("SELECT count(*) FROM attributions"),
        earliest=earliest,
        latest=latest,
        undated=database.number("SELECT count(*) FROM articles WHERE published IS NULL"),
        models=_distinct(made, "model"),
        newsmine=_distinct(made, "newsmine"),
        form=database.form,
        bytes=database.bytes,
        settings=_distinct(made, "settings"),
    )


def _distinct(rows: list[Row], column: str) -> tuple[str, ...]:
    return tuple(sorted({row[column] for row in rows}))
