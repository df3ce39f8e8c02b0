"""The journal of judgements: what people decided, by whom, when and why.

Everything derived can be rebuilt; a judgement cannot. So it is never changed or deleted (the table
refuses both): an undo is a further entry that names the one it undoes, and can be undone itself.
Judgements speak of things by what survives a rebuild: names and their types, an article's id and
the words of a quote, never the number of a row.

A judgement is known by a key made of all that it says, so that files exchanged between colleagues,
or carried over into a rebuilt index, can be read any number of times: each is taken once.

>>> entry = index.journal.record(  # doctest: +SKIP
...     "names.merge", {"type": "person", "names": ["Ann Lee", "A. Lee"]}, who="jo", why="same post"
... )
>>> index.journal.undo(entry.id, who="jo")  # doctest: +SKIP
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newsmine.errors import QueryError
from newsmine.index.database import Database
from newsmine.index.journal_forms import is_formed
from newsmine.index.texts import storable

UNDO = "undo"
"""The kind of an entry that undoes another."""

_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_FIELDS = frozenset(("at", "who", "kind", "subject", "decision", "why", "undoes", "key"))
_LIST = "See the numbers with `newsmine names FILE list`"
_REMEDY = "Take a file that newsmine exported, as it was written"


@dataclass(frozen=True, slots=True)
class Judgement:
    """An entry of the journal.

    ``id`` counts within one index; ``key`` is the same in every index that has the entry. ``at`` is
    ISO 8601 in UTC. ``subject`` is what it is about, ``decision`` what was decided of it; an undo
    has neither, and ``undoes`` is the id of the entry that it undoes.
    """

    id: int
    at: str
    who: str
    kind: str
    subject: Mapping[str, Any] = field(default_factory=dict)
    decision: Mapping[str, Any] = field(default_factory=dict)
    why: str | None = None
    undoes: int | None = None
    key: str = ""


class Journal:
    """The journal of one index. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self,
        kind: str,
        subject: Mapping[str, Any],
        decision: Mapping[str, Any] | None = None,
        *,
        who: str,
        why: str | None = None,
    ) -> Judgement:
        """Write a judgement down.

        Args:
            kind: What sort it is: "names.merge", "fix", ...
            subject: What it is about, in JSON's terms.
            decision: What was decided of it, in JSON's terms.
            who: Who decided.
            why: For what reason.

        Raises:
            ValueError: A kind or who is empty, something is no JSON, or a judgement of this kind
                has to say other things (``newsmine.index.journal_forms``).
        """
        if kind == UNDO:
            raise ValueError("an undo names an entry: use Journal.undo")
        with self._database.transaction():
            return append(self._database, kind, subject, decision, who=who, why=why)

    def undo(self, number: int, *, who: str, why: str | None = None) -> Judgement:
        """Undo the entry of that id; undoing an undo brings back what it undid.

        Raises:
            QueryError: There is no such entry, or it is undone already.
        """
        with self._database.transaction():
            entries = self.entries()
            if number not in {entry.id for entry in entries}:
                raise QueryError(f"judgement {number}", "is not in the journal", _LIST)
            by = {e.undoes: e.id for e in _standing(entries) if e.undoes is not None}
            if number in by:
                remedy = f"To bring it back, undo {by[number]}"
                raise QueryError(f"judgement {number}", "is undone already", remedy)
            return append(self._database, UNDO, {}, who=who, why=why, undoes=number)

    def entries(self, kind: str | None = None) -> tuple[Judgement, ...]:
        """All entries in the order of their ids, undone ones and undos as well.

        Args:
            kind: Only of this kind; "names." takes all kinds that begin so.
        """
        sql = "SELECT * FROM journal ORDER BY id"
        keys: dict[int, str] = {}
        found = []
        for row in self._database.rows(sql):
            entry = _of_row(row, keys)
            keys[entry.id] = entry.key
            found.append(entry)
        return tuple(entry for entry in found if _is_of(entry, kind))

    def in_force(self, kind: str | None = None) -> tuple[Judgement, ...]:
        """The judgements that are not undone, oldest first; undos themselves are left out."""
        standing = _standing(self.entries())
        wanted = (e for e in standing if e.kind != UNDO and _is_of(e, kind))
        return tuple(sorted(wanted, key=lambda entry: (entry.at, entry.id)))

    def standing(self) -> frozenset[int]:
        """The ids of all entries that are not undone, undos as well."""
        return frozenset(entry.id for entry in _standing(self.entries()))

    def lines(self) -> Iterator[str]:
        """Each entry as a line of JSON with sorted keys, oldest first; an undo names a key."""
        entries = self.entries()
        keys = {entry.id: entry.key for entry in entries}
        for entry in sorted(entries, key=lambda entry: (entry.at, entry.key)):
            yield _text({**_said(entry, keys), "key": entry.key})

    def take(self, lines: Iterable[str], *, path: Path | str = "journal") -> int:
        """Add the entries that are not here yet, in one transaction; how many those were.

        Args:
            lines: As ``lines`` gives them, in any order; empty ones are passed over.
            path: Where they are from, for errors.

        Raises:
            QueryError: A line is no entry or was changed, it lacks what an entry of its kind has to
                say, or it undoes one that is nowhere.
        """
        read = [_read(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip()]
        with self._database.transaction():
            ids = {entry.key: entry.id for entry in self.entries()}
            before = len(ids)
            waiting = sorted((r for r in read if r["key"] not in ids), key=lambda r: str(r["at"]))
            while waiting:
                known = len(ids)
                for record in waiting:
                    if record["key"] not in ids and _is_known(record["undoes"], ids):
                        ids[record["key"]] = _insert(self._database, record, ids)
                waiting = [record for record in waiting if record["key"] not in ids]
                if len(ids) == known:
                    raise QueryError(path, f"undoes {waiting[0]['undoes']}, not in it", _REMEDY)
        return len(ids) - before

    def write_text(self, path: str | Path) -> int:
        """Write ``lines`` into a file; how many.

        The same entries give the same file, in whatever order they came, so git can compare two.

        Raises:
            QueryError: It cannot be written.
        """
        lines = list(self.lines())
        try:
            text = "".join(f"{line}\n" for line in lines)
            Path(path).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            reason = f"cannot be written ({error.strerror or error})"
            raise QueryError(path, reason, "Name a file in a folder that may be written") from error
        return len(lines)

    def read_text(self, path: str | Path) -> int:
        """Add the entries of such a file that are not here yet; how many those were.

        Raises:
            QueryError: It cannot be read, or see ``take``.
        """
        try:
            text = Path(path).read_text(encoding="utf-8")
        except OSError as error:
            reason = f"cannot be read ({error.strerror or error})"
            raise QueryError(path, reason, "Check the name") from error
        except UnicodeDecodeError as error:
            raise QueryError(path, "is no text in UTF-8", _REMEDY) from error
        return self.take(text.split("\n"), path=path)


def append(
    database: Database,
    kind: str,
    subject: Mapping[str, Any],
    decision: Mapping[str, Any] | None = None,
    *,
    who: str,
    why: str | None = None,
    undoes: int | None = None,
) -> Judgement:
    """As ``Journal.record``, inside a transaction of the caller's."""
    if not kind.strip() or not who.strip():
        raise ValueError("a judgement needs a kind and who made it")
    said = _text(dict(subject)), _text(dict(decision or {}))
    if not is_formed(kind, *map(json.loads, said)):
        raise ValueError(f"a judgement {kind!r} says other things: see index.journal_forms")
    row = {
        "at": _now(database),
        "who": storable(who.strip()),
        "kind": kind,
        "subject": said[0],
        "decision": said[1],
        "why": storable(why.strip()) or None if why else None,
        "undoes": undoes,
    }
    database.insert("journal", [row])
    return _entry(database, database.number("SELECT last_insert_rowid()"))


def _entry(database: Database, number: int) -> Judgement:
    row = database.row("SELECT * FROM journal WHERE id = ?", (number,))
    undone = row["undoes"] if row else None
    return _of_row(row, {} if undone is None else {undone: _entry(database, undone).key})


def _now(database: Database) -> str:
    """The time, but later than the newest entry: a judgement comes after those that it knew."""
    now = datetime.now(UTC)
    newest = database.row("SELECT max(at) FROM journal")
    if newest and newest[0]:
        then = datetime.strptime(newest[0], _TIME).replace(tzinfo=UTC)
        now = max(now, then + timedelta(microseconds=1))
    return now.strftime(_TIME)


def _is_of(entry: Judgement, kind: str | None) -> bool:
    return (
        kind is None or entry.kind == kind or (kind.endswith(".") and entry.kind.startswith(kind))
    )


def _standing(entries: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Entries that no entry in force undoes. Undos are younger than what they undo."""
    undone: set[int] = set()
    kept = []
    for entry in sorted(entries, key=lambda entry: -entry.id):
        if entry.id in undone:
            continue
        kept.append(entry)
        if entry.undoes is not None:
            undone.add(entry.undoes)
    return tuple(reversed(kept))


def _of_row(row: Any, keys: Mapping[int, str]) -> Judgement:
    values = {name: row[name] for name in ("id", "at", "who", "kind", "why", "undoes")}
    values |= {name: json.loads(row[name]) for name in ("subject", "decision")}
    entry = Judgement(**values)
    return Judgement(**values, key=_key(_said(entry, keys)))


def _said(entry: Judgement, keys: Mapping[int, str]) -> dict[str, Any]:
    """What an entry says, in terms that hold in every index."""
    names = ("at", "who", "kind", "subject", "decision", "why")
    undoes = None if entry.undoes is None else keys[entry.undoes]
    return {**{name: getattr(entry, name) for name in names}, "undoes": undoes}


def _key(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(_text(said).encode("utf-8")).hexdigest()[:16]


def _text(record: Mapping[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, sort_keys=True)
    return storable(text)


def _read(line: str, where: str) -> dict[str, Any]:
    """An entry from its line."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QueryError(where, "is no JSON", _REMEDY) from error
    if not isinstance(record, dict) or record.keys() != _FIELDS or not _is_sound(record):
        raise QueryError(where, "is no judgement", _REMEDY)
    said = {name: value for name, value in record.items() if name != "key"}
    if _key(said) != record["key"]:
        remedy = "Take a file as it was exported; to change a judgement, undo it and make another"
        raise QueryError(where, "was changed after it was written", remedy)
    if not is_formed(record["kind"], record["subject"], record["decision"]):
        raise QueryError(where, f"lacks what {record['kind']!r} has to say", _REMEDY)
    return record


def _is_sound(record: Mapping[str, Any]) -> bool:
    try:
        datetime.strptime(record["at"], _TIME)
    except (TypeError, ValueError):
        return False
    texts = all(isinstance(record[name], str) and record[name] for name in ("who", "kind"))
    objects = all(isinstance(record[name], dict) for name in ("subject", "decision"))
    perhaps = all(isinstance(record[name], str | None) for name in ("why", "undoes"))
    return texts and objects and perhaps and (record["kind"] == UNDO) == bool(record["undoes"])


def _is_known(key: str | None, ids: Mapping[str, int]) -> bool:
    return key is None or key in ids


def _insert(database: Database, record: Mapping[str, Any], ids: Mapping[str, int]) -> int:
    row = {name: record[name] for name in ("at", "who", "kind", "why")}
    row |= {name: _text(record[name]) for name in ("subject", "decision")}
    row["undoes"] = None if record["undoes"] is None else ids[record["undoes"]]
    database.insert("journal", [row])
    return database.number("SELECT last_insert_rowid()")
