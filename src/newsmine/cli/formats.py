"""``newsmine formats``: what can be read."""

from __future__ import annotations

from importlib.util import find_spec
from shutil import which

from newsmine.cli.screen import show, table
from newsmine.ingest.readers import READERS
from newsmine.ingest.readers.base import Reader

EXAMPLES = ("newsmine formats",)

_EXTRAS = {"parquet": "pyarrow", "ocr": "rapidocr"}
"""The module by which an extra is known to be installed."""


def formats() -> None:
    """List what newsmine reads, and what has to be installed for it."""
    columns = ("Format", "Reads", "Suffixes", "Needs")
    rows = [(r.name, r.title, " ".join(sorted(r.suffixes)), _needs(r)) for r in READERS]
    show(table(None, columns, rows), "", _NOTE)


_NOTE = (
    "A file is known by what is in it, whatever it is called; from a folder the files with these\n"
    "suffixes are taken. What is in an archive is read as if it lay beside it."
)


def _needs(reader: Reader) -> str:
    """What has to be installed, one of several being enough, and whether none of it is."""
    options = (reader.needs or "").split(" or ") if reader.needs else []
    named = (f"newsmine[{option}]" if option in _EXTRAS else option for option in options)
    there = not options or any(map(_is_there, options))
    return " or ".join(named) + ("" if there else " (missing)")


def _is_there(option: str) -> bool:
    module = _EXTRAS.get(option)
    return find_spec(module) is not None if module else which(option) is not None
