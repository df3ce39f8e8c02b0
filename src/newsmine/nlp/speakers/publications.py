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
_PUBLISHED = r"(?:by|from|for)"
_DOES = (
    r"(?: \([\w.& ]+\))?,? (?:(?:has|have|had|which|also) ){0,2}"
    r"(?:conducted|commissioned|published|released|produced|issued|compiled|launched) "
    r"(?:the|an?|its|this|their) "
)
# whoever does the work for another is the publisher only where no other is told
_WORKED = re.compile(r"\b(?:carried out|conducted|undertaken) by\b")


@dataclass(frozen=True, slots=True)
class Publication:
    """A document noun that the article prints beside the name of its publisher."""

    noun: str
    publisher: int
    span: Span


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
    does = re.compile(rf"{_DOES}(?:[\w-]+ ){{0,2}}({nouns})\b")
    found: list[Publication] = []
    worked: list[Publication] = []
    for number, name in enumerate(entities.names):
        meant = entities.meant(number)
        if len(meant) != 1 or meant[0].label != "ORG":
            continue
        start, end = name.span
        match = after.match(text, end, end + 60)
        if match and not re.search(r"\b(?:and|in|on|of|to|the|a|said|says|by)\b", match[1]):
            found.append(Publication(match[2], meant[0].key, (start, match.end())))
        if doing := does.match(text, end, end + 80):
            found.append(Publication(doing[1], meant[0].key, (start, doing.end())))
        window = max(stage.layout.sentence_span(start)[0], start - 140)
        prior = before.search(text[window:start])
        if prior:
            told = Publication(prior[1], meant[0].key, (window + prior.start(1), end))
            (worked if _WORKED.search(prior.group()) else found).append(told)
    ordered = [p for p in worked if not any(f.noun in family(p.noun) for f in found)]
    return sorted([*found, *ordered], key=lambda p: p.span)
