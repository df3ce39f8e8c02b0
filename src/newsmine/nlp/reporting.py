"""A reporter's clause beside a quotation that the encoder linked to no cue: ``“We know,” he said``.

The encoder misses a clause now and then, most of all in a scan (``“We know,” he sald``,
``Roesaid``, ``sa id``). Straight after a quotation, or before it with a colon or comma, a pronoun
or a name beside a verb of saying can be nothing else, so a verb may be misread there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from newsmine.nlp.contents import Content
from newsmine.nlp.decoding import Segment
from newsmine.nlp.linking import Found, Link
from newsmine.nlp.quotation_marks import reporting_verbs
from newsmine.nlp.speakers.misread import origins
from newsmine.types import Span

_CERTAIN = 0.6
_GLUED = ("said", "says", "told", "added", "asked")
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.? )?"
_NAME = rf"{_TITLE}[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+){{0,3}}"
_WHO = rf"(?P<who>(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e)\b|{_NAME})"
_VERB = r"(?P<verb>[^\W_]+(?: [^\W_]{1,3})?)"
_AFTER = (
    re.compile(rf"\s*{_WHO} (?:also |later |then )?{_VERB}\b"),
    re.compile(rf"\s*(?P<verb>[^\W_]+) {_WHO}\b"),
)
_AFTER_GLUED = re.compile(rf"\s*(?P<who>\w+?)(?P<verb>{'|'.join(_GLUED)})\b")
_NOUN = r"(?:An?|The|One|Its|His|Her|Their) [^.?!,:;\n“”\"]{3,60}?"
_BEFORE = (
    re.compile(rf"(?:\A|[.?!”\"’'\n]\s*|, ){_WHO} (?:also |later |then )?{_VERB}:\s*\Z"),
    re.compile(rf"(?:\A|[.?!”\"’'\n]\s*)(?P<who>{_NOUN}) (?P<verb>[^\W_]+):\s*\Z"),
    re.compile(rf"(?:\A|[.?!\n]\s*){_WHO} {_VERB}[;,.] ?\Z"),
)
_FAR, _SHORTEST = 80, 2
_DIGITS = (str.maketrans("10", "io"), str.maketrans("10", "lo"))
_STOPS = tuple(",;.?!")


@dataclass(frozen=True, slots=True)
class Clause:
    """Who says so, and the verb."""

    source: Span
    cue: Span


def clause_after(text: str, end: int) -> Clause | None:
    """The clause straight after a quotation that ends there as one does before a clause."""
    if text[:end].rstrip("\"'“”„«»‘’")[-1:] not in _STOPS:
        return None
    line = text.find("\n", end)
    stop = min(end + _FAR, line if line >= 0 else len(text))
    for pattern in (*_AFTER, _AFTER_GLUED):
        match = pattern.match(text, end, stop)
        clause = _clause(match) if match else None
        if clause is not None:
            return clause
    return None


def clause_before(text: str, start: int) -> Clause | None:
    """The sentence of a name and a verb that a quotation follows: ``Roe added: “…”``."""
    if text[:start].rstrip()[-1:] not in tuple(":;,."):
        return None
    near = max(0, start - _FAR)
    matches = (pattern.search(text, near, start) for pattern in _BEFORE)
    return next((clause for match in matches if match and (clause := _clause(match))), None)


def _clause(match: re.Match[str]) -> Clause | None:
    verb = match["verb"]
    if is_saying(verb):
        return Clause(match.span("who"), match.span("verb"))
    first = verb.split()[0]
    if first != verb and is_saying(first):
        start = match.start("verb")
        return Clause(match.span("who"), (start, start + len(first)))
    return None


def is_saying(word: str) -> bool:
    """Whether a word is a verb of a reporter's clause, or one misread: ``sald``, ``sa id``."""
    whole, verbs = word.replace(" ", "").lower(), reporting_verbs()
    letters = {whole.translate(table) for table in _DIGITS}
    return not verbs.isdisjoint(letters) or any(
        len(form) > _SHORTEST and origins(form, verbs) for form in letters
    )


def add_clauses(found: Found, sources: list[Link]) -> None:
    """Give quotations without a cue the clause beside them, in place.

    Args:
        found: What was found; cues and sources of clauses are added behind the others.
        sources: The source of each cue; those of new cues are added.
    """
    for content in found.contents:
        clause = _clause_of(found, content) if content.quoted else None
        if clause is not None:
            content.cue = _numbered(found, clause.cue, found.cues, "CUE")
            content.link = _CERTAIN
            who = _numbered(found, clause.source, found.sources, "SOURCE")
            if content.cue == len(sources):
                sources.append((who, _CERTAIN))
            elif sources[content.cue][0] is None:
                sources[content.cue] = who, _CERTAIN


def _clause_of(found: Found, content: Content) -> Clause | None:
    """The clause beside a quotation that has no cue, or whose cue is not the damaged one there."""
    after = clause_after(found.text, content.span[1])
    if content.cue is None:
        return after or clause_before(found.text, content.span[0])
    if after is None or _is_whole(found.text, after.cue):
        return None
    seen = any(_overlap(found.chars(cue), after.cue) for cue in found.cues)
    return None if seen else after


def _is_whole(text: str, cue: Span) -> bool:
    """Whether a verb is printed as such, not misread or grown into the name before it."""
    start, end = cue
    return text[start:end].lower() in reporting_verbs() and not text[start - 1].isalnum()


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _numbered(found: Found, span: Span, segments: list[Segment], label: str) -> int:
    """The number of the segment there; a new one where there is none."""
    for i, segment in enumerate(segments):
        if _overlap(found.chars(segment), span):
            return i
    spans = found.reading.spans
    first = bisect_right(spans, span[0], key=lambda s: s[1])
    last = bisect_left(spans, span[1], key=lambda s: s[0])
    segments.append(Segment(first, max(last, first + 1), label, -0.5))
    return len(segments) - 1
