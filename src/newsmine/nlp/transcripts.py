"""Interviews, hearings and vox pops set as ``Name, title: …`` or ``Q: …``: turns without marks.

The page itself says who speaks, so each turn is a direct quotation without a cue, as the sample
corpus annotates them. A lone ``Where: …`` or a box of facts is no transcript: its labels are no
names, or none of them comes back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsmine.nlp.ordering import in_order
from newsmine.nlp.quotation_marks import reporting_verbs
from newsmine.nlp.speakers.misread import alike
from newsmine.nlp.words import paragraphs, trimmed
from newsmine.types import Attribution, Span, Zone

REASON = "a turn of a transcript"

_CERTAIN, _CERTAIN_LETTER = 0.95, 0.9
_LEAST_TURNS = 3
_PART = r"(?:[^\W\d_a-z][\w’'-]*\.?|de|van|von|der|of)"
_LABEL = re.compile(
    rf"^[ \t]*(?:(?P<letter>[QA])(?:uestion|nswer)?[.:]|(?P<name>{_PART}(?: {_PART}){{0,4}})"
    r"(?P<post>,[^:\n.?!“”\"]{2,90}| \([^)\n]{2,60}\))?:)[ \t]+(?=\S)",
    re.MULTILINE,
)
# Blanks between words, not after each: ``(?:[a-z]+ ?){1,4}`` tries each way to part a long word.
_POST = r"(?:, [^:\n?!“”\"]{2,90}| [a-z]+(?: [a-z]+){0,3} ?)"
_DAMAGED = (
    re.compile(
        rf"^[ \t]*(?P<letter>\b)?(?P<name>{_PART}(?: {_PART}){{0,4}}?)(?P<post>{_POST})?"
        r"[:;]['’]?[ \t]+(?=\S)",
        re.MULTILINE,
    ),
    re.compile(
        rf"^[ \t]*(?P<letter>\b)?(?P<name>{_PART})(?P<post>\b)?\.?[ \t]+(?=[^\W\d_a-z])",
        re.MULTILINE,
    ),
)
"""Labels of which scanning has left this; ``letter`` and ``post`` are empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next does, and where that speaker is named."""

    name: Span | None
    content: tuple[Span, ...]


def find_turns(
    text: str, *, zones: Sequence[Zone], people: Sequence[Span] = ()
) -> tuple[Turn, ...]:
    """The turns of a transcript, in order; none where the text is no transcript.

    A paragraph without a label between two turns goes on the first of them; after the last turn's
    own paragraph the reporter speaks. Behind ``A`` is the one person whom the text has named
    before; ``Q`` is the paper, and no turn.

    Args:
        text: The clean text.
        zones: Its zones; turns are looked for in lead and body.
        people: Where people are named who did not write it.
    """
    body = [zone.span for zone in zones if zone.kind in ("lead", "body")]
    labels = [m for span in body for m in _LABEL.finditer(text, *span) if _is_label(text, m)]
    if not _is_transcript(labels):
        return ()
    labels = _with_misread(text, labels)
    parts = [part for span in body for part in _paragraphs(text, span)]
    last = labels[-1]
    end = next(stop for start, stop in parts if start <= last.end() <= stop)
    starts = [*(label.start() for label in labels), end]
    asked = _one_person(text, [span for span in people if span[1] <= labels[0].start()])
    turns = (
        Turn(asked if label["letter"] else label.span("name"), _content(text, span, parts))
        for label, (_, stop) in zip(labels, pairwise(starts), strict=True)
        if label["letter"] != "Q"
        for span in [(label.end(), stop)]
    )
    return tuple(turn for turn in turns if turn.content)


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Whether it names a person or a post: in full, presented, or in full elsewhere.

    ``Ann Roe, of the trust, told us: …`` is a reporter's clause.
    """
    if not reporting_verbs().isdisjoint(re.findall(r"\w+", match["post"] or "")):
        return False
    if match["letter"] or match["post"] or " " in match["name"]:
        return True
    name = re.escape(match["name"].title() if match["name"].isupper() else match["name"])
    return re.search(rf"[^\W\d_a-z][\w’'-]*\.? {name}\b", text) is not None


def _is_transcript(labels: Sequence[re.Match[str]]) -> bool:
    """Three turns or more of two speakers or more, who come back or are each presented."""
    speakers = Counter(_key(label) for label in labels)
    if len(labels) < _LEAST_TURNS or len(speakers) < 2:
        return False
    return max(speakers.values()) > 1 or all(label["post"] for label in labels)


def _with_misread(text: str, labels: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The labels and, between the first and the last, those that scanning has damaged.

    A speaker's name misread or without its colon (``Lund What now?``), or a name in full whose post
    has lost its comma or got a stop. Only a transcript in which others are whole has them.
    """
    known = {_key(label) for label in labels}
    starts = {label.start("name") for label in labels}
    first, last = labels[0].end(), labels[-1].start()
    damaged = (m for pattern in _DAMAGED for m in pattern.finditer(text, first, last))
    for match in damaged:
        clause = match["post"] and match["post"][0] != "," and " " not in match["name"]
        again = any(alike(_key(match), key) for key in known) and not clause
        presented = " " in match["name"] and bool(match["post"])
        if match.start("name") not in starts and (again or presented):
            starts.add(match.start("name"))
            labels = [*labels, match]
    return sorted(labels, key=lambda label: label.start())


def _key(label: re.Match[str]) -> str:
    """The speaker's last name, or the letter."""
    return str(label["letter"] or label["name"].split()[-1].lower())


def _one_person(text: str, people: Sequence[Span]) -> Span | None:
    """The first mention in full, where all mentions are of one person (by the last name)."""
    last = {text[slice(*span)].split()[-1].lower() for span in people}
    fullest = max(people, key=lambda span: len(text[slice(*span)].split()), default=None)
    return fullest if len(last) == 1 else None


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    for start, end in paragraphs(text[slice(*span)]):
        yield span[0] + start, span[0] + end


def _content(text: str, span: Span, parts: Sequence[Span]) -> tuple[Span, ...]:
    """A turn's paragraphs."""
    cut = ((max(span[0], start), min(span[1], end)) for start, end in parts)
    return tuple(trimmed(text, part) for part in cut if text[slice(*part)].strip())


def with_turns(
    attributions: Sequence[Attribution], turns: Sequence[Turn]
) -> tuple[Attribution, ...]:
    """The attributions with each turn as a direct one, in order, numbered anew.

    A turn replaces what was found of its words with its label or nothing for a cue; what a speaker
    reports of somebody else, cue and all within the turn, stays beside it.
    """
    if not turns:
        return tuple(attributions)
    kept = [a for a in attributions if not any(_belongs(a, turn) for turn in turns)]
    spoken = [_attribution(turn) for turn in turns]
    return in_order([*kept, *spoken])


def _belongs(attribution: Attribution, turn: Turn) -> bool:
    """Whether an attribution is the turn itself, or a part of it without a cue of its own."""
    touched = any(s < b and a < e for s, e in attribution.content for a, b in turn.content)
    within = any(a <= s and e <= b for s, e in attribution.cue for a, b in turn.content)
    return touched and not within


def _attribution(turn: Turn) -> Attribution:
    named = (turn.name,) if turn.name else ()
    certain = _CERTAIN if turn.name else _CERTAIN_LETTER
    return Attribution(
        "", "direct", turn.content, source=named, confidence=certain, reasons=(REASON,)
    )
