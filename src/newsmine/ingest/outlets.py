"""Which line names the newspaper."""

from __future__ import annotations

import re
from functools import cache

from newsmine.ingest import lexicon

LONGEST = 6
"""Words in an outlet's name."""

LONGEST_NAME = 80
"""Characters, with a page number beside it."""

_PLACE = re.compile(r"\s*\((?:[A-Z][\w .]{1,30})\)$|\.com$|\.co\.uk$")
_PAGE = re.compile(r"[\s,|–—-]+(?:[Pp]age\s+)?\d{1,3}$|^\d{1,3}[\s|–—-]+")
_SMALL = frozenset(("of", "the", "and", "on", "for", "in", "&", "de", "le", "la"))


def outlet_name(line: str) -> str | None:
    """The outlet that a line names, as printed; None where it names none that can be known.

    It is a well-known name, or a capitalised line of at most six words with a word that newspapers
    are called by in its place: *Harbour Herald*, *Daily Lantern*, *The Post on Sunday*.
    """
    if len(line) > LONGEST_NAME:
        return None
    line = _PAGE.sub("", line.strip(" \t.,|–—-"))
    bare = _PLACE.sub("", line)
    if not bare:
        return None
    if _key(bare) in _known():
        return line
    return line if is_capitalised(bare) and _sounds_like_paper(bare.split()) else None


def is_label(line: str) -> bool:
    """Whether a line is only the section or kind of story: *Exclusive*, *UK News*."""
    return len(line) <= LONGEST_NAME and _PAGE.sub(
        "", line.strip(" :!.|-–—")
    ).casefold() in lexicon.words("outlets", "labels")


def is_column(line: str) -> bool:
    """Whether a line heads a page of several items, which have no other headline: *Letters*."""
    return line.strip(" :!.|-–—").casefold() in lexicon.words("outlets", "columns")


def is_capitalised(line: str) -> bool:
    """Whether a short line is a name: all words capitalised but small ones, no stop or digits."""
    words = line.split()
    if not 1 <= len(words) <= LONGEST or re.search(r"[.,:;!?‘’“”\"\d]", line):
        return False
    return words[0][0].isupper() and all(w[0].isupper() or w in _SMALL for w in words)


def _key(name: str) -> str:
    return re.sub(r"^the\s+", "", name.casefold().rstrip("."))


@cache
def _known() -> frozenset[str]:
    return frozenset(_key(name) for name in lexicon.load("outlets")["names"])


def _sounds_like_paper(words: list[str]) -> bool:
    folded = [w.casefold() for w in words]
    if len(words) < 2 or is_label(" ".join(words)):
        return False
    if any(" ".join(folded).endswith(p) for p in lexicon.words("outlets", "last_phrases")):
        return True
    last, first = lexicon.words("outlets", "last_words"), lexicon.words("outlets", "first_words")
    start = 1 if folded[0] == "the" and len(words) > 2 else 0
    # Verbs and prepositions before the last word make it a headline: "Fears for Sun".
    name_like = not {"for", "in", "to", "at", "by", "with"} & set(folded)
    return name_like and (folded[-1] in last or (folded[start] in first and len(words) <= 4))
