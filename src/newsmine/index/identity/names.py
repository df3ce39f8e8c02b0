"""Who is who, as people ask for it: what was put together, what is a question, and judgements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from newsmine.errors import QueryError
from newsmine.index.database import Database
from newsmine.index.derived import catch_up
from newsmine.index.identity.called import Called, called
from newsmine.index.identity.records import Identity, NamePart, Post, Question, Seen
from newsmine.index.identity.refresh import ANSWERS, KINDS, refresh
from newsmine.index.journal import Journal, Judgement

_REMEDY = "See how it is written: newsmine names FILE list, or newsmine search"
_TYPES = {"person": "speaker", "organisation": "organisation"}


class Identities:
    """Who is who in one index. What is changed here is applied at once."""

    def __init__(self, database: Database) -> None:
        self._database, self._journal = database, Journal(database)

    def refresh(self) -> None:
        """Put names together anew, from all rows and judgements; one transaction.

        What was printed where is looked at again for the names that came together or apart.
        ``newsmine build`` does so at its end; after ``Index.add``, call it yourself.
        """
        refresh(self._database)

    def all(self) -> tuple[Identity, ...]:
        """Those with several names, or with a name that others bear too, in order of names."""
        sql = """SELECT identities.*, coalesce(speakers.name, organisations.name) AS part,
            whole, speaker FROM identities JOIN identity_names ON identity = identities.id
            LEFT JOIN speakers ON speakers.id = speaker AND identities.type = 'person'
            LEFT JOIN organisations ON organisations.id = organisation
            WHERE coalesce(speakers.id, organisations.id) NOT NULL
            ORDER BY identities.name COLLATE NOCASE, identities.id, part"""
        found: dict[int, list[Any]] = {}
        for row in self._database.rows(sql):
            found.setdefault(row["id"], []).append(row)
        why = self._reasons()
        return tuple(_identity(rows, self._articles(rows), why) for rows in found.values())

    def _articles(self, rows: Sequence[Any]) -> Mapping[int, tuple[str, ...]]:
        sql = """SELECT articles.id FROM identity_articles
            JOIN articles ON number = article WHERE identity = ? AND speaker = ? ORDER BY 1"""
        partial = (row for row in rows if not row["whole"])
        return {
            row["speaker"]: tuple(
                found[0] for found in self._database.rows(sql, (row["id"], row["speaker"]))
            )
            for row in partial
        }

    def _reasons(self) -> Mapping[tuple[str, frozenset[str]], str]:
        sql = "SELECT * FROM identity_links WHERE verdict = 'one' ORDER BY score, id DESC"
        return {
            (row["type"], frozenset((row["one"], row["other"]))): "; ".join(
                [f"{row['one']} = {row['other']} ({row['score']:.2f})", *json.loads(row["reasons"])]
            )
            for row in self._database.rows(sql)
        }

    def called(self) -> Called:
        """What all who have several names, or share one, are called; for rows of printed names."""
        return called(self._database)

    def questions(self, *, unsure: bool = False) -> tuple[Question, ...]:
        """Pairs that may be one, the likeliest first; with ``unsure`` also those left open."""
        sql = """SELECT * FROM identity_links WHERE verdict IS NULL OR (?1 AND verdict = 'unsure')
            ORDER BY verdict NOT NULL, score DESC, type, one, other, id"""
        return tuple(
            Question(
                row["type"],
                _part(row["one"], row["one_articles"]),
                _part(row["other"], row["other_articles"]),
                row["score"],
                tuple(json.loads(row["reasons"])),
                row["verdict"] is not None,
            )
            for row in self._database.rows(sql, (unsure,))
        )

    def answer(
        self,
        question: Question,
        answer: str,
        *,
        who: str,
        why: str | None = None,
        apply: bool = True,
    ) -> Judgement:
        """Answer a question with "yes" (one), "no" (two) or "unsure".

        Without ``apply`` it is kept at once, and shows after the next ``refresh``: for many answers
        one after the other, since to refresh takes seconds for each 100,000 quotes.

        Raises:
            QueryError: It is another answer.
        """
        if answer not in ANSWERS:
            raise QueryError(f"answer {answer[:20]!r}", "is unknown", f"Take {', '.join(ANSWERS)}")
        names = [question.one.record(), question.other.record()]
        subject = {"type": question.type, "names": names}
        return self._record(ANSWERS[answer], subject, {}, who=who, why=why, apply=apply)

    def merge(self, names: Sequence[str], *, who: str, why: str | None = None) -> Judgement:
        """Say that names, or labels, are of one; a lone name: that all who bear it are one person.

        Raises:
            QueryError: A name is not in the index or one already, or they differ in type.
        """
        parts, type = self._understood(names)
        if len(names) > 1 and len(set(parts)) < 2:
            raise QueryError(names[0], "is given twice", "Name two names")
        if type == "organisation" and len(parts) < 2:
            raise QueryError(names[0], "is one already", "Name a second one, between quotes")
        return self._judge("names.merge", type, parts, who=who, why=why)

    def split(
        self,
        names: Sequence[str],
        *,
        articles: Sequence[str] = (),
        who: str,
        why: str | None = None,
    ) -> Judgement:
        """Say that names are of different ones; of one name, that it is another's in some articles.

        Args:
            names: Two names or more; or one, with ``articles``.
            articles: Ids of the articles in which the one name is another's.
            who: Who says so.
            why: For what reason.

        Raises:
            QueryError: A name or article is not in the index, or one name has no articles.
        """
        parts, type = self._understood(names)
        if len(parts) == 1:
            if not articles:
                remedy = "Name a second one, or the articles in which it is somebody else's"
                raise QueryError(names[0], "is one name", remedy)
            ids = tuple(sorted({self._article(ident) for ident in articles}))
            parts = (NamePart(parts[0].name, ids), NamePart(parts[0].name))
            type = "person"
        return self._judge("names.split", type, parts, who=who, why=why)

    def rename(self, name: str, new: str, *, who: str, why: str | None = None) -> Judgement:
        """Give a person or organisation the name that it shall be shown with.

        Raises:
            QueryError: It is not in the index, or the new name is empty.
        """
        if not new.strip():
            raise QueryError("the new name", "is empty", "Give one")
        parts, type = self._understood([name])
        decision = {"name": " ".join(new.split())}
        return self._judge("names.rename", type, parts[:1], who=who, why=why, decision=decision)

    def use_directory(self, path: str | Path, *, who: str, why: str | None = None) -> Judgement:
        """Take organisations of a file (as ``index.directory`` has it) into account from now on.

        Raises:
            QueryError: It cannot be read, or an entry is wrong.
        """
        from newsmine.index.directory import read_directory

        entries = [asdict(one) for one in read_directory(Path(path))]
        decision = {"organisations": entries}
        subject = {"file": Path(path).name}
        return self._record("names.directory", subject, decision, who=who, why=why)

    def undo(self, number: int, *, who: str, why: str | None = None) -> Judgement:
        """Undo a judgement about names.

        Raises:
            QueryError: There is none of that number, it is about something else, or undone already.
        """
        entries = {entry.id: entry for entry in self._journal.entries()}
        about = entries.get(number)
        while about is not None and about.undoes is not None:
            about = entries[about.undoes]
        if about is not None and not about.kind.startswith("names."):
            raise QueryError(f"judgement {number}", f"is about {about.kind}", "See names FILE list")
        undone = self._journal.undo(number, who=who, why=why)
        self.refresh()
        return undone

    def judgements(self) -> tuple[tuple[Judgement, bool], ...]:
        """All judgements about names, with whether each is in force."""
        standing = {entry.id for entry in self._journal.in_force("names.")}
        entries = (entry for entry in self._journal.entries() if entry.kind in KINDS)
        return tuple((entry, entry.id in standing) for entry in entries)

    def take(self, path: str | Path) -> int:
        """Take the entries of an exported journal that are not here yet and apply them; how many.

        Raises:
            QueryError: The file cannot be read, or a line of it is no judgement.
        """
        added = self._journal.read_text(path)
        catch_up(self._database)
        self.refresh()
        return added

    def seen(self, type: str, part: NamePart, *, limit: int = 3) -> tuple[Seen, ...]:
        """Where a name stands, with post and organisation: the latest articles."""
        from newsmine.index.identity.posts import seen

        return seen(self._database, type, part, limit)

    def posts(self, name: str) -> tuple[Post, ...]:
        """A person's posts and organisations over time, oldest first.

        Raises:
            QueryError: Nobody is called so.
        """
        from newsmine.index.identity.posts import posts

        return posts(self._database, name)

    def organisation_at(self, name: str, date: str) -> str | None:
        """A person's organisation by the articles of about that date (ISO, can be partial).

        That of the nearest article within two years; ``None`` where there is none, or where the
        nearest ones name several.

        Raises:
            QueryError: Nobody is called so, or the date is none.
        """
        from newsmine.index.identity.posts import organisation_at

        return organisation_at(self._database, name, date)

    def _understood(self, names: Sequence[str]) -> tuple[tuple[NamePart, ...], str]:
        """Names or labels as parts, and the type that all have."""
        if not names:
            raise QueryError("names", "there are none", "Name them, each between quotes")
        labelled = {one.label.casefold(): one for one in self.all() if one.label != one.name}
        found = [self._named(name, labelled) for name in names]
        types = set.intersection(*(types for _, types in found))
        if not types:
            reason = "are not of one type: people and organisations stay apart"
            raise QueryError(" and ".join(names), reason, "Name two of one type")
        type = "person" if "person" in types else "organisation"
        return tuple(part for parts, _ in found for part in parts), type

    def _named(
        self, name: str, labelled: Mapping[str, Identity]
    ) -> tuple[tuple[NamePart, ...], set[str]]:
        if (one := labelled.get(name.strip().casefold())) is not None:
            return one.parts, {one.type}
        types = {}
        for type, column in _TYPES.items():
            where = "AND type = 'person'" if type == "person" else ""
            sql = f"""SELECT name FROM {column}s WHERE name = ? COLLATE NOCASE {where}
                ORDER BY name != ?"""
            if (row := self._database.row(sql, (name.strip(), name.strip()))) is not None:
                types[type] = str(row[0])
        if not types:
            raise QueryError(f"name {name[:60]!r}", "is not in the index", _REMEDY)
        return (NamePart(next(iter(types.values()))),), set(types)

    def _article(self, ident: str) -> str:
        row = self._database.row("SELECT id FROM articles WHERE id = ?", (ident,))
        if row is None:
            raise QueryError(f"article {ident[:60]!r}", "is not in the index", "Check its id")
        return str(row[0])

    def _judge(
        self,
        kind: str,
        type: str,
        parts: Iterable[NamePart],
        *,
        who: str,
        why: str | None,
        decision: Mapping[str, Any] | None = None,
    ) -> Judgement:
        subject = {"type": type, "names": [part.record() for part in parts]}
        return self._record(kind, subject, decision or {}, who=who, why=why)

    def _record(
        self,
        kind: str,
        subject: Mapping[str, Any],
        decision: Mapping[str, Any],
        *,
        who: str,
        why: str | None,
        apply: bool = True,
    ) -> Judgement:
        entry = self._journal.record(kind, subject, decision, who=who, why=why)
        if apply:
            self.refresh()
        return entry


def _identity(
    rows: Sequence[Any],
    articles: Mapping[int, tuple[str, ...]],
    why: Mapping[tuple[str, frozenset[str]], str],
) -> Identity:
    first = rows[0]
    parts = tuple(
        NamePart(row["part"], None if row["whole"] else articles[row["speaker"]]) for row in rows
    )
    names = {part.name for part in parts}
    reasons = tuple(_of_these(names, first["type"], why))
    return Identity(
        first["type"], first["name"], first["label"], parts, bool(first["renamed"]), reasons
    )


def _of_these(
    names: set[str], type: str, why: Mapping[tuple[str, frozenset[str]], str]
) -> Iterator[str]:
    return (text for (of, pair), text in why.items() if of == type and pair <= names)


def _part(name: str, articles: str | None) -> NamePart:
    return NamePart(name, None if articles is None else tuple(json.loads(articles)))
