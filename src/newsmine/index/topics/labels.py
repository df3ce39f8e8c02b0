"""A user's own labels, out of a table: which texts are about which topics.

A row labels a text: ``topic`` names what it is about, several topics in several rows or separated
by semicolons; an empty cell says that it is about none of them. The text is in a column ``text``
(or ``quote``), or it is that of ``id``: an article's, "ARTICLE/QUOTE" for a quote, or the columns
``article`` and ``attribution`` of an export. Texts come from the same table, from a second one, or
from an index.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from newsmine.errors import QueryError
from newsmine.index.database import Database
from newsmine.index.texts import storable
from newsmine.index.topics.training import Sample

Row = Mapping[str, str]
_TEXTS = ("text", "quote")
_TOPICS = ("topic", "topics")
_MOST = 10**7
"""Characters of a cell, at most."""


def read_table(path: Path) -> list[Row]:
    """The rows of a CSV, with a comma, semicolon or tab between cells, names in small letters.

    Raises:
        QueryError: It cannot be read, or is no such table.
    """
    remedy = "Save the table as CSV (UTF-8)"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise QueryError(path, f"cannot be read ({error.strerror})", "Check the name") from error
    except UnicodeDecodeError as error:
        raise QueryError(path, "is no UTF-8 text", remedy) from error
    head = text.partition("\n")[0]
    sign = max(",;\t", key=head.count)
    csv.field_size_limit(_MOST)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        raise QueryError(path, f"is no table ({error})", remedy) from error
    if not rows or not any(rows[0]):
        raise QueryError(path, "has no line of column names", remedy)
    names = [name.strip().casefold() for name in rows[0]]
    return [dict(zip(names, row, strict=False)) for row in rows[1:] if any(row)]


def samples(
    labels: Iterable[Row],
    *,
    name: str,
    texts: Iterable[Row] = (),
    database: Database | None = None,
) -> list[Sample]:
    """The labelled texts, each once with all its topics.

    Args:
        labels: Rows with a topic each.
        name: What errors call them.
        texts: Rows with the texts of their ids.
        database: An index with the texts of their ids.

    Raises:
        QueryError: A column is missing, or an id is unknown.
    """
    known = {_id(row): _text(row) for row in texts}
    found = _in_index(database) if database else known.get
    topics: dict[tuple[str, str], set[str]] = defaultdict(set)
    for number, row in enumerate(labels, 2):
        where = f"{name}, row {number}"
        if not any(column in row for column in _TOPICS):
            raise QueryError(where, "has no column called topic", "Add one")
        cell = next(row[column] or "" for column in _TOPICS if column in row)
        ident, text = _id(row), _text(row)
        if text is None:
            text = found(ident) if ident else None
        if text is None:
            raise _missing(where, ident)
        wanted = {topic.strip() for topic in cell.split(";")} - {""}
        topics[ident, text] |= wanted
    return [
        Sample(text, frozenset(names), ident.partition("/")[0] or text)
        for (ident, text), names in topics.items()
    ]


def _missing(where: str, ident: str) -> QueryError:
    if not ident:
        return QueryError(where, "has neither a text nor an id", "Give a column text or id")
    remedy = "Give the ids that newsmine prints, and the index or sheet that holds their texts"
    return QueryError(where, f"has an id without a text: {ident[:60]!r}", remedy)


def _id(row: Row) -> str:
    if ident := (row.get("id") or "").strip():
        return ident
    parts = [(row.get(name) or "").strip() for name in ("article", "attribution")]
    return "/".join(part for part in parts if part)


def _text(row: Row) -> str | None:
    return next((row[name] for name in _TEXTS if (row.get(name) or "").strip()), None)


def _in_index(database: Database) -> Callable[[str], str | None]:
    def text(ident: str) -> str | None:
        article, _, attribution = storable(ident).partition("/")
        if not attribution:
            row = database.row("SELECT text FROM articles WHERE id = ?", (article,))
        else:
            sql = """SELECT quote FROM attributions JOIN articles ON number = article
                WHERE articles.id = ? AND attribution = ?"""
            row = database.row(sql, (article, attribution))
        return str(row[0]) if row else None

    return text
