"""What people and organisations are called over all articles, for rows that have printed names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsmine.index.database import Database

_WHOLE = """SELECT speakers.name, speakers.type, label FROM identity_names
    JOIN identities ON identities.id = identity JOIN speakers ON speakers.id = speaker
    WHERE whole = 1"""
_PARTLY = """SELECT speakers.name, speakers.type, articles.id, label FROM identity_articles
    JOIN identities ON identities.id = identity JOIN speakers ON speakers.id = speaker
    JOIN articles ON articles.number = article"""
_ORGANISATIONS = """SELECT organisations.name, label FROM identity_names
    JOIN identities ON identities.id = identity
    JOIN organisations ON organisations.id = organisation"""


@dataclass(frozen=True, slots=True)
class Called:
    """Labels for printed names: one for all names of one, another for each of several of a name."""

    whole: Mapping[tuple[str, str], str]
    partly: Mapping[tuple[str, str, str], str]
    organisations: Mapping[str, str]

    def speaker(self, name: str | None, type: str | None, article: str) -> str | None:
        """What a speaker of an article (an id) is called; as printed, where nothing else is known.

        ``None`` where no name is printed.
        """
        if name is None or type is None:
            return name
        told_apart = self.partly.get((name, type, article))
        return told_apart or self.whole.get((name, type), name)

    def organisation(self, name: str | None) -> str | None:
        """What an organisation is called."""
        return None if name is None else self.organisations.get(name, name)


NOBODY = Called({}, {}, {})
"""Everybody is called as printed."""


def called(database: Database) -> Called:
    """The labels of an index; there are as many as it has identities, far fewer than rows."""
    return Called(
        {(row[0], row[1]): row[2] for row in database.rows(_WHOLE)},
        {(row[0], row[1], row[2]): row[3] for row in database.rows(_PARTLY)},
        {row[0]: row[1] for row in database.rows(_ORGANISATIONS)},
    )
