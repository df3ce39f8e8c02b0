"""Every column is explained, and what is explained is a column."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from newsmine.export.columns import described
from newsmine.export.selection import COLUMNS, TABLES

ENTRIES: dict[str, dict[str, Any]] = tomllib.loads(
    files("newsmine.data").joinpath("columns.toml").read_text(encoding="utf-8")
)
ALL = [(what, name) for what in TABLES for name in COLUMNS[what]]
IS_OF = {
    "text": lambda value: isinstance(value, str),
    "date": lambda value: isinstance(value, str) and value[:4].isdigit(),
    "number": lambda value: isinstance(value, int | float),
    "integer": lambda value: isinstance(value, int),
    "span": lambda value: [type(part) for part in value] == [int, int],
    "spans": lambda value: all([type(p) for p in span] == [int, int] for span in value),
    "texts": lambda value: all(isinstance(part, str) for part in value),
}


@pytest.mark.parametrize(("what", "name"), ALL)
def test_every_column_is_described(what: str, name: str) -> None:
    column = described(what, name)
    assert column is not None
    assert column.name == name
    assert len(column.meaning) > 10
    assert column.meaning.endswith(".")


def test_nothing_else_is_described() -> None:
    everywhere = {name for names in COLUMNS.values() for name in names}
    for table, entries in ENTRIES.items():
        known = everywhere if table == "any" else set(COLUMNS[table])  # type: ignore[index]
        assert entries.keys() <= known, table
    assert described("quotes", "colour") is None
    assert described("quotes", "value") is None


@pytest.mark.parametrize("table", list(ENTRIES))
def test_each_example_is_of_its_type(table: str) -> None:
    for name, entry in ENTRIES[table].items():
        assert IS_OF[entry["type"]](entry["example"]), name


def test_a_table_says_what_it_means_by_a_word() -> None:
    kinds = {described(what, "kind") for what in ("quotes", "claims")}
    assert len(kinds) == 2
