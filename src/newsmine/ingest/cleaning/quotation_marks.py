"""Quotation marks that OCR misread, put right by where they stand.

Engines read the words beside a mark well and its shape badly: a double mark where a single one is
printed, an opening one inside a word, straight for curly. So a mark's place says whether it opens,
closes or is an apostrophe, and the style of the whole text (or of its outlet) whether quotations
are set in single or double marks. Which quotations there are is decided later, by what attributes
them; here only glyphs change, one for one.

For text that an engine read: what a person typed stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from newsmine.ingest.alignment import Replacement

Style = Literal["single", "double"]
Place = Literal["open", "close", "inside", "unclear"]

RULE = "quotation mark"

_MARK = re.compile(r"[“”„\"‘’‚'`´]+|(?<=[^\W\d_][.,!?])[°*](?=\s|$)")
_PARAGRAPH = re.compile(r"[^\n]+")
_DECADE = re.compile(r"\d0s")
_CURLY = re.compile("[“”‘’]")
_OPENING, _CLOSING = frozenset("“„‘‚`"), frozenset("”’´")
_DOUBLE = frozenset('“”„"')
_TYPED = frozenset({"''", "``", "‘‘", "’’", "´´"})
_BEFORE_OPENING = frozenset("([{—–-/")
_AFTER_CLOSING = frozenset(".,:;!?)]}—–-/…")

FEWEST_CURLY = 3
"""Curly marks in a text whose straight ones are misread; with fewer it may be set in straight."""

VOTES: dict[tuple[Place, str], float] = {
    ("open", "‘"): 2.0,
    ("open", "“"): -1.0,
    ("close", "’"): 1.5,
    ("close", "”"): -1.2,
}
"""What a mark says for single style. Engines take single for double marks, hardly ever the other
way (of 66 opening single marks on harsh scans 50 became double), so a single one says more."""

CERTAIN = 1.0
"""The sum of votes from which a style is taken for the text's."""

LOOKAHEAD = 40
"""Marks in which the partner of one is looked for; a paragraph of nothing but marks is no text."""

MISREAD = 0.5
"""The share of double marks among a single-style text's opening ones up to which a pair of double
marks is taken for printed so: two misreadings in one quotation are rarer there."""


def repair_marks(text: str, *, usual: Style | None = None) -> list[Replacement]:
    """Marks turned, curled and put into the text's style where their place leaves no doubt.

    Args:
        text: As an engine read it, lines joined.
        usual: The outlet's style, where it is known: it is surer than a vote of this text.

    Returns:
        Changes of glyphs; none in a text whose marks are straight throughout.
    """
    if len(_CURLY.findall(text)) < FEWEST_CURLY:
        return []
    style = usual or style_of(text)
    pairs_stay = _double_share(text) <= MISREAD
    changes: list[Replacement] = []
    for match in _PARAGRAPH.finditer(text):
        changes += _Paragraph(text, match.start(), match.end(), style, pairs_stay).changes()
    return changes


def style_of(text: str) -> Style | None:
    """Whether a text's quotations are set in single or double marks, if its marks say so."""
    vote = 0.0
    for paragraph in _PARAGRAPH.finditer(text):
        for mark in _marks(text, paragraph.start(), paragraph.end()):
            possessive = mark.place == "close" and mark.before in "sS"
            vote += 0.0 if possessive else VOTES.get((mark.place, mark.glyph), 0.0)
    if abs(vote) < CERTAIN:
        return None
    return "single" if vote > 0 else "double"


def _double_share(text: str) -> float:
    """Of the marks that open, how many are double."""
    paragraphs = (match.span() for match in _PARAGRAPH.finditer(text))
    marks = (mark for span in paragraphs for mark in _marks(text, *span))
    glyphs = [mark.glyph for mark in marks if mark.place == "open" and mark.glyph in "‘“"]
    return glyphs.count("“") / len(glyphs) if glyphs else 0.0


@dataclass(frozen=True, slots=True)
class _Mark:
    """A run of marks, what stands beside it (a blank at its paragraph's ends), and its place."""

    start: int
    glyph: str
    before: str
    after: str
    place: Place

    @property
    def double(self) -> bool:
        return self.glyph[0] in _DOUBLE

    @property
    def end(self) -> int:
        return self.start + len(self.glyph)


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        yield _Mark(match.start(), match[0], before, after, _place(before, after))


def _place(before: str, after: str) -> Place:
    if before.isalnum() and after.isalnum():
        return "inside"
    if (before.isspace() or before in _BEFORE_OPENING) and not after.isspace():
        return "unclear" if after in _AFTER_CLOSING else "open"
    if not before.isspace() and (after.isspace() or after in _AFTER_CLOSING):
        return "close"
    return "unclear"


@dataclass(slots=True)
class _Paragraph:
    """Goes through one paragraph's marks with the quotations that are open."""

    text: str
    start: int
    end: int
    style: Style | None
    pairs_stay: bool

    def changes(self) -> Iterator[Replacement]:
        marks = list(_marks(self.text, self.start, self.end))
        opened: list[Style] = []
        for place, mark in enumerate(marks):
            new = self._read(mark, marks[place + 1 : place + 1 + LOOKAHEAD], opened)
            if new != mark.glyph:
                yield Replacement(mark.start, mark.end, new, RULE)

    def _read(self, mark: _Mark, later: list[_Mark], opened: list[Style]) -> str:
        """The glyph as it was printed; ``opened`` is led along."""
        if len(mark.glyph) > 1:
            return self._run(mark, opened)
        if mark.place == "inside":
            return _inside(mark)
        if mark.place == "open":
            return self._open(mark, later, opened)
        if mark.place == "close":
            return self._close(mark, opened)
        return mark.glyph

    def _run(self, mark: _Mark, opened: list[Style]) -> str:
        """Several marks together stay; they open or close as many quotations."""
        # Typewriters make one double mark of two single ones.
        run = ['"'] if mark.glyph in _TYPED else list(mark.glyph)
        if mark.place == "open":
            opened += ["double" if glyph in _DOUBLE else "single" for glyph in run]
        elif mark.place == "close":
            del opened[max(len(opened) - len(run), 0) :]
        return mark.glyph

    def _open(self, mark: _Mark, later: list[_Mark], opened: list[Style]) -> str:
        if not mark.double and self._elided(mark):
            return "’"
        double = mark.double
        stays = mark.glyph != '"' and self._stays_double(later, opened)
        if self.style == "single" and double and not stays:
            double = False
        opened.append("double" if double else "single")
        return "“" if double else "‘"

    def _stays_double(self, later: list[_Mark], opened: list[Style]) -> bool:
        """Whether a double mark in a text of single ones was printed: nested, or one of a pair."""
        if not self.pairs_stay and opened[-1:] != ["single"]:
            return False
        for mark in later:
            if mark.place == "close" and mark.double:
                return True
            if mark.place == "open" and not self._elided(mark):
                return False
        return False

    def _elided(self, mark: _Mark) -> bool:
        word = re.match(r"[^\W_]+", self.text[mark.end : mark.end + 20])
        return word is not None and (
            word[0].casefold() in elisions() or _DECADE.fullmatch(word[0]) is not None
        )

    def _close(self, mark: _Mark, opened: list[Style]) -> str:
        if mark.before.isdigit() and mark.glyph in "\"'´°":
            return mark.glyph
        if not mark.double and mark.before.isalpha() and mark.glyph not in "°*":
            return self._after_letter(mark, opened)
        style = opened.pop() if opened else self._usual(mark)
        if style is None:
            return mark.glyph
        return "”" if style == "double" else "’"

    def _after_letter(self, mark: _Mark, opened: list[Style]) -> str:
        """An apostrophe at a word's end, or a single closing mark: the same glyph."""
        possessive = mark.before in "sS" and mark.after.isspace()
        if opened and opened[-1] == "single" and not possessive:
            opened.pop()
        return "’"

    def _usual(self, mark: _Mark) -> Style | None:
        """The style of a closing mark that nothing opened."""
        if mark.glyph in "°*":
            return None
        if mark.double:
            return self.style or "double"
        return "single"


def _inside(mark: _Mark) -> str:
    """Between letters: an apostrophe, unless two words may have lost their blank."""
    glued = mark.before.islower() and mark.after.isupper()
    digits = mark.before.isdigit() or mark.after.isdigit()
    return mark.glyph if glued or digits else "’"


@cache
def elisions() -> frozenset[str]:
    """Words that begin with an apostrophe: ``’tis``."""
    path = files("newsmine.data") / "quotation_marks.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["elision"]
    return frozenset(entry["word"] for entry in entries)
