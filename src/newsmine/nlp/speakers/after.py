"""What stands after a name: "of the charity", "who runs it", an apposition, a bracket."""

from __future__ import annotations

import re
from dataclasses import replace

from newsmine.nlp.speakers.names import Name
from newsmine.nlp.speakers.roles import (
    DETERMINERS,
    Fact,
    View,
    part_of,
    possessive,
    read_role,
)
from newsmine.nlp.speakers.text import Token, tokens

_END = re.compile(
    r"[;:!?()\"“”‘–—]|\.(?=\s|$)|,(?=\s)|\n\n|\s-\s|"
    r"\s(?:said|says|told|added|warned|claimed|argued|insisted|who|which|that|has|had|is|was)\b"
)
_OF = re.compile(r",? (?:of|from|at|for|with|representing) (?:the )?")
_VERB_OWNER = re.compile(
    r",? who (?:is |was )?(?:runs?|heads?|leads?|chairs?|founded|set up|works? (?:for|at)|edits?|"
    r"represents?|manages?|owns?|directs?|head of|ran|led|headed|chaired|"
    r"[^,.;:]{2,50} (?:at|for)) (?:the )?"
)
_COPULA = re.compile(r",?(?: who)? (?:is|was|became|becomes) ")
_COMMA = re.compile(r",(?: aged)? ?\d*,? ")
_BRACKET = re.compile(r" \(")
_OWNER_FIRST = re.compile(r"(?:of|from|at|for) (?:the )?")


def after(view: View, name: Name) -> Fact | None:
    text, start = view.layout.text, name.span[1]
    if name.possessive:
        return None
    limit = min(view.layout.sentence_span(name.span[0])[1], start + 240)
    verb = _VERB_OWNER.match(text, start, limit)
    if verb:
        return _run_by(view, verb.end(), start)
    of = _OF.match(text, start, limit)
    if of:
        return _belongs(view, of.end(), start)
    copula = _COPULA.match(text, start, limit)
    opening = copula or _COMMA.match(text, start, limit) or _BRACKET.match(text, start, limit)
    if opening is None:
        return None
    return _apposition(view, opening.end(), limit, copula=copula is not None)


def _belongs(view: View, place: int, position: int) -> Fact | None:
    """After "of" and "from" stands an organisation or a place: only a sure one is the owner."""
    number = view.covering(place)
    if number is None or {e.label for e in view.entities.meant(number)} != {"ORG"}:
        return None
    number = part_of(view, number)
    return Fact(None, number, position=position) if view.can_own(number) else None


def _run_by(view: View, place: int, position: int) -> Fact | None:
    """What somebody "runs" or "chairs", named or called ("who chairs the committee")."""
    number = view.covering(place)
    if number is not None:
        return Fact(None, number, position=position) if view.can_own(number) else None
    words = tokens(view.layout.text, place, place + 40)[:2]
    if words and words[0].text.lower() in view.lex.nominals:
        return Fact(None, None, (words[0].start, words[0].end), position=position)
    return None


def _apposition(view: View, start: int, limit: int, *, copula: bool) -> Fact | None:
    text = view.layout.text
    stop = _END.search(text, start, limit)
    end = stop.start() if stop else limit
    inner = _OWNER_FIRST.match(text, start, end)
    if inner:
        return _belongs(view, inner.end(), start)
    words = tokens(text, start, end)
    determiner = None
    if words and words[0].text.lower() in DETERMINERS:
        determiner = possessive(text, words[1].start) if len(words) > 1 else None
        words = words[1:]
    if not words or (copula and _verbal(view, words)):
        return None
    return read_role(view, _one_of(words), determiner, anonymous=True)


def _one_of(words: list[Token]) -> list[Token]:
    """Whoever is "one of the company's directors" is a director of the company."""
    if words[0].text != "of" or len(words) < 2:
        return words
    rest = [w for w in words[1:] if w.text != "the"] or words[1:]
    return [*rest[:-1], replace(rest[-1], text=rest[-1].text.rstrip("s"))]


def _verbal(view: View, words: list[Token]) -> bool:
    """Whether "is ..." goes on with a verb ("is expected to", "was leaving")."""
    first = words[0].text.lower()
    return first.endswith(("ed", "ing")) or first in {"not", "also", "to"} | view.lex.stops
