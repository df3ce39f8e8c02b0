"""Names that are withheld: where an article prints them, in whatever form, and the article without.

A name is known by its first and last word. The full name is found in any case, with other names or
initials between, surname first, with one misread place in a word. Where an article has it, the
first name alone is the same person's unless another surname follows; the surname alone, unless
somebody else in the article has it ("Ian Doe", "Mr Doe"): a relative who speaks out is not hidden.
Too much is hidden rather than too little.

The raw text is masked in place, so that its offsets and the words on its pages stay right; in the
clean text "[name withheld]" stands for each, and all offsets are moved.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from newsmine.index.withheld_forms import Name, plain_of
from newsmine.ingest.alignment import AlignedText, Replacement
from newsmine.types import Article, Extraction, Page, RawArticle, Span

WITHHELD = "[name withheld]"
"""What stands for a name."""
MASK = "\N{FULL BLOCK}"
"""What stands for each character of a name in the raw text."""
IN_PATHS = "withheld"
"""What stands for a name in a path or an article's id."""

T = TypeVar("T")


@cache
def _words(which: str) -> frozenset[str]:
    path = files("newsmine.data").joinpath("withheld_names.toml")
    return frozenset(tomllib.loads(path.read_text(encoding="utf-8"))[which]["words"].split())


class Finder:
    """Finds names in the texts of one article."""

    def __init__(self, article: Article, names: Iterable[Name]) -> None:
        raw = article.raw.raw_text if article.raw else ""
        self._texts = [article.text, raw, article.headline or "", article.standfirst or ""]
        self._names = [(name, *self._alone(name)) for name in names]

    def _alone(self, name: Name) -> tuple[bool, bool]:
        """Whether the first name, and the surname, by themselves are this person's here."""
        if name.single:
            return False, False
        here = any(name.full.search(text) for text in self._texts) or all(
            any(part.search(text) for text in self._texts) for part in (name.first, name.last)
        )
        return here, here and not any(_is_shared(name, text) for text in self._texts)

    def spans(self, text: str) -> list[Span]:
        """Where a text has any of the names, in order, without overlap."""
        plain = plain_of(text)
        here = [one for one in self._names if one[0].may_be_in(plain)]
        found = sorted(span for one in here for span in _spans(text, *one))
        merged: list[Span] = []
        for start, end in found:
            if merged and start < merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return merged

    def hidden(self, text: str) -> str:
        """A text without the names."""
        return _replaced(text, self.spans(text), lambda _: WITHHELD)

    def masked(self, text: str, also: Iterable[Span] = ()) -> str:
        """A text of the same length without the names, and without some other stretches."""
        spans = sorted({*self.spans(text), *also})
        return _replaced(text, _apart(spans), lambda part: re.sub(r"\S", MASK, part))

    def in_path(self, text: str) -> str:
        """A path or id without the names."""
        for name, first, last in self._names:
            text = name.in_path.sub(IN_PATHS, text) if not name.single else text
            for pattern in [name.first] * (first or name.single) + [name.last] * last:
                text = pattern.sub(IN_PATHS, text)
        return text


def _apart(spans: Iterable[Span]) -> list[Span]:
    apart: list[Span] = []
    for start, end in spans:
        start = max(start, apart[-1][1]) if apart else start
        if start < end:
            apart.append((start, end))
    return apart


def _replaced(text: str, spans: Sequence[Span], new: Callable[[str], str]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], new(text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


def _spans(text: str, name: Name, first: bool, last: bool) -> Iterator[Span]:
    for match in name.full.finditer(text):
        if not name.single or _is_name(text, match):
            yield match.span()
    if first:
        for match in name.first.finditer(text):
            if _is_name(text, match) and not _has_other_surname(name, text, match.end()):
                yield match.span()
        yield from (match.span() for match in name.initial.finditer(text))
    if first:
        for match in name.last.finditer(text):
            before = _word_before(text, match.start())
            childs = before.casefold() in _words("of_a_child")
            theirs = (last or childs) and not _is_others(name, before)
            if theirs and _is_name(text, match):
                yield match.span()


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a word is a name: "Grace", but not "grace", nor "Will" that opens a sentence."""
    if not match[0][0].isupper() and text.strip() != match[0]:
        return False
    if match[0].isupper() and len(match[0]) > 1:
        return True
    opens = re.search(r"(?:^|[.!?:]['’”\"]?\s+|\n\s*|[“\"‘])$", text[: match.start()][-6:])
    goes_on = re.match(r"\s+[a-z]", text[match.end() : match.end() + 9])
    return not (opens and goes_on and match[0].casefold() in _words("ordinary"))


def _has_other_surname(name: Name, text: str, end: int) -> bool:
    following = re.match(r"[ \n]+([A-Z][\w’'-]+)", text[end : end + 60])
    return bool(following) and not name.last.match(following[1])  # type: ignore[index]


def _word_before(text: str, start: int) -> str:
    found = re.search(r"([A-Z][\w’']*)\.?[ \n]+$", text[max(0, start - 60) : start])
    return found[1] if found else ""


def _is_others(name: Name, before: str) -> bool:
    """Whether a capitalised word before a surname makes it that of somebody else."""
    word = before.casefold()
    if not word or name.first.fullmatch(before) or word in _words("of_a_child"):
        return False
    return word not in _words("openers")


def _is_shared(name: Name, text: str) -> bool:
    befores = (_word_before(text, m.start()) for m in name.last.finditer(text) if m[0][0].isupper())
    between = {word.casefold() for word in name.words}
    return any(_is_others(name, b) for b in befores if b.casefold() not in between and len(b) > 1)


@dataclass(frozen=True, slots=True)
class Redacted:
    """An extraction without some names, and how often one was replaced in its text."""

    extraction: Extraction
    count: int
    finder: Finder


def redact(extraction: Extraction, names: Sequence[Name]) -> Redacted:
    """An extraction without these names, in its texts and in all that was found in it."""
    article = extraction.article
    finder = Finder(article, names)
    spans = finder.spans(article.text)
    changes = [Replacement(start, end, WITHHELD, "withheld") for start, end in spans]
    made = AlignedText(article.text, article.alignment).replace(changes)
    move = _mover(spans)
    masked = [raw for span in spans for raw in article.alignment.to_raw(span)]
    zones, bylines = _mapped((article.zones, article.bylines), finder.hidden, move)
    clean = replace(
        article,
        id=finder.in_path(article.id),
        path=finder.in_path(article.path),
        text=made.text,
        alignment=made.alignment,
        headline=article.headline and finder.hidden(article.headline),
        standfirst=article.standfirst and finder.hidden(article.standfirst),
        bylines=bylines,
        zones=zones,
        raw=_without(article.raw, finder, masked) if article.raw else None,
    )
    found = {
        name: _mapped(getattr(extraction, name), finder.hidden, move)
        for name in ("mentions", "attributions", "claims", "checks")
    }
    return Redacted(replace(extraction, article=clean, **found), len(spans), finder)


def _mover(spans: Sequence[Span]) -> Callable[[Span], Span]:
    """Moves spans of a text to where they are once others are replaced.

    One that begins or ends within a name takes all of it.
    """
    starts, moved, at = [], [], 0
    for start, end in spans:
        starts.append(start)
        moved.append(at)
        at += len(WITHHELD) - (end - start)
    total = at

    def place(position: int, *, opens: bool) -> int:
        n = bisect_right(starts, position) - 1
        if n < 0:
            return position
        start, end = spans[n]
        shift = moved[n + 1] if n + 1 < len(moved) else total
        if position >= end or position == start:
            return position + (shift if position >= end else moved[n])
        return start + moved[n] + (0 if opens else len(WITHHELD))

    return lambda span: (place(span[0], opens=True), place(span[1], opens=False))


def _mapped(value: T, words: Callable[[str], str], move: Callable[[Span], Span]) -> T:
    """A record with other texts and spans in it, all the way down."""
    made: Any = value
    if isinstance(value, str):
        made = words(value)
    elif isinstance(value, tuple):
        if len(value) == 2 and all(type(part) is int for part in value):
            made = move(value)
        else:
            made = tuple(_mapped(part, words, move) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _mapped(getattr(value, f.name), words, move) for f in fields(value)}
        made = replace(value, **parts)
    return made  # type: ignore[no-any-return]


def _without(raw: RawArticle, finder: Finder, masked: Sequence[Span]) -> RawArticle:
    text = finder.masked(raw.raw_text, masked)
    given: Any = replace(
        _mapped(raw.given, finder.hidden, lambda span: span), zones=raw.given.zones
    )
    return replace(
        raw,
        raw_text=text,
        path=finder.in_path(raw.path),
        pages=tuple(_page(page, raw.raw_text, text) for page in raw.pages),
        given=given,
    )


def _page(page: Page, before: str, after: str) -> Page:
    """The page with its words as they are in the text now; a word of a name is masked whole."""
    words = tuple(
        (span, word)
        if before[slice(*span)] == after[slice(*span)]
        else (span, replace(word, text=re.sub(r"\S", MASK, word.text)))
        for span, word in page.words
    )
    return replace(page, words=words)
