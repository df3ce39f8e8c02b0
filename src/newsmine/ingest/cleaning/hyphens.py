"""Hyphens with a space after them: a broken word, a compound, or left as they are.

Line joins leave ``tar- get`` where a line ended in ``tar-``, and press databases print the same
inside a line, so one rule serves both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from newsmine.ingest import lexicon
from newsmine.ingest.alignment import Replacement
from newsmine.ingest.cleaning.compounds import SYLLABLE, is_compound, is_participle
from newsmine.ingest.survey import NOTHING, Survey, words_of
from newsmine.ingest.vocabulary import OFTEN, Count, is_word

Decision = Literal["join", "keep", "leave"]
"""One word; a compound; neither (a dash, a speck, a suspended hyphen): it stays as it is."""

BROKEN = re.compile(
    r"(?<![\w’'.])(?P<left>[^\W_][^\W_’']*)(?P<hyphen>-\u00ad?|[¬\u00ad]) (?P<right>[^\W_]+)"
    r"(?= (?P<following>[^\W_]+)|-(?P<chained>[^\W_]+)|)"
)
_SOFT = re.compile("\u00ad|(?<=[^\\W\\d_])¬(?=[^\\W\\d_])")

_NUMBER = re.compile(r"[a-z]?[\d,.½¼¾]+(?:st|nd|rd|th|s|m|p|bn|k|in|ft|lb|mph)?")
"""Digits alone, with a letter before (*A5*) or a unit after; *8ad* is a misread word."""

_SHORT_ENDINGS = frozenset(("on", "or", "in", "an", "us", "is", "as", "at", "her", "me", "it"))

_OBJECTS = frozenset(("it", "him", "them", "me", "us"))
"""Before one of these the right part is a verb, and the hyphen a dash."""

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
    decision = decide(match["left"], match["right"], count, beside(match))
    if decision == "join":
        return [Replacement(start, end + 1, "", "hyphen join")]
    if decision == "keep":
        return [Replacement(end, end + 1, "", "hyphen keep")]
    return []


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands around the two parts.

    Attributes:
        before: Whether a hyphen stands before the left part too (*father-in- law*).
        chained: The word that a hyphen joins to the right part (*state- of-the-art*).
        following: The word after the right part. Both in lower case.
    """

    before: bool = False
    chained: str = ""
    following: str = ""


ALONE = Beside()


def beside(match: re.Match[str]) -> Beside:
    """What stands around a match of ``BROKEN``."""
    before = match.string[match.start() - 1 : match.start()] == "-"
    chained, following = match["chained"] or "", match["following"] or ""
    return Beside(before, chained.casefold(), following.casefold())


def decide(left: str, right: str, count: Count, beside: Beside = ALONE) -> Decision:
    """What a hyphen with a space after it is.

    The evidence, in this order: digits; the same word or compound elsewhere in the batch, the more
    frequent one; capitals; the English word list, prefixes that keep their hyphen, and whether both
    parts are words. Where that alone speaks for a compound, one that would need an object
    (*a ring- tell them*) is none.

    Args:
        left: The letters before the hyphen.
        right: The letters after the space.
        count: How often a word, in lower case, stands in the batch.
        beside: The words around them.
    """
    a, b = left.casefold(), right.casefold()
    if _NUMBER.fullmatch(a) or b[0].isdigit():
        return _by_digits(a, b)
    if f"{a}-{b}" in lexicon.words("hyphens", "compounds"):
        return "keep"
    known = partial(is_word, count=count)
    whole, compound = count(a + b), count(f"{a}-{b}")
    if _is_chained(a, b, count, beside):
        return "keep"
    if _two_small_words(left, b):
        return "keep" if compound >= OFTEN else "leave"
    if whole or compound:
        return "join" if whole >= compound else "keep"
    if right[0].isupper() and not (_is_capitals(left) and _is_capitals(right)):
        return _before_capital(left, b)
    if _is_acronym(left, right):
        return _after_acronym(b, known)
    decision = _by_word_list(left, b, known)
    if decision == "keep" and beside.following in _OBJECTS and not is_compound(left, b, known):
        return "leave"
    return decision


def _is_chained(a: str, b: str, count: Count, beside: Beside) -> bool:
    """Whether the hyphen is one of several: *father-in- law*, *state- of-the-art*."""
    if beside.before and _is_small(a) and b not in _SUSPENDED:
        return True
    if not beside.chained or not _is_small(b):
        return False
    chained = f"{b}-{beside.chained}"
    words = lexicon.words("hyphens", "compounds") | lexicon.words("hyphens", "alone")
    return not count(chained) and chained not in words


def _is_capitals(part: str) -> bool:
    return len(part) > 1 and part.isupper()


def _is_acronym(left: str, right: str) -> bool:
    """Whether capitals stand before small letters, so that the parts are no halves of one word."""
    return _is_capitals(left) and right.islower() and len(right) > 1


def _after_acronym(b: str, known: Callable[[str], bool]) -> Decision:
    """*US- led* is a compound; *the BBC- which* has a dash, *UK- and US-based* a suspended one."""
    return "leave" if _is_small(b) or b in _SUSPENDED or not known(b) else "keep"


def _by_digits(a: str, b: str) -> Decision:
    """*a 14- year-old* and *A- 5* are compounds, *12- to 18-month* and *1914- 18* are none."""
    alone = len(b) == 1 or b[0].isdigit()
    return "leave" if alone or b in _SUSPENDED or _is_small(b) else "keep"


def _two_small_words(left: str, b: str) -> bool:
    """Whether scanning may have glued them elsewhere: *ofthe* is no evidence for *of- the*."""
    known, a = lexicon.word_list(), left.casefold()
    if a + b in known or _is_capitals(left) or a in lexicon.words("hyphens", "always"):
        return False
    if a in lexicon.words("hyphens", "prefixes") and is_participle(b):
        return False
    return (_is_small(a) and b in known) or (_is_small(b) and a in known)


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
    if is_compound(left, b, known):
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


def _is_ending(left: str, b: str) -> bool:
    named = left[0].isupper() and b in lexicon.words("hyphens", "name_endings")
    return named or b in lexicon.words("hyphens", "endings")


def _is_fragment(left: str, b: str) -> bool:
    """Whether the parts are rather syllables, though both may be words: *con- corned*, *Bar- ron*.

    A compound of a name says more after it: *Tory- backed*, *Internet- safety*.
    """
    if left.casefold() in lexicon.words("hyphens", "fragments"):
        return True
    return left[0].isupper() and not is_participle(b) and min(len(left), len(b)) <= SYLLABLE
