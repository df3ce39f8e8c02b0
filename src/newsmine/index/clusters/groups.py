"""Links made groups: who is linked is one, unless that would join two different speakers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from newsmine.index.clusters.links import Link
from newsmine.index.clusters.speakers import Who, likeness

T = TypeVar("T")


def sayings(members: Mapping[int, Who], links: Iterable[Link]) -> list[list[int]]:
    """The members of each saying, lone ones too, in the order of their ids.

    The surest links come first. A print whose speaker is left open can be linked to two people who
    said the same; it goes to the one it is linked to more surely, and the two stay apart.
    """
    speakers: dict[int, list[Who]] = {ident: [who] for ident, who in members.items()}

    def agree(a: int, b: int) -> bool:
        return all(likeness(x, y) != "different" for x in speakers[a] for y in speakers[b])

    def join(a: int, b: int) -> None:
        # Copies of one speaker say nothing new; without this a saying of n prints costs n² looks.
        speakers[a] = list(dict.fromkeys(speakers[a] + speakers[b]))

    ordered = sorted(links, key=lambda link: (-link.score, link.a, link.b))
    return joined(members, ((link.a, link.b) for link in ordered), agree, join)


def joined(
    members: Iterable[T],
    pairs: Iterable[tuple[T, T]],
    agree: Callable[[T, T], bool] = lambda a, b: True,
    join: Callable[[T, T], None] = lambda a, b: None,
) -> list[list[T]]:
    """Groups of members, joined pair by pair; both callables are given the groups' first ones."""
    leader = {member: member for member in members}

    def first(member: T) -> T:
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    for one, other in pairs:
        a, b = first(one), first(other)
        if a != b and agree(a, b):
            leader[b] = a
            join(a, b)
    groups: dict[T, list[T]] = {}
    for member in leader:
        groups.setdefault(first(member), []).append(member)
    return list(groups.values())


def in_order(members: Sequence[int], published: Mapping[int, str | None]) -> list[int]:
    """Members by when they were printed, unknown dates last; then as they were added.

    A partial date counts as its last day: of "2018" and 3 May 2018, the latter is first for sure
    only so, and a paper without a day is no first print while another has one.
    """

    def when(member: int) -> tuple[str, int]:
        date = published[member]
        return (date + "-99-99"[len(date) - 4 :] if date else "9999-99-99", member)

    return sorted(members, key=when)
