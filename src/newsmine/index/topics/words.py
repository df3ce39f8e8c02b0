"""Words of a text under the forms by which a dictionary knows them.

A word is compared without case, plural, possessive, and British spelling; ``newsmine.data``'s
``topics_spelling.toml`` holds the pairs.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from newsmine.types import Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
HYPHENS = "-\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}¬"
_HYPHEN = re.compile(f"[{HYPHENS}]\\s*")
_KNOWN = 100_000
"""Distinct words whose form is remembered: an archive's misprints must not fill the memory."""


def spans_of(text: str) -> list[Span]:
    """Where the words of a text lie; signs and hyphens part them, apostrophes do not."""
    return [match.span() for match in _WORD.finditer(text)]


def hyphenated(text: str, left: Span, right: Span) -> bool:
    """Whether only a hyphen, perhaps at the end of a line, parts two neighbouring words."""
    return bool(_HYPHEN.fullmatch(text, left[1], right[0]))


@lru_cache(maxsize=_KNOWN)
def form_of(word: str) -> str:
    """The form of a word: "Children’s", "child" and "children" are one, "behaviour" is American."""
    plain = bare(word)
    plain = _IRREGULAR.get(plain, _singular(plain.replace("'", "")))
    for pattern, replacement in _spellings():
        plain = pattern.sub(replacement, plain)
    return plain


def bare(word: str) -> str:
    """A word in small letters, without its possessive."""
    return word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")


_IRREGULAR = {"children": "child", "childrens": "child", "men": "man", "women": "woman"}


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("ie"):
        return word[:-2] + "y"
    if re.search("(ss|sh|ch|x|z)es$", word):
        return word[:-2]
    if len(word) > 3 and re.search("[^sui]s$", word):
        return word[:-1]
    return word


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    path = files("newsmine.data").joinpath("topics_spelling.toml")
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["spellings"]
    return tuple((re.compile(entry["british"]), entry["american"]) for entry in entries)


def misread(word: str) -> tuple[str, ...]:
    """What scanning may have made a word of: digits for letters ("fi1ter"), "rn" for "m"."""
    plain = word.casefold()
    guesses = []
    if re.search("[a-z]", plain) and re.search("[015]", plain):
        guesses += [plain.translate(_DIGITS | {ord("1"): letter}) for letter in "li"]
    if "rn" in plain:
        guesses.append(plain.replace("rn", "m"))
    return tuple(guesses)


_DIGITS: dict[int, str] = {ord("0"): "o", ord("5"): "s"}
