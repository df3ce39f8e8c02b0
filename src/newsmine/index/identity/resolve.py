"""Who is who: evidence, rules and judgements in, groups of names with their links out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsmine.index.directory import Directory
from newsmine.index.identity.evidence import Evidence
from newsmine.index.identity.grouping import Groups, Link, follow, partition
from newsmine.index.identity.keys import IdentityType, OrganisationKeys, Part, PersonKeys
from newsmine.index.identity.organisations import Expanded
from newsmine.index.journal import Judgement


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
    organisations = OrganisationKeys(evidence, directory, expanded)
    first = _settle(organisations, judgements, evidence)
    roots = {key: min(keys) for keys in first.members.values() for key in keys}
    people = PersonKeys(evidence, roots, judgements)
    second = _settle(people, judgements, evidence)
    return Resolved(
        (*_groups(organisations, first), *_groups(people, second)),
        (*_pairs(organisations, first), *_pairs(people, second)),
    )


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
    asked = {frozenset((link.one, link.other)): link for link in settled.asked}
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
        reasons = asked.get(pair, link).reasons
        made.append(Pair(names.type, *parts, link.score, reasons, verdict, judgement))
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
