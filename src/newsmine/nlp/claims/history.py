"""What the figures before said: one noun for several figures, money converted, people asked."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsmine.nlp.claims.levels import Change
from newsmine.nlp.claims.phrases import Phrase
from newsmine.nlp.claims.text import Sentence
from newsmine.nlp.numbers import Number

# What may stand between two figures of one thing: `rose 8% to $8.4bn`, `9,240 – up almost 12%`.
_CONNECTED = re.compile(
    r"(?:\s(?:higher|lower|more|less)(?:\sthan\s[\w\s]{1,30})?|\s(?:in|since|by|last)\s(?:\w+\s?){1,3})?"
    r"\s?[,–—(-]?\s?(?:and\s|or\s|but\s)?"
    r"(?:(?:up|down)(?:\sby)?|(?:picking\sup\sagain|dipping|rising|falling|climbing)?\s?(?:to|from|at|by)"
    r"|compared\s(?:to|with)|against|equivalent\sto|equal\sto|an?)?\s?(?:the\s)?",
    re.IGNORECASE,
)
# A change that is told of one level only, against another.
_OF_ONE = frozenset(("compared", "from-to", "joined-change", "next-sentence", "what-it-was"))
_AND = re.compile(
    r"(?:\s(?:in|by|for|on|at|during)\s[\w\s]{1,25}?)?,?\s(?:and|or|then)\s(?:then\s)?(?:(?:to|by|from|of)\s)?",
    re.IGNORECASE,
)
# `rose 4% in the north, 3% in the south`, `up 29 per cent at Golding's; Rusper by 17 per cent`
_LIST = re.compile(
    r"(?:\s(?:in|for|at|among|on)\s[^,;.\d]{1,40})?[,;]\s(?:and\s|but\s)?"
    r"(?:(?:by|to)\s|(?:the\s)?[A-Z][\w&.'’ -]{1,40}\s(?:by|to)\s)?"
)
_AGAINST = re.compile(r"(?<!\w)(?:compared\s(?:to|with)|against|versus|up\sfrom|down\sfrom)\s\Z")
_THEM = re.compile(r"\sof\s(?:them|these|whom|which)(?!\w)")
_OWN = r"\s(?:of|are|were|is|was|have|has|had|said|say)(?!\w)"
_SHARES = ("percent", "fraction", "ratio")
_ALIKE = {"fraction": "percent", "ratio": "percent", "points": "percent", "measure": "count"}


class Seen(NamedTuple):
    """A figure that was read, with what it counts."""

    number: Number
    sentence: Sentence
    phrase: Phrase
    change: Change | None

    @property
    def whole(self) -> str | None:
        """The noun that a share of the same people can be of."""
        if self.phrase.population:
            return self.phrase.population
        return None if self.phrase.rule in ("predicate", "elided", "clause") else self.phrase.text


class History:
    """The figures of an article so far."""

    def __init__(self) -> None:
        self._all: list[Seen] = []

    def add(self, seen: Seen) -> None:
        """Remember a figure that has a noun."""
        self._all.append(seen)

    def near(self, number: Number, sentence: Sentence, change: Change | None) -> Phrase | None:
        """The noun of the figure right before, where only a connector parts the two."""
        seen = self._all[-1] if self._all else None
        if seen is None or seen.sentence is not sentence:
            return None
        start = seen.number.extent[1]
        if sentence.text.startswith(f" {seen.phrase.text} ", start):
            start += len(seen.phrase.text) + 1  # `8,000 calls in 2015 and 9,500 in 2016`
        gap = sentence.text[start : number.extent[0]]
        if change is None and {seen.number.kind, number.kind} == {"count", "money"}:
            return None  # `five clocks and £700 in cash`
        set_against = _AGAINST.search(sentence.before(number.extent[0], limit=24))
        if set_against and _kind(seen.number) == _kind(number):
            return Phrase(seen.phrase.text, "shared-noun", seen.phrase.population)
        insertion = change and change.rule in ("comparative-after", "particle")
        follows = insertion and re.search(r"[,–—(]\s(?:(?:and|or|up|down|by)\s)*\Z", gap)
        if not follows and (len(gap) > 60 or not _CONNECTED.fullmatch(gap)):
            return None
        return Phrase(seen.phrase.text, "shared-noun", seen.phrase.population)

    def converted(self, number: Number, sentence: Sentence) -> Seen | None:
        """`£3.7bn ($7bn)`, `a quarter (24%)`: the figure that is given again in brackets."""
        seen = self._all[-1] if self._all else None
        if seen is None or seen.number.span[1] > number.span[0]:
            return None
        gap = sentence.text[seen.number.span[1] : number.span[0]]
        after = sentence.text[number.span[1] : number.span[1] + 1]
        again = len(gap) < 4 and gap.strip() in ("(", ",", "-", "–") and after in (")", ",", "")
        return seen if again else None

    def change(self, number: Number, sentence: Sentence) -> Change | None:
        """The change that a figure shares with the one before: converted, or joined by `and`."""
        seen = self._all[-1] if self._all else None
        if again := self.converted(number, sentence):
            return again.change
        if seen is None or seen.change is None or seen.sentence is not sentence:
            return None
        if seen.change.rule in _OF_ONE:
            return None
        gap = sentence.text[seen.number.extent[1] : number.extent[0]]
        if _kind(seen.number) != _kind(number) and gap != ", or ":
            return None
        after = sentence.after(number.span[1], limit=12)
        joined = _AND.fullmatch(gap) or _LIST.fullmatch(gap)
        return seen.change if joined and not re.match(_OWN, after) else None

    def restated(self, number: Number, sentence: Sentence) -> Change | None:
        """`fell to 1.42 million, or 4.2 per cent`: the level once more, in another measure."""
        seen = self._all[-1] if self._all else None
        if seen is None or seen.change is None or seen.change.is_change:
            return None
        again = sentence.text[seen.number.extent[1] : number.extent[0]] == ", or "
        return seen.change if again and _kind(seen.number) != _kind(number) else None

    def shared(self, number: Number, sentence: Sentence, *, far: bool = False) -> Phrase | None:
        """The noun of the figure before in the paragraph, of one of the same kind if there is.

        With ``far`` (`the figure was …`, `it was …`) the paragraph before counts too.
        """
        near = [s for s in self._all[-12:] if s.sentence.paragraph == sentence.paragraph]
        if far and not near and self._all:
            last = self._all[-1]
            near = [s for s in self._all[-6:] if s.sentence.paragraph == last.sentence.paragraph]
        alike = [s for s in near if _kind(s.number) == _kind(number)]
        if not near:
            return None
        seen = (alike or near)[-1]
        return Phrase(seen.whole or seen.phrase.text, "shared-noun", seen.phrase.population)

    def of_them(self, number: Number, sentence: Sentence) -> Phrase | None:
        """`71 million players, 40 per cent of them children`: those counted before."""
        if not _THEM.match(sentence.text, number.span[1], sentence.end) or not self._all:
            return None
        whole = self._all[-1].whole
        return Phrase(whole, "of-them", whole) if whole else None

    def whole(self) -> str | None:
        """Whom shares are of: those of the last share, else those counted last."""
        for seen in reversed(self._all[-12:]):
            if seen.number.kind in (*_SHARES, "count") and seen.whole:
                return seen.whole
        return None


def _kind(number: Number) -> str:
    return _ALIKE.get(number.kind, number.kind)
