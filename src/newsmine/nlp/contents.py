"""The contents of a text: the encoder's segments, cut and moved to the quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsmine.nlp.decoding import Segment
from newsmine.nlp.encoder import Reading
from newsmine.nlp.quotation_marks import Mark, Quotations, Quoted
from newsmine.nlp.quotation_marks.lexicon import elisions
from newsmine.nlp.words import WORD, trimmed
from newsmine.types import Span


@dataclass(slots=True)
class Content:
    """A content under way.

    Attributes:
        span: Its characters.
        first: The word that asks for the cue.
        score: The mean log-probability of its labels.
        quoted: The stretch in quotation marks that it fills, if any.
        cue: The number of its cue, once linked.
        link: How sure that link is.
        turn: Whether it is a turn of its own in a dialogue.
    """

    span: Span
    first: int
    score: float
    quoted: Quoted | None = None
    cue: int | None = None
    link: float = 0.0
    turn: bool = False


def find_contents(
    text: str, reading: Reading, segments: Sequence[Segment], quotations: Quotations
) -> list[Content]:
    """The contents behind the encoder's CONTENT segments.

    Args:
        text: The clean text.
        reading: What the encoder said of its words.
        segments: The CONTENT segments, in order.
        quotations: How the text's quotation marks pair.
    """
    outer = [q for q in quotations.quoted if q.depth == 0]
    out: list[Content] = []
    for segment in segments:
        start, end = reading.spans[segment.start][0], reading.spans[segment.end - 1][1]
        near = [q for q in outer if q.span[0] < end and start < q.span[1]]
        out += _contents(text, reading, segment, near)
    mended = [_mended(text, content, quotations.marks) for content in out]
    return _without_parts([content for content in mended if count_words(text, *content.span)])


def _mended(text: str, content: Content, marks: Sequence[Mark]) -> Content:
    """A content without the specks of a scan at its start, or with the mark that a scan lost.

    What begins as an utterance does and ends with a mark that closes nothing is a quotation; where
    it begins with a mark, a speck within looks like its end.
    """
    start, end = content.span
    found = {mark.span[0]: mark for mark in marks if start <= mark.span[0] <= end}
    if content.quoted is not None:
        return content
    first = found.get(start)
    begins = first.reading == "open" if first else _is_utterance_start(text, start)
    for at in (end, end - 1, end - 2):
        if begins and at in found and _closes(text, found[at]):
            span = start, found[at].span[1]
            quoted = Quoted(span, found[at].style, depth=0, closed=True, continues=False)
            return replace(content, span=span, quoted=quoted)
    if first and _is_speck(text, first):
        return replace(content, span=trimmed(text, (first.span[1], end)))
    return content


def _closes(text: str, mark: Mark) -> bool:
    """Whether a mark that closes nothing stands where one closes a quotation."""
    start, end = mark.span
    beside = text[start - 1 : start] in tuple(".,?!…") and not text[end : end + 1].isalnum()
    return mark.reading == "stray" and beside


def _is_speck(text: str, mark: Mark) -> bool:
    """Whether a mark before a content's first word is none of its own: ``says 'the dam``."""
    after = WORD.match(text, mark.span[1])
    word = after[0].lower() if after else ""
    cut_short = word in elisions() or word[:1].isdigit()
    return mark.reading == "stray" or (mark.reading == "apostrophe" and not cut_short)


def _is_utterance_start(text: str, start: int) -> bool:
    """Whether an utterance can begin there: a capital after a stop, a colon or a line's end."""
    return text[start].isupper() and text[:start].rstrip(" ")[-1:] in ("", *"\n:.?!,")


def _without_parts(contents: Sequence[Content]) -> list[Content]:
    """The contents without those that another, which began after them, now holds as a whole."""
    return [c for c in contents if not any(_took_over(other, c) for other in contents)]


def _took_over(whole: Content, part: Content) -> bool:
    inside = whole.span[0] <= part.span[0] and part.span[1] <= whole.span[1]
    return inside and whole.quoted is not None and whole.first > part.first


def count_words(text: str, start: int, end: int) -> int:
    """The words with a letter or digit between two characters."""
    return sum(1 for m in WORD.finditer(text, start, end) if m.group().isalnum())


def _contents(
    text: str, reading: Reading, segment: Segment, outer: Sequence[Quoted]
) -> list[Content]:
    """The contents of one segment.

    It is cut where a quotation of whole sentences ends and the reporter's words go on, and where a
    quotation is opened again; ends near quotation marks are moved to them.
    """
    starts, ends = [segment.start], []
    for stretch in outer:
        for word in range(starts[-1] + 1, segment.end):
            begins = reading.spans[word][0] == stretch.span[0]
            parted = begins and (stretch.continues or _begins_a_sentence(text, stretch))
            if parted or _reporter_goes_on(text, reading.spans[word], stretch):
                stop = starts[-1] < word - 1 and reading.spans[word - 1][0] >= stretch.span[1]
                ends.append(word - stop)
                starts.append(word)
    ends.append(segment.end)
    return [
        _content(text, reading, Segment(start, end, "CONTENT", segment.score), outer)
        for start, end in zip(starts, ends, strict=True)
    ]


def _begins_a_sentence(text: str, stretch: Quoted) -> bool:
    """Whether a quotation is a sentence's beginning: ``it was late. “We know,” he said``."""
    start = stretch.span[0]
    return text[:start].rstrip()[-1:] in tuple(".?!") and text[start + 1 : start + 2].isupper()


def _reporter_goes_on(text: str, word: Span, stretch: Quoted) -> bool:
    """Whether a word is the first after a quotation that ended with a sentence's end.

    British papers set the stop outside the marks of a few words: ``the ‘lost town’. It has``.
    """
    between = text[stretch.span[1] : word[0]].strip()
    if not stretch.closed or word[0] < stretch.span[1] or between not in ("", ".", "?", "!"):
        return False
    return bool(between) or text[stretch.span[1] - 2] in ".?!"


def _content(text: str, reading: Reading, segment: Segment, outer: Sequence[Quoted]) -> Content:
    start, end = reading.spans[segment.start][0], reading.spans[segment.end - 1][1]
    quoted = None
    for stretch in outer:
        overlaps = stretch.span[0] < end and start < stretch.span[1]
        span = _reach(stretch, end)
        if overlaps and _fills(text, (start, end), span):
            quoted = stretch
            start, end = _snapped(text, (start, end), span)
    return Content(trimmed(text, (start, end)), segment.start, segment.score, quoted)


def _reach(stretch: Quoted, end: int) -> Span:
    """A stretch as marks or re-opening bound it; where its end was lost, as the content does."""
    bound = stretch.closed or stretch.goes_on
    return stretch.span if bound else (stretch.span[0], min(stretch.span[1], end))


def _fills(text: str, content: Span, stretch: Span) -> bool:
    """Whether the larger part of a content and of a stretch in marks is the same words."""
    both = count_words(text, max(content[0], stretch[0]), min(content[1], stretch[1]))
    share = 0.3 if _is_utterance(text, content, stretch) else 0.7
    within = both >= 0.7 * max(count_words(text, *content), 1)
    return within and both >= share * count_words(text, *stretch)


def _is_utterance(text: str, content: Span, stretch: Span) -> bool:
    """Whether a stretch is whole sentences of which the content is the first or last ones.

    The encoder has then missed how the utterance begins or ends; what is in marks with it is said
    with it.
    """
    ends = text[stretch[1] - 2 : stretch[1]].strip("\"'”’")[-1:] in tuple(".,?!…")
    whole = ends and text[stretch[0] + 1].isupper()
    last = content[0] > stretch[0] and abs(content[1] - stretch[1]) <= 2
    first = content[1] < stretch[1] and abs(content[0] - stretch[0]) <= 1
    return whole and (first or last)


def _snapped(text: str, content: Span, stretch: Span) -> Span:
    """The content with the whole of the stretch in it, and little after it.

    Words before the opening mark stay (``said that the plan was “mad”``): what the encoder calls
    content there is content in PolNeAR too (cutting up to three of them cost 2 points of content
    and 3.5 of direct on tune). Up to three words after the closing mark are the reporter's.
    """
    start, end = min(content[0], stretch[0]), max(content[1], stretch[1])
    if not count_words(text, start, stretch[0]):
        start = stretch[0]
    if count_words(text, stretch[1], end) <= 3:
        end = stretch[1]
    return start, end
