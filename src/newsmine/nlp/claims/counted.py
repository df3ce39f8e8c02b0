"""What a figure counts: the noun phrase after it, after "of", or before the verb."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsmine.nlp.claims.after import (
    as_many,
    change_noun,
    inside_ratio,
    listed_noun,
    more_noun,
    noun_after,
    object_after,
    of_phrase,
    of_whom,
    purpose,
)
from newsmine.nlp.claims.before import (
    change_before,
    happens_every,
    in_brackets,
    in_commas,
    measured,
    moved_object,
    noun_at,
    noun_before,
    noun_beside,
    noun_of,
)
from newsmine.nlp.claims.lexicon import stops
from newsmine.nlp.claims.phrases import Phrase, is_adverb, is_verbal
from newsmine.nlp.claims.predicates import behind, elided_predicate, infinitive, own_predicate
from newsmine.nlp.claims.subjects import (
    clause_before,
    lasting,
    measuring_subject,
    own_subject,
    subject,
)
from newsmine.nlp.claims.text import Sentence
from newsmine.nlp.numbers import Number

Rule = Callable[[Number, Sentence], Phrase | None]
_Rules = tuple[Rule, ...]


def counted_by(
    number: Number, sentence: Sentence, *, changed: bool, near: Phrase | None = None
) -> Phrase | None:
    """The noun phrase that a figure counts, or None.

    Args:
        number: The figure.
        sentence: The sentence that holds it.
        changed: Whether the figure says how something changed, so that its subject comes first.
        near: What the figure right before counts, where only a connector parts the two
            (`rose 8% to $8.4bn`); used unless the figure has a noun of its own.
    """
    early, late = _rules(number, changed=changed)
    if found := _first(early, number, sentence):
        return found
    if near:
        return near
    if subject_figure(number, sentence):
        return own_predicate(number, sentence)
    return _first(late, number, sentence)


def _rules(number: Number, *, changed: bool) -> tuple[_Rules, _Rules]:
    """The rules that need no other figure, and those for figures that share no noun."""
    if number.kind in ("multiple", "rate"):
        return _OF_FACTORS
    if changed:
        return _OF_CHANGED_COUNTS if number.kind == "count" else _OF_CHANGES
    return _OF_LEVELS


_OF_FACTORS: tuple[_Rules, _Rules] = (
    (of_whom, of_phrase, as_many, object_after, happens_every),
    (noun_beside, measured, own_subject, subject, noun_after),
)
_OF_CHANGES: tuple[_Rules, _Rules] = (
    (change_noun, of_phrase, more_noun, change_before),
    (moved_object, measured, noun_at, subject, noun_of, noun_after, noun_before, purpose),
)
_OF_CHANGED_COUNTS = ((*_OF_CHANGES[0], noun_after), _OF_CHANGES[1])
_OF_LEVELS: tuple[_Rules, _Rules] = (
    (in_brackets, inside_ratio, in_commas, of_whom, of_phrase, change_noun, noun_after,
     listed_noun, noun_of),
    (noun_beside, change_before, moved_object, measured, purpose, noun_at, measuring_subject,
     infinitive, subject, noun_before, lasting, elided_predicate),
)  # fmt: skip


def _first(rules: _Rules, number: Number, sentence: Sentence) -> Phrase | None:
    for rule in rules:
        if found := rule(number, sentence):
            return found
    return None


def clause(number: Number, sentence: Sentence) -> Phrase | None:
    """`Labour lead by 39%`: where nothing is counted by a noun, the clause that the figure ends."""
    return None if number.kind == "rank" else clause_before(number, sentence)


def has_pronoun(number: Number, sentence: Sentence) -> bool:
    """Whether a pronoun stands for what is counted: `It was 46`, `they now number 40`."""
    before = sentence.before(number.extent[0], limit=40)
    return bool(_PRONOUN.search(before))


_PRONOUN = re.compile(
    r"(?<!\w)(?:it|they|that|this|those|these)(?:['’](?:s|re))?\s?(?:\w+\s){0,3}\Z", re.IGNORECASE
)


_OPENS = re.compile(
    r"(?:\A|[,;:(\"“‘–—]|\s-\s|(?<!\w)(?:and|but|while|with|that|when|then|though|as|where))\s*\Z"
)


def subject_figure(number: Number, sentence: Sentence) -> bool:
    """Whether the figure itself is the subject: `with 40% saying`, `and 17% disagreed`."""
    before = sentence.before(number.extent[0], limit=24)
    opens = _OPENS.search(before)
    if opens is None and number.extent[0] - sentence.start > 3:
        return False
    after = behind(number, sentence)
    following = sentence.words(after, after + 40)[:2]
    for word in following:
        kind = stops().get(word.lower)
        if kind == "adverb" or is_adverb(word.lower):
            continue
        return kind == "verb" or is_verbal(word.lower)
    return False
