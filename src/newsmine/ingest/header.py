"""What stands above a story: outlet, date, headline, standfirst, bylines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsmine.ingest.blocks import Block
from newsmine.ingest.bylines import ends_in_role, parse_bylines, parse_signature, singular
from newsmine.ingest.dates import find_date, is_day_first
from newsmine.ingest.landmarks import is_caption, is_furniture, outlet_beside_date, published
from newsmine.ingest.outlets import is_capitalised, is_column, outlet_name
from newsmine.types import Byline, Zone, ZoneKind

LONGEST_HEADLINE = 30
"""Words; the longest headlines of the PolNeAR and BBC training articles have 24."""

LONGEST_STOPPED_HEADLINE = 14
"""Words in a headline that ends with a full stop; a short first sentence can look the same."""

LONGEST_STANDFIRST = 60
"""Words."""

LONGEST_HEADER = 14
"""Paragraphs."""

_TWO_SENTENCES = re.compile(r"[a-z]{4}[.!?][’”\"']?\s+[‘“\"']?[A-Z]")


@dataclass(slots=True)
class Header:
    """What the scan of the top found; ``size`` counts its paragraphs.

    ``landmarks`` says that an outlet, date or byline was found, so that the text has the shape of
    a press database's export and not of any text.
    """

    zones: list[Zone] = field(default_factory=list)
    size: int = 0
    outlet: str | None = None
    published: str | None = None
    headline: list[str] = field(default_factory=list)
    standfirst: list[str] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)

    @property
    def landmarks(self) -> bool:
        return bool(self.outlet or self.published or self.bylines)


def read_header(blocks: Sequence[Block]) -> Header:
    """Read paragraphs from the top for as long as they are no body text."""
    header = Header()
    while header.size < min(len(blocks), LONGEST_HEADER):
        rest = blocks[header.size :]
        if rest[0].long or not (_landmark(header, rest) or _title(header, rest)):
            break
        header.size += 1
    if header.size == len(blocks) and not header.landmarks:
        # Nothing is left to be the story: the text stays whole.
        return Header()
    return header


def _landmark(header: Header, rest: Sequence[Block]) -> bool:
    """Take the first block if its own words say what it is."""
    block = rest[0]
    takers = (_take_furniture, _take_outlet, _take_date, _take_byline)
    if any(take(header, rest) for take in takers):
        return True
    if is_caption(block.text):
        _zone(header, block, "caption")
        return True
    return False


def _zone(header: Header, block: Block, kind: ZoneKind) -> None:
    header.zones.append(Zone(block.span, kind))


def _take_furniture(header: Header, rest: Sequence[Block]) -> bool:
    if not is_furniture(rest[0].text):
        return False
    _zone(header, rest[0], "furniture")
    return True


def _take_outlet(header: Header, rest: Sequence[Block]) -> bool:
    if header.outlet is not None:
        return False
    name = outlet_name(rest[0].text)
    if name is None and not header.headline and _stands_as_outlet(rest):
        name = rest[0].text
    if name is None:
        return False
    header.outlet = name
    _zone(header, rest[0], "outlet")
    return True


def _stands_as_outlet(rest: Sequence[Block]) -> bool:
    """Whether an unknown name has an outlet's place: a capitalised line above a date or headline.

    The headline must be the longer one; a line all in capitals may be a headline itself.
    """
    if len(rest) < 3 or not is_capitalised(rest[0].text):
        return False
    if published(rest[1].text):
        return True
    following = [b for b in rest[1:5] if not is_furniture(b.text)]
    if len(following) < 2 or rest[0].text.isupper() or _is_byline(following, 0):
        return False
    title = following[0]
    longer = len(title.words) >= max(4, len(rest[0].words) + 1)
    return longer and not title.stopped and not title.capital_lead and _titled(title)


def _titled(block: Block) -> bool:
    # LexisNexis ends a headline with ";" where a second deck follows.
    return not block.long and len(block.words) <= LONGEST_HEADLINE and block.text[-1] not in ",:–—-"


def _take_date(header: Header, rest: Sequence[Block]) -> bool:
    text = rest[0].text
    iso = published(text)
    if iso and len(iso) == len("2018"):
        iso = published(text, day_first=is_day_first([b.text for b in rest]))
    found = find_date(text) if iso else None
    if iso is None or found is None:
        return False
    header.published = header.published or iso
    start, end = found[0]
    offset = rest[0].start
    cuts = [(0, start), (start, end), (end, len(text))]
    kinds = [_part_kind(header, text[a:b]) if (a, b) != (start, end) else "date" for a, b in cuts]
    for (a, b), kind in zip(cuts, kinds, strict=True):
        _extend(header, offset + a, offset + b, kind)
    return True


def _part_kind(header: Header, part: str) -> ZoneKind:
    """What stands before or after the date on its line."""
    name = outlet_beside_date(part)
    if name is None:
        return "furniture" if is_furniture(part.strip(" ,;|·•–—-")) else "date"
    header.outlet = header.outlet or name
    return "outlet"


def _extend(header: Header, start: int, end: int, kind: ZoneKind) -> None:
    """Add a zone, as part of the last one if that touches it and is of the same kind."""
    if start == end:
        return
    last = header.zones[-1] if header.zones else None
    if last and last.span[1] == start and last.kind == kind:
        header.zones[-1] = Zone((last.span[0], end), kind)
    else:
        header.zones.append(Zone((start, end), kind))


def _take_byline(header: Header, rest: Sequence[Block]) -> bool:
    block = rest[0]
    following = rest[1].text if len(rest) > 1 else ""
    authors = parse_bylines(block.text)
    if not authors and header.headline:
        authors = parse_signature(block.text, following) or _bare_name(header, rest)
    if authors:
        header.bylines += authors
    elif header.bylines and ends_in_role(block.text):
        header.bylines = _with_role(header.bylines, block.text)
    else:
        return False
    _zone(header, block, "byline")
    return True


def _bare_name(header: Header, rest: Sequence[Block]) -> tuple[Byline, ...]:
    """An author without "By": a name between a headline in lower case and the story."""
    text = rest[0].text
    if header.bylines or len(rest) < 2 or not rest[1].prose or len(rest[0].words) not in (2, 3):
        return ()
    lower = re.search(r"\b[a-z]{4,}", header.headline[-1])
    return (Byline(text),) if lower and is_capitalised(text) and not text.isupper() else ()


def _with_role(authors: Sequence[Byline], role: str) -> list[Byline]:
    """A role on a line of its own is the last author's, or everybody's in the plural."""
    one = singular(role)
    first = 0 if one != role else len(authors) - 1
    return [Byline(a.name, a.role or (one if i >= first else None)) for i, a in enumerate(authors)]


def _is_byline(blocks: Sequence[Block], i: int) -> bool:
    return i < len(blocks) and not blocks[i].long and bool(parse_bylines(blocks[i].text))


def _title(header: Header, rest: Sequence[Block]) -> bool:
    """Take the first block if it is a headline or standfirst by its place and looks."""
    block = rest[0]
    if len(rest) == 1 or (block.capital_lead and block.prose):
        return False
    if not header.headline:
        return _take_headline(header, rest)
    if is_column(header.headline[0]):
        return False
    if not header.standfirst and not header.bylines and _continues_headline(header, block):
        header.headline.append(block.text)
        _zone(header, block, "headline")
        return True
    if _is_standfirst(header, rest):
        header.standfirst.append(block.text)
        _zone(header, block, "standfirst")
        return True
    return False


def _take_headline(header: Header, rest: Sequence[Block]) -> bool:
    block = rest[0]
    if is_column(block.text):
        header.headline.append(block.text)
        _zone(header, block, "headline")
        return True
    if not _titled(block) or not _followed_by_story(rest[1:]):
        return False
    if block.stopped and not _is_stopped_headline(header, rest):
        return False
    header.headline.append(block.text)
    _zone(header, block, "headline")
    return True


def _followed_by_story(rest: Sequence[Block]) -> bool:
    return any(b.prose or len(b.words) > LONGEST_HEADLINE for b in rest[:LONGEST_HEADER])


def _is_stopped_headline(header: Header, rest: Sequence[Block]) -> bool:
    """Whether a sentence with its full stop heads a story: short, alone, above longer text."""
    block = rest[0]
    if _TWO_SENTENCES.search(block.text):
        return False
    if block.text.isupper() or _title_case(block) or _is_byline(rest, 1):
        return True
    below = next((b for b in rest[1:] if b.prose), rest[1])
    short = len(block.words) <= LONGEST_STOPPED_HEADLINE
    return short and len(below.words) >= 1.2 * len(block.words)


def _title_case(block: Block) -> bool:
    words = [w for w in block.words if w[0].isalpha() and len(w) > 3]
    return bool(words) and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _continues_headline(header: Header, block: Block) -> bool:
    """Whether a second line is of the headline: no stop, and lower case, short, or all capitals."""
    if block.final or not _titled(block) or block.quoted:
        return False
    capitals = block.text.isupper() and header.headline[-1].isupper()
    return block.text[0].islower() or capitals or len(block.words) <= 5


def _is_standfirst(header: Header, rest: Sequence[Block]) -> bool:
    """Whether a block is a standfirst: its place, its missing stop, or its words say so."""
    block, below = rest[0], rest[1]
    if block.long or len(block.words) > LONGEST_STANDFIRST:
        return False
    if header.headline[-1].endswith(";") and not header.standfirst:
        return len(block.words) <= LONGEST_HEADLINE
    if not header.bylines and any(_is_byline(rest, i) for i in (1, 2)):
        return True
    if below.capital_lead or (below.prose and len(block.words) > 4 and block.shares(below) >= 0.7):
        return not block.quoted
    return not block.final and _titled(block) and len(block.words) > 5 and not block.quoted
