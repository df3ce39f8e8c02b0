"""Which names came together or apart between two times: what rests on them is to be made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from newsmine.index.database import Database

Member = tuple[str, int, int]
"""A name of an identity: which column, its id, and its article where it is not in all (else 0)."""
Company = Mapping[Member, frozenset[Member]]
"""For each name all that are of the same one."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Ids of names that are in other company than before."""

    speakers: frozenset[int]
    organisations: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.speakers or self.organisations)


def company(database: Database) -> Company:
    """Who is of one, as the tables say now. What one is called does not matter."""
    members: dict[int, set[Member]] = defaultdict(set)
    for row in database.rows("SELECT identity, speaker, organisation, whole FROM identity_names"):
        if row["organisation"] is not None:
            members[row["identity"]].add(("organisation", row["organisation"], 0))
        elif row["whole"]:
            members[row["identity"]].add(("speaker", row["speaker"], 0))
    for row in database.rows("SELECT identity, speaker, article FROM identity_articles"):
        members[row["identity"]].add(("speaker", row["speaker"], row["article"]))
    # One name that is nobody else's is as it was without an identity.
    told = (group for group in members.values() if len(group) > 1 or any(one[2] for one in group))
    return {one: frozenset(group) for group in told for one in group}


def moved(before: Company, after: Company) -> Moved:
    """The names whose company changed."""
    changed = {
        (one[0], one[1])
        for one in before.keys() | after.keys()
        if before.get(one) != after.get(one)
    }
    ids = {
        column: frozenset(ident for name, ident in changed if name == column)
        for column in ("speaker", "organisation")
    }
    return Moved(ids["speaker"], ids["organisation"])
