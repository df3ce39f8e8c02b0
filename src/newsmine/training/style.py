"""The same text as another paper or a scan would print it: what training sees beside the original.

British single marks, straight marks, lost closing marks, quotations re-opened in a new paragraph,
paragraph breaks lost, capital leads, scanning noise. Each keeps the labels of the words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from newsmine.evaluation.noise import scanned
from newsmine.nlp.words import Shape, shapes, word_spans
from newsmine.training.samples import UNKNOWN, Word

_SINGLE = {"“": "‘", "”": "’", '"': "'"}
_STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
_CURLY_SINGLE_INSIDE = {"‘": "“", "’": "”", "'": '"'}
Change = Callable[[list[Word], Random], list[Word]]


def restyle(words: list[Word], random: Random) -> list[Word]:
    """A random mixture of the changes, each with the share of texts that it befalls."""
    shares: tuple[tuple[float, Change], ...] = (
        (0.2, reopen_quotations),
        (0.45, single_marks),
        (0.25, straight_marks),
        (0.15, drop_closing_marks),
        (0.15, drop_breaks),
        (0.15, capital_leads),
        (0.35, scanning_noise),
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
    """Characters confused as engines confuse them, from 3 in a thousand to 4 in a hundred.

    Words fall apart, run together and gain specks; each piece keeps the label of its word.
    """
    text, places = _printed(words)
    damaged = scanned(10 ** random.uniform(-2.5, -1.4))(text, random)
    spans = word_spans(damaged.text)
    origins: list[int] = []
    for span in spans:
        raw = damaged.alignment.to_raw(span)
        # A speck where nothing was printed goes with the word before.
        origins.append(places[raw[0][0]] if raw else origins[-1] if origins else 0)
    breaks = [words[o].breaks and o not in origins[:i] for i, o in enumerate(origins)]
    kept = [_kept(words, origins, i) for i in range(len(origins))]
    forms = shapes(damaged.text, spans)
    out = [
        replace(word, breaks=new)
        if word.text == damaged.text[start:end]
        else replace(word, text=damaged.text[start:end], shape=form, breaks=new)
        for word, (start, end), form, new in zip(kept, spans, forms, breaks, strict=True)
    ]
    first = {origin: i for i, origin in reversed(list(enumerate(origins)))}
    return _relink(out, [first.get(i) for i in range(len(words))])


def _printed(words: list[Word]) -> tuple[str, list[int]]:
    """The words as a text again, and for each of its characters the word that it is of."""
    text, places = "", []
    glued = True
    for number, word in enumerate(words):
        before = word.shape in (Shape.MARK_CLOSES, Shape.MARK_INSIDE)
        space = "" if glued or (before and not word.breaks) else " "  # a break is no word's part
        text += space + word.text
        places += [number] * len(space + word.text)
        glued = word.shape in (Shape.MARK_OPENS, Shape.MARK_INSIDE)
    return text, places


def _kept(words: list[Word], origins: list[int], i: int) -> Word:
    """The word behind a piece; a second piece goes on what the first began, and links nowhere."""
    word = words[origins[i]]
    if i == 0 or origins[i] != origins[i - 1]:
        return word
    role, entity = (_inside(label) for label in (word.role, word.entity))
    return replace(word, role=role, entity=entity, link=UNKNOWN)


def _inside(label: int) -> int:
    return label + 1 if label > 0 and label % 2 else label


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
