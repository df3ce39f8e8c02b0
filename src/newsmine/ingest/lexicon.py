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
def pattern(name: str, *, running: bool = False) -> re.Pattern[str]:
    """One pattern for whole lines out of all those of a data file (or its ``running`` ones)."""
    entries = [p for p in load(name)["pattern"] if p.get("running") or not running]
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
    return frozenset(load("words")["words"].split())


def matches(name: str, line: str, *, running: bool = False) -> bool:
    """Whether a whole line is what the data file's patterns describe."""
    line = line.strip()
    if not line or len(line) > LONGEST_LINE:
        return False
    return pattern(name, running=running).fullmatch(line) is not None
