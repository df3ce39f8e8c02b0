"""Whom "he", "it" and "they" mean: the most prominent one before that fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from newsmine.nlp.speakers.genders import beside
from newsmine.nlp.speakers.ledger import Found, unresolved
from newsmine.nlp.speakers.lexicon import Gender
from newsmine.nlp.speakers.phrases import Phrase
from newsmine.nlp.speakers.posts import Posts

CLOSE = 0.2  # antecedents closer than this are two candidates
_AFTER_HIM = re.compile(r",? (?:after|when|because|since|until) $")
_PLURAL_DOCUMENT = -1.2
_NOBODY = -0.8  # somebody without a name, of whom nothing tells he or she
_GENDER, _UNSURE = 0.4, -0.8  # its gender is known; nothing but the look says it is a person
Fits = Callable[[int], float | None]


@dataclass(slots=True)
class Pronouns(Posts):
    """Pronouns as sources, and what makes a referent fit them."""

    def pronoun(self, phrase: Phrase) -> Found:
        """Whom a pronoun means; unresolved where two candidates are equally prominent."""
        head = phrase.head
        if head in {"it", "its"}:
            fits = self._neuter
        elif head in {"they", "their", "them"}:
            fits = self._plural
        else:
            gender: Gender | None = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}.get(
                head
            )  # type: ignore[assignment]
            fits = self.gendered(gender)
        ranked = self.stage.ranked(phrase.span[0], fits)
        named = self._just_named(phrase, fits)
        ranked = ranked if named is None else [(0.0, named)]
        if not ranked:
            return Found(None, f"speaker: nobody before '{phrase.text}'")
        close = self.last_speaker([w for s, w in ranked if ranked[0][0] - s < CLOSE], phrase)
        if len(close) > 1:
            kind = self.speaker(close[0]).type
            return unresolved(kind, self.names_of(close), f"'{phrase.text}' fits several", phrase)
        who = close[0]
        if head in {"he", "she"}:
            self.genders[who] = "m" if head == "he" else "f"
        found = self.again(who)
        name = found.speaker.name if found.speaker else None
        return replace(found, reason=f"speaker: '{phrase.text}' is '{name}', most prominent before")

    def _just_named(self, phrase: Phrase, fits: Fits) -> int | None:
        """As in "took the keys from Mr Larch after he said": the name right before."""
        start = phrase.span[0]
        if phrase.head not in {"he", "she"}:
            return None
        before = _AFTER_HIM.search(self.stage.layout.text, max(0, start - 12), start)
        number = self._name_ending(before.start()) if before else None
        meant = self.entities.meant(number) if number is not None else []
        known = len(meant) == 1 and fits(meant[0].key) is not None
        return meant[0].key if known else None

    def _name_ending(self, end: int) -> int | None:
        inside = self.entities.within((max(0, end - 40), end))
        return next((i for i in inside if self.entities.names[i].span[1] == end), None)

    def last_speaker(self, close: list[int], phrase: Phrase) -> list[int]:
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

    def gendered(self, gender: Gender | None):  # type: ignore[no-untyped-def]
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
