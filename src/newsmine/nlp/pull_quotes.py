"""Words of a quotation that the page shows once more: pull quotes, subheads, headlines, captions.

Such a repetition is no statement of its own. It is tied to the quotation that it repeats, which
says so among its reasons; that is also how a headline's quotation gets a speaker, where the body
says whose words they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from newsmine.nlp.quotation_marks import Quotations
from newsmine.nlp.words import paragraphs
from newsmine.types import Attribution, Span, Zone

LONGEST_DISPLAY = 40
"""Words; what is longer is set out to be read, not shown once more."""

_SAME = 0.8
_LOOSEST = 1.5
_SPARE = 3
_LEAST = 2
_NAMES = {
    "pull_quote": "repeated as a pull quote",
    "subhead": "repeated in a subhead",
    "headline": "repeated in the headline",
    "standfirst": "repeated in the standfirst",
    "caption": "repeated in a caption",
}
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_MARKS = "\"'“”„«»‘’"


@dataclass(frozen=True, slots=True)
class _Display:
    """A stretch that may show words once more, and what to say of the quotation it repeats."""

    span: Span
    words: tuple[str, ...]
    reason: str


def tie_repeats(
    text: str,
    attributions: Sequence[Attribution],
    *,
    zones: Sequence[Zone],
    quotations: Quotations,
) -> tuple[Attribution, ...]:
    """Tie what the page repeats to the quotation it repeats; repetitions are no rows.

    A row stays where it names its own source, as in ``‘It is late’, says Roe``, a headline.

    Args:
        text: The clean text.
        attributions: The attributions found in it, in order.
        zones: What is what in the layout.
        quotations: Its quotation marks.
    """
    kept = list(attributions)
    displays = [*_zone_displays(text, zones, quotations), *_body_displays(text, kept, zones)]
    for display in displays:
        original = _original(text, display, kept)
        if original is not None:
            i = kept.index(original)
            kept[i] = _with_reason(original, display.reason)
            kept = [a for a in kept if not _repeats(a, display.span)]
    return tuple(kept)


def _zone_displays(text: str, zones: Sequence[Zone], quotations: Quotations) -> Iterator[_Display]:
    """Pull quotes as a whole; of headlines, subheads and captions what stands in marks.

    The last line of a pull quote may be whose it is.
    """
    for zone in zones:
        if zone.kind == "pull_quote":
            start, end = zone.span
            yield _display(text, (start, end), _NAMES[zone.kind])
            if "\n" in text[start:end]:
                yield _display(text, (start, text.rindex("\n", start, end)), _NAMES[zone.kind])
        elif zone.kind in _NAMES:
            for quoted in quotations.quoted:
                if quoted.depth == 0 and _inside(quoted.span, zone.span):
                    yield _display(text, quoted.span, _NAMES[zone.kind])


def _body_displays(
    text: str, attributions: Sequence[Attribution], zones: Sequence[Zone]
) -> Iterator[_Display]:
    """Rows without a cue that are a whole paragraph in marks: what a layout left in the body."""
    whole = {(start, end) for start, end in paragraphs(text) if text[start] in _MARKS}
    for attribution in attributions:
        span = attribution.content[0]
        if not attribution.cue and len(attribution.content) == 1 and span in whole:
            yield _display(text, span, _NAMES["pull_quote"])


def _display(text: str, span: Span, reason: str) -> _Display:
    return _Display(span, _words(text, span), reason)


def _words(text: str, span: Span) -> tuple[str, ...]:
    return tuple(w.lower().replace("’", "'") for w in _WORD.findall(text, *span))


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]


def _original(
    text: str, display: _Display, attributions: Sequence[Attribution]
) -> Attribution | None:
    """The row elsewhere that holds the words shown, the surest first."""
    if not _LEAST <= len(display.words) <= LONGEST_DISPLAY:
        return None
    elsewhere = (a for a in attributions if not any(_touch(s, display.span) for s in a.content))
    ranked = sorted(elsewhere, key=lambda a: (not a.source, -a.confidence))
    return next((a for a in ranked if _holds(text, a, display.words)), None)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _holds(text: str, attribution: Attribution, wanted: Sequence[str]) -> bool:
    """Whether a row's words hold the wanted ones in order, near each other, four in five."""
    words = [word for span in attribution.content for word in _words(text, span)]
    matcher = SequenceMatcher(None, wanted, words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks or sum(b.size for b in blocks) < max(_LEAST, _SAME * len(wanted)):
        return False
    reach = blocks[-1].b + blocks[-1].size - blocks[0].b
    return reach <= _LOOSEST * len(wanted) + _SPARE if len(wanted) > _SPARE else len(blocks) == 1


def _with_reason(attribution: Attribution, reason: str) -> Attribution:
    if reason in attribution.reasons:
        return attribution
    return replace(attribution, reasons=(*attribution.reasons, reason))


def _repeats(attribution: Attribution, display: Span) -> bool:
    """Whether a row is only the repetition: within it, and naming nobody of its own."""
    named = attribution.source and attribution.cue
    return not named and all(_inside(span, display) for span in attribution.content)
