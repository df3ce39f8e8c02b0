"""From the local source to the speaker: one decision a function, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from newsmine.nlp.speaker_documents import (
    Publication,
    family,
    is_new,
    publisher_in,
    told_elsewhere,
)
from newsmine.nlp.speaker_entities import Entities, Entity
from newsmine.nlp.speaker_lexicon import Gender, lexicon
from newsmine.nlp.speaker_phrases import Phrase, parse_source
from newsmine.nlp.speaker_profiles import Profiles, governs, same_time
from newsmine.nlp.speaker_salience import Stage
from newsmine.types import Attribution, Span, Speaker, SpeakerType

_CLEAR = 0.35
_CLEAR_ROLE = 1.0
_SYNONYMS = {"pm": "prime minister", "ceo": "chief executive"}
_LOOSE = frozenset({"research", "analysis", "work", "findings", "results", "data", "evidence"})


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody who has spoken and can be meant again by a pronoun."""

    speaker: Speaker
    head: str
    gender: Gender | None = None
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A decision: the speaker, why, and which referent that is."""

    speaker: Speaker | None
    reason: str
    who: int | None = None


@dataclass(slots=True)
class Resolver:
    """Resolves sources in text order; whoever has spoken can be meant afterwards."""

    stage: Stage
    entities: Entities
    profiles: Profiles
    publications: Sequence[Publication]
    referents: dict[int, Referent] = field(default_factory=dict)
    genders: dict[int, Gender] = field(default_factory=dict)
    told: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)

    def source(self, span: Span) -> Found:
        """The speaker that a source phrase names."""
        phrase = parse_source(self.stage.layout.text, span, self.entities)
        found = self._found(phrase)
        if found.who is not None:
            self.stage.add(span[0], found.who)
            self.profiles.spoken.add(found.who)
        return found

    def completed(self, found: Found) -> Found:
        """With a role and organisation that the article tells only later."""
        speaker = found.speaker
        if found.who is not None and found.who < 0 and speaker is not None:
            return replace(found, speaker=self.referents[found.who].speaker)
        if found.who is None or found.who < 0 or speaker is None or speaker.type != "person":
            return found
        role, organisation = self.told.get(found.who, (None, None))
        if speaker.role or not role:
            return found
        organisation = speaker.organisation or organisation
        return replace(found, speaker=replace(speaker, role=role, organisation=organisation))

    def _found(self, phrase: Phrase) -> Found:
        match phrase.kind:
            case "pronoun":
                return self._pronoun(phrase)
            case "name" | "words of":
                return self._named(phrase)
            case "names":
                return self._new(phrase, "group", "two names together", name=_plain(phrase))
            case "role":
                return self._role(phrase)
            case "nominal":
                return self._nominal(phrase)
            case "document":
                return self._document(phrase)
            case "asked":
                return self._asked(phrase)
            case "group":
                return self._group(phrase)
            case "spokes" if phrase.determiner == "the" and self._holders(phrase):
                return self._role(phrase)
            case _:
                return self._anonymous(phrase)

    # --- names ---------------------------------------------------------------------------------

    def _named(self, phrase: Phrase) -> Found:
        number = phrase.name if phrase.name is not None else phrase.owners[0]
        meant = self.entities.meant(number)
        if len(meant) > 1:
            kind: SpeakerType = "person" if meant[0].label == "PERSON" else "organisation"
            return _open(kind, [e.name for e in meant], f"'{phrase.text}' fits several", phrase)
        entity, printed = meant[0], self.entities.names[number].bare
        found = self.entity(entity.key)
        if printed == entity.name:
            return replace(
                found, reason=f"speaker: named '{entity.name}'; {found.reason}".strip("; ")
            )
        how = "surname" if entity.label == "PERSON" else "short name"
        return replace(
            found, reason=f"speaker: {how} of '{entity.name}'; {found.reason}".strip("; ")
        )

    def entity(self, key: int) -> Found:
        """An entity as speaker, with what is told of it."""
        entity = self.entities.all[key]
        mention = next((n.span for n in entity.names if n.bare in entity.name), None)
        if entity.label != "PERSON":
            speaker = Speaker(entity.name, "organisation", None, entity.name, mention)
            return Found(speaker, "", key)
        profile = self.profiles.of(key)
        speaker = Speaker(entity.name, "person", profile.role, profile.organisation, mention)
        return Found(speaker, profile.reason or "", key)

    # --- pronouns ------------------------------------------------------------------------------

    def _pronoun(self, phrase: Phrase) -> Found:
        head = phrase.head
        if head in {"it", "its"}:
            fits = self._neuter
        elif head in {"they", "their", "them"}:
            fits = self._plural
        else:
            gender: Gender | None = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}.get(
                head
            )  # type: ignore[assignment]
            fits = self._gendered(gender)
        ranked = self.stage.ranked(phrase.span[0], fits)
        if not ranked:
            return Found(None, f"speaker: nobody before '{phrase.text}'")
        close = self._last_speaker([w for s, w in ranked if ranked[0][0] - s < _CLEAR], phrase)
        if len(close) > 1:
            kind = self._speaker(close[0]).type
            return _open(kind, self._names(close), f"'{phrase.text}' fits several", phrase)
        who = close[0]
        if head in {"he", "she"}:
            self.genders[who] = "m" if head == "he" else "f"
        found = self._again(who)
        name = found.speaker.name if found.speaker else None
        return replace(found, reason=f"speaker: '{phrase.text}' is '{name}', most prominent before")

    def _last_speaker(self, close: list[int], phrase: Phrase) -> list[int]:
        """Of candidates that are close the one who spoke just before, if any did."""
        last = self.stage.last_source(phrase.span[0])
        return [last] if last in close else close

    def _gendered(self, gender: Gender | None):  # type: ignore[no-untyped-def]
        def fits(who: int) -> float | None:
            known = self.genders.get(who)
            if who < 0:
                referent = self.referents[who]
                if referent.speaker.type not in ("anonymous", "person") or referent.plural:
                    return None
                known = known or referent.gender
            else:
                entity = self.entities.all[who]
                if entity.label != "PERSON":
                    return None
                known = known or entity.gender
            if gender and known and known != gender:
                return None
            sure = who < 0 or self.entities.all[who].certain
            return 0.4 if known else 0.0 if sure else -0.8

        return fits

    def _neuter(self, who: int) -> float | None:
        if who < 0:
            kind = self.referents[who].speaker.type
            return 0.0 if kind in ("document", "organisation") else None
        spoke = 0.8 if who in self.profiles.spoken else 0.0
        return spoke if self.entities.all[who].label == "ORG" else None

    def _plural(self, who: int) -> float | None:
        if who < 0:
            referent = self.referents[who]
            return 0.8 if referent.speaker.type == "group" or referent.plural else -1.5
        label = self.entities.all[who].label
        return 0.0 if self.entities.all[who].party else -0.5 if label == "ORG" else -1.5

    # --- nouns that stand for somebody ------------------------------------------------------------

    def _nominal(self, phrase: Phrase) -> Found:
        if phrase.determiner in {"a", "an", "one", "another"}:
            return self._new(
                phrase, "organisation", "organisation without a name", name=_plain(phrase)
            )
        key, candidates = self.profiles.nominal(phrase.head, phrase.span[0])
        last = self._last_speaker(candidates, phrase)
        key = last[0] if len(last) == 1 else key
        owner = self._owner(phrase)
        if key is None and candidates and owner is None:
            return _open(
                "organisation", self._names(candidates), f"'{phrase.text}' fits several", phrase
            )
        if key is None:
            return self._new(phrase, "organisation", "called, not named", name=_plain(phrase))
        found = self.entity(key)
        self.profiles.described.setdefault(key, set()).add(phrase.head)
        name = self.entities.all[key].name
        return replace(found, reason=f"speaker: '{phrase.text}' stands for '{name}'")

    def _role(self, phrase: Phrase) -> Found:
        holders = self._holders(phrase)
        if len(holders) > 1:
            ranked = self.stage.ranked(phrase.span[0], lambda w: 0.0 if w in holders else None)
            if ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _CLEAR_ROLE):
                holders = [ranked[0][1]]
            else:
                return _open(
                    "person", self._names(holders), f"role '{phrase.text}' fits several", phrase
                )
        key = holders[0] if holders else self._unnamed_holder(phrase)
        if key is None:
            return self._roles_only(phrase)
        found = self.entity(key)
        speaker = found.speaker
        if speaker is not None and speaker.role is None:
            organisation = speaker.organisation or self._role_owner(phrase)
            speaker = replace(speaker, role=_role_text(phrase), organisation=organisation)
            self.told.setdefault(key, (speaker.role, speaker.organisation))
        name = self.entities.all[key].name
        return Found(speaker, f"speaker: '{phrase.text}' is the role of '{name}'", key)

    def _holders(self, phrase: Phrase) -> list[int]:
        """People told to hold the role: all its words fit, or else its noun alone."""
        wanted = {w.lower() for w in re.findall(r"[\w-]+", phrase.core)} - {"s"}
        wanted = set(_SYNONYMS.get(" ".join(wanted), " ".join(wanted)).split())
        owners = {key for number in phrase.owners for key in self.entities.of_name[number]}
        persons = [
            e for e in self.entities.all if e.label == "PERSON" and e.names and e.key not in owners
        ]
        profiles = {e.key: self.profiles.of(e.key) for e in persons}
        full = [k for k, p in profiles.items() if wanted <= p.words and same_time(wanted, p)]
        if full:
            return full
        return [
            k
            for k, p in profiles.items()
            if any(_same_role(phrase.head, r) for r in p.roles) and same_time(wanted, p)
        ]

    def _unnamed_holder(self, phrase: Phrase) -> int | None:
        """A role whose holder is named without it: the next name after the lead, or the last speaker."""
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
        clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] >= _CLEAR_ROLE)
        return ranked[0][1] if ranked and clear and ranked[0][0] > -3 else None

    def _without_role(self, phrase: Phrase) -> list[Entity]:
        """People who can hold a post: none is told of them, nor another organisation."""
        owners = {key for number in phrase.owners for key in self.entities.of_name[number]}
        rules = governs(phrase.core, lexicon())
        free = []
        for entity in self.entities.all:
            if entity.label != "PERSON" or not entity.names or entity.key in owners:
                continue
            profile = self.profiles.of(entity.key)
            elsewhere = rules and profile.organisation not in (None, "government")
            if entity.certain and not profile.role and not elsewhere:
                free.append(entity)
        return free

    def _roles_only(self, phrase: Phrase) -> Found:
        kind: SpeakerType = "person" if governs(phrase.core, lexicon()) else "anonymous"
        return self._new(phrase, kind, "role, not named", role=_role_text(phrase))

    def _role_owner(self, phrase: Phrase) -> str | None:
        owner = self._owner(phrase)
        if owner is not None:
            return self.entities.all[owner].name
        return "government" if governs(phrase.core, lexicon()) else None

    def _owner(self, phrase: Phrase) -> int | None:
        for number in phrase.owners:
            meant = self.entities.meant(number)
            if len(meant) == 1 and meant[0].label in ("ORG", None):
                return meant[0].key
        return None

    # --- documents, groups, the unnamed -------------------------------------------------------------

    def _document(self, phrase: Phrase) -> Found:
        end = phrase.span[1] + 80
        publisher = publisher_in(phrase, self.profiles, end)
        earlier = None if is_new(phrase) else self._earlier_document(phrase, publisher)
        if earlier is not None:
            self._named_better(earlier, phrase)
            found = self._again(earlier)
            return replace(found, reason=f"speaker: '{phrase.text}' is a document spoken of before")
        told = None
        if publisher is None and not is_new(phrase) and not phrase.owners:
            told = told_elsewhere(phrase, list(self.publications), self.entities)
            publisher = told.publisher if told else self._speaking_publisher(phrase)
        organisation = self.profiles.name_of(publisher)
        reason = "document" if organisation is None else f"document of '{organisation}'"
        name = _described(phrase, organisation)
        return self._new(phrase, "document", reason, name=name, organisation=organisation)

    def _speaking_publisher(self, phrase: Phrase) -> int | None:
        """ "The report": of the organisation that has just spoken, or that is spoken of alone."""
        if phrase.determiner not in {"the", "its"}:
            return None
        last = self.stage.last_source(phrase.span[0])
        if last is None or last < 0:
            return None
        if self.entities.all[last].label == "ORG":
            return last
        organisation = self.profiles.of(last).organisation
        return next((e.key for e in self.entities.all if e.name == organisation), None)

    def _named_better(self, who: int, phrase: Phrase) -> None:
        """A document first called "research" and then "the survey" is a survey."""
        referent = self.referents[who]
        organisation = referent.speaker.organisation
        if organisation and referent.head in _LOOSE and phrase.head not in _LOOSE:
            speaker = replace(referent.speaker, name=_described(phrase, organisation))
            self.referents[who] = replace(referent, speaker=speaker, head=phrase.head)

    def _earlier_document(self, phrase: Phrase, publisher: int | None) -> int | None:
        organisation = self.profiles.name_of(publisher)
        for who in sorted(self.referents):
            referent = self.referents[who]
            if referent.speaker.type != "document" or referent.head not in family(phrase.head):
                continue
            if organisation is None and not phrase.owners and _refers_back(phrase):
                return who
            if organisation is not None and referent.speaker.organisation == organisation:
                return who
        return None

    def _asked(self, phrase: Phrase) -> Found:
        lex, text = lexicon(), phrase.text
        if not lex.asked.search(text) and not self._poll_before(phrase):
            noun = re.search(r"\bof (?:the )?((?:[a-z-]+ )?[a-z-]+s)\b", text)
            name = noun[1] if noun else text
            return self._new(phrase, "group", "a share of a group", name=name)
        return self._new(phrase, "group", "a share of those asked", name="survey respondents")

    def _poll_before(self, phrase: Phrase) -> bool:
        polls = {"poll", "survey", "research", "study"}
        told = any(p.noun in polls for p in self.publications)
        return told or any(r.head in polls for r in self.referents.values())

    def _group(self, phrase: Phrase) -> Found:
        if phrase.head in {"mps", "peers", "lords"} and _plain(phrase).lower() == phrase.head:
            committees = {
                e.key
                for e in self.entities.all
                if e.label == "ORG" and "committee" in e.name.lower()
            }
            if len(committees) == 1:
                found = self.entity(committees.pop())
                return replace(found, reason=f"speaker: '{phrase.text}' of the one committee")
        owner = self._owner(phrase)
        organisation = self.profiles.name_of(owner)
        if phrase.head == "ministers":
            organisation = organisation or "government"
        return self._new(phrase, "group", "group", name=_plain(phrase), organisation=organisation)

    def _anonymous(self, phrase: Phrase) -> Found:
        if phrase.definite and phrase.determiner in {"the", "that", "this"}:
            for who in sorted(self.referents):
                if (
                    self.referents[who].head == phrase.head
                    and self.referents[who].speaker.type == "anonymous"
                ):
                    found = self._again(who)
                    return replace(found, reason=f"speaker: '{phrase.text}' spoken of before")
        organisation = self._anonymous_owner(phrase)
        role = phrase.head if phrase.kind != "unknown" else None
        plural = phrase.head.endswith("s") and phrase.kind == "anonymous"
        found = self._new(phrase, "anonymous", "not named", role=role, organisation=organisation)
        if plural and found.who is not None:
            self.referents[found.who] = replace(self.referents[found.who], plural=True)
        return found

    def _anonymous_owner(self, phrase: Phrase) -> str | None:
        if phrase.kind != "spokes":
            return self.profiles.name_of(self._owner(phrase))
        for number in reversed(phrase.owners):
            meant = self.entities.meant(number)
            if len(meant) == 1 and meant[0].label in ("ORG", None, "LOC"):
                return meant[0].name
        noun = next(
            (w for w in re.findall(r"[\w-]+", phrase.text.lower()) if w in lexicon().nominals), ""
        )
        key = self.profiles.nominal(noun, phrase.span[0])[0]
        if key is None and noun and all(s.itself for s in lexicon().nominals[noun]):
            return noun
        return self.profiles.name_of(key)

    # --- the ledger ----------------------------------------------------------------------------

    def _new(
        self,
        phrase: Phrase,
        kind: SpeakerType,
        reason: str,
        *,
        name: str | None = None,
        role: str | None = None,
        organisation: str | None = None,
    ) -> Found:
        """Somebody who is not named: as printed."""
        printed = name or _unnamed(phrase)
        if kind == "organisation":
            organisation = printed
        speaker = Speaker(printed, kind, role, organisation, phrase.span)
        who = -1 - len(self.referents)
        gender = lexicon().gender_of(phrase.text)
        self.referents[who] = Referent(speaker, phrase.head, gender, kind == "group")
        return Found(speaker, f"speaker: {reason}", who)

    def _again(self, who: int) -> Found:
        if who >= 0:
            return self.entity(who)
        return Found(self.referents[who].speaker, "", who)

    def _speaker(self, who: int) -> Speaker:
        found = self._again(who).speaker
        assert found is not None
        return found

    def _names(self, keys: Sequence[int]) -> list[str]:
        return [name for key in keys if (name := self._speaker(key).name)]


def _open(kind: SpeakerType, candidates: Sequence[str], reason: str, phrase: Phrase) -> Found:
    speaker = Speaker(None, kind, None, None, phrase.span, tuple(sorted(set(candidates))))
    return Found(speaker, f"speaker: unresolved, {reason}")


def _plain(phrase: Phrase) -> str:
    """The phrase as printed without its determiner."""
    return re.sub(
        r"^(?:the|an?|this|that|these|those|its|their)\s+", "", phrase.text, flags=re.IGNORECASE
    )


def _refers_back(phrase: Phrase) -> bool:
    """Whether a document phrase can mean one spoken of before: definite, without a modifier."""
    bare = phrase.core.lower() == phrase.text.lower()
    return phrase.determiner in {"the", "this", "that", "its", "their"} or bare


def _described(phrase: Phrase, organisation: str | None) -> str:
    """A document by its publisher and noun ("BT report"); as printed where nobody is told."""
    if organisation is None:
        return re.sub(r"^(?:new|latest|recent|fresh)\s+", "", _plain(phrase), flags=re.IGNORECASE)
    return f"{organisation} {phrase.head}"


def _unnamed(phrase: Phrase) -> str:
    """The phrase as printed, its first word small."""
    first, _, rest = phrase.text.partition(" ")
    small = first.lower() if first.lower() in {"a", "an", "one", "the", "another"} else first
    return f"{small} {rest}".strip()


def _role_text(phrase: Phrase) -> str:
    return _plain(phrase)


def _same_role(head: str, role: str) -> bool:
    words = role.lower().split()
    count = lexicon().role_at_end(words) or 1
    cut = re.split(r"\s(?:of|for|at|in|and)\s", role.lower())[0]
    return cut.endswith(head) or " ".join(words[-count:]) == head


def attributed(attribution: Attribution, found: Found) -> Attribution:
    """The attribution with its speaker and one more reason."""
    return replace(attribution, speaker=found.speaker, reasons=(*attribution.reasons, found.reason))


__all__ = ["Entity", "Found", "Resolver", "attributed"]
