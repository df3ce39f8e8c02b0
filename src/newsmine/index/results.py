"""What a search found: rows, count, facets, words in their context, and why it may be nothing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsmine.errors import QueryError
from newsmine.index.conditions import WORDS
from newsmine.index.database import Database
from newsmine.index.facets import FACETED, Facets, Hits, facets_of, hits_of
from newsmine.index.plan import Plan
from newsmine.index.query import SORTS, What
from newsmine.index.query_fields import did_you_mean
from newsmine.index.query_line import Item, QueryLine, parse_query
from newsmine.index.rows import COLUMNS, Row, RowStream, framed, rows_with
from newsmine.index.search import Emptied, FilterEffect
from newsmine.index.suggestions import Suggestion, suggestions
from newsmine.index.variants import Variant

if TYPE_CHECKING:
    from pandas import DataFrame

_AT_ONCE = 500


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
    ``newest`` are the ids of the newest hits, as far as an earlier look at the same index knows
    them, and ``everything`` how many rows it holds: what is known is not looked for again.
    """

    def __init__(
        self, database: Database, line: QueryLine, *, limit: int | None, sort: str, offset: int = 0
    ) -> None:
        self._database, self.query, self.limit, self.sort = database, line, limit, sort
        self.offset, self.faceted = offset, FACETED
        self.newest: Sequence[int] = ()
        self.everything: int | None = None
        self._plan = Plan(database, line, line.what)
        self._counts: dict[tuple[Item, ...], int] = {}

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
        if "_hits" in self.__dict__ or (self._plan.at_most(FACETED) and not only_words):
            return len(self._hits.ids)
        return self._plan.count()

    @property
    def variants(self) -> Mapping[str, tuple[Variant, ...]]:
        """For each word with ``~``, what else was searched."""
        return MappingProxyType(self._plan.variants)

    @cached_property
    def facets(self) -> Facets:
        """By organisation, speaker, outlet, year, topic, and kind of quote or form of figure.

        A hit with several topics counts for each.
        """
        if self._plan.at_most(FACETED):
            return facets_of(self._database, self.what, self._hits, exact=True)
        exact = self.total <= self.faceted
        sort, limit = (None, None) if exact else ("date", self.faceted)
        found = hits_of(self._database, self._plan, self.what, sort=sort, limit=limit)
        self.newest = () if exact else found.ids
        return facets_of(self._database, self.what, found, exact=exact)

    @cached_property
    def _hits(self) -> Hits:
        """All hits, in order: where they are few, one way gives rows, count and facets."""
        return hits_of(self._database, self._plan, self.what, sort=self.sort)

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
        if self.sort == "date" and end is not None and end <= len(self.newest):
            return iter(self.newest[self.offset : end])
        if "_hits" in self.__dict__ or (
            self._plan.at_most(FACETED) and not self._plan.stops_early(self.sort, end)
        ):
            return iter(self._hits.ids[self.offset : end])
        found = self._plan.rows("hit.id", sort=self.sort, limit=end)
        return (row[0] for row in islice(found, self.offset, None))

    @cached_property
    def emptied(self) -> Emptied:
        """Which part of the line is to blame where nothing is found."""
        said = tuple(item for item in self.query.words() if not item.excluded)
        if (known := self._plan.known_words()) is not None:
            self._counts[said] = known
        effects = tuple(self._effect(item) for item in self.query.items)
        everything = self._count(()) if self.everything is None else self.everything
        return Emptied(self.what, everything, self.total, effects)

    def _effect(self, item: Item) -> FilterEffect:
        others = tuple(other for other in self.query.items if other is not item)
        name = f"{'-' * item.excluded}{item.name}"
        value = str(item).removeprefix("-" * item.excluded).removeprefix(f"{item.name}:")
        return FilterEffect(name, value, self._count((item,)), self._count(others))

    def _count(self, items: tuple[Item, ...]) -> int:
        """How many rows some parts of the line find: counted once, asked for several times."""
        if items not in self._counts:
            line = QueryLine(items)
            self._counts[items] = Plan(self._database, line, self.what).count()
        return self._counts[items]

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
