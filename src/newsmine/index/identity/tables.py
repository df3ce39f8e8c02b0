"""Identities as rows, and how queries look names up in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsmine.index.database import Database

if TYPE_CHECKING:
    from newsmine.index.identity.keys import Part
    from newsmine.index.identity.resolve import Group, Resolved

_COLUMNS = {"person": "speaker", "organisation": "organisation"}

SPEAKER = """coalesce((SELECT identities.label FROM identity_articles AS part
    JOIN identities ON identities.id = part.identity
    WHERE part.speaker = hit.speaker AND part.article = hit.article), hit.speaker)"""
"""Who speaks in a row ``hit``, in SQL: a label where the name is somebody else's elsewhere, else
the id of the name, which ``labels_of`` may know."""


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of names; of those in ``only``, just the rows of these articles (id and number)."""

    ids: tuple[int, ...]
    only: tuple[tuple[int, int], ...] = ()


def write(database: Database, resolved: Resolved, articles: Mapping[int, str]) -> None:
    """Put identities and links in place of those that are there, in a transaction."""
    for table in ("identity_articles", "identity_names", "identities", "identity_links"):
        database.execute(f"DELETE FROM {table}")
    for group, label in zip(resolved.groups, _labels(resolved.groups), strict=True):
        named = {"type": group.type, "name": group.name, "label": label}
        database.insert("identities", [named | {"renamed": int(group.renamed)}])
        _write_parts(database, database.number("SELECT last_insert_rowid()"), group)
    for pair in resolved.pairs:
        row: dict[str, Any] = {"type": pair.type, "score": pair.score, "verdict": pair.verdict}
        row |= {"reasons": json.dumps(pair.reasons, ensure_ascii=False)}
        row |= {"judgement": pair.judgement}
        sides = _side("one", pair.one, articles) | _side("other", pair.other, articles)
        database.insert("identity_links", [row | sides])


def _write_parts(database: Database, identity: int, group: Group) -> None:
    column = _COLUMNS[group.type]
    whole: Counter[int] = Counter()
    for part in group.parts:
        whole[part.ident] += part.articles is None
        for article in sorted(part.articles or ()):
            row = {"identity": identity, "speaker": part.ident, "article": article}
            database.insert("identity_articles", [row])
    for ident, is_whole in whole.items():
        row = {"identity": identity, column: ident, "whole": int(is_whole > 0)}
        database.insert("identity_names", [row])
    if group.type == "organisation":
        _write_speaking(database, identity, list(whole))


def _write_speaking(database: Database, identity: int, ids: Sequence[int]) -> None:
    """The same names among speakers: organisations speak as well."""
    sql = """INSERT INTO identity_names (identity, speaker, whole)
        SELECT ?, speakers.id, 1 FROM speakers JOIN organisations USING (name)
        WHERE speakers.type = 'organisation'
        AND organisations.id IN (SELECT value FROM json_each(?))"""
    database.execute(sql, (identity, json.dumps(ids)))


def _side(side: str, part: Part, articles: Mapping[int, str]) -> dict[str, Any]:
    ids = None
    if part.articles is not None:
        ids = json.dumps(sorted(articles[number] for number in part.articles))
    return {side: part.name, f"{side}_articles": ids}


def _labels(groups: Sequence[Group]) -> list[str]:
    """The name of each, with what tells it apart where others have the name, too."""
    shared = Counter((group.type, name) for group in groups for name in _partial_names(group))
    shared.update((group.type, group.name) for group in groups)
    labels, used = [], Counter[str]()
    for group in groups:
        label = group.name
        if shared[group.type, group.name] > 1 and _partial_names(group) and group.told:
            label = f"{group.name} ({group.told})"
        used[label] += 1
        labels.append(f"{label} [{used[label]}]" if used[label] > 1 else label)
    return labels


def _partial_names(group: Group) -> set[str]:
    return {part.name for part in group.parts if part.articles is not None}


def with_namesakes(database: Database, column: str, ids: Iterable[int], value: str) -> Found:
    """Ids of names that a value found, with all other names of who is called so.

    A label, as "Ann Lee (singer)", finds that one alone.

    Args:
        database: The index.
        column: "speaker" or "organisation".
        ids: What the words of the value found.
        value: What is looked for.
    """
    named = f"""SELECT DISTINCT {column}, whole, identity, label != name FROM identity_names
        JOIN identities ON identities.id = identity WHERE {column} NOT NULL AND"""
    labelled = f"{named} label = ? COLLATE NOCASE"
    rows = [tuple(row) for row in database.rows(labelled, (value.strip(),))]
    if any(row[3] for row in rows):
        return _found(database, (), rows)
    known = sorted(ids)
    bearing = f"""{named} identity IN (SELECT identity FROM identity_names
        WHERE {column} IN (SELECT value FROM json_each(?)))"""
    rows += [tuple(row) for row in database.rows(bearing, (json.dumps(known),))]
    return _found(database, known, rows)


def _found(database: Database, ids: Iterable[int], rows: Iterable[tuple[Any, ...]]) -> Found:
    whole, only = set(ids), set()
    for ident, is_whole, identity, _ in set(rows):
        if is_whole:
            whole.add(ident)
        elif ident not in whole:
            sql = (
                "SELECT speaker, article FROM identity_articles WHERE identity = ? AND speaker = ?"
            )
            only |= {(row[0], row[1]) for row in database.rows(sql, (identity, ident))}
    narrow = {pair for pair in only if pair[0] not in whole}
    return Found(tuple(sorted(whole | {i for i, _ in narrow})), tuple(sorted(narrow)))


def together(found: Iterable[Found]) -> Found:
    """What any of several finds."""
    held = list(found)
    narrow = [{ident for ident, _ in one.only} for one in held]
    whole = {i for one, part in zip(held, narrow, strict=True) for i in one.ids if i not in part}
    only = {pair for one in held for pair in one.only if pair[0] not in whole}
    return Found(tuple(sorted({i for one in held for i in one.ids})), tuple(sorted(only)))


def rows_of(column: str, article: str, found: Found) -> tuple[str, tuple[Any, ...]]:
    """Rows of these names as SQL; an index of the column serves it.

    Args:
        column: Where a row has the id of the name.
        article: Where it has the number of its article.
        found: The names.
    """
    sql = f"{column} IN (SELECT value FROM json_each(?))"
    values: tuple[Any, ...] = (json.dumps(found.ids),)
    if not found.only:
        return sql, values
    partial = sorted({ident for ident, _ in found.only})
    pairs = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)"
    where = f"({column}, {article}) IN ({pairs})"
    other = f"{column} NOT IN (SELECT value FROM json_each(?))"
    return f"{sql} AND ({other} OR {where})", (*values, json.dumps(partial), json.dumps(found.only))


def names_of(database: Database, column: str, ids: Iterable[Any]) -> dict[Any, str]:
    """For ids of names ("speaker" or "organisation") these as printed; of other values nothing."""
    sql = f"SELECT id, name FROM {column}s WHERE id IN (SELECT value FROM json_each(?))"
    known = json.dumps([ident for ident in ids if isinstance(ident, int)])
    return {row[0]: row[1] for row in database.rows(sql, (known,))}


def labels_of(database: Database, column: str, ids: Iterable[Any]) -> dict[int, str]:
    """For ids of names the label of who is called so, where that is one and says more."""
    sql = f"""SELECT {column}, label FROM identity_names
        JOIN identities ON identities.id = identity
        WHERE whole = 1 AND {column} IN (SELECT value FROM json_each(?))"""
    known = json.dumps([ident for ident in ids if isinstance(ident, int)])
    return {row[0]: row[1] for row in database.rows(sql, (known,))}
