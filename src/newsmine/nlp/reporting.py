"""A reporter's clause beside a quotation that the encoder linked to no cue: ``“We know,” he said``.

The encoder misses a clause now and then, most of all in a scan (``“We know,” he sald``,
``Roesaid``, ``sa id``). Straight after a quotation, or before it with a colon or comma, a pronoun
or a name beside a verb of saying can be nothing else, so a verb may be misread there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
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
_FROM = re.compile(
    rf"\b(?P<verb>[Ff]rom) (?P<who>(?:{_NAME}|(?:an?|the|one|its|his|her|their) [\w’'-]+)"
    r"(?: (?:of|for|at|from) [^.?!,:;\n“”\"]{2,40})?)(?:, an? [a-z]+)?:\s*\Z"
)
_FAR, _SHORTEST = 80, 2
_UNSEEN = -0.3
"""The score of a content, cue or source that the encoder did not see."""
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
    """The sentence of a name and a verb that a quotation follows: ``Roe added: “…”``.

    Or from whom it comes: ``And from the mayor, a plea: “…”``.
    """
    if text[:start].rstrip()[-1:] not in tuple(":;,."):
        return None
    near = max(0, start - _FAR)
    matches = (pattern.search(text, near, start) for pattern in _BEFORE)
    clause = next((clause for match in matches if match and (clause := _clause(match))), None)
    of = _FROM.search(text, near, start)
    return Clause(of.span("who"), of.span("verb")) if of and not clause else clause


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
    """Give quotations without a cue, or with one that has no source, the clause beside them.

    All in place.

    Args:
        found: What was found; cues and sources of clauses are added behind the others.
        sources: The source of each cue; those of new cues are added.
    """
    for content in [*found.contents, *_unseen(found)]:
        if content.quoted is None:
            continue
        nameless = content.cue is not None and sources[content.cue][0] is None
        clause = (_beside if nameless else _clause_of)(found, content)
        if clause is None:
            continue
        if not nameless:
            content.cue, content.link = _numbered(found, clause.cue, "CUE"), _CERTAIN
            sources += [(None, _CERTAIN)] * (content.cue + 1 - len(sources))
            if content not in found.contents:
                found.contents.append(content)
        if content.cue is not None and sources[content.cue][0] is None:
            sources[content.cue] = _numbered(found, clause.source, "SOURCE"), _CERTAIN


def _beside(found: Found, content: Content) -> Clause | None:
    start, end = content.span
    return clause_after(found.text, end) or clause_before(found.text, start)


def _unseen(found: Found) -> Iterator[Content]:
    """Quotations in which the encoder saw no content, outside headlines."""
    spans = found.reading.spans
    for quoted in found.outer:
        first = bisect_right(spans, quoted.span[0], key=lambda s: s[1])
        body = first < len(spans) and not found.section[first]
        if body and not any(_overlap(c.span, quoted.span) for c in found.contents):
            yield Content(quoted.span, first, _UNSEEN, quoted)


def _clause_of(found: Found, content: Content) -> Clause | None:
    """The clause beside a quotation that has no cue, or whose cue is not the damaged one there."""
    if content.cue is None:
        return _beside(found, content)
    after = clause_after(found.text, content.span[1])
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


def _numbered(found: Found, span: Span, label: str) -> int:
    """The number of the cue or source there; a new one where there is none."""
    segments = found.cues if label == "CUE" else found.sources
    for i, segment in enumerate(segments):
        if _overlap(found.chars(segment), span):
            return i
    spans = found.reading.spans
    first = bisect_right(spans, span[0], key=lambda s: s[1])
    last = bisect_left(spans, span[1], key=lambda s: s[0])
    segments.append(Segment(first, max(last, first + 1), label, _UNSEEN))
    return len(segments) - 1
