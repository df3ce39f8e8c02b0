"""Who holds a post that a source is called by: "the minister", "the charity's chief executive"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from newsmine.nlp.speakers.departments import GOVERNMENT, department
from newsmine.nlp.speakers.entities import Entity
from newsmine.nlp.speakers.later import same_head
from newsmine.nlp.speakers.ledger import Found, plain, unposted
from newsmine.nlp.speakers.lexicon import data, lexicon
from newsmine.nlp.speakers.phrases import Phrase
from newsmine.nlp.speakers.profiles import governs, same_time
from newsmine.nlp.speakers.unnamed import Unnamed

CLEAR = 1.0  # holders closer than this are two candidates

_OWNED = re.compile(r"^(?:[\w-]+ )*[\w-]+[’']s? (?=\w)")
_POLICE = frozenset({"officer", "police officer", "detective"})
_OPPONENTS = frozenset({"opponent", "rival", "adversary"})
_TOP = frozenset({"leader", "boss", "chief", "head"})
_HIGH = _TOP | {
    "director",
    "executive",
    "manager",
    "secretary",
    "president",
    "inspector",
    "founder",
}
_TURNS = 8  # sentences, those wholly quoted not counted, in which two speak in turn
_SEATED = frozenset({"mp", "mep", "msp", "am", "td", "member"})
_AGE = re.compile(r"\b(\d{1,3})-year-old\b")


@dataclass(slots=True)
class Posts(Unnamed):
    """Posts and the people who hold them in the article."""

    def holders(self, phrase: Phrase) -> list[int]:
        """People told to hold the role: all its words fit, or else its noun alone."""
        wanted = usual(re.findall(r"[\w-]+", phrase.core)) - {"s"}
        owners = {key for number in phrase.owners for key in self.entities.of_name[number]}
        persons = [
            e for e in self.entities.all if e.label == "PERSON" and e.names and e.key not in owners
        ]
        profiles = {e.key: self.profiles.of(e.key) for e in persons}
        full = [
            e.key
            for e in persons
            if wanted <= usual(profiles[e.key].words) | _titles(e)
            if same_time(wanted, profiles[e.key])
            if ("head" in wanted) <= same_head(wanted, usual(profiles[e.key].words))
        ]
        if full:
            return self._seated(full, phrase)
        if phrase.core.lower() in _POLICE:
            return [k for k, p in profiles.items() if any(map(_in_police, p.roles))]
        return [
            k
            for k, p in profiles.items()
            if any(_same_role(phrase.head, r) for r in p.roles) and same_time(wanted, p)
            if not self.profiles.elsewhere(k, phrase.owners)
        ]

    def head_of(self, phrase: Phrase) -> list[int]:
        """As in "the Tide Union boss" for its general secretary: who is at the top of the body.

        Where the article names one person of the body only, that one, if the post can be high.
        """
        owner = self.owner(phrase)
        if phrase.head not in _TOP or owner is None or phrase.core.lower().startswith("former"):
            return []
        name, lex = self.entities.all[owner].name, lexicon()
        people = [e.key for e in self.entities.all if e.label == "PERSON" and e.names]
        there = [k for k in people if self.profiles.of(k).organisation == name]
        top = [k for k in there if any(lex.role_at_end(r.split()) for r in self.tops(k))]
        alone = len(there) == 1 and _can_lead(self.profiles.of(there[0]).role)
        return top or (there if alone and not self.entities.all[owner].party else [])

    def tops(self, key: int) -> list[str]:
        """The posts at the top of a body that are told of a person now."""
        lex, profile = lexicon(), self.profiles.of(key)
        heads = (re.split(r"\s(?:of|for|at|in)\s", r.lower())[0] for r in profile.roles)
        return [h for h in heads if h in lex.staff - lex.spokes and not profile.words & lex.past]

    def _seated(self, found: list[int], phrase: Phrase) -> list[int]:
        """As in "the MP for Hollow": who has just spoken, not one who is named only after it."""
        last = self.stage.last_source(phrase.span[0])
        seat = phrase.head in _SEATED and re.search(r"\bfor [A-Z]", phrase.text)
        later = all(self.entities.all[k].names[0].span[0] > phrase.span[1] for k in found)
        if not seat or not later or last is None or last < 0 or last in found:
            return found
        entity = self.entities.all[last]
        role = self.profiles.of(last).role
        return [last] if entity.label == "PERSON" and role is None else found

    def just_heard(self, phrase: Phrase) -> list[int]:
        """As in "the Labour MP said": who has just spoken, if of no other party."""
        last = self.stage.last_source(phrase.span[0])
        if phrase.head not in _SEATED or phrase.determiner != "the" or last is None or last < 0:
            return []
        owner = self.owner(phrase)
        there = self.profiles.of(last).organisation
        parties = {e.name for e in self.entities.all if e.party}
        other = there in parties and (owner is None or self.entities.all[owner].name != there)
        return [] if other or self.entities.all[last].label != "PERSON" else [last]

    def in_role(self, key: int, phrase: Phrase) -> Found:
        """A person in the post that a phrase calls, where the article tells no other one."""
        found = self.entity(key)
        speaker = found.speaker
        if speaker is None or not unposted(speaker):
            return self._owned_by(found, phrase)
        organisation = speaker.organisation or self.role_owner(phrase)
        role = _OWNED.sub("", plain(phrase)) if self.owner(phrase) is not None else plain(phrase)
        speaker = replace(speaker, role=role, organisation=organisation)
        if self.told.get(key, (None, None))[1] is None:
            self.told[key] = speaker.role, speaker.organisation
        return replace(found, speaker=speaker)

    def _owned_by(self, found: Found, phrase: Phrase) -> Found:
        """With the organisation that a phrase prints before a post told without one."""
        owner, speaker = self.owner(phrase), found.speaker
        sure = owner is not None and self.entities.all[owner].label == "ORG"
        other = phrase.head in lexicon().outsiders | lexicon().local
        if speaker is None or not sure or other or owner is None:
            return found
        organisation = self.entities.all[owner].name
        ministry = speaker.organisation == GOVERNMENT and governs(phrase.core, lexicon())
        if speaker.organisation and not (ministry and _is_department(organisation)):
            return found
        if found.who is not None:
            self.told[found.who] = speaker.role, organisation
        return replace(found, speaker=replace(speaker, organisation=organisation))

    def role_owner(self, phrase: Phrase) -> str | None:
        """The organisation that a post is held in, as the phrase tells it."""
        owner = self.owner(phrase)
        if owner is not None:
            return self.entities.all[owner].name
        rules = governs(phrase.core, lexicon())
        return department(phrase.core, self.entities.all) if rules else None

    def opponent(self, phrase: Phrase) -> Found | None:
        """As in "her opponent": of two people who speak in turn the one who did not speak last."""
        if phrase.determiner not in {"his", "her"} or phrase.core.lower() not in _OPPONENTS:
            return None
        turns = self.stage.speakers(phrase.span[0], _TURNS)
        if len(turns) != 2 or any(self.speaker(who).type != "person" for who in turns):
            return None
        gender = self.entities.all[turns[0]].gender if turns[0] >= 0 else None
        if turns[1] < 0 or gender not in (None, "m" if phrase.determiner == "his" else "f"):
            return None
        name = self.entities.all[turns[1]].name
        reason = f"speaker: '{phrase.text}' is '{name}', the other one of two"
        return replace(self.entity(turns[1]), reason=reason)

    def told_of(self, phrase: Phrase) -> int | None:
        """Of whom the article tells what "the mother of two" or "the 37-year-old" says."""
        if phrase.determiner != "the":
            return None
        age = _AGE.search(phrase.text)
        people = [e for e in self.entities.all if e.label == "PERSON" and e.names]
        if age is not None:
            found = [e.key for e in people if self._is_aged(e, age[1])]
        else:
            head = usual([phrase.head.split("-")[0]])
            found = [e.key for e in people if head <= usual(self.profiles.of(e.key).words)]
        ranked = self.stage.ranked(phrase.span[0], lambda w: 0.0 if w in found else None)
        clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] >= CLEAR)
        return ranked[0][1] if clear else None

    def _is_aged(self, entity: Entity, years: str) -> bool:
        text = self.stage.layout.text
        after = re.compile(rf",? (?:aged |now |who is )?\(?{years}\b")
        before = re.compile(rf"\b{years}-year-old (?:[a-z]+ )?$")
        return any(
            after.match(text, n.span[1]) or before.search(text, max(0, n.span[0] - 40), n.span[0])
            for n in entity.names
        )

    def unnamed_holder(self, phrase: Phrase) -> int | None:
        """Whoever is named without the role: right after the lead, or the last speaker."""
        here = self.stage.layout.sentence(phrase.span[0])
        free = self._without_role(phrase)
        after = sorted(
            (n.span[0], e.key)
            for e in free
            for n in e.names[:1]
            if n.span[0] > phrase.span[0] and 0 < self.stage.layout.sentence(n.span[0]) - here <= 2
        )
        if after and any(m.position == after[0][0] and m.weight >= 0.5 for m in self.stage.marks):
            return after[0][1]
        keys = {e.key for e in free}
        if len(keys) == 1 and len([e for e in self.entities.all if e.label == "PERSON"]) < 4:
            return keys.pop()
        ranked = self.stage.ranked(phrase.span[0], lambda who: 0.0 if who in keys else None)
        clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] >= CLEAR)
        return ranked[0][1] if ranked and clear and ranked[0][0] > -3 else None

    def _without_role(self, phrase: Phrase) -> list[Entity]:
        """People who can hold a post: none is told of them, nor another organisation."""
        owners = {key for number in phrase.owners for key in self.entities.of_name[number]}
        rules = governs(phrase.core, lexicon())
        free = []
        for entity in self.entities.all:
            if entity.label != "PERSON" or not entity.names or entity.key in owners:
                continue
            if not self._in_story(entity):
                continue
            profile = self.profiles.of(entity.key)
            elsewhere = rules and profile.organisation not in (None, "government")
            elsewhere = elsewhere or self.profiles.elsewhere(entity.key, phrase.owners)
            titled = any(n.title and n.title.role for n in entity.names)
            if entity.certain and not profile.role and not elsewhere and not titled:
                free.append(entity)
        return free

    def _in_story(self, entity: Entity) -> bool:
        """Whether somebody is named outside furniture and captions, and not as the writer."""
        places = [n.span[0] for n in entity.names if not self.stage.beside(n.span[0])]
        return bool(places) and self.writer(places[0]) != entity.name


@cache
def _same() -> dict[str, tuple[str, ...]]:
    """Each word for a post or party with the words that it is taken for; read once."""
    groups = (entry["words"] for entry in data("posts")["same"])
    return {form: tuple(group[0].split()) for group in groups for form in group[1:]}


def usual(words: Iterable[str]) -> set[str]:
    """The words in small letters, each in its usual form ("Tory boss": conservative chief)."""
    return {form for w in words for form in _same().get(w.lower(), (w.lower(),))}


def _can_lead(role: str | None) -> bool:
    """Whether somebody in the post can be called the boss; a spokesman or member is not."""
    words = re.split(r"\s(?:of|for|at|in)\s", (role or "chief").lower())[0].split()
    return words[-1:] != [] and words[-1] in _HIGH


def _is_department(name: str) -> bool:
    return bool(lexicon().kinds["state"] & set(name.split()))


def _in_police(role: str) -> bool:
    """Whether a post or rank is one of the police ("Det Sgt")."""
    return lexicon().posts.get(role.lower()) == "police"


def _titles(entity: Entity) -> set[str]:
    """The words of the titles that somebody is printed with ("Judge Pell")."""
    return {w.lower() for n in entity.names if n.title for w in n.title.word.split()}


def _same_role(head: str, role: str) -> bool:
    words = role.lower().split()
    count = lexicon().role_at_end(words) or 1
    cut = re.split(r"\s(?:of|for|at|in|and)\s", role.lower())[0]
    return cut.endswith(head) or " ".join(words[-count:]) == head
