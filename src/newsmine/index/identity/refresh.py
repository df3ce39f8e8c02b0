"""Names put together anew, by rules and judgements, and what rests on them."""

from __future__ import annotations

from newsmine.index import clusters
from newsmine.index.database import Database
from newsmine.index.identity.moves import company, moved
from newsmine.index.identity.tables import write
from newsmine.index.journal import Journal

ANSWERS = {"yes": "names.merge", "no": "names.split", "unsure": "names.unsure"}
"""What can be answered, and the judgement that it makes."""
KINDS = (*ANSWERS.values(), "names.rename", "names.directory")
"""The kinds of judgements that are applied; others, of a later newsmine, are kept alone."""


def refresh(database: Database) -> None:
    """Put names together anew, then look again at what those who came together or apart said."""
    with database.transaction():
        before = company(database)
        _resolve(database)
        changed = moved(before, company(database))
        clusters.forget(database, changed.speakers, changed.organisations)
    if changed:
        clusters.update(database)


def _resolve(database: Database) -> None:
    # Word lists are read here, not at import: a query needs none of them.
    from newsmine.index.directory import directory_of
    from newsmine.index.identity.evidence import evidence, expanded
    from newsmine.index.identity.resolve import resolve

    judgements = [one for one in Journal(database).in_force() if one.kind in KINDS]
    found = evidence(database)
    given = [j.decision["organisations"] for j in judgements if j.kind == "names.directory"]
    directory = directory_of([entry for entries in reversed(given) for entry in entries])
    resolved = resolve(
        found, directory, lambda name, letters: expanded(database, name, letters), judgements
    )
    write(database, resolved, found.articles)
