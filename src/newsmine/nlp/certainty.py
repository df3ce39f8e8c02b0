"""How sure it is that a row is a statement by somebody.

A logistic model over plain properties of an attribution (the only words among them are classes of
cues and function words, so that it holds for any subject), fitted on the British tune articles by
``python -m newsmine.training.certainty`` and kept in ``data/certainty.json``. The encoder knows
attributions as PolNeAR has them, thoughts, wishes and bare objects (``praised the plan``)
included; what a reader would call a statement is nearer to the British articles' annotation.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from newsmine.types import Attribution

TURN = "a turn of a dialogue"
"""The reason of a quotation that answers the one before, or is answered by the next: somebody said
it, however short it is and though no cue says so."""

_WORD = re.compile(r"[^\W_]+")
_SURE, _FAIR = 0.9, 0.6
_CUES = ("saying", "reacting", "thinking")


@dataclass(frozen=True, slots=True)
class CertaintyModel:
    """Weights by the names of ``properties``; ``bias`` is added."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, found: Mapping[str, float]) -> float:
        """The chance that an attribution with these properties is a statement."""
        total = self.bias + sum(self.weights[name] * value for name, value in found.items())
        return 1 / (1 + math.exp(-total))


@cache
def certainty_model() -> CertaintyModel:
    """The shipped weights."""
    path = resources.files("newsmine.data").joinpath("certainty.json")
    data = json.loads(path.read_text("utf-8"))
    return CertaintyModel(data["weights"], data["bias"])


@cache
def _words(kind: str, file: str = "clauses.toml") -> frozenset[str]:
    data = resources.files("newsmine.data").joinpath(file).read_text("utf-8")
    return frozenset(tomllib.loads(data)[kind]["words"])


def _of_cue(text: str, attribution: Attribution) -> dict[str, float]:
    """Whether the cue says, thinks, or is no such verb (``plans``, ``row over``); its length."""
    words = [w.lower() for span in attribution.cue for w in _WORD.findall(text, *span)]
    kinds = [kind for kind in _CUES if not _words(kind, "cues.toml").isdisjoint(words)]
    return {
        **{f"cue {kind}": float(kinds[:1] == [kind]) for kind in _CUES},
        "other cue": float(bool(words) and not kinds),
        "cue length": math.log1p(len(words)),
    }


def properties(text: str, attribution: Attribution) -> dict[str, float]:
    """What the model looks at; ``attribution.confidence`` is still the encoder's own."""
    words = [
        word.lower()
        for span in attribution.content
        for word in _WORD.findall(text, span[0], span[1])
    ]
    first = words[0] if words else ""
    return {
        "length": math.log1p(len(words)),
        "direct": float(attribution.kind == "direct"),
        "mixed": float(attribution.kind == "mixed"),
        "clause": float(not _words("finite").isdisjoint(words)),
        "that": float(first == "that"),
        "to": float(first == "to"),
        "question": float(first in _words("question")),
        "no source": float(not attribution.source),
        "no cue": float(not attribution.cue),
        "two words": float(len(words) <= 2),
        "five words": float(len(words) <= 5),
        "term": float(attribution.kind == "direct" and _is_term(text, attribution, len(words))),
        "several parts": float(len(attribution.content) > 1),
        "encoder": attribution.confidence,
        **_of_cue(text, attribution),
    }


def _is_term(text: str, attribution: Attribution, words: int) -> bool:
    """A few quoted words that end without a stop or comma: a term or title, rarely a quotation."""
    last = text[slice(*attribution.content[-1])].rstrip("\"”’'»")
    return words <= 4 and last[-1:] not in tuple(".,?!…")


def weigh(
    text: str, attributions: tuple[Attribution, ...], *, model: CertaintyModel, least: float
) -> tuple[Attribution, ...]:
    """Give each attribution its certainty and leave out those below ``least``.

    The reasons keep what the encoder alone said.
    """
    out = []
    for attribution in attributions:
        chance = model.probability(properties(text, attribution))
        if TURN in attribution.reasons:
            chance = max(chance, _FAIR)
        if chance >= least:
            word = "sure" if chance >= _SURE else "fairly sure" if chance >= _FAIR else "unsure"
            reason = (
                f"{word}: a statement at {chance:.2f}, the encoder {attribution.confidence:.2f}"
            )
            reasons = (*attribution.reasons, reason)
            out.append(replace(attribution, confidence=round(chance, 3), reasons=reasons))
    return tuple(out)
