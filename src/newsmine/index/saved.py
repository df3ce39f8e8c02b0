"""Saved searches: query lines that people gave a name, with what each found at that time.

They lie in the journal: so they move with the file, survive a rebuild, are exchanged with
colleagues as text, say who saved them, and a deletion is an undo, which can be undone. What a
search finds changes with the index; the index's id and the count of then tell how far.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsmine.errors import QueryError
from newsmine.index.journal import Journal
from newsmine.index.query_line import parse_query

KIND = "search.save"
LONGEST = 200
"""Characters of a search's name."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query line under a name. ``total`` rows it found in the index that had the id ``index``."""

    number: int
    name: str
    query: str
    sort: str
    index: str
    total: int
    who: str
    at: str
    why: str | None = None


def save(
    journal: Journal,
    name: str,
    query: str,
    *,
    sort: str,
    index: str,
    total: int,
    who: str,
    why: str | None = None,
) -> int:
    """Save a search; the number of its entry.

    Raises:
        QueryError: The name is empty, too long or taken, or there is a mistake in the line.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise QueryError("the name", "is empty or too long", f"Give 1 to {LONGEST} characters")
    if any(one.name.casefold() == name.casefold() for one in saved(journal)):
        raise QueryError(
            f"search {name!r}", "is there already", "Choose another name, or delete it"
        )
    parse_query(query)
    subject = {"name": name, "query": query, "sort": sort}
    return journal.record(KIND, subject, {"index": index, "total": total}, who=who, why=why).id


def saved(journal: Journal) -> tuple[SavedSearch, ...]:
    """The searches that are saved and not deleted, in the order of their names."""
    found = [
        SavedSearch(
            one.id,
            **{name: one.subject[name] for name in ("name", "query", "sort")},
            **{name: one.decision[name] for name in ("index", "total")},
            who=one.who,
            at=one.at,
            why=one.why,
        )
        for one in journal.in_force(KIND)
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.number)))


def delete(journal: Journal, number: int, *, who: str) -> None:
    """Delete a saved search; undoing this brings it back.

    Raises:
        QueryError: There is none of that number.
    """
    if number not in {one.number for one in saved(journal)}:
        raise QueryError(f"search {number}", "is not saved here", "Choose one of the list")
    journal.undo(number, who=who)
