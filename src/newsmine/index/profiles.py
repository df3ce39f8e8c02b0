"""One speaker in figures, who is quoted beside an organisation, and which years were badly scanned.

Names are looked up as the query line does it, so a page and a search agree on whose quotes
these are.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from newsmine.index.census import YEAR, YearEntry
from newsmine.index.database import Database
from newsmine.index.identity.tables import SPEAKER, labels_of, names_of
from newsmine.index.plan import Plan
from newsmine.index.query import What
from newsmine.index.query_line import QueryLine, parse_query
from newsmine.index.rows import Row, rows_with
from newsmine.index.suggestions import unknown

Field = Literal["org", "speaker"]

NEWEST = 10
"""Quotes and figures of a profile."""
BESIDE = 20
"""Organisations quoted beside one: those in most articles."""


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """A role of a speaker, or whom they speak for; ``first`` and ``last`` are dates of articles."""

    name: str | None
    quotes: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class SpeakerProfile:
    """One speaker in an index, under all ``names`` that fit the one asked for.

    Two people of one name may be in it together: labels among ``names`` say so where they are
    told apart, else ``organisations`` and their dates show it.
    ``newest`` and ``figures`` are rows with ``QUOTE_COLUMNS`` and ``CLAIM_COLUMNS``, the newest of
    ``quotes`` and ``figure_count``.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    quotes: int
    roles: tuple[DatedEntry, ...]
    organisations: tuple[DatedEntry, ...]
    years: tuple[YearEntry, ...]
    outlets: tuple[tuple[str | None, int], ...]
    figure_count: int
    figures: tuple[Row, ...]
    newest: tuple[Row, ...]


def line_of(field: Field, name: str) -> QueryLine:
    """The query line that finds what somebody says.

    Raises:
        QueryError: There is no word in the name, or it is too long.
    """
    return parse_query(f'{field}:"{name.replace(chr(34), " ")}"')


def speaker_profile(database: Database, name: str) -> SpeakerProfile:
    """One speaker: roles, organisations, quotes year by year, who prints them, figures.

    Raises:
        QueryError: Nobody in the index is called so; some names that are like it are told.
    """
    line = line_of("speaker", name)
    said = [_Said(*row) for row in Plan(database, line, "quotes").rows(_SAID)]
    counted = [row[0] for row in Plan(database, line, "claims").rows(SPEAKER)]
    if not said and not counted:
        raise unknown(database, "speaker", name)
    speakers = {*counted, *(one.speaker for one in said)}
    who = _called(database, "speaker", speakers)
    whose = _called(database, "organisation", {one.organisation for one in said})
    outlets = Counter(one.outlet for one in said)
    return SpeakerProfile(
        names=tuple(sorted({who[one] for one in speakers}, key=str.casefold)),
        types=tuple(sorted({one.type for one in said if one.type})),
        quotes=len(said),
        roles=_dated((one.role, one.published) for one in said),
        organisations=_dated((whose.get(one.organisation), one.published) for one in said),
        years=_years(database, said),
        outlets=tuple(sorted(outlets.items(), key=lambda item: (-item[1], str(item[0])))),
        figure_count=len(counted),
        figures=newest(database, line, "claims"),
        newest=newest(database, line, "quotes"),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    speaker: int | str | None
    type: str | None
    role: str | None
    organisation: int | None
    published: str | None
    outlet: str | None
    article: int


_SAID = (
    f"{SPEAKER}, hit.speaker_type, hit.role, hit.organisation, "
    "articles.published, articles.outlet, hit.article"
)


def _called(
    database: Database, column: str, ids: Collection[int | str | None]
) -> dict[int | str | None, str]:
    """Names for ids: what identities are called, where there are any; of labels themselves."""
    own = {label: label for label in ids if isinstance(label, str)}
    return {**names_of(database, column, ids), **labels_of(database, column, ids), **own}


def _dated(said: Iterable[tuple[str | None, str | None]]) -> tuple[DatedEntry, ...]:
    """Most first, the unknown last."""
    dates: dict[str | None, list[str | None]] = defaultdict(list)
    for name, published in said:
        dates[name].append(published)
    return tuple(
        DatedEntry(name, len(found), *_ends(found))
        for name, found in sorted(
            dates.items(), key=lambda item: (item[0] is None, -len(item[1]), str(item[0]))
        )
    )


def _ends(dates: Iterable[str | None]) -> tuple[str | None, str | None]:
    known = sorted(date for date in dates if date)
    return (known[0], known[-1]) if known else (None, None)


def _years(database: Database, said: Iterable[_Said]) -> tuple[YearEntry, ...]:
    """All years of which there are articles: a year of silence says something too."""
    quoting: dict[str | None, list[int]] = defaultdict(list)
    for one in said:
        quoting[one.published[:4] if one.published else None].append(one.article)
    return tuple(
        YearEntry(year, len(quoting[year]), len(set(quoting[year])), articles)
        for year, articles in _of_years(database)
    )


def poor_years(database: Database) -> dict[str | None, int]:
    """How many articles of each year are badly scanned; years without any are left out.

    Of what was badly scanned less could be read: a rate of such a year is too low.
    """
    # As newsmine.ingest.quality flags an article.
    return dict(_of_years(database, """WHERE instr(flags, '"low quality"') > 0"""))


def _of_years(database: Database, where: str = "") -> Iterator[tuple[str | None, int]]:
    sql = f"""SELECT {YEAR} AS year, count(*) FROM articles {where}
        GROUP BY 1 ORDER BY 1 NULLS LAST"""
    return ((row[0], row[1]) for row in database.rows(sql))


def newest(database: Database, line: QueryLine, what: What) -> tuple[Row, ...]:
    """The newest quotes or figures that a line finds, ``NEWEST`` at most."""
    found = Plan(database, line, what).rows("hit.id", sort="date", limit=NEWEST)
    return tuple(row for _, row in rows_with(database, what, (row[0] for row in found)))


def beside(database: Database, organisation: str) -> tuple[tuple[str, int], ...]:
    """Organisations that are quoted in the same articles as one, and in how many, most first."""
    plan = Plan(database, line_of("org", organisation), "quotes")
    own: set[int] = set()
    articles: set[int] = set()
    for ident, article in plan.rows("hit.organisation, hit.article"):
        own.add(ident)
        articles.add(article)
    sql = """SELECT DISTINCT hit.organisation, hit.article FROM attributions AS hit
        WHERE hit.article IN (SELECT value FROM json_each(?))
        AND hit.organisation NOT IN (SELECT value FROM json_each(?))"""
    values = (json.dumps(sorted(articles)), json.dumps(sorted(own)))
    found = [(row[0], row[1]) for row in database.rows(sql, values)]
    called = _called(database, "organisation", {ident for ident, _ in found})
    # In a set: one organisation may have several names in an article.
    counts = Counter(name for name, _ in {(called[ident], article) for ident, article in found})
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:BESIDE])
