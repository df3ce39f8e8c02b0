"""The noun phrase that begins somewhere: where it ends, by words.

There is no parser: a phrase goes on until a word that cannot be in one (data/claims_phrases.toml),
or until a plural that no plural follows ("online harm complaints | logged by schools").
"""

from __future__ import annotations

from dataclasses import dataclass

from newsmine.nlp.claims.phrases import (
    AUXILIARY,
    BREAK,
    REACH,
    breaks,
    is_adverb,
    is_figure,
    is_plural,
    is_verbal,
    kind_of,
)
from newsmine.nlp.claims.text import Sentence, Word
from newsmine.types import Span

_LONGEST = 10
_SCALES = frozenset(("million", "billion", "thousand", "hundred", "remaining"))
_THIRD_PERSON = frozenset(("is", "was", "has", "does", "says"))
_MODIFIERS = frozenset(("live", "work", "play", "back", "claim", "plan", "vote", "read", "own"))


def noun_phrase(
    sentence: Sentence, start: int, *, determiner: bool = False, many: bool = False
) -> str | None:
    """The noun phrase that begins at ``start``, as printed.

    It stops at punctuation and at words that cannot be in it; `of` joins on. With ``determiner``
    it may begin with one (`the bosses polled`). With ``many`` a number over one stands before it,
    so that its head is a plural: adjectives joined by `and` lead on (`large and small islands`),
    and what looks like a verb is none (`lives lost`, `live births`).
    """
    words = sentence.words(start, start + REACH)
    if not words or sentence.text[start : words[0].start].strip():
        return None
    span = _those(sentence, words) if determiner else None
    span = span or _Walk(sentence, words, determiner, many).span()
    if span is None:
        return None
    text = sentence.text[slice(*span)].strip()
    if " " not in text and (is_adverb(text.lower()) or text.lower() in ("more", "fewer", "less")):
        return None
    return text.removesuffix("'s").removesuffix("’s") or None


@dataclass(slots=True)
class _Walk:
    """Reads a noun phrase word by word; ``end`` is the number of words in it so far."""

    sentence: Sentence
    words: list[Word]
    determiner: bool
    many: bool
    end: int = 0
    head: bool = False
    last: str = ""

    def span(self) -> Span | None:
        """The phrase's characters; None where there is none."""
        self.last = "of" if self.determiner else ""
        for place in range(min(len(self.words), 12)):
            if not self._goes_on(place) or self.end >= _LONGEST:
                break
        if self.many and self.end and self.head:
            self.end = _coordinated(self.sentence, self.words, self.end) or self.end
        return (self.words[0].start, self.words[self.end - 1].end) if self.end else None

    def _goes_on(self, place: int) -> bool:
        """Takes the next word in, or says that the phrase ends before it."""
        words, lower = self.words, self.words[place].lower
        if self._joins(place):
            self.end = place + 1
            return True
        if place and breaks(self.sentence, words[place - 1].end, words[place].start):
            return False
        if lower == "of":
            self.last = "of"
            return self.end > 0
        kind = self._kind(place)
        if kind == "determiner" and self.last == "of":
            self.last = "determiner"
            return True
        if self._figure_inside(place):
            return True
        if kind is not None or is_figure(lower):
            if kind in ("determiner", "pronoun") and self.last not in ("of", "plural"):
                self.end = max(0, self.end - 1)
            return False
        return self._takes(place)

    def _joins(self, place: int) -> bool:
        """`large | and small islands`: a comma or `and` that leads on to the plural."""
        if not self.many or self.head or not self.end == place > 0 or self.last != "word":
            return False
        gap = self.sentence.text[self.words[place - 1].end : self.words[place].start]
        joined = gap.strip() == "," or (self.words[place].lower in ("and", "or") and gap == " ")
        return joined and _leads_on(self.words, place)

    def _kind(self, place: int) -> str | None:
        """The kind of a word here: `of the vote`, `40 lives lost` and names hold no verb."""
        kind, lower = kind_of(self.words[place]), self.words[place].lower
        if kind == "adverb" and _names(self.words, place):
            return None
        noun = self.last == "determiner" and place > 0 and lower not in AUXILIARY
        if kind == "verb" and (noun or (self.many and _is_noun_here(self.words, place))):
            return None
        return kind

    def _figure_inside(self, place: int) -> bool:
        """`the city's 40 schools`, `the 1,730 parents`: a figure that the phrase goes on past."""
        lower = self.words[place].lower
        if place and self.words[place - 1].lower.endswith(("'s", "s'")) and is_figure(lower):
            self.head, self.last = False, "of"
            return True
        opens = self.end == 0 and self.determiner and place < 4
        if opens and (is_figure(lower) or lower in _SCALES):
            self.last = "determiner"
            return True
        return False

    def _takes(self, place: int) -> bool:
        """Takes a word that can be in a phrase, unless the phrase is whole without it."""
        lower = self.words[place].lower
        plural = is_plural(self.words[place])
        inner = self.last in ("of", "determiner")
        if self.head and not plural and not inner:
            return False
        loose = self.end and not self.head and not inner
        if loose and is_verbal(lower) and _ends(self.sentence, self.words, place):
            return False
        self.end, self.head, self.last = place + 1, plural, "plural" if plural else "word"
        return True


def _those(sentence: Sentence, words: list[Word]) -> Span | None:
    """`those with broadband`, `those polled`, `those who had paid`: up to the next verb."""
    if words[0].lower not in ("those", "people"):
        return None
    who = len(words) > 1 and words[1].lower == "who"
    if words[0].lower == "people" and not who:
        return None
    end, told = 1, False
    for place, word in enumerate(words[1:12], 1):
        if BREAK.search(sentence.text[words[place - 1].end : word.start]):
            break
        kind, lower = kind_of(word), word.lower
        verb = kind == "verb" or is_verbal(lower)
        if who and not told:
            told = place > 1 and not (kind == "adverb" or lower in AUXILIARY)
        elif (
            (verb and place > 1)
            or kind in ("conjunction", "verb")
            or (kind == "pronoun" and not who)
        ):
            break
        end = place + 1
    return (words[0].start, words[end - 1].end) if end > 1 else None


def _leads_on(words: list[Word], place: int) -> bool:
    """Whether adjectives go on to a plural: `large | and small islands`, `tight, | long hugs`."""
    for word in words[place : place + 4]:
        if is_plural(word):
            return True
        if is_figure(word.lower) or (kind_of(word) and word.lower not in ("and", "or")):
            return False
    return False


def _names(words: list[Word], place: int) -> bool:
    """`the Sunday Pennant` is no day of the week."""
    following = words[place + 1].text if place + 1 < len(words) else ""
    return words[place].text[0].isupper() and following[:1].isupper()


def _is_noun_here(words: list[Word], place: int) -> bool:
    """After a number over one, `lives` is no verb, nor `live` or `work` before a plural."""
    lower = words[place].lower
    if lower.endswith("s") and lower not in _THIRD_PERSON:
        return place == 0
    following = words[place + 1 : place + 2]
    plural = bool(following) and is_plural(following[0])
    return place == 0 and lower in _MODIFIERS and plural


def _coordinated(sentence: Sentence, words: list[Word], end: int) -> int | None:
    """`40 girls | and boys`, `12 thefts | and burglaries in May`: one number for both plurals."""
    if end + 1 >= len(words) or words[end].lower not in ("and", "or"):
        return None
    if not is_plural(words[end + 1]) or kind_of(words[end + 1]):
        return None
    following = words[end + 2] if end + 2 < len(words) else None
    if following is None or breaks(sentence, words[end + 1].end, following.start):
        return end + 2
    return end + 2 if kind_of(following) in ("preposition", "adverb", "conjunction") else None


def _ends(sentence: Sentence, words: list[Word], place: int) -> bool:
    """Whether no noun can follow a word: `children running`, but `online grooming offences`."""
    if place + 1 >= len(words) or is_plural(words[place - 1]):
        return True
    following = words[place + 1]
    gap = sentence.text[words[place].end : following.start]
    return bool(BREAK.search(gap)) or kind_of(following) is not None or is_figure(following.lower)
