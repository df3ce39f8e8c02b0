"""Rows of a server as ``sqlite3`` gives those of a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any


class Row(tuple[Any, ...]):
    """A row whose columns are asked by place or by name, as those of ``sqlite3``."""

    __slots__ = ()
    names: tuple[str, ...] = ()
    places: Mapping[str, int] = MappingProxyType({})

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.places[key] if isinstance(key, str) else key)

    def keys(self) -> list[str]:
        """The names of its columns."""
        return list(self.names)


@lru_cache(maxsize=1024)
def row_of(names: tuple[str, ...]) -> type[Row]:
    """Rows with these columns; of two of one name, the first is taken."""
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    return type("Row", (Row,), {"__slots__": (), "names": names, "places": places})
