"""Links to a passage that survive a new cleaning of its text.

A passage is known by its words, the words around it and its place, as the Web Annotation model has
it (https://www.w3.org/TR/annotation-model/#text-quote-selector). The words find it again, the
others decide between equal ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import quote, unquote

from newsmine.export.rows import encodable
from newsmine.types import Span

CONTEXT = 32
"""Characters before and after that are kept."""

ALIKE = 0.8
"""The share of a passage's characters, in order, that must be found for it to be the same."""

_SEED = 6
"""Characters in a row by which a changed passage is looked for."""

_LONGEST = 2_000
"""Characters of a changed passage that is still looked for; the comparison is quadratic."""


@dataclass(frozen=True, slots=True)
class Permalink:
    """A passage of a text. ``start`` and ``end`` are characters, end exclusive.

    ``sha256`` is that of the file that the text was read from; ``None`` if there was none.
    """

    sha256: str | None
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    def selectors(self) -> list[dict[str, Any]]:
        """The two selectors of a Web Annotation."""
        words = {"exact": self.exact, "prefix": self.prefix, "suffix": self.suffix}
        return [
            {"type": "TextQuoteSelector", **words},
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
        ]

    def url(self) -> str:
        """One line to keep or to send; ``from_url`` reads it."""
        named = {"exact": self.exact, "prefix": self.prefix, "suffix": self.suffix}
        words = ",".join(f"{name}={_quoted(text)}" for name, text in named.items())
        source = hash_uri(self.sha256) if self.sha256 else ""
        return f"{source}#selector(type=TextQuoteSelector,{words})&char={self.start},{self.end}"


def hash_uri(sha256: str) -> str:
    """The name of a file by its content, in hexadecimal (RFC 6920, ``nih``)."""
    return f"nih:sha-256;{sha256}"


def _quoted(text: str) -> str:
    return quote(encodable(text), safe="")


_URL = re.compile(
    r"(?:nih:sha-256;([0-9a-f]+))?#selector\(type=TextQuoteSelector,"
    r"exact=([^,)]*),prefix=([^,)]*),suffix=([^,)]*)\)&char=(\d+),(\d+)"
)


def permalink(text: str, span: Span, *, sha256: str | None = None) -> Permalink:
    """The link to a span of a text."""
    start, end = span
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Permalink(sha256, text[start:end], before, after, start, end)


def from_url(url: str) -> Permalink:
    """What ``Permalink.url`` wrote.

    Raises:
        ValueError: It is no such line.
    """
    match = _URL.fullmatch(url)
    if match is None:
        raise ValueError(f"no permalink: {url[:80]!r}")
    sha256, *words, start, end = match.groups()
    exact, prefix, suffix = map(unquote, words)
    return Permalink(sha256, exact, prefix, suffix, int(start), int(end))


def find(text: str, link: Permalink) -> Span | None:
    """Where a text, perhaps cleaned anew, has the passage; ``None`` where it has it no more.

    Looks for the same words, then for the same words in other layout (blanks, hyphens at line
    ends, kinds of quotation marks and dashes), then for words that are ``ALIKE`` as OCR and its
    corrections leave them. Of several, the one whose surroundings fit best; of those, the nearest.
    """
    if not link.exact:
        return None
    if found := _best(text, link, _occurrences(text, link.exact)):
        return found
    folded, places = _folded(text)
    exact = _folded(link.exact)[0]
    if not exact:
        return None
    spans = (_unfolded(places, span) for span in _occurrences(folded, exact))
    found = _best(text, link, spans)
    if found is None and (alike := _most_alike(folded, exact)):
        found = _unfolded(places, alike)
    return _with_marks(text, link.exact, found) if found else None


def _occurrences(text: str, part: str) -> Iterator[Span]:
    start = text.find(part)
    while start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + 1)


def _best(text: str, link: Permalink, spans: Iterator[Span]) -> Span | None:
    return max(spans, key=lambda span: _fit(text, link, span), default=None)


def _fit(text: str, link: Permalink, span: Span) -> tuple[int, int]:
    """How many characters around are the same, outwards; then how near the old place it is."""
    # What folds away must not count as a difference, so a little more than is kept is compared.
    before = _folded(text[max(0, span[0] - 2 * CONTEXT) : span[0]])[0]
    after = _folded(text[span[1] : span[1] + 2 * CONTEXT])[0]
    prefix, suffix = _folded(link.prefix)[0], _folded(link.suffix)[0]
    same = _shared(before[::-1], prefix[::-1]) + _shared(after, suffix)
    return same, -abs(span[0] - link.start)


def _shared(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _folded(text: str) -> tuple[str, list[int]]:
    """Only the letters and digits, in plain form, and where each one stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character):
            if letter.isalnum():
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _unfolded(places: list[int], span: Span) -> Span:
    return places[span[0]], places[span[1] - 1] + 1


def _with_marks(text: str, exact: str, span: Span) -> Span:
    """The span with the marks around it, as far as the passage itself has marks at its ends."""
    start, end = span
    before = next((n for n, letter in enumerate(exact) if letter.isalnum()), 0)
    after = next((n for n, letter in enumerate(reversed(exact)) if letter.isalnum()), 0)
    while before and start and _is_mark(text[start - 1]):
        start, before = start - 1, before - 1
    while after and end < len(text) and _is_mark(text[end]):
        end, after = end + 1, after - 1
    return start, end


def _is_mark(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _most_alike(text: str, part: str) -> Span | None:
    """Where most runs of characters of a part stand in the order that they have in it."""
    if len(part) > _LONGEST:
        return None
    starts: dict[str, list[int]] = {}
    for place in range(len(part) - _SEED + 1):
        starts.setdefault(part[place : place + _SEED], []).append(place)
    slack = max(2 * _SEED, len(part) // 8)
    votes: Counter[int] = Counter()
    for place in range(len(text) - _SEED + 1):
        for start in starts.get(text[place : place + _SEED], ())[:9]:
            votes[(place - start) // slack] += 1
    if not votes:
        return None
    # A passage may straddle two stripes.
    stripe = max(votes, key=lambda n: (votes[n] + max(votes[n - 1], votes[n + 1]), -n))
    left, right = (stripe - 1) * slack, (stripe + 2) * slack + len(part)
    return _alike_within(text, part, (max(0, left), min(len(text), right)))


def _alike_within(text: str, part: str, window: Span) -> Span | None:
    matcher = SequenceMatcher(None, text[slice(*window)], part, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < ALIKE * len(part):
        return None
    start, end = blocks[0].a - blocks[0].b, blocks[-1].a + len(part) - blocks[-1].b
    return max(0, window[0] + start), min(len(text), window[0] + end)
