"""Posts whose holder is named beside them, never with them: "The mayor said ... Mr Pell"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from newsmine.nlp.speakers.entities import Entities
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.salience import Stage

_NEAR = 2  # votes a holder needs, and must be ahead by
_NEVER = r"(?:and|of|to|for|in|by|that|said|is|was|a|the)\b"


@dataclass(frozen=True, slots=True)
class Office:
    """A post as printed, without determiner, at one place; ``owner`` numbers a name before it."""

    role: str
    start: int
    end: int
    owner: int | None = None


def offices(stage: Stage, entities: Entities) -> list[Office]:
    """Definite mentions of posts outside direct quotations, without a name right after."""
    lex, text = lexicon(), stage.layout.text
    nouns = "|".join(sorted(map(re.escape, lex.offices), key=len, reverse=True))
    pattern = re.compile(
        rf"\b(?:[Tt]he|[A-Z]\w+[’']s) ((?:(?!{_NEVER})[\w-]+ ){{0,4}}?(?i:{nouns}))\b"
        r"(?![’'-]\w| \w+ [A-Z]|,? (?:of )?[A-Z]| for [A-Z])"
    )
    found = []
    for match in pattern.finditer(text):
        if stage.in_report(match.start()):
            continue
        inside = entities.within((match.start(), match.end(1)))
        owner = inside[0] if inside else None
        found.append(Office(match[1], match.start(), match.end(1), owner))
    return found


def holders(
    found: Iterable[Office], stage: Stage, entities: Entities, free: set[int]
) -> dict[int, Office]:
    """The one free person for each post, by where names stand around its mentions.

    A person who is the subject of the next sentence, or of the one before, is voted for; one in
    the same sentence is voted against: "the minister told Mr Pell" are two.
    """
    by_role: dict[str, list[Office]] = defaultdict(list)
    for office in found:
        by_role[office.role.lower().split()[-1]].append(office)
    bids = []
    for role, same in by_role.items():
        votes: Counter[int] = Counter()
        for office in same:
            votes.update(_votes(office, stage, free))
        bids += [(count, role, who) for who, count in votes.items() if count > 0]
    return _settled(sorted(bids, reverse=True), by_role)


def _settled(
    bids: list[tuple[int, str, int]], by_role: dict[str, list[Office]]
) -> dict[int, Office]:
    """The best bids first; a post or person that two others tie for stays open."""
    out: dict[int, Office] = {}
    settled: set[str] = set()
    for count, role, who in bids:
        rivals = [c for c, r, w in bids if r == role and w != who and w not in out]
        if count < _NEAR or role in settled or who in out or max(rivals, default=0) >= count:
            continue
        settled.add(role)
        out[who] = _typical(by_role[role])
    return out


def _typical(same: list[Office]) -> Office:
    """The mention whose wording is the most frequent, of those the longest."""
    count = Counter(o.role.lower() for o in same)
    return max(same, key=lambda o: (count[o.role.lower()], len(o.role)))


def _votes(office: Office, stage: Stage, free: set[int]) -> Counter[int]:
    votes: Counter[int] = Counter()
    here = stage.sentence(office.start)
    beside: dict[int, set[int]] = defaultdict(set)
    for mark in stage.around(office.start, 2):
        if mark.who in free:
            distance = stage.sentence(mark.position) - here
            if distance == 0:
                votes[mark.who] -= 1
            elif mark.weight >= 0.5:
                beside[distance].add(mark.who)
    for distance, weight in ((1, 2), (-1, 2), (2, 1), (-2, 1)):
        for who in beside[distance]:
            votes[who] += weight
    return votes
