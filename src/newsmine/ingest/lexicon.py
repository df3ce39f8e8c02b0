"""The word lists and patterns of the ingest room, read from its data files when first needed."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LONGEST_LINE = 300
"""No landmark is longer; this also keeps patterns away from a paragraph of megabytes."""


@cache
def load(name: str) -> dict[str, Any]:
    """The data file ``ingest_<name>.toml``."""
    path = files("newsmine.data") / f"ingest_{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def pattern(name: str, only: str = "", without: str = "") -> re.Pattern[str]:
    """One pattern for whole lines out of those of a data file, chosen by a flag of theirs."""
    entries = [
        entry
        for entry in load(name)["pattern"]
        if (not only or entry.get(only)) and not (without and entry.get(without))
    ]
    return re.compile("|".join(f"(?:{_scoped(entry['regex'])})" for entry in entries))


def _scoped(regex: str) -> str:
    # A flag in front of a whole pattern would apply to its neighbours too.
    return f"(?i:{regex[4:]})" if regex.startswith("(?i)") else regex


@cache
def words(name: str, key: str) -> frozenset[str]:
    """A word list of a data file, case folded."""
    return frozenset(word.casefold() for word in load(name)[key])


@cache
def word_list() -> frozenset[str]:
    """Common English words, lower case."""
    lists = (load(name)["words"].split() for name in ("words", "words_british"))
    return frozenset().union(*lists)


def matches(name: str, line: str, *, only: str = "", without: str = "") -> bool:
    """Whether a whole line is what the data file's patterns describe.

    Args:
        name: The data file.
        line: The line.
        only: A flag that the pattern must have.
        without: A flag that it must not have.
    """
    line = line.strip()
    if not line or len(line) > LONGEST_LINE:
        return False
    return pattern(name, only, without).fullmatch(line) is not None
