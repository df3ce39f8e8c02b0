"""Hyphens with a space after them: a broken word, a compound, or left as they are.

Line joins leave ``tar- get`` where a line ended in ``tar-``, and press databases print the same
inside a line, so one rule serves both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from typing import Literal

from newsmine.ingest import lexicon
from newsmine.ingest.alignment import Replacement
from newsmine.ingest.spelling import SHORTEST, misreadings
from newsmine.ingest.survey import NOTHING, Survey, words_of
from newsmine.ingest.vocabulary import OFTEN, Count, is_word

Decision = Literal["join", "keep", "leave"]
"""One word; a compound; neither (a dash, a speck, a suspended hyphen): it stays as it is."""

SYLLABLE = 4
"""Letters in the longest part of a name that is taken for a syllable of it."""

BROKEN = re.compile(
    r"(?<![\w’'.])(?P<left>[^\W_][^\W_’']*)(?P<hyphen>-\u00ad?|[¬\u00ad]) (?P<right>[^\W_]+)"
)
_SOFT = re.compile("\u00ad|(?<=[^\\W\\d_])¬(?=[^\\W\\d_])")

_NUMBER = re.compile(r"[a-z]?[\d,.½¼¾]+(?:st|nd|rd|th|s|m|p|bn|k|in|ft|lb|mph)?")
"""Digits alone, with a letter before (*A5*) or a unit after; *8ad* is a misread word."""

# British papers print *re-elected* and *co-operate*, though word lists have them without a hyphen.
_SAME_VOWELS = frozenset((("re", "e"), ("co", "o"), ("pre", "e"), ("anti", "i")))
_SHORT_ENDINGS = frozenset(("on", "or", "in", "an", "us", "is", "as", "at", "her", "me", "it"))

_SUSPENDED = frozenset(("and", "or", "to", "nor", "but"))


def join_hyphens(text: str, survey: Survey = NOTHING) -> list[Replacement]:
    """Decide on each hyphen with a space after it; soft hyphens go.

    Args:
        text: The text, lines joined.
        survey: The words of the batch that it is of; its own are known anyway.
    """
    broken = list(BROKEN.finditer(text))
    ends = {match.start("hyphen") for match in broken}
    changes = [_soft(match) for match in _SOFT.finditer(text) if match.start() not in ends]
    if not broken:
        return changes
    own = Counter(words_of(text))
    for match in broken:
        changes += _change(match, lambda word: own[word] + survey.count(word))
    return sorted(changes, key=lambda change: change.start)


def _soft(match: re.Match[str]) -> Replacement:
    return Replacement(match.start(), match.end(), "", "soft hyphen")


def _change(match: re.Match[str], count: Count) -> list[Replacement]:
    start, end = match.span("hyphen")
    if match["hyphen"] != "-":
        return [Replacement(start, end + 1, "", "hyphen join")]
    decision = decide(match["left"], match["right"], count)
    if decision == "join":
        return [Replacement(start, end + 1, "", "hyphen join")]
    if decision == "keep":
        return [Replacement(end, end + 1, "", "hyphen keep")]
    return []


def decide(left: str, right: str, count: Count) -> Decision:
    """What a hyphen with a space after it is.

    The evidence, in this order: digits; the same word or compound elsewhere in the batch, the more
    frequent one; capitals; the English word list, prefixes that keep their hyphen, and whether both
    parts are words.

    Args:
        left: The letters before the hyphen.
        right: The letters after the space.
        count: How often a word, in lower case, stands in the batch.
    """
    a, b = left.casefold(), right.casefold()
    if _NUMBER.fullmatch(a) or b[0].isdigit():
        return _by_digits(a, b)
    if f"{a}-{b}" in lexicon.words("hyphens", "compounds"):
        return "keep"
    known = partial(is_word, count=count)
    whole, compound = count(a + b), count(f"{a}-{b}")
    if _two_small_words(a, b):
        return "keep" if compound >= OFTEN else "leave"
    if whole or compound:
        return "join" if whole >= compound else "keep"
    if right[0].isupper() and not (_is_capitals(left) and _is_capitals(right)):
        return _before_capital(left, b)
    return _by_word_list(left, b, known)


def _is_capitals(part: str) -> bool:
    return len(part) > 1 and part.isupper()


def _by_digits(a: str, b: str) -> Decision:
    """*a 14- year-old* and *A- 5* are compounds, *12- to 18-month* and *1914- 18* are none."""
    alone = len(b) == 1 or b[0].isdigit()
    return "leave" if alone or b in _SUSPENDED or _is_small(b) else "keep"


def _two_small_words(a: str, b: str) -> bool:
    """Whether scanning may have glued them elsewhere: *ofthe* is no evidence for *of- the*."""
    known = lexicon.word_list()
    if a + b in known:
        return False
    if a in lexicon.words("hyphens", "prefixes") and _is_participle(b):
        return False
    return (_is_small(a) and b in known) or (_is_small(b) and a in known)


def _is_participle(word: str) -> bool:
    return len(word) > 4 and word.endswith(("ed", "ing"))


def _is_small(word: str) -> bool:
    return word in lexicon.words("hyphens", "words")


def _before_capital(left: str, b: str) -> Decision:
    """A compound of two names (*Anglo- Ruritanian*, *ex- Chancellor*), else a dash."""
    if left in ("Mc", "Mac"):
        return "join"
    prefixed = left.casefold() in lexicon.words("hyphens", "prefixes")
    if _is_small(b) or (_is_small(left.casefold()) and not prefixed):
        return "leave"
    named = left[0].isupper() and len(left) > 2
    return "keep" if named or prefixed or left.isupper() else "leave"


def _by_word_list(left: str, b: str, known: Callable[[str], bool]) -> Decision:
    a = left.casefold()
    if b in _SUSPENDED and known(a):
        return "leave"
    if _is_compound(left, b, known):
        return "keep"
    joining = a in lexicon.words("hyphens", "joining") and known(b)
    if known(a + b) or _is_ending(left, b) or joining or _is_fragment(left, b):
        return "join"
    words = known(a) and known(b)
    if _is_small(a) or _is_small(b):
        # The beginning or end of a word can be a small one: "sext- on", "be- dstead".
        fragment = b in _SHORT_ENDINGS or not _is_small(b)
        return "join" if fragment and not words else "leave"
    return "keep" if words else "join"


def _is_compound(left: str, b: str, known: Callable[[str], bool]) -> bool:
    """Whether a part tells by itself that the hyphen is printed within lines too."""
    a = left.casefold()
    if (left[0].isupper() or not known(a)) and _is_place(b, known):
        return True
    if b in lexicon.words("hyphens", "units"):
        return a.endswith("ty")
    if (a, b[0]) in _SAME_VOWELS and len(b) > 3 and known(b):
        return True
    if known(a + b):
        return False
    if a in lexicon.words("hyphens", "prefixes"):
        return known(b) or (a in lexicon.words("hyphens", "always") and len(b) > 3)
    return b in lexicon.words("hyphens", "suffixes") and (known(a) or left[0].isupper())


def _is_place(b: str, known: Callable[[str], bool]) -> bool:
    """Whether a part is a street or the like, a misread one too: *Harbour- streeb*."""
    return b in lexicon.words("hyphens", "places") or (b in _misread_places() and not known(b))


@cache
def _misread_places() -> frozenset[str]:
    places = (place for place in lexicon.words("hyphens", "places") if len(place) >= SHORTEST)
    # Of a place that lost letters, an ending such as "tion" could be left.
    return frozenset(r for place in places for r in misreadings(place) if len(r) == len(place))


def _is_ending(left: str, b: str) -> bool:
    named = left[0].isupper() and b in lexicon.words("hyphens", "name_endings")
    return named or b in lexicon.words("hyphens", "endings")


def _is_fragment(left: str, b: str) -> bool:
    """Whether the parts are rather syllables, though both may be words: *con- corned*, *Bar- ron*.

    A compound of a name says more after it: *Tory- backed*, *Internet- safety*.
    """
    if left.casefold() in lexicon.words("hyphens", "fragments"):
        return True
    return left[0].isupper() and not _is_participle(b) and min(len(left), len(b)) <= SYLLABLE
