"""From the local source to the speaker: one decision a function, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsmine.nlp.speakers.entities import Entity
from newsmine.nlp.speakers.later import named_later
from newsmine.nlp.speakers.ledger import Found, Referent, plain, unresolved
from newsmine.nlp.speakers.lexicon import Gender, lexicon
from newsmine.nlp.speakers.phrases import Phrase, parse_source
from newsmine.nlp.speakers.posts import CLEAR
from newsmine.nlp.speakers.profiles import governs
from newsmine.nlp.speakers.pronouns import CLOSE, Pronouns
from newsmine.nlp.speakers.sources import source_span
from newsmine.nlp.speakers.writers import NO_THIRD_PERSON
from newsmine.types import Attribution, Span, SpeakerType

_SUBJECT, _OWNING = 1.0, 1.5  # as a name in subject place; "Her son left": she stays the topic
# "the union representing workers", "the firm involved": no other one
_WHICH_ONE = re.compile(r"\w (?:representing|named in|involved|accused|responsible)\b")
_OWNED = re.compile(r"^(?:the |an? )?[\w -]+(?:[’']s|s[’']) ")
# "the doctors’ body" and "the children’s charity" are called by whom they are for
_FOR_PEOPLE = re.compile(
    r"^(?:the )?(?:[a-z-]+ )?(?:[a-z]+s[’']|(?:wo)?men[’']s|children[’']s) ", re.I
)
_SUBJECTS = frozenset({"pronoun", "role", "nominal", "anonymous", "spokes", "document", "group"})


@dataclass(slots=True)
class Resolver(Pronouns):
    """Resolves sources in text order; whoever has spoken can be meant afterwards."""

    def source_of(self, attribution: Attribution) -> Span | None:
        """The stretch that names the speaker of an attribution."""
        return source_span(attribution, self.stage.layout, self.entities)

    def source(self, span: Span, *, told: Span | None = None) -> Found:
        """The speaker that a source phrase names.

        ``told`` is the source that the tagger saw where another one speaks: in "He rejected Mr
        Pell's claim" the sentence stays about him.
        """
        if told is not None:
            self.subject(told)
        phrase = parse_source(self.stage.layout.text, span, self.entities)
        found = self._found(phrase)
        if found.who is not None and told is None:
            self.stage.add(span[0], found.who)
        if found.who is not None:
            self.profiles.spoken.add(found.who)
        return found

    def subject(self, span: Span) -> None:
        """Keeps in mind whom a sentence is about; a phrase that fits several tells nothing."""
        phrase = parse_source(self.stage.layout.text, span, self.entities)
        if phrase.kind not in _SUBJECTS:
            return
        found = self._found(phrase)
        if found.who is not None:
            owns = phrase.head in {"his", "her", "its", "their"}
            self.stage.tell_of(span[0], found.who, _OWNING if owns else _SUBJECT)

    def _found(self, phrase: Phrase) -> Found:
        if phrase.text.lower() in NO_THIRD_PERSON:
            return self._writer(phrase)
        found = self.opponent(phrase) or self.of_them(phrase) or self._by_kind(phrase)
        return self._whose(found, phrase) if phrase.determiner in {"his", "her"} else found

    def _whose(self, found: Found, phrase: Phrase) -> Found:
        """Whose "her mother" is: a relative without a name is called by the one who has."""
        if found.who is None or found.who >= 0 or found.speaker is None:
            return found
        called = re.sub(
            rf"^{phrase.determiner} ", "", found.speaker.name or "", flags=re.IGNORECASE
        )
        owner = self._owner_name(phrase)
        if called == found.speaker.name or owner is None:
            return found
        speaker = replace(found.speaker, name=f"{owner}’s {called}")
        self.referents[found.who] = replace(self.referents[found.who], speaker=speaker)
        return replace(found, speaker=speaker)

    def _owner_name(self, phrase: Phrase) -> str | None:
        """Who "his" or "her" is, by name, if one stands out."""
        gender: Gender = "m" if phrase.determiner == "his" else "f"
        ranked = self.stage.ranked(phrase.span[0], self.gendered(gender))
        close = [who for score, who in ranked if ranked[0][0] - score < CLOSE]
        return self.speaker(close[0]).name if len(close) == 1 else None

    def _writer(self, phrase: Phrase) -> Found:
        """Whoever signs is "I" outside a quotation; "we" may be anybody."""
        name = self.writer(phrase.span[0]) if phrase.text.lower() in {"i", "me"} else None
        if name is None or self.stage.in_quote(phrase.span[0]):
            return Found(None, f"speaker: '{phrase.text}', and nobody signs")
        keys = [e.key for e in self.entities.all if e.label == "PERSON" and e.name == name]
        found = self.entity(keys[0]) if keys else self.new(phrase, "person", "signed", name=name)
        # nobody calls a writer "she": no antecedent
        return replace(found, who=None, reason=f"speaker: '{phrase.text}' is '{name}', who signs")

    def _by_kind(self, phrase: Phrase) -> Found:
        match phrase.kind:
            case "pronoun":
                return self.pronoun(phrase)
            case "name" | "words of":
                return self._named(phrase)
            case "names":
                return self._together(phrase)
            case "role":
                return self._role(phrase)
            case "nominal":
                return self._nominal(phrase)
            case "document":
                return self.document(phrase)
            case "asked":
                return self.asked(phrase)
            case "group":
                return self.group(phrase)
            case "spokes" if phrase.determiner == "the" and self.holders(phrase):
                return self._role(phrase)
            case "anonymous" | "unknown":
                return self._known(phrase) or self.anonymous(phrase)
            case _:
                return self.anonymous(phrase)

    def _together(self, phrase: Phrase) -> Found:
        """Two names are a group; organisations that speak as one speak for themselves."""
        meant = [self.entities.meant(number) for number in self.entities.within(phrase.span)]
        bodies = len(meant) > 1 and all(len(m) == 1 and m[0].label == "ORG" for m in meant)
        name = plain(phrase)
        organisation = name if bodies else None
        return self.new(phrase, "group", "two names together", name=name, organisation=organisation)

    def _known(self, phrase: Phrase) -> Found | None:
        """Somebody whom the article names: before the phrase, or after it."""
        key = self.told_of(phrase)
        if key is None:
            return self._named_later(phrase) if phrase.kind == "anonymous" else None
        found, name = self.entity(key), self.entities.all[key].name
        return replace(found, reason=f"speaker: '{phrase.text}' is told of '{name}'")

    def _named_later(self, phrase: Phrase) -> Found | None:
        key = named_later(phrase, self.profiles)
        if key is None:
            return None
        found = self.in_role(key, phrase) if phrase.kind == "role" else self.entity(key)
        name = self.entities.all[key].name
        return replace(found, reason=f"speaker: '{phrase.text}' is '{name}', named after it")

    def _named(self, phrase: Phrase) -> Found:
        number = phrase.name if phrase.name is not None else phrase.owners[0]
        meant = self._outside_headline(self.entities.meant(number))
        if len(meant) > 1:
            kind: SpeakerType = "person" if meant[0].label == "PERSON" else "organisation"
            return unresolved(
                kind, [e.name for e in meant], f"'{phrase.text}' fits several", phrase
            )
        entity, printed = meant[0], self.entities.names[number].bare
        if entity.party and phrase.determiner in {"a", "an", "one", "another"}:
            return self.new(phrase, "anonymous", "a member of a party", organisation=entity.name)
        found = self.entity(entity.key)
        if printed == entity.name:
            return replace(
                found, reason=f"speaker: named '{entity.name}'; {found.reason}".strip("; ")
            )
        how = "surname" if entity.label == "PERSON" else "short name"
        return replace(
            found, reason=f"speaker: {how} of '{entity.name}'; {found.reason}".strip("; ")
        )

    def _outside_headline(self, meant: list[Entity]) -> list[Entity]:
        """Without those whom only the headline names: its capitals run names together."""
        inside = [e for e in meant if e.names and e.names[-1].span[1] <= self.stage.headline]
        return meant if len(inside) == len(meant) else [e for e in meant if e not in inside]

    def _nominal(self, phrase: Phrase) -> Found:
        if phrase.determiner in {"a", "an", "one", "another"}:
            soon = self.profiles.introduced(phrase.head, phrase.span[0])
            if soon is not None and phrase.determiner != "another":
                name = self.entities.all[soon].name
                return replace(
                    self.entity(soon),
                    reason=f"speaker: '{phrase.text}' is '{name}', named after it",
                )
            return self.new(
                phrase, "organisation", "organisation without a name", name=plain(phrase)
            )
        if phrase.determiner in {"his", "her"}:
            return self._somebodys(phrase)
        if _WHICH_ONE.search(phrase.text) and not phrase.owners:
            return self._again_or_new(phrase)
        owned = _OWNED.search(phrase.text) and not _FOR_PEOPLE.search(phrase.text)
        inside = [n for n in phrase.owners if self.entities.names[n].bare in phrase.core]
        if owned or any(self._personal(n) for n in inside):
            return self._again_or_new(phrase)
        named = [w for w, r in self.referents.items() if self._same_body(r, phrase)]
        if named:
            return replace(
                self.again(named[-1]), reason=f"speaker: '{phrase.text}' spoken of before"
            )
        key, candidates = self.profiles.nominal(phrase.head, phrase.span[0])
        last = self.last_speaker(candidates, phrase)
        key = last[0] if len(last) == 1 else key
        owner = self.owner(phrase)
        if key is None and candidates and owner is None:
            return unresolved(
                "organisation", self.names_of(candidates), f"'{phrase.text}' fits several", phrase
            )
        if key is None or self._union_of_others(key, phrase):
            return self.new(phrase, "organisation", "called, not named", name=plain(phrase))
        found = self.entity(key)
        self.profiles.described.setdefault(key, set()).add(phrase.head)
        name = self.entities.all[key].name
        return replace(found, reason=f"speaker: '{phrase.text}' stands for '{name}'")

    def _union_of_others(self, key: int, phrase: Phrase) -> bool:
        """As in "Their union": whoever employs them is not meant, unless it is a union itself."""
        own = phrase.determiner == "their" and phrase.head == "union"
        return own and not lexicon().kinds["union"] & set(self.entities.all[key].name.split())

    def _same_body(self, referent: Referent, phrase: Phrase) -> bool:
        """Whether "the campaign" is the one that was called by its owner before."""
        bare = phrase.core.lower() == phrase.head
        known = referent.speaker.type == "organisation" and referent.speaker.name != phrase.head
        return bare and known and referent.owned and referent.head == phrase.head

    def _personal(self, number: int) -> bool:
        """Whether a name is a person's, or a surname of one: "the Pell campaign"."""
        last = self.entities.names[number].words[-1:]
        people = (e for e in self.entities.all if e.label == "PERSON")
        return any(e.name.split()[-1:] == last for e in people if e.names)

    def _again_or_new(self, phrase: Phrase) -> Found:
        """As in "the Pell campaign": an organisation that only its owner tells."""
        name = plain(phrase)
        for who, referent in self.referents.items():
            if referent.speaker.name == name:
                return replace(self.again(who), reason="speaker: spoken of before")
        return self.new(phrase, "organisation", "called by its owner", name=name, owned=True)

    def _somebodys(self, phrase: Phrase) -> Found:
        """As in "her campaign": that of a person, by the name of that person."""
        owner = self._owner_name(phrase)
        name = f"{owner}’s {phrase.core}" if owner else None
        return self.new(phrase, "organisation", "of a person", name=name, owned=True)

    def _role(self, phrase: Phrase) -> Found:
        holders = self.holders(phrase) or self.head_of(phrase) or self.just_heard(phrase)
        if len(holders) > 1:
            ranked = self.stage.ranked(phrase.span[0], lambda w: 0.0 if w in holders else None)
            if ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= CLEAR):
                holders = [ranked[0][1]]
            else:
                return unresolved(
                    "person", self.names_of(holders), f"role '{phrase.text}' fits several", phrase
                )
        key = holders[0] if holders else self.unnamed_holder(phrase)
        if key is None:
            return self.of_before(phrase) or self._named_later(phrase) or self._roles_only(phrase)
        name = self.entities.all[key].name
        reason = f"speaker: '{phrase.text}' is the role of '{name}'"
        return replace(self.in_role(key, phrase), reason=reason)

    def _roles_only(self, phrase: Phrase) -> Found:
        kind: SpeakerType = "person" if governs(phrase.core, lexicon()) else "anonymous"
        organisation = self.role_owner(phrase)
        role = plain(phrase)
        return self.new(phrase, kind, "role, not named", role=role, organisation=organisation)


def attributed(attribution: Attribution, found: Found) -> Attribution:
    """The attribution with its speaker and one more reason."""
    return replace(attribution, speaker=found.speaker, reasons=(*attribution.reasons, found.reason))
