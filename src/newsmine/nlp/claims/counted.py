"""What a figure counts: the noun phrase after it, after "of", or before the verb."""

from __future__ import annotations

import re

from newsmine.nlp.claims.after import (
    as_many,
    change_noun,
    more_noun,
    noun_after,
    object_after,
    of_phrase,
    purpose,
)
from newsmine.nlp.claims.before import (
    change_before,
    happens_every,
    in_brackets,
    lasting,
    measured,
    moved_object,
    noun_before,
    noun_of,
    own_subject,
    subject,
)
from newsmine.nlp.claims.lexicon import stops
from newsmine.nlp.claims.phrases import Phrase, is_verbal
from newsmine.nlp.claims.text import Sentence
from newsmine.nlp.numbers import Number


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
    rules = [in_brackets, of_phrase, change_noun, noun_after, noun_of]
    late = [change_before, moved_object, measured, purpose, subject, noun_before, lasting]
    if number.kind in ("multiple", "rate"):
        rules = [as_many, object_after, happens_every]
        late = [measured, own_subject, subject, noun_after]
    elif changed:
        rules = [change_noun, of_phrase, more_noun, change_before]
        if number.kind == "count":
            rules.append(noun_after)
        late = [moved_object, measured, subject, noun_of, noun_after, noun_before]
    for rule in rules:
        if found := rule(number, sentence):
            return found
    if near:
        return near
    if subject_figure(number, sentence):
        return None
    for rule in late:
        if found := rule(number, sentence):
            return found
    return None


def subject_figure(number: Number, sentence: Sentence) -> bool:
    """Whether the figure itself is the subject: `with 40% saying`, `and 17% disagreed`."""
    before = sentence.before(number.extent[0], limit=24)
    opens = re.search(
        r"(?:\A|[,;:(\"“‘–—]|(?<!\w)(?:and|but|while|with|that|when|then|though|as|where))\s*\Z",
        before,
    )
    if opens is None and number.extent[0] - sentence.start > 3:
        return False
    following = sentence.words(number.span[1], number.span[1] + 40)[:2]
    for word in following:
        kind = stops().get(word.lower)
        if kind == "adverb" or word.lower.endswith("ly"):
            continue
        return kind == "verb" or is_verbal(word.lower)
    return False
