"""Roles, pointers and quotation marks into attributions.

Each attribution has one cue (as PolNeAR annotates them); a content belongs to the cue that it asks
for most, a cue to the source that it asks for most. Quotation marks then say how far a quoted
content reaches, which paragraphs go on the quotation before them, and what is direct, mixed or
indirect; what is quoted at length without any cue is an attribution of its own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from newsmine.nlp.decoding import Segment, segments
from newsmine.nlp.encoder import Floats, Reading
from newsmine.nlp.labels import ROLE_LABELS
from newsmine.nlp.quotation_marks import Quotations, Quoted
from newsmine.nlp.words import WORD
from newsmine.types import Attribution, AttributionKind, Span


_EDGE_MARKS = " ,:;–—-"


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """What the linker weighs; measured on PolNeAR's tuning articles (docs/model.md).

    Attributes:
        reach: Words between a content and its cue, or a cue and its source, at most.
        per_word: What each word of distance costs, in units of pointer score.
        per_paragraph: What each paragraph start between the two costs.
        least_quoted: Words of a quotation without any cue that is reported all the same.
        gap: Words, the source's aside, that may part two contents of one cue in a sentence.
        gap_quoted: The same where a sentence ends between them and the second is quoted.
    """

    reach: int = 150
    per_word: float = 0.05
    per_paragraph: float = 2.0
    least_quoted: int = 6
    gap: int = 8
    gap_quoted: int = 8


@dataclass(slots=True)
class _Content:
    """A content under way: its characters, the word that stands for it, its certainty."""

    span: Span
    first: int
    score: float
    quoted: Quoted | None = None
    cue: int | None = None
    link: float = 0.0


@dataclass(frozen=True, slots=True)
class _Found:
    """The segments of one text and where its paragraphs start, in words."""

    reading: Reading
    contents: list[_Content]
    cues: list[Segment]
    sources: list[Segment]
    paragraph: list[int]


def find_attributions(
    text: str,
    reading: Reading,
    quotations: Quotations,
    *,
    breaks: Sequence[bool],
    settings: LinkSettings,
) -> tuple[Attribution, ...]:
    """The attributions of a text, in order, speakers not yet resolved.

    Args:
        text: The clean text.
        reading: What the encoder said of its words.
        quotations: How its quotation marks pair.
        breaks: For each word of the reading whether a paragraph starts with it.
        settings: What the linker weighs.
    """
    found = _segments(text, reading, quotations, breaks)
    _link_contents(found, settings)
    sources = _link_cues(found, settings)
    _continue_quotations(found)
    groups = _grouped(text, found, settings)
    cued = [_cued(text, found, cue, sources.get(cue), group) for cue, group in groups.items()]
    alone = _uncued(text, found, quotations, settings)
    ordered = sorted([*cued, *alone], key=lambda a: a.content[0])
    return tuple(replace(a, id=f"a{i}") for i, a in enumerate(ordered, 1))


def _segments(
    text: str, reading: Reading, quotations: Quotations, breaks: Sequence[bool]
) -> _Found:
    all_found = segments(reading.roles, ROLE_LABELS)
    by_label = {label: [s for s in all_found if s.label == label] for label in ("CUE", "SOURCE")}
    outer = [q for q in quotations.quoted if q.depth == 0]
    contents = [
        content
        for segment in all_found
        if segment.label == "CONTENT"
        for content in _contents(text, reading, segment, outer)
    ]
    paragraph = np.cumsum(np.asarray(breaks, dtype=np.int32)).tolist() if breaks else []
    return _Found(reading, contents, by_label["CUE"], by_label["SOURCE"], paragraph)


def _contents(
    text: str, reading: Reading, segment: Segment, outer: Sequence[Quoted]
) -> list[_Content]:
    """The contents of one segment.

    It is cut where a quotation of whole sentences ends and the reporter's words go on; ends near
    quotation marks are moved to them.
    """
    starts = [segment.start]
    for stretch in outer:
        for word in range(starts[-1] + 1, segment.end):
            if _reporter_goes_on(text, reading.spans[word], stretch):
                starts.append(word)
    ends = [*starts[1:], segment.end]
    return [
        _content(text, reading, Segment(start, end, "CONTENT", segment.score), outer)
        for start, end in zip(starts, ends, strict=True)
    ]


def _reporter_goes_on(text: str, word: Span, stretch: Quoted) -> bool:
    """Whether a word is the first after a quotation that ended with a sentence's end."""
    if not stretch.closed or text[stretch.span[1] : word[0]].strip():
        return False
    return word[0] >= stretch.span[1] and text[: stretch.span[1] - 1][-1:] in ".?!"


def _content(text: str, reading: Reading, segment: Segment, outer: Sequence[Quoted]) -> _Content:
    start, end = reading.spans[segment.start][0], reading.spans[segment.end - 1][1]
    quoted = None
    for stretch in outer:
        overlaps = stretch.span[0] < end and start < stretch.span[1]
        if overlaps and _fills(text, (start, end), stretch.span):
            quoted = stretch
            start, end = _snapped(text, (start, end), stretch.span)
    return _Content((start, end), segment.start, segment.score, quoted)


def _count(text: str, start: int, end: int) -> int:
    return sum(1 for m in WORD.finditer(text, start, end) if m.group().isalnum())


def _fills(text: str, content: Span, stretch: Span) -> bool:
    """Whether the larger part of a content and of a stretch in marks is the same words."""
    both = _count(text, max(content[0], stretch[0]), min(content[1], stretch[1]))
    return both >= 0.7 * max(_count(text, *content), 1) and both >= 0.7 * _count(text, *stretch)


def _snapped(text: str, content: Span, stretch: Span) -> Span:
    """Each end that lies within three words of the stretch's is moved to it."""
    start, end = content
    if _count(text, *sorted((start, stretch[0]))) <= 3:
        start = stretch[0]
    if _count(text, *sorted((end, stretch[1]))) <= 3:
        end = stretch[1]
    return start, end


def _link_contents(found: _Found, settings: LinkSettings) -> None:
    asking = [content.first for content in found.contents]
    links = _best_links(found, asking, found.cues, found.reading.cue_scores, settings)
    for content, (cue, certainty) in zip(found.contents, links, strict=True):
        content.cue, content.link = cue, certainty


def _link_cues(found: _Found, settings: LinkSettings) -> dict[int, tuple[int, float]]:
    asking = [cue.start for cue in found.cues]
    links = _best_links(found, asking, found.sources, found.reading.source_scores, settings)
    return {i: (source, p) for i, (source, p) in enumerate(links) if source is not None}


def _best_links(
    found: _Found,
    asking: Sequence[int],
    candidates: Sequence[Segment],
    scorer: Callable[[Sequence[int], Sequence[int]], Floats],
    settings: LinkSettings,
) -> list[tuple[int | None, float]]:
    """For each asking word the best candidate within reach, or none, and its probability.

    Asking itself means asking for none, as in training.
    """
    if not asking or not candidates:
        return [(None, 1.0)] * len(asking)
    rows, columns = np.array(asking), np.array([c.start for c in candidates])
    place = np.array(found.paragraph)
    distance = np.abs(rows[:, None] - columns[None, :])
    apart = np.abs(place[rows][:, None] - place[columns][None, :])
    scores = scorer(asking, columns.tolist())
    scores = scores - settings.per_word * distance - settings.per_paragraph * apart
    scores = np.where(distance <= settings.reach, scores, -np.inf)
    none = np.array([scorer([word], [word])[0] for word in asking])
    shares = _softmax(np.concatenate([none, scores], axis=1))
    best = shares.argmax(axis=1)
    return [(int(b) - 1 if b else None, float(shares[i, b])) for i, b in enumerate(best)]


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    out: Floats = powers / powers.sum(axis=1, keepdims=True)
    return out


def _continue_quotations(found: _Found) -> None:
    """Paragraphs that go on a quotation left open have one cue: the surest of theirs.

    Unless both the one before and this have a sure cue in their own paragraph: then a closing mark
    was lost, and two people speak.
    """
    chain: list[_Content] = []
    for content in sorted(found.contents, key=lambda c: c.span):
        goes_on = content.quoted is not None and content.quoted.continues and chain
        if goes_on and not (_own_cue(found, content) and _own_cue(found, chain[-1])):
            chain.append(content)
            _share_cue(chain)
        elif content.quoted is not None:
            chain = [content]


def _own_cue(found: _Found, content: _Content) -> bool:
    if content.cue is None or content.link < 0.5:
        return False
    return found.paragraph[found.cues[content.cue].start] == found.paragraph[content.first]


def _share_cue(chain: Sequence[_Content]) -> None:
    surest = max(chain, key=lambda c: c.link if c.cue is not None else 0.0)
    for content in chain:
        content.cue, content.link = surest.cue, surest.link


def _grouped(text: str, found: _Found, settings: LinkSettings) -> dict[int, list[_Content]]:
    """The contents of each cue: the surest, and those beside it without foreign words between."""
    groups: dict[int, list[_Content]] = defaultdict(list)
    for content in found.contents:
        if content.cue is not None:
            groups[content.cue].append(content)
    for cue, contents in groups.items():
        kept = _together(text, found, cue, contents, settings)
        for content in contents:
            if content not in kept:
                content.cue, content.link = None, 0.5
        groups[cue] = kept
    return groups


def _together(
    text: str, found: _Found, cue: int, contents: list[_Content], settings: LinkSettings
) -> list[_Content]:
    """Grow outwards from the cue and its surest content over gaps that say nothing new."""
    surest = max(contents, key=lambda c: c.link)
    kept = [surest]
    start, end = _chars(text, found, found.cues[cue])
    start, end = min(start, surest.span[0]), max(end, surest.span[1])
    rest = sorted(
        (c for c in contents if c is not surest),
        key=lambda c: min(abs(c.span[0] - end), abs(c.span[1] - start)),
    )
    for content in rest:
        gap = (end, content.span[0]) if content.span[0] >= end else (content.span[1], start)
        if gap[0] >= gap[1] or _near(text, found, gap, content, settings):
            kept.append(content)
            start, end = min(start, content.span[0]), max(end, content.span[1])
    return kept


def _near(text: str, found: _Found, gap: Span, content: _Content, settings: LinkSettings) -> bool:
    """Whether what lies between two contents of one cue is only its source, or very little."""
    named = [
        _chars(text, found, s)
        for s in (*found.sources, *found.cues)
        if gap[0] <= _chars(text, found, s)[0] and _chars(text, found, s)[1] <= gap[1]
    ]
    words = _count(text, *gap) - sum(_count(text, *span) for span in named)
    ends = any(mark in text[slice(*gap)] for mark in ".?!")
    if ends and content.quoted is None:
        return False
    if content.quoted is not None and content.quoted.continues:
        return True
    return words <= (settings.gap_quoted if ends else settings.gap)


def _cued(
    text: str,
    found: _Found,
    cue: int,
    source: tuple[int, float] | None,
    contents: Sequence[_Content],
) -> Attribution:
    spans = tuple(sorted(c.span for c in contents))
    segment = found.cues[cue]
    log_scores = [segment.score, *(c.score for c in contents)]
    certainty = math.exp(sum(log_scores) / len(log_scores))
    certainty *= min(c.link for c in contents)
    reasons = [f"cue: {text[slice(*_chars(text, found, segment))]}"]
    sources: tuple[Span, ...] = ()
    if source is not None:
        named = found.sources[source[0]]
        sources = (_chars(text, found, named),)
        certainty *= 0.5 + 0.5 * math.exp(named.score) * source[1]
    else:
        reasons.append("no source found")
    kind = _kind(text, contents)
    return Attribution(
        "",
        kind,
        spans,
        sources,
        (_chars(text, found, segment),),
        confidence=round(certainty, 3),
        reasons=tuple(reasons),
    )


def _chars(text: str, found: _Found, segment: Segment) -> Span:
    """A source's or cue's characters without commas and colons at its ends."""
    start, end = found.reading.spans[segment.start][0], found.reading.spans[segment.end - 1][1]
    inner = text[start:end].strip(_EDGE_MARKS)
    if not inner:
        return start, end
    start = text.index(inner, start)
    return start, start + len(inner)


def _kind(text: str, contents: Sequence[_Content]) -> AttributionKind:
    """Direct when every part is a quotation as a whole, mixed when some of it is quoted."""
    if all(c.quoted is not None and _whole(text, c) for c in contents):
        return "direct"
    if any(c.quoted is not None or _has_marks(text, c.span) for c in contents):
        return "mixed"
    return "indirect"


def _whole(text: str, content: _Content) -> bool:
    quoted = content.quoted
    if quoted is None:
        return False
    outside = _count(text, content.span[0], max(content.span[0], quoted.span[0]))
    return outside == 0


def _has_marks(text: str, span: Span) -> bool:
    return any(mark in text[slice(*span)] for mark in '“”"‘')


def _uncued(
    text: str, found: _Found, quotations: Quotations, settings: LinkSettings
) -> list[Attribution]:
    """Contents that ask for no cue, and long quotations that no content covers."""
    out = []
    for content in found.contents:
        if content.cue is None and content.quoted is not None:
            certainty = round(0.6 * math.exp(content.score) * content.link, 3)
            out.append(_quotation(content.span, certainty, "quoted, without a cue"))
    taken = [c.span for c in found.contents]
    for quoted in quotations.quoted:
        free = not any(s < quoted.span[1] and quoted.span[0] < e for s, e in taken)
        if free and quoted.depth == 0 and _count(text, *quoted.span) >= settings.least_quoted:
            out.append(_quotation(quoted.span, 0.3, "quoted, but the model saw no content"))
    return out


def _quotation(span: Span, confidence: float, reason: str) -> Attribution:
    return Attribution("", "direct", (span,), confidence=confidence, reasons=(reason,))
