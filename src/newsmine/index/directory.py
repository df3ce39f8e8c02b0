"""Organisations that are known by several names: a shipped directory that users extend.

``data/organisations.toml`` says what an entry holds; a user's file has the same form, and its
entries come before the shipped ones, so that they can say that "ICO" is somebody else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from newsmine.errors import QueryError

KINDS = frozenset(
    ("regulator", "police", "government", "parliament", "charity", "helpline", "hotline")
) | {"platform", "company", "industry", "school", "health", "academic", "international"}
_REQUIRED = frozenset(("name", "kind", "country"))
_OPTIONAL = frozenset(("aliases", "former", "part_of"))
_REMEDY = "See the file organisations.toml that comes with newsmine for the form of an entry"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation and what it is called: ``aliases`` now, ``former`` before."""

    name: str
    kind: str
    country: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    part_of: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the one it has now first."""
        return (self.name, *self.aliases, *self.former)


@dataclass(frozen=True, slots=True)
class Directory:
    """Looks organisations up by any of their names."""

    organisations: tuple[Organisation, ...]
    _by_key: Mapping[str, Organisation] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Backwards, so that of two entries the first one keeps a name.
        keyed = {key(name): one for one in reversed(self.organisations) for name in one.names}
        object.__setattr__(self, "_by_key", keyed)

    def find(self, name: str) -> Organisation | None:
        """Who is called so: in any case, with or without "the", however apostrophes are set."""
        return self._by_key.get(key(name))

    def other_names(self, name: str) -> tuple[str, ...]:
        """What else the organisation of that name is called."""
        found = self.find(name)
        return tuple(n for n in found.names if key(n) != key(name)) if found else ()


def key(name: str) -> str:
    """What two ways of printing one name have in common."""
    plain = re.sub(r"[’‘'`.]", "", name.casefold()).replace("&", " and ")
    return re.sub(r"^the (?=.)", "", " ".join(re.findall(r"\w+", plain)))


@cache
def shipped_directory() -> Directory:
    """The directory that comes with newsmine."""
    text = files("newsmine.data").joinpath("organisations.toml").read_text(encoding="utf-8")
    return Directory(tuple(_entries("organisations.toml", tomllib.loads(text))))


def load_directory(path: Path) -> Directory:
    """A user's file, and the shipped directory behind it.

    Raises:
        QueryError: It cannot be read, or an entry is wrong.
    """
    return _with_shipped(read_directory(path))


def directory_of(entries: Sequence[Mapping[str, Any]]) -> Directory:
    """Entries as an index keeps those of a user's file, and the shipped directory behind them.

    Raises:
        QueryError: An entry is wrong.
    """
    filled = [{name: value for name, value in e.items() if value is not None} for e in entries]
    return _with_shipped(_entries("directory", {"organisations": filled}))


def _with_shipped(own: Iterable[Organisation]) -> Directory:
    return Directory((*own, *shipped_directory().organisations))


def read_directory(path: Path) -> tuple[Organisation, ...]:
    """The entries of a user's file.

    Raises:
        QueryError: It cannot be read, or an entry is wrong.
    """
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise QueryError(path, f"cannot be read ({error.strerror})", "Check the name") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise QueryError(path, f"is no TOML: {error}", _REMEDY) from error
    return tuple(_entries(str(path), record))


def _entries(path: str, record: Mapping[str, Any]) -> Iterable[Organisation]:
    entries = record.get("organisations")
    if not isinstance(entries, list):
        raise QueryError(path, "has no list called organisations", _REMEDY)
    for number, entry in enumerate(entries, 1):
        yield _entry(f"{path}, entry {number}", entry)


def _entry(where: str, entry: object) -> Organisation:
    if not isinstance(entry, dict) or not entry.keys() >= _REQUIRED:
        raise QueryError(where, "needs name, kind and country", _REMEDY)
    if unknown := entry.keys() - _REQUIRED - _OPTIONAL:
        raise QueryError(where, f"has an unknown field {min(unknown)!r}", _REMEDY)
    if entry["kind"] not in KINDS:
        kinds = ", ".join(sorted(KINDS))
        raise QueryError(where, f"is of an unknown kind {entry['kind']!r}", f"Take one of {kinds}")
    return Organisation(
        name=_text(where, "name", entry["name"]),
        kind=entry["kind"],
        country=_text(where, "country", entry["country"]),
        aliases=_texts(where, "aliases", entry.get("aliases", [])),
        former=_texts(where, "former", entry.get("former", [])),
        part_of=_text(where, "part_of", entry["part_of"]) if "part_of" in entry else None,
    )


def _text(where: str, name: str, value: object) -> str:
    if not isinstance(value, str) or not key(value):
        raise QueryError(where, f"has no word in {name}", _REMEDY)
    return value


def _texts(where: str, name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise QueryError(where, f"needs a list of names as {name}", _REMEDY)
    return tuple(_text(where, name, one) for one in value)
