"""Whether a person is he or she, by the nouns that stand beside the name."""

from __future__ import annotations

import re

from newsmine.nlp.speakers.entities import Entity
from newsmine.nlp.speakers.lexicon import Gender, lexicon

_BEFORE = re.compile(r"([\w-]+),?\s$")
_AFTER = re.compile(r",? (?:(?:aged )?\d+,? ?)?(?:an?|the|whose|who is an?) ([\w -]{2,40})")


def beside(entity: Entity, text: str) -> Gender | None:
    """The gender in "her daughter Kit" or "Kit Pell, 38, a mother of two"; None where they differ.

    The noun right before a name and those of the phrase right after it count, at each place where
    the person is named.
    """
    told: set[Gender] = set()
    for name in entity.names:
        before = _BEFORE.search(text[max(0, name.span[0] - 30) : name.span[0]])
        after = _AFTER.match(text, name.span[1], name.span[1] + 60)
        for match in (before, after):
            gender = lexicon().gender_of(match[1].split(" of ")[0]) if match else None
            told |= {gender} if gender else set()
    return told.pop() if len(told) == 1 else None
