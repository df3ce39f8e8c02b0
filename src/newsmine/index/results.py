"""What a search found: rows, count, facets, words in their context, and why it may be nothing."""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from newsmine.errors import QueryError
from newsmine.index.conditions import WORDS
from newsmine.index.database import Database
from newsmine.index.identity.tables import SPEAKER, labels_of
from newsmine.index.plan import Plan
from newsmine.index.query import SORTS, What
from newsmine.index.query_fields import did_you_mean
from newsmine.index.query_line import Item, QueryLine, parse_query
from newsmine.index.rows import COLUMNS, Row, RowStream, framed, rows_with
from newsmine.index.search import Emptied, FilterEffect
from newsmine.index.suggestions import Suggestion, suggestions
from newsmine.index.topics.stored import each_topic
from newsmine.index.variants import Variant

if TYPE_CHECKING:
    from pandas import DataFrame

FACETED = 20_000
"""Facets count so many hits, unless told otherwise; of more, the newest."""
SHOWN = 20
"""Values of a facet, the most frequent."""
_AT_ONCE = 500

FACETS: Mapping[What, tuple[str, ...]] = MappingProxyType(
    {
        "quotes": ("organisation", "speaker", "outlet", "year", "topic", "kind"),
        "claims": ("organisation", "speaker", "outlet", "year", "topic", "form"),
    }
)
_YEAR = "substr(articles.published, 1, 4)"


@dataclass(frozen=True, slots=True)
class Facet:
    """How many hits have each value, most first; ``None`` is unknown.

    ``distinct`` values there are in all; ``counts`` holds the first ``SHOWN``.
    """

    name: str
    counts: tuple[tuple[str | None, int], ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Facets of a search: of all its hits if ``exact``, else of the ``counted`` newest ones."""

    facets: tuple[Facet, ...]
    counted: int
    exact: bool

    def __getitem__(self, name: str) -> Facet:
        return next(facet for facet in self.facets if facet.name == name)


@dataclass(frozen=True, slots=True)
class InContext:
    """A hit between what stands left and right of it in the quote, and the quote's row."""

    left: str
    hit: str
    right: str
    row: Row


class SearchResult:
    """What a query line finds. Only what is looked at is asked for, while the index is open.

    ``faceted`` hits are counted by the facets; of more, the newest. Set it before they are asked.
    """

    def __init__(
        self, database: Database, line: QueryLine, *, limit: int | None, sort: str, offset: int = 0
    ) -> None:
        self._database, self.query, self.limit, self.sort = database, line, limit, sort
        self.offset, self.faceted = offset, FACETED
        self._plan = Plan(database, line, line.what)

    @property
    def what(self) -> What:
        """What the rows are: "quotes", or "claims" if the line asks for figures."""
        return self.query.what

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns: ``QUOTE_COLUMNS`` or ``CLAIM_COLUMNS``."""
        return COLUMNS[self.what]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows, in order, from the offset up to the limit."""
        return tuple(self.stream())

    def stream(self) -> RowStream:
        """The rows one by one; for so many that they should not all be in memory."""
        return RowStream(self.columns, (row for _, row in self._numbered()))

    def frame(self) -> DataFrame:
        """The rows as a table."""
        return framed(self.stream())

    @cached_property
    def total(self) -> int:
        """How many rows there are without the limit; exact."""
        only_words = len(self.query.words()) == len(self.query.items)
        return len(self._few) if self._plan.few() and not only_words else self._plan.count()

    @property
    def variants(self) -> Mapping[str, tuple[Variant, ...]]:
        """For each word with ``~``, what else was searched."""
        return MappingProxyType(self._plan.variants)

    @cached_property
    def facets(self) -> Facets:
        """By organisation, speaker, outlet, year, topic, and kind of quote or form of figure.

        A hit with several topics counts for each.
        """
        few, names = self._plan.few(), FACETS[self.what]
        exact = few or self.total <= self.faceted
        columns = self._few_columns() if few else self._faceted(exact=exact)
        made = (self._facet(name, values) for name, values in zip(names, columns, strict=True))
        return Facets(tuple(made), len(columns[0]), exact)

    def _few_columns(self) -> list[list[Any]]:
        columns = [list(column) for column in zip(*self._few, strict=True)][1:]
        return columns or [[] for _ in FACETS[self.what]]

    def _faceted(self, *, exact: bool) -> list[list[Any]]:
        """What the facets count, a list for each, of all hits or of the newest ones.

        As one row: 20,000 of them through Python took six times as long, and a server's other
        threads stood still meanwhile.
        """
        sort, limit = (None, None) if exact else ("date", self.faceted)
        sql, values = self._plan.select(self._facet_columns, sort=sort, limit=limit)
        names = [f"facet{number}" for number, _ in enumerate(FACETS[self.what])]
        lists = ", ".join(f"json_group_array({name})" for name in names)
        inner = f"WITH found (id, {', '.join(names)}) AS ({sql})"
        row = self._database.row(f"{inner} SELECT {lists} FROM found", values)
        return [json.loads(column) for column in row or ["[]"] * len(names)]

    @property
    def _facet_columns(self) -> str:
        names = f"hit.organisation, {SPEAKER}, articles.outlet, {_YEAR}, hit.topics"
        return f"hit.id, {names}, hit.{FACETS[self.what][-1]}"

    @cached_property
    def _few(self) -> list[tuple[Any, ...]]:
        """The same of all hits, in order: where they are few, one way gives rows and counts."""
        return [tuple(row) for row in self._plan.rows(self._facet_columns, sort=self.sort)]

    def _facet(self, name: str, values: Iterable[str | int | None]) -> Facet:
        counts = each_topic(Counter(values)) if name == "topic" else Counter(values)
        named = name in ("organisation", "speaker")
        if named:
            counts = self._together(name, counts)
        # Most first; of as many, in the order of their names, as far as ids can tell.
        first = sorted(counts.items(), key=lambda one: (-one[1], one[0] is None, str(one[0])))
        shown = first[:SHOWN]
        names = self._names(f"{name}s", [i for i, _ in shown]) if named else {}
        rows = ((None if v is None else names.get(v, str(v)), n) for v, n in shown)
        return Facet(name, tuple(rows), len(counts))

    def _together(
        self, column: str, counts: Counter[str | int | None]
    ) -> Counter[str | int | None]:
        """Names of one person or organisation under what it is called: counts by label or id."""
        labels = labels_of(self._database, column, (i for i in counts if i is not None))
        sums: Counter[str | int | None] = Counter()
        for ident, count in counts.items():
            sums[labels.get(ident, ident) if isinstance(ident, int) else ident] += count
        return sums

    def _names(self, table: str, ids: Iterable[str | int | None]) -> dict[str | int | None, str]:
        sql = f"SELECT id, name FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
        known = json.dumps([ident for ident in ids if isinstance(ident, int)])
        return {row[0]: row[1] for row in self._database.rows(sql, (known,))}

    def in_context(self) -> Iterator[InContext]:
        """Each hit of the rows with what surrounds it (KWIC); a quote may have several.

        Raises:
            QueryError: No word is looked for, so nothing can stand in the middle.
        """
        if self._plan.match is None:
            raise QueryError("query", "has no word to put in the middle", "Give a word or phrase")
        mark = uuid.uuid4().hex
        return (
            InContext(*parts, row)
            for numbers in _batches(self._numbered())
            for parts, row in self._marked(dict(numbers), mark)
        )

    def marked(self) -> Iterator[tuple[Row, tuple[tuple[str, bool], ...]]]:
        """Each row with its quote, or the passage of its figure, cut where a hit begins or ends.

        A piece says whether it is a hit; where no word is looked for, none is.
        """
        column = {"quotes": "quote", "claims": "context"}[self.what]
        mark = uuid.uuid4().hex
        for numbers in _batches(self._numbered()):
            rows = dict(numbers)
            texts = self._texts(rows, mark) if self._plan.match else {}
            for ident, row in rows.items():
                text = texts[ident] if ident in texts else row[column]
                pieces = re.split(f"{mark}[<>]", text)
                yield row, tuple((piece, n % 2 == 1) for n, piece in enumerate(pieces) if piece)

    def _marked(
        self, rows: dict[int, Row], mark: str
    ) -> Iterator[tuple[tuple[str, str, str], Row]]:
        texts = self._texts(rows, mark)
        for ident, row in rows.items():
            for parts in _around(texts.get(ident, ""), mark):
                yield parts, row

    def _texts(self, rows: Iterable[int], mark: str) -> dict[int, str]:
        """By id the text with ``mark<`` and ``mark>`` round its hits."""
        table = WORDS[self.what]
        assert self._plan.match is not None
        # As long as a mark is: a text cannot hold it, since nobody can guess it.
        marks = f"{mark}<", f"{mark}>"
        return dict(self._database.highlighted(table, self._plan.match, marks, ids=list(rows)))

    def _numbered(self) -> Iterator[tuple[int, Row]]:
        return rows_with(self._database, self.what, self._ids())

    def _ids(self) -> Iterator[int]:
        end = None if self.limit is None else self.offset + self.limit
        if self._plan.few() and not self._plan.stops_early(self.sort, end):
            return (row[0] for row in self._few[self.offset : end])
        found = self._plan.rows("hit.id", sort=self.sort, limit=end)
        return (row[0] for row in islice(found, self.offset, None))

    @cached_property
    def emptied(self) -> Emptied:
        """Which part of the line is to blame where nothing is found."""
        effects = tuple(self._effect(item) for item in self.query.items)
        everything = self._count(())
        return Emptied(self.what, everything, self.total, effects)

    def _effect(self, item: Item) -> FilterEffect:
        others = tuple(other for other in self.query.items if other is not item)
        name = f"{'-' * item.excluded}{item.name}"
        value = str(item).removeprefix("-" * item.excluded).removeprefix(f"{item.name}:")
        return FilterEffect(name, value, self._count((item,)), self._count(others))

    def _count(self, items: tuple[Item, ...]) -> int:
        return Plan(self._database, QueryLine(items), self.what).count()

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Names and words in the index that are like those of the line which are not in it."""
        lone = [i for i in self.query.items if not i.excluded and not self._count((i,))]
        return suggestions(self._database, WORDS[self.what], lone)


def _batches(rows: Iterator[tuple[int, Row]]) -> Iterator[list[tuple[int, Row]]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def _around(text: str, mark: str) -> Iterator[tuple[str, str, str]]:
    """Left, hit and right for each marked stretch of a text."""
    pieces = re.split(f"{mark}[<>]", text)
    plain, place = "".join(pieces), 0
    for before, hit in zip(pieces[::2], pieces[1::2], strict=False):
        start = place + len(before)
        place = start + len(hit)
        yield plain[:start], hit, plain[place:]


def search(
    database: Database, query: str, *, limit: int | None, sort: str, offset: int = 0
) -> SearchResult:
    """Read a query line and make ready what it finds.

    Raises:
        QueryError: The line, the limit or the order makes no sense.
    """
    line = parse_query(query)
    orders = SORTS[line.what]
    if sort not in orders:
        orders = SORTS[line.what]
        raise QueryError(
            f"sort {sort[:40]!r}",
            "is unknown",
            f"{did_you_mean(sort, orders)}Take one of {', '.join(orders)}",
        )
    if sort == "rank" and all(words.excluded for words in line.words()):
        raise QueryError("sort rank", "needs words to rank by", "Give a word or phrase too")
    if limit is not None and limit < 1:
        raise QueryError(f"limit {limit}", "leaves no row", "Give 1 or more")
    if offset < 0:
        raise QueryError(f"offset {offset}", "is before the first row", "Give 0 or more")
    return SearchResult(database, line, limit=limit, sort=sort, offset=offset)
