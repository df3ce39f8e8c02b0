"""Documents that the article prints beside the name of their publisher."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsmine.nlp.speakers.entities import Entities
from newsmine.nlp.speakers.salience import Stage
from newsmine.types import Span

_FAMILIES = (
    frozenset(
        [
            "report",
            "study",
            "survey",
            "poll",
            "research",
            "analysis",
            "findings",
            "review",
            "reports",
            "studies",
            "surveys",
            "polls",
            "results",
            "paper",
            "investigation",
            "inquiry",
            "index",
        ]
    ),
    frozenset(["figures", "statistics", "stats", "data", "numbers", "tables", "records"]),
    frozenset(["guidelines", "guidance", "leaflet", "rules"]),
)
_BETWEEN = re.compile(
    r"\b(?:and|or|in|on|of|to|the|a|an|said|says|by|for|at|with|from|as|about|into|that|which|who|"
    r"has|had|have|was|is|were|are|will|would|its|their|than|but|when|where|whose|after)\b"
)
_AND = re.compile(r"(?: \([\w.& ]+\))?,? and (?:the )?(?:[a-z][a-z-]* ){0,4}")
_PUBLISHED = r"(?:by|from|for)"
_DOES = (
    r"(?: \([\w.& ]+\))?,? (?:(?:has|have|had|which|also) ){0,2}"
    r"(?:conducted|commissioned|published|released|produced|issued|compiled|launched|unveiled|"
    r"carried out|drew up|(?:said|says|warned|warns|claims|claimed|argues|argued) in) "
    r"(?:the|an?|its|this|their) "
)
_ASKS = (
    r"(?: (?:has|had))? (?:asked|questioned|polled|interviewed|surveyed) [^.;:,“”]{1,60}? for "
    r"(?:the|its|their|this) "
)
# whoever does the work for another is the publisher only where no other is told
_WORKED = re.compile(r"\b(?:carried out|conducted|undertaken) by\b")


@dataclass(frozen=True, slots=True)
class Publication:
    """A document noun that the article prints beside the name of its publisher.

    ``publisher`` and the ``partner`` of a joint work are keys of entities. ``worked``: nobody else
    is told than who did the work, perhaps for another.
    """

    noun: str
    publisher: int
    span: Span
    partner: int | None = None
    worked: bool = False


def family(noun: str) -> frozenset[str]:
    """The nouns that can name the same document."""
    last = noun.split()[-1] if noun else ""
    return next((f for f in _FAMILIES if last in f), frozenset({last}))


def published(stage: Stage, entities: Entities) -> list[Publication]:
    """All places where a document stands beside its publisher, in text order."""
    text = stage.layout.text
    nouns = "|".join(sorted(map(re.escape, frozenset().union(*_FAMILIES)), key=len, reverse=True))
    after = re.compile(rf"(?:[’']s?)?(?: \([\w.]+\))?((?: [a-z-]+){{0,3}}?) ({nouns})\b")
    before = re.compile(
        rf"\b({nouns})\b(?: (?:of|on|into|in|about|for) [^.;:“”]{{1,70}}?)?,?"
        rf"(?: (?:is|was|were|are|\w+ed|\w+ly|out|up|today|this week)){{0,3}} {_PUBLISHED}"
        r" (?:the )?(?:[a-z,-]+ ){0,6}(?:the )?$"
    )
    asked = re.compile(rf"(?:For|In) (?:the|its|their|this) ({nouns}), (?:the )?$")
    does = re.compile(rf"{_DOES}(?:[\w-]+ ){{0,3}}({nouns})\b")
    asks = re.compile(rf"{_ASKS}({nouns})\b")
    found: list[Publication] = []
    worked: list[Publication] = []
    for number, name in enumerate(entities.names):
        meant = entities.meant(number)
        if len(meant) != 1 or meant[0].label != "ORG" or meant[0].party:
            continue  # a "Labour poll lead" is no poll of the party's
        start, end = name.span
        match = after.match(text, end, end + 60)
        if match and not _BETWEEN.search(match[1]):
            found.append(Publication(match[2], meant[0].key, (start, match.end())))
        if asking := asked.search(text, max(0, start - 40), start):
            found.append(Publication(asking[1], meant[0].key, (asking.start(), end)))
        if doing := does.match(text, end, end + 80) or asks.match(text, end, end + 100):
            found.append(Publication(doing[1], meant[0].key, (start, doing.end())))
        window = max(stage.layout.sentence_span(start)[0], start - 140)
        prior = before.search(text[window:start])
        if prior:
            place = window + prior.start(1), end
            did, partner = _WORKED.search(prior.group()), _partner(text, entities, number)
            told = Publication(prior[1], meant[0].key, place, partner, worked=bool(did))
            (worked if did else found).append(told)
    ordered = [p for p in worked if not any(f.noun in family(p.noun) for f in found)]
    return sorted([*found, *ordered], key=lambda p: p.span)


def _partner(text: str, entities: Entities, number: int) -> int | None:
    """Who published it too: "by the Tide Council (TC) and the Hollow Lane Trust"."""
    joint = _AND.match(text, entities.names[number].span[1])
    following = number + 1
    if joint is None:
        return None
    later = range(following, min(following + 2, len(entities.names)))  # the first may be (TC)
    index = next((i for i in later if entities.names[i].span[0] == joint.end()), None)
    meant = entities.meant(index) if index is not None else []
    return meant[0].key if len(meant) == 1 and meant[0].label == "ORG" else None
