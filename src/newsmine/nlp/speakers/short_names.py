"""What full names can be shortened to: "Mr van der Meer", "Mr Lee" for Lee Kun-mo."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsmine.nlp.speakers.labels import squash
from newsmine.nlp.speakers.lexicon import Lexicon
from newsmine.nlp.speakers.names import Name


def full_names(names: Sequence[Name], persons: list[int]) -> list[int]:
    """Names of a first and a last one; "van der Meer" and "Ms Lloyd Price" can be short for one."""
    several = [i for i in persons if len(names[i].words) > 1]
    short = {end for i in several for end in surnames(names[i].words)}
    return [
        i for i in several if names[i].words[0][0].isupper() and squash(names[i].bare) not in short
    ]


def short_forms(words: list[str]) -> set[str]:
    """What a full name can be shortened to."""
    return {squash(words[0]), *surnames(words), *inner_names(words)}


def surnames(words: list[str]) -> set[str]:
    """Surnames of one word and more: "Meer", "van der Meer"; "Sadi" of "al-Sadi"."""
    ends = {squash("".join(words[at:])) for at in range(1, len(words))}
    return ends | {squash(re.sub(r"^(?:al|el)-", "", words[-1], flags=re.IGNORECASE))}


def inner_names(words: list[str]) -> set[str]:
    """The father's name of a Spanish one: "Mr Ortega" is Luis Ortega Perez."""
    return {squash(w) for w in words[1:-1] if w[0].isupper() and len(w) > 2}


def family_first(words: list[str], lex: Lexicon) -> bool:
    """As in "Zhang Weimin" and "Lee Kun-mo", who are Mr Zhang and Mr Lee."""
    return words[0] not in lex.first_names or bool(re.search(r"-[a-z]", words[-1]))
