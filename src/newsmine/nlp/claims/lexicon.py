"""The claims' word lists and patterns, read once from ``newsmine/data/claims_*.toml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from newsmine.nlp.numbers.lexicon import alternatives, read_data
from newsmine.nlp.numbers.starts import Patterns

_MONTHS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)


@cache
def stops() -> dict[str, str]:
    """Words that end a noun phrase, and what they are."""
    entries = read_data("claims_phrases")["stops"]
    return {word: entry["kind"] for entry in reversed(entries) for word in entry["words"]}


@cache
def word_set(table: str) -> frozenset[str]:
    """The words of a list in ``claims_phrases``: measures, plurals."""
    return frozenset(w for entry in read_data("claims_phrases")[table] for w in entry["words"])


@cache
def word_map(table: str) -> dict[str, str]:
    """The words of a list in ``claims_phrases`` and what they stand for: nations and places."""
    entries = read_data("claims_phrases")[table]
    return {word: entry["stands_for"] for entry in entries for word in entry["words"]}


@cache
def changes(table: str) -> dict[str, str]:
    """Words of change to their direction: verbs, nouns, comparatives, particles."""
    entries = read_data("claims_changes")[table]
    return {word: entry["direction"] for entry in entries for word in entry["words"]}


@cache
def change_pattern(table: str) -> re.Pattern[str]:
    """Any of a table's words of change, whole."""
    return re.compile(rf"(?<![\w'’-])(?P<word>{alternatives(changes(table))})(?![\w-])", re.I)


@cache
def change_words(table: str) -> frozenset[str]:
    """The first word of each of a table's words of change; one stands where a pattern matches."""
    return frozenset(re.findall(r"[a-z]+", words)[0] for words in changes(table))


@cache
def patterns(table: str) -> tuple[tuple[re.Pattern[str], str | None], ...]:
    """A table's patterns in order, with the status that an entry names."""
    out = []
    for entry in read_data("claims_phrases")[table]:
        flags = re.NOFLAG if entry.get("case") or table == "documents" else re.IGNORECASE
        pattern = entry["pattern"].replace("<month>", _MONTHS)
        if table == "periods":
            pattern = rf"(?<![\w£$€.,])(?:{pattern})(?![\w%]|,\d)"
        out.append((re.compile(pattern, flags), entry.get("status")))
    return tuple(out)


@cache
def idle() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What a figure in a saying or a name can be, and what stands around it (`#`)."""
    return tuple(
        (re.compile(entry["printed"], re.IGNORECASE), re.compile(entry["pattern"]))
        for entry in read_data("claims_phrases")["idle"]
    )


@cache
def idle_figures() -> re.Pattern[str]:
    """Whatever a figure in a saying or a name can be; asked before each of ``idle``."""
    return re.compile("|".join(f"(?:{figure.pattern})" for figure, _ in idle()), re.IGNORECASE)


@cache
def together(table: str) -> Patterns:
    """A table's patterns to be looked for at once, by their places in the table."""
    return Patterns([pattern for pattern, _status in patterns(table)], {})


@lru_cache(maxsize=8)  # the figures of one sentence ask
def possible(table: str, words: frozenset[str]) -> tuple[tuple[re.Pattern[str], str | None], ...]:
    """A table's patterns, in order, that can match where these words in small letters stand."""
    if words.isdisjoint(_needed(table)):
        return ()
    both = zip(patterns(table), needs(table), strict=True)
    return tuple(entry for entry, needed in both if not words.isdisjoint(needed))


@cache
def _needed(table: str) -> frozenset[str]:
    return frozenset().union(*needs(table))


@cache
def needs(table: str) -> tuple[frozenset[str], ...]:
    """For each of a table's patterns, words in small letters of which a match holds one."""
    return tuple(frozenset(entry["needs"]) for entry in read_data("claims_phrases")[table])
