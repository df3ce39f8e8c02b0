"""What the encoder reads where scanning has garbled a word: the word that was probably printed.

A garbled word (``tbe``, ``rninister``, ``ofthe``) falls into odd pieces, and its label is lost with
it. So the encoder is shown a *view* of the words: the text and its offsets never change. This is
the noisy channel of spelling correction (Kernighan, Church and Gale 1990): of the words that one
mistake of scanning makes the word of, the most probable is read, if it is much more probable than
that the word stands there as printed.

* How often a mistake happens is in ``data/ocr_confusions.json``.
* How common a word is, the encoder's own vocabulary says, which is sorted by it (Zipf's law).
* How bad the scan is, the text itself says: by words that can hardly be anything but mistakes. In
  a clean text next to nothing is read otherwise than it is printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

_SPECIAL = 1990
"""Numbers of the vocabulary before its first word."""

_UNKNOWN = 3e-8
"""How common a word is that the vocabulary lacks: so are real ones of the tail, taken singly."""

_SURE = 1e-6
"""From this weight on an unknown word is a mistake: 0 to 3 in a thousand words of clean
newspapers, 19 where 1 % of the characters are misread, 50 where 3 % are."""

_SURE_SHARE = 0.02
"""Their share of a text's words at which the rates of the table are as they stand."""

_FEW = 200
"""Words of a clean text that are counted with it: one mistake in a short one says little."""

_CHANCE = 2
"""Words of a clean text that can look so: slang, a typing error, a word from abroad."""

_CLEAN, _NOISY = 0.01, 0.25
"""The least that mistakes happen, and from where on known but rare words are doubted, too."""

_TIMES = 3.0
"""So many times more probable than all else the origin must be."""

_NAME = 10.0
"""So many times more common are unknown words with capitals: names."""

_SHORTEST, _LONGEST, _CACHED = 2, 24, 50_000

_SPELLING = ("z", "s")
"""In the table, but it is how Britons spell ``apologise``, not what a scanner makes of it."""


@cache
def _data() -> Mapping[str, list[tuple[str, str, float]]]:
    path = resources.files("newsmine.data").joinpath("ocr_confusions.json")
    data: dict[str, list[tuple[str, str, float]]] = json.loads(path.read_text(encoding="utf-8"))
    return data


@cache
def _prints() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """For what is read the letters that can have been printed, with the rates; small letters."""
    added = (("", read, rate) for _, read, rate in _data()["added"])
    rows = [*_data()["confusions"], *added]
    table: dict[str, dict[str, float]] = {}
    for printed, read, rate in rows:
        is_mistake = printed.lower() != read.lower() and (printed, read) != _SPELLING
        if is_mistake and (printed + read).isalnum():
            made = table.setdefault(read.lower(), {})
            made[printed.lower()] = max(rate, made.get(printed.lower(), 0.0))
    return {read: tuple(made.items()) for read, made in table.items()}


@cache
def _blank_lost() -> float:
    rates = {(printed, read): rate for printed, read, rate in _data()["confusions"]}
    return rates.get((" ", ""), 0.0)


@dataclass(frozen=True, slots=True)
class Origin:
    """The most probable origin of a word, its weight, and the weight of all others."""

    word: str
    weight: float
    others: float


@dataclass(frozen=True, slots=True)
class EncoderView:
    """Reads words as they were probably printed.

    Args:
        words: The whole words of the encoder's vocabulary and their numbers in it.
    """

    words: Mapping[str, int]
    _known: dict[str, Origin | None] = field(default_factory=dict)

    def read_as(self, words: Sequence[str]) -> list[str]:
        """The words as the encoder is to read them; one that lost its blank as two, parted by it.

        Args:
            words: All words of a text, which say together how well it was scanned.
        """
        scale = self._scale(words)
        return [self._read_as(word, scale) for word in words]

    def _scale(self, words: Sequence[str]) -> float:
        """How often mistakes happen here, measured in the rates of the table."""
        plain = [word for word in words if word.isalpha() and word.islower()]
        unknown = (word for word in plain if len(word) > _SHORTEST and word not in self.words)
        sure = sum(
            1
            for word in unknown
            if (origin := self._origin(word)) and origin.weight > max(_SURE, origin.others)
        )
        return max(_CLEAN, (sure - _CHANCE) / (len(plain) + _FEW) / _SURE_SHARE)

    def _read_as(self, word: str, scale: float) -> str:
        small = word.lower()
        if not word.isalnum() or word.isdigit() or not _SHORTEST <= len(word) <= _LONGEST:
            return word
        if small in self.words and scale < _NOISY:
            return word
        origin = self._origin(small)
        if origin is None:
            return word
        own = self._common(small) if small in self.words else _UNKNOWN
        own *= 1.0 if word.islower() else _NAME
        is_it = scale * origin.weight > _TIMES * (own + scale * origin.others)
        return origin.word if is_it else word

    def _origin(self, word: str) -> Origin | None:
        if word not in self._known:
            if len(self._known) > _CACHED:
                self._known.clear()
            self._known[word] = _best(dict(self._origins(word)))
        return self._known[word]

    def _origins(self, word: str) -> Iterator[tuple[str, float]]:
        for form, rate in _forms(word):
            if form in self.words and form != word:
                yield form, rate * self._common(form)
        for i in range(_SHORTEST, len(word) - 1):
            one, other = word[:i], word[i:]
            if one in self.words and other in self.words:
                both = self._common(one) * self._common(other)
                yield f"{one} {other}", _blank_lost() * both

    def _common(self, word: str) -> float:
        return 1 / (self.words[word] - _SPECIAL)


def _best(weights: Mapping[str, float]) -> Origin | None:
    if not weights:
        return None
    best = max(weights, key=lambda word: weights[word])
    return Origin(best, weights[best], sum(weights.values()) - weights[best])


def _forms(word: str) -> Iterator[tuple[str, float]]:
    """What can have been printed, by one mistake, with its rate."""
    prints = _prints()
    for i in range(len(word) + 1):
        for size in range(min(2, len(word) - i) + 1):
            for printed, rate in prints.get(word[i : i + size], ()):
                yield word[:i] + printed + word[i + size :], rate
