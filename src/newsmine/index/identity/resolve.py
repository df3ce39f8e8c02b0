"""Who is who: evidence, rules and judgements in, groups of names with their links out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from newsmine.index.directory import Directory
from newsmine.index.identity.evidence import Evidence
from newsmine.index.identity.grouping import Groups, Link, follow, partition
from newsmine.index.identity.organisations import (
    Expanded,
    OrganisationName,
    acquaintances,
    organisation_links,
)
from newsmine.index.identity.people import (
    Bearer,
    Person,
    Sighting,
    bearers_of,
    person_links,
)
from newsmine.index.identity.person_names import PersonName, person_name
from newsmine.index.journal import Judgement

IdentityType = Literal["person", "organisation"]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Part:
    """A name of an identity; in ``articles`` alone (by number) where others bear it, too."""

    name: str
    ident: int
    articles: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One person or organisation. ``told`` is what tells it from others of its name."""

    type: IdentityType
    name: str
    parts: tuple[Part, ...]
    told: str | None = None
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A link in terms of names, for the tables: ``verdict`` is "one", "two", "unsure" or None."""

    type: IdentityType
    one: Part
    other: Part
    score: float
    reasons: tuple[str, ...]
    verdict: str | None = None
    judgement: int | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """All identities, and the links between names: followed ones, and those to ask about."""

    groups: tuple[Group, ...]
    pairs: tuple[Pair, ...]


def resolve(
    evidence: Evidence, directory: Directory, expanded: Expanded, judgements: Sequence[Judgement]
) -> Resolved:
    """Put names together by rules; what people judged goes before every rule.

    Args:
        evidence: What the index says.
        directory: Organisations that are known by several names.
        expanded: Tells in which article a name stands beside its letters.
        judgements: Those about names that are in force, oldest first.
    """
    organisations = _Organisations(evidence, directory, expanded)
    first = _settle(organisations, judgements, evidence)
    roots = {key: min(keys) for keys in first.members.values() for key in keys}
    people = _People(evidence, roots, judgements)
    second = _settle(people, judgements, evidence)
    return Resolved(
        (*_groups(organisations, first), *_groups(people, second)),
        (*_pairs(organisations, first), *_pairs(people, second)),
    )


class _Organisations:
    """Names of organisations as keys: their ids."""

    type: IdentityType = "organisation"

    def __init__(self, evidence: Evidence, directory: Directory, expanded: Expanded) -> None:
        self._evidence, self._directory, self._expanded = evidence, directory, expanded
        self.keys = tuple(evidence.organisations)
        self.beside = acquaintances(evidence.in_articles)
        self._used = Counter(ident for ident, _ in evidence.in_articles)

    def links(self) -> list[Link[int]]:
        names = self._evidence.organisation_names()
        return organisation_links(names, self._directory, self._expanded)

    def part(self, key: int) -> Part:
        return Part(self._evidence.organisations[key], key)

    def meant(self, name: str, articles: Collection[int] | None) -> list[int]:
        return [key for key in self.keys if self._evidence.organisations[key] == name]

    def told(self, keys: Collection[int]) -> str | None:
        return None

    def best_name(self, keys: Collection[int]) -> str:
        names = [self._evidence.organisations[key] for key in keys]
        known = {found.name for name in names if (found := self._directory.find(name))}
        if len(known) == 1 and len(names) > 1:
            return known.pop()
        used = {self._evidence.organisations[key]: self._used[key] for key in keys}
        whole = [name for name in names if OrganisationName(name).letters != name] or names
        return min(whole, key=lambda name: ("(" in name, -used[name], -len(name), name))


class _People:
    """Bearers of names as keys."""

    type: IdentityType = "person"

    def __init__(
        self, evidence: Evidence, roots: Mapping[int, int], judgements: Sequence[Judgement]
    ) -> None:
        self._evidence = evidence
        numbers = {ident: number for number, ident in evidence.articles.items()}
        cuts = _cuts(judgements, numbers)
        self._names: dict[int, PersonName] = {}
        self._people: dict[Bearer, Person] = {}
        self._alone: set[Bearer] = set()
        self._ids: defaultdict[str, list[int]] = defaultdict(list)
        for ident, sightings in evidence.sightings(roots).items():
            text = evidence.people[ident]
            self._ids[text].append(ident)
            self._names[ident] = name = person_name(text)
            made = _bearers(name, sightings, cuts.get(text, ()))
            for number, some in enumerate(made):
                self._people[ident, number] = Person.of(name, some)
            if len(made) == 1:
                self._alone.add((ident, 0))
        self.keys = tuple(self._people)
        self.beside = self._acquaintances()

    def _acquaintances(self) -> Mapping[Bearer, Collection[Bearer]]:
        """Who stands beside whom, but for one name in two forms ("Dr Ann Lee", "Ann Lee")."""
        by_article: defaultdict[int, list[Bearer]] = defaultdict(list)
        for bearer, person in self._people.items():
            for article in person.articles:
                by_article[article].append(bearer)
        beside: defaultdict[Bearer, set[Bearer]] = defaultdict(set)
        for bearers in by_article.values():
            surnames: defaultdict[str, list[Bearer]] = defaultdict(list)
            for bearer in bearers:
                surnames[self._people[bearer].name.surname[:1]].append(bearer)
            for some in surnames.values():
                for one in some:
                    beside[one] |= {other for other in some if self._are_two(one, other)}
        return beside

    def _are_two(self, one: Bearer, other: Bearer) -> bool:
        a, b = self._people[one].name, self._people[other].name
        return (a.given, a.surname) != (b.given, b.surname)

    def links(self) -> list[Link[Bearer]]:
        held: Counter[str] = Counter()
        for person in self._people.values():
            held.update(person.roles)
        return person_links(self._people, held)

    def part(self, key: Bearer) -> Part:
        whole = key in self._alone
        articles = None if whole else self._people[key].articles
        return Part(self._evidence.people[key[0]], key[0], articles)

    def meant(self, name: str, articles: Collection[int] | None) -> list[Bearer]:
        bearers = [k for i in self._ids.get(name, ()) for k in self.keys_of(i)]
        if articles is None:
            return bearers
        return [k for k in bearers if self._people[k].articles <= set(articles)]

    def keys_of(self, ident: int) -> list[Bearer]:
        """The bearers of a name."""
        found: list[Bearer] = []
        while (ident, len(found)) in self._people:
            found.append((ident, len(found)))
        return found

    def told(self, keys: Collection[Bearer]) -> str | None:
        people = [self._people[key] for key in keys]
        roles = Counter(role for person in people for role in person.roles)
        if roles:
            return min(roles, key=lambda role: (-roles[role], len(role), role))
        theirs = sorted(o for person in people for o in person.organisations)
        if theirs:
            return self._evidence.organisations[theirs[0]]
        years = [year for person in people if person.years for year in person.years]
        return str(min(years)) if years else None

    def is_known(self, keys: Collection[Bearer]) -> bool:
        return any(self._people[key].roles or self._people[key].organisations for key in keys)

    def articles(self, keys: Collection[Bearer]) -> frozenset[int]:
        return frozenset().union(*(self._people[key].articles for key in keys))

    def best_name(self, keys: Collection[Bearer]) -> str:
        def rank(key: Bearer) -> tuple[Any, ...]:
            name, person = self._names[key[0]], self._people[key]
            text = self._evidence.people[key[0]]
            letters = sum(map(len, name.given))
            return (not name.full, -min(letters, 4), -len(person.articles), len(text), text)

        return self._evidence.people[min(keys, key=rank)[0]]


def _cuts(
    judgements: Iterable[Judgement], numbers: Mapping[str, int]
) -> dict[str, list[frozenset[int]]]:
    """For each name the articles that judgements speak of."""
    cuts: defaultdict[str, list[frozenset[int]]] = defaultdict(list)
    for judgement in judgements:
        for ref in judgement.subject.get("names", ()):
            if ref.get("articles"):
                found = (numbers[ident] for ident in ref["articles"] if ident in numbers)
                cuts[ref["name"]].append(frozenset(found))
    return cuts


def _bearers(
    name: PersonName, sightings: Sequence[Sighting], cuts: Sequence[frozenset[int]]
) -> list[tuple[Sighting, ...]]:
    """Sightings that a judgement speaks of together stay together; rules part the others."""
    judged: defaultdict[tuple[bool, ...], list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        judged[tuple(sighting.article in cut for cut in cuts)].append(sighting)
    rest = judged.pop((False,) * len(cuts), [])
    return [*map(tuple, judged.values()), *(bearers_of(name, rest) if rest else ())]


@dataclass
class _Settled:
    groups: Groups[Any]
    members: dict[Any, set[Any]]
    links: list[Link[Any]]
    asked: list[Link[Any]]
    unsure: Mapping[frozenset[Any], int]
    renamed: Sequence[tuple[Any, str]]


def _settle(names: Any, judgements: Sequence[Judgement], evidence: Evidence) -> _Settled:
    """Judgements first, the newest before all; then the rules, the most certain links first."""
    groups: Groups[Any] = Groups()
    numbers = {ident: number for number, ident in evidence.articles.items()}
    links: list[Link[Any]] = []
    unsure: dict[frozenset[Any], int] = {}
    renamed: list[tuple[Any, str]] = []
    for judgement in reversed([j for j in judgements if j.subject.get("type") == names.type]):
        meant = [_meant(names, ref, numbers) for ref in judgement.subject.get("names", ())]
        if judgement.kind == "names.merge":
            links += _judged(meant, judgement, groups.join, 1.0)
        elif judgement.kind == "names.split":
            links += _judged(meant, judgement, groups.hold_apart, 0.0)
        elif judgement.kind == "names.unsure":
            pairs = (frozenset((a, b)) for a in meant[0] for b in meant[-1])
            unsure.update(dict.fromkeys(pairs, judgement.id))
        elif judgement.kind == "names.rename":
            renamed[:0] = [(key, judgement.decision["name"]) for key in meant[0]]
    members = partition(groups, names.keys)
    found = names.links()
    asked = follow(groups, found, names.beside, members)
    return _Settled(groups, members, [*links, *found], asked, unsure, renamed)


def _meant(names: Any, ref: Mapping[str, Any], numbers: Mapping[str, int]) -> list[Any]:
    articles = ref.get("articles")
    wanted = None if articles is None else [numbers[a] for a in articles if a in numbers]
    found: list[Any] = names.meant(ref["name"], wanted)
    return found


def _judged(
    meant: Sequence[Sequence[Any]],
    judgement: Judgement,
    act: Callable[[Any, Any], bool],
    score: float,
) -> list[Link[Any]]:
    """Do to each pair of names what a judgement says; of a merge within each name as well."""
    sets = [list(some) for some in meant]
    if score:
        flat = [key for some in sets for key in some]
        pairs = [(flat[0], other) for other in flat[1:]] if flat else []
    else:
        pairs = [(a, b) for n, some in enumerate(sets) for rest in sets[n + 1 :]
                 for a in some for b in rest if a != b]  # fmt: skip
    reason = f"{judgement.who}: {judgement.why or 'judged so'}"
    return [Link(a, b, score, (reason,), judgement=judgement.id) for a, b in pairs if act(a, b)]


def _pairs(names: Any, settled: _Settled) -> list[Pair]:
    """Links as rows: followed, judged, and asked."""
    asked = {frozenset((link.one, link.other)) for link in settled.asked}
    made = []
    for link in settled.links:
        pair = frozenset((link.one, link.other))
        one = settled.groups.root(link.one) == settled.groups.root(link.other)
        unsure = settled.unsure.get(pair)
        verdict: str | None
        if link.judgement is not None:
            verdict = "one" if link.score else "two"
        elif pair in asked:
            verdict = "unsure" if unsure is not None else None
        elif one:
            verdict = "one"
        else:
            continue
        judgement = link.judgement if link.judgement is not None else unsure
        parts = names.part(link.one), names.part(link.other)
        made.append(Pair(names.type, *parts, link.score, link.reasons, verdict, judgement))
    return made


def _groups(names: Any, settled: _Settled) -> list[Group]:
    """Groups worth a row: of several names, of a part of a name's articles, or renamed."""
    given = {settled.groups.root(key): name for key, name in settled.renamed}
    made = []
    for root, keys in sorted(settled.members.items()):
        parts = tuple(names.part(key) for key in sorted(keys))
        renamed = given.get(root)
        several = len({part.ident for part in parts}) > 1
        partial = any(p.articles is not None for p in parts) and _says_more(names, keys)
        if several or partial or renamed is not None:
            name = renamed or names.best_name(keys)
            told = names.told(keys)
            made.append(Group(names.type, name, parts, told, renamed is not None))
    return made


def _says_more(names: Any, keys: Collection[Any]) -> bool:
    """Whether a part of a name's articles is worth a row: not where a name is all that is known."""
    return len(keys) > 1 or len(names.articles(keys)) > 1 or names.is_known(keys)
