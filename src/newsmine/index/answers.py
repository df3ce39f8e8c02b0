"""What can be asked of an index.

What only some questions need is imported when one is asked: a search waits for none of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from newsmine.index import results, rows, search, suggestions
from newsmine.index.database import Database
from newsmine.index.query import Filters, Query, Sort, What
from newsmine.index.results import SearchResult
from newsmine.index.rows import Row, RowStream
from newsmine.index.search import Emptied

if TYPE_CHECKING:
    from pandas import DataFrame

    from newsmine.index.agreement import AgreementFilters, CheckFilters, Repeated
    from newsmine.index.articles import ArticleEntry, IndexInfo, StoredArticle
    from newsmine.index.census import Profile
    from newsmine.index.clusters import Printing
    from newsmine.index.fixes import Checked, Correction, Judged
    from newsmine.index.name_lists import Names
    from newsmine.index.postgres import Address
    from newsmine.index.profiles import Field, SpeakerProfile
    from newsmine.index.size import IndexSize
    from newsmine.index.topics.stored import ArticleTopics, Topics
    from newsmine.index.topics.training import Sample


class Answers:
    """What an index answers. Every question goes to the module that knows the answer.

    Filters are the keywords of ``Filters``; how each one matches is written in
    ``newsmine.index.query``. Every method raises ``IndexFileError`` when the file fails, and
    those that take filters ``QueryError`` when a filter makes no sense.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def path(self) -> Path | Address:
        """The file, or where the server's index is."""
        return self._database.path

    @property
    def state(self) -> str:
        """A text that is another one after each change by others."""
        return self._database.state

    def printings(self, article: str, attribution: str) -> list[Printing]:
        """All prints of what a quote says, in the order of publication, with how they are linked.

        Raises:
            QueryError: There is no such quote.
        """
        from newsmine.index import clusters

        return clusters.printings(self._database, article, attribution)

    def corrections(self) -> tuple[Correction, ...]:
        """All corrections, with what became of each, in the order in which they were made."""
        from newsmine.index import fixes

        return fixes.listed(self._database)

    def judged(self, article_id: str) -> tuple[Judged, ...]:
        """The rows of an article that people looked at, also those that they dropped."""
        from newsmine.index import fixes

        return fixes.judged(self._database, article_id)

    def checked(self) -> Checked:
        """How many rows people looked at."""
        from newsmine.index import fixes

        return fixes.checked(self._database)

    def quotes(self, **filters: Unpack[Filters]) -> DataFrame:
        """The quotes that pass all filters, with ``QUOTE_COLUMNS``."""
        return search.frame(self._database, Query("quotes", **filters))

    def claims(self, **filters: Unpack[Filters]) -> DataFrame:
        """The figures that pass all filters, with ``CLAIM_COLUMNS``.

        ``text`` looks at the passage around the figure, ``counted`` at the thing counted, ``kind``
        at the quotation that the figure stands in.
        """
        return search.frame(self._database, Query("claims", **filters))

    def iter_quotes(self, **filters: Unpack[Filters]) -> RowStream:
        """The rows of ``quotes`` one by one, as dicts; spans and reasons are lists."""
        return search.stream(self._database, Query("quotes", **filters))

    def iter_claims(self, **filters: Unpack[Filters]) -> RowStream:
        """The rows of ``claims`` one by one, as dicts; spans and reasons are lists."""
        return search.stream(self._database, Query("claims", **filters))

    def checks(self, **filters: Unpack[CheckFilters]) -> DataFrame:
        """Which figures of each article agree, with ``CHECK_COLUMNS``; the sum is shown."""
        return rows.framed(self.iter_checks(**filters))

    def iter_checks(self, **filters: Unpack[CheckFilters]) -> RowStream:
        """The rows of ``checks`` one by one, as dicts; figures and claims are lists."""
        from newsmine.index import agreement

        return agreement.checks(self._database, filters)

    def agreements(self, **filters: Unpack[AgreementFilters]) -> DataFrame:
        """Figures that several articles give, with ``AGREEMENT_COLUMNS``.

        Copies of one figure are one row ("same figure", "rounded copy") with all its articles and
        the compilers that released it; two figures that differ are a row ("revised", "other
        scope", "conflict").
        """
        return rows.framed(self.iter_agreements(**filters))

    def iter_agreements(self, **filters: Unpack[AgreementFilters]) -> RowStream:
        """The rows of ``agreements`` one by one, as dicts."""
        from newsmine.index import agreement

        return agreement.agreed(self._database, filters)

    def row(self, article_id: str, ident: str) -> Row:
        """One quote or figure as its row of ``quotes`` or ``claims``: by its id, "a1" or "c1".

        Raises:
            QueryError: There is none.
        """
        return search.one_row(self._database, article_id, ident)

    def search(
        self, query: str, *, limit: int | None = 20, sort: Sort | str = "date", offset: int = 0
    ) -> SearchResult:
        """What a query line finds: ``org:ofcom "age verification" year:2019..2023 -kind:indirect``.

        ``newsmine.index.query_line`` describes the line. Fields about claims turn it to figures.

        Args:
            query: The line; an empty one finds all quotes.
            limit: At most so many rows; ``None`` for all.
            sort: As for ``quotes``: newest first, unless told otherwise; "rank" is by how well the
                words fit.
            offset: Rows to leave out at the beginning: those of earlier pages.

        Raises:
            QueryError: There is a mistake in the line; the error names the place.
        """
        return results.search(self._database, query, limit=limit, sort=sort, offset=offset)

    def who(self, query: str, *, by: Sequence[str] = ("org", "year")) -> RowStream:
        """How many of the quotes (or figures) that a query line finds are whose, and of when.

        Rows have a column for each of ``by`` (see ``newsmine.index.census.BY``) and the count.

        Raises:
            QueryError: There is a mistake in the line, or ``by`` names no column.
        """
        from newsmine.index import census

        return census.who(self._database, query, by)

    def names(self, field: str, typed: str, *, limit: int = 10) -> tuple[str, ...]:
        """Names for "org", "speaker" or "outlet" with words that begin as typed, to choose from."""
        return suggestions.names(self._database, field, typed, limit)

    def topics(self) -> Topics:
        """What its articles and quotes are about, with counts, and by what they are scored."""
        from newsmine.index.topics import stored

        return stored.topics(self._database)

    def topics_of(self, article_id: str) -> ArticleTopics:
        """What one article and each of its quotes are about, with the terms that speak for it.

        Raises:
            QueryError: There is none of that id, or it is not scored yet.
        """
        from newsmine.index.topics import stored

        return stored.of_article(self._database, article_id)

    def labelled(self, labels: str | Path) -> list[Sample]:
        """The texts that a table of labels names by their ids, to train a model of topics.

        Raises:
            QueryError: The table cannot be read, or an id is unknown.
        """
        from newsmine.index.topics.labels import read_table, samples

        return samples(read_table(Path(labels)), name=str(labels), database=self._database)

    def profile(self, organisation: str) -> Profile:
        """One organisation: its speakers, its quotes year by year, who prints them, its figures.

        Raises:
            QueryError: No organisation in the index is called so; some that are like it are named.
        """
        from newsmine.index import census

        return census.profile(self._database, organisation)

    def speaker_profile(self, name: str) -> SpeakerProfile:
        """One speaker: roles and organisations with dates, quotes year by year, papers, figures.

        Raises:
            QueryError: Nobody in the index is called so; some names that are like it are told.
        """
        from newsmine.index import profiles

        return profiles.speaker_profile(self._database, name)

    def beside(self, organisation: str) -> tuple[tuple[str, int], ...]:
        """Organisations that are quoted in the same articles as one, and in how many."""
        from newsmine.index import profiles

        return profiles.beside(self._database, organisation)

    def repeated(self, organisation: str) -> tuple[Repeated, ...]:
        """Figures of an organisation that other articles give too, whoever says it there."""
        from newsmine.index import agreement, profiles

        return agreement.repeated(self._database, profiles.line_of("org", organisation))

    def poor_years(self) -> dict[str | None, int]:
        """How many articles of each year are badly scanned; see ``newsmine.ingest.quality``."""
        from newsmine.index import profiles

        return profiles.poor_years(self._database)

    def everybody(
        self,
        field: Field,
        typed: str = "",
        *,
        sort: str = "quotes",
        limit: int = 50,
        offset: int = 0,
    ) -> Names:
        """The organisations ("org") or speakers ("speaker") with their counts, page by page.

        ``typed`` are words that a name must hold; ``sort`` is "quotes", "figures" or "name".

        Raises:
            QueryError: There is no such order.
        """
        from newsmine.index import name_lists

        return name_lists.everybody(
            self._database, field, typed, sort=sort, limit=limit, offset=offset
        )

    def count(self, what: What, **filters: Unpack[Filters]) -> int:
        """How many "quotes" or "claims" pass all filters, whatever the limit."""
        return search.count(self._database, Query(what, **filters))

    def which_filter_emptied(self, what: What, **filters: Unpack[Filters]) -> Emptied:
        """Why a query found nothing: what each filter leaves, alone and when it is dropped."""
        return search.which_filter_emptied(self._database, Query(what, **filters))

    def article(self, ident: str) -> StoredArticle:
        """One article with all that was found in it.

        Raises:
            QueryError: There is none of that id.
        """
        from newsmine.index import articles

        return articles.article(self._database, ident)

    def articles(self) -> Iterator[ArticleEntry]:
        """All articles, in the order of their paths."""
        from newsmine.index import articles

        return articles.articles(self._database)

    def size(self) -> IndexSize:
        """How much it holds; quicker than ``info``, which reads what made each article."""
        from newsmine.index import size

        return size.size(self._database)

    def info(self) -> IndexInfo:
        """What it holds in all."""
        from newsmine.index import articles

        return articles.info(self._database)
