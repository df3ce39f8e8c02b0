"""Links between names, and the groups that they make where nothing speaks against it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

MERGED = 0.8
"""From this score on two are taken for one."""
ASKED = 0.5
"""From this score on the question is worth asking a person."""


@dataclass(frozen=True, slots=True)
class Link(Generic[Key]):
    """Two that may be one: how likely, from 0 to 1, and why.

    A ``sure`` link also joins names that one article holds beside each other. ``judgement`` is the
    entry of the journal that decided, with a score of 1 (one) or 0 (two).
    """

    one: Key
    other: Key
    score: float
    reasons: tuple[str, ...]
    sure: bool = False
    judgement: int | None = None


@dataclass
class Groups(Generic[Key]):
    """Disjoint groups that grow by links; what is held apart never comes together."""

    _parent: dict[Key, Key] = field(default_factory=dict)
    _apart: dict[Key, set[Key]] = field(default_factory=dict)

    def root(self, key: Key) -> Key:
        """What stands for the group of a key."""
        while (parent := self._parent.get(key, key)) != key:
            self._parent[key] = self._parent.get(parent, parent)
            key = parent
        return key

    def hold_apart(self, one: Key, other: Key) -> bool:
        """Keep two groups apart from now on; false where they are one already."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return False
        self._apart.setdefault(a, set()).add(b)
        self._apart.setdefault(b, set()).add(a)
        return True

    def are_apart(self, one: Key, other: Key) -> bool:
        """Whether two are held apart."""
        return self.root(other) in self._apart.get(self.root(one), ())

    def join(self, one: Key, other: Key) -> bool:
        """Make two groups one; false where they are held apart."""
        a, b = self.root(one), self.root(other)
        if b in self._apart.get(a, ()):
            return False
        if a != b:
            self._parent[b] = a
            for foe in self._apart.pop(b, set()):
                self._apart[foe].discard(b)
                self._apart[foe].add(a)
                self._apart.setdefault(a, set()).add(foe)
        return True


def follow(
    groups: Groups[Key],
    links: Iterable[Link[Key]],
    beside: Mapping[Key, Collection[Key]],
    members: dict[Key, set[Key]],
) -> list[Link[Key]]:
    """Join along links, the most certain first; the links that were not followed, but ask.

    Args:
        groups: What judgements already joined or held apart.
        links: What the rules found.
        beside: For each key those that stand beside it in an article, as others.
        members: All keys by the root of their group; kept up to date.
    """
    left: list[Link[Key]] = []
    for link in sorted(
        links, key=lambda link: (-link.sure, -link.score, str((link.one, link.other)))
    ):
        a, b = groups.root(link.one), groups.root(link.other)
        if a == b:
            continue
        foreign = not link.sure and _beside(members.get(a, {a}), members.get(b, {b}), beside)
        if link.score >= MERGED and not foreign and groups.join(a, b):
            root = groups.root(a)
            members[root] = members.pop(a, {a}) | members.pop(b, {b})
        elif groups.are_apart(a, b):
            continue
        elif foreign and link.score >= MERGED:
            left.append(replace(link, reasons=(*link.reasons, "but one article has both")))
        elif not foreign and link.score >= ASKED:
            left.append(link)
    return [link for link in left if groups.root(link.one) != groups.root(link.other)]


def _beside(
    one: Collection[Key], other: Collection[Key], beside: Mapping[Key, Collection[Key]]
) -> bool:
    few, many = sorted((one, other), key=len)
    return any(key in many for member in few for key in beside.get(member, ()))


def partition(groups: Groups[Key], keys: Sequence[Key]) -> dict[Key, set[Key]]:
    """The keys by the root of their group."""
    members: dict[Key, set[Key]] = {}
    for key in keys:
        members.setdefault(groups.root(key), set()).add(key)
    return members
