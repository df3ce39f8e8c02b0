"""Role and organisation of each person in the article, and what organisations are described as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsmine.nlp.speakers.called import without_acronym
from newsmine.nlp.speakers.chosen import best_told, own_name
from newsmine.nlp.speakers.departments import GOVERNMENT, department, governs
from newsmine.nlp.speakers.entities import Entity
from newsmine.nlp.speakers.facts import facts_of, view_of
from newsmine.nlp.speakers.lexicon import Gender, lexicon
from newsmine.nlp.speakers.nominals import Nominals, descriptions
from newsmine.nlp.speakers.offices import Office, holders, offices
from newsmine.nlp.speakers.publications import Publication, family, published
from newsmine.nlp.speakers.roles import Fact, View
from newsmine.nlp.speakers.spellings import known_words
from newsmine.types import Span

__all__ = ["Profile", "Profiles", "descriptions", "governs", "same_time"]

# a "community leader" leads no party
_PARTY_WORDS = frozenset({"party", "deputy", "chief", "leader", "whip", "chairman", "chairwoman"})
# posts of films, clubs and states too: what is named after them is no owner yet
_ANYWHERE = frozenset({"director", "president", "vice-president", "head", "chief", "boss"})
_WRITERS = frozenset({"author", "co-author", "researcher", "author's", "co-writer"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a person; ``words`` are all words of roles and owners, to match roles."""

    role: str | None
    organisation: str | None
    reason: str | None
    roles: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(slots=True)
class Profiles(Nominals):
    """Profiles, made when first asked for."""

    learned: dict[int, Office] = field(default_factory=dict)
    _made: dict[int, Profile] = field(default_factory=dict)
    _making: set[int] = field(default_factory=set)
    _seen_in: View | None = None
    _published: list[Publication] | None = None

    def of(self, key: int) -> Profile:
        """The profile of the person with this key."""
        if key not in self._made:
            if key in self._making:
                return Profile(None, None, None)
            self._making.add(key)
            self._made[key] = self._make(self.entities.all[key])
        return self._made[key]

    def elsewhere(self, key: int, owners: Sequence[int]) -> bool:
        """Whether a person is told to be of another body than the names of a phrase are."""
        names = {e.name for n in owners for e in self.entities.meant(n) if e.label == "ORG"}
        told = self.of(key).organisation
        return bool(names) and told is not None and told not in names

    def publications(self) -> list[Publication]:
        """All places where a document stands beside its publisher, in text order; made once."""
        if self._published is None:
            self._published = published(self.stage, self.entities)
        return self._published

    def publisher_name(self, key: int | None) -> str | None:
        """The name of a publisher, with the one beside it for a joint work."""
        partners = {p.partner for p in self.publications() if p.publisher == key and p.partner}
        if not partners:
            return self.name_of(key)
        names = [self.name_of(key), self.name_of(min(partners))]
        return " and ".join(without_acronym(name) for name in names if name) or None

    def view(self) -> View:
        """What the facts of all people are read in."""
        if self._seen_in is None:
            self._seen_in = view_of(self.stage.layout, self.entities)
        return self._seen_in

    def _make(self, entity: Entity) -> Profile:
        facts = facts_of(self.view(), entity)
        owners = [self._owner(fact) for fact in facts]
        chosen = best_told([*zip(facts, owners, strict=True)])
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
            owner = meant[0].name if len(meant) == 1 else None
            first = (fact.role or "").lower().endswith("first minister")
            body = department(fact.role or "", self.entities.all) if first else GOVERNMENT
            return owner if body == GOVERNMENT else body
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
        if "shadow" in words or "opposition" in role.lower().split():
            return self.nearest_party(position)
        if governs(" ".join(words), lex) or governs(role, lex):
            return department(role, self.entities.all)
        american = self.stage.layout.text[max(0, position - 3) : position] == "US "
        if american and words == ["president"]:
            return "US government"
        if words[-1:] == ["president"] and _abroad(words[:-1]):
            return department(role, self.entities.all)
        if words[-1:] == ["commissioner"]:
            abroad = words[0] in {"european", "eu"}
            return self._commission() if abroad else self._office_of(" ".join(words))
        if words[-1:] and words[-1].removesuffix("s") in _WRITERS:
            published = self.publisher_of(role.lower())
            return published or self.name_of(self.of_kind("research", position))
        if words in (["attorney", "general"], ["solicitor", "general"]) and self._british():
            return GOVERNMENT
        count = lex.role_at_end(words)
        post = " ".join(words[-count:]) if count else ""
        kind = lex.posts.get(" ".join(words[-2:])) or lex.posts.get(post)
        if kind == "party" and not set(words) <= _PARTY_WORDS:
            kind = None
        if kind is not None:
            return self.name_of(self.of_kind(kind, position))
        if _names_another(self._plain_start(role, position), count):
            return None
        noun = next((w for w in words[:-1] if w in lex.nominals), "")
        if not noun and post not in lex.staff:
            return None
        key = self.nominal(noun, position)[0]
        if key is None and not noun and post not in _ANYWHERE:
            key = self.soon_named(position)
        return self.name_of(key)

    def _commission(self) -> str:
        """Commissioners of the European Union, as the article calls their body."""
        names = (e.name for e in self.entities.all if e.name.startswith("European Commission"))
        return next(names, "European Commission")

    def _plain_start(self, role: str, position: int) -> str:
        """A role that a sentence starts with, without the capital: "Finance director"."""
        starts = not self.stage.layout.text[self.stage.layout.sentence_span(position)[0] : position]
        common = role.split()[0].lower() in known_words() if starts and role else False
        return role[0].lower() + role[1:] if common else role

    def _office_of(self, post: str) -> str | None:
        """The office of a commissioner, if printed ("Information Commissioner's Office")."""
        named = re.escape(post)
        office = rf"\b(?:{named}[’']s? Office|Office of the {named})\b"
        found = re.search(office, self.stage.layout.text, re.IGNORECASE)
        return " ".join(found.group().split()) if found else None

    def _british(self) -> bool:
        """Whether nothing tells of America, where law officers are others than ministers."""
        abroad = r"\b(?:US|U\.S\.|American|Senate|Congress|White House|Washington|states?[’']s?)\b"
        return not re.search(abroad, self.stage.layout.text)

    def _called(self, span: Span) -> str | None:
        phrase = self.stage.layout.text[slice(*span)]
        words = re.findall(r"[\w-]+", phrase.lower())
        number = self.view().covering(span[0])
        meant = self.entities.meant(number) if number is not None else []
        if len(meant) == 1 and meant[0].label == "PERSON":
            return self.of(meant[0].key).organisation
        if words in (["his"], ["her"]):
            return self._same_as(span[0], "m" if words == ["his"] else "f")
        words = words[:-1] if words and words[-1] == "s" else words
        if words and words[-1] in lexicon().documents:
            return self.publisher_of(words[-1])
        if words[-1:] == [GOVERNMENT] and not self._ending_in(GOVERNMENT, span[0]):
            return GOVERNMENT
        noun = words[-1] if words and words[-1] in lexicon().nominals else ""
        if not noun and words not in (["its"], ["their"]):
            return None  # "the residents' leader"
        named = self.name_of(self.nominal(noun, span[0])[0])
        return own_name(phrase, noun, named) or named

    def _same_as(self, position: int, gender: Gender) -> str | None:
        """Where somebody works whose colleague or deputy another one is ("his deputy")."""

        def fits(who: int) -> float | None:
            entity = self.entities.all[who] if who >= 0 else None
            person = entity is not None and entity.label == "PERSON"
            return 0.0 if person and entity and entity.gender in (None, gender) else None

        ranked = self.stage.ranked(position, fits)
        return self.of(ranked[0][1]).organisation if ranked else None

    def publisher_of(self, phrase: str) -> str | None:
        """Whose the document is that a phrase names, where the article tells one publisher."""
        nouns = [w for w in re.findall(r"[a-z-]+", phrase) if w in lexicon().documents]
        wanted = family(nouns[-1]) if nouns else frozenset()
        told = {p.publisher for p in self.publications() if p.noun.split()[-1] in wanted}
        return self.entities.all[told.pop()].name if len(told) == 1 else None


def _abroad(words: list[str]) -> bool:
    """As in "French president": a state is told, and nothing else."""
    known = lexicon().adjectives - {"British"}
    return len(words) == 1 and (words[0] == "us" or words[0].capitalize() in known)


def same_time(wanted: set[str], profile: Profile) -> bool:
    """A shadow or former post is another post."""
    other = {"shadow"} | lexicon().past
    return bool(wanted & other) == bool(profile.words & other)


def _names_another(role: str, count: int) -> bool:
    """Whether a post of so many words is somebody's who is named ("Marsh's campaign manager").

    A lone title such as "President" is that of a state.
    """
    post, *rest = re.split(r"\s(?:of|for|at|in|to)\s", role)
    words = post.split()
    others = words[: len(words) - count] + " ".join(rest).split()
    plain = lexicon().nominals
    named = (
        (w[0].isupper() and w.lower() not in plain) or w.endswith(("’s", "'s")) for w in others
    )
    return role == "President" or any(named)
