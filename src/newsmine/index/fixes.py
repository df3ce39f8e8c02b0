"""Corrections as people ask for them: one row, what shall stand there, and what became of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from newsmine.errors import QueryError
from newsmine.index import corrections
from newsmine.index.corrections import CHANGES, Item, Table, check_changes, subject_of
from newsmine.index.database import Database
from newsmine.index.derived import catch_up, original
from newsmine.index.journal import UNDO, Journal, Judgement, append

State = Literal["in force", "undone", "row lost"]

_ADDRESS = "Name a row as `quotes`, `claims` or `search` print it: ARTICLE:a1 or ARTICLE:c1"


@dataclass(frozen=True, slots=True)
class Correction:
    """A judgement on a row, and what became of it.

    ``row`` is ARTICLE:a1 (a quote) or ARTICLE:c1 (a figure) where it was applied, else where it was
    made; ``text`` the words of the row. "row lost" is in force, but its row is not in the index.
    """

    number: int
    kind: str
    row: str
    text: str
    changes: Mapping[str, str]
    who: str
    at: str
    why: str | None
    state: State


@dataclass(frozen=True, slots=True)
class Checked:
    """How many rows people looked at; ``lost`` are corrections whose row is not in the index."""

    right: int
    corrected: int
    dropped: int
    lost: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of one article that people looked at: its id, its words, what they said, and who."""

    row: str
    text: str
    said: str
    by: str


def fix(
    database: Database,
    row: str,
    changes: Mapping[str, str],
    *,
    who: str,
    why: str | None,
    drop: bool = False,
) -> Correction:
    """Write a correction into the journal and apply it.

    Without changes and without ``drop`` the row is right as it is. See ``Index.fix``.

    Raises:
        QueryError: There is no such row, it is dropped already, or a value makes no sense.
    """
    if drop and changes:
        raise QueryError(row, "cannot be dropped and changed at once", "Do one of them")
    number, table, ident = _located(database, row)
    check_changes(table, changes)
    if not database.number(_IS_THERE[table], (number, ident)):
        remedy = "`newsmine fix FILE --list` shows by which judgement; undo that first"
        raise QueryError(row, "was dropped", remedy)
    extraction = original(database, number).extraction()
    items: tuple[Item, ...] = getattr(extraction, table)
    item = next(one for one in items if one.id == ident)
    subject = subject_of(extraction, table, item)
    kind = "drop" if drop else "fix" if changes else "checked"
    with database.transaction():
        judgement = append(database, kind, subject, changes, who=who, why=why)
    catch_up(database)
    return next(one for one in listed(database) if one.number == judgement.id)


def undo(database: Database, number: int, *, who: str, why: str | None) -> None:
    """Undo a correction: the row is as it was without it.

    Raises:
        QueryError: The judgement is none of these, or is undone already.
    """
    kinds = {entry.id: entry.kind for entry in Journal(database).entries()}
    if kinds.get(number, UNDO) not in (*corrections.KINDS, UNDO) or number not in kinds:
        raise QueryError(f"correction {number}", "is not in the journal", _LIST)
    Journal(database).undo(number, who=who, why=why)
    catch_up(database)


_LIST = "`newsmine fix FILE --list` shows their numbers"
_IS_THERE: Mapping[Table, str] = {
    "attributions": "SELECT count(*) FROM attributions WHERE article = ? AND attribution = ?",
    "claims": "SELECT count(*) FROM claims WHERE article = ? AND claim = ?",
}


def listed(database: Database) -> tuple[Correction, ...]:
    """All corrections, undone ones as well, in the order in which they were made."""
    journal = Journal(database)
    standing = {entry.id for entry in journal.in_force()}
    sql = """SELECT judgement, articles.id || ':' || row FROM corrections
        JOIN articles ON articles.number = corrections.article"""
    applied = {row[0]: row[1] for row in database.rows(sql)}
    entries = (entry for entry in journal.entries() if entry.kind in corrections.KINDS)
    return tuple(_correction(entry, standing, applied) for entry in entries)


def _correction(entry: Judgement, standing: set[int], applied: Mapping[int, str]) -> Correction:
    state: State = "in force" if entry.id in applied else "row lost"
    made_at = f"{entry.subject['article']}:{entry.subject['id']}"
    return Correction(
        number=entry.id,
        kind=entry.kind,
        row=applied.get(entry.id, made_at),
        text=entry.subject["text"],
        changes={name: entry.decision[name] for name in CHANGES if name in entry.decision},
        who=entry.who,
        at=entry.at,
        why=entry.why,
        state=state if entry.id in standing else "undone",
    )


def judged(database: Database, article: str) -> tuple[Judged, ...]:
    """The rows of an article that people looked at, those that they dropped last."""
    sql = """SELECT attribution AS row, quote AS text, checked, checked_by, correction
        FROM quotes WHERE article = ?1 AND checked != 'no'
        UNION ALL SELECT claim, text, checked, checked_by, correction
        FROM figures WHERE article = ?1 AND checked != 'no'"""
    rows = [
        Judged(row["row"], row["text"], row["correction"] or "right as it is", row["checked_by"])
        for row in database.rows(sql, (article,))
    ]
    gone = (c for c in listed(database) if c.kind == "drop" and c.state == "in force")
    here = (one for one in gone if one.row.rpartition(":")[0] == article)
    dropped = (
        Judged(c.row.rpartition(":")[2], c.text, f"dropped{f'; why: {c.why}' * bool(c.why)}", c.who)
        for c in here
    )
    return (*rows, *dropped)


def checked(database: Database) -> Checked:
    """Counts of rows that people looked at."""
    counts = {"yes": 0, "corrected": 0}
    for table in ("attributions", "claims"):
        sql = f"SELECT checked, count(*) FROM {table} WHERE checked NOT NULL GROUP BY checked"
        for row in database.rows(sql):
            counts[row[0]] += row[1]
    found = listed(database) if database.number("SELECT 1 FROM journal LIMIT 1") else ()
    return Checked(
        right=counts["yes"],
        corrected=counts["corrected"],
        dropped=len({c.row for c in found if c.kind == "drop" and c.state == "in force"}),
        lost=sum(1 for one in found if one.state == "row lost"),
    )


def _located(database: Database, row: str) -> tuple[int, Table, str]:
    """The number of the article that a row is named by, its table, its id."""
    name, colon, ident = row.rpartition(":")
    if not colon or not name or not ident:
        raise QueryError(repr(row[:80]), "names no row", _ADDRESS)
    number = _article(database, name)
    found = original(database, number).extraction()
    tables: dict[Table, Any] = {"attributions": found.attributions, "claims": found.claims}
    for table, items in tables.items():
        if any(item.id == ident for item in items):
            return number, table, ident
    known = ", ".join(item.id for items in tables.values() for item in items)
    raise QueryError(row, "is no row of that article", f"It has {known or 'none'}")


def _article(database: Database, name: str) -> int:
    """The article of that id, or the only one whose id begins so, or is so before its hash."""
    known = {row[0]: row[1] for row in database.rows("SELECT id, number FROM articles")}
    for fits in (
        lambda ident: ident == name,
        lambda ident: re.sub("-[0-9a-f]{12}$", "", ident) == name,
        lambda ident: ident.startswith(name),
    ):
        found = [ident for ident in known if fits(ident)]
        if len(found) == 1:
            return int(known[found[0]])
        if found:
            some = ", ".join(found[:3])
            raise QueryError(name, f"begins the ids of {len(found)} articles", f"Say which: {some}")
    raise QueryError(name, "is no article in this index", _ADDRESS)
