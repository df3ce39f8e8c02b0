"""Which of the facts that an article tells of a person hold, and what a committee is called."""

from __future__ import annotations

import re

from newsmine.nlp.speakers.departments import GOVERNMENT, governs
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.view import Fact

_ANY_COMMITTEE = frozenset(
    {"committee", "select", "influential", "powerful", "cross-party", "all-party", "parliamentary"}
    | {"mps", "commons", "lords", "house", "of", "s", "the"}
)


def own_name(phrase: str, noun: str, named: str | None) -> str | None:
    """A committee in small letters that says which one ("the public accounts committee")."""
    if noun != "committee":
        return None
    words = [w for w in re.findall(r"[\w-]+", phrase.lower()) if w not in _ANY_COMMITTEE]
    other = set(words) - set(re.findall(r"[\w-]+", (named or "").lower()))
    return " ".join(re.sub(r"[’']s?$", "", phrase).split()) if other else None


def best_told(told: list[tuple[Fact, str | None]]) -> tuple[Fact, str | None] | None:
    """The first fact with both role and owner, one whose owner is printed before one implied.

    Else the first role and the first owner, from two mentions.
    """
    both = [(f, o) for f, o in told if f.role and o and not f.past]
    sure = [(f, o) for f, o in both if _printed(f) or o == GOVERNMENT]
    owner = next((o for f, o in told if o and _printed(f)), None)
    if sure or (both and owner is None):
        told_first = (sure or both)[0]
        return next((t for t in both if _of_department(t, told_first)), told_first)
    role = next((f for f in [*(f for f, _ in both), *(f for f, _ in told)] if f.role), None)
    owner = owner or next((o for _, o in told if o), None)
    if role is not None:
        return role, owner
    return next(((f, o) for f, o in told if o == owner), None) if owner else None


def _of_department(told: tuple[Fact, str | None], first: tuple[Fact, str | None]) -> bool:
    """As in "Tide Minister Owen Marsh", "the Home Office minister Mr Marsh": the second tells."""
    fact, owner = told
    heads = lexicon().kinds["state"]
    department = fact.owner is not None and bool(heads & set((owner or "").split()))
    return first[1] == GOVERNMENT and department and governs(fact.role or "", lexicon())


def _printed(fact: Fact) -> bool:
    return fact.owner is not None or fact.party is not None or fact.owner_phrase is not None
