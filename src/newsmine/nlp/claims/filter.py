"""Which figures are claims: incidental cardinals and periods that qualify others are not."""

from __future__ import annotations

import re

from newsmine.nlp.claims.text import Sentence
from newsmine.nlp.numbers import Number

# "the two men", "all three acts", "their five children": already known, so nothing is claimed.
_KNOWN = re.compile(
    r"(?<!\w)(?:the|these|those|both|all|his|her|their|our|my|your|its|any|either|every|which|what|"
    r"other|same|top|past|first|last|next|previous|latest|including|remaining|between|of\sthe|one\sor|"
    r"no|\w+['’]s?)\s(?:[a-z]{3,12}\s)?\Z",
    re.IGNORECASE,
)
_QUALIFIES_BEFORE = re.compile(
    r"(?<!\w)(?:last|past|next|first|previous|coming|final|following|recent|preceding|latest|these|"
    r"those|every\sother|within|in|after|over|during|since|by|until|before|the|only\sin|last\sfew|"
    r"another|than|opening|closing|early|every|to\swithin|as\slong\sas|throughout|across|into|same|"
    r"some\s\w+\sin|at|all)\s\Z",
    re.IGNORECASE,
)
_QUALIFIES_AFTER = re.compile(
    r"['’]?\s(?:ago|later|earlier|after|before|old|since|hence|on|away|running|previously|apart|up\sto|"
    r"to\s(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"end|the\send)|from\snow|from\s[A-Z]|end(?:ed|ing)|beforehand|into|in\s(?:a\srow|advance))(?!\w)",
)
_TAKES = re.compile(
    r"(?<!\w)(?:takes?|took|taken|taking|lasts?|lasted|lasting|requires?|required|needs?|spends?|"
    r"spent|spending|for|give|gives|gave|given|get|gets|served|serve|face|faces|wait|waits|waited)"
    r"\s(?:\w+\s){0,2}\Z",
    re.IGNORECASE,
)
_NOUNLESS = re.compile(
    r"\s?[.,;:!?)\"”’]|\s(?:in|on|at|by|from|to|with|for|or|when|but|the|a|as|before|after|since)(?!\w)|\s?\Z"
)
_PRONOUN_ONE = frozenset(("one", "a", "1", "zero", "nought", "0", "no"))


def is_claim(number: Number, sentence: Sentence) -> bool:
    """Whether a figure claims something, going by its kind and the words around it."""
    if not number.is_quantity or number.kind == "vague":
        return False
    if number.value is None and number.low is None:
        return False
    if number.kind == "count":
        return _count(number, sentence)
    if number.kind == "duration":
        return number.per is not None or _duration(number, sentence)
    if number.kind == "fraction":
        return not re.search(
            r"(?<!\w)(?:other|first|second|better)\s\Z", sentence.before(number.span[0])
        )
    return True


def _count(number: Number, sentence: Sentence) -> bool:
    printed = sentence.text[slice(*number.span)].lower()
    if printed in _PRONOUN_ONE:
        return False
    value = number.value if number.value is not None else number.low
    small = value is not None and abs(value) <= 12 and printed[0].isalpha()
    known = small and _KNOWN.search(sentence.before(number.extent[0], limit=30))
    if known and number.per is None:
        return False
    if printed in ("one or two", "two or three"):
        return False
    following = sentence.after(number.span[1], limit=12)
    if small and number.approximator is None and number.per is None and _alone(sentence, number):
        # "split in two.", "at three in the list"
        return False
    return not re.match(r"(?:st|nd|rd|th)\b|-[a-z]", following)


def _alone(sentence: Sentence, number: Number) -> bool:
    """A small word number without a noun or a figure that it is set against."""
    if re.search(
        r"(?<!\w)(?:against|with|from|than)\s\Z", sentence.before(number.span[0], limit=9)
    ):
        return False
    return bool(_NOUNLESS.match(sentence.after(number.span[1], limit=12)))


def _duration(number: Number, sentence: Sentence) -> bool:
    before = sentence.before(number.extent[0], limit=40)
    after = sentence.after(number.span[1], limit=20)
    if number.value == 1 and sentence.text[number.span[0]].lower() == "o":
        return False
    if re.match(r"['’]?-", after):
        return False
    if _QUALIFIES_AFTER.match(after) and not _TAKES.search(before):
        return False
    return not _QUALIFIES_BEFORE.search(before)
