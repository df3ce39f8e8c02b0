"""The ledger of an article: whom it can mean, and who has spoken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from newsmine.nlp.speakers.called import without_acronym
from newsmine.nlp.speakers.documents import (
    Publication,
)
from newsmine.nlp.speakers.entities import Entities, Entity
from newsmine.nlp.speakers.lexicon import Gender, lexicon
from newsmine.nlp.speakers.phrases import Phrase
from newsmine.nlp.speakers.profiles import Profiles
from newsmine.nlp.speakers.salience import Stage
from newsmine.types import Speaker, SpeakerType

_SMALL = frozenset(
    {"a", "an", "one", "the", "another", "his", "her", "its", "their", "some", "many", "this"}
)
_ITS = re.compile(r"\b(?:[Ii]ts|[Tt]heir) (?:[a-z]+ )?[\"“‘]?$")
_SEVERAL = frozenset({"two", "three", "four", "pair", "couple", "trio", "both", "others", "all"})
_TOLD = re.compile(
    r",\s(?:the|an?|who|whose|which|aged|now|then|speaking|called|titled|entitled|dubbed|\d+)\b"
)


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody who has spoken and can be meant again by a pronoun.

    ``owned``: called by whose it is ("the Pell campaign").
    """

    speaker: Speaker
    head: str
    gender: Gender | None = None
    plural: bool = False
    owned: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A decision: the speaker, why, and which referent that is."""

    speaker: Speaker | None
    reason: str
    who: int | None = None


@dataclass(slots=True)
class Ledger:
    """Who can be meant, and who has spoken so far; ``writer`` says who signs at a position."""

    stage: Stage
    entities: Entities
    profiles: Profiles
    publications: Sequence[Publication]
    writer: Callable[[int], str | None]
    referents: dict[int, Referent] = field(default_factory=dict)
    genders: dict[int, Gender] = field(default_factory=dict)
    told: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)

    def entity(self, key: int) -> Found:
        """An entity as speaker, with what is told of it."""
        entity = self.entities.all[key]
        mention = next((n.span for n in entity.names if n.bare in entity.name), None)
        if entity.label != "PERSON" and _is_document(entity.name):
            noun = entity.name.lower().split()[-1]
            publisher = self._publisher_printed(entity) or self.profiles.publisher_of(noun)
            return Found(Speaker(entity.name, "document", None, publisher, mention), "", key)
        if entity.label != "PERSON":
            speaker = Speaker(entity.name, "organisation", None, entity.name, mention)
            return Found(speaker, "", key)
        profile = self.profiles.of(key)
        speaker = Speaker(entity.name, "person", profile.role, profile.organisation, mention)
        return Found(speaker, profile.reason or "", key)

    def _publisher_printed(self, entity: Entity) -> str | None:
        """As in "Its Quiet Tides Report" and "the Tide Council's Quiet Tides Report"."""
        text = self.stage.layout.text
        for name in entity.names:
            start = name.span[0]
            if _ITS.search(text, max(0, start - 30), start):
                return self.profiles.name_of(self.profiles.nominal("", start)[0])
            for number in self.entities.within((max(0, start - 60), start)):
                owner, meant = self.entities.names[number], self.entities.meant(number)
                beside = re.fullmatch(r"[’']s? (?:[a-z]+ )?", text[owner.span[1] : start])
                if beside and len(meant) == 1 and meant[0].label == "ORG":
                    return meant[0].name
        return None

    def completed(self, found: Found) -> Found:
        """With a role and organisation that the article tells only later."""
        speaker = found.speaker
        if found.who is not None and found.who < 0 and speaker is not None:
            return replace(found, speaker=self.referents[found.who].speaker)
        if found.who is None or found.who < 0 or speaker is None or speaker.type != "person":
            return found
        role, organisation = self.told.get(found.who, (None, None))
        organisation = speaker.organisation or organisation
        role = role if unposted(speaker) and role else speaker.role
        return replace(found, speaker=replace(speaker, role=role, organisation=organisation))

    def new(
        self,
        phrase: Phrase,
        kind: SpeakerType,
        reason: str,
        *,
        name: str | None = None,
        role: str | None = None,
        organisation: str | None = None,
        owned: bool = False,
    ) -> Found:
        """Somebody who is not named: as printed."""
        printed = name or as_printed(phrase)
        if kind == "organisation":
            organisation = printed
        speaker = Speaker(printed, kind, role, organisation, phrase.span)
        who = -1 - len(self.referents)
        gender = lexicon().gender_of(phrase.text)
        several = phrase.head in lexicon().anonymous_plural or phrase.head in _SEVERAL
        plural = kind == "group" or several
        self.referents[who] = Referent(speaker, phrase.head, gender, plural, owned)
        return Found(speaker, f"speaker: {reason}", who)

    def again(self, who: int) -> Found:
        if who >= 0:
            return self.entity(who)
        return Found(self.referents[who].speaker, "", who)

    def speaker(self, who: int) -> Speaker:
        found = self.again(who).speaker
        assert found is not None
        return found

    def names_of(self, keys: Sequence[int]) -> list[str]:
        return [name for key in keys if (name := self.speaker(key).name)]

    def owner(self, phrase: Phrase) -> int | None:
        for number in phrase.owners:
            meant = self.entities.meant(number)
            if len(meant) == 1 and meant[0].label in ("ORG", None):
                return meant[0].key
        return None


def unposted(speaker: Speaker) -> bool:
    """Whether no post is told of a person but one held before ("a former paediatrician")."""
    words = (speaker.role or "").lower().split()
    return not words or (speaker.organisation is None and words[0] in lexicon().past)


def unresolved(kind: SpeakerType, candidates: Sequence[str], reason: str, phrase: Phrase) -> Found:
    speaker = Speaker(None, kind, None, None, phrase.span, tuple(sorted(set(candidates))))
    return Found(speaker, f"speaker: unresolved, {reason}")


def _is_document(name: str) -> bool:
    """Whether a name is of something written ("Quiet Tides Bill")."""
    last = without_acronym(name).split()[-1] if name else ""
    lex = lexicon()
    if name.split()[:1] and name.split()[0] in lex.heads:
        return False
    return last in {"Bill", "Act"} or (last.lower() in lex.documents and last not in lex.heads)


def plain(phrase: Phrase) -> str:
    """The phrase as printed without its determiner."""
    return re.sub(
        r"^(?:the|an?|this|that|these|those|its|their)\s+",
        "",
        _without_aside(phrase),
        flags=re.IGNORECASE,
    )


def as_printed(phrase: Phrase) -> str:
    """The phrase as printed, its first word small; "one pupil" is "a pupil"."""
    first, _, rest = _without_aside(phrase).partition(" ")
    small = first.lower() if first.lower() in _SMALL else first
    if small == "one" and rest and not rest.startswith("of "):
        small = "an" if rest[0] in "aeiou" else "a"
    return f"{small} {rest}".strip()


def _without_aside(phrase: Phrase) -> str:
    """As in "friends of Gemma Larch, the harbour minister": told of her, no part of the name."""
    return _TOLD.split(phrase.text)[0]
