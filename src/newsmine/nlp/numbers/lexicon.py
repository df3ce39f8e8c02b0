"""The number grammar's word lists, read once from ``newsmine/data/numbers_*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@cache
def read_data(name: str) -> dict[str, list[dict[str, Any]]]:
    """The entries of one data file, by table: ``read_data("numbers_words")["words"]``."""
    text = resources.files("newsmine.data").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def alternatives(words: Iterable[str]) -> str:
    """A regex that matches any of the words as printed, the longest first, any space between.

    Common beginnings are written once, since ``re`` tries alternatives one by one.
    """
    tree: _Tree = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        node = tree
        for piece in word:
            node = node.setdefault(piece, {})
        node[""] = {}
    return _written(tree)


_Tree = dict[str, "_Tree"]


def _written(tree: _Tree) -> str:
    """A tree of letters as a regex; a word's end is the branch ``""``, tried last."""
    branches = [
        (r"\s{1,3}" if piece == " " else re.escape(piece)) + _written(below)
        for piece, below in tree.items()
        if piece
    ]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in tree:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tree else "")


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words or phrases, whole and in any case."""
    return re.compile(rf"(?<![\w'’-])(?:{alternatives(words)})(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number word's role in the grammar (unit, teen, ty, hundred, scale, …) and its value."""

    role: str
    value: int


@cache
def number_words() -> dict[str, NumberWord]:
    """Every number word, in lower case. Scale ordinals have plurals: two hundredths."""
    out: dict[str, NumberWord] = {}
    for entry in read_data("numbers_words")["words"]:
        for word, value in entry["values"].items():
            out[word] = NumberWord(entry["role"], value)
            if entry["role"] in ("part", "compound_part") and word not in ("half", "halves"):
                out[word + "s"] = out[word]
    return out


@cache
def suffixes(*, spaced: bool) -> dict[str, int]:
    """Scale letters after digits; with ``spaced``, those that may stand after a space."""
    entries = read_data("numbers_words")["suffixes"]
    chosen = [entry for entry in entries if entry["spaced"] or not spaced]
    return {letters: entry["value"] for entry in chosen for letters in entry["letters"]}


@cache
def currency_codes() -> frozenset[str]:
    """The three-letter currency codes."""
    entries = read_data("numbers_units")["currencies"]
    return frozenset(code for entry in entries for code in entry["codes"])


_TWINS = str.maketrans({"\u017f": "s", "\u212a": "k", "\u0130": "I", "\u0131": "i"})
_TWINS_PRINTED = tuple(map(chr, _TWINS))


def plain_letters(text: str) -> str:
    """The text with a long s, Kelvin sign and Turkish i as their twins, of the same length.

    Patterns that ignore case take them for each other, tables do not: old print has the long s.
    """
    if text.isascii() or not any(map(text.__contains__, _TWINS_PRINTED)):
        return text
    return text.translate(_TWINS)
