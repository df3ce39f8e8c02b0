"""Role and organisation of each person in the article, and what organisations are described as."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from newsmine.nlp.speakers.departments import department
from newsmine.nlp.speakers.entities import Entities, Entity
from newsmine.nlp.speakers.facts import facts_of, view_of
from newsmine.nlp.speakers.lexicon import Lexicon, Nominal, lexicon
from newsmine.nlp.speakers.offices import Office, holders, offices
from newsmine.nlp.speakers.roles import Fact, View
from newsmine.nlp.speakers.salience import Stage
from newsmine.types import Span

_CLEAR = 0.5  # two organisations closer than this are two candidates


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a person; ``words`` are all words of roles and owners, to match roles."""

    role: str | None
    organisation: str | None
    reason: str | None
    roles: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(slots=True)
class Profiles:
    """Profiles, made when first asked for."""

    stage: Stage
    entities: Entities
    described: dict[int, set[str]]
    spoken: set[int] = field(default_factory=set)
    learned: dict[int, Office] = field(default_factory=dict)
    _made: dict[int, Profile] = field(default_factory=dict)
    _making: set[int] = field(default_factory=set)
    _seen_in: View | None = None
    _heads: dict[str, list[int]] = field(default_factory=dict)

    def of(self, key: int) -> Profile:
        """The profile of the person with this key."""
        if key not in self._made:
            if key in self._making:
                return Profile(None, None, None)
            self._making.add(key)
            self._made[key] = self._make(self.entities.all[key])
        return self._made[key]

    def _view(self) -> View:
        if self._seen_in is None:
            self._seen_in = view_of(self.stage.layout, self.entities)
        return self._seen_in

    def _make(self, entity: Entity) -> Profile:
        facts = facts_of(self._view(), entity)
        owners = [self._owner(fact) for fact in facts]
        chosen = _best(facts, owners)
        office = self.learned.get(entity.key)
        if office is not None and (chosen is None or chosen[0].role is None):
            return self._in_office(office, chosen[1] if chosen else None)
        if office is not None and chosen is not None and chosen[1] is None:
            chosen = chosen[0], self._owner_of(office)
        if chosen is None:
            return Profile(None, None, None)
        fact, owner = chosen
        words = {w.lower() for f in facts if f.role for w in re.findall(r"[\w-]+", f.role)}
        words |= {w.lower() for o in owners if o for w in re.findall(r"[\w-]+", o)}
        words |= {w.lower() for f in facts for w in self._printed_owner(f)}
        told = f"{fact.role or 'organisation'} told at {fact.position}"
        roles = tuple(f.role for f in facts if f.role)
        return Profile(fact.role, owner, told, roles, frozenset(words))

    def learn_offices(self) -> None:
        """Gives posts to people who are named beside them only."""
        persons = {
            e.key for e in self.entities.all if e.label == "PERSON" and e.names and e.certain
        }
        taken = {w for key in persons for w in self.of(key).words}
        found = [
            o
            for o in offices(self.stage, self.entities)
            if not set(o.role.lower().split()) <= taken or not self._held(o, persons)
        ]
        profiles = {key: self.of(key) for key in persons}
        free = {k for k, p in profiles.items() if p.role is None and p.organisation is None}
        self.learned |= holders(found, self.stage, self.entities, free)
        self._last_left(found, free)
        loose = {k for k in persons - free if self.of(k).organisation is None}
        owned = [o for o in found if self._owner_of(o)]
        self.learned |= holders(owned, self.stage, self.entities, loose)
        for key in self.learned:
            self._made.pop(key, None)
            self._making.discard(key)

    def _last_left(self, found: list[Office], free: set[int]) -> None:
        """One post without a holder and one person without a post, both told of often."""
        held = {o.role.lower().split()[-1] for o in self.learned.values()}
        open_posts = [o for o in found if o.role.lower().split()[-1] not in held]
        open_posts = [o for o in open_posts if governs(o.role, lexicon())]
        people = [
            key
            for key in free - set(self.learned)
            if len(self.entities.all[key].names) > 1 and self.of(key).organisation is None
        ]
        if len({o.role.lower() for o in open_posts}) == 1 and len(people) == 1:
            self.learned[people[0]] = open_posts[0]

    def _held(self, office: Office, persons: set[int]) -> bool:
        wanted = set(office.role.lower().split())
        return any(
            wanted <= self.of(key).words and same_time(wanted, self.of(key)) for key in persons
        )

    def _in_office(self, office: Office, owner: str | None) -> Profile:
        owner = owner or self._owner_of(office) or self._implied(office.role, office.start)
        words = frozenset(re.findall(r"[\w-]+", office.role.lower()))
        reason = f"{office.role} told at {office.start}, named beside"
        return Profile(office.role, owner, reason, (office.role,), words)

    def _owner_of(self, office: Office) -> str | None:
        """The organisation printed in a post ("the Lib Dem leader")."""
        meant = self.entities.meant(office.owner) if office.owner is not None else []
        return meant[0].name if len(meant) == 1 and meant[0].label == "ORG" else None

    def _printed_owner(self, fact: Fact) -> list[str]:
        return [] if fact.owner is None else self.entities.names[fact.owner].words

    def _owner(self, fact: Fact) -> str | None:
        """The name of the organisation that a fact tells, or "government"."""
        if fact.owner is not None:
            meant = self.entities.meant(fact.owner)
            return meant[0].name if len(meant) == 1 else None
        if fact.party is not None:
            return self._party(fact.party)
        if fact.owner_phrase is not None:
            return self._called(fact.owner_phrase)
        if fact.role is None or (fact.past and "shadow" not in fact.role.lower()):
            return None
        return self._implied(fact.role, fact.position)

    def _party(self, name: str) -> str:
        """A party told by its letter, as the article calls it."""
        key = lexicon().parties[name.lower()]
        return next((e.name for e in self.entities.all if e.party == key), name)

    def _implied(self, role: str, position: int) -> str | None:
        lex = lexicon()
        words = re.split(r"\s(?:of|for|at|in)\s", role.lower())[0].split()
        if "shadow" in words:
            return self.nearest_party(position)
        if governs(" ".join(words), lex):
            return department(role, self.entities.all)
        noun = next((w for w in words[:-1] if w in lex.nominals), None)
        if noun is not None:
            return self.name_of(self.nominal(noun, position)[0])
        count = lex.role_at_end(words)
        post = " ".join(words[-count:]) if count else ""
        if post in lex.staff:
            noun = (
                "school" if post.startswith(("head teacher", "headt", "headm", "principal")) else ""
            )
            return self.name_of(self.nominal(noun, position)[0])
        return None

    def _called(self, span: Span) -> str | None:
        phrase = self.stage.layout.text[slice(*span)]
        words = re.findall(r"[\w-]+", phrase.lower())
        words = words[:-1] if words and words[-1] == "s" else words
        noun = words[-1] if words and words[-1] in lexicon().nominals else ""
        return self.name_of(self.nominal(noun, span[0])[0])

    def name_of(self, key: int | None) -> str | None:
        """The name of an entity, None for None."""
        return None if key is None else self.entities.all[key].name

    def nearest_party(self, position: int) -> str | None:
        """The party whose name is printed nearest, outside direct quotations."""
        marks = (m for m in self.stage.marks if m.who >= 0 and self.entities.all[m.who].party)
        # the party that governs has no shadow posts; which one that is the article may not say
        near = [(abs(m.position - position), m.who) for m in marks]
        if not near or min(near)[0] > 1500:
            return None
        return self.entities.all[min(near)[1]].name

    def nominal(self, noun: str, position: int) -> tuple[int | None, list[int]]:
        """The organisation that "the <noun>" means, and the candidates where two are left.

        An empty noun is "it" or "its": any organisation.
        """
        lex = lexicon()
        named = self._ending_in(noun, position) if noun else []
        if len(named) == 1:
            return named[0], []
        senses = lex.nominals.get(noun, ())
        if senses and all(sense.itself for sense in senses):
            return None, named
        ranked = self.stage.ranked(position, lambda who: self._fits(who, noun, senses))
        if not ranked:
            return self._named_next(noun, position, senses), []
        ranked = self._one_a_party(ranked)
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR:
            close = [who for score, who in ranked if ranked[0][0] - score < _CLEAR]
            return None, close
        return ranked[0][1], []

    def _one_a_party(self, ranked: list[tuple[float, int]]) -> list[tuple[float, int]]:
        seen: set[str] = set()
        kept = []
        for score, who in ranked:
            party = self.entities.all[who].party
            if party is None or party not in seen:
                kept.append((score, who))
            seen |= {party} if party else set()
        return kept

    def _named_next(self, noun: str, position: int, senses: tuple[Nominal, ...]) -> int | None:
        """At the start of a story: the one organisation of the next two sentences that fits."""
        if not noun:
            return None
        after = {
            m.who
            for m in self.stage.around(position, 2)
            if m.position > position and self._fits(m.who, noun, senses) is not None
        }
        described = {who for who in after if noun in self.described.get(who, ())}
        often = sorted(
            ((len(self.entities.all[w].names), w) for w in described or after), reverse=True
        )
        alone = len(often) == 1 or (len(often) > 1 and often[0][0] > often[1][0])
        return often[0][1] if alone else None

    def _headed(self) -> dict[str, list[int]]:
        """Which organisations have a noun as the head of a name; made once."""
        if not self._heads:
            for entity in self.entities.all:
                if entity.names and entity.label != "PERSON":
                    for head in _heads(entity):
                        self._heads.setdefault(head, []).append(entity.key)
        return self._heads

    def _ending_in(self, noun: str, position: int) -> list[int]:
        """Organisations whose name ends in the noun; the last one mentioned where several do."""
        found = self._headed().get(noun.split()[-1], [])
        if len(found) < 2:
            return found
        ranked = self.stage.ranked(position, lambda who: 0.0 if who in found else None)
        clear = len(ranked) == 1 or (ranked and ranked[0][0] - ranked[1][0] >= _CLEAR)
        return [ranked[0][1]] if clear else found

    def _fits(self, who: int, noun: str, senses: tuple[Nominal, ...]) -> float | None:
        if who < 0:
            return None
        entity = self.entities.all[who]
        described = noun in self.described.get(who, ())
        if entity.label != "ORG" and not (described and entity.label is None):
            return None
        if noun and not any(_allows(sense, entity) for sense in senses):
            return None
        spoke = 1.3 if who in self.spoken else 0.0
        return spoke + (2.0 if noun and noun in self.described.get(who, ()) else 0.0)


def _heads(entity: Entity) -> set[str]:
    """The nouns that a name is about: the last one, or the first before "of" or "for"."""
    ends = {n.words[-1].lower() for n in entity.names if n.words}
    starts = {n.words[0].lower() for n in entity.names if {"of", "for", "on"} & set(n.words)}
    return ends | starts


def _allows(sense: Nominal, entity: Entity) -> bool:
    kinds, words = lexicon().kinds, set(entity.name.split())
    mine = {kind for kind, heads in kinds.items() if heads & words}
    if entity.party:
        mine = {"party"}
    if entity.name in lexicon().seats:
        mine.add("state")
    return (not sense.only or bool(sense.only & mine)) and not sense.barred & mine


def same_time(wanted: set[str], profile: Profile) -> bool:
    """A shadow or former post is another post."""
    other = {"shadow"} | lexicon().past
    return bool(wanted & other) == bool(profile.words & other)


def governs(role: str, lex: Lexicon) -> bool:
    """Whether a role is a post in a government now ("education secretary", "the chancellor")."""
    words = re.findall(r"[\w-]+", role.lower())
    if set(words) & (lex.not_government | lex.past) or any(w.startswith("ex-") for w in words):
        return bool(
            re.search(r"\b(?:first|social|defence) \w*\s?(?:minister|secretary)", role.lower())
        )
    ends = {" ".join(words[-n:]) for n in (1, 2, 3) if n <= len(words)}
    if ends & lex.government:
        return words[-1] != "secretary" or len(words) > 1
    return any(" ".join(words).startswith(g) for g in lex.government if " " in g)


def _best(facts: list[Fact], owners: list[str | None]) -> tuple[Fact, str | None] | None:
    """The first fact with both role and owner; else the first of each."""
    both = [(f, o) for f, o in zip(facts, owners, strict=True) if f.role and o and not f.past]
    if both:
        return both[0]
    role = next((f for f in facts if f.role), None)
    owner = next((o for o in owners if o), None)
    if role is not None:
        return role, owner
    return (facts[owners.index(owner)], owner) if owner else None


def descriptions(stage: Stage, entities: Entities) -> dict[int, set[str]]:
    """The nouns that the article calls each organisation ("search giant Google": giant)."""
    lex, text = lexicon(), stage.layout.text
    out: dict[int, Counter[str]] = {}
    for entity in entities.all:
        for name in entity.names if entity.label != "PERSON" else ():
            before = re.search(
                r"([\w-]+),? (?:the )?$", text[max(0, name.span[0] - 30) : name.span[0]]
            )
            after = re.match(
                r",? (?:an?|the|is an?|is the|which is an?) ([^,.;:]{3,60})|\W+([a-z-]+)\b",
                text[name.span[1] : name.span[1] + 80],
            )
            nouns = {before[1].lower()} if before else set()
            if after and after[1]:
                core = re.split(r"\s(?:of|for|that|which|who|in|at|based)\s", after[1])[0]
                nouns |= set(core.lower().split()[-1:])
            out.setdefault(entity.key, Counter()).update(n for n in nouns if n in lex.nominals)
    return {key: set(counter) for key, counter in out.items() if counter}
