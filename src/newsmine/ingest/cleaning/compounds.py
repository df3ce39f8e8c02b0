"""Which two words with a hyphen between them make a compound that is printed so in a line, too."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from newsmine.ingest import lexicon
from newsmine.ingest.spelling import SHORTEST, misreadings

Known = Callable[[str], bool]
"""Whether a string of letters, in lower case, is a word."""

SYLLABLE = 4
"""Letters in the longest part of a word that is taken for a syllable of it."""

# British papers print *re-elected* and *co-operate*, though word lists have them without a hyphen.
_SAME_VOWELS = frozenset((("re", "e"), ("co", "o"), ("pre", "e"), ("anti", "i")))

_VOWELS = frozenset("aeiou")


def is_compound(left: str, b: str, known: Known) -> bool:
    """Whether one of the parts tells by itself that the hyphen is printed.

    Args:
        left: The letters before the hyphen.
        b: Those after it, in lower case.
        known: The word list and the batch.
    """
    a = left.casefold()
    if b in lexicon.words("hyphens", "units"):
        return a.endswith("ty")
    if (a, b[0]) in _SAME_VOWELS and len(b) > 3 and known(b):
        return True
    if known(a + b):
        return False
    if a == "re" and b[0] in _VOWELS and (known(b) or is_participle(b)):
        return True  # No list has it in one piece: *re- allotted*.
    if _is_glued(a, b, known) or ((left[0].isupper() or not known(a)) and _is_place(b, known)):
        return True
    if a in lexicon.words("hyphens", "prefixes"):
        return known(b) or (a in lexicon.words("hyphens", "always") and len(b) > 3)
    return _is_by_ending(left, b, known) or _is_spotted(left, b, known)


def is_participle(word: str) -> bool:
    """Whether a word ends as participles do."""
    return len(word) > 4 and word.endswith(("ed", "ing"))


def _is_by_ending(left: str, b: str, known: Known) -> bool:
    a = left.casefold()
    if b in lexicon.words("hyphens", "openings"):
        return known(a) and len(a) > SYLLABLE
    unmistakable = len(b) > SYLLABLE or known(a) or left[0].isupper()
    return b in lexicon.words("hyphens", "suffixes") and unmistakable


def _is_glued(a: str, b: str, known: Known) -> bool:
    """Whether the word before ran into a prefix that keeps its hyphen: *athalf- past*."""
    prefixes = tuple(p for p in lexicon.words("hyphens", "always") if len(p) >= SHORTEST)
    return known(b) and not known(a) and a.endswith(prefixes)


def _is_spotted(left: str, b: str, known: Known) -> bool:
    """Whether a speck put a letter into the second part: *father-in- lawv*, *Harbour- strleet*."""
    if known(b):
        return False
    named = left[0].isupper() or not known(left.casefold())
    listed = lexicon.words("hyphens", "places") if named else lexicon.words("hyphens", "suffixes")
    compounds = lexicon.words("hyphens", "compounds")
    shorter = {b[:i] + b[i + 1 :] for i in range(1, len(b))}
    return any(
        f"{left.casefold()}-{word}" in compounds or (len(word) >= SHORTEST and word in listed)
        for word in shorter
        if len(word) > 2
    )


def _is_place(b: str, known: Known) -> bool:
    """Whether a part is a street or the like, a misread one too: *Harbour- streeb*."""
    return b in lexicon.words("hyphens", "places") or (b in _misread_places() and not known(b))


@cache
def _misread_places() -> frozenset[str]:
    places = (place for place in lexicon.words("hyphens", "places") if len(place) >= SHORTEST)
    # Of a place that lost letters, an ending such as "tion" could be left.
    return frozenset(r for place in places for r in misreadings(place) if len(r) == len(place))
