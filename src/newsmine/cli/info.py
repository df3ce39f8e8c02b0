"""``newsmine info``: what an index holds."""

from __future__ import annotations

from dataclasses import asdict

from newsmine.cli.options import IndexFile
from newsmine.cli.screen import one_line, show, table

EXAMPLES = ("newsmine info newsmine-demo.db",)


def info(file: IndexFile) -> None:
    """Print what an index holds, and what made it."""
    from newsmine.index import open_index

    with open_index(file) as index:
        rows = [(name.replace("_", " "), _value(v)) for name, v in asdict(index.info()).items()]
    show(table(one_line(file), ("", ""), rows))


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(one_line(item) for item in value)
    return one_line(value)
