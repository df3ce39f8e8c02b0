"""Sources that are too long or too short: "Mr", "The", "Mr Pell. The Tidewatch chief"."""

from __future__ import annotations

import re
from itertools import pairwise

from newsmine.nlp.speakers.entities import Entities
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.text import Layout
from newsmine.types import Attribution, Span

_STOP = re.compile(r"[.!?][\"”’']?\s+(?=[\"“‘]?[A-Z])")
_SCANT = re.compile(
    r"(?:(?:only|just|some|about|almost|nearly|around|over|under|more|less|fewer|than|at|least|"
    r"a|the|another|further|as|many|up|to|well)\s*)+",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\s*(?:[\d.,]+ ?(?:%|per ?cent\b)?|half|a (?:third|quarter|half)|two[- ]thirds|"
    r"three[- ]quarters|one in \w+)(?: \([^)]*\))?"
    r"(?: (?:of )?(?:those|the|all|[A-Z]?[a-z]+s)\b){0,3}"
)
_ASIDE = re.compile(r"(?:, [A-Z][\w.-]{0,12})?,\s+$")
_MEMBER = re.compile(r", an? (?:senior )?$")
_A_THE = re.compile(r"(?:an?|the|its|one of)\s")


def mended(span: Span, attribution: Attribution, layout: Layout, entities: Entities) -> Span:
    """The source with whole names and noun phrases, within the sentence of its cue."""
    for mend in (
        _not_only_the,
        _one_sentence,
        _whole_names,
        _role_and_name,
        _with_amount,
        _no_possessive,
        _apposed,
        _after_doing,
    ):
        span = mend(span, attribution, layout, entities)
    return span


def is_person(number: int, entities: Entities) -> bool:
    """Whether a name can mean a person."""
    return any(e.label == "PERSON" for e in entities.meant(number))


def _role_and_name(
    span: Span, attribution: Attribution, layout: Layout, entities: Entities
) -> Span:
    """As in "Respect", which is the start of "Respect MP Gemma Larch said": up to the name."""
    ahead = [start for start, _ in attribution.cue if start > span[1]]
    end = min(ahead, default=span[1])
    between = layout.text[span[1] : end]
    if not re.fullmatch(r"(?: [\w’'-]+){2,7} ", between):
        return span
    for number in entities.within((span[1], end)):
        start, stop = entities.names[number].span
        words = layout.text[span[1] : start].split()
        role = bool(words) and lexicon().role_at_end(words) == len(words)
        if stop == end - 1 and role and is_person(number, entities):
            return span[0], stop
    return span


def _not_only_the(span: Span, attribution: Attribution, layout: Layout, _: Entities) -> Span:
    """As in "The", which is the start of "The force said": the words up to the cue."""
    if layout.text[slice(*span)].lower() not in {"the", "a", "an", "its", "their"}:
        return span
    ahead = [start for start, _ in attribution.cue if start > span[1]]
    between = layout.text[span[1] : min(ahead)].rstrip() if ahead else ""
    short = between and len(between.split()) < 8 and not re.search(r"[.:;\"“”\n]", between)
    return (span[0], span[1] + len(between)) if short else span


def _one_sentence(span: Span, attribution: Attribution, layout: Layout, _: Entities) -> Span:
    """As in "Mr Pell. The Tidewatch chief": the part in the sentence of the cue."""
    text = layout.text
    first = layout.sentence(span[0])
    stops = [m for m in _STOP.finditer(text, *span) if layout.sentence(m.end()) > first]
    if not stops or not attribution.cue:
        return span
    parts = list(pairwise([span[0], *(m.end() for m in stops), span[1]]))
    here = layout.sentence(attribution.cue[0][0])
    return next((p for p in parts if layout.sentence(p[0]) == here), parts[0])


def _whole_names(span: Span, _: Attribution, layout: Layout, entities: Entities) -> Span:
    """As in "Mr", which is the start of "Mr Pell": no name is cut in two at the end."""
    start, end = span
    last = re.search(r"[\w.]+\W*$", layout.text[start:end])
    if last is None:
        return span
    at = start + last.start()
    for name in entities.names:
        if name.span[0] <= at < name.span[1] and name.span[1] > end:
            title = layout.text[at:end].strip(" .") in lexicon().titles
            if title or name.span[0] >= start:
                return start, name.span[1]
    return span


def _with_amount(span: Span, attribution: Attribution, layout: Layout, _: Entities) -> Span:
    """As in "only", which is the start of "only 40% of parents"."""
    if not _SCANT.fullmatch(layout.text[slice(*span)] + " "):
        return span
    more = _AMOUNT.match(layout.text, span[1])
    if more is None or any(s < more.end() for s, _ in attribution.cue if s >= span[1]):
        return span
    return span[0], more.end()


def _no_possessive(span: Span, _: Attribution, layout: Layout, __: Entities) -> Span:
    """As in "The minister's", before an announcement."""
    printed = layout.text[slice(*span)]
    ending = re.search(r"(?:[’']s|(?<=s)[’'])$", printed)
    owner = ending is not None and re.search(r"\w", printed[: ending.start()])
    return (span[0], span[0] + ending.start()) if ending and owner else span


def _apposed(span: Span, _: Attribution, layout: Layout, entities: Entities) -> Span:
    """As in "Gemma Larch, D-Ohio, a guest of the board, noted": the name before what she is."""
    text = layout.text
    inner = _MEMBER.search(text, max(0, span[0] - 12), span[0])  # "Gemma Larch, a | Tory"
    if inner is not None and text[slice(*span)].lower() in lexicon().parties:
        span = inner.start() + 2, span[1]
    aside = _ASIDE.search(text[max(0, span[0] - 40) : span[0]])
    if aside is None or not _A_THE.match(text, span[0]):
        return span
    end = span[0] - (aside.end() - aside.start())
    for number in entities.within((max(0, end - 60), end)):
        name = entities.names[number]
        if name.span[1] == end and not name.possessive and is_person(number, entities):
            return name.span[0], span[1]
    return span


def _after_doing(span: Span, _: Attribution, layout: Layout, entities: Entities) -> Span:
    """As in "Prosecuting, Gemma Larch said": the name after what she does."""
    if not re.fullmatch(r"[A-Z][a-z]+ing", layout.text[slice(*span)]):
        return span
    after = [entities.names[i].span for i in entities.within((span[1], span[1] + 60))]
    beside = [s for s in after if layout.text[span[1] : s[0]] == ", "]
    return beside[0] if beside else span
