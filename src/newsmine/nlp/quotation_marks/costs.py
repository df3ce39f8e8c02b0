"""What each reading of a mark costs, from its glyph and its neighbours.

Units of about one piece of evidence. Chosen by hand on invented cases
(tests/nlp/cases/quotation_marks.toml), not fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from newsmine.nlp.quotation_marks.lexicon import clipped, elisions, function_words, plain_in
from newsmine.nlp.quotation_marks.records import MarkReading, Style
from newsmine.types import Span

WRONG_GLYPH = 1.6
STRAY = 2.6
_MISREAD = 1.3
_NOT_WHERE_ONE_STANDS = 1.5
_UNUSUAL = 0.6
_LOST_END = 0.8

_MARK = re.compile(r"[\"“”„‟«»‘’‚‛'`´]|,,(?=[^\W_])")
_SINGLE = frozenset("‘’‚‛'`´")
_GUILLEMETS = frozenset("«»")
_OPENING, _CLOSING = frozenset("“„«‘‚‛`"), frozenset("”»’´")
_SENTENCE_END = ".?!,…;:-–—"
_MARKS = "\"“”„‟«»‘’‚‛'`´"
_BEFORE_UTTERANCE = frozenset((*".,:;?!–—-(" + _MARKS, ""))
_BEFORE_OPENING = "([{-–—/" + _MARKS
_WORD_AFTER = re.compile(r"[^\W_]+")
_WORD_BEFORE = re.compile(r"[^\W_]+\Z")
_DECADE, _YEAR = re.compile(r"\d0s"), re.compile(r"\d\d")
_AND_ANOTHER = re.compile(r"\s+(?:and|or)\s+(?:[^\W_]+\s+)?[^\W_]+s[’']\s")
_NEXT_WORD = re.compile(r"\s+([^\W_]+)")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One way to take the characters at a place as a mark: alone, or with the same beside it.

    A ``misread`` one is a double mark of which scanning has left half.
    """

    span: Span
    char: str
    style: Style
    twice: bool = False
    misread: bool = False

    @property
    def opening(self) -> bool:
        """Whether it is printed as an opening mark."""
        return self.char in _OPENING or self.char == ",,"

    @property
    def closing(self) -> bool:
        """Whether it is printed as a closing mark."""
        return self.char in _CLOSING


def glyphs(text: str, paragraph: Span) -> list[Glyph]:
    """The marks of a paragraph, each alone."""
    return [
        Glyph(m.span(), m[0], "single" if m[0] in _SINGLE else "double")
        for m in _MARK.finditer(text, *paragraph)
    ]


def paired(one: Glyph, other: Glyph) -> Glyph | None:
    """Two marks side by side as one double mark: typewriter marks, or one printed twice."""
    if one.char != other.char or one.span[1] != other.span[0] or one.char == ",,":
        return None
    return Glyph((one.span[0], other.span[1]), one.char, "double", twice=True)


def halved(glyph: Glyph, usual: Style | None) -> Glyph | None:
    """A single mark as what is left of a double one, where the article's quotations have those.

    Engines read half of a ``"`` oftener than any other wrong mark.
    """
    if usual != "double" or glyph.style == "double":
        return None
    return replace(glyph, style="double", misread=True)


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands around a mark: blanks at the ends of its paragraph.

    ``and_another`` says whether a possessive goes on (``mums’ and dads’``), ``runs_on`` whether it
    stands between two words of one clause (``armies of 'bots``), ``begins`` whether an utterance
    can begin with it: at the start of a paragraph, after a stop, or before a capital.
    """

    before: str
    after: str
    word_before: str
    word_after: str
    next_word: str
    and_another: bool
    runs_on: bool
    begins: bool


def _place(text: str, span: Span, paragraph: Span) -> _Place:
    start, end = span
    # No word is longer; a whole paragraph need not be searched.
    behind = _WORD_BEFORE.search(text, max(paragraph[0], start - 40), start)
    ahead = _WORD_AFTER.match(text, end, paragraph[1])
    following = _NEXT_WORD.match(text, end, paragraph[1])
    return _Place(
        text[start - 1] if start > paragraph[0] else " ",
        text[end] if end < paragraph[1] else " ",
        behind[0] if behind else "",
        ahead[0] if ahead else "",
        following[1] if following else "",
        _AND_ANOTHER.match(text, end, paragraph[1]) is not None,
        text[max(paragraph[0], start - 2) : start - 1].isalnum() and text[end : end + 1].islower(),
        _begins(text, span, paragraph),
    )


def _begins(text: str, span: Span, paragraph: Span) -> bool:
    before = text[max(paragraph[0], span[0] - 3) : span[0]].rstrip()[-1:]
    return before in _BEFORE_UTTERANCE or text[span[1] : span[1] + 1].isupper()


def is_fragment(text: str, span: Span, paragraph: Span) -> bool:
    """Whether neither end of what two marks enclose is an utterance's: ``a ‘charter’ of``.

    Args:
        text: The text.
        span: From the opening mark to the closing one, both included.
        paragraph: Where its paragraph starts and ends.
    """
    start, end = span
    stops = text[end - 2 : end - 1] in _SENTENCE_END
    return not stops and not _begins(text, (start, start + 1), paragraph)


def costs(
    text: str, glyph: Glyph, paragraph: Span, *, usual: Style | None
) -> dict[MarkReading, float]:
    """What each reading of a mark costs.

    Args:
        text: The text.
        glyph: The mark.
        paragraph: Where its paragraph starts and ends.
        usual: The style of the article's quotations, where it is known: where it is double, a
            single mark is sooner an apostrophe.
    """
    place = _place(text, glyph.span, paragraph)
    wrong = 0.4 if glyph.char in _GUILLEMETS else WRONG_GLYPH
    twice = 0.2 * glyph.twice
    unusual = _UNUSUAL * (usual == "double" and glyph.style == "single")
    out: dict[MarkReading, float] = {
        "open": _open_cost(place, glyph) + wrong * glyph.closing + twice + unusual,
        "close": _close_cost(place, glyph) + wrong * glyph.opening + twice,
        "stray": STRAY + twice + _LOST_END * (_only_opens(place) and not unusual),
    }
    if glyph.misread:
        out["open"] += _MISREAD + _NOT_WHERE_ONE_STANDS * (not place.begins)
        out["close"] += _MISREAD + _NOT_WHERE_ONE_STANDS * (place.before not in _SENTENCE_END)
        return {"open": out["open"], "close": out["close"]}
    if glyph.style == "single":
        out["apostrophe"] = _apostrophe_cost(place) + 0.8 * glyph.opening - unusual
        out["open"] += 1.0 * _is_elision(place)
    elif place.before.isdigit() and not glyph.twice:
        out["stray"] = 0.6  # inches, or a second of arc
    return out


def _open_cost(place: _Place, glyph: Glyph) -> float:
    cost = 0.0
    if place.after.isspace():
        cost += 0.3 if glyph.char in _GUILLEMETS else 1.2 if glyph.char in "“„" else 2.5
    elif place.after in ",.;:!?)":
        cost += 2.0
    if not (place.before.isspace() or place.before in _BEFORE_OPENING):
        cost += 0.8 if place.before in ".,:;?!" else 3.0
        cost -= 1.6 * (_glued(place) and glyph.opening)
    return cost


def _only_opens(place: _Place) -> bool:
    """Whether a mark can only open: sooner its closing mark was lost than it is one too many."""
    return place.before.isspace() and place.after.isalnum()


def _glued(place: _Place) -> bool:
    """Whether the words on both sides look like two: ``said‘We``."""
    return len(place.word_before) > 2 and place.before.islower() and place.after.isupper()


def _close_cost(place: _Place, glyph: Glyph) -> float:
    cost = 0.0 if place.before in _SENTENCE_END else 0.4
    if place.before.isspace():
        cost = 0.3 if glyph.char in _GUILLEMETS else 1.2 if glyph.char == "”" else 2.5
    if place.after.isalnum():
        # "children.’The": scanning has lost the blank.
        cost += 0.6 if place.before in _SENTENCE_END and place.after.isupper() else 3.5
    if _is_plural(place) and place.after == " " and not _no_possessive(place):
        cost += 0.3
    return cost


def _apostrophe_cost(place: _Place) -> float:
    """Inside a word; before or after one known to be cut short; after the s of a possessive."""
    if place.before.isalnum() and place.after.isalnum():
        return 1.2 if _glued(place) else 0.0
    if place.before.isalnum():
        return _trailing_cost(place)
    if _is_elision(place):
        return 0.0
    if _YEAR.fullmatch(place.word_after):
        return 0.8
    return 1.8 if place.runs_on else 3.0


def _trailing_cost(place: _Place) -> float:
    word = place.word_before.lower()
    if word in clipped():
        return 0.0
    if _is_plural(place) and place.after == " ":
        return 1.6 if _no_possessive(place) else 0.5
    if place.before.isdigit():
        return 1.0  # feet, or a minute of arc
    return 0.2 if _is_clipped_ing(place) else 1.8


def _is_clipped_ing(place: _Place) -> bool:
    """``askin’``; not ``again’``, ``within’`` or a name."""
    word = place.word_before
    ing = word.islower() and len(word) > 4 and re.search(r"[^aeo]in\Z", word) is not None
    return ing and word not in plain_in()


def _is_plural(place: _Place) -> bool:
    return place.before in "sS" and len(place.word_before) > 2


def _no_possessive(place: _Place) -> bool:
    return place.next_word.lower() in function_words() and not place.and_another


def _is_elision(place: _Place) -> bool:
    word = place.word_after.lower()
    return word in elisions() or _DECADE.fullmatch(word) is not None


def opening_marks(text: str, paragraph: Span) -> Iterator[tuple[Glyph, bool]]:
    """The marks of a paragraph that can only open: a blank before, a letter after.

    Each with whether it stands where an utterance begins, as specks of a scan seldom do.
    """
    found = glyphs(text, paragraph)
    both = (pair for one, other in pairwise(found) if (pair := paired(one, other)))
    for glyph in sorted((*found, *both), key=lambda g: g.span):
        place = _place(text, glyph.span, paragraph)
        if _only_opens(place) and not _is_elision(place) and not glyph.closing:
            yield glyph, place.begins
