"""What an index says of names: who is called so, where, in which post, of which organisation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from newsmine.index.database import Database
from newsmine.index.identity.organisations import OrganisationName
from newsmine.index.identity.people import Sighting
from newsmine.index.identity.spelling import plain
from newsmine.index.query import phrase_expression

_SEEN = """
    SELECT DISTINCT {columns} FROM attributions AS row
    JOIN articles ON articles.number = row.article {join} WHERE {where}
    UNION
    SELECT DISTINCT {columns} FROM claims AS row
    JOIN articles ON articles.number = row.article {join} WHERE {where}
"""
_PEOPLE = _SEEN.format(
    columns="row.speaker, row.article, row.role, row.organisation, articles.published",
    join="JOIN speakers ON speakers.id = row.speaker",
    where="speakers.type = 'person'",
)
_ORGANISATIONS = _SEEN.format(
    columns="row.organisation, row.article", join="", where="row.organisation NOT NULL"
)
_TEXTS = 20
"""Articles in which an expansion is looked for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One row: a person's name with its post and organisation in an article."""

    speaker: int
    article: int
    role: str | None
    organisation: int | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All names of an index; ids are those of its tables, articles go by number."""

    people: Mapping[int, str]
    organisations: Mapping[int, str]
    seen: tuple[Seen, ...]
    in_articles: tuple[tuple[int, int], ...]
    articles: Mapping[int, str]

    def organisation_names(self) -> dict[int, OrganisationName]:
        """The organisations with the people who speak for each."""
        speak: defaultdict[int, set[int]] = defaultdict(set)
        for row in self.seen:
            if row.organisation is not None:
                speak[row.organisation].add(row.speaker)
        return {
            ident: OrganisationName(name, frozenset(speak.get(ident, ())))
            for ident, name in self.organisations.items()
        }

    def sightings(self, group_of: Mapping[int, int]) -> dict[int, tuple[Sighting, ...]]:
        """What each article says of each name; organisations by their group."""
        found: defaultdict[tuple[int, int], list[Seen]] = defaultdict(list)
        for row in self.seen:
            found[row.speaker, row.article].append(row)
        sightings: defaultdict[int, list[Sighting]] = defaultdict(list)
        for (speaker, article), rows in sorted(found.items()):
            roles = frozenset(plain(row.role) for row in rows if row.role and plain(row.role))
            theirs = frozenset(
                group_of.get(row.organisation, row.organisation)
                for row in rows
                if row.organisation is not None
            )
            sightings[speaker].append(Sighting(article, roles, theirs, rows[0].year))
        return {speaker: tuple(some) for speaker, some in sightings.items()}


def evidence(database: Database) -> Evidence:
    """Read all that an index says of names."""
    people = "SELECT id, name FROM speakers WHERE type = 'person'"
    seen = (Seen(r[0], r[1], r[2], r[3], year_of(r[4])) for r in database.rows(_PEOPLE))
    return Evidence(
        people={row[0]: row[1] for row in database.rows(people)},
        organisations={r[0]: r[1] for r in database.rows("SELECT id, name FROM organisations")},
        seen=tuple(seen),
        in_articles=tuple((row[0], row[1]) for row in database.rows(_ORGANISATIONS)),
        articles={r[0]: r[1] for r in database.rows("SELECT number, id FROM articles")},
    )


def year_of(published: str | None) -> int | None:
    """The year of a date that may be partial."""
    return int(published[:4]) if published and published[:4].isdecimal() else None


def expanded(database: Database, name: str, letters: str) -> str | None:
    """The article in which a name stands beside its letters: "Office for Calm (OfC)"."""
    sql = """SELECT id, text FROM articles WHERE number IN (
        SELECT rowid FROM article_words WHERE article_words MATCH ? LIMIT ?)"""
    bare = _bare(name)
    phrases = (f"{bare} {letters}", f"{letters} {bare}", f"{letters} the {bare}")
    wanted = " OR ".join(map(phrase_expression, phrases))
    found = database.rows(sql, (wanted, _TEXTS))
    return next((row[0] for row in found if stands_expanded(row[1], name, letters)), None)


def stands_expanded(text: str, name: str, letters: str) -> bool:
    """Whether a text has a name with its letters in brackets, or the letters with the name so."""
    words = r"\s+".join(map(re.escape, _bare(name).split()))
    short = rf"\b{re.escape(letters)}\b"
    either = rf"{words}[’'s]*\s*\(\s*(?:the\s+)?{short}|{short}\s*\(\s*(?:the\s+)?{words}\b"
    return re.search(either, text, re.IGNORECASE) is not None


def _bare(name: str) -> str:
    return re.sub(r"^the\s+(?=\S)", "", name, flags=re.IGNORECASE)
