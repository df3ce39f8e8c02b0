"""Drop capitals: a big first letter that a scan sets apart from its word, or loses.

``M ILLIONS of children`` and ``M``, ``ILLIONS`` on lines of their own are joined. Of a lost one the
letter is put back (an inferred edit, it has no raw characters) where the word list has exactly one
word with that ending; ``ILLIONS`` could be billions, and is only flagged.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from newsmine.ingest import lexicon
from newsmine.ingest.alignment import Replacement
from newsmine.ingest.cleaning.layout import ends_sentence
from newsmine.ingest.survey import NOTHING, Survey

DROP_CAPITAL = "drop capital"
INITIAL_INFERRED = "initial inferred"

SHORTEST_REST = 5
"""Letters in a word whose initial is put back; shorter ones may be abbreviations."""

LEAD = 60
"""Characters that show whether a line is running text or all in capitals, as headlines are."""

_APART = re.compile(
    r"^[ ]*[‘“\"']?(?P<capital>[A-Z])(?P<gap>[ ]|[ ]*\n\s*)(?P<rest>[A-Z]{2,}|[a-z]+)"
    r"(?=[ ’',]|\n(?!\n))",
    re.MULTILINE,
)
_LOST = re.compile(
    rf"^[ ]*[‘“\"']?(?P<rest>[A-Z]{{{SHORTEST_REST},}})(?=[ ][a-zA-Z])", re.MULTILINE
)


def join_drop_capitals(text: str, survey: Survey = NOTHING) -> list[Replacement]:
    """Join initials that stand apart from their words, and put lost ones back."""
    changes = [
        Replacement(*match.span("gap"), "", DROP_CAPITAL)
        for match in _APART.finditer(text)
        if _begins(text, match.start()) and _belongs(match["capital"], match["rest"])
    ]
    for place, initials in lost_initials(text, survey):
        if len(initials) == 1:
            changes.append(Replacement(place, place, initials, INITIAL_INFERRED))
    return sorted(changes, key=lambda change: change.start)


def lost_initials(text: str, survey: Survey = NOTHING) -> Iterator[tuple[int, str]]:
    """Where a paragraph's first word seems to lack its initial, and the letters that would fit."""
    for match in _LOST.finditer(text):
        rest = match["rest"]
        if not _begins(text, match.start()) or not _runs_on(text, match.end()):
            continue
        if _is_word(rest.casefold()) or survey.count(rest.casefold()) or text.count(rest) > 1:
            continue
        fitting = "".join(c for c in string.ascii_uppercase if _is_word((c + rest).casefold()))
        if fitting:
            yield match.start("rest"), fitting


def _begins(text: str, place: int) -> bool:
    """Whether a paragraph can begin here: the line before is blank or ends as a sentence does."""
    before = text[max(0, place - LEAD) : place]
    return not before.strip() or before.endswith("\n\n") or ends_sentence(before.rstrip())


def _runs_on(text: str, place: int) -> bool:
    """Whether words in lower case follow, so that this is no headline in capitals."""
    return re.search(r"[ \n][a-z]+[ \n]", text[place : place + LEAD]) is not None


def _belongs(capital: str, rest: str) -> bool:
    """Whether a letter and what follows are one word rather than two.

    ``T HE`` is one, though *he* is a word: a letter alone is none but *A* and *I*.
    """
    part = rest.casefold()
    whole = capital.casefold() + part
    if not _is_word(whole):
        return False
    if not _is_word(part):
        # *I os Banos* is rather a misread name than *Ios*.
        return len(whole) > 4 or whole in lexicon.words("lines", "short_leads")
    return capital not in "AI" and whole in lexicon.words("lines", "short_leads")


def _is_word(word: str) -> bool:
    return word in lexicon.word_list() or word in lexicon.words("lines", "short_leads")
