"""The same text as another paper or a scan would print it: what training sees beside the original.

British single marks, straight marks, lost closing marks, quotations re-opened in a new paragraph,
paragraph breaks lost, capital leads, scanning noise. Each keeps the labels of the words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from newsmine.nlp.words import Shape
from newsmine.training.samples import UNKNOWN, Word

_SINGLE = {"“": "‘", "”": "’", '"': "'"}
_STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
_CURLY_SINGLE_INSIDE = {"‘": "“", "’": "”", "'": '"'}
_CONFUSED = {
    "rn": "m",
    "m": "rn",
    "e": "c",
    "c": "e",
    "l": "1",
    "i": "l",
    "o": "0",
    "h": "b",
    "n": "u",
    "u": "n",
    "t": "f",
    "a": "n",
    "s": "5",
    "I": "l",
    "B": "8",
}

Change = Callable[[list[Word], Random], list[Word]]


def restyle(words: list[Word], random: Random) -> list[Word]:
    """A random mixture of the changes, each with the share of texts that it befalls."""
    shares: tuple[tuple[float, Change], ...] = (
        (0.15, reopen_quotations),
        (0.45, single_marks),
        (0.25, straight_marks),
        (0.15, drop_closing_marks),
        (0.15, drop_breaks),
        (0.15, capital_leads),
        (0.12, scanning_noise),
    )
    for share, change in shares:
        if random.random() < share:
            words = change(words, random)
    return words


def single_marks(words: list[Word], random: Random) -> list[Word]:
    """Double marks to single ones, and single ones that were not apostrophes to double."""
    curly = random.random() < 0.8
    out = []
    for word in words:
        text = _SINGLE.get(word.text)
        if text is None and word.shape != Shape.MARK_INSIDE and word.text in _CURLY_SINGLE_INSIDE:
            out.append(replace(word, text=_CURLY_SINGLE_INSIDE[word.text]))
            continue
        if text == "'" and curly:
            text = "‘" if word.shape == Shape.MARK_OPENS else "’"
        out.append(replace(word, text=text or word.text))
    return out


def straight_marks(words: list[Word], _: Random) -> list[Word]:
    """Curly marks flattened to ASCII."""
    return [replace(word, text=_STRAIGHT.get(word.text, word.text)) for word in words]


def drop_closing_marks(words: list[Word], random: Random) -> list[Word]:
    """One closing mark in six lost, as scanning loses them."""
    kept = [
        word.shape != Shape.MARK_CLOSES or word.text not in "”’\"'" or random.random() > 1 / 6
        for word in words
    ]
    return _keep(words, kept)


def drop_breaks(words: list[Word], random: Random) -> list[Word]:
    """One paragraph start in four lost."""
    return [replace(w, breaks=w.breaks and random.random() > 0.25) for w in words]


def capital_leads(words: list[Word], random: Random) -> list[Word]:
    """The first one to six words of some paragraphs in capitals."""
    out, left = [], 0
    for i, word in enumerate(words):
        if i == 0 or word.breaks:
            left = random.randint(1, 6) if random.random() < 0.3 else 0
        upper = left > 0 and word.shape in (Shape.LOWER, Shape.TITLE, Shape.MIXED)
        out.append(replace(word, shape=Shape.UPPER) if upper else word)
        left -= 1
    return out


def reopen_quotations(words: list[Word], random: Random) -> list[Word]:
    """A quotation of several sentences set in paragraphs, each opened again, the last closed."""
    out: list[Word] = []
    mark, moved = None, [0]
    for before, word in zip([None, *words[:-1]], words, strict=True):
        if word.text in "“\"‘'" and word.shape == Shape.MARK_OPENS:
            mark = word.text
        elif word.text in "”\"’'" and word.shape == Shape.MARK_CLOSES:
            mark = None
        ends = before is not None and before.text in ".?!" and word.shape == Shape.TITLE
        if mark and ends and word.role == 6 and random.random() < 0.5:
            out.append(Word(mark, Shape.MARK_OPENS, True, word.role, _no_name(word)))
            word = replace(word, breaks=False)
            moved.append(moved[-1] + 1)
        elif len(out) > 0:
            moved.append(moved[-1])
        out.append(word)
    return _relink(out, _shifts(len(words), moved))


def _no_name(word: Word) -> int:
    return UNKNOWN if word.entity == UNKNOWN else 0


def _shifts(size: int, moved: list[int]) -> list[int | None]:
    return [i + moved[i] for i in range(size)]


def scanning_noise(words: list[Word], random: Random) -> list[Word]:
    """One word in twenty-five with a letter that scanning confuses."""
    return [_confuse(w, random) if random.random() < 0.04 else w for w in words]


def _confuse(word: Word, random: Random) -> Word:
    places = [(a, b) for a, b in _CONFUSED.items() if a in word.text]
    if not places or len(word.text) < 3:
        return word
    wrong, right = random.choice(places)
    return replace(word, text=word.text.replace(wrong, right, 1))


def _keep(words: list[Word], kept: list[bool]) -> list[Word]:
    places: list[int | None] = []
    at = 0
    for keep in kept:
        places.append(at if keep else None)
        at += keep
    return _relink([w for w, keep in zip(words, kept, strict=True) if keep], places)


def _relink(words: list[Word], places: list[int | None]) -> list[Word]:
    """Point the links at where the words have gone."""

    def target(link: int) -> int:
        place = places[link] if 0 <= link < len(places) else None
        return UNKNOWN if place is None else place

    return [replace(w, link=target(w.link)) if w.link != UNKNOWN else w for w in words]
