"""Who a sentence is about, where no name says it: "The minister left.", "One mother, who", "She".

Pronouns and noun phrases at the start of narrative sentences keep somebody in the reader's mind as
names do; without them "he" goes to whoever was named last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsmine.nlp.speakers.entities import Entities
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.salience import Stage
from newsmine.types import Span

_LEAD = (
    r"[\"“‘'\s]*(?:(?:But|And|Yet|Now|Then|Later|However|Meanwhile|Instead|Still|Also|Earlier|Yesterday"
    r"|Last (?:week|month|year|night)|Afterwards|Despite this|In response|In addition),? )?"
)
_PRONOUN = re.compile(rf"{_LEAD}(he|she|it|they|his|her|its|their)\b(?![’'])", re.IGNORECASE)
_PHRASE = re.compile(
    rf"{_LEAD}((?:the|an?|one|another|that|this|its|their) (?:[\w’'-]+ ){{0,5}}?([\w-]+))"
    r"(?=,? (?:who|which|whose|of|for|from|in|at|with|by|on|has|had|have|was|is|were|are|will|"
    r"would|could|can|also|then|later|did|does|left|met|won|lost|sat|put|led|felt|kept|began|ran|"
    r"wrote|rose|fell|gave|shook|broke|spoke|chose|wore|got|hit|cut|let|saw|"
    r"(?-i:[a-z])+(?:ed|es|s|ught|ade|ook|ent|aid|old|ame|ew|ang)\b)|, (?-i:[a-z]))",
    re.IGNORECASE,
)


_PLURAL = re.compile(
    rf"{_LEAD}((?-i:[A-Z])[\w’'-]*(?: (?-i:[a-z])[\w’'-]*){{0,4}}?)"
    r"(?= (?:who|have|had|were|are|will|would|could|can|also|of|from|in|at|on|and|said|say)\b)",
    re.IGNORECASE,
)


def subjects(stage: Stage, entities: Entities, sources: Iterable[Span]) -> list[Span]:
    """The pronouns and unnamed noun phrases that narrative sentences start with, in order.

    Args:
        stage: Sentences inside direct quotations are left out.
        entities: A phrase with a name right after it is that name's.
        sources: Spans that are resolved as sources anyway.
    """
    taken = sorted(sources)
    found = (_subject(stage, entities, start) for start in stage.narrative)
    return [
        span
        for span in found
        if span and not stage.in_quote(span[0]) and not any(_touch(span, s) for s in taken)
    ]


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _subject(stage: Stage, entities: Entities, start: int) -> Span | None:
    text, lex = stage.layout.text, lexicon()
    pronoun = _PRONOUN.match(text, start)
    if pronoun is not None:
        return pronoun.span(1)
    match = _PHRASE.match(text, start)
    if match is None:
        return _plural(stage, entities, start)
    if "\n\n" in match.group():
        return None
    head, span = match[2].lower(), match.span(1)
    known = head in lex.common or lex.role_at_end([head])
    named = any(entities.names[i].span[1] >= span[1] for i in entities.within(span))
    return span if known and not named else None


def _plural(stage: Stage, entities: Entities, start: int) -> Span | None:
    """As in "Parents were" and "Senior officials have": people at large."""
    match = _PLURAL.match(stage.layout.text, start)
    if match is None or entities.within(match.span(1)):
        return None
    return match.span(1) if match[1].split()[-1].lower() in lexicon().groups else None
