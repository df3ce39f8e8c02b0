"""How sure it is that a row has the right speaker.

A row is right when it is a statement and its speaker is the right one; ``nlp.certainty`` says the
one, this the other, and a row's ``confidence`` is their product. How often a speaker is right
depends most on what was to be found: somebody named is nearly always right, what "it" or "the
report" stands for less often. The shares were counted on the British tune articles by ``python -m
newsmine.training.speaker_certainty`` and are kept in ``data/speakers_certainty.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

from newsmine.types import Attribution

_NOBODY = "nobody"
_WAYS = (("most prominent before", "pronoun"), ("stands for", "called"))
"""What a reason says of how the speaker was found, where the type of speaker is not all."""


def way(attribution: Attribution) -> str:
    """How the speaker was found: by a pronoun, as what is called so, or else the type."""
    if attribution.speaker is None:
        return _NOBODY
    told = " ".join(reason for reason in attribution.reasons if reason.startswith("speaker:"))
    return next((name for words, name in _WAYS if words in told), attribution.speaker.type)


@cache
def speaker_shares() -> Mapping[str, float]:
    """How often the speaker is right, by ``way``: between 0 and 1."""
    path = resources.files("newsmine.data").joinpath("speakers_certainty.json")
    shares: dict[str, float] = json.loads(path.read_text("utf-8"))["right"]
    return shares


def weigh_speakers(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with a confidence that counts in who speaks, and a reason that says so."""
    return tuple(_weighed(attribution) for attribution in attributions)


def _weighed(attribution: Attribution) -> Attribution:
    share = speaker_shares()[way(attribution)]
    reasons = (*attribution.reasons, f"the speaker is right at {share:.2f}")
    confidence = round(attribution.confidence * share, 3)
    return replace(attribution, confidence=confidence, reasons=reasons)
