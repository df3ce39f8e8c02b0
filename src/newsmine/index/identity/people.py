"""Which names are of one person, and which one name is of several.

A *bearer* is a name in some articles. Mostly that is all articles that have it; where a name is
borne in walks of life that do not mix (a police chief, a pop singer), or tells too little
("Mr Lee"), it has several, and what cannot be told stays by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import combinations, pairwise

from newsmine.index.identity.grouping import Link
from newsmine.index.identity.person_names import Likeness, PersonName, likeness
from newsmine.index.identity.spelling import data

Bearer = tuple[int, int]
"""A name's id and which of those who bear it."""

LIFE = 45
"""Years between the articles of one person, at most."""
SHARED_NAME = 0.6
"""The most that a name says by itself where several bear it: a question."""
_LARGEST = 400


@dataclass(frozen=True, slots=True)
class Sighting:
    """One article's word on a name: post, organisation (by its group), and when."""

    article: int
    roles: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A bearer of a name, with all that articles say of it: posts, organisations, walks of life.

    ``organisations`` are groups of names; ``years`` the first and the last one.
    """

    name: PersonName
    articles: frozenset[int]
    roles: frozenset[str]
    organisations: frozenset[int]
    fields: frozenset[str]
    years: tuple[int, int] | None

    @classmethod
    def of(cls, name: PersonName, sightings: Sequence[Sighting]) -> Person:
        """What several sightings say together."""
        years = [sighting.year for sighting in sightings if sighting.year is not None]
        roles = frozenset(role for sighting in sightings for role in sighting.roles)
        return cls(
            name=name,
            articles=frozenset(sighting.article for sighting in sightings),
            roles=roles,
            organisations=frozenset(o for s in sightings for o in s.organisations),
            fields=_walks(roles),
            years=(min(years), max(years)) if years else None,
        )


@cache
def _fields() -> Sequence[tuple[str, frozenset[str]]]:
    return [(entry["name"], frozenset(entry["words"])) for entry in data("people")["field"]]


@cache
def _unmixed() -> frozenset[str]:
    return frozenset(entry["name"] for entry in data("people")["field"] if not entry["mixes"])


@lru_cache(maxsize=2**16)
def field_of(role: str) -> str | None:
    """The walk of life of a post: that of the first of its words which tells one."""
    words = role.casefold().replace("head teacher", "headteacher").replace("-", " ").split()
    spoken = [*words, *role.casefold().split()]
    for word in spoken:
        for name, listed in _fields():
            if word.strip(".,") in listed:
                return name
    return None


def far(one: frozenset[str], other: frozenset[str], *, common: bool) -> bool:
    """Whether walks of life do not mix; for a common name it is enough that one does not."""
    if not one or not other or one & other:
        return False
    a, b = bool(one & _unmixed()), bool(other & _unmixed())
    return (a or b) if common else (a and b)


@dataclass
class _Bearer:
    """Sightings that are taken for one person's, and what they say."""

    sightings: list[Sighting] = field(default_factory=list)
    walks: set[str] = field(default_factory=set)
    organisations: set[int] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)

    def take(self, sighting: Sighting) -> None:
        self.sightings.append(sighting)
        self.walks |= _walks(sighting.roles)
        self.organisations |= sighting.organisations
        self.roles |= {role for role in sighting.roles if not is_plain(role)}

    def can_be(self, sighting: Sighting, *, common: bool) -> bool:
        if self.organisations & sighting.organisations or self.roles & sighting.roles:
            return True
        if far(frozenset(self.walks), _walks(sighting.roles), common=common):
            return False
        return not (common and self.organisations and sighting.organisations)


def bearers_of(name: PersonName, sightings: Sequence[Sighting]) -> list[tuple[Sighting, ...]]:
    """The sightings of one name, by who bears it, as far as one can tell."""
    told = [s for s in sightings if _tells(s)] if name.full else list(sightings)
    bearers = _grown(name, told)
    if not name.full:
        return [tuple(bearer.sightings) for bearer in bearers]
    if len(bearers) < 2:
        years = [s.year for s in sightings if s.year is not None]
        lasting = not years or max(years) - min(years) <= LIFE
        return [tuple(sightings)] if lasting else _by_lives(sightings)
    alone = [(s,) for s in sightings if not _tells(s)]
    return [*(tuple(bearer.sightings) for bearer in bearers), *alone]


def _tells(sighting: Sighting) -> bool:
    """Whether it says anything that could tell two people of one name apart."""
    return bool(sighting.organisations or _walks(sighting.roles))


def _walks(roles: Iterable[str]) -> frozenset[str]:
    return frozenset(walk for role in roles if (walk := field_of(role)))


def _grown(name: PersonName, told: Sequence[Sighting]) -> list[_Bearer]:
    """Those who say most first; each goes to the bearer whose organisation or post it shares,
    then to one that it can be. A name that is not whole needs an organisation or post in common.
    """
    bearers: list[_Bearer] = []
    for sighting in sorted(told, key=lambda s: (-len(s.organisations) - len(s.roles), s.article)):
        tied = [b for b in bearers if b.organisations & sighting.organisations]
        tied = tied or [b for b in bearers if b.roles & sighting.roles]
        fit = [b for b in bearers if b.can_be(sighting, common=name.common)] if name.full else []
        if tied or len(fit) == 1:
            home = (tied or fit)[0]
        else:  # fits nobody, or several: by itself
            home = _Bearer()
            bearers.append(home)
        home.take(sighting)
    return bearers


def _by_lives(sightings: Sequence[Sighting]) -> list[tuple[Sighting, ...]]:
    """Cut where most years lie between two sightings; those without a year stay alone."""
    dated = sorted((s for s in sightings if s.year is not None), key=lambda s: s.year or 0)
    gaps = [(b.year or 0) - (a.year or 0) for a, b in pairwise(dated)]
    cut = gaps.index(max(gaps)) + 1
    undated = [(s,) for s in sightings if s.year is None]
    return [tuple(dated[:cut]), tuple(dated[cut:]), *undated]


def person_links(
    people: Mapping[Bearer, Person], rare_roles: Mapping[str, int]
) -> list[Link[Bearer]]:
    """The bearers who may be one person.

    Args:
        people: All bearers.
        rare_roles: For each post how many names have it.
    """
    found = {}
    for one, other in _pairs(people):
        link = compare(one, people[one], other, people[other], rare_roles)
        if link is not None:
            found[min(one, other), max(one, other)] = link
    return _unambiguous(found.values(), people)


def _pairs(people: Mapping[Bearer, Person]) -> Iterator[tuple[Bearer, Bearer]]:
    """Those worth comparing: a surname and an initial, or a surname and an organisation."""
    blocks: defaultdict[object, list[Bearer]] = defaultdict(list)
    for bearer, person in people.items():
        if not person.name.proper or not person.name.surname:
            continue
        if person.name.block:
            blocks[person.name.block].append(bearer)
        for organisation in person.organisations:
            blocks[person.name.surname, organisation].append(bearer)
        for role in person.roles:
            blocks[person.name.surname, "as", role].append(bearer)
        if person.name.peer:
            blocks[person.name.surname, "peer"].append(bearer)
    for bearers in blocks.values():
        yield from combinations(bearers[:_LARGEST], 2)


_BASE: Mapping[Likeness, tuple[float, float]] = {
    "same": (0.85, 0.8),
    "misread": (0.6, 0.5),
    "nickname": (0.55, 0.45),
    "initials": (0.55, 0.4),
    "surname": (0.4, 0.3),
}
"""For a rare name, and for one that many bear."""
_SAID: Mapping[Likeness, str] = {
    "same": "the same name",
    "misread": "alike but for letters that scanners confuse",
    "nickname": "a short form of the first name",
    "initials": "initials and the surname",
    "surname": "the surname",
}


def compare(
    one: Bearer, first: Person, other: Bearer, second: Person, rare_roles: Mapping[str, int]
) -> Link[Bearer] | None:
    """How likely two bearers are one person, and why; ``None`` where nothing suggests it."""
    alike = likeness(first.name, second.name)
    if alike is None:
        return None
    common = first.name.common or second.name.common
    score, reasons = _BASE[alike][common], [_SAID[alike] + ", a common one" * common]
    for weight, reason in _evidence(first, second, rare_roles, common=common):
        score += weight
        reasons.append(reason)
    if one[0] == other[0] and not first.organisations & second.organisations:
        score = min(score, SHARED_NAME)
        reasons.append("a name that several bear")
    return Link(one, other, round(max(0.0, min(score, 0.99)), 2), tuple(reasons))


def _evidence(
    one: Person, other: Person, rare_roles: Mapping[str, int], *, common: bool
) -> Iterator[tuple[float, str]]:
    if one.organisations & other.organisations:
        yield 0.25, "the same organisation"
    elif one.organisations and other.organisations:
        yield -0.1, "different organisations"
    if shared := one.roles & other.roles:
        role = min(shared, key=lambda role: (rare_roles.get(role, 0), role))
        yield (0.05, f"both {role}") if is_plain(role) else (0.25, f"the same post: {role}")
    if far(one.fields, other.fields, common=common):
        yield -0.5, f"walks that do not mix: {'/'.join(sorted(one.fields | other.fields))}"
    if one.years and other.years:
        span = max(one.years[1], other.years[1]) - min(one.years[0], other.years[0])
        if span > LIFE:
            yield -0.5, f"{span} years lie between them"


def is_plain(role: str) -> bool:
    """Whether so many hold a post that it says little."""
    return set(role.split()) <= set(data("people")["plain"]["roles"].split())


def _unambiguous(
    links: Iterable[Link[Bearer]], people: Mapping[Bearer, Person]
) -> list[Link[Bearer]]:
    """Links of a name that is not whole, to several people, are questions and no answers."""
    held = list(links)
    homes: defaultdict[Bearer, set[PersonName]] = defaultdict(set)
    for link in held:
        for one, other in ((link.one, link.other), (link.other, link.one)):
            if link.score >= 0.5 and _is_partial(people[one].name, people[other].name):
                homes[one].add(people[other].name)
    return [_doubted(link) if _is_torn(link, homes, people) else link for link in held]


def _is_torn(
    link: Link[Bearer], homes: Mapping[Bearer, set[PersonName]], people: Mapping[Bearer, Person]
) -> bool:
    for one in (link.one, link.other):
        names = sorted(homes.get(one, ()), key=str)
        if any(likeness(a, b) is None for a, b in combinations(names, 2)):
            return True
    return False


def _is_partial(name: PersonName, whole: PersonName) -> bool:
    """Whether one name is less than the other: an initial, no first name."""
    if not name.given:
        return bool(whole.given)
    return len(name.given[0]) == 1 < len(whole.given[0] if whole.given else "")


def _doubted(link: Link[Bearer]) -> Link[Bearer]:
    reasons = (*link.reasons, "others fit as well")
    return Link(link.one, link.other, min(link.score, 0.6), reasons)
