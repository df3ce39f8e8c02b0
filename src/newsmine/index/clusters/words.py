"""A quotation as words to compare: without marks, case and printers' habits."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from zlib import crc32

ROW = 3
"""Words in a row that two texts must share, for the words in it to count as shared."""

_KEPT = 1024
"""Quotes whose words are kept at hand: each is compared with many others."""
_MARK_ROW = 4
"""Words under a fingerprint: rarer than rows of ``ROW``, so that few strangers share one."""

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
# Hyphens and apostrophes within words: "self-harm" and "self harm", "don’t" and "dont" of a scan.
_INSIDE = re.compile(r"(?<=\w)['’‘`\u00ad](?=\w)")
_QUOTED = re.compile(r"[“\"«‟]([^“”\"«»]+)(?:[”\"»]|$)|(?<!\w)[‘']([^‘]+?)(?:[’'](?!\w)|$)")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a quotation in small letters; "10,000" is one, an apostrophe parts nothing.

    >>> words_of("“Don’t count on 10,000 self-made checks …”")
    ('dont', 'count', 'on', '10,000', 'self', 'made', 'checks')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return tuple(_WORD.findall(_INSIDE.sub("", plain)))


@lru_cache(maxsize=_KEPT)
def quote_words(quote: str) -> tuple[str, ...]:
    """The same of a quotation, kept at hand for the next time."""
    return words_of(quote)


def fragments_of(quote: str) -> tuple[tuple[str, ...], ...]:
    """What stands in quotation marks within a quotation, as words."""
    found = (words_of(match[1] or match[2]) for match in _QUOTED.finditer(quote))
    return tuple(words for words in found if words)


@lru_cache(maxsize=_KEPT)
def rows_of(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """All ``ROW`` words in a row."""
    return frozenset(tuple(words[at : at + ROW]) for at in range(len(words) - ROW + 1))


def covered(words: Sequence[str], rows: frozenset[tuple[str, ...]]) -> float:
    """The share of the words that stand in a row which is among ``rows``, 0 to 1.

    Words cut out between two stretches, or put in, cost no more than themselves, so an ellipsis
    needs no rule of its own.
    """
    inside = [False] * len(words)
    for at in range(len(words) - ROW + 1):
        if tuple(words[at : at + ROW]) in rows:
            inside[at : at + ROW] = (True,) * ROW
    return sum(inside) / len(inside) if inside else 0.0


def marks_of(words: Sequence[str], window: int) -> frozenset[int]:
    """Fingerprints, chosen so that two texts which share a long run of words share one.

    Winnowing (Schleimer, Wilkerson, Aiken 2003): of every ``window`` neighbouring rows of four
    words the least hash is kept, so that any ``window + 3`` words in common are found, wherever
    they stand. A text with fewer rows keeps its least one.
    """
    hashes = [
        crc32(" ".join(words[at : at + _MARK_ROW]).encode("utf-8", "surrogatepass"))
        for at in range(len(words) - _MARK_ROW + 1)
    ]
    windows = max(1, len(hashes) - window + 1) if hashes else 0
    return frozenset(min(hashes[at : at + window]) for at in range(windows))


def key_of(words: Sequence[str]) -> int:
    """A number that is the same for the same words; signed 64 bits, as SQLite holds."""
    from hashlib import blake2b

    digest = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def weighty(words: Sequence[str]) -> tuple[str, ...]:
    """The words that say what a sentence is about."""
    return tuple(word for word in words if word not in _light())


@lru_cache(maxsize=_KEPT)
def stems(words: Sequence[str]) -> frozenset[str]:
    """What inflections of a word have in common, roughly: its first letters without an s."""
    return frozenset(
        word if word[0].isdigit() else word.removesuffix("s")[:5] for word in weighty(words)
    )


def figures(words: Sequence[str]) -> frozenset[str]:
    """The numbers in digits."""
    return frozenset(word for word in words if word[0].isdigit())


@lru_cache(maxsize=_KEPT)
def is_stock(words: Sequence[str]) -> bool:
    """Whether many people say just this on many occasions (``data/clusters.toml``)."""
    text = " ".join(words)
    return any(pattern.fullmatch(text) for pattern in _stock())


@cache
def titles() -> frozenset[str]:
    """What stands before a name and is no part of it."""
    return frozenset(_data()["titles"]["words"])


@cache
def _light() -> frozenset[str]:
    return frozenset(_data()["light"]["words"])


@cache
def _stock() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(entry["words"]) for entry in stock_entries())


def stock_entries() -> Iterator[dict[str, str]]:
    """The entries of stock phrases, each with an example and what is none."""
    yield from _data()["stock"]


@cache
def _data() -> dict[str, Any]:
    text = files("newsmine.data").joinpath("clusters.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
