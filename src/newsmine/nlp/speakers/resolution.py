"""From the local source to the speaker: one decision a function, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsmine.nlp.speakers.entities import Entity
from newsmine.nlp.speakers.genders import beside
from newsmine.nlp.speakers.later import named_later
from newsmine.nlp.speakers.ledger import Found, Referent, plain, unresolved
from newsmine.nlp.speakers.lexicon import Gender, lexicon
from newsmine.nlp.speakers.phrases import Phrase, parse_source
from newsmine.nlp.speakers.posts import CLEAR, Posts
from newsmine.nlp.speakers.profiles import governs
from newsmine.nlp.speakers.sources import source_span
from newsmine.nlp.speakers.writers import NO_THIRD_PERSON
from newsmine.types import Attribution, Span, SpeakerType

_CLEAR = 0.2  # antecedents closer than this are two candidates
_GENDER, _UNSURE = 0.4, -0.8  # its gender is known; nothing but the look says it is a person
_PLURAL_DOCUMENT = -1.2
_NOBODY = -0.8  # somebody without a name, of whom nothing tells he or she
_SUBJECT, _OWNING = 1.0, 1.5  # as a name in subject place; "Her son left": she stays the topic
_OWNED = re.compile(r"^(?:the |an? )?[\w -]+(?:[’']s|s[’']) ")
# "the doctors’ body" and "the children’s charity" are called by whom they are for
_FOR_PEOPLE = re.compile(
    r"^(?:the )?(?:[a-z-]+ )?(?:[a-z]+s[’']|(?:wo)?men[’']s|children[’']s) ", re.I
)
_SUBJECTS = frozenset({"pronoun", "role", "nominal", "anonymous", "spokes", "document", "group"})


@dataclass(slots=True)
class Resolver(Posts):
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
        ranked = self.stage.ranked(phrase.span[0], self._gendered(gender))
        close = [who for score, who in ranked if ranked[0][0] - score < _CLEAR]
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
                return self._pronoun(phrase)
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
        """Two names: a group of people, or organisations that speak as one."""
        meant = [self.entities.meant(number) for number in phrase.owners]
        bodies = all(len(m) == 1 and m[0].label == "ORG" for m in meant)
        kind: SpeakerType = "organisation" if bodies and len(meant) > 1 else "group"
        return self.new(phrase, kind, "two names together", name=plain(phrase))

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
            kind = self.speaker(close[0]).type
            return unresolved(kind, self.names_of(close), f"'{phrase.text}' fits several", phrase)
        who = close[0]
        if head in {"he", "she"}:
            self.genders[who] = "m" if head == "he" else "f"
        found = self.again(who)
        name = found.speaker.name if found.speaker else None
        return replace(found, reason=f"speaker: '{phrase.text}' is '{name}', most prominent before")

    def _last_speaker(self, close: list[int], phrase: Phrase) -> list[int]:
        """Of candidates that are close the one who spoke just before, if any did."""
        last = self.stage.last_source(phrase.span[0])
        return [last] if last in close else close

    def _gender(self, who: int) -> Gender | None:
        """He or she: as the name, a title, a pronoun or a noun beside the name tell."""
        if who not in self.genders and self.entities.all[who].gender is None:
            told = beside(self.entities.all[who], self.stage.layout.text)
            if told is not None:
                self.genders[who] = told
        return self.genders.get(who) or self.entities.all[who].gender

    def _gendered(self, gender: Gender | None):  # type: ignore[no-untyped-def]
        def fits(who: int) -> float | None:
            if who < 0:
                referent = self.referents[who]
                if referent.speaker.type not in ("anonymous", "person") or referent.plural:
                    return None
                known = self.genders.get(who) or referent.gender
            elif self.entities.all[who].label != "PERSON":
                return None
            else:
                known = self._gender(who)
            if gender and known and known != gender:
                return None
            sure = who < 0 or self.entities.all[who].certain
            if who < 0 and not known:
                return _NOBODY
            return _GENDER if known else 0.0 if sure else _UNSURE

        return fits

    def _neuter(self, who: int) -> float | None:
        if who < 0:
            kind, head = self.referents[who].speaker.type, self.referents[who].head
            several = head.endswith("s") and not head.endswith(("ss", "sis", "news"))
            if kind == "document" and several:
                return _PLURAL_DOCUMENT  # "figures" are rather they
            return 0.0 if kind in ("document", "organisation") else None
        spoke = 0.8 if who in self.profiles.spoken else 0.0
        return spoke if self.entities.all[who].label == "ORG" else None

    def _plural(self, who: int) -> float | None:
        if who < 0:
            referent = self.referents[who]
            return 0.8 if referent.speaker.type == "group" or referent.plural else -1.5
        entity = self.entities.all[who]
        if entity.label == "PERSON":
            return None
        return 0.0 if entity.party else -0.5 if entity.label == "ORG" else -1.5

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
        owned = _OWNED.search(phrase.text) and not _FOR_PEOPLE.search(phrase.text)
        if owned or any(self._personal(n) for n in phrase.owners):
            return self._again_or_new(phrase)
        named = [w for w, r in self.referents.items() if self._same_body(r, phrase)]
        if named:
            return replace(
                self.again(named[-1]), reason=f"speaker: '{phrase.text}' spoken of before"
            )
        key, candidates = self.profiles.nominal(phrase.head, phrase.span[0])
        last = self._last_speaker(candidates, phrase)
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
