"""Names of an index as what can be grouped: organisations' names, and bearers of people's names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from newsmine.index.directory import Directory
from newsmine.index.identity.evidence import Evidence
from newsmine.index.identity.grouping import Link
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


@dataclass(frozen=True, slots=True)
class Part:
    """A name of an identity; in ``articles`` alone (by number) where others bear it, too."""

    name: str
    ident: int
    articles: frozenset[int] | None = None


class OrganisationKeys:
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


class PersonKeys:
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
