"""How names are compared: without case, accents, marks, and as scanners may misread them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

_UNMARKED = str.maketrans("", "", "’‘'`.´")
_WHOLE = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_LETTERS = str.maketrans("01|5i8", "ollslb")
_COARSE = str.maketrans("hey", "bcv")
_UNSURE = frozenset(map(frozenset, ("hb", "ec", "yv", "ft", "ao", "un")))
LONG = 10
"""Letters from which on one letter that scanners confuse may differ."""


@cache
def data(name: str) -> dict[str, Any]:
    """One of the data files of names, parsed."""
    text = files("newsmine.data").joinpath(f"identity_{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def plain(text: str) -> str:
    """Lower case, without accents, apostrophes and stops; words apart by one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.findall(r"\w+", bare.casefold().translate(_UNMARKED).replace("&", " and "))
    return " ".join(words)


def fold(text: str) -> str:
    """A plain name with letters that look alike in print taken for one another."""
    folded = text
    for printed, read in _WHOLE:
        folded = folded.replace(printed, read)
    return folded.translate(_LETTERS)


def coarse(text: str) -> str:
    """As ``fold``, with letters that scanners confuse put together: to find what may be alike."""
    return fold(text).translate(_COARSE)


def look_alike(one: str, other: str) -> bool:
    """Whether two plain names can be one that was misread.

    >>> look_alike("ellershire police", "e1lershire police")
    True
    >>> look_alike("channel 4 news", "channel 5 news")
    False
    """
    if one == other:
        return False
    a, b = fold(one), fold(other)
    if a == b:
        return True
    if len(a) != len(b) or min(len(one), len(other)) < LONG:
        return False
    differing = [frozenset(pair) for pair in zip(a, b, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and differing[0] in _UNSURE


def alike_but_odd(one: str, other: str) -> bool:
    """Whether one of two names that look alike holds a digit among letters: surely a misreading."""
    return any(re.search(r"[a-z][0-9]|[0-9][a-z]", name) for name in (one, other))
