"""A connection to an index on a PostgreSQL server: the twin of ``newsmine.index.database``."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count, groupby, islice
from typing import TYPE_CHECKING, Any

from newsmine.errors import IndexFileError
from newsmine.index.postgres.address import Address
from newsmine.index.postgres.connecting import TURN, connected, prepare
from newsmine.index.postgres.errors import explained
from newsmine.index.postgres.ranking import rank
from newsmine.index.postgres.rows import Row, row_of
from newsmine.index.postgres.statements import Place, Values, array, listed, statement
from newsmine.index.postgres.word_rows import make_words
from newsmine.index.postgres.words import TABLES, Part, Tokenizer, condition, parse

if TYPE_CHECKING:
    from pg8000.native import Connection

_AT_ONCE = 2_000
"""Rows that a stream fetches at a time."""
_NUMBERED = frozenset(
    {"articles", "bylines", "speakers", "organisations", "attributions", "claims", "mentions"}
    | {"checks", "pages", "journal", "withheld", "identities", "identity_links", "outlets"}
)
"""Tables whose rows get a number when they are inserted."""
_KEYS = {"articles": "number"}
_KEPT = 500
"""Statements that are kept prepared."""


class PostgresDatabase:
    """A connection to an index on a server. Build it with ``open_postgres``.

    As ``newsmine.index.database.Database`` describes each method.
    """

    def __init__(
        self, address: Address, connection: Connection, *, writes: bool, wait: float
    ) -> None:
        self.path, self.writes, self._connection, self._wait = address, writes, connection, wait
        self._tokenizer = Tokenizer()
        self._prepared: dict[str, tuple[Any, Any, Any]] = {}
        self._writing, self._lost, self._closed = False, False, False
        self._numbers = count()
        self._streams: dict[str, list[Row]] = {}
        self._left: list[str] = []

    @property
    def form(self) -> int:
        """The number of its last migration."""
        return self.number("SELECT form FROM newsmine")

    @property
    def bytes(self) -> int:
        """The room that its tables and their indexes take."""
        sql = """SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"""
        return self.number(sql)

    @property
    def state(self) -> str:
        """A text that is another one after each change, of whatever database of the server."""
        found = self.row("SELECT pg_current_snapshot()::text")
        return str(found[0]) if found else ""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows that a statement gives; all are fetched at once."""
        yield from self._asked(sql, values)

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row, if there is any."""
        return next(iter(self._asked(sql, values)), None)

    def number(self, sql: str, values: Sequence[Any] = ()) -> int:
        """The first column of the first row."""
        found = self.row(sql, values)
        return int(found[0]) if found else 0

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run a statement that changes something; the number of the last row that it inserted."""
        table = re.match(r"\s*INSERT INTO (\w+)", sql)
        numbered = table is not None and table[1] in _NUMBERED and "ON CONFLICT" not in sql
        if not numbered or table is None:
            self._asked(sql, values)
            return 0
        found = self._asked(f"{sql} RETURNING {_KEYS.get(table[1], 'id')}", values)
        return int(found[-1][0]) if found else 0

    def insert(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows; the keys of each are columns of the table."""
        for names, alike in groupby(rows, key=tuple):
            some = iter(alike)
            while batch := list(islice(some, _MOST_VALUES // len(names))):
                self._insert(table, names, batch)

    def _insert(self, table: str, names: tuple[str, ...], rows: list[Mapping[str, Any]]) -> None:
        columns = ", ".join(f'"{name}"' for name in names)
        places = iter(count(1))
        holes = (", ".join(f"${next(places)}" for _ in names) for _ in rows)
        sql = f"INSERT INTO {table} ({columns}) VALUES {', '.join(f'({one})' for one in holes)}"
        values = [value for row in rows for value in row.values()]
        self._sent(sql, values, keep=len(rows) == 1)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside happen together or not at all; one writer at a time."""
        if not self.writes:
            remedy = "Open it with newsmine.index.create_index to change it"
            raise IndexFileError(self.path, "was opened for reading", remedy)
        self._end_streams(fetch=True)
        done = False
        try:
            self._script(f"BEGIN; SET LOCAL lock_timeout = {math.ceil(self._wait * 1000)}; {TURN}")
            self._writing = True
            yield
            make_words(self._kept, self._tokenizer)
            self._script("COMMIT")
            done = True
        finally:
            self._writing = False
            if not done:
                self._roll_back()

    def _roll_back(self) -> None:
        with suppress(IndexFileError):
            self._script("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        import pg8000.exceptions

        self._closed = True
        with suppress(pg8000.exceptions.InterfaceError, OSError):
            self._connection.close()

    # What PostgreSQL says in another way.

    def first_of_each(self, group: str, order: str, rest: str) -> str:
        """Of the rows ``hit`` in each group, the id of the first one, as a query."""
        return f"SELECT DISTINCT ON ({group}) hit.id {rest} ORDER BY {group}, {order}, hit.id"

    def highlighted(
        self,
        table: str,
        match: str,
        marks: tuple[str, str],
        *,
        ids: Sequence[int] | None = None,
        limit: int | None = None,
    ) -> Iterator[tuple[int, str]]:
        """Rows that match, by id, with marks round their hits."""
        worded = TABLES[table]
        some = "" if ids is None else " AND rowid IN (SELECT value FROM json_each(?))"
        most = "" if limit is None else f" LIMIT {limit}"
        sql = f"""SELECT {worded.key}, {", ".join(worded.columns)} FROM {worded.base}
            WHERE {worded.key} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?{some}{most})"""
        values = (match,) if ids is None else (match, json.dumps(list(ids)))
        return iter(self._tokenizer.marked(self._asked(sql, values), worded, match, marks))

    # Rows too many to be held.

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows that a statement gives, some thousands at a time."""
        if self._writing:
            yield from self._asked(sql, values)
            return
        name, held = f"stream{next(self._numbers)}", list[Row]()
        self._end_streams()
        if not self._streams:
            self._script("BEGIN; SET LOCAL cursor_tuple_fraction = 1")
        self._streams[name] = held
        try:
            text, given = self._said(sql, values)
            self._sent(f"DECLARE {name} NO SCROLL CURSOR FOR {text}", given, keep=False)
            while True:
                if not held and name in self._streams:
                    self._fetch(name, str(_AT_ONCE))
                if not held:
                    return
                rows, held[:] = held[:], []
                yield from rows
        finally:
            # Not closed here: whoever drops a stream may be in the middle of another statement.
            self._left.append(name)

    def _fetch(self, name: str, many: str) -> None:
        self._streams[name] += self._sent(f"FETCH {many} FROM {name}", (), keep=False)

    def _end_streams(self, *, fetch: bool = False) -> None:
        """Forget what was read to its end or dropped; after the last one, end the transaction.

        ``fetch`` ends all: what they have still to give is held in memory.
        """
        if not self._streams:
            return
        while self._left:
            self._streams.pop(self._left.pop(), None)
        for name in list(self._streams) if fetch else ():
            self._fetch(name, "ALL")
            del self._streams[name]
        if not self._streams:
            self._script("COMMIT")

    # Statements.

    def _asked(self, sql: str, values: Sequence[Any]) -> list[Row]:
        self._end_streams()
        text, given = self._said(sql, values)
        try:
            return self._sent(text, given, keep=True)
        except IndexFileError:
            if not self._lost or self.writes or self._streams:
                raise
        self._open_anew()
        return self._sent(text, given, keep=True)

    def _open_anew(self) -> None:
        """Who reads through a server that was started again reads on."""
        self._lost, self._prepared = False, {}
        self._connection = connected(self.path)
        prepare(self.path, self._connection, self._script, writes=self.writes)

    def _said(self, sql: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
        """A statement and its values as PostgreSQL takes them."""
        cut, given = statement(sql), Values()
        if self._writing and cut.matches:
            make_words(self._kept, self._tokenizer)
        text, parts = [], dict[str, Part]()
        for piece in cut.pieces:
            if isinstance(piece, str):
                text.append(piece)
            elif piece.kind == "match":
                stems = TABLES[piece.text].stems
                part = parse(values[piece.number], self._tokenizer, stems=stems)
                parts.setdefault(piece.text, part)
                text.append(condition(piece.text, part, given))
            elif piece.kind == "rank":
                text.append(rank(self._kept, *next(iter(parts.items())), given))
            else:
                text.append(_placed(piece, values[piece.number], piece.number in cut.lists, given))
        return "".join(text), given.given

    def _kept(self, text: str, values: Sequence[Any]) -> list[Row]:
        return self._sent(text, values, keep=True)

    def _sent(self, text: str, values: Sequence[Any], *, keep: bool) -> list[Row]:
        from pg8000.converters import make_params

        with explained(self.path), self._whole():
            connection = self._connection
            if keep:
                name, columns, functions = self._prepare(text)
                made = make_params(connection.py_types, values)
                found = connection.execute_named(name, made, columns, functions, text)
            else:
                found = connection.execute_unnamed(text, values)
        if not found.rows:
            return []
        kind = row_of(tuple(column["name"] for column in found.columns))
        return [kind(row) for row in found.rows]

    def _prepare(self, text: str) -> tuple[Any, Any, Any]:
        if text not in self._prepared:
            if len(self._prepared) >= _KEPT:
                oldest = next(iter(self._prepared))
                self._connection.close_prepared_statement(self._prepared.pop(oldest)[0])
            self._prepared[text] = self._connection.prepare_statement(text, ())
        return self._prepared[text]

    def _script(self, text: str) -> list[Any]:
        """Statements without values."""
        with explained(self.path), self._whole():
            return list(self._connection.execute_simple(text).rows or [])

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """An exchange with the server that is interrupted half-way ends the connection."""
        import pg8000.exceptions

        try:
            yield
        except pg8000.exceptions.DatabaseError as error:
            self._lost = error.args[0].get("C", "").startswith("57P0")
            raise
        except (pg8000.exceptions.InterfaceError, OSError):
            self._lost = not self._closed
            raise
        except BaseException:
            self.close()
            raise


_MOST_VALUES = 30_000
"""Values of a statement; PostgreSQL takes 65,535."""


def _placed(place: Place, value: Any, is_list: bool, given: Values) -> str:
    """A value as it stands in a statement."""
    sign = given.numbered(place.number, array(value)[0] if is_list else value)
    if place.kind == "ids":
        return f"{place.text}({sign})"
    if place.kind == "known":
        # Nothing else about it says of which type it is.
        return f"{sign}::text[]" if is_list else f"{sign}::text"
    return sign if place.kind == "plain" else listed(place, value, sign)


def open_postgres(address: Address, *, write: bool, wait: float) -> PostgresDatabase:
    """Open an index on a server, or make one where ``write`` and there is none.

    Raises:
        IndexFileError: See ``newsmine.index.open_index``.
    """
    connection = connected(address)
    database = PostgresDatabase(address, connection, writes=write, wait=wait)
    try:
        prepare(address, connection, database._script, writes=write)
    except BaseException:
        database.close()
        raise
    return database
