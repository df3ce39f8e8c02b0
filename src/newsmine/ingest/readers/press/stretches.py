"""Where an export is cut into articles, and each article into header, text and tail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsmine.ingest.cleaning.layout import Line
from newsmine.ingest.dates import LONGEST, find_date
from newsmine.ingest.readers.press.profiles import Profile, Role
from newsmine.types import Span

HEADER = 25
"""Blocks within which the landmarks above a text begin."""

LONGEST_GAP = 200
"""Characters of a block without landmark that may stand between two landmarks."""

MOST_PENDING = 6
"""Blocks without landmark in the run at the end, under a picture's."""

_LEAD_IN = 14
"""Characters before the date on a date line: a weekday."""
_LEFT_OVER = 60
"""Characters around it: time, edition."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; ``name`` is their landmark's, in lower case.

    ``value`` is what the landmark gives, or all of a block without one.
    """

    lines: tuple[Line, ...]
    name: str | None
    value: Span

    @property
    def span(self) -> Span:
        return self.lines[0].start, self.lines[-1].end

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One article's blocks: ``blocks[:body]`` are its header, ``blocks[tail:]`` what follows it."""

    blocks: tuple[Block, ...]
    body: int
    tail: int

    @property
    def span(self) -> Span:
        return self.blocks[0].lines[0].start, self.last.end

    @property
    def last(self) -> Line:
        return self.blocks[-1].lines[-1]

    @property
    def landmarks(self) -> int:
        """The different landmarks in its header and tail."""
        outside = (*self.blocks[: self.body + 1], *self.blocks[self.tail :])
        return len({block.name for block in outside if block.name})


def cut(lines: Sequence[Line], profile: Profile) -> list[list[Line]]:
    """The lines of each article; what stands before the first is a cover page, and left out."""
    if profile.closes:
        groups = _closed(lines, profile)
    elif profile.opens:
        groups = _opened(lines, profile)
    else:
        groups = [list(lines)]
    groups = [group for group in groups if group]
    if profile.sections:
        groups = [group for group in groups if divide(group, profile).landmarks >= 3]
    return groups


def _closed(lines: Sequence[Line], profile: Profile) -> list[list[Line]]:
    groups: list[list[Line]] = [[]]
    for line in lines:
        groups[-1].append(line)
        if profile.closes and profile.closes.fullmatch(line.text):
            groups.append([])
    if len(groups) == 1:
        return []
    # An export that was cut off may lack its last article's end.
    if groups[-1] and not _has_header(groups[-1], profile):
        groups.pop()
    return [_without_cover(group, profile) for group in groups]


def _opened(lines: Sequence[Line], profile: Profile) -> list[list[Line]]:
    groups: list[list[Line]] = [[]]
    for line in lines:
        if profile.opens and profile.opens.fullmatch(line.text):
            groups.append([])
        groups[-1].append(line)
    if profile.sections:
        return groups
    kept: list[list[Line]] = []
    for group in groups[1:]:
        # The same words in the middle of a text open nothing.
        if _has_header(group, profile) or not kept:
            kept.append(group)
        else:
            kept[-1].extend(group)
    return kept


def _has_header(group: Sequence[Line], profile: Profile) -> bool:
    named = [_landmark(line, profile) for line in group[:HEADER]]
    if any(name in profile.header for name, _ in named if name):
        return True
    return not profile.header and date_place(group[:HEADER], last=False) is not None


def _without_cover(group: list[Line], profile: Profile) -> list[Line]:
    """The lines below those that list a search and what it found."""
    names = (i for i, line in enumerate(group) if _landmark(line, profile)[0] in profile.header)
    above = group[: next(names, 0)]
    listed = [i for i, line in enumerate(above) if profile.cover.fullmatch(line.text)]
    if not listed:
        return group
    end = listed[-1] + 1
    while end < len(above) and not above[end].blank:
        end += 1
    date = date_place(above, last=True)
    # Headline and outlet stand above the date, whatever they look like.
    return group[min(end, date - 2 if date and date >= 2 else end) :]


def date_place(lines: Sequence[Line], *, last: bool) -> int | None:
    """Which line is the date line: the first or the last one that gives little but a date."""
    places = [i for i, line in enumerate(lines) if _is_date(line.text)]
    return places[-1 if last else 0] if places else None


def _is_date(text: str) -> bool:
    found = find_date(text) if len(text) <= LONGEST else None
    if found is None:
        return False
    start, end = found[0]
    return start <= _LEAD_IN and len(text) - (end - start) <= _LEFT_OVER


def _landmark(line: Line, profile: Profile) -> tuple[str | None, int]:
    """The known landmark that a line begins with, in lower case, and where its value begins."""
    if line.text.casefold() in profile.bare and line.text[0].isupper():
        return line.text.casefold(), line.end
    match = profile.label.match(line.text)
    name = match["name"].casefold() if match else ""
    if match is None or not (name in profile.header or name in profile.tail):
        return None, line.start
    return name, line.start + (match.start("value") if match["value"] else len(line.text))


def blocks_of(lines: Iterable[Line], profile: Profile) -> list[Block]:
    """The blocks of a stretch: a landmark begins one, a blank line does where lines are wrapped."""
    groups: list[tuple[str | None, int, list[Line]]] = []
    for line in lines:
        name, value = _landmark(line, profile)
        closing = profile.closes is not None and profile.closes.fullmatch(line.text)
        if not groups or name or line.blank or closing or not profile.wrapped:
            groups.append((name, value, [line]))
        else:
            groups[-1][2].append(line)
    return [Block(tuple(held), name, (value, held[-1].end)) for name, value, held in groups]


def divide(lines: Sequence[Line], profile: Profile) -> Stretch:
    """Header, text and tail of one article's lines."""
    blocks = blocks_of(lines, profile)
    body = _body_place(blocks, profile)
    return Stretch(tuple(blocks), body, _tail_place(blocks, body, profile))


def _body_place(blocks: Sequence[Block], profile: Profile) -> int:
    """The first block of the text; it may begin with a landmark of its own."""
    for i, block in enumerate(blocks):
        if block.name and profile.header.get(block.name) == "text":
            return i
    head = blocks[:HEADER]
    begins = [i for i, block in enumerate(head) if profile.begins.fullmatch(block.text)]
    if begins:
        return begins[-1] + 1
    named = [i for i, block in enumerate(head) if block.name in profile.header]
    return _after_run(blocks, named, profile) if named else _below_date(head)


def _after_run(blocks: Sequence[Block], named: Sequence[int], profile: Profile) -> int:
    """Where a run of landmarks ends; a short block or two may stand within it.

    Landmarks that stand below texts too do not go on with it: the short block may be a short text.
    """
    end = named[0] + 1
    for i in named[1:]:
        between = blocks[end:i]
        if between and blocks[i].name in profile.tail:
            break
        if len(between) > 2 or any(len(block.text) > LONGEST_GAP for block in between):
            break
        end = i + 1
    return end


def _below_date(head: Sequence[Block]) -> int:
    """Without landmarks the text begins below the date, and a headline after it."""
    places = [i for i, block in enumerate(head) if _is_date(block.lines[0].text)]
    return min(places[0] + 2, len(head)) if places else 0


def _tail_place(blocks: Sequence[Block], body: int, profile: Profile) -> int:
    end = len(blocks)
    if profile.closes and blocks and profile.closes.fullmatch(blocks[-1].lines[-1].text):
        end -= 1
    if profile.forward:
        return next((i for i in range(body + 1, end) if blocks[i].name in profile.tail), end)
    return _run_at_end(blocks, min(body + 1, end), end, profile)


def _run_at_end(blocks: Sequence[Block], first: int, end: int, profile: Profile) -> int:
    """Where the run of landmarks and copyright lines at the end begins."""
    start, pending = end, 0
    for i in range(end - 1, first - 1, -1):
        role = tail_role(blocks[i], profile)
        if role is not None and (not pending or role == "caption" or _values(blocks, i, start)):
            start, pending = i, 0
        else:
            pending += 1
        if pending > MOST_PENDING:
            break
    return start


def _values(blocks: Sequence[Block], i: int, start: int) -> bool:
    """Whether the blocks after a landmark are its value: short, and nothing else is there."""
    bare = blocks[i].value[0] >= blocks[i].value[1]
    return bare and all(len(block.text) <= LONGEST_GAP for block in blocks[i + 1 : start][:2])


def tail_role(block: Block, profile: Profile) -> Role | None:
    """What a block is at the end of an article; None where it could be text."""
    if block.name in profile.tail:
        return profile.tail[block.name or ""]
    return "furniture" if profile.aside.fullmatch(block.text) else None
