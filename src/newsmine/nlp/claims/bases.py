"""What a change is measured against."""

from __future__ import annotations

import re

from newsmine.nlp.claims.levels import FIGURE, Change
from newsmine.nlp.claims.lexicon import patterns
from newsmine.nlp.claims.nouns import noun_phrase
from newsmine.nlp.claims.phrases import Phrase
from newsmine.nlp.claims.text import Sentence
from newsmine.nlp.numbers import Number

# `England and Wales` is no next clause.
_NEXT_CLAUSE = re.compile(r"[;\n]|(?<!\w)(?:and(?!\s[A-Z])|while|but)(?!\w)")
_WHAT = re.compile(r"\s(?:of\s)?(?P<it>what\s[^,.;:()\n]{3,60})")
_DATED = re.compile(r"\s(?:in|of)\s(?:[A-Z][a-z]+\s)?(?:1[89]|20)\d\d(?!\d)")
_AND = re.compile(r"(?:and|or|but)\s")  # `36 per cent against and 13 per cent unsure`
_AS = re.compile(r"\sas\s[\w'’-]+(?:\s[\w'’-]+){0,4}?\sas\s")


def find_base(number: Number, sentence: Sentence, change: Change | None) -> Phrase | None:
    """What a change is measured against, as printed: `the previous year`, `2011`, `$7.9bn`."""
    after = sentence.after(number.span[1], limit=160)
    if change is None:
        if number.kind not in ("percent", "ratio"):
            return None
        compared = patterns("bases")[1][0].search(after)
        wanted = compared and not _AND.match(compared["it"])
        return Phrase(compared["it"].strip(), "compared") if compared and wanted else None
    if change.base:
        return Phrase(change.base, "other-level")
    if level := _level_before(number, sentence):
        return Phrase(level, "from")
    if change.rule == "what-it-was" and (what := _WHAT.match(after)):
        return Phrase(what["it"], "what-it-was")
    if text := _likened(number, sentence, after):
        return Phrase(text, "as-or-than")
    for pattern, _status in patterns("bases"):
        match = pattern.search(after)
        if match and not _NEXT_CLAUSE.search(after[: match.start()]):
            dated = _DATED.match(after, match.end("it"))
            return Phrase(match["it"].strip() + (dated[0] if dated else ""), "against")
    return None


def _likened(number: Number, sentence: Sentence, after: str) -> str | None:
    """`as likely as boys`, `three times the county's share`."""
    if like := _AS.match(after):
        text = noun_phrase(sentence, number.span[1] + like.end(), determiner=True)
        return text or re.split(r"\s(?:to|and|but)\s|[,.;:]", after[like.end() :])[0] or None
    than = re.match(r"\s(?=the\s|\w+['’]s\s)", after)
    if than and number.kind == "multiple" and number.direction is None:
        return noun_phrase(sentence, number.span[1] + than.end(), determiner=True)
    return None


def _level_before(number: Number, sentence: Sentence) -> str | None:
    """`from 31 to 47`, `rose 8% to $8.4bn from $7.9bn`: the level it came from."""
    before = sentence.before(number.extent[0], limit=70)
    match = _FROM_IT.search(before) if "from" in before else None
    if match is None:
        match = _CAME_FROM.match(sentence.after(number.span[1], limit=60))
    return match["it"].strip() if match else None


_FROM_IT = re.compile(
    rf"(?<!\w)from\s(?P<it>(?:\w+\s){{0,2}}{FIGURE}[^,.;]{{0,30}}?)\sto\s(?:\w+\s){{0,2}}\Z"
)
_CAME_FROM = re.compile(
    rf"[^.;]{{0,30}}?\sfrom\s(?:about\s|around\s|just\s|some\s|nearly\s|almost\s)?"
    rf"(?P<it>{FIGURE}(?:\sin\s(?:\w+\s)?(?:1[89]|20)\d\d|\s(?:a|last)\s\w+(?:\s(?:ago|earlier))?)?)"
)
