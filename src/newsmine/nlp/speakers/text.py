"""Words, sentences and paragraphs of an article, as far as speakers need them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from newsmine.types import Span

WORD = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z]\.(?=\s[A-Z])"  # initials
    r"|[^\W_]\w*(?:(?:[’'\-&/@]+|//|\.(?=[a-z]))[^\W_]\w*)*(?://\w+)?|&"
)
POSSESSIVE = re.compile(r"[’']s$|(?<=s)[’']$")
_ADJECTIVE = re.compile(r"-(?:based|style|led|born|owned|backed|run|wide|speaking|educated)$")
_ABBREVIATED = r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bProf)(?<!\bRev)(?<!\b[A-Z])"
_SENTENCE = re.compile(
    rf"\n\s*\n\s*|{_ABBREVIATED}[.!?…][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9£$“‘\"'])|"
    r"(?<=[,.!?][\"”’'])\s+(?=[\"“‘][A-Z])"
)
_PARAGRAPH = re.compile(r"\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Token:
    """One word; ``text`` is without a possessive ending, which ``possessive`` records."""

    start: int
    end: int
    text: str
    possessive: bool

    @property
    def capital(self) -> bool:
        """Whether it is written as part of a name ("iPod" too, "London-based" not)."""
        if _ADJECTIVE.search(self.text):
            return False
        return self.text[0].isupper() or any(c.isupper() for c in self.text[1:])


@dataclass(frozen=True, slots=True)
class Layout:
    """Where sentences and paragraphs start."""

    text: str
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]

    def sentence(self, position: int) -> int:
        """The number of the sentence that holds the position."""
        return bisect_right(self.sentences, position) - 1

    def paragraph(self, position: int) -> int:
        """The number of the paragraph that holds the position."""
        return bisect_right(self.paragraphs, position) - 1

    def sentence_span(self, position: int) -> Span:
        """The sentence around a position."""
        number = self.sentence(position)
        following = number + 1
        last = following == len(self.sentences)
        return self.sentences[number], len(self.text) if last else self.sentences[following]


def layout(text: str) -> Layout:
    """Splits into paragraphs at blank lines and into sentences at stops; both start at 0."""
    return Layout(
        text,
        (0, *(m.end() for m in _SENTENCE.finditer(text))),
        (0, *(m.end() for m in _PARAGRAPH.finditer(text))),
    )


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of a stretch, possessive endings taken off."""
    found = []
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        after = text[match.end() : match.end() + 1]
        ending = POSSESSIVE.search(word)
        bare = word[: ending.start()] if ending and ending.start() else word
        plural = word.endswith("s") and after in ("’", "'") and after != ""
        possessive = bare != word or (plural and text[match.end() + 1 : match.end() + 2] == " ")
        found.append(Token(match.start(), match.start() + len(bare), bare, possessive))
    return found
