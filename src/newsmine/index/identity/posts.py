"""A person's posts over time: its organisation is that of the date, not of all time."""

from __future__ import annotations

import datetime
import json
from collections import Counter, defaultdict

from newsmine.errors import QueryError
from newsmine.index.database import Database
from newsmine.index.identity.records import NamePart, Post, Seen
from newsmine.index.identity.tables import labels_of, names_of, rows_of, with_namesakes
from newsmine.index.query import iso_date

NEAR = 731
"""Days from a date within which an article tells of it."""

_Row = tuple[str | None, str | None, str | None]
"""Organisation, post, date."""


def posts(database: Database, name: str) -> tuple[Post, ...]:
    """A person's posts, in the order in which articles first have them."""
    dates: defaultdict[tuple[str | None, str | None], list[str | None]] = defaultdict(list)
    for organisation, role, date in _rows(database, name):
        dates[organisation, role].append(date)
    found = []
    for (organisation, role), days in dates.items():
        known = sorted(day for day in days if day)
        first, last = (known[0], known[-1]) if known else (None, None)
        found.append(Post(organisation, role, first, last, len(days)))
    return tuple(sorted(found, key=lambda post: (post.first is None, post.first, -post.quotes)))


def organisation_at(database: Database, name: str, date: str) -> str | None:
    """The organisation that the articles nearest to a date name."""
    wanted = _day(iso_date("date", date))
    distances: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for organisation, _, day in _rows(database, name):
        if organisation and day:
            distances[abs((_day(day) - wanted).days)][organisation] += 1
    nearest = min(distances, default=None)
    if nearest is None or nearest > NEAR or len(distances[nearest]) > 1:
        return None
    return next(iter(distances[nearest]))


def seen(database: Database, type: str, part: NamePart, limit: int) -> tuple[Seen, ...]:
    """Where a name stands, the latest first."""
    name = "speakers.name" if type == "person" else "organisations.name"
    sql = f"""SELECT DISTINCT hit.role, organisations.name, articles.outlet, articles.published,
        articles.id FROM attributions AS hit JOIN articles ON articles.number = hit.article
        LEFT JOIN speakers ON speakers.id = hit.speaker
        LEFT JOIN organisations ON organisations.id = hit.organisation
        WHERE {name} = ?1 AND (?2 IS NULL OR articles.id IN (SELECT value FROM json_each(?2)))
        ORDER BY articles.published DESC NULLS LAST, articles.id LIMIT ?3"""
    ids = None if part.articles is None else json.dumps(part.articles)
    rows = database.rows(sql, (part.name, ids, limit))
    return tuple(Seen(r[0], r[1], ", ".join(filter(None, (r[2], r[3], r[4])))) for r in rows)


def _day(date: str) -> datetime.date:
    """The day of a date; of a partial one its middle."""
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    return datetime.date(year, month or 7, day or (15 if month else 1))


def _rows(database: Database, name: str) -> list[_Row]:
    """What each quote says of a person: organisation by the label of who it is."""
    sql = "SELECT id FROM speakers WHERE name = ? COLLATE NOCASE AND type = 'person'"
    ids = [row[0] for row in database.rows(sql, (name.strip(),))]
    found = with_namesakes(database, "speaker", ids, name)
    if not found.ids:
        raise QueryError(f"name {name[:60]!r}", "is nobody's in the index", "Check the spelling")
    where, values = rows_of("hit.speaker", "hit.article", found)
    sql = f"""SELECT hit.organisation, hit.role, articles.published FROM attributions AS hit
        JOIN articles ON articles.number = hit.article WHERE {where} ORDER BY hit.id"""
    rows = [tuple(row) for row in database.rows(sql, values)]
    names = _organisations(database, {row[0] for row in rows if row[0] is not None})
    return [(names.get(row[0]), row[1], row[2]) for row in rows]


def _organisations(database: Database, ids: set[int]) -> dict[int, str]:
    return names_of(database, "organisation", ids) | labels_of(database, "organisation", ids)
