"""Which words name the speaker of an attribution, where the span that was found is not enough.

A tagger's source can stop in the middle of a name ("Mr"), run over a stop, be no more than "which",
or be missing though the words beside the cue say it ("says minister"). Each case is one function.
"""

from __future__ import annotations

import re
from functools import cache

from newsmine.nlp.speakers.entities import Entities
from newsmine.nlp.speakers.lexicon import data, lexicon
from newsmine.nlp.speakers.mended import is_person, mended
from newsmine.nlp.speakers.text import Layout
from newsmine.types import Attribution, Span

RELATIVES = frozenset({"who", "which", "that", "whom"})
_OWNED_NOUN = re.compile(r"(?:[’']s|(?<=s)[’'])\s+(?:[a-z-]+ )?((?!that\b)[a-z]+)( that)?\s*$")
_AUXILIARY = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|today|yesterday|now|already|repeatedly|once|will|would|"
    r"could|may|might|must|never|again|\w+ly))*\s*$"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|get|gets)\b(?:\s\w+)?\s*$")
# "Nets are torn, a harbour study found"
_BEHIND = re.compile(
    r"[\"”’']?,?[\"”’']? ((?:[Tt]he|[Aa]n?|[Oo]ne|[Ii]ts) (?:[\w’'&-]+ ){0,4}[a-z-]+)"
)
_SHORT = re.compile(r"[\w’'&-]+(?: [\w’'&-]+){1,7}")
_LABEL = re.compile(r"(?:^|\n)[ \t]*([A-Z][^\n:.!?“”\"‘]{1,70}):[ \t]*\n?[ \t]*$")
_EDGES = (";", ":", "“", "”", '"', "''")
_PLAIN = re.compile(r"[\w’'-]+")
_OWNS = frozenset({"of", "by", "from", "for"})
_BESIDE = 60  # characters from a person's name to "who", what is told of them between
_HELD = frozenset({"of", "for", "at", "in", "from", "with", "on"})
_AFTER_CUE = re.compile(r"\s+((?:the |an? |its )?(?:[\w’'-]+ ){0,3}?[\w’'-]+)\s*(?=[,.;:\n]|$)")
_SUBJECT_END = re.compile(r"\bby ((?:the |an? )?[^,;:.]{2,80}?)(?:,| that)?\s*$")


def source_span(attribution: Attribution, layout: Layout, entities: Entities) -> Span | None:
    """The stretch that names the speaker, or None where nothing near the cue does.

    Args:
        attribution: As found; its own source is the start of all but a transcript's label.
        layout: The text with its sentences.
        entities: The names, so that none is cut in two.

    Returns:
        Characters of the text, end exclusive, with at least one word.
    """
    label = transcript_label(attribution, layout.text, entities)
    if label is not None:
        return label
    owner = _noun_owner(attribution, layout, entities)
    if owner is not None:
        return owner
    found = next((s for s in attribution.source if _worded(layout.text, s)), None)
    if found is None:
        return _beside_cue(attribution, layout, entities)
    found = mended(found, attribution, layout, entities)
    return antecedent(found, layout, entities) or found


def _worded(text: str, span: Span) -> bool:
    return bool(re.search(r"\w", text[slice(*span)]))


# --- transcripts -----------------------------------------------------------------------------


def transcript_label(attribution: Attribution, text: str, entities: Entities) -> Span | None:
    """As in "Pell: Nobody came." where a line starts with who speaks: that decides.

    Only a name may stand before the colon, perhaps with a post: a person's, or one that starts
    several lines. "The minister said: ..." has a cue of its own.
    """
    start = attribution.content[0][0] if attribution.content else 0
    floor = max(0, start - 90)
    match = _LABEL.search(text[floor:start])
    verbs = [c for c in attribution.cue if _worded(text, c)]  # the colon can be the cue
    if match is None or any(floor + match.start(1) <= s < start for s, _ in verbs):
        return None
    name = re.split(r"[,(]", match[1])[0].rstrip()
    span = floor + match.start(1), floor + match.start(1) + len(name)
    if not all(w[0].isupper() for w in name.split()) or len(name) < 2:
        return None
    again = re.findall(rf"^[ \t]*{re.escape(name)}[^\n:]{{0,40}}:", text, re.MULTILINE)
    known = any(is_person(i, entities) for i in entities.within(span))
    return span if known or len(again) > 1 else None


# --- nouns of speech ------------------------------------------------------------------------------


def _noun_owner(attribution: Attribution, layout: Layout, entities: Entities) -> Span | None:
    """As in "He rejected Mr Pell's claim that": what follows is Pell's, whoever rejects it."""
    if not attribution.content:
        return None
    start, text = attribution.content[0][0], layout.text
    floor = layout.sentence_span(start)[0]
    match = _OWNED_NOUN.search(text[floor:start])
    if match is None or match[1] not in lexicon().said_by:
        return None
    if match[2] is None and not text.startswith("that ", start):
        return None
    end = floor + match.start()
    phrase = _phrase_start(text, floor, end, entities, personal=False), end
    return phrase if _worded(text, phrase) else None


# --- relative clauses ---------------------------------------------------------------------------


def antecedent(span: Span, layout: Layout, entities: Entities) -> Span | None:
    """As in "a report by the Tide Council which found": the noun phrase before "which".

    Returns:
        None where the span is no relative pronoun, or nothing stands before it.
    """
    text = layout.text
    if text[slice(*span)].strip().lower() not in RELATIVES:
        return None
    floor = layout.sentence_span(span[0])[0]
    end = floor + len(text[floor : span[0]].rstrip(" ,–—-"))
    floor = max(floor, *(text.rfind(mark, floor, end) + 1 for mark in _EDGES))
    personal = text[slice(*span)].strip().lower().startswith("who")
    phrase = _phrase_start(text, floor, end, entities, personal=personal), end
    return phrase if _worded(text, phrase) else None


def _phrase_start(text: str, floor: int, end: int, entities: Entities, *, personal: bool) -> int:
    """Where the noun phrase that ends at ``end`` starts.

    What "who" tells of is no place or organisation: the phrase goes back to the person ("the
    director of nets at the Tide Council, who"). "Which" goes back to a document ("the report of
    the Tide Council, which").
    """
    inside = entities.within((floor, end))
    named = [entities.names[i].span for i in inside]
    last = max((entities.names[i].span[0] for i in inside if is_person(i, entities)), default=-1)
    words = [m for m in _PLAIN.finditer(text, floor, end) if not _covered(m.start(), named)]
    if personal and last >= 0 and end - last < _BESIDE:
        return last
    determiners, bounds = _small_words()
    for index in range(len(words) - 1, -1, -1):
        word, prior = words[index].group().lower(), words[:index]
        at = words[index].start() if word in determiners else words[index].end()
        if word in determiners and prior:
            word, prior = prior[-1].group().lower(), prior[:-1]
        elif word not in bounds:
            continue
        if personal:
            passed = word in _HELD and last < at
        else:  # "rhetoric on immigration that": nobody, so what it belongs to
            nobody = not _tells(text[at:end]) and not any(at <= s for s, _ in named)
            passed = (word in _OWNS and _document(prior)) or (word in _HELD and nobody)
        if not passed:
            return at + len(text[at:end]) - len(text[at:end].lstrip(" ,"))
    return floor + len(text[floor:end]) - len(text[floor:end].lstrip(" ,"))


def _covered(position: int, spans: list[Span]) -> bool:
    return any(start <= position < end for start, end in spans)


def _tells(stretch: str) -> bool:
    """Whether a noun phrase ends in a noun for somebody or for a document."""
    words = _PLAIN.findall(stretch.lower())
    lex = lexicon()
    return words[-1:] != [] and (words[-1] in lex.common or lex.role_at_end(words) > 0)


def _document(words: list[re.Match[str]]) -> bool:
    return bool(words) and words[-1].group().lower() in lexicon().documents


@cache
def _small_words() -> tuple[frozenset[str], frozenset[str]]:
    """Determiners, and words that no noun phrase goes back over; read once."""
    grammar = data("grammar")
    return frozenset(grammar["determiners"]["words"]), frozenset(grammar["bounds"]["words"])


# --- no span at all -------------------------------------------------------------------------------


def _beside_cue(attribution: Attribution, layout: Layout, entities: Entities) -> Span | None:
    """As in the headline "..., says minister" and in "raised by doctors that"."""
    if not attribution.cue or not attribution.content:
        return None
    return (
        _after_cue(attribution, layout)
        or _agent(attribution, layout)
        or _before_cue(attribution, layout, entities)
    )


def _before_cue(attribution: Attribution, layout: Layout, entities: Entities) -> Span | None:
    """As in "The nets are torn, harbour minister Gemma Larch has warned": a name before it."""
    cue, text = attribution.cue[0][0], layout.text
    floor = layout.sentence_span(cue)[0]
    if _PASSIVE.search(text, floor, cue):
        return None
    floor = max([floor, *(e for _, e in attribution.content if e <= cue)])
    auxiliary = _AUXILIARY.search(text, floor, cue)
    end = auxiliary.start() if auxiliary else cue
    ends = [i for i in entities.within((floor, end)) if entities.names[i].span[1] == end]
    if ends and not entities.names[ends[-1]].possessive:
        personal = is_person(ends[-1], entities)
        return _phrase_start(text, floor, end, entities, personal=personal), end
    said = text[slice(*attribution.cue[0])]
    finite = not re.match(r"\w+ing\b", said)
    told = re.match(r"(?:is|are|was|were|been|being|has been|had been|heard?s?)\b", said)
    behind = _BEHIND.fullmatch(text, floor, end) if finite else None
    if behind and not told and _tells(behind[1]):
        return behind.span(1)
    opens = finite and floor == layout.sentence_span(cue)[0]
    whole = _SHORT.fullmatch(text, floor, end) if opens else None
    return (floor, end) if whole and _is_noun_phrase(whole.group()) else None


def _is_noun_phrase(stretch: str) -> bool:
    """As in "Calls to the Hollow helpline": what a sentence starts with, right before its verb."""
    first = stretch.split()[0].lower()
    lex = lexicon()
    opens = first in _small_words()[0] or not (
        first in _small_words()[1] or first.title() in lex.not_names
    )
    return opens and not re.search(r"(?:ing|ly)$", first)


def _after_cue(attribution: Attribution, layout: Layout) -> Span | None:
    """A short noun phrase between the cue and the end of the clause, or at the content's start."""
    end = attribution.cue[0][1]
    match = _AFTER_CUE.match(layout.text, end)
    if match is None:
        return None
    start, stop = match.span(1)
    inside = [s for s, e in attribution.content if s < stop and start < e]
    whole = any((s, e) == (start, stop) for s, e in attribution.content)
    # "argues the report, ..." and "..., says minister" where the noun is taken for content
    swallowed = inside == [start] and (whole or layout.text.startswith(",", stop))
    if not swallowed and (inside or attribution.content[0][0] > end):
        return None
    words = [w.lower() for w in re.findall(r"[\w’'-]+", match[1])]
    lex = lexicon()
    known = words[-1] in lex.common or lex.role_at_end(words) or words[-1] in lex.titles
    printed = match[1].split()
    called = len(printed) > 1 and printed[-1][0].isupper() and words[-2] in lex.nominals
    return match.span(1) if known or called or match[1][:1].isupper() else None


def _agent(attribution: Attribution, layout: Layout) -> Span | None:
    """Who a passive says raised, made or asked for it: "by <somebody>" right before."""
    cue, content = attribution.cue[0], attribution.content[0]
    starts = (cue[0], content[0])
    for start in starts:
        floor = layout.sentence_span(start)[0]
        match = _SUBJECT_END.search(layout.text[floor:start])
        if match and not re.match(r"\w+ing\b", match[1]):
            return floor + match.start(1), floor + match.end(1)
    return None
