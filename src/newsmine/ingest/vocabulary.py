"""Whether a string of letters is an English word, by the word list and the words of a batch."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsmine.ingest import lexicon

Count = Callable[[str], int]
"""How often a word, in lower case, stands in the batch."""

OFTEN = 3
"""How often a word must stand in the batch to count as one: a misreading seldom comes thrice."""

_FORM = re.compile(r"(?P<stem>.{2,}?(?P<last>.))(?P=last)?(?:e?s|e?d|ing|e?rs?|ly)")
"""A word and its ending; a consonant doubled before it (*barrelled*) is the ending's."""


def nowhere(word: str) -> int:
    """The count of a batch that is not known."""
    return 0


def is_word(word: str, count: Count = nowhere) -> bool:
    """Whether the word list or the batch has a word, or another form of it.

    Args:
        word: In lower case.
        count: How often a word stands in the batch.
    """
    known = lexicon.word_list()
    if word in known or count(word) >= OFTEN:
        return True
    match = _FORM.fullmatch(word)
    stem = match["stem"] if match else ""
    stems = (stem, f"{stem}e", f"{stem}y") if stem else ()
    return any(form in known for form in (*stems, f"{word}s", f"{word}ed", f"{word}ing"))
