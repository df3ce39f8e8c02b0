"""What the article tells of a person: role and organisation, around every mention of the name."""

from __future__ import annotations

import re

from newsmine.nlp.speakers.after import after
from newsmine.nlp.speakers.before import before, first_post
from newsmine.nlp.speakers.entities import Entities, Entity
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.names import Name
from newsmine.nlp.speakers.roles import Fact, View, read_role
from newsmine.nlp.speakers.text import Layout, tokens

_SEAT = re.compile(r"(?: MP)? \(([A-Z][A-Za-z ]{1,6})(?:[,;:] [^)]{2,40})?\)")
_LETTER = re.compile(r"(?:,| \(|,? )\s?([A-Z])-[A-Z][a-z]")
_AS = re.compile(r"[^.;:!?\"“‘]{1,60}? as (?:the |its |their )?((?:[\w-]+ ){0,4}[\w-]+)")


def view_of(layout: Layout, entities: Entities) -> View:
    """What the facts of all people of an article are read in."""
    first_of: dict[str, int] = {}
    for number, name in enumerate(entities.names):
        first_of.setdefault(name.bare, number)
    return View(layout, entities, lexicon(), first_of)


def facts_of(view: View, entity: Entity) -> list[Fact]:
    """What each mention of a person tells, in text order."""
    found = []
    for name in entity.names:
        beside = before(view, name)
        facts = (
            first_post(view, name, beside),
            beside,
            _lettered(view, name) or after(view, name),
            _titled(name),
            _as_role(view, name),
        )
        found += [fact for fact in facts if fact is not None]
    return found


def _titled(name: Name) -> Fact | None:
    if name.title and name.title.role:
        return Fact(name.title.word, position=name.span[0])
    return None


def _lettered(view: View, name: Name) -> Fact | None:
    """As in "Pell (D-Ohio)" and "Pell (Lab, Leeds East)": a letter for the party, and the seat."""
    letter = _LETTER.match(view.layout.text, name.span[1]) or _SEAT.match(
        view.layout.text, name.span[1]
    )
    party = view.lex.party_letters.get(letter[1]) if letter else None
    return Fact(None, position=name.span[0], party=party) if party else None


def _as_role(view: View, name: Name) -> Fact | None:
    """As in "Pell faced his first test as home secretary": the subject, nobody between."""
    start, end = name.span
    floor, limit = view.layout.sentence_span(start)
    match = _AS.match(view.layout.text, end, min(limit, end + 90))
    if match is None or view.layout.text[floor:start].strip() or name.possessive:
        return None
    if any(n.title or len(n.words) > 1 for n in _between(view, end, match.start(1))):
        return None
    words = tokens(view.layout.text, match.start(1), match.end(1))
    for size in range(1, len(words) + 1):
        if view.lex.role_at_end([w.text for w in words[:size]]):
            return read_role(view, words[:size], None, anonymous=False)
    return None


def _between(view: View, start: int, end: int) -> list[Name]:
    return [view.entities.names[i] for i in view.entities.within((start, end))]
