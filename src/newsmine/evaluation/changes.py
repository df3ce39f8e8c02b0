"""The same article as another paper or a scan would print it, each character aligned.

Every change takes a text and a source of chance and gives the changed text, aligned to the one
before, so that gold offsets move with it: ``change(text, random).alignment.to_clean(span)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from newsmine.evaluation import layouts, marks, noise
from newsmine.ingest.alignment import AlignedText, Replacement

ChangeText = Callable[[str, Random], AlignedText]

_FLAT = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚‹›", "'"),
    **{"–": "-", "—": "-", "…": "..."},
}
# A stop behind a capital, a title or an initial ends no sentence.
_NEW_SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)"
    r"[.?!](?P<space> +)(?=[A-Z])"
)
_LEAD = re.compile(r"\S+(?: \S+){0,3}")
_LONG = 60
"""Characters from which a paragraph is text, not a header or a byline."""


@dataclass(frozen=True, slots=True)
class Change:
    """One way of printing; ``limit`` is the loss of direct linked F1 allowed (issue 3), in points.

    ``cleaned`` says that only cleaning can undo it, so that texts are never read without it.
    Chance is drawn ``draws`` times where one draw says little: single ones of noise at 1 % differ
    by up to seven points on the sample corpus.
    """

    name: str
    apply: ChangeText
    limit: float = 3.0
    cleaned: bool = False
    draws: int = 1


def single_curly(text: str, _: Random) -> AlignedText:
    """Double marks as British papers set them; nested ones the other way; apostrophes curly."""
    return _single(text, "‘’“”")


def single_straight(text: str, _: Random) -> AlignedText:
    """The same typed on a typewriter."""
    return _single(text, "''\"\"")


def _single(text: str, style: str) -> AlignedText:
    """A text in single marks already stays as it is; ``style`` has both outer and both inner."""
    if marks.is_single_style(text):
        return AlignedText.of(text)
    inner = {place: kind for a, b in marks.nested(text) for place, kind in ((a, 2), (b - 1, 3))}

    def new(place: int) -> str:
        if place in inner:
            return style[inner[place]]
        if text[place] in marks.APOSTROPHES:
            return style[1] if text[place] != "‘" else style[0]
        return style[0 if marks.opens(text, place) else 1]

    places = (match.start() for match in re.finditer("[“”\"‘’']", text))
    return _at_places(text, places, new, "single marks")


def drop_closing(text: str, random: Random) -> AlignedText:
    """One closing mark in ten lost, as scanning loses them."""
    closing = (q.closes for q in marks.quotations(text) if q.closes is not None)
    lost = [place for place in closing if random.random() < 0.1]
    return _at_places(text, lost, lambda _: "", "closing mark lost")


def reopen(text: str, random: Random) -> AlignedText:
    """Quotations of several sentences set in paragraphs: opened again in each, closed in the last.

    A sentence in two starts a new paragraph.
    """
    between = marks.paragraph_break(text)
    out = []
    for quotation in marks.quotations(text):
        for match in _NEW_SENTENCE.finditer(text, quotation.opens, quotation.end):
            if random.random() < 0.5:
                start, end = match.span("space")
                new = between + text[quotation.opens]
                out.append(Replacement(start, end, new, "quotation opened again"))
    return AlignedText.of(text).replace(out)


def capital_leads(text: str, random: Random) -> AlignedText:
    """The first words of the first paragraph, and of one in three others, in capitals."""
    out: list[Replacement] = []
    for start, end in marks.paragraphs(text):
        if end - start < _LONG or (out and random.random() > 1 / 3):
            continue
        match = _LEAD.match(text, start, end)
        words = match[0].split(" ")[: random.randint(1, 4)] if match else []
        stop = start + len(" ".join(words))
        out.append(Replacement(start, stop, text[start:stop].upper(), "capital lead"))
    return AlignedText.of(text).replace(out)


def flatten(text: str, _: Random) -> AlignedText:
    """Curly marks, dashes and ellipses in ASCII."""
    places = (place for place, character in enumerate(text) if character in _FLAT)
    return _at_places(text, places, lambda place: _FLAT[text[place]], "marks in ASCII")


def _at_places(
    text: str, places: Iterator[int] | list[int], new: Callable[[int], str], rule: str
) -> AlignedText:
    """The text with single characters replaced where that makes a difference."""
    changes = ((place, new(place)) for place in places)
    return AlignedText.of(text).replace(
        Replacement(place, place + 1, character, rule)
        for place, character in changes
        if character != text[place]
    )


CHANGES = (
    Change("single marks, curly", single_curly),
    Change("single marks, straight", single_straight),
    Change("closing marks lost", drop_closing),
    Change("quotations re-opened", reopen),
    Change("wrapped at 40, hyphens", layouts.columns, cleaned=True),
    Change("scanning noise, 1 %", noise.scanned(0.01), draws=3),
    Change("scanning noise, 3 %", noise.scanned(0.03), limit=8.0, draws=3),
    Change("capital leads", capital_leads),
    Change("marks in ASCII", flatten),
)
"""What issue 3 asks for, (a) to (g)."""

PASTED = (
    Change("one line a paragraph", layouts.one_line, cleaned=True),
    Change("wrapped at 72", layouts.wrapped, cleaned=True),
    Change("CRLF", layouts.crlf, cleaned=True),
    Change("blank lines doubled", layouts.blank_lines, cleaned=True),
)
"""The same article pasted with other line breaks: it should give the same rows."""
