"""Who belongs to whom: contents to cues, cues to sources, paragraphs of one quotation together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from newsmine.nlp.contents import Content, count_words
from newsmine.nlp.decoding import Segment
from newsmine.nlp.encoder import Floats, Reading
from newsmine.nlp.quotation_marks import Quoted
from newsmine.types import Span

_EDGE_MARKS = " ,:;–—-"
_SENTENCE_END = re.compile(r"[.?!]['\"’”]*\s")
_QUOTES = "'\"’”» "
_STOPS = ".?!:'\"’”"

Link = tuple[int | None, float]
"""The number of what was chosen (none where nothing was), and its probability."""


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
        fragment: What beginning a content costs, in log-probability: the encoder, deciding word by
            word, breaks contents up too often (1 is worth 1.8 points of content on tune).
    """

    reach: int = 150
    per_word: float = 0.05
    per_paragraph: float = 2.0
    least_quoted: int = 6
    gap: int = 8
    gap_quoted: int = 8
    fragment: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """What the encoder saw in one text, and in which paragraph and section each word lies.

    A headline or a caption is a section of its own, the body another: nothing links across.
    ``marked`` is where quotation marks stand that are no apostrophes, ``outer`` what they enclose.
    """

    text: str
    reading: Reading
    contents: list[Content]
    cues: list[Segment]
    sources: list[Segment]
    paragraph: list[int]
    section: Sequence[int]
    marked: Sequence[int] = ()
    outer: Sequence[Quoted] = ()

    def chars(self, segment: Segment) -> Span:
        """A source's or cue's characters without commas and colons at its ends."""
        spans = self.reading.spans
        start, end = spans[segment.start][0], spans[segment.end - 1][1]
        inner = self.text[start:end].strip(_EDGE_MARKS)
        if not inner:
            return start, end
        start = self.text.index(inner, start)
        return start, start + len(inner)


def link_contents(found: Found, settings: LinkSettings) -> None:
    """Give each content the cue that it asks for, in place."""
    asking = [content.first for content in found.contents]
    links = _best_links(found, asking, found.cues, found.reading.cue_scores, settings)
    for content, (cue, certainty) in zip(found.contents, links, strict=True):
        content.cue, content.link = cue, certainty


def link_cues(found: Found, settings: LinkSettings) -> list[Link]:
    """The source of each cue."""
    asking = [cue.start for cue in found.cues]
    return _best_links(found, asking, found.sources, found.reading.source_scores, settings)


def _best_links(
    found: Found,
    asking: Sequence[int],
    candidates: Sequence[Segment],
    scorer: Callable[[Sequence[int], Sequence[int]], Floats],
    settings: LinkSettings,
) -> list[Link]:
    """For each asking word the best candidate within reach, or none.

    Asking itself means asking for none, as in training.
    """
    starts = [candidate.start for candidate in candidates]
    out: list[Link] = []
    for word in asking:
        low = bisect_left(starts, word - settings.reach)
        high = bisect_right(starts, word + settings.reach)
        near = [s for s in starts[low:high] if found.section[s] == found.section[word]]
        scores = scorer([word], [word, *near])[0]
        for i, start in enumerate(near, 1):
            apart = abs(found.paragraph[word] - found.paragraph[start])
            scores[i] -= settings.per_word * abs(word - start) + settings.per_paragraph * apart
        shares = np.exp(scores - scores.max())
        best = int(scores.argmax())
        chance = float(shares[best] / shares.sum())
        out.append((starts.index(near[best - 1], low, high) if best else None, chance))
    return out


def continue_quotations(found: Found) -> None:
    """Paragraphs that go on a quotation left open have one cue: the surest of theirs.

    Unless both the one before and this have a sure cue in their own paragraph: then a closing mark
    was lost, and two people speak.
    """
    chain: list[Content] = []
    for content in sorted(found.contents, key=lambda c: c.span):
        goes_on = content.quoted is not None and content.quoted.continues and chain
        if goes_on and not (_own_cue(found, content) and _own_cue(found, chain[-1])):
            chain.append(content)
            _share_cue(found, chain)
        elif content.quoted is not None:
            chain = [content]


def _own_cue(found: Found, content: Content) -> bool:
    if content.cue is None or content.link < 0.5:
        return False
    return found.paragraph[found.cues[content.cue].start] == found.paragraph[content.first]


def _share_cue(found: Found, chain: Sequence[Content]) -> None:
    """The cue in a paragraph of the chain's own counts more than one outside it."""

    def weight(content: Content) -> tuple[bool, float]:
        return _own_cue(found, content), content.link if content.cue is not None else 0.0

    surest = max(chain, key=weight)
    for content in chain:
        content.cue, content.link = surest.cue, surest.link


def grouped(found: Found, settings: LinkSettings) -> dict[int, list[Content]]:
    """The contents of each cue: the surest, and those beside it without foreign words between."""
    groups: dict[int, list[Content]] = defaultdict(list)
    for content in found.contents:
        if content.cue is not None:
            groups[content.cue].append(content)
    for cue, contents in groups.items():
        kept = _together(found, cue, contents, settings)
        for content in contents:
            if content not in kept:
                content.cue, content.link = None, 0.5
        groups[cue] = kept
    return groups


def part_turns(found: Found, groups: dict[int, list[Content]]) -> None:
    """Part the turns of a dialogue where one of two asks, in place.

    Each paragraph is a turn in marks; a question and its answer have two speakers, so what follows
    belongs to the cue no more: ``“Late,” Jo said.`` / ``“Why?”`` / ``“Snow.”``
    """
    for cue, contents in groups.items():
        here = found.paragraph[found.cues[cue].start]
        kept = list[Content]()
        for content in sorted(contents, key=lambda c: c.span):
            if kept and _is_turn(found, here, kept[-1], content):
                break
            kept.append(content)
        for content in contents:
            if content not in kept:
                content.cue, content.link, content.turn = None, 0.5, True
        groups[cue] = kept


def _is_turn(found: Found, here: int, before: Content, content: Content) -> bool:
    """Whether a content in a later paragraph than the cue is another's turn."""
    if content.quoted is None or content.quoted.continues or before.quoted is None:
        return False
    if found.paragraph[content.first] <= here or not content.quoted.closed:
        return False
    between = found.text[before.span[1] : content.span[0]]
    asks = any(found.text[slice(*c.span)].rstrip(_QUOTES).endswith("?") for c in (before, content))
    return "\n" in between and asks


def _together(
    found: Found, cue: int, contents: list[Content], settings: LinkSettings
) -> list[Content]:
    """Grow outwards from the cue and its surest content over gaps that say nothing new."""
    surest = max(contents, key=lambda c: (c.link, c.quoted is not None))
    kept = [surest]
    start, end = found.chars(found.cues[cue])
    start, end = min(start, surest.span[0]), max(end, surest.span[1])
    rest = sorted(
        (c for c in contents if c is not surest),
        key=lambda c: min(abs(c.span[0] - end), abs(c.span[1] - start)),
    )
    here = found.paragraph[found.cues[cue].start]
    for content in rest:
        if content.quoted is None and found.paragraph[content.first] < here:
            continue  # reported words stand in their cue's paragraph, or after it
        gap = (end, content.span[0]) if content.span[0] >= end else (content.span[1], start)
        if content.quoted is None and gap[1] == start and found.text[content.span[1] - 1] in ".?!":
            continue  # a sentence of the reporter's before ``“We know,” he said``
        if gap[0] >= gap[1] or _near(found, gap, content, settings):
            kept.append(content)
            start, end = min(start, content.span[0]), max(end, content.span[1])
    return kept


def _near(found: Found, gap: Span, content: Content, settings: LinkSettings) -> bool:
    """Whether what lies between two contents of one cue is only its source, or very little."""
    named = [
        found.chars(s)
        for s in (*found.sources, *found.cues)
        if gap[0] <= found.chars(s)[0] and found.chars(s)[1] <= gap[1]
    ]
    words = count_words(found.text, *gap) - sum(count_words(found.text, *span) for span in named)
    ends = any(mark in found.text[slice(*gap)] for mark in ".?!")
    if ends and content.quoted is None:
        return False
    if content.quoted is not None and content.quoted.continues:
        return True
    return words <= (settings.gap_quoted if ends else settings.gap)


def follow_on(found: Found, groups: dict[int, list[Content]]) -> None:
    """Quotations without a cue that go on what is said before them in their paragraph, in place.

    ``“A,” said Jo. “B.”`` is one attribution in PolNeAR, so is ``Jo had this to say: “A.”``: the
    quotation joins the nearest cue before it that has a quotation already, or the one whose
    sentence ends with a colon before it.
    """
    for content in sorted(found.contents, key=lambda c: c.span):
        if content.cue is None and content.quoted is not None and not content.quoted.continues:
            cue = _goes_on(found, content, groups)
            if cue is not None:
                content.cue = cue
                groups[cue].append(content)


def _goes_on(found: Found, content: Content, groups: dict[int, list[Content]]) -> int | None:
    before = found.text[: content.span[0]].rstrip()
    if not before or before[-1] not in _STOPS:
        return None
    here = found.paragraph[content.first]
    for cue in sorted(groups, key=lambda c: -found.cues[c].start):
        word = found.cues[cue].start
        apart = here - found.paragraph[word]
        if word > content.first or found.section[word] != found.section[content.first]:
            continue
        if before[-1] == ":" and apart <= 1:
            return cue
        if apart == 0 and any(c.quoted is not None for c in groups[cue]):
            return cue if _next_sentence(found, cue, groups[cue], content) else None
    return None


def _next_sentence(found: Found, cue: int, group: Sequence[Content], content: Content) -> bool:
    """Whether a content begins the sentence after the one in which an attribution ends."""
    end = max(found.chars(found.cues[cue])[1], *(c.span[1] for c in group))
    return len(_SENTENCE_END.findall(found.text, end - 2, content.span[0])) <= 1
