"""The forms in which a name to be withheld is printed: patterns for all of it and its parts.

In any case, with or without accents, with other names or initials between, surname first, with one
misread place in a word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from newsmine.index.variants import misreadings

_NOT_IN_WORD, _WORD_ENDS = r"(?<![^\W_])", r"(?![^\W_])"
_BETWEEN = r"[\s\u00ad-]+(?:[A-Z][\w.’'-]*[\s-]+){0,2}?"


@dataclass(frozen=True)
class Name:
    """A name to be withheld, as it was given: one word, or several."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, as they are compared."""
        return tuple(re.findall(r"[\w’'.-]*\w", self.text))

    @property
    def single(self) -> bool:
        """Whether it is one word, which is withheld wherever it stands as a name."""
        return len(self.words) == 1

    @cached_property
    def first(self) -> re.Pattern[str]:
        """The first name alone."""
        return re.compile(_alone(self.words[0]))

    @cached_property
    def last(self) -> re.Pattern[str]:
        """The surname alone."""
        return re.compile(_alone(self.words[-1]))

    @cached_property
    def full(self) -> re.Pattern[str]:
        """The full name, in any of its forms."""
        if self.single:
            return self.first
        first, last = _spelled(self.words[0]), _spelled(self.words[-1])
        forms = [f"{first}{_BETWEEN}{last}", rf"{last},\s*{first}"]
        if len(self.words) > 2:
            forms.append(r"[\s-]+".join(map(_spelled, self.words[:-1])))
        return re.compile(f"{_NOT_IN_WORD}(?:{'|'.join(forms)}){_WORD_ENDS}")

    @cached_property
    def initial(self) -> re.Pattern[str]:
        """An initial and the surname."""
        last = _spelled(self.words[-1])
        return re.compile(rf"{_NOT_IN_WORD}{re.escape(self.words[0][0])}\.?\s+{last}{_WORD_ENDS}")

    @cached_property
    def _signs(self) -> tuple[str, ...]:
        """Strings of which one is in every text that has the first name or the surname."""
        ends = {self.words[0], self.words[-1]}
        return tuple(sorted({_sign(form) for word in ends for form in _forms(word)}))

    def may_be_in(self, plain: str) -> bool:
        """Whether a text, as ``plain_of`` gives it, may hold it: quick, where it does not."""
        return any(sign in plain for sign in self._signs)

    @cached_property
    def in_path(self) -> re.Pattern[str]:
        """The full name in a file's name."""
        return re.compile(r"[\W_]*".join(map(_spelled, self.words)))


@lru_cache(maxsize=4096)
def name_of(text: str) -> Name:
    """A name; its patterns take a tenth of a second to make, so they are kept."""
    return Name(text)


def _alone(word: str) -> str:
    return f"{_NOT_IN_WORD}{_spelled(word)}{_WORD_ENDS}"


def _spelled(word: str) -> str:
    """A word in any case, and as scanning may have misread it at one place."""
    forms = sorted(_forms(word), key=lambda form: (-len(form), form))
    return f"(?i:{'|'.join(''.join(map(_letter, form)) for form in forms)})"


def _forms(word: str) -> set[str]:
    return {word.casefold(), *misreadings(word)}


def _sign(form: str) -> str:
    """The longest part of a word without an apostrophe, which may be missing."""
    return max(re.split("['’]", plain_of(form)), key=len)


def plain_of(text: str) -> str:
    """A text in small letters without accents."""
    text = text.casefold()
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


_ACCENTED = {
    plain: f"[{plain}{accented}]"
    for plain, accented in (
        *(("a", "àáâãäå"), ("c", "ç"), ("e", "èéêë"), ("i", "ìíîï")),
        *(("n", "ñ"), ("o", "òóôõöø"), ("u", "ùúûü"), ("y", "ýÿ")),
    )
}


def _letter(letter: str) -> str:
    """A letter with or without an accent; an apostrophe, of any kind, may be missing."""
    if letter in "'’":
        return "['’`]?"
    plain = unicodedata.normalize("NFD", letter)[0]
    return _ACCENTED.get(plain, re.escape(letter))
