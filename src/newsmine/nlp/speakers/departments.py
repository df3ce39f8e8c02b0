"""Which government a minister speaks for, from the title and the bodies printed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsmine.nlp.speakers.called import without_acronym
from newsmine.nlp.speakers.entities import Entity
from newsmine.nlp.speakers.lexicon import Lexicon, lexicon

_HOME = frozenset({"british", "english", "european", "northern", "north", "south", "east", "west"})
_NATIONS = frozenset({"welsh", "scottish"})
_FAITHS = frozenset({"muslim", "christian", "jewish", "catholic", "anglican", "hindu", "sikh"})
_SMALL = frozenset({"of", "for", "the", "and", "to", "in", "at", "with", "responsible"})
GOVERNMENT = "government"
# posts of a government with a word that tells other posts ("general secretary", "social secretary")
_GOVERNS = re.compile(
    r"\b(?:first|social|defence) \w*\s?(?:minister|secretary)|"
    r"\b(?:minister|secretary of state) (?:of|for) (?:defence|social)|\bpaymaster general"
)


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
    origins = [w for w in words if w == "us" or w.capitalize() in lexicon().adjectives]
    abroad = next((w for w in origins if w not in _HOME | _FAITHS), None)
    if abroad in _NATIONS and words[-1:] == ["secretary"]:
        return GOVERNMENT  # the Welsh Secretary sits in the cabinet in London
    minister = words[-1:] == ["minister"] and "prime" not in words
    body = _devolved(abroad or "", named) if abroad or minister or "first" in words else None
    if body is not None:
        return body
    if abroad is not None:
        return f"{'US' if abroad == 'us' else abroad.capitalize()} government"
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


def governs(role: str, lex: Lexicon) -> bool:
    """Whether a role is a post in a government now ("education secretary", "the chancellor")."""
    words = re.findall(r"[\w-]+", role.lower())
    if set(words) & (lex.not_government | lex.past) or any(w.startswith("ex-") for w in words):
        return not set(words) & lex.past and bool(_GOVERNS.search(role.lower()))
    ends = {" ".join(words[-n:]) for n in (1, 2, 3) if n <= len(words)}
    if ends & lex.government:
        return words[-1] != "secretary" or len(words) > 1
    joined = " ".join(words)
    return any(joined.startswith(g) or (" of " in g and g in joined) for g in lex.government)
