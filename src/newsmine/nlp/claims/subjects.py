"""What a figure counts, where that is the subject of the verb before it."""

from __future__ import annotations

import re

from newsmine.nlp.claims.lexicon import changes, stops
from newsmine.nlp.claims.phrases import (
    AUXILIARY,
    REACH,
    TIMED,
    Phrase,
    is_verb,
    kind_of,
    last_clause,
    phrase_before,
    subject_end,
)
from newsmine.nlp.claims.text import Sentence, Word
from newsmine.nlp.numbers import Number

_LIKE = re.compile(r"\sas\s[a-z]+\s")


def own_subject(number: Number, sentence: Sentence) -> Phrase | None:
    """`the majority more than halved`: the words right before a factor that is the verb."""
    if number.direction is None and not _LIKE.match(sentence.after(number.span[1], limit=24)):
        return None
    words = sentence.words(number.extent[0] - REACH, number.extent[0])
    clause = last_clause(sentence, words)
    while clause and clause[-1].lower in AUXILIARY:
        clause = clause[:-1]
    text = phrase_before(sentence, clause)
    return Phrase(text, "subject") if text else None


def lasting(number: Number, sentence: Sentence) -> Phrase | None:
    """`was banned for 12 years`: for a length of time, what lasted, verb and all."""
    return clause_before(number, sentence) if number.kind == "duration" else None


def clause_before(number: Number, sentence: Sentence) -> Phrase | None:
    """The last words of the clause that leads to a figure: `was banned`, `Labour lead`."""
    words = sentence.words(number.extent[0] - 80, number.extent[0])
    clause = last_clause(sentence, words)
    while clause and stops().get(clause[-1].lower) in ("preposition", "determiner"):
        clause = clause[:-1]
    clause = clause[-6:]
    if not any(word.lower not in stops() for word in clause) or len(clause) < 2:
        return None
    if any(word.lower == "there" for word in clause):  # `there were 4,000` names nothing
        return None
    text = sentence.text[clause[0].start : clause[-1].end]
    return None if TIMED.fullmatch(text) else Phrase(text, "clause")


_INSERTED = re.compile(r"(?P<mark>\s[-–—]\s|[–—])[^–—\n]{3,110}?(?<!\s)(?:\s[-–—]|[–—])\s\Z")


def _around(sentence: Sentence, start: int) -> str | None:
    """`Handsets – the "always on" kind – will rise to 75%`: the noun before an insertion."""
    before = sentence.before(start, limit=150)
    match = _INSERTED.search(before)
    if match is None:
        return None
    end = start - len(before) + match.start()
    return phrase_before(sentence, last_clause(sentence, sentence.words(end - REACH, end)))


def _transitive(verbs: list[Word]) -> Word | None:
    """The verb that takes a sum as its object; None for one that measures or changes it."""
    lexical = [
        w for w in verbs if w.lower not in AUXILIARY and (is_verb(w) or w.lower.endswith("ing"))
    ]
    if not lexical or len(verbs) > 8 or any(kind_of(w) == "preposition" for w in verbs):
        return None
    word = lexical[-1]
    measuring = _MEASURING.match(f"{word.lower} ") or word.lower in changes("verbs")
    return None if measuring else word


def _relative(words: list[Word], clause: list[Word]) -> bool:
    """`a trial that | lasted six days`: the clause's subject stands before `that`."""
    place = len(words) - len(clause) - 1
    if place < 1 or words[place].lower != "that" or not is_verb(clause[0]):
        return False
    return not is_verb(words[place - 1]) and kind_of(words[place - 1]) is None


def subject(number: Number, sentence: Sentence) -> Phrase | None:
    """The words before the verb that leads to the figure: `referrals rose by N`."""
    words = sentence.words(number.extent[0] - REACH, number.extent[0])
    clause = last_clause(sentence, words)
    place = subject_end(clause)
    if place == 0 and clause and (outer := _around(sentence, clause[0].start)):
        return Phrase(outer, "subject")
    clause, place = _with_subject(sentence, words, clause, place)
    if not place:
        return None
    if whole := _who(sentence, clause, place):
        return whole
    earned = _transitive(clause[place:]) if number.kind == "money" else None
    if kind_of(clause[place - 1]) == "pronoun":
        text = sentence.text[clause[place - 1].start : earned.end] if earned else ""
        return Phrase(text, "clause") if earned else None
    head = phrase_before(sentence, clause[:place])
    if head is None or TIMED.fullmatch(head):
        return None
    if earned:
        # `The firm earned £4m`: the firm is not counted, what it earned is.
        start = sentence.text.rindex(head, 0, earned.start)
        return Phrase(sentence.text[start : earned.end], "clause")
    return Phrase(head, "bare-measure" if BARE_MEASURE.fullmatch(head) else "subject")


def _with_subject(
    sentence: Sentence, words: list[Word], clause: list[Word], place: int
) -> tuple[list[Word], int]:
    """The clause that holds the subject, and where its verb begins.

    It is looked for before an insertion (`Browsers - the lot of them - have grown by 5%`) and
    before `that` and `which`, whose subject is the noun that they follow.
    """
    if not clause or (place and not (place == 1 and clause[0].lower in _RELATIVES)):
        return clause, place
    if place == 1:
        before, keep = words[: len(words) - len(clause)], False
    elif _relative(words, clause):
        before, keep = words[: len(words) - len(clause) - 1], False
    elif is_verb(clause[0]):
        before, keep = words[: len(words) - len(clause)], True
    else:
        return clause, place
    outer = last_clause(sentence, before, keep=keep)
    return outer, len(outer)


_RELATIVES = frozenset(("which", "who", "that"))


def _who(sentence: Sentence, clause: list[Word], place: int) -> Phrase | None:
    """`The proportion who told a parent | had fallen`: the noun with its clause."""
    who = next((i for i in range(1, place) if clause[i].lower == "who"), 0)
    head = phrase_before(sentence, clause[:who]) if who else None
    if head is None:
        return None
    start = sentence.text.rindex(head, 0, clause[who].start)
    return Phrase(sentence.text[start : clause[place - 1].end], "subject")


# `The figure was 62%` says what it counts by the figure before.
BARE_MEASURE = re.compile(
    r"(?:(?:the|this|that|its|their|an?|(?:last\s)?\w+['’]s)\s)?(?:\w+\s)?(?:figures?|numbers?|proportion|totals?|share|percentage|sum"
    r"|amount)",
    re.IGNORECASE,
)


_MEASURING = re.compile(
    r"(?<!\w)(?:costs?|valued|priced|estimated|expected|set|capped|put|costing|totals?|totall(?:ed|ing)|is|are|was|were|be|been|being|stands?|stood|"
    r"amounts?|amounted|reach(?:es|ed)?|hits?|exceed(?:s|ed)?|numbers?|numbered|average[sd]?|equals?|"
    r"weigh(?:s|ed)?|lasts?|lasted|worth|rose|fell|sells?|sold|comes?|came|takes?|took|'s|’s)\s"
    r"(?:(?!to\s)[\w'’-]+\s){0,5}\Z",
    re.IGNORECASE,
)


def measuring_subject(number: Number, sentence: Sentence) -> Phrase | None:
    """`The scheme will cost £4m to run`: the subject of a verb that measures it."""
    if number.kind not in ("money", "duration"):
        return None
    if not _MEASURING.search(sentence.before(number.extent[0], limit=60)):
        return None
    return subject(number, sentence)
