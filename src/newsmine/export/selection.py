"""What is exported: rows of an index that pass filters, or the articles that they stand in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from newsmine.errors import QueryError
from newsmine.export.about import About
from newsmine.export.rows import Row, Table
from newsmine.index import (
    CHECK_COLUMNS,
    CLAIM_COLUMNS,
    QUOTE_COLUMNS,
    CheckFilters,
    Filters,
    IndexInfo,
    RowStream,
    StoredArticle,
    parse_query,
)
from newsmine.index.identity import Called
from newsmine.types import Extraction

if TYPE_CHECKING:
    from newsmine.index import Index

What = Literal["quotes", "claims", "checks", "articles", "all"]
"""A table; "all" are all of them."""

TABLES: tuple[What, ...] = ("quotes", "claims", "checks", "articles")
ARTICLE_COLUMNS = (
    *("article", "path", "outlet", "published", "headline", "standfirst", "byline"),
    *("sha256", "quotes", "claims", "topics"),
)
IDENTITY_COLUMNS = ("speaker_identity", "organisation_identity")
"""Of quotes and figures, beside the names as they are printed."""
COLUMNS: Mapping[What, tuple[str, ...]] = {
    "quotes": (*QUOTE_COLUMNS, *IDENTITY_COLUMNS),
    "claims": (*CLAIM_COLUMNS, *IDENTITY_COLUMNS),
    "checks": CHECK_COLUMNS,
    "articles": ARTICLE_COLUMNS,
}

_ABOUT_FIGURES = frozenset({"form", "counted"})
_OF_QUOTES = frozenset(Filters.__annotations__) - _ABOUT_FIGURES | {"query"}
_WITH_QUERY = frozenset({"query", "limit", "sort"})
FILTERS: Mapping[What, frozenset[str]] = {
    "quotes": _OF_QUOTES,
    "claims": frozenset(Filters.__annotations__) | {"query"},
    "checks": frozenset(CheckFilters.__annotations__),
    "articles": _OF_QUOTES,
}
"""The filters that each table has."""


def identity(row: Row, column: str) -> Any:
    """What a column of a row holds, of speaker and organisation who that is over all articles."""
    return row.get(f"{column}_identity") or row.get(column)


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of an index, taken one by one; each method may be called more than once.

    ``filters`` are those of ``Index.quotes`` and its like, or ``query``, a line as ``Index.search``
    takes it, which goes with ``limit`` and ``sort`` alone; ``None`` is none. ``notice`` takes a
    sentence about anything that a format cannot hold; ``notices`` are those so far. ``created`` is
    UTC, ISO 8601; ``origin`` is what the index says of itself, ``called`` who is who in it, both
    asked for when the rows are written.
    ``validation`` is what people found who judged a sample (``newsmine agree``).
    """

    index: Index
    what: What
    filters: Mapping[str, Any]
    created: str
    origin: Callable[[], Mapping[str, Any]]
    called: Callable[[], Called]
    notices: list[str]
    validation: Mapping[str, Any] | None = None

    def notice(self, text: str) -> None:
        """Keep a remark for the user."""
        self.notices.append(text)

    def only(self, what: What) -> Selection:
        """The same for one table."""
        return replace(self, what=what)

    def rows(self) -> RowStream:
        """The rows, in the order that was asked for.

        Raises:
            QueryError: A filter makes no sense for this table.
        """
        given = self.query()
        if unknown := sorted(given.keys() - FILTERS[self.what]):
            remedy = f"Take of {', '.join(sorted(FILTERS[self.what]))}"
            raise QueryError(", ".join(unknown), f"is no filter of {self.what}", remedy)
        if self.what == "checks":
            return self.index.iter_checks(**given)
        if self.what == "articles":
            return RowStream(ARTICLE_COLUMNS, map(article_row, self.articles()))
        return self._with_identities(self._printed(given))

    def _printed(self, given: Mapping[str, Any]) -> RowStream:
        """Quotes or figures with names as they are printed."""
        if "query" in given:
            return self._searched(given)
        if self.what == "quotes":
            return self.index.iter_quotes(**given)
        return self.index.iter_claims(**given)

    def _with_identities(self, rows: RowStream) -> RowStream:
        def known(row: Row) -> dict[str, Any]:
            speaker = called.speaker(row["speaker"], row["type"], row["article"])
            organisation = called.organisation(row["organisation"])
            return dict(row) | {"speaker_identity": speaker, "organisation_identity": organisation}

        called = self.called()
        return RowStream((*rows.columns, *IDENTITY_COLUMNS), map(known, rows))

    def _searched(self, given: Mapping[str, Any]) -> RowStream:
        if others := sorted(given.keys() - _WITH_QUERY):
            remedy = "Say it in the query line"
            raise QueryError(", ".join(others), "does not go with a query line", remedy)
        limit, sort = given.get("limit"), given.get("sort") or "date"
        found = self.index.search(given["query"], limit=limit, sort=sort)
        if found.what != self.what:
            raise QueryError("query", f"finds {found.what}, not {self.what}", f"Take {found.what}")
        return found.stream()

    def query(self) -> dict[str, Any]:
        """The filters that are set."""
        return {name: value for name, value in self.filters.items() if value is not None}

    def articles(self) -> Iterator[StoredArticle]:
        """The articles: all of the index, or those with a quote that passes the filters."""
        for ident in islice(self._ids(), self.filters.get("limit")):
            yield self.index.article(ident)

    def extractions(self) -> Iterator[Extraction]:
        """The same, as they were extracted."""
        return (stored.extraction for stored in self.articles())

    def _ids(self) -> Iterator[str]:
        wanted = {name: value for name, value in self.query().items() if name != "limit"}
        if not wanted:
            return (entry.id for entry in self.index.articles())
        what = parse_query(wanted.get("query", "")).what
        rows = replace(self, what=what, filters=wanted)._by_article()
        return (ident for ident, _ in rows)

    def by_article(self) -> Iterator[tuple[Extraction, list[Row]]]:
        """Each article with its rows, one after the other; only one is ever in memory.

        Raises:
            QueryError: The rows are wanted in an order that is not article by article.
        """
        for ident, rows in self._by_article():
            yield self.index.article(ident).extraction, list(rows)

    def _by_article(self) -> Iterator[tuple[str, Iterator[Row]]]:
        order = self.filters.get("sort")
        if order not in (None, "date"):
            raise QueryError(f"sort {order}", "scatters the rows of an article", "Leave it out")
        return groupby(self.rows(), key=lambda row: str(row["article"]))

    def table(self) -> Table:
        """The rows with all that a writer of tables needs to know of them."""
        rows = self.rows()
        place = self.index.path
        folders = (Path(), *([place.absolute().parent] if isinstance(place, Path) else []))
        return Table(self.what, rows.columns, rows, self.notice, self.about, folders)

    def articles_of(self, ids: Collection[str]) -> Iterator[StoredArticle]:
        """These articles, whatever the filters."""
        entries = (entry.id for entry in self.index.articles() if entry.id in ids)
        return map(self.index.article, entries)

    def of_articles(self, ids: Collection[str]) -> Table:
        """A table of these articles, whatever the filters."""
        rows = map(article_row, self.articles_of(ids))
        return Table(self.what, ARTICLE_COLUMNS, rows, self.notice, self.about)

    def about(self, rows: int) -> About:
        """What the export is, once the number of rows is known."""
        from newsmine import __version__

        return About(
            what=self.what,
            columns=COLUMNS.get(self.what, ()),
            rows=rows,
            created=self.created,
            newsmine=__version__,
            query=self.query(),
            index=self.origin(),
            notices=tuple(self.notices),
        )


def select(index: Index, what: What, filters: Mapping[str, Any]) -> Selection:
    """A selection made now."""
    created = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    origin = cache(lambda: described_index(index))
    called = cache(lambda: index.identities.called())
    return Selection(index, what, dict(filters), created, origin, called, [])


def described_index(index: Index) -> dict[str, Any]:
    """What an index says of itself; see ``index_id``."""
    info = index.info()
    return {
        "path": str(index.path),
        "id": index_id(index),
        "articles": info.articles,
        "quotes": info.quotes,
        "claims": info.claims,
        "earliest": info.earliest,
        "latest": info.latest,
        **_made_by(info),
        "form": info.form,
        "judgements": {name: count for name, count in asdict(index.checked()).items() if count},
        "withheld": {n: count for n, count in asdict(index.withholding.counts()).items() if count},
    }


def index_id(index: Index) -> str:
    """A hash of an index's articles' ids, models and settings.

    Equal for indexes that hold the same texts made in the same way, wherever they lie.
    """
    digest = hashlib.sha256(json.dumps(_made_by(index.info())).encode())
    for entry in index.articles():
        digest.update(f"{entry.id}\n".encode())
    return digest.hexdigest()[:16]


def _made_by(info: IndexInfo) -> dict[str, Any]:
    return {
        "models": list(info.models),
        "newsmine": list(info.newsmine),
        "settings": [json.loads(settings) for settings in info.settings],
    }


def article_row(stored: StoredArticle) -> dict[str, Any]:
    """An article as a row of ``ARTICLE_COLUMNS``."""
    article = stored.article
    return {
        "article": article.id,
        "path": article.path,
        "outlet": article.outlet,
        "published": article.published,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": "; ".join(byline.name for byline in article.bylines) or None,
        "sha256": article.raw.sha256 if article.raw else None,
        "quotes": len(stored.attributions),
        "claims": len(stored.claims),
        "topics": None if stored.topics is None else list(stored.topics),
    }
