"""Letters, statements and poems set out in a paragraph of their own, without marks.

The paragraph before says so: it ends with a colon behind a document's verb (``A letter to her
reads:``), or behind a speaker's beside a document (``said in a statement:``). One paragraph is
taken, or the lines of a poem; where a longer document ends, the page does not say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from newsmine.nlp.ordering import in_order
from newsmine.nlp.words import paragraphs, trimmed
from newsmine.types import Attribution, Span, Zone

REASON = "set out in a paragraph of its own"

_CERTAIN = 0.7
_LEAST_WORDS = 5
_LONGEST_LINE, _LONGEST_POEM = 60, 40
"""Characters of a line; lines."""

_MARKED = re.compile(r"[\"'“”„‘’«»•*·●▪–—-]|\d+[.)]|[^\s:]{1,30}:")
_SENTENCE = re.compile(r"(?:.*[.?!][”’\"']?\s)?(?P<last>[^\s].*):\Z", re.DOTALL)
_OPENING = re.compile(r"(?:In|On|By|To|From|With)\b[^,]*,\s*")
_OBJECT = frozenset(["what", "that", "which", "who", "how", "where", "when", "has", "had", "have"])


def with_set_out(
    text: str, attributions: Sequence[Attribution], *, zones: Sequence[Zone]
) -> tuple[Attribution, ...]:
    """The attributions with what is set out as direct ones, in order, numbered anew.

    Nothing is set out where an attribution is linked across the colon already.

    Args:
        text: The clean text.
        attributions: The attributions found in it.
        zones: Its zones; lead and body are looked at.
    """
    body = [zone.span for zone in zones if zone.kind in ("lead", "body")]
    parts = [(a + s, a + e) for a, b in body for s, e in paragraphs(text[a:b])]
    found = list(_set_out(text, parts))
    new = [a for a in found if not any(_linked(other, a) for other in attributions)]
    if not new:
        return tuple(attributions)
    spans = [span for a in new for span in a.content]
    kept = [a for a in attributions if not any(_holds(span, a) for span in spans)]
    return in_order([*kept, *new])


def _set_out(text: str, parts: Sequence[Span]) -> Iterator[Attribution]:
    for i, (before, first) in enumerate(pairwise(parts), 1):
        roles = _announced(text, before)
        beside = not text[before[1] : first[0]].strip()
        if roles is not None and beside and _is_plain(text[slice(*first)]):
            source, cue = roles
            content = tuple(_lines(text, parts[i : i + _LONGEST_POEM]))
            yield Attribution(
                "", "direct", content, (source,), (cue,), confidence=_CERTAIN, reasons=(REASON,)
            )


def _lines(text: str, parts: Sequence[Span]) -> Iterator[Span]:
    """The first paragraph; where it does not end as a sentence, the lines of a poem after it."""
    for start, end in parts:
        yield start, end
        if text[end - 1] in ".?!…" or end - start > _LONGEST_LINE:
            return


def _is_plain(paragraph: str) -> bool:
    """Whether it is running text without marks; a list or a transcript is none."""
    return len(paragraph.split()) >= _LEAST_WORDS and not _MARKED.match(paragraph)


def _announced(text: str, paragraph: Span) -> tuple[Span, Span] | None:
    """Source and verb of the sentence that ends a paragraph with a colon."""
    sentence = _SENTENCE.match(text, *paragraph)
    if sentence is None:
        return None
    start, end = sentence.span("last")
    opening = _OPENING.match(text, start, end)
    start = opening.end() if opening else start
    verb = _verb(text, sentence["last"], (start, end))
    if verb is None:
        return None
    source = trimmed(text, (start, verb[0]))
    words = text[slice(*source)].lower().split()
    return (source, verb) if words and _OBJECT.isdisjoint(words) else None


def _verb(text: str, sentence: str, span: Span) -> Span | None:
    reading, saying = _data()["reading"], _data()["saying"]
    ending = re.compile(rf"\b(?:{'|'.join(reading['verbs'])})(?= ?\w* ?:)")
    documents = re.search(rf"\b(?:{'|'.join(saying['documents'])})\b", sentence)
    beside = re.compile(rf"\b(?:{'|'.join(saying['verbs'])})\b")
    match = ending.search(text, span[0], span[1] + 1)
    if match is None and documents:
        match = beside.search(text, *span)
    return match.span() if match else None


def _linked(attribution: Attribution, new: Attribution) -> bool:
    """Whether an attribution has its cue before the colon and its content behind it."""
    (start, end), (cue, _) = new.content[0], new.cue[0]
    announced = any(cue - 200 <= s < start for s, _ in attribution.cue)
    return announced and any(start <= s < end for s, _ in attribution.content)


def _holds(content: Span, attribution: Attribution) -> bool:
    """Whether a row without a cue of its own lies in what is set out."""
    inside = all(content[0] <= s and e <= content[1] for s, e in attribution.content)
    return inside and not attribution.cue


@cache
def _data() -> dict[str, Any]:
    text = resources.files("newsmine.data").joinpath("set_out.toml").read_text("utf-8")
    return tomllib.loads(text)
