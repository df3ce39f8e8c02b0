"""Roles, pointers and quotation marks into attributions.

Each attribution has one cue (as PolNeAR annotates them); a content belongs to the cue that it asks
for most, a cue to the source that it asks for most. Quotation marks then say how far a quoted
content reaches, which paragraphs go on the quotation before them, and what is direct, mixed or
indirect; what is quoted at length without any cue is an attribution of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from newsmine.nlp.called import with_called
from newsmine.nlp.certainty import TURN
from newsmine.nlp.contents import Content, count_words, find_contents
from newsmine.nlp.decoding import Segment, segments
from newsmine.nlp.edges import content_edges
from newsmine.nlp.encoder import Reading
from newsmine.nlp.labels import ROLE_LABELS
from newsmine.nlp.linking import (
    Found,
    Link,
    LinkSettings,
    continue_quotations,
    follow_on,
    grouped,
    link_contents,
    link_cues,
    part_turns,
)
from newsmine.nlp.ordering import in_order
from newsmine.nlp.parting import begin_at_marks, fill_cues
from newsmine.nlp.quotation_marks import Quotations, Quoted
from newsmine.nlp.reporting import add_clauses
from newsmine.types import Attribution, AttributionKind, Span


def find_attributions(
    text: str,
    reading: Reading,
    quotations: Quotations,
    *,
    breaks: Sequence[bool],
    sections: Sequence[int] | None = None,
    settings: LinkSettings,
) -> tuple[Attribution, ...]:
    """The attributions of a text, in order, speakers not yet resolved.

    Args:
        text: The clean text.
        reading: What the encoder said of its words.
        quotations: How its quotation marks pair.
        breaks: For each word of the reading whether a paragraph starts with it.
        sections: For each word the section that it lies in (headline, caption, body); links stay
            within one. All are one where it is left out.
        settings: What the linker weighs.
    """
    sections = sections or [0] * len(reading.spans)
    found = _found(text, reading, quotations, breaks, sections, settings)
    link_contents(found, settings)
    fill_cues(found)
    begin_at_marks(found)
    sources = link_cues(found, settings)
    add_clauses(found, sources)
    continue_quotations(found)
    groups = grouped(found, settings)
    part_turns(found, groups)
    follow_on(found, groups)
    cued = [_cued(found, cue, sources[cue], group) for cue, group in groups.items()]
    alone = _uncued(found, quotations, settings)
    numbered = in_order([*cued, *alone])
    return with_called(text, numbered, quotations=quotations)


def _found(
    text: str,
    reading: Reading,
    quotations: Quotations,
    breaks: Sequence[bool],
    sections: Sequence[int],
    settings: LinkSettings,
) -> Found:
    by_label: dict[str, list[Segment]] = {"SOURCE": [], "CUE": [], "CONTENT": []}
    edges = content_edges(text, reading.spans, breaks=breaks, begin=settings.fragment)
    for segment in segments(reading.roles, ROLE_LABELS, edges=edges):
        by_label[segment.label] += _by_section(segment, sections)
    outer = [q for q in quotations.quoted if q.depth == 0]
    contents = find_contents(text, reading, by_label["CONTENT"], quotations)
    paragraph = list(accumulate(map(int, breaks)))
    marked = [m.span[0] for m in quotations.marks if m.reading in ("open", "close")]
    return Found(
        text,
        reading,
        contents,
        by_label["CUE"],
        by_label["SOURCE"],
        paragraph,
        sections,
        marked,
        outer,
    )


def _by_section(segment: Segment, sections: Sequence[int]) -> list[Segment]:
    """A segment cut where the headline ends and the body begins."""
    words = range(segment.start + 1, segment.end)
    cuts = [i for i in words if sections[i] != sections[i - 1]]
    edges = pairwise([segment.start, *cuts, segment.end])
    return [replace(segment, start=start, end=end) for start, end in edges]


def _cued(found: Found, cue: int, source: Link, contents: Sequence[Content]) -> Attribution:
    """One attribution from a cue, its contents and its source."""
    segment = found.cues[cue]
    span = found.chars(segment)
    log_scores = [segment.score, *(c.score for c in contents)]
    certainty = math.exp(sum(log_scores) / len(log_scores)) * min(c.link for c in contents)
    reasons = [f"cue: {found.text[slice(*span)]}"]
    sources: tuple[Span, ...] = ()
    if source[0] is None:
        reasons.append("no source found")
    else:
        named = found.sources[source[0]]
        sources = (found.chars(named),)
        certainty *= 0.5 + 0.5 * math.exp(named.score) * source[1]
    return Attribution(
        "",
        _kind(found, contents),
        tuple(sorted(c.span for c in contents)),
        sources,
        (span,),
        confidence=round(certainty, 3),
        reasons=tuple(reasons),
    )


def _kind(found: Found, contents: Sequence[Content]) -> AttributionKind:
    """Direct when every part is a quotation as a whole, mixed when some of it is quoted."""
    if all(c.quoted is not None and _whole(found.text, c) for c in contents):
        return "direct"
    if any(c.quoted is not None or _has_marks(found, c.span) for c in contents):
        return "mixed"
    return "indirect"


def _whole(text: str, content: Content) -> bool:
    quoted = content.quoted
    if quoted is None:
        return False
    outside = count_words(text, content.span[0], max(content.span[0], quoted.span[0]))
    return outside == 0


def _has_marks(found: Found, span: Span) -> bool:
    """Whether a quotation begins or ends within; an apostrophe is none."""
    return any(span[0] <= at < span[1] for at in found.marked)


def _uncued(found: Found, quotations: Quotations, settings: LinkSettings) -> list[Attribution]:
    """Quoted contents that ask for no cue, and long quotations that no content covers.

    Only in the body: what a headline quotes without saying whose it is, is no attribution. One
    quotation opened again in each paragraph is one attribution here too.
    """
    alone: list[tuple[Span, float, str, Quoted]] = []
    for content in found.contents:
        if content.cue is None and content.quoted is not None and not found.section[content.first]:
            certainty = round(0.6 * math.exp(content.score) * content.link, 3)
            reason = TURN if content.turn else "quoted, without a cue"
            alone.append((content.span, certainty, reason, content.quoted))
    body = {
        span[0]
        for span, section in zip(found.reading.spans, found.section, strict=True)
        if not section
    }
    for quoted in quotations.quoted:
        long = count_words(found.text, *quoted.span) >= settings.least_quoted
        if long and quoted.depth == 0 and quoted.span[0] in body and _is_free(found, quoted):
            alone.append((quoted.span, 0.3, "quoted, but the model saw no content", quoted))
    out: list[Attribution] = []
    for span, certainty, reason, quoted in sorted(alone, key=lambda row: row[0]):
        if out and quoted.continues and not found.text[out[-1].content[-1][1] : span[0]].strip():
            out[-1] = replace(out[-1], content=(*out[-1].content, span))
        else:
            out.append(_quotation(span, certainty, reason))
    return out


def _is_free(found: Found, quoted: Quoted) -> bool:
    start, end = quoted.span
    return not any(c.span[0] < end and start < c.span[1] for c in found.contents)


def _quotation(span: Span, confidence: float, reason: str) -> Attribution:
    return Attribution("", "direct", (span,), confidence=confidence, reasons=(reason,))
