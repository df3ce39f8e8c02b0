"""What the columns of an export mean and hold, out of ``data/columns.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

ColumnType = Literal["text", "number", "integer", "date", "span", "spans", "texts"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what a cell holds, what it means. A date may be partial."""

    name: str
    type: ColumnType
    meaning: str


def described(what: str, name: str) -> Column | None:
    """What is known of a column of a table; ``None`` where it is described nowhere."""
    entries = _entries()
    entry = entries.get(what, {}).get(name) or entries["any"].get(name)
    return Column(name, entry["type"], entry["meaning"]) if entry else None


@cache
def _entries() -> dict[str, dict[str, Any]]:
    path = files("newsmine.data").joinpath("columns.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
