"""Whether an article is in English: others are no misread English, and no rule here fits them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from newsmine.ingest import lexicon

NOT_ENGLISH = "not English"

LOOKED_AT = 20_000
"""Characters at the beginning that are enough to tell."""

FEWEST = 40
"""Words that are needed to tell."""

SHARE = 0.15
"""Of the words, that are small ones of another language. Prose has 0.25 and more."""

TIMES = 2.0
"""As many small words of another language as of English: badly misread English still has its own
(*of*, *in*), and English about France has names."""

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\N{LATIN CAPITAL LETTER A WITH GRAVE}-\N{LATIN SMALL LETTER EZH}]")


def is_english(text: str) -> bool:
    """Whether a text may be English: it is not where its small words or letters are others'."""
    words = _WORD.findall(text[:LOOKED_AT])
    if len(words) < FEWEST:
        return True
    letters = "".join(words)
    if 2 * len(_LATIN.findall(letters)) < len(letters):
        return False
    counts = Counter(word.casefold() for word in words)
    english, *others = (sum(counts[word] for word in small) for small in _small_words())
    return max(others) < max(SHARE * len(words), TIMES * english)


@cache
def _small_words() -> list[frozenset[str]]:
    """Those of English, then of each other language."""
    found = lexicon.load("languages")
    lists = [found["english"], *(language["words"] for language in found["language"])]
    return [frozenset(words.split()) for words in lists]
