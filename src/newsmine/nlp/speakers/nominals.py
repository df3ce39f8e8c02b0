"""Which organisation "the charity", "the party" or "its" means in an article."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from newsmine.nlp.speakers.entities import Entities, Entity
from newsmine.nlp.speakers.lexicon import Nominal, lexicon
from newsmine.nlp.speakers.salience import Stage
from newsmine.types import Span

_CLEAR = 0.5  # two organisations closer than this are two candidates
_PAPERS = frozenset({"newspaper", "paper", "tabloid", "broadsheet"})
_PRINTED = _PAPERS | {"magazine", "newsletter"}  # "the group" that is none of them
_STEM = 5  # letters that a noun and a word of a name share: "inspectorate", "Inspection"
_WATCHES = frozenset({"watchdog", "regulator"})
_LARGE = frozenset({"labour", "conservatives"})
_NEW = re.compile(r"\ban? (?:[\w-]+ ){0,4}?([\w-]+),? (?:called )?$")
_GOVERNMENT = re.compile(r"(?:[’']s)? (?:government|ministers?)\b")


@dataclass(slots=True)
class Nominals:
    """The organisations of an article, what they are described as, and which have spoken."""

    stage: Stage
    entities: Entities
    described: dict[int, set[str]]
    spoken: set[int] = field(default_factory=set)
    _heads: dict[str, list[int]] = field(default_factory=dict)

    def name_of(self, key: int | None) -> str | None:
        """The name of an entity, None for None."""
        return None if key is None else self.entities.all[key].name

    def nearest_party(self, position: int) -> str | None:
        """The party that a shadow post at a position belongs to.

        Only the second of the two large parties has such posts; which of them governs, the
        article may tell ("the Labour government"). Else it is the one that is printed twice as
        often, else the one printed nearest.
        """
        text = self.stage.layout.text
        large = [e for e in self.entities.all if e.party in _LARGE]
        out = [e for e in large if any(_governs(text, n.span) for n in e.names)]
        keys = {e.key for e in large if e not in out or len(out) > 1}
        told = [m for m in self.stage.marks if m.who in keys]
        own = [m for m in told if not self.stage.in_report(m.position)]
        printed = Counter(m.who for m in own or told).most_common(2)
        if not printed:
            return None
        if len(printed) == 1 or printed[0][1] >= 2 * printed[1][1]:
            return self.name_of(printed[0][0])
        near = min(((abs(m.position - position), m.who) for m in own or told), default=None)
        return self.name_of(near[1]) if near else None

    def of_kind(self, kind: str, position: int) -> int | None:
        """The organisation of a kind that a post at a position is held in, if it is clear."""
        found = [e.key for e in self.entities.all if e.label != "PERSON" and kind in _kinds(e)]
        if len(found) < 2:
            return found[0] if found else None
        ranked = self.stage.ranked(position, lambda who: 0.0 if who in found else None)
        clear = len(ranked) == 1 or (ranked and ranked[0][0] - ranked[1][0] >= _CLEAR)
        return ranked[0][1] if clear else None

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
        alike = self._alike(noun)
        if len(alike) == 1:
            return alike[0], []
        just = self._just_introduced(noun, position, senses)
        if just is not None:
            return just, []
        ranked = self.stage.ranked(position, lambda who: self._fits(who, noun, senses))
        if not ranked:
            return self._named_next(noun, position, senses), []
        ranked = self._one_a_party(ranked)
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR:
            close = [who for score, who in ranked if ranked[0][0] - score < _CLEAR]
            return None, close
        return ranked[0][1], []

    def _just_introduced(self, noun: str, position: int, senses: tuple[Nominal, ...]) -> int | None:
        """As in "a fishing firm, Netrova. ... the company": one that is new to readers."""
        text = self.stage.layout.text
        found = set()
        for mark in self.stage.around(position, 1):
            called = _NEW.search(text, max(0, mark.position - 60), mark.position)
            other = lexicon().nominals.get(called[1].lower(), ()) if called else ()
            fits = self._fits(mark.who, noun, senses) if noun else None
            if mark.position < position and set(other) & set(senses) and fits is not None:
                found.add(mark.who)
        return found.pop() if len(found) == 1 else None

    def _alike(self, noun: str) -> list[int]:
        """Organisations whose name tells that they regulate, for a watchdog or regulator.

        With them those that may: commissions, authorities, and whatever the article calls so.
        """
        if noun not in _WATCHES:
            return []
        kinds = lexicon().kinds["regulator"] | lexicon().kinds["authority"]
        orgs = [e for e in self.entities.all if e.names and e.label == "ORG"]
        found = [e for e in orgs if kinds & {w for n in e.names for w in n.words}]
        called = [e for e in orgs if noun in self.described.get(e.key, ()) and e not in found]
        sure = [e for e in found if "regulator" in _kinds(e)]
        return [e.key for e in [*found, *called]] if sure else []

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

    def introduced(self, noun: str, position: int) -> int | None:
        """What "a committee of MPs" is that a lead begins with: the next two sentences name it.

        The name must be one of such a kind, or be called by the noun somewhere.
        """
        senses = lexicon().nominals.get(noun, ())
        if position >= self.stage.top or not senses:
            return None
        typed = all(sense.only for sense in senses)
        found = {
            m.who
            for m in self.stage.around(position, 2)
            if m.position > position and m.weight >= 0.9
            if self._fits(m.who, noun, senses) is not None
            if typed or self._likeness(m.who, noun, senses) > 1
        }
        return found.pop() if len(found) == 1 else None

    def soon_named(self, position: int) -> int | None:
        """The one organisation that the next sentence is about, at the start of a story."""
        here = self.stage.sentence(position)
        after = {
            m.who
            for m in self.stage.around(position, 1)
            if m.position > position and m.weight >= 0.9 and self._fits(m.who, "", ()) is not None
        }
        return after.pop() if here < 4 and len(after) == 1 else None

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
        return spoke + (self._likeness(who, noun, senses) if noun else 0.0)

    def _likeness(self, who: int, noun: str, senses: tuple[Nominal, ...]) -> float:
        """How well a noun goes with what the article calls an organisation elsewhere."""
        nouns, lex = self.described.get(who, set()), lexicon()
        if noun in nouns:
            return 2.0
        if nouns and nouns <= lex.products and noun not in lex.products:
            return -2.5 if nouns <= _PRINTED else -1.0
        stems = {w.lower()[:_STEM] for n in self.entities.all[who].names for w in n.words}
        if len(noun) > _STEM and noun[:_STEM] in stems:
            return 1.5  # "the regulator" is the Tides Regulation Office
        alike = any(set(lex.nominals.get(other, ())) & set(senses) for other in nouns)
        if noun in _PAPERS and "newspaper" in _kinds(self.entities.all[who]):
            return 1.5
        return 1.5 if alike else 0.0


def _governs(text: str, party: Span) -> bool:
    """As in "the Labour government"; "a Labour government" is what may come."""
    definite = re.search(r"\b[Tt]h(?:e|is) $", text[max(0, party[0] - 6) : party[0]])
    return bool(definite and _GOVERNMENT.match(text, party[1]))


def _heads(entity: Entity) -> set[str]:
    """The nouns that a name is about: the last one, or the first before "of" or "for"."""
    ends = {n.words[-1].lower() for n in entity.names if n.words}
    starts = {n.words[0].lower() for n in entity.names if {"of", "for", "on"} & set(n.words)}
    return ends | starts


def _kinds(entity: Entity) -> set[str]:
    if entity.party:
        return {"party"}
    words = set(entity.name.split())
    return {kind for kind, heads in lexicon().kinds.items() if heads & words}


def _allows(sense: Nominal, entity: Entity) -> bool:
    mine = {"party"} if entity.party else _kinds(entity)
    if entity.name in lexicon().seats:
        mine.add("state")
    return (not sense.only or bool(sense.only & mine)) and not sense.barred & mine


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
                r",? (?:an?|the|its|their|is an?|is the|which is an?) ([^,.;:]{3,60})",
                text[name.span[1] : name.span[1] + 80],
            )
            nouns = {before[1].lower()} if before else set()
            if after and after[1]:
                core = re.split(r"\s(?:of|for|that|which|who|in|at|based)\s", after[1])[0]
                nouns |= set(core.lower().split()[-1:])
            out.setdefault(entity.key, Counter()).update(n for n in nouns if n in lex.nominals)
    return {key: set(counter) for key, counter in out.items() if counter}
