"""Who is who within one article: printed names gathered to one entity with its fullest name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from newsmine.nlp.speakers.called import called, initial_forms
from newsmine.nlp.speakers.labels import labels_of, name_key, squash
from newsmine.nlp.speakers.lexicon import Gender, Lexicon, lexicon
from newsmine.nlp.speakers.names import Name
from newsmine.nlp.speakers.short_names import (
    family_first,
    full_names,
    inner_names,
    short_forms,
    surnames,
)
from newsmine.nlp.speakers.text import Layout
from newsmine.types import MentionLabel, Span

# a peer is called Lord or Lady whatever the rank
_RANKS = {"Baroness": "Lady", "Countess": "Lady", "Viscountess": "Lady"} | dict.fromkeys(
    ("Baron", "Earl", "Viscount"), "Lord"
)
_FIRST_BY = frozenset({"Sir", "Dame", "Prince", "Princess", "King", "Queen", "Sister", "Brother"})
_ROYAL = frozenset({"Prince", "Princess", "King", "Queen", "Pope"})
_HOUSED = frozenset(
    {
        "Centre",
        "Center",
        "Institute",
        "School",
        "Department",
        "Faculty",
        "Unit",
        "Laboratory",
        "Lab",
        "Labs",
        "Observatory",
        "Programme",
        "Project",
    }
)
_HOUSES = frozenset({"University", "College"})
_OWNED_BY = re.compile(r"[’']s? ")
_AT = re.compile(r",? (?:at|of|in) (?:the )?")
_SMALL = frozenset({"of", "for", "and", "the", "&", "in", "on", "to"})


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation or place with every name of it in the article, in order."""

    key: int
    name: str
    label: MentionLabel | None
    gender: Gender | None
    names: tuple[Name, ...]
    party: str | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Entities:
    """All entities, and which of them a stretch of text names.

    ``of_name`` gives the entities that a name can mean: several where two people share a surname.
    """

    all: tuple[Entity, ...]
    names: tuple[Name, ...]
    of_name: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]

    def within(self, span: Span) -> list[int]:
        """The numbers of the names inside a span (touching it by most of their length)."""
        first = bisect_left(self.starts, span[0] - 80)
        last = bisect_right(self.starts, span[1])
        return [i for i in range(first, last) if _inside(self.names[i].span, span)]

    def meant(self, number: int) -> list[Entity]:
        """The entities that name ``number`` can mean."""
        return [self.all[key] for key in self.of_name[number]]


def _inside(name: Span, span: Span) -> bool:
    shared = min(name[1], span[1]) - max(name[0], span[0])
    same_end = name[1] == span[1] and name[0] < span[0]
    return shared > 0 and (2 * shared > name[1] - name[0] or same_end)


def gather(
    layout: Layout,
    names: Sequence[Name],
    acronyms: Mapping[str, str],
    speaking: Iterable[Span] = (),
) -> Entities:
    """Clusters names.

    Args:
        layout: The text.
        names: As ``find_names`` gives them.
        acronyms: Those given in brackets, with their expansion.
        speaking: Source spans: a lone name that speaks and is no person is an organisation.
    """
    labels = labels_of(layout, names, frozenset(speaking))
    persons = [i for i, n in enumerate(names) if labels[name_key(n)] == "PERSON"]
    others = [i for i, n in enumerate(names) if labels[name_key(n)] != "PERSON"]
    groups, chosen = _persons(names, persons)
    keys = _organisation_keys([names[i] for i in others], acronyms)
    for index, key in zip(others, keys, strict=True):
        chosen[index] = (groups.setdefault(("x", key), len(groups)),)
    members: dict[int, list[Name]] = defaultdict(list)
    for index, meant in sorted(chosen.items()):
        if len(meant) == 1:
            members[meant[0]].append(names[index])
    entities = [
        _entity(number, kind, members.get(number, []), labels, acronyms)
        for (kind, _), number in sorted(groups.items(), key=lambda item: item[1])
    ]
    entities = [_housed(entity, names, layout) for entity in entities]
    order = tuple(chosen[i] for i in range(len(names)))
    return Entities(tuple(entities), tuple(names), order, tuple(n.span[0] for n in names))


# --- persons -------------------------------------------------------------------------------------

Groups = dict[tuple[str, str], int]


def _persons(
    names: Sequence[Name], persons: list[int]
) -> tuple[Groups, dict[int, tuple[int, ...]]]:
    """Full names found people; short names go to the one person that they can mean."""
    groups: Groups = {}
    genders: dict[int, Gender | None] = {}
    lex, chosen = lexicon(), dict[int, tuple[int, ...]]()
    by_part: dict[str, list[int]] = defaultdict(list)
    forms: dict[int, list[list[str]]] = {}
    full = full_names(names, persons)
    for index in full:
        words = names[index].words
        number = groups.setdefault(("p", squash(words[0] + " " + words[-1])), len(groups))
        chosen[index] = (number,)
        genders[number] = genders.get(number) or _gender(names[index], lex)
        for part in short_forms(words):
            if number not in by_part[part]:
                by_part[part].append(number)
        forms.setdefault(number, []).append(words)
    noble = {n for i, (n, *_) in chosen.items() if (t := names[i].title) and t.keep and t.gender}
    royals = {squash(names[i].bare) for i in persons if _royal(names[i])}
    for index in (i for i in persons if i not in chosen):
        name = names[index]
        royal = squash(name.bare) in royals and (name.title is None or _royal(name))
        parts = [] if royal else by_part.get(squash(name.bare), [])
        options = _matching(name, parts, genders, forms, noble, lex)
        if not options:
            title = _RANKS.get(name.title.word, name.title.word) if name.title else ""
            title = title if name.title and name.title.keep else ""
            gender = _gender(name, lex) if name.title and not name.title.keep else ""
            key = ("s", f"{title}{gender or ''} {squash(name.bare)}")
            options = [groups.setdefault(key, len(groups))]
        chosen[index] = tuple(options)
    _join_lone(names, groups, chosen)
    return groups, chosen


def _matching(
    name: Name,
    numbers: list[int],
    genders: Mapping[int, Gender | None],
    forms: Mapping[int, list[list[str]]],
    noble: set[int],
    lex: Lexicon,
) -> list[int]:
    """The full names that a short one can stand for."""
    part = squash(name.bare)
    wanted = _gender(name, lex) if name.title else None
    fits = [n for n in numbers if not wanted or genders.get(n) in (None, wanted)]
    if name.title and not name.title.keep:
        fits = [n for n in fits if n not in noble] or fits
    as_last = [n for n in fits if any(part in surnames(w) for w in forms[n])]
    as_first = [n for n in fits if any(squash(w[0]) == part for w in forms[n])]
    if name.title and name.title.word in _FIRST_BY:
        return as_first or as_last
    if name.title and not name.title.keep:
        as_first = [n for n in as_first if any(family_first(w, lex) for w in forms[n])]
    return as_last or as_first or [n for n in fits if any(part in inner_names(w) for w in forms[n])]


def _royal(name: Name) -> bool:
    """As in "Prince Charles", who is nobody's Charles Pell."""
    return name.title is not None and name.title.word in _ROYAL and len(name.words) == 1


def _join_lone(names: Sequence[Name], groups: Groups, chosen: dict[int, tuple[int, ...]]) -> None:
    """As in "Lowe" and "Mr Lowe" without a full name are one person, "Mr" and "Mrs Lowe" two."""
    lone: dict[str, set[int]] = defaultdict(set)
    for (kind, key), number in groups.items():
        if kind == "s":
            lone[key.split()[-1]].add(number)
    for index, meant in chosen.items():
        options = lone.get(squash(names[index].bare), set())
        if len(meant) == 1 and len(options) > 1 and names[index].title is None:
            titled = tuple(sorted(options - set(meant)))
            chosen[index] = titled if meant[0] in options else meant


def _gender(name: Name, lex: Lexicon) -> Gender | None:
    if name.title and name.title.gender:
        return name.title.gender
    return lex.first_names.get(name.words[0]) if name.words else None


# --- organisations and the rest ------------------------------------------------------------------


def _organisation_keys(names: Sequence[Name], acronyms: Mapping[str, str]) -> list[str]:
    """A cluster key for each: spelling, party, acronym, or the one longer name that it shortens."""
    spelled = {squash(n.bare): n.bare for n in sorted(names, key=lambda n: len(n.bare))}
    initials: dict[str, set[str]] = defaultdict(set)
    for key, bare in spelled.items():
        for form in initial_forms(bare):
            initials[form].add(key)
    shorter = _shortenings(spelled)
    joined = {
        key: _joins(key, bare, spelled, initials, shorter, acronyms)
        for key, bare in spelled.items()
    }
    return [_root(squash(n.bare), joined) for n in names]


def _root(key: str, joined: Mapping[str, str]) -> str:
    seen = {key}
    while joined.get(key, key) not in seen:
        key = joined[key]
        seen.add(key)
    return key


def _joins(
    key: str,
    bare: str,
    spelled: Mapping[str, str],
    initials: Mapping[str, set[str]],
    shorter: Mapping[str, set[str]],
    acronyms: Mapping[str, str],
) -> str:
    lex = lexicon()
    if bare.lower() in lex.parties:
        return "party:" + lex.parties[bare.lower()]
    if acronyms.get(key) in spelled:
        return acronyms[key]
    if bare.isupper() or "&" in bare or (bare[:1].isupper() and bare[-1:].isupper()):
        longer = initials.get(re.sub(r"\W", "", bare).lower(), set()) - {key}
        if len(longer) == 1:
            return next(iter(longer))
    longer = shorter.get(bare.lower(), set()) - {key}
    own = len(longer) != 1 or bare in lex.places or bare in lex.adjectives
    return key if own else next(iter(longer))


def _shortenings(spelled: Mapping[str, str]) -> dict[str, set[str]]:
    """Each start and end of a longer name, with the keys of the names that it shortens."""
    out: dict[str, set[str]] = defaultdict(set)
    for key, bare in spelled.items():
        words = bare.lower().split()
        plain = [w for w in words if w not in _SMALL]
        for count in range(1, len(plain)):
            out[" ".join(words[:count])].add(key)
            # "Leeds" is no short form of "University of Leeds"
            if words[max(0, len(words) - count - 1)] not in _SMALL:
                out[" ".join(plain[-count:])].add(key)
    return out


# --- what an entity is called --------------------------------------------------------------------


def _entity(
    number: int,
    kind: str,
    names: list[Name],
    labels: Mapping[str, MentionLabel | None],
    acronyms: Mapping[str, str],
) -> Entity:
    lex = lexicon()
    if not names:
        return Entity(number, "", None, None, ())
    found = Counter(told for n in names if (told := labels[name_key(n)]))
    kind_of: MentionLabel | None = found.most_common(1)[0][0] if found else None
    if kind in "ps":
        genders = [g for n in names if (g := _gender(n, lex))]
        gender = Counter(genders).most_common(1)[0][0] if genders else None
        certain = _certain(names, lex)
        name = _fullest_person(names)
        return Entity(number, name, "PERSON", gender, tuple(names), certain=certain)
    party = next((p for n in names if (p := lex.parties.get(n.bare.lower()))), None)
    name = called(names, party, acronyms)
    return Entity(number, name, kind_of, None, tuple(names), party)


def _housed(entity: Entity, names: Sequence[Name], layout: Layout) -> Entity:
    """With its university, before or after it: "Tide Centre at the University of Hollowsea"."""
    if entity.label != "ORG" or not {w for n in entity.names for w in n.words} & _HOUSED:
        return entity
    starts = [n.span[0] for n in names]
    for name in entity.names:
        index = bisect_left(starts, name.span[0]) - 1
        owner = names[index] if index >= 0 else None
        beside = owner and _OWNED_BY.fullmatch(layout.text, owner.span[1], name.span[0])
        if owner and beside and owner.possessive and set(owner.words) & _HOUSES:
            printed = layout.text[owner.span[0] : name.span[1]]
            return replace(entity, name=" ".join(printed.split()))
        joint = _AT.match(layout.text, name.span[1])
        index = bisect_left(starts, joint.end()) if joint else len(names)
        house = names[index] if joint and index < len(names) else None
        if house and joint and house.span[0] == joint.end() and set(house.words) & _HOUSES:
            printed = layout.text[name.span[0] : house.span[1]]
            return replace(entity, name=" ".join(printed.split()))
    return entity


def _fullest_person(names: list[Name]) -> str:
    """The longest form; a title stays where it is part of the name or all that is known."""
    best = max(names, key=lambda n: (len(n.words), len(n.bare)))
    titles = [n.title for n in names if n.title]
    kept = next((t.word for t in titles if t.keep and (t.gender or len(best.words) == 1)), None)
    if kept is None and best.title and best.title.keep:
        kept = best.title.word
    if kept is None and len(best.words) == 1:
        kept = next((t.word for t in titles), None)
    return f"{kept} {best.bare}" if kept else best.bare


def _certain(names: list[Name], lex: Lexicon) -> bool:
    """Whether more than the look of a name says that it is a person."""
    return (
        any(
            n.title or n.after_role or n.label == "PERSON" or n.words[0] in lex.first_names
            for n in names
        )
        or len({n.bare for n in names}) > 1
    )
