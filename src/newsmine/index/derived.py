"""What the rows of an article are once people have judged them.

An article that a judgement changes is kept as it was extracted, sealed: its rows as compressed
JSON, which no search sees. What its tables hold is made from that by the judgements in force, so an
undo brings back exactly what was there, and a judgement made before the article was read again
holds after it as well. Rows keep their numbers.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from newsmine.index import clusters, corrections
from newsmine.index.articles import extraction_of
from newsmine.index.corrections import Corrected, Mark
from newsmine.index.database import Database
from newsmine.index.journal import UNDO, Journal, Judgement
from newsmine.index.name_rows import Known, forget_unused, used_by, with_ids
from newsmine.index.records import CHILDREN, Row, Rows, from_rows, to_rows
from newsmine.index.topics.stored import score_article
from newsmine.index.withheld import (
    KIND,
    Withheld,
    articles_with,
    names_for,
    note_found,
    withheld_by,
)
from newsmine.index.withheld_names import Redacted, redact
from newsmine.types import Extraction


@dataclass(frozen=True, slots=True)
class Original:
    """An article's rows as they were extracted, with the numbers that they have in the tables."""

    article: Row
    children: Mapping[str, Sequence[Row]]
    ids: Mapping[str, Sequence[int]]
    names: Known

    def extraction(self) -> Extraction:
        """The article with all that was found in it."""
        return from_rows(self.article, self.children)


def original(database: Database, number: int) -> Original:
    """An article as it was extracted: sealed, or as its rows stand where nothing changed it."""
    row = database.row("SELECT rows FROM sealed WHERE article = ?", (number,))
    if row is None:
        return _standing(database, number)
    stored = json.loads(zlib.decompress(row[0]))
    names = {tuple(key): ident for key, ident in stored["names"]}
    return Original(stored["article"], stored["children"], stored["ids"], names)


def _standing(database: Database, number: int) -> Original:
    rows = to_rows(extraction_of(database, number))
    ids = {
        table: [r[0] for r in database.rows(_IDS.format(table), (number,))] for table in CHILDREN
    }
    names: dict[tuple[str, ...], int] = {}
    for table, _, ident in used_by(database, number):
        found = database.row(f"SELECT * FROM {table} WHERE id = ?", (ident,))
        if found:
            names[(table, *(found[n] for n in ("name", "type") if n in found.keys()))] = ident  # noqa: SIM118
    return Original(rows.article, rows.children, ids, names)


_IDS = "SELECT id FROM {} WHERE article = ? ORDER BY id"


@dataclass(frozen=True, slots=True)
class InForce:
    """The judgements in force that are about rows: corrections, oldest first; what is withheld."""

    corrections: Sequence[Judgement] = ()
    withheld: Withheld = field(default_factory=Withheld)

    def __bool__(self) -> bool:
        return bool(self.corrections or self.withheld)


def refresh(database: Database, numbers: Collection[int], in_force: InForce) -> set[int]:
    """Make the rows of articles what the judgements in force make of them; all that were made anew.

    Where rules find a name in one that is new to the index, the other articles that have it follow.

    Args:
        database: The index, in a transaction.
        numbers: The articles'.
        in_force: All judgements in force.
    """
    done: set[int] = set()
    waiting = set(numbers)
    while waiting:
        done |= waiting
        new: set[str] = set()
        for number in sorted(waiting):
            new |= _refresh(database, number, in_force)
        # Also those just made, which were before the name was known.
        waiting = articles_with(database, new) if new else set()
        done |= waiting
    return done


def _refresh(database: Database, number: int, in_force: InForce) -> set[str]:
    """One article; the names that rules found in it and nowhere before."""
    before = original(database, number)
    extraction = before.extraction()
    new = note_found(database, number, extraction, in_force.withheld)
    corrected = corrections.apply(extraction, _about(extraction, in_force.corrections))
    names = names_for(database, number, in_force.withheld)
    hidden = redact(corrected.extraction, names) if names else None
    if hidden and hidden.extraction != corrected.extraction:
        corrected = replace(
            corrected,
            extraction=hidden.extraction,
            marks={t: _hidden(hidden, marks) for t, marks in corrected.marks.items()},
        )
    else:
        hidden = None
    database.execute("DELETE FROM corrections WHERE article = ?", (number,))
    for judgement, (table, ident) in corrected.applied.items():
        row = {"judgement": judgement, "article": number, "of": table, "row": ident}
        database.insert("corrections", [row])
    judged = bool(corrected.applied or hidden)
    if judged:
        _seal(database, number, before, hidden.count if hidden else None)
    _write(database, number, before, corrected)
    if not judged:
        database.execute("DELETE FROM sealed WHERE article = ?", (number,))
    return new


def _hidden(redacted: Redacted, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    return {
        ident: replace(mark, correction=mark.correction and redacted.finder.hidden(mark.correction))
        for ident, mark in marks.items()
    }


def _about(extraction: Extraction, judgements: Iterable[Judgement]) -> list[Judgement]:
    article = extraction.article
    sha256 = article.raw.sha256 if article.raw else None
    return [
        one
        for one in judgements
        if one.subject["article"] == article.id or (sha256 and one.subject["sha256"] == sha256)
    ]


def packed(kept: Original) -> bytes:
    """The rows as they are sealed."""
    stored = {
        "article": kept.article,
        "children": kept.children,
        "ids": kept.ids,
        "names": [[list(key), ident] for key, ident in kept.names.items()],
    }
    return zlib.compress(json.dumps(stored, ensure_ascii=False).encode())


def _seal(database: Database, number: int, before: Original, count: int | None) -> None:
    """Keep an article as it was extracted; ``count`` names are replaced in its text, if any are
    withheld from it at all.
    """
    database.execute(
        """INSERT INTO sealed (article, id, path, replaced, rows) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (article) DO UPDATE SET id = excluded.id, path = excluded.path,
        replaced = excluded.replaced, rows = excluded.rows""",
        (
            number,
            before.article["id"],
            before.article["path"],
            -1 if count is None else count,
            packed(before),
        ),
    )


def _write(database: Database, number: int, before: Original, corrected: Corrected) -> None:
    rows = to_rows(corrected.extraction)
    used = used_by(database, number)
    article = {name: value for name, value in rows.article.items() if name != "digest"}
    _update(database, "articles", "number", number, article)
    for table in CHILDREN:
        kept = corrected.kept.get(table, range(len(before.ids[table])))
        made = _marked(rows, table, corrected.marks.get(table, {}))  # type: ignore[call-overload]
        ids = [before.ids[table][place] for place in kept]
        known = (with_ids(database, row, before.names) for row in made)
        _sync(database, table, number, dict(zip(ids, known, strict=True)))
    forget_unused(database, used)


_UNMARKED = {"checked": None, "checked_by": None, "correction": None}


def _marked(rows: Rows, table: str, marks: Mapping[str, Mark]) -> list[Row]:
    """Rows of a table with what people said of each."""
    key = {"attributions": "attribution", "claims": "claim"}.get(table)
    if key is None:
        return rows.children[table]
    found = rows.children[table]
    return [row | (marks[row[key]].columns() if row[key] in marks else _UNMARKED) for row in found]


def _sync(database: Database, table: str, number: int, rows: Mapping[int, Row]) -> None:
    """Let a table hold just these rows of an article, under these numbers."""
    there = {row[0] for row in database.rows(_IDS.format(table), (number,))}
    for ident in there - rows.keys():
        database.execute(f"DELETE FROM {table} WHERE id = ?", (ident,))
    for ident, row in rows.items():
        if ident in there:
            _update(database, table, "id", ident, row)
        else:
            database.insert(table, [{"id": ident, "article": number} | row])


def _update(database: Database, table: str, key: str, ident: int, row: Row) -> None:
    columns = ", ".join(f"{name} = ?" for name in row)
    sql = f"UPDATE {table} SET {columns} WHERE {key} = ?"
    database.execute(sql, (*row.values(), ident))


def in_force(database: Database) -> InForce:
    """The judgements in force that are about rows."""
    if not database.number("SELECT 1 FROM journal LIMIT 1"):
        return InForce()
    judgements = Journal(database).in_force()
    fixes = [one for one in judgements if one.kind in corrections.KINDS]
    return InForce(fixes, withheld_by(judgements))


def is_behind(database: Database) -> bool:
    """Whether the journal has entries that the rows do not know of."""
    sql = "SELECT coalesce(max(id), 0) > (SELECT upto FROM judged) FROM journal"
    return bool(database.number(sql))


def catch_up(database: Database) -> None:
    """Let the rows follow the journal: what was added to it, by whatever way, is applied.

    One transaction; interrupted, it is done when the index is next opened for writing. Then what
    was changed is looked at again: whether it was printed elsewhere.
    """
    with database.transaction():
        if not is_behind(database):
            return
        for number in refresh(database, _touched(database), in_force(database)):
            score_article(database, number)
        database.execute("UPDATE judged SET upto = (SELECT max(id) FROM journal)")
    clusters.update(database)


def _touched(database: Database) -> set[int]:
    """The articles that new entries are about."""
    upto = database.number("SELECT upto FROM judged")
    entries = {entry.id: entry for entry in Journal(database).entries()}
    fresh = [_root(entries, entry) for entry in entries.values() if entry.id > upto]
    touched = {
        number
        for entry in fresh
        if entry.kind in corrections.KINDS
        for number in numbers_of(database, entry.subject["article"], entry.subject["sha256"])
    }
    withheld = [entry.subject for entry in fresh if entry.kind == KIND]
    if any("rule" in subject for subject in withheld):
        return {int(row[0]) for row in database.rows("SELECT number FROM articles")}
    if withheld:
        touched |= articles_with(database, [subject["name"] for subject in withheld])
    return touched


def _root(entries: Mapping[int, Judgement], entry: Judgement) -> Judgement:
    """What an undo, or the undo of an undo, is about in the end."""
    while entry.kind == UNDO and entry.undoes is not None:
        entry = entries[entry.undoes]
    return entry


def numbers_of(database: Database, ident: str, sha256: str | None) -> Collection[int]:
    """The articles of an id or of a raw text, under whatever id they stand in the index."""
    sql = """SELECT number FROM articles WHERE id = ?1 OR (?2 NOT NULL AND sha256 = ?2)
        UNION SELECT article FROM sealed WHERE id = ?1"""
    return [int(row[0]) for row in database.rows(sql, (ident, sha256))]
