"""Quotations given to the cue beside them, where the encoder made one content of two.

``Jo said it was late. “We know,” Al said.`` is one content to the encoder now and then, most of all
where scanning has put a comma for the stop.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from newsmine.nlp.contents import Content, count_words
from newsmine.nlp.linking import Found
from newsmine.nlp.quotation_marks import Quoted
from newsmine.nlp.words import trimmed
from newsmine.types import Span

_QUOTES = "'\"’”» "
_REACH = 120
"""Characters between a quotation and the cue that it is asked for: a name and a post."""

_FARTHEST = 300
"""Characters between them at most, of the longest name and post. Farther pairs are not looked at:
to count the words between all of them took minutes of a text of 150,000 characters."""

_Groups = dict[int | None, list[Content]]


def fill_cues(found: Found) -> None:
    """Give a cue that no content asks for the quotation beside it, in place.

    Each cue has a content. Of ``“A?” Jo asked. “B,” Al said.`` the encoder may give both quotations
    to the first cue; the one that shares a sentence with the empty cue is taken from a cue that
    keeps another, and what follows it on the far side goes with it.
    """
    groups: _Groups = defaultdict(list)
    for content in sorted(found.contents, key=lambda c: c.span):
        groups[content.cue].append(content)
    for cue in range(len(found.cues)):
        if cue not in groups:
            _part(found, cue, groups)
            beside = _beside(found, cue, groups)
            for content in beside:
                groups[content.cue].remove(content)
                groups[cue].append(content)
                content.cue, content.link = cue, min(content.link, 0.5)


def begin_at_marks(found: Found) -> None:
    """Begin a content with the quotation of whole sentences that its cue follows, in place.

    Of ``it was late, “We know,” Al said`` the words before the marks are not his.
    """
    for content in found.contents:
        if content.cue is not None and content.quoted is None:
            for quoted in _sentences_before(found, content.cue):
                before = content.span[0] < quoted.span[0]
                if before and abs(content.span[1] - quoted.span[1]) <= 2:
                    content.span, content.quoted = (quoted.span[0], content.span[1]), quoted


def _part(found: Found, cue: int, groups: _Groups) -> None:
    """Part a content of another cue before the quotation that this one follows, in place."""
    for quoted in _sentences_before(found, cue):
        for group in list(groups.values()):
            for i, content in enumerate(group):
                if content.quoted is None and content.cue is not None and _holds(content, quoted):
                    start, end = content.span
                    first = bisect_left(found.reading.spans, quoted.span)
                    span = (quoted.span[0], end)
                    new = replace(content, span=span, first=first, quoted=quoted)
                    content.span = trimmed(found.text, (start, quoted.span[0]))
                    group.insert(i + 1, new)
                    found.contents.append(new)
                    found.contents.sort(key=lambda c: c.span)
                    return


def _holds(content: Content, quoted: Quoted) -> bool:
    """Whether a quotation lies in a content, with words of the content before it."""
    return content.span[0] < quoted.span[0] and quoted.span[1] <= content.span[1]


def _sentences_before(found: Found, cue: int) -> Iterator[Quoted]:
    """The quotation, if it begins as a sentence does, that a cue in its own sentence follows."""
    start = found.chars(found.cues[cue])[0]
    for quoted in found.outer:
        near = quoted.closed and start - _REACH < quoted.span[1] <= start
        begins = found.text[quoted.span[0] + 1 : quoted.span[0] + 2].isupper()
        if near and begins and _touches(found, cue, quoted.span):
            yield quoted


def _beside(found: Found, cue: int, groups: _Groups) -> list[Content]:
    """The quotation beside a cue, and its cue's others farther off; none that would empty a cue."""
    for other, group in groups.items():
        if other is None:
            continue
        at = found.cues[other].start
        for i, content in enumerate(group):
            rest = group[i:] if at < content.first else group[: i + 1]
            beside = content.quoted is not None and _touches(found, cue, content.span)
            if len(rest) < len(group) and beside:
                return [c for c in rest if c.quoted is not None]
    return []


def _touches(found: Found, cue: int, content: Span) -> bool:
    """Whether a quotation and a cue have but a source and a mark between them, in one sentence."""
    start, end = found.chars(found.cues[cue])
    before = content[1] <= start
    gap = (content[1], start) if before else (end, content[0])
    if not 0 <= gap[1] - gap[0] <= _FARTHEST:
        return False
    named = (found.chars(source) for source in found.sources)
    words = count_words(found.text, *gap) - sum(
        count_words(found.text, *span) for span in named if gap[0] <= span[0] and span[1] <= gap[1]
    )
    mark = found.text[slice(*content)].rstrip(_QUOTES) if before else found.text[slice(*gap)]
    return words <= 1 and mark.rstrip().endswith((",", "?", "!") if before else (",", ":"))
