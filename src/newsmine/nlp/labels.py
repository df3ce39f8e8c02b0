"""What the encoder says of each word, in the order of its output columns."""

from __future__ import annotations

ROLES = ("SOURCE", "CUE", "CONTENT")
ENTITIES = ("PERSON", "ORG", "LOC")


def bio(names: tuple[str, ...]) -> tuple[str, ...]:
    """``O`` and a B and an I for each name: (O, B-SOURCE, I-SOURCE, …)."""
    return ("O", *(f"{prefix}-{name}" for name in names for prefix in "BI"))


ROLE_LABELS = bio(ROLES)
ENTITY_LABELS = bio(ENTITIES)

POINTER_SIZE = 64
"""Width of the vectors whose dot products say which cue a content belongs to, and which source
a cue: content asks cue, cue asks source."""
