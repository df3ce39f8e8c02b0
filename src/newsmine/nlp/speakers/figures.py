"""What every reader knew: for whom prime ministers, ministers and leaders of parties spoke.

An article on "Mr Ashdown" need not say whose leader he is. What the article tells always comes
first; what is known here is used for somebody of whom it tells no post and no body, in an article
about politics, and a party only where the article prints it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from newsmine.nlp.speakers.before import AGENT, NO_CALLING
from newsmine.nlp.speakers.departments import GOVERNMENT
from newsmine.nlp.speakers.entities import Entity
from newsmine.nlp.speakers.lexicon import data, lexicon
from newsmine.types import Article, Attribution

_POLITICS = re.compile(
    r"\b(?:[Gg]overnment|[Mm]inisters?|MPs?|[Pp]rime [Mm]inister|Downing Street|Commons|"
    r"[Cc]abinet|[Ee]lections?|(?:[Hh]ome|[Ff]oreign|[Ee]ducation) [Ss]ecretary)\b"
)
_TITLED = re.compile(r"^(?:Sir|Dame|Dr|Rev) ")
_SURNAME = re.compile(r"(?:Mr|Mrs|Ms|Miss) ([A-Z][\w-]+)")


@dataclass(frozen=True, slots=True)
class Spell:
    """A time, in ISO months and ends included, in which somebody spoke for a body."""

    body: str
    first: str
    last: str

    def holds(self, published: str) -> bool:
        """Whether the spell takes in a day, month or year; of a year it needs some part only."""
        size = min(len(published), 7)
        first, last = self.first[:size], self.last[:size]
        return first <= published[:size] and (not last or published[:size] <= last)


@cache
def _figures() -> dict[str, tuple[Spell, ...]]:
    return {
        entry["name"]: tuple(Spell(*spell) for spell in entry["spells"])
        for entry in data("figures")["figure"]
    }


def with_known_bodies(
    attributions: Iterable[Attribution], article: Article, entities: Iterable[Entity]
) -> list[Attribution]:
    """The attributions; speakers of whom nothing is told have the body that they were known for."""
    named = [e for e in entities if e.names]
    if not _POLITICS.search(article.text):
        return list(attributions)
    printed = {e.party: e.name for e in named if e.party}
    others = {e.name for e in named if any(_called(article.text, n.span[0]) for n in e.names)}
    return [
        a if a.speaker and a.speaker.name in others else _completed(a, article.published, printed)
        for a in attributions
    ]


def _called(text: str, start: int) -> bool:
    """As in "Fisherman John Major": somebody else of that name."""
    word = re.search(r"(?:^|\W)(\w+) $", text[max(0, start - 25) : start])
    noun = word[1].lower() if word else ""
    known = noun in lexicon().roles or NO_CALLING.fullmatch(noun)
    return len(noun) > 4 and bool(AGENT.search(noun)) and not known


def _completed(
    attribution: Attribution, published: str | None, printed: dict[str, str]
) -> Attribution:
    speaker = attribution.speaker
    if speaker is None or speaker.type != "person" or speaker.organisation or speaker.role:
        return attribution
    body = known_body(_spells_of(speaker.name or ""), published, printed)
    if body is None:
        return attribution
    reason = f"organisation: '{speaker.name}' was known to speak for '{body}'"
    speaker = replace(speaker, organisation=body)
    return replace(attribution, speaker=speaker, reasons=(*attribution.reasons, reason))


def _spells_of(name: str) -> tuple[Spell, ...]:
    """Of a full name; "Mr Ashdown" who is never introduced is the one figure of that surname."""
    surname = _SURNAME.fullmatch(name)
    if surname is None:
        return _figures().get(_TITLED.sub("", name), ())
    alike = [spells for full, spells in _figures().items() if full.split()[-1] == surname[1]]
    return alike[0] if len(alike) == 1 else ()


def known_body(
    spells: tuple[Spell, ...], published: str | None, printed: dict[str, str]
) -> str | None:
    """The body of the spells that fits a date: a government before a party that is printed.

    Without a date it is that of the first spell.
    """
    fitting = [s for s in spells if s.holds(published)] if published else spells[:1]
    if any(s.body == GOVERNMENT for s in fitting):
        return GOVERNMENT
    return next((b for s in fitting if (b := printed.get(_party_key(s.body)))), None)


def _party_key(name: str) -> str:
    return lexicon().parties.get(name.lower(), "")
