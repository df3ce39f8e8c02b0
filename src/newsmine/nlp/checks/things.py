"""What is counted, taken apart: the head noun and what narrows it down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from newsmine.nlp.numbers.lexicon import read_data

_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Thing:
    """`online grooming offences`: the head `offence`, narrowed by `grooming` and `online`."""

    head: str
    narrowing: frozenset[str]


@cache
def words_of(kind: str) -> frozenset[str]:
    """A word list of ``data/checks.toml``."""
    entries = read_data("checks")["words"]
    return frozenset(word for entry in entries if entry["kind"] == kind for word in entry["words"])


@cache
def _irregular() -> dict[str, str]:
    return dict(read_data("checks")["plurals"][0]["words"])


def singular(word: str) -> str:
    """A noun in the singular, by its ending: offences, bodies, boxes, children."""
    word = re.sub(r"['’]s?\Z", "", word.lower())
    if word in _irregular():
        return _irregular()[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|x|ch|sh|z)es\Z", word):
        return word[:-2]
    return word[:-1] if re.search(r"[^sui]s\Z", word) and len(word) > 3 else word


@lru_cache(maxsize=10_000)
def thing_of(phrase: str | None) -> Thing | None:
    """The thing that a phrase names; None where it has no noun, or only a pronoun."""
    words = [word.lower() for word in _WORD.findall(phrase or "")]
    head_at = _head(words)
    if head_at is None:
        return None
    head, after = words[head_at], words[head_at + 1 :]
    if head in words_of("measure") and after[:1] == ["of"]:
        return thing_of(" ".join(after[1:])) or Thing(singular(head), frozenset())
    rest = (singular(word) for word in words[:head_at] + after if word not in words_of("empty"))
    return Thing(singular(head), frozenset(rest))


def _head(words: list[str]) -> int | None:
    """The last word before a preposition or a clause."""
    head = None
    for place, word in enumerate(words):
        if word in words_of("ends") and head is not None:
            break
        if word not in words_of("empty") and word not in words_of("ends"):
            head = place
    return head


def same_thing(a: Thing | None, b: Thing | None) -> bool | None:
    """Whether two things are one: the same head, and one no narrower than the other allows.

    `offences` can be `grooming offences` said again; `drug offences` cannot. None is unknown.
    """
    if a is None or b is None:
        return None
    if a.head != b.head:
        return False
    return a.narrowing <= b.narrowing or b.narrowing <= a.narrowing


def surely_same(a: Thing | None, b: Thing | None) -> bool | None:
    """Whether two things of different articles are one: a bare noun says too little to know."""
    if a is None or b is None:
        return None
    if a.head != b.head:
        return False
    shared, all_of_them = a.narrowing & b.narrowing, a.narrowing | b.narrowing
    if not shared:
        return None if not (a.narrowing and b.narrowing) else False
    return True if 2 * len(shared) >= len(all_of_them) else None
