"""Quotations with their speaker's name under them, as in vox pops and rounds of quotes.

``“It is a good idea.” — Jo Roe, grocer``, the name behind a dash in the same paragraph, on the
next line or in the next paragraph; without a dash where a person is named (``“Never.” Jo Roe,
42``). The page itself says who speaks: the encoder, which saw few such, gives a quotation to the
name above it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from newsmine.nlp.ordering import in_order
from newsmine.nlp.quotation_marks import Quotations, Quoted, reporting_verbs
from newsmine.nlp.words import paragraphs, trimmed
from newsmine.types import Attribution, Span, Zone

REASON = "signed with a name"

READ = ("lead", "body", "pull_quote")
"""Zones: a quotation that a layout takes for a pull quote is one only if the body has its words."""

_CERTAIN = 0.95
_PART = r"[^\W\d_a-z][\w’'-]*\.?"
_NAME = rf"{_PART}(?:[ \t]+(?:{_PART}|de|van|von|der|of))*"
_POST = r"(?:,[^\n“”\"]{2,90}?|[ \t]*\(@?[^()\n]{1,60}\)[^\n“”\"]{0,40}?)"
_NUMBER = r"(?:\d{1,3}[.)]|[•*●▪·])"
_BEHIND_DASH = re.compile(
    rf"\s*(?P<dash>[—–―−]|--?)[ \t]*(?P<name>{_NAME})(?P<post>{_POST})?\.?"
    rf"(?:\s*\Z|\s+(?:{_NUMBER}\s*)?(?=[“‘\"'«]))"
)
_BARE = re.compile(rf"\s*\(?(?P<name>{_PART} {_NAME})(?P<post>{_POST})?[.)]*\s*\Z")
_ALONE = re.compile(rf"(?:^|[.:?!…][”’\"']?\s)\s*(?:{_NUMBER}\s*)?\Z")
_NEAR = 8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature names, its dash, and what is said above it."""

    content: tuple[Span, ...]
    name: Span
    dash: Span | None


def find_signed(
    text: str, *, quotations: Quotations, zones: Sequence[Zone], people: Sequence[Span] = ()
) -> tuple[Signed, ...]:
    """The signed quotations of lead, body and pull quotes, in order.

    A quotation has to begin its paragraph or follow a sentence's end or another signature; where
    paragraphs go on it, those opened again before belong to it.

    Args:
        text: The clean text.
        quotations: How its marks pair.
        zones: Its zones.
        people: Where people are named; a name without a dash has to be one of them.
    """
    outer = [q for q in quotations.quoted if q.depth == 0]
    body = [zone.span for zone in zones if zone.kind in READ]
    parts = [(a + s, a + e) for a, b in body for s, e in paragraphs(text[a:b])]
    named = {span[0] for span in people}
    return tuple(_signed(text, outer, parts, named))


def _signed(
    text: str, outer: Sequence[Quoted], parts: Sequence[Span], named: set[int]
) -> Iterator[Signed]:
    starts = [start for start, _ in parts]
    done = 0
    for i, quoted in enumerate(outer):
        at = bisect_right(starts, quoted.span[0]) - 1
        if at < 0 or not quoted.closed or quoted.span[1] > parts[at][1]:
            continue
        before = text[max(done, starts[at]) : quoted.span[0]]
        if _ALONE.search(before[-_NEAR:]):
            match = _signature(text, quoted.span[1], parts[at : at + 2], named)
            if match is not None:
                done = match.end()
                yield Signed(tuple(_chain(outer, i)), *_roles(text, match))


def _signature(text: str, end: int, parts: Sequence[Span], named: set[int]) -> re.Match[str] | None:
    """The signature in the rest of a quotation's paragraph, or that is the next paragraph."""
    if end < parts[0][1]:
        rest = end, parts[0][1]
        match = _BEHIND_DASH.match(text, *rest) or _bare(text, rest, named)
    else:
        match = _BEHIND_DASH.match(text, *parts[1]) if len(parts) > 1 else None
    return match if match and _is_signature(match) else None


def _roles(text: str, match: re.Match[str]) -> tuple[Span, Span | None]:
    """Where the name and what is said of it stand, and the dash."""
    end = match.end("post") if match["post"] else match.end("name")
    dash = match.span("dash") if "dash" in match.groupdict() else None
    return trimmed(text, (match.start("name"), end)), dash


def _bare(text: str, rest: Span, named: set[int]) -> re.Match[str] | None:
    """A person's name after whole sentences, nothing but it in the rest of the paragraph."""
    match = _BARE.match(text, *rest)
    whole = text[rest[0] - 2] in ".?!…"
    return match if match and whole and match.start("name") in named else None


def _is_signature(match: re.Match[str]) -> bool:
    """``— Jo Roe, who said so for years`` is a clause of the reporter's, ``— Reuters`` a credit."""
    if not reporting_verbs().isdisjoint(_WORD.findall((match["post"] or "").lower())):
        return False
    return not any(re.match(rf"{re.escape(no)}\b", match["name"]) for no in _no_names())


@cache
def _no_names() -> tuple[str, ...]:
    data = resources.files("newsmine.data").joinpath("signed.toml").read_text("utf-8")
    return tuple(name for group in tomllib.loads(data).values() for name in group["words"])


def _chain(outer: Sequence[Quoted], i: int) -> Iterator[Span]:
    """The quotation and the paragraphs before that it goes on."""
    first = i
    while first and outer[first].continues:
        first -= 1
    for quoted in outer[first : i + 1]:
        yield quoted.span


def with_signed(
    text: str, attributions: Sequence[Attribution], signed: Sequence[Signed]
) -> tuple[Attribution, ...]:
    """The attributions with the signed quotations as direct ones, in order, numbered anew.

    What was found of their words goes; other words of the same row stay with it.
    """
    if not signed:
        return tuple(attributions)
    spans = [span for s in signed for span in s.content]
    signatures = [(s.dash or s.name)[0] for s in signed]
    kept = [
        replace(a, content=rest)
        for a in attributions
        if (rest := tuple(c for c in a.content if not any(_touch(c, span) for span in spans)))
        and not any(s in signatures for s, _ in a.cue)
    ]
    return in_order([*kept, *map(_attribution, signed)])


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _attribution(signed: Signed) -> Attribution:
    cue = (signed.dash,) if signed.dash else ()
    return Attribution(
        "",
        "direct",
        signed.content,
        (signed.name,),
        cue,
        confidence=_CERTAIN,
        reasons=(REASON,),
    )
