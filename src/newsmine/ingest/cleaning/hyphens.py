"""Hyphens with a space after them: a broken word, a compound, or left as they are.

Line joins leave ``tar- get`` where a line ended in ``tar-``, and press databases print the same
inside a line, so one rule serves both.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from newsmine.ingest import lexicon
from newsmine.ingest.alignment import Replacement

_BROKEN = re.compile(
    r"(?<![\w’'])(?P<left>[^\W_][^\W_’']*)(?P<hyphen>-\u00ad?|[¬\u00ad]) (?P<right>[^\W_]+)"
)
_SOFT = re.compile("\u00ad|(?<=[^\\W\\d_])¬(?=[^\\W\\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_SUSPENDED = frozenset(("and", "or", "to", "nor", "but"))


def join_hyphens(text: str) -> list[Replacement]:
    """Decide on each hyphen with a space after it; soft hyphens go.

    The evidence, in this order: the same word or compound elsewhere in the text, the English word
    list, prefixes that keep their hyphen, and whether both parts are words.
    """
    broken = list(_BROKEN.finditer(text))
    ends = {match.start("hyphen") for match in broken}
    changes = [_soft(match) for match in _SOFT.finditer(text) if match.start() not in ends]
    if not broken:
        return changes
    seen = {word.casefold() for word in _WORD.findall(text)}
    for match in broken:
        changes += _change(match, seen)
    return sorted(changes, key=lambda change: change.start)


def _soft(match: re.Match[str]) -> Replacement:
    return Replacement(match.start(), match.end(), "", "soft hyphen")


def _change(match: re.Match[str], seen: set[str]) -> list[Replacement]:
    start, end = match.span("hyphen")
    if match["hyphen"] != "-":
        return [Replacement(start, end + 1, "", "hyphen join")]
    decision = decide(match["left"], match["right"], lambda word: word in seen)
    if decision == "join":
        return [Replacement(start, end + 1, "", "hyphen join")]
    if decision == "keep":
        return [Replacement(end, end + 1, "", "hyphen keep")]
    return []


def decide(left: str, right: str, seen: Callable[[str], bool]) -> str:
    """``join`` (one word), ``keep`` (a compound) or ``leave`` (a dash, or a suspended hyphen).

    Args:
        left: The letters before the hyphen.
        right: The letters after the space.
        seen: Whether a word, in lower case, stands elsewhere in the text.
    """
    a, b = left.casefold(), right.casefold()
    if any(c.isdigit() for c in a + b):
        return "leave" if b in _SUSPENDED or b[0].isdigit() else "keep"
    if seen(a + b) or seen(f"{a}-{b}"):
        return "join" if seen(a + b) else "keep"
    capitals = len(left) > 1 and len(right) > 1 and left.isupper() and right.isupper()
    if right[0].isupper() and not capitals and b not in lexicon.words("hyphens", "words"):
        return "keep" if left[0].isupper() or a in lexicon.words("hyphens", "prefixes") else "leave"
    known = lexicon.word_list()
    joining = a in lexicon.words("hyphens", "joining") and b in known
    if a + b in known or b in lexicon.words("hyphens", "endings") or joining:
        return "join"
    if b in _SUSPENDED:
        return "leave"
    prefixed = a in lexicon.words("hyphens", "prefixes") and b in known
    if prefixed or b in lexicon.words("hyphens", "suffixes"):
        return "keep"
    if {a, b} & lexicon.words("hyphens", "words"):
        return "leave"
    return "keep" if a in known and b in known else "join"
