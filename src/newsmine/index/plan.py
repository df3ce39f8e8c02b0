"""The quickest way through the tables for a query line.

Rows are found in one of three ways: from the index of words, from a list of speakers or
organisations, or from the newest article backwards until there are enough. They differ by a factor
of thousands, by how many rows each has to look at; so these are counted first, up to a limit. The
costs below were measured with ``benchmarks/search.py``, in microseconds a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from newsmine.index.conditions import (
    TABLES,
    WORDS,
    Condition,
    all_of,
    condition_of,
    excluded_expression,
    match_expression,
    named,
    str_of,
)
from newsmine.index.database import Database, Row
from newsmine.index.identity.tables import rows_of, together
from newsmine.index.query import What
from newsmine.index.query_fields import ONCE
from newsmine.index.query_line import Filter, QueryLine
from newsmine.index.variants import Variant, variants_of

COUNTED = 5_000
"""Rows with some words are counted up to here to choose a way."""
LISTED = 50_000
"""And those of some speakers or organisations, up to here: an index lists them."""
_FETCHED, _MATERIALISED, _PROBED, _WALKED, _LISTED = 5.0, 0.13, 16.0, 1.5, 0.1
_SHARE = 0.3
"""Of rows that pass a filter which is not counted: a guess."""

ORDERS = {
    "date": "articles.published DESC",
    "outlet": "articles.outlet COLLATE NOCASE NULLS LAST, articles.published DESC",
    "organisation": "organisations.name COLLATE NOCASE NULLS LAST, articles.published DESC",
    "speaker": "speakers.name COLLATE NOCASE NULLS LAST, articles.published DESC",
    "confidence": "hit.confidence DESC",
    "rank": "rank",
}
"""As ``Index.quotes`` sorts; of dates, NULL is the least, so the undated come last."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """Rows of some speakers or organisations; ``size`` is how many, up to ``LISTED + 1``."""

    column: str
    rows: Condition
    size: int


class Plan:
    """A query line, made ready to be asked of an index.

    ``variants`` are the forms that each word with ``~`` also finds.
    """

    def __init__(self, database: Database, line: QueryLine, what: What) -> None:
        self._database, self.line = database, line
        self._table, self._words = TABLES[what], WORDS[what]
        self.variants: dict[str, tuple[Variant, ...]] = {}
        said, about = self._expanded(self._words), self._expanded("article_words")
        here, whole = line.words(), line.words(about=True)
        self.match = match_expression(here, said)
        self._conditions = [
            *_strangers("hit.id", self._words, excluded_expression(here, said)),
            *self._of_articles(match_expression(whole, about)),
            *_strangers("hit.article", "article_words", excluded_expression(whole, about)),
        ]
        self._once = any(map(_is_once, line.filters()))
        filters = (f for f in line.filters() if not _is_once(f))
        self._filters = {f: condition_of(database, f, what) for f in filters}

    def _of_articles(self, match: str | None) -> list[Condition]:
        """Articles that have the words: where they are few, the way may lead from them."""
        if match is None:
            return []
        some = f"SELECT 1 FROM article_words WHERE article_words MATCH ? LIMIT {COUNTED + 1}"
        count = self._database.number(f"SELECT count(*) FROM ({some}) AS few", (match,))
        # +: of no use to SQLite but to ask of each row whether it is among them.
        return _members("+" * (count > COUNTED) + "hit.article", "article_words", match)

    def count(self) -> int:
        """How many rows it finds."""
        if not self._conditions and not self._filters and not self._once:
            table = self._words if self.match else self._table
            where = f" WHERE {table} MATCH ?" * bool(self.match)
            if (known := self.known_words()) is not None:
                return known
            sql = f"SELECT count(*) FROM {table}{where}"
            return self._database.number(sql, (self.match,) if self.match else ())
        tables, conditions = self._way(None, None)
        where, values = all_of(conditions)
        if "articles." not in where:
            # Each row has just one.
            tables = tables.removesuffix(_ARTICLES).removesuffix(_ANY_ARTICLES)
        return self._database.number(f"SELECT count(*) FROM {tables} WHERE {where}", values)

    def known_words(self) -> int | None:
        """How many rows have the words, where that has been counted on the way."""
        count = self._first_words[0] if "_first_words" in self.__dict__ else COUNTED + 1
        return count if count <= COUNTED else None

    def at_most(self, many: int) -> bool:
        """Whether it surely finds no more, and the way to some of them leads past all of them."""
        sizes = [listing.size for listing in self._listings.values()]
        if self.match is not None and self._first_words[0] <= COUNTED:
            sizes.append(self._first_words[0])
        return min(sizes, default=many + 1) <= many

    def stops_early(self, sort: str, limit: int | None) -> bool:
        """Whether the best way finds the first rows without the others."""
        return self._best(sort, limit) in _EARLY and sort == "date" and limit is not None

    def rows(
        self, columns: str, *, sort: str | None = None, limit: int | None = None
    ) -> Iterator[Row]:
        """Columns of the rows that it finds, in SQL: of ``hit`` and ``articles``."""
        ask = self._database.stream if sort and limit is None else self._database.rows
        return ask(*self.select(columns, sort=sort, limit=limit))

    def select(
        self, columns: str, *, sort: str | None = None, limit: int | None = None
    ) -> tuple[str, tuple[Any, ...]]:
        """The statement that gives these rows, and its values."""
        tables, conditions = self._way(sort, limit)
        order = ""
        if sort:
            tables += _JOINS.get(sort, "")
            rank = f"{self._words}.rank"
            order = f" ORDER BY {rank if sort == 'rank' else ORDERS[sort]}, articles.id, hit.id"
        where, values = all_of(conditions)
        sql = f"SELECT {columns} FROM {tables} WHERE {where}{order}"
        if limit is not None:
            sql += f" LIMIT {int(limit)}"
        return sql, values

    def _way(self, sort: str | None, limit: int | None) -> tuple[str, list[Condition]]:
        """The tables in the order in which to go through them, and the conditions."""
        tables, conditions = self._way_to_all(sort, limit)
        return tables, [*conditions, self._first_prints()] if self._once else conditions

    def _first_prints(self) -> Condition:
        """Of the prints of a saying that are found, the one that was printed first."""
        tables, conditions = self._way_to_all(None, None)
        where, values = all_of(conditions)
        first = self._database.first_of_each(
            "coalesce(prints.saying, -hit.id)",
            "coalesce(prints.place, 0)",
            f"FROM {tables} LEFT JOIN prints ON prints.quote = hit.id WHERE {where}",
        )
        return f"hit.id IN ({first})", values

    def _way_to_all(self, sort: str | None, limit: int | None) -> tuple[str, list[Condition]]:
        best = self._best(sort, limit)
        if best == "words":
            return self._from_words(ranked=sort == "rank")
        if best in _LISTS:
            return self._from_listing(best)
        if sort == "date":
            return self._from_newest(probe=best == "probe")
        conditions = [*self._all(), *self._with_words(probe=False)]
        return f"{self._table} AS hit {_ANY_ARTICLES}", conditions

    def _best(self, sort: str | None, limit: int | None) -> str:
        if sort == "rank":
            return "words"
        costs = self._costs(limit if sort == "date" else None)
        return min(costs, key=lambda way: costs[way])

    def _costs(self, limit: int | None) -> dict[str, float]:
        total = max(1, self._total)
        share = _SHARE ** (len(self._conditions) + len(self._filters) - len(self._listings))
        for listing in self._listings.values():
            share *= max(listing.size, 1) / total
        words = self._found_words
        said = 1.0 if words is None else max(words, 0.1) / total
        walked = total if limit is None else min(total, limit / max(share * said, 1e-12))
        held = _MATERIALISED * (words or 0)
        costs = {"newest": held + _WALKED * walked}
        if words is not None:
            costs["words"] = _FETCHED * words
            costs["probe"] = self._probed * walked if limit is not None else float("inf")
        for name, listing in self._listings.items():
            checked = min(held, self._probed * listing.size)
            costs[name] = _LISTED * listing.size + checked + _FETCHED * listing.size * said
        return costs

    @property
    def _probed(self) -> float:
        """To look up whether a row has the words: each word is, and all that begin so are."""
        match = self.match or ""
        return _PROBED * (match.count('"') / 2) * (100 if '" *' in match else 1)

    @cached_property
    def _total(self) -> int:
        return self._database.number(f"SELECT coalesce(max(id), 0) FROM {self._table}")

    @cached_property
    def _first_words(self) -> tuple[int, int, str]:
        """The first rows that have the words: how many, the last one, all of them as JSON."""
        hits = f"SELECT rowid FROM {self._words} WHERE {self._words} MATCH ? LIMIT {COUNTED + 1}"
        sql = f"SELECT count(*), max(rowid), json_group_array(rowid) FROM ({hits}) AS first"
        row = self._database.row(sql, (self.match,))
        return (row[0], row[1], row[2]) if row else (0, 0, "[]")

    @cached_property
    def _found_words(self) -> float | None:
        """About how many rows have the words: counted, or reckoned from where the first lie."""
        if self.match is None:
            return None
        count, last, _ = self._first_words
        return float(count) if count <= COUNTED else count * self._total / last

    def _known_words(self) -> str | None:
        """All rows that have the words, where they are few: no need to look for them again."""
        few = self.match is not None and self._first_words[0] <= COUNTED
        return self._first_words[2] if few else None

    @cached_property
    def _listings(self) -> dict[str, _Listing]:
        """For ``org`` and ``speaker``, where they are given once, the rows of those named.

        And those that people looked at: they are few.
        """
        names = [f.name for f in self.line.filters()]
        return {
            f.name: self._listing(f)
            for f in self.line.filters()
            if f.name in _LISTS and not f.excluded and names.count(f.name) == 1
            if f.name != "checked" or (len(f.values) == 1 and str_of(f.values[0]) != "no")
        }

    def _listing(self, filter: Filter) -> _Listing:
        column = _LISTS[filter.name]
        sql, values = self._filters[filter]
        if len(filter.values) > 1:
            each = (named(self._database, filter.name, str_of(v)) for v in filter.values)
            sql, values = rows_of(f"hit.{column}", "hit.article", together(each))
        some = f"SELECT 1 FROM {self._table} AS hit WHERE {sql} LIMIT {LISTED + 1}"
        size = self._database.number(f"SELECT count(*) FROM ({some}) AS few", values)
        return _Listing(column, (sql, values), size)

    def _all(self, *, but: str | None = None) -> list[Condition]:
        rest = [sql for filter, sql in self._filters.items() if filter.name != but]
        return [*self._conditions, *rest]

    def _from_words(self, *, ranked: bool) -> tuple[str, list[Condition]]:
        words, table = self._words, self._table
        known = None if ranked else self._known_words()
        if known is not None:
            tables = f"json_each(?) AS word CROSS JOIN {table} AS hit ON hit.id = word.value"
            return f"{tables} {_ARTICLES}", [("TRUE", (known,)), *self._all()]
        tables = f"{words} CROSS JOIN {table} AS hit ON hit.id = {words}.rowid {_ARTICLES}"
        return tables, [(f"{words} MATCH ?", (self.match,)), *self._all()]

    def _from_listing(self, name: str) -> tuple[str, list[Condition]]:
        listing = self._listings[name]
        tables = f"{self._table} AS hit INDEXED BY {self._table}_{listing.column} {_ARTICLES}"
        probe = self._probed * listing.size < _MATERIALISED * (self._found_words or 0)
        return tables, [listing.rows, *self._all(but=name), *self._with_words(probe=probe)]

    def _from_newest(self, *, probe: bool) -> tuple[str, list[Condition]]:
        hits = f"{self._table} AS hit INDEXED BY {self._table}_facets"
        tables = f"articles CROSS JOIN {hits} ON hit.article = articles.number"
        return tables, [*self._all(), *self._with_words(probe=probe)]

    def _with_words(self, *, probe: bool) -> list[Condition]:
        """Rows that have the words: looked up one by one, or in a set of all that have them."""
        words, known = self._words, self._known_words()
        if known is not None:
            return [("hit.id IN (SELECT value FROM json_each(?))", (known,))]
        if not probe or self.match is None:
            return _members("hit.id", words, self.match)
        sql = f"EXISTS (SELECT 1 FROM {words} WHERE {words} MATCH ? AND rowid = hit.id)"
        return [(sql, (self.match,))]

    def _expanded(self, table: str) -> Callable[[str], tuple[Variant, ...]]:
        field = "about:" * (table == "article_words")

        def expand(word: str) -> tuple[Variant, ...]:
            name = field + word
            if name not in self.variants:
                self.variants[name] = variants_of(self._database, table, word)
            return self.variants[name]

        return expand


def _is_once(filter: Filter) -> bool:
    return filter.name == "printed" and not filter.excluded and filter.values == (ONCE,)


_EARLY = ("newest", "probe")
_LISTS = {"org": "organisation", "speaker": "speaker", "checked": "checked"}
_ARTICLES = "CROSS JOIN articles ON articles.number = hit.article"
_ANY_ARTICLES = "JOIN articles ON articles.number = hit.article"
"""The hits first, and whichever come first by what is asked of them."""
_JOINS = {
    "organisation": " LEFT JOIN organisations ON organisations.id = hit.organisation",
    "speaker": " LEFT JOIN speakers ON speakers.id = hit.speaker",
}


def _members(column: str, table: str, match: str | None) -> list[Condition]:
    """What has the words, where there are any to have."""
    sql = f"{column} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)"
    return [] if match is None else [(sql, (match,))]


def _strangers(column: str, table: str, match: str | None) -> list[Condition]:
    """What has none of the words."""
    return [(f"NOT ({sql})", values) for sql, values in _members(column, table, match)]
