"""What the landmarks of an article in an export say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast

from newsmine.ingest.bylines import ends_in_role, parse_bylines
from newsmine.ingest.cleaning.layout import Line
from newsmine.ingest.dates import find_date
from newsmine.ingest.landmarks import title_case
from newsmine.ingest.readers.press.profiles import Profile, Role
from newsmine.ingest.readers.press.stretches import Block, Stretch, date_place
from newsmine.types import Byline, Given, Span, Zone, ZoneKind

Marked = tuple[Span, Role]

LONGEST_BYLINE = 200
LONGEST_YEAR = 40
"""Characters of a date line in a language that is not read."""


def read_given(text: str, stretch: Stretch, profile: Profile, flags: tuple[str, ...] = ()) -> Given:
    """The fields and zones of one article; spans count from where its stretch begins.

    What is in no zone is body: the text itself, and corrections and notes appended to it.
    """
    marked = list(_marked(stretch, profile))
    values = {role: list(_values(text, marked, role)) for role in _FIELDS}
    outlet = next(iter(values["outlet"]), "")
    dates = (_date(value) for value in [*values["date"], outlet])
    origin = stretch.blocks[0].lines[0].start
    return Given(
        outlet=tidy_outlet(outlet),
        published=next(filter(None, dates), None),
        headline=next(iter(values["headline"]), None),
        standfirst=next(iter(values["standfirst"]), None),
        bylines=given_bylines(values["byline"][0]) if values["byline"] else (),
        zones=tuple(_zones(marked, origin)),
        flags=flags,
    )


_FIELDS: tuple[Role, ...] = ("outlet", "date", "headline", "standfirst", "byline")


def _date(value: str) -> str | None:
    """The date of a date line; of one in another language, or of a season, only the year."""
    found = find_date(value)
    years = _YEAR.findall(value)
    return found[1] if found else years[0] if len(years) == 1 else None


_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")


def _values(text: str, marked: Iterable[Marked], role: Role) -> Iterator[str]:
    for (start, end), kind in marked:
        value = " ".join(text[start:end].split()).strip("|").strip()
        if kind == role and value:
            yield value


def _zones(marked: Iterable[Marked], origin: int) -> Iterator[Zone]:
    at, headed = origin, False
    for (start, end), role in sorted(marked):
        if role in ("text", "body") or not at <= start < end:
            continue
        # Catalogue lines below the text may give the headline again.
        kind = "furniture" if headed and role == "headline" else role
        yield Zone((start - origin, end - origin), cast(ZoneKind, kind))
        at, headed = end, headed or role == "headline"


def _marked(stretch: Stretch, profile: Profile) -> Iterator[Marked]:
    """Each stretch of header and tail, and what it is."""
    blocks, body, tail = stretch.blocks, stretch.body, stretch.tail
    first = next((i for i, b in enumerate(blocks[:body]) if b.name), body)
    yield from _unlabelled([line for b in blocks[:first] for line in b.lines], blocks, profile)
    yield from _labelled(blocks[first:body], profile, profile.header.get)
    for block in blocks[body:tail]:
        # The text's own landmarks, its first block's among them.
        if block.name and profile.header.get(block.name) == "text":
            yield (block.span[0], block.value[0]), "furniture"
            if not profile.forward:
                break
    yield from _labelled(blocks[tail:], profile, profile.tail.get)


def _labelled(
    blocks: Sequence[Block], profile: Profile, role_of: Callable[[str], Role | None]
) -> Iterator[Marked]:
    """Landmarks and their values.

    A block without one goes on with the value before it; a name or a date that is there already
    does not go on.
    """
    role: Role = "furniture"
    for block in blocks:
        if block.name:
            role = role_of(block.name) or profile.header.get(block.name) or "furniture"
            yield (block.span[0], block.value[0]), "furniture"
            yield block.value, role
        else:
            yield block.span, _end_or(role, block, profile)
        filled = block.value[0] < block.value[1]
        role = "furniture" if filled and role in _BRIEF else role


_BRIEF = frozenset(("outlet", "date", "byline"))


def _end_or(role: Role, block: Block, profile: Profile) -> Role:
    closing = profile.closes is not None and profile.closes.fullmatch(block.text)
    return "furniture" if closing or profile.aside.fullmatch(block.text) else role


def _unlabelled(
    lines: Sequence[Line], blocks: Sequence[Block], profile: Profile
) -> Iterator[Marked]:
    """The lines above all landmarks, told by their place beside the date."""
    plain = [line for line in lines if not _aside(line, profile)]
    yield from (((line.start, line.end), "furniture") for line in lines if _aside(line, profile))
    if "date" not in profile.order:
        yield from _in_row(plain, list(profile.order))
        return
    place = profile.order.index("date")
    above, below = list(profile.order[:place]), list(profile.order[place + 1 :])
    at = _date_place(plain, below_headline="headline" in above)
    if at is None:
        yield from _in_row(plain[:1], above)
        yield from _in_row(plain[1:], below)
        return
    yield (plain[at].start, plain[at].end), "date"
    yield from _in_row(plain[:at], above)
    beside = {id(line) for b in blocks if plain[at] in b.lines for line in b.lines}
    rest = plain[at + 1 :]
    yield from (((line.start, line.end), "furniture") for line in rest if id(line) in beside)
    yield from _in_row([line for line in rest if id(line) not in beside], below, first=True)


def _date_place(plain: Sequence[Line], *, below_headline: bool) -> int | None:
    """The date line; where none can be read, the first short line with a year that may be one."""
    first = 2 if below_headline else 1
    found = date_place(plain, last=below_headline)
    years = (
        i
        for i, line in enumerate(plain)
        if i >= first and len(line.text) <= LONGEST_YEAR and _YEAR.search(line.text)
    )
    return found if found is not None else next(years, None)


def _aside(line: Line, profile: Profile) -> bool:
    openers = (profile.opens, profile.aside)
    return any(pattern and pattern.fullmatch(line.text) for pattern in openers)


def _in_row(
    lines: Sequence[Line], roles: Sequence[str], *, first: bool = False
) -> Iterator[Marked]:
    """Lines in the order of these roles. An outlet is one line, a headline all that is left.

    Args:
        lines: Lines without landmark.
        roles: What they are, in order; none: furniture.
        first: Whether an outlet is the first line, and what follows furniture, else it is the last.
    """
    if not lines:
        return
    left = list(lines)
    if "outlet" in roles:
        line = left.pop(0 if first or len(roles) == 1 else -1)
        yield (line.start, line.end), "outlet"
    if "byline" in roles:
        for line in [line for line in left[1:] if parse_bylines(line.text)]:
            yield (line.start, line.end), "byline"
            left.remove(line)
    if "headline" in roles and left:
        yield (left[0].start, left[-1].end), "headline"
    else:
        yield from (((line.start, line.end), "furniture") for line in left)


def tidy_outlet(value: str) -> str | None:
    """The outlet's name as it is written elsewhere, with its place: *The Lantern (Strelsau)*."""
    name = re.sub(r"\s*\((?:Vol|Iss|No)\w*\b.*|\s*[;|\[].*", "", value).strip()
    name, bracket, place = name.partition("(")
    name = title_case(name.strip())
    return " ".join(filter(None, (name, bracket + place))) or None


def given_bylines(value: str) -> tuple[Byline, ...]:
    """The authors that a byline landmark gives: known to be authors, whatever they look like.

    ``Bell, Ann; Pell, Jo`` is turned round where semicolons part the authors, or one has one comma.
    """
    value = value[:LONGEST_BYLINE].strip().rstrip(";,")
    # An initial keeps its stop: *R. V.*
    value = re.sub(r"(?<=[^\W\d_]{3})\.$", "", value)
    if not value:
        return ()
    turned = _turned(value)
    found = turned or parse_bylines(value) or parse_bylines(f"By {value}") or _as_printed(value)
    found = tuple(_with_beat(b, value) for b in found)
    return tuple(Byline(title_case(b.name), b.role and title_case(b.role)) for b in found)


_SURNAME_FIRST = re.compile(r"([^\W\d_][\w’'-]+(?: [\w’'-]+)?), ([^\W\d_][\w.’'-]*(?: [\w.’'-]+)?)")


def _turned(value: str) -> tuple[Byline, ...]:
    """Authors printed surname first, as library catalogues do."""
    parts = [part.strip() for part in value.split(";")]
    matches = [_SURNAME_FIRST.fullmatch(part) for part in parts if part]
    if not matches or not all(m and not ends_in_role(m[2]) for m in matches):
        return ()
    return tuple(Byline(f"{m[2]} {m[1]}") for m in matches if m)


def _as_printed(value: str) -> tuple[Byline, ...]:
    bare = re.sub(r"(?i)^by\s+|\s*\([^)]*\)", "", value)
    names = re.split(r"\s*[;/|,]\s*(?:and\s+)?|\s+(?:and|&)\s+", bare)
    return tuple(_named(name) for name in names if name.strip())


def _named(author: str) -> Byline:
    """A name, and the job after it."""
    words = author.split()
    if len(words) > 2 and ends_in_role(author):
        return _with_beat(Byline(" ".join(words[:-1]), words[-1]), author)
    return Byline(" ".join(words))


def _with_beat(byline: Byline, value: str) -> Byline:
    """The byline with its beat in the role: *Ann O’Bell | Ruritania correspondent*.

    No list holds all beats. Where only the job's last word was known, and nothing parts it from
    the name, the name is its first two capitalised words.
    """
    words = byline.name.split()
    bare = byline.role is not None and " " not in byline.role
    capitals = [i for i, word in enumerate(words) if word[:1].isupper()]
    if not bare or len(capitals) < 3 or f"{byline.name} {byline.role}" not in value:
        return byline
    end = capitals[1] + 1
    return Byline(" ".join(words[:end]), " ".join([*words[end:], byline.role or ""]))
