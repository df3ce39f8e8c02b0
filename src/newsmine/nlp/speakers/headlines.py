"""Whose words a headline quotes: those of the one who says them in the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsmine.types import Attribution, Speaker

_WORD = re.compile(r"\w+(?:[’']\w+)*")
_QUOTED = re.compile(r"[“‘\"'](.+?)[”’\"'](?!\w)", re.DOTALL)
_LEAST = 3  # words: fewer are a phrase that two can use


def with_same_words(
    attributions: Sequence[Attribution], text: str, *, top: int
) -> tuple[Attribution, ...]:
    """Attributions above the story get the speaker of the same words in it.

    Args:
        attributions: Resolved, in any order.
        text: The article's text.
        top: Where headline, standfirst and lead end.

    Returns:
        All of them, in the order given; changed are those above ``top`` whose speaker is unknown or
        anonymous and whose quoted words exactly one named speaker says below.
    """
    below = [(_words(text, a), a.speaker) for a in attributions if _start(a) >= top]
    named = [(words, s) for words, s in below if s is not None and _is_named(s)]
    return tuple(_matched(a, named, text) if _open(a, top) else a for a in attributions)


def _start(attribution: Attribution) -> int:
    return attribution.content[0][0] if attribution.content else 0


def _open(attribution: Attribution, top: int) -> bool:
    speaker = attribution.speaker
    above = bool(attribution.content) and _start(attribution) < top
    return above and (speaker is None or speaker.name is None or speaker.type == "anonymous")


def _is_named(speaker: Speaker) -> bool:
    return speaker.name is not None and speaker.type in ("person", "organisation", "document")


def _matched(
    attribution: Attribution, named: Sequence[tuple[str, Speaker]], text: str
) -> Attribution:
    quoted = _quoted(attribution, text)
    found = {s.name: s for words, s in named if any(q in words for q in quoted)}
    if len(found) != 1:
        return attribution
    (speaker,) = found.values()
    reasons = (*attribution.reasons[:-1], "speaker: says the same words in the story")
    return replace(attribution, speaker=speaker, reasons=reasons)


def _words(text: str, attribution: Attribution) -> str:
    return _plain(" ".join(text[slice(*span)] for span in attribution.content))


def _plain(stretch: str) -> str:
    """Its words in small letters, each between spaces, so that no word is found inside another."""
    return f" {' '.join(_WORD.findall(stretch.lower().replace('’', chr(39))))} "


def _quoted(attribution: Attribution, text: str) -> list[str]:
    """The stretches of quoted words that are long enough to be one's own."""
    said = [text[slice(*span)] for span in attribution.content]
    if attribution.kind != "direct":
        said = [match[1] for stretch in said for match in _QUOTED.finditer(stretch)]
    return [plain for stretch in said if len((plain := _plain(stretch)).split()) >= _LEAST]
