"""Exports of press databases: many articles in a text, each with landmarks that name its fields."""

from __future__ import annotations

from collections.abc import Iterator

from newsmine.ingest.cleaning.layout import Line, lines_of
from newsmine.ingest.readers.base import Found, Reader
from newsmine.ingest.readers.magic import unreadable_kind
from newsmine.ingest.readers.press.fields import read_given
from newsmine.ingest.readers.press.profiles import Profile, profiles
from newsmine.ingest.readers.press.stretches import Stretch, cut, date_place, divide
from newsmine.ingest.readers.text import SUFFIXES, decode

CUT_OFF = "cut off"
"""The flag of an article whose end the export lacks."""

SNIFFED = 1 << 20
"""Bytes; the longest articles, live blogs, have a tenth of them."""


def articles(text: str) -> Iterator[Found] | None:
    """The articles of an export, with what it says of them; None where no profile fits the text.

    ``part`` counts from 1, and each text is its stretch of the export as it is. A cover page is
    left out. A profile fits where half of what it finds at least has the landmarks of an article.
    """
    fitting = fit(text)
    return None if fitting is None else _found(text, *fitting)


def fit(text: str) -> tuple[Profile, list[Stretch]] | None:
    """The first profile that fits a text, and the articles that it finds."""
    lines: list[Line] = []
    for profile in profiles():
        if not any(hint in text for hint in profile.hints):
            continue
        lines = lines or lines_of(text)
        found = [divide(group, profile) for group in cut(lines, profile)]
        good = sum(_is_article(stretch, profile) for stretch in found)
        if good and 2 * good >= len(found):
            return profile, found
    return None


def _is_article(stretch: Stretch, profile: Profile) -> bool:
    """Whether a stretch has the landmarks of an article, a date among them."""
    if profile.requires and not any(block.name in profile.requires for block in stretch.blocks):
        return False
    head = [line for block in stretch.blocks[: stretch.body] for line in block.lines]
    dated = date_place(head, last=False) is not None
    if not profile.header:
        asides = sum(profile.aside.fullmatch(line.text) is not None for line in head)
        return dated and asides >= 1
    return stretch.landmarks >= 3 or (dated and stretch.landmarks >= 1)


def _found(text: str, profile: Profile, stretches: list[Stretch]) -> Iterator[Found]:
    for number, stretch in enumerate(stretches, start=1):
        start, end = stretch.span
        open_ended = profile.closes and not profile.closes.fullmatch(stretch.last.text)
        flags = (CUT_OFF,) if open_ended else ()
        given = read_given(text, stretch, profile, flags)
        yield Found(text[start:end], given=given, part=str(number))


def sniff(data: bytes, path: str) -> bool:
    """Whether the bytes are a text in whose beginning a profile's landmarks stand."""
    return unreadable_kind(data) is None and fit(decode(data[:SNIFFED])) is not None


def read(data: bytes, path: str) -> Iterator[Found]:
    """The articles of an export, one by one; all of the text where it is none after all."""
    text = decode(data)
    yield from articles(text) or [Found(text)]


READER = Reader(
    "press",
    "Exports of press databases as text: LexisNexis, Nexis Uni, Factiva, ProQuest, Gale",
    SUFFIXES,
    sniff,
    read,
)
