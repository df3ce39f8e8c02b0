"""Where a server's index is: ``postgresql://user:password@host:port/database?schema=news``."""

from __future__ import annotations

import getpass
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from newsmine.errors import IndexFileError

# A Path makes one slash of two.
_SCHEME = re.compile(r"postgres(?:ql)?:/+", re.IGNORECASE)
_OPTIONS = frozenset({"host", "schema", "sslmode"})
_SSL = ("disable", "prefer", "require", "verify-full")
_EXAMPLE = "Write it as postgresql://user@host/database"


def is_address(path: object) -> bool:
    """Whether it names a server's index, not a file."""
    return isinstance(path, Address) or _SCHEME.match(str(path)) is not None


def place_of(path: str | os.PathLike[str] | Address) -> Path | Address:
    """Where an index lies, out of what was typed.

    Raises:
        IndexFileError: It begins as an address, and is none.
    """
    if isinstance(path, Address):
        return path
    return Address.of(path) if is_address(path) else Path(path)


def shown_place(path: str | os.PathLike[str] | Address) -> Path | str:
    """The same for people: a file, or an address without its password."""
    place = place_of(path)
    return place if isinstance(place, Path) else str(place)


@dataclass(frozen=True, slots=True)
class Address:
    """A server's index. ``str()`` leaves the password out, as does whatever is shown of it.

    A ``host`` that is a folder is that of a Unix socket. ``schema`` is where in the database the
    tables lie: several indexes may be in one.
    """

    user: str
    host: str
    port: int
    database: str
    schema: str = "newsmine"
    ssl: str = "prefer"
    password: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        place = "" if host.startswith("/") else host
        place += f":{self.port}" if self.port != _PORT else ""
        options = [f"host={quote(self.host)}"] * self.host.startswith("/")
        options += [f"schema={self.schema}"] * (self.schema != "newsmine")
        options += [f"sslmode={self.ssl}"] * (self.ssl != "prefer")
        asked = "?" + "&".join(options) if options else ""
        return f"postgresql://{quote(self.user)}@{place}/{quote(self.database)}{asked}"

    @property
    def name(self) -> str:
        """What to call it: the database."""
        return self.database

    def socket(self) -> str | None:
        """The path of its Unix socket, if it has one."""
        return f"{self.host}/.s.PGSQL.{self.port}" if self.host.startswith("/") else None

    @classmethod
    def of(cls, text: str | os.PathLike[str]) -> Address:
        """Read one. What is left out is as for ``psql``: PGHOST, PGPORT, PGUSER, PGPASSWORD, then
        ``~/.pgpass``.

        Raises:
            IndexFileError: It is none; the error does not repeat it, for it may hold a password.
        """
        rest = _SCHEME.sub("", str(text), count=1)
        # Where there is nothing but one name, it is the database.
        rest = rest if set("/@") & set(rest.partition("?")[0]) else f"/{rest}"
        try:
            parts = urlsplit(f"postgresql://{rest}")
            options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
            port = parts.port or int(os.environ.get("PGPORT", _PORT))
        except ValueError as error:
            raise _wrong("cannot be read") from error
        database = unquote(parts.path.strip("/"))
        if not database or "/" in database:
            raise _wrong("names no database")
        _check_options(options)
        user = unquote(parts.username or "") or os.environ.get("PGUSER") or getpass.getuser()
        host = options.get("host") or parts.hostname or os.environ.get("PGHOST") or "localhost"
        given = None if parts.password is None else unquote(parts.password)
        password = given or os.environ.get("PGPASSWORD")
        return cls(
            user=user,
            host=host,
            port=port,
            database=database,
            schema=options.get("schema", "newsmine"),
            ssl=options.get("sslmode", "prefer"),
            password=password or _kept(host, port, database, user),
        )

    def arguments(self) -> dict[str, Any]:
        """As pg8000 takes them."""
        import ssl

        contexts = {"disable": False, "prefer": None, "require": True}
        context = contexts[self.ssl] if self.ssl in contexts else ssl.create_default_context()
        socket = self.socket()
        where: dict[str, Any] = (
            {"unix_sock": socket, "host": None, "ssl_context": False}
            if socket
            else {"host": self.host, "port": self.port, "ssl_context": context}
        )
        who = {"user": self.user, "password": self.password, "database": self.database}
        return {**where, **who, "application_name": "newsmine"}


_PORT = 5432


def _check_options(options: dict[str, str]) -> None:
    if unknown := sorted(options.keys() - _OPTIONS):
        raise _wrong(f"has an option that is unknown ({unknown[0][:40]!r})")
    # PostgreSQL keeps pg_ for its own.
    if not re.fullmatch("(?!pg_)[a-z_][a-z0-9_]{0,62}", options.get("schema", "newsmine")):
        raise _wrong("names a schema that is none (small letters, digits and _, but not pg_)")
    if options.get("sslmode", "prefer") not in _SSL:
        raise _wrong(f"has an sslmode that is unknown (take one of {', '.join(_SSL)})")


def _wrong(reason: str) -> IndexFileError:
    return IndexFileError("postgresql://…", reason, _EXAMPLE)


def _kept(host: str, port: int, database: str, user: str) -> str | None:
    """The password that ``~/.pgpass`` (or PGPASSFILE) has; libpq, too, passes over an open one."""
    path = Path(os.environ.get("PGPASSFILE") or "~/.pgpass").expanduser()
    try:
        if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return None
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    asked = (host, str(port), database, user)
    for line in lines:
        fields = [re.sub(r"\\(.)", r"\1", one) for one in re.findall(r"(?:\\.|[^:\\])+", line)]
        known = zip(fields, asked, strict=False)
        if len(fields) == 5 and all(one in ("*", own) for one, own in known):
            return fields[4]
    return None
