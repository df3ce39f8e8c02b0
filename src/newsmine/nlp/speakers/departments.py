"""Which government a minister speaks for, from the title and the bodies printed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsmine.nlp.speakers.called import without_acronym
from newsmine.nlp.speakers.entities import Entity
from newsmine.nlp.speakers.lexicon import lexicon

_HOME = frozenset({"british", "english", "european", "northern", "north", "south", "east", "west"})
_FAITHS = frozenset({"muslim", "christian", "jewish", "catholic", "anglican", "hindu", "sikh"})
_SMALL = frozenset({"of", "for", "the", "and", "to", "in", "at", "with", "responsible"})
GOVERNMENT = "government"


def department(role: str, entities: Iterable[Entity]) -> str:
    """The body that a minister speaks for.

    Args:
        role: A post in a government ("Education Secretary", "first minister").
        entities: Everything named in the article.

    Returns:
        For a post of a nation the government of that nation; for other ministers (not
        secretaries) the one executive or government of a nation that is printed; else
        "government", also where the article prints the department: only a title that names it
        ("Home Office minister") tells that its holder speaks for it.
    """
    if role.lower().endswith(" to the treasury"):
        return "Treasury"  # the title names it
    named = [e for e in entities if e.names and e.label != "PERSON"]
    words = [w for w in re.findall(r"[\w-]+", role.lower()) if w not in _SMALL]
    origins = [w for w in words if w.capitalize() in lexicon().adjectives]
    abroad = next((w for w in origins if w not in _HOME | _FAITHS), None)
    minister = words[-1:] == ["minister"] and "prime" not in words
    body = _devolved(abroad or "", named) if abroad or minister or "first" in words else None
    if body is not None:
        return body
    if abroad is not None:
        return f"{abroad.capitalize()} government"
    return GOVERNMENT


def _devolved(origin: str, named: list[Entity]) -> str | None:
    """The one executive or government of a nation, of that origin where one is told."""
    lex, found = lexicon(), set()
    for entity in named:
        words = without_acronym(entity.name).split()
        ends = len(words) > 1 and words[-1].lower() in {"executive", "government"}
        nation = words[0] in lex.adjectives or " ".join(words[:-1]) in lex.places
        if ends and nation and words[0] != "British" and words[0].lower().startswith(origin):
            found.add(entity.name)
    return found.pop() if len(found) == 1 else None
