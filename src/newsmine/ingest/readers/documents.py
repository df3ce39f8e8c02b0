"""What a word processor's document holds: paragraphs, each with the style that says what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from newsmine.errors import ReadError
from newsmine.ingest.bylines import parse_bylines
from newsmine.ingest.landmarks import published
from newsmine.ingest.outlets import outlet_name
from newsmine.ingest.readers import press
from newsmine.ingest.readers.base import Found
from newsmine.ingest.readers.markup import declares_entities
from newsmine.types import Byline, Given, Zone, ZoneKind

Style = Literal["title", "heading", "subtitle"]

ABOVE = 8
"""Paragraphs beside the title among which outlet, date and byline stand."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (a line break within it stays) and the style that it is set in."""

    text: str
    style: Style | None = None


def refuse_entities(xml: bytes, path: str) -> None:
    """No word processor declares any; the parser would leave out what stands behind one.

    Raises:
        ReadError: The XML of a document declares entities.
    """
    if b"<!ENTITY" in xml or declares_entities(xml):
        reason = "declares XML entities, which can be made to do harm"
        raise ReadError(path, reason, "Open it in a word processor and save it again")


def read_paragraphs(paragraphs: Iterable[Paragraph]) -> Iterator[Found]:
    """The articles in a document: those of a press database's export, else one.

    The raw text is the paragraphs, a line each.
    """
    held = list(paragraphs)
    text = "\n".join(paragraph.text for paragraph in held)
    found = press.articles(text)
    if found is None:
        yield Found(text, given=styled(held))
    else:
        yield from found


def styled(paragraphs: Sequence[Paragraph]) -> Given:
    """What a document's styles say; nothing where it sets no heading as one.

    The first heading is the headline. Outlet, date and byline are looked for beside it only, and
    told by their words.
    """
    headed = [i for i, p in enumerate(paragraphs) if p.style in _HEADS and p.text.strip()]
    if not headed:
        return Given()
    titles = [i for i in headed if paragraphs[i].style == "title"]
    first = (titles or headed)[0]
    kinds = _by_words(paragraphs, first) | _by_style(paragraphs, headed)
    kinds[first] = "headline"
    texts = {kind: paragraphs[i].text for i, kind in reversed(list(kinds.items()))}
    return Given(
        outlet=outlet_name(texts["outlet"]) if "outlet" in texts else None,
        published=published(texts["date"]) if "date" in texts else None,
        headline=" ".join(paragraphs[first].text.split()),
        standfirst=" ".join(texts["standfirst"].split()) if "standfirst" in texts else None,
        bylines=_authors(texts.get("byline")),
        zones=tuple(_zones(paragraphs, kinds)),
    )


_HEADS = ("title", "heading")


def _authors(line: str | None) -> tuple[Byline, ...]:
    return parse_bylines(line.strip()) if line else ()


def _by_words(paragraphs: Sequence[Paragraph], first: int) -> dict[int, ZoneKind]:
    """The short paragraphs around the headline that say themselves what they are."""
    around = range(max(first - ABOVE, 0), min(first + ABOVE, len(paragraphs)))
    plain = [i for i in around if paragraphs[i].style is None and paragraphs[i].text.strip()]
    before = [i for i in plain if i < first]
    after = takewhile(lambda i: len(paragraphs[i].text) < _SHORT, (i for i in plain if i > first))
    kinds = {i: _kind(paragraphs[i].text.strip()) for i in [*before, *after]}
    return {i: kind for i, kind in kinds.items() if kind}


_SHORT = 200


def _kind(line: str) -> ZoneKind | None:
    if parse_bylines(line):
        return "byline"
    if published(line):
        return "date"
    return "outlet" if outlet_name(line) else None


def _by_style(paragraphs: Sequence[Paragraph], headed: Sequence[int]) -> dict[int, ZoneKind]:
    kinds: dict[int, ZoneKind] = dict.fromkeys(headed, "subhead")
    subtitles = [i for i, p in enumerate(paragraphs) if p.style == "subtitle" and p.text.strip()]
    return kinds | dict.fromkeys(subtitles[:1], "standfirst")


def _zones(paragraphs: Sequence[Paragraph], kinds: dict[int, ZoneKind]) -> Iterator[Zone]:
    at = 0
    for i, paragraph in enumerate(paragraphs):
        if i in kinds:
            yield Zone((at, at + len(paragraph.text)), kinds[i])
        at += len(paragraph.text) + 1
