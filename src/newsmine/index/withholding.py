"""Withholding as people ask for it: whose names, by which rules, undone, counted, and for good."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from newsmine.errors import IndexFileError, QueryError
from newsmine.index.clusters import remark
from newsmine.index.database import Database, SqliteDatabase
from newsmine.index.derived import Original, catch_up, original, packed
from newsmine.index.file_errors import explained
from newsmine.index.journal import UNDO, Journal, Judgement
from newsmine.index.journal_forms import LONGEST_NAME
from newsmine.index.postgres.errors import NOT_YET
from newsmine.index.records import to_rows
from newsmine.index.withheld import KIND, full_names, names_for, withheld_by
from newsmine.index.withheld_forms import Name, name_of, plain_of
from newsmine.index.withheld_names import IN_PATHS, WITHHELD, redact
from newsmine.index.withheld_preview import Preview, of_name, of_rule
from newsmine.index.withheld_rules import SETS


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name that a rule found: in which article, and between which words."""

    name: str
    rule: str
    article: str
    passage: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement on what is withheld: a name, a set of rules, or a name that is kept."""

    number: int
    about: Literal["name", "rule", "keep"]
    what: str
    who: str
    at: str
    why: str | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class WithheldCounts:
    """How many names are withheld, by which rules, and how often one is replaced in how many
    articles. It names nobody.
    """

    names: int
    rules: tuple[str, ...]
    replaced: int
    articles: int


class Withholding:
    """What is withheld from one index, and how that is changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def name(self, name: str, *, who: str, why: str | None = None) -> int:
        """Withhold a name, in all its forms and articles; the number of the judgement.

        Raises:
            QueryError: It has no word, or is too long.
        """
        return self._record({"name": _checked(name)}, {}, who, why)

    def keep(self, name: str, *, who: str, why: str | None = None) -> int:
        """Do not withhold a name, whatever the rules find.

        Raises:
            QueryError: It has no word, or is too long.
        """
        return self._record({"name": _checked(name)}, {"keep": True}, who, why)

    def rule(self, rule: str, *, who: str, why: str | None = None) -> int:
        """Withhold whom the rules of a set find: "children" or "victims", also from now on.

        Raises:
            QueryError: There is no such set.
        """
        return self._record({"rule": _known(rule)}, {}, who, why)

    def preview(self, *, name: str | None = None, rule: str | None = None) -> Preview:
        """What withholding a name, or whom a set of rules finds, would replace; nothing is changed.

        Raises:
            QueryError: The name or rule is none.
        """
        if name is not None:
            return of_name(self._database, _checked(name))
        return of_rule(self._database, _known(rule or ""))

    def undo(self, number: int, *, who: str, why: str | None = None) -> None:
        """Undo a judgement: what it withheld is there again.

        Raises:
            QueryError: It is none of these, or is undone already.
        """
        kinds = {entry.id: entry.kind for entry in Journal(self._database).entries()}
        if kinds.get(number) not in (KIND, UNDO):
            remedy = "`newsmine withhold FILE --list` shows their numbers"
            raise QueryError(f"judgement {number}", "withholds nothing", remedy)
        Journal(self._database).undo(number, who=who, why=why)
        catch_up(self._database)

    def _record(
        self, subject: dict[str, Any], decision: dict[str, Any], who: str, why: str | None
    ) -> int:
        made = Journal(self._database).record(KIND, subject, decision, who=who, why=why)
        catch_up(self._database)
        return made.id

    def decisions(self) -> tuple[Decision, ...]:
        """All judgements, undone ones as well, in the order in which they were made."""
        journal = Journal(self._database)
        standing = {entry.id for entry in journal.in_force()}
        return tuple(_decision(entry, standing) for entry in journal.entries(KIND))

    def found(self) -> Iterator[FoundName]:
        """The names that rules found, for people to look at: who is not to be withheld, is kept."""
        sql = """SELECT withheld.name, withheld.rule, articles.id AS article, withheld.passage
            FROM withheld JOIN articles ON articles.number = withheld.article
            ORDER BY withheld.rule, withheld.name, articles.id"""
        return (FoundName(**dict(row)) for row in self._database.rows(sql))

    def names_in(self, text: str) -> bool:
        """Whether a text, such as a query line, may name somebody withheld, by whatever part."""
        withheld = withheld_by(Journal(self._database).in_force(KIND))
        found = (row[0] for row in self._database.rows("SELECT DISTINCT name FROM withheld"))
        plain = plain_of(text)
        return any(
            name.may_be_in(plain) and (name.first.search(text) or name.last.search(text))
            for name in map(name_of, {*withheld.names, *found})
            if name.words
        )

    def counts(self) -> WithheldCounts:
        """How much is withheld."""
        found = withheld_by(Journal(self._database).in_force(KIND))
        names = {row[0] for row in self._database.rows("SELECT DISTINCT name FROM withheld")}
        sql = "SELECT count(*), coalesce(sum(replaced), 0) FROM sealed WHERE replaced >= 0"
        row = self._database.row(sql)
        articles, replaced = (row[0], row[1]) if row else (0, 0)
        return WithheldCounts(
            len(names | set(found.names)), tuple(sorted(found.rules)), replaced, articles
        )

    def copy_to(self, path: str | Path) -> int:
        """Write a copy of the index for others that holds no trace of what is withheld; its bytes.

        What was extracted is not in it, nor are the judgements that name somebody; in other
        judgements the names are replaced. Nothing can be brought back from it.

        Raises:
            IndexFileError: The file is there already or cannot be written, or a name was still
                found in it (then it is not left there).
        """
        return _Copy(self._database, Path(path)).make()


def _checked(name: str) -> str:
    if len(name) > LONGEST_NAME:
        raise QueryError(f"name {name[:40]!r}", "is no name, so long as it is", "Give a name alone")
    if not Name(name).words or not re.search(r"[^\W\d_]", name):
        raise QueryError(f"name {name[:40]!r}", "has no word", "Give a name, as articles print it")
    return " ".join(name.split())


def _known(rule: str) -> str:
    if rule not in SETS:
        raise QueryError(f"rule {rule[:40]!r}", "is unknown", f"Take one of {', '.join(SETS)}")
    return rule


def _decision(entry: Judgement, standing: set[int]) -> Decision:
    rule = entry.subject.get("rule")
    about: Any = "rule" if rule else "keep" if entry.decision.get("keep") else "name"
    what = rule or entry.subject["name"]
    return Decision(entry.id, about, what, entry.who, entry.at, entry.why, entry.id in standing)


class _Copy:
    """A copy of an index on its way; it takes its place when nothing is left in it."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database, self._path = database, path
        withheld = withheld_by(Journal(database).in_force(KIND))
        alone = {row[0] for row in database.rows("SELECT DISTINCT name FROM withheld")}
        texts = dict.fromkeys([*withheld.names, *full_names(database), *sorted(alone)])
        self._withheld = withheld
        self._names = [name for name in map(name_of, texts) if name.words]
        sql = """SELECT sealed.id AS own, articles.id AS shown FROM sealed
            JOIN articles ON articles.number = sealed.article WHERE sealed.id != articles.id"""
        self._ids = {row["own"]: row["shown"] for row in database.rows(sql)}

    def make(self) -> int:
        whole_path = self._database.path
        if not isinstance(whole_path, Path):
            raise IndexFileError(whole_path, "cannot be copied without names yet", NOT_YET)
        if self._path.exists():
            remedy = "Name another file, or move it away"
            raise IndexFileError(self._path, "is there already", remedy)
        unfinished = self._path.with_name(self._path.name + ".unfinished")
        unfinished.unlink(missing_ok=True)
        try:
            with explained(unfinished):
                # A connection of its own: that of a reader may not even write elsewhere.
                with closing(sqlite3.connect(whole_path)) as whole:
                    whole.execute("VACUUM INTO ?", (str(unfinished),))
                with closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
                    copy.row_factory = sqlite3.Row
                    self._strip(copy)
                    copy.execute("VACUUM")
            self._check(unfinished)
            unfinished.replace(self._path)
        finally:
            unfinished.unlink(missing_ok=True)
        return self._path.stat().st_size

    def _strip(self, copy: sqlite3.Connection) -> None:
        copy.execute("PRAGMA secure_delete = ON")
        copy.execute("BEGIN")
        triggers = copy.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        held = list(triggers)
        for name, _ in held:
            copy.execute(f'DROP TRIGGER "{name}"')
        copy.execute("DELETE FROM withheld")
        # Who gets it has not the files; their hashes would tell whether a guessed text was theirs.
        for table in ("left_out", "file_articles", "files"):
            copy.execute(f"DELETE FROM {table}")
        self._reseal(copy)
        self._reword_journal(copy)
        self._sweep(copy)
        remark(SqliteDatabase(self._path, copy, writes=True))
        for (name,) in copy.execute(_WORD_TABLES).fetchall():
            copy.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
        for _, sql in held:
            copy.execute(sql)
        copy.execute("UPDATE judged SET upto = (SELECT coalesce(max(id), 0) FROM journal)")
        copy.execute("COMMIT")

    def _reseal(self, copy: sqlite3.Connection) -> None:
        """Of an article that was corrected, too, what was extracted stays, without the names."""
        sql = """SELECT article FROM sealed WHERE replaced >= 0"""
        for (number,) in copy.execute(sql).fetchall():
            copy.execute("DELETE FROM sealed WHERE article = ?", (number,))
            corrected = "SELECT 1 FROM corrections WHERE article = ?"
            if copy.execute(corrected, (number,)).fetchone() is None:
                continue
            before = original(self._database, number)
            names = names_for(self._database, number, self._withheld)
            rows = to_rows(redact(before.extraction(), names).extraction)
            after = Original(rows.article, rows.children, before.ids, {})
            copy.execute(
                "INSERT INTO sealed (article, id, path, replaced, rows) VALUES (?, ?, ?, -1, ?)",
                (number, rows.article["id"], rows.article["path"], packed(after)),
            )

    def _reword_journal(self, copy: sqlite3.Connection) -> None:
        """Judgements that withhold are left out, with their undos; others name nobody withheld."""
        entries = copy.execute("SELECT id, kind, undoes FROM journal ORDER BY id").fetchall()
        gone: set[int] = set()
        for ident, kind, undoes in entries:
            if kind == KIND or undoes in gone:
                gone.add(ident)
        copy.executemany("DELETE FROM journal WHERE id = ?", [(n,) for n in sorted(gone)[::-1]])
        for ident, *texts in copy.execute("SELECT id, subject, decision, why FROM journal"):
            sql = "UPDATE journal SET subject = ?, decision = ?, why = ? WHERE id = ?"
            copy.execute(
                sql, (*(text and self._without(text, alone=True) for text in texts), ident)
            )

    def _sweep(self, copy: sqlite3.Connection) -> None:
        """Whatever any table holds: derived names, links, and what later versions add."""
        for (table,) in copy.execute(_TABLES).fetchall():
            info = copy.execute("SELECT name FROM pragma_table_info(?)", (table,))
            names = [row[0] for row in info]
            for name in names:
                sql = f'SELECT DISTINCT "{name}" FROM "{table}" WHERE typeof("{name}") = \'text\''
                for (text,) in copy.execute(sql).fetchall():
                    if (new := self._without(text)) != text:
                        change = f'UPDATE OR IGNORE "{table}" SET "{name}" = ? WHERE "{name}" = ?'
                        copy.execute(change, (new, text))

    def _without(self, text: str, *, alone: bool = False) -> str:
        for own, shown in self._ids.items():
            text = text.replace(own, shown)
        plain = plain_of(text)
        for name in self._names:
            if (name.single and not alone) or not name.may_be_in(plain):
                continue
            patterns = [name.full, name.initial, name.first, name.last] if alone else [name.full]
            for pattern in patterns[: 1 if name.single else None]:
                text = pattern.sub(lambda m: m[0] if m[0].islower() else WITHHELD, text)
            if not name.single:
                text = name.in_path.sub(IN_PATHS, text)
        return text

    def _check(self, path: Path) -> None:
        """Look through the bytes, whatever they are of."""
        with path.open("rb") as file:
            before = b""
            while data := file.read(_AT_ONCE):
                self._check_text((before + data).decode("utf-8", "replace"))
                before = data[-_OVERLAP:]

    def _check_text(self, text: str) -> None:
        # As small letters of the same number, so that a place found is one in the text.
        small = "".join(c if len(c) == 1 else "?" for c in map(str.lower, text))
        for name in self._names:
            if not name.single and any(
                name.full.search(part) or name.in_path.search(part)
                for part in _around(text, small, name.words[-1].lower())
            ):
                reason = "could not be made without a name that is withheld"
                raise IndexFileError(self._path, reason, "Report it, please; nothing was written")


_AT_ONCE = 1 << 24
_OVERLAP = 1000


def _around(text: str, small: str, word: str) -> Iterator[str]:
    """The surroundings of each place where a word stands."""
    at = small.find(word)
    while at >= 0:
        yield text[max(0, at - 100) : at + len(word) + 100]
        at = small.find(word, at + 1)


_TABLES = """SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
    AND name NOT LIKE 'sqlite_%'"""
_WORD_TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'"
