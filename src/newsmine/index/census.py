"""Who is heard on what, and one organisation in figures: counts over an index."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from newsmine.errors import QueryError
from newsmine.index.conditions import Condition, listed, named
from newsmine.index.database import Database
from newsmine.index.facets import each_topic
from newsmine.index.identity.tables import SPEAKER, labels_of, rows_of
from newsmine.index.plan import Plan
from newsmine.index.query import What
from newsmine.index.query_fields import did_you_mean
from newsmine.index.query_line import parse_query
from newsmine.index.rows import CLAIM_COLUMNS, Row, RowStream, plain_row
from newsmine.index.suggestions import unknown

YEAR = "substr(articles.published, 1, 4)"
BY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "org": ("organisation", "hit.organisation"),
        "speaker": ("speaker", SPEAKER),
        "role": ("role", "hit.role"),
        "type": ("type", "hit.speaker_type"),
        "outlet": ("outlet", "articles.outlet"),
        "year": ("year", YEAR),
        "topic": ("topic", "hit.topics"),
        "kind": ("kind", "hit.kind"),
        "form": ("form", "hit.form"),
    }
)
"""What can be counted by: the column of the result, and where it comes from. ``kind`` is of
quotes alone, ``form`` of figures."""
_ELSEWHERE: Mapping[What, str] = {"quotes": "form", "claims": "kind"}

FIGURES = 10
"""Figures of a profile, the newest."""


def who(database: Database, query: str, by: Sequence[str]) -> RowStream:
    """Counts of what a query line finds. Groups with most rows come first, ``None`` is unknown.

    Raises:
        QueryError: There is a mistake in the line, or ``by`` names no column.
    """
    line = parse_query(query)
    for name in by or [""]:
        _check_by(name, line.what)
    found = Plan(database, line, line.what).rows(", ".join(BY[name][1] for name in by))
    counts = _each_topic(Counter(tuple(row) for row in found), by)
    columns = [*(BY[name][0] for name in by), line.what]
    names = [_names(database, name, {key[n] for key in counts}) for n, name in enumerate(by)]
    rows = [[*_named(key, names), count] for key, count in counts.items()]
    return RowStream(columns, iter([dict(zip(columns, row, strict=True)) for row in _sorted(rows)]))


def _each_topic(counts: Counter[tuple[Any, ...]], by: Sequence[str]) -> Counter[tuple[Any, ...]]:
    """A row with several topics counts in the group of each."""
    for place, name in enumerate(by):
        if name == "topic":
            single: Counter[tuple[Any, ...]] = Counter()
            for key, count in counts.items():
                for topic in each_topic({key[place]: count}):
                    single[*key[:place], topic, *key[place + 1 :]] += count
            counts = single
    return counts


def _check_by(name: str, what: What) -> None:
    known = [known for known in BY if known != _ELSEWHERE[what]]
    if name not in known:
        remedy = f"{did_you_mean(name, known)}Take some of {', '.join(known)}"
        raise QueryError(f"by {name[:40]!r}", f"is nothing to count {what} by", remedy)


def _names(database: Database, by: str, ids: set[Any]) -> Mapping[Any, str] | None:
    """For ids their names; None where all values are names already."""
    if by not in ("org", "speaker"):
        return None
    table = {"org": "organisations", "speaker": "speakers"}[by]
    sql = f"SELECT id, name FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
    known = json.dumps([ident for ident in ids if isinstance(ident, int)])
    names = {row[0]: row[1] for row in database.rows(sql, (known,))}
    return names | labels_of(database, BY[by][0], ids)


def _named(key: Sequence[Any], names: Sequence[Mapping[Any, str] | None]) -> list[Any]:
    return [
        value if known is None else known.get(value, value)
        for value, known in zip(key, names, strict=True)
    ]


def _sorted(rows: list[list[Any]]) -> list[list[Any]]:
    """The group of the first column that has most comes first, the unknown last; then by value.

    Names that two rows of a table share (a person and a group of one name) are put together.
    """
    merged: Counter[tuple[Any, ...]] = Counter()
    sizes: Counter[Any] = Counter()
    for *key, count in rows:
        merged[tuple(key)] += count
        sizes[key[0]] += count
    ordered = sorted(
        merged,
        key=lambda key: (
            key[0] is None,
            -sizes[key[0]],
            *((value is None, str(value).casefold()) for value in key),
        ),
    )
    return [[*key, merged[key]] for key in ordered]


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """One who speaks for an organisation: ``name`` is None for all whom articles leave unnamed.

    ``role`` is the one given most often; ``first`` and ``last`` are dates of articles.
    """

    name: str | None
    role: str | None
    quotes: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class YearEntry:
    """One year: quotes of the organisation, articles that quote it, all articles of the index.

    ``year`` is None for articles without a date.
    """

    year: str | None
    quotes: int
    quoting: int
    articles: int


@dataclass(frozen=True, slots=True)
class Profile:
    """One organisation in an index, under all ``names`` that fit the one asked for.

    ``topics`` are what its quotes are about, most first, None for nothing that is known.
    ``figures`` are rows with ``CLAIM_COLUMNS``, the newest of ``figure_count``.
    """

    names: tuple[str, ...]
    quotes: int
    speakers: tuple[SpeakerEntry, ...]
    years: tuple[YearEntry, ...]
    outlets: tuple[tuple[str | None, int], ...]
    topics: tuple[tuple[str | None, int], ...]
    figure_count: int
    figures: tuple[Row, ...]


def profile(database: Database, organisation: str) -> Profile:
    """One organisation: its speakers, its quotes year by year, who prints them, its figures.

    Raises:
        QueryError: No organisation in the index is called so.
    """
    found = named(database, "org", organisation)
    if not found.ids:
        raise unknown(database, "org", organisation)
    theirs = rows_of("hit.organisation", "hit.article", found)
    sql, values = listed("id", found.ids)
    names = database.rows(f"SELECT name FROM organisations WHERE {sql}", values)
    outlets = _group(database, "articles.outlet, count(*)", theirs, "1 ORDER BY 2 DESC, 1")
    return Profile(
        names=tuple(sorted((row[0] for row in names), key=str.casefold)),
        quotes=_count(database, "attributions", theirs),
        speakers=_speakers(database, theirs),
        years=_years(database, theirs),
        outlets=tuple((row[0], row[1]) for row in outlets),
        topics=_topics(database, theirs),
        figure_count=_count(database, "claims", theirs),
        figures=_figures(database, theirs),
    )


def _group(database: Database, columns: str, theirs: Condition, by: str) -> list[tuple[Any, ...]]:
    sql = f"""SELECT {columns} FROM attributions AS hit
        JOIN articles ON articles.number = hit.article
        LEFT JOIN speakers ON speakers.id = hit.speaker
        WHERE {theirs[0]} GROUP BY {by}"""
    return [tuple(row) for row in database.rows(sql, theirs[1])]


def _count(database: Database, table: str, theirs: Condition) -> int:
    return database.number(f"SELECT count(*) FROM {table} AS hit WHERE {theirs[0]}", theirs[1])


def _speakers(database: Database, theirs: Condition) -> tuple[SpeakerEntry, ...]:
    columns = f"{SPEAKER}, speakers.name, hit.role, count(*), min(articles.published)"
    groups = _group(database, f"{columns}, max(articles.published)", theirs, "1, 2, 3")
    labels = labels_of(database, "speaker", {group[0] for group in groups if group[0]})
    by_name: dict[str | None, list[tuple[Any, ...]]] = defaultdict(list)
    for ident, name, *rest in groups:
        by_name[ident if isinstance(ident, str) else labels.get(ident, name)].append(tuple(rest))
    entries = [_speaker(name, groups) for name, groups in by_name.items()]
    return tuple(sorted(entries, key=lambda e: (-e.quotes, e.name is None, str(e.name).casefold())))


def _speaker(name: str | None, groups: Sequence[tuple[Any, ...]]) -> SpeakerEntry:
    """One speaker out of a row for each role: role, quotes, first and last date."""
    roles = sorted((group for group in groups if group[0]), key=lambda group: (-group[1], group[0]))
    return SpeakerEntry(
        name=name,
        role=roles[0][0] if roles and name else None,
        quotes=sum(group[1] for group in groups),
        first=min((group[2] for group in groups if group[2]), default=None),
        last=max((group[3] for group in groups if group[3]), default=None),
    )


def _topics(database: Database, theirs: Condition) -> tuple[tuple[str | None, int], ...]:
    groups = _group(database, "hit.topics, count(*)", theirs, "1")
    counts = each_topic({row[0]: row[1] for row in groups})
    ordered = sorted(counts.items(), key=lambda one: (one[0] is None, -one[1], str(one[0])))
    return tuple((None if topic is None else str(topic), count) for topic, count in ordered)


def _years(database: Database, theirs: Condition) -> tuple[YearEntry, ...]:
    """All years of which there are articles: a year of silence says something too."""
    columns = f"{YEAR}, count(*), count(DISTINCT hit.article)"
    quoted = {row[0]: (row[1], row[2]) for row in _group(database, columns, theirs, "1")}
    sql = f"SELECT {YEAR} AS year, count(*) FROM articles GROUP BY 1 ORDER BY 1 NULLS LAST"
    return tuple(
        YearEntry(row[0], *quoted.get(row[0], (0, 0)), row[1]) for row in database.rows(sql)
    )


def _figures(database: Database, theirs: Condition) -> tuple[Row, ...]:
    newest = "ORDER BY published DESC NULLS LAST, articles.id, hit.id"
    found = database.rows(
        f"""SELECT {", ".join(CLAIM_COLUMNS)} FROM figures WHERE id IN (
            SELECT hit.id FROM claims AS hit JOIN articles ON articles.number = hit.article
            WHERE {theirs[0]} {newest} LIMIT {FIGURES}
        ) ORDER BY published DESC NULLS LAST, article, id""",
        theirs[1],
    )
    return tuple(plain_row(row, CLAIM_COLUMNS) for row in found)
