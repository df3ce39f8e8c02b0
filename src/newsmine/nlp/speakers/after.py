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
_OF = re.compile(
    r",? (?:of|from|at|for|with|representing|(?:speaking )?on behalf of|speaking for|"
    r"based (?:at|with)|working (?:at|for|with)|employed (?:at|by)) (?:[Tt]he )?"
)
_RUNS = (
    r"(?:runs|heads|leads|chairs|edits|manages|directs|founded|co-founded|set up|works (?:for|at)|"
    r"joined|created|launched|ran|led|headed|chaired|edited|wrote|co-?authored|compiled|"
    r"conducted|carried out|"
    r"has (?:run|headed|led|chaired|edited))"
)
_BASE = r"(?:run|head|lead|chair|edit|manage|direct|represents?|owns?|head of|speaks for)"
_OWNS = (
    r"whose (?:company|firm|charity|group|organisation|business|website|party|foundation|campaign|"
    r"union|agency|studio|magazine|newspaper)"
)
_VERB_OWNER = re.compile(
    rf",? (?:{_RUNS}|{_OWNS}|the (?:man|woman|brains|driving force) behind|"
    rf"who (?:is |was |also |now )*(?:heads? up|{_RUNS}|{_BASE}|"
    r"sits? on(?: the board of)?|[^,.;:]{2,50} (?:at|for))) (?:[Tt]he )?"
)
_COPULA = re.compile(
    r",?(?: who)? (?:is|was|became|becomes|has been) |,? (?:appointed|named|elected|made) (?:as )?"
)
_WHEN = re.compile(r"last|this|next|earlier|since|until|when|during|after|before|yesterday|today")
_COMMA = re.compile(r", ")
_BRACKET = re.compile(r" \(")
_DASH = re.compile(r"\s?[–—-]{1,2}\s(?=[a-z])")
_OWNER_FIRST = re.compile(r"(?:of|from|at|for) (?:[Tt]he )?")
_LETTERS = re.compile(
    r"(?:,? (?:MP|MEP|MSP|AM|TD|QC|KC|OBE|CBE|MBE|KBE|DBE|QPM|PhD|MD|JP|FRS|Jr|Jnr|Snr|III?)\.?)+"
    r"(?=[,\s])"
)
_AGE = re.compile(r",? (?:aged )?\d{1,3}(?=,)|,? \(\d{1,3}\)")
_PLACE = re.compile(r",? (?:of|from|in) (?:nearby )?[A-Z][^,;.:\n]{1,40}(?=,)")
_ENDED = re.compile(r", (?=[A-Z])")
_LISTED = re.compile(
    r"(?:, (?:[a-z-]+, )*(?:[a-z-]+ )?and [a-z-]+|, [a-z-]+ and [a-z-]+) (?:at|for|of|with) "
    r"(?:the )?(?=[A-Z])"
)
_AFTERWARDS = re.compile(r"[,:;)]| (?:said|says|told|added|warned|claimed|argued)\b")
_CLOSED = re.compile(r"[:)]|,? (?:said|says|told|added|warned|claimed|argued)\b")
_PARENT = re.compile(r"[’']s? (?:parent company|parent|owner|maker|publisher|operator) (?:the )?")
_PARTS = frozenset({"arm", "branch", "bureau", "chapter", "desk", "division", "wing", "section"})
_ESTEEMED = frozenset({"influential", "powerful", "cross-party", "all-party", "parliamentary"})
_JOINTS = frozenset({"of", "at", "for", "in", "from"})


def after(view: View, name: Name) -> Fact | None:
    """What stands after one mention of a person tells of role and organisation."""
    if name.possessive:
        return None
    text, start = view.layout.text, name.span[1]
    limit = min(view.layout.sentence_span(name.span[0])[1], start + 240)
    for aside in (_LETTERS, _AGE):
        passed = aside.match(text, start, limit)
        start = passed.end() if passed else start
    fact = _told(view, start, limit)
    place = _PLACE.match(text, start, limit) if fact is None else None
    return _told(view, place.end(), limit) if place else fact


def _told(view: View, start: int, limit: int) -> Fact | None:
    text = view.layout.text
    copula = _COPULA.match(text, start, limit)
    being = _apposition(view, copula.end(), limit, copula=True) if copula else None
    verb = _VERB_OWNER.match(text, start, limit)
    if being or verb is not None:
        return being or (_run_by(view, verb.end(), limit, start) if verb else None)
    of = _OF.match(text, start, limit)
    if of:
        return _belongs(view, of.end(), limit, start)
    openings = (p.match(text, start, limit) for p in (_COMMA, _BRACKET, _DASH))
    opening = next((m for m in openings if m), None)
    return _apposition(view, opening.end(), limit, copula=False) if opening else None


def named_from(view: View, place: int, limit: int) -> int | None:
    """The organisation that a stretch names, past what it is called and which part is meant.

    As in "research firm Hollow Systems", "the Harbour branch of the Tide League" and "the
    department of nets at Hollow University"; nothing where other words come between.
    """
    words = tokens(view.layout.text, place, limit)[:10]
    previous: Token | None = None
    for index, word in enumerate(words):
        gap = view.layout.text[previous.end : word.start] if previous else ""
        if previous is not None and gap.strip("’'s "):
            return None
        number = view.covering(word.start)
        if number is not None and not _part_follows(view, number, words[index:]):
            number = _parent(view, number)
            return number if previous is None or _introduces(view, previous) else None
        origin = word.text in view.lex.places or word.text in view.lex.adjectives
        foreign = word.capital and not origin
        if number is None and (foreign or word.text in view.lex.stops - _JOINTS):
            return None
        previous = word
    return None


def _parent(view: View, number: int) -> int:
    """As in "Brightwave's owner Hollow Systems": the one who owns, else the name itself."""
    owned = _PARENT.match(view.layout.text, view.entities.names[number].span[1])
    parent = view.covering(owned.end()) if owned else None
    return number if parent is None else parent


def _introduces(view: View, word: Token) -> bool:
    """Whether a name after the word is what it calls, or what a part belongs to."""
    text = word.text.lower()
    called = text in view.lex.nominals or {text, f"{text}s"} & view.lex.firms
    origin = word.text in view.lex.places or word.text in view.lex.adjectives
    return (
        bool(called) or origin or text in _JOINTS | {"the"} or view.covering(word.start) is not None
    )


def _part_follows(view: View, number: int, words: list[Token]) -> bool:
    """As in "the Harbour branch of": the name is that of a part."""
    end = view.entities.names[number].span[1]
    following = next((w for w in words if w.start >= end), None)
    return following is not None and following.text in _PARTS


def _belongs(view: View, place: int, limit: int, position: int) -> Fact | None:
    """After "of" and "from" stands an organisation or a place: only a sure one is the owner."""
    number = named_from(view, place, limit)
    called = view.lex.nominals.keys() | view.lex.documents
    first = next(iter(tokens(view.layout.text, place, limit)), None) if number is None else None
    if first is not None and first.text in called:
        return Fact(None, None, (first.start, first.end), position=position)
    if number is None or {e.label for e in view.entities.meant(number)} != {"ORG"}:
        return None
    number = part_of(view, number)
    return Fact(None, number, position=position) if view.can_own(number) else None


def _run_by(view: View, place: int, limit: int, position: int) -> Fact | None:
    """What somebody "runs" or "chairs", named or called ("who chairs the committee")."""
    number = named_from(view, place, limit)
    if number is not None:
        return Fact(None, number, position=position) if view.can_own(number) else None
    words = tokens(view.layout.text, place, place + 60)[:4]
    called = view.lex.nominals.keys() | view.lex.documents
    at = next((i for i, w in enumerate(words) if w.text in called), -1)
    plain = all(w.text in _ESTEEMED for w in words[: max(at, 0)])
    if at >= 0 and plain:
        return Fact(None, None, (words[0].start, words[at].end), position=position)
    return None


def _apposition(view: View, start: int, limit: int, *, copula: bool) -> Fact | None:
    text = view.layout.text
    stop = _END.search(text, start, limit)
    end = stop.start() if stop else limit
    inner = _OWNER_FIRST.match(text, start, end)
    if inner:
        return _belongs(view, inner.end(), limit, start)
    beside = None if copula else _beside(view, start)
    if beside is not None:
        return beside
    words = tokens(text, start, end)
    late = (i for i, w in enumerate(words) if i and (_WHEN.fullmatch(w.text) or _dated(view, w)))
    words = words[: next(late, len(words))]
    determiner = None
    if words and words[0].text.lower() in DETERMINERS:
        determiner = possessive(text, words[1].start) if len(words) > 1 else None
        words = words[1:]
    if not words or (copula and _verbal(view, words)):
        return None
    fact = read_role(view, _one_of(words), determiner, anonymous=True)
    bare = words[0].start == start
    return _then_named(view, fact, end, limit, bare=bare) if fact else None


def _beside(view: View, start: int) -> Fact | None:
    """As in "Orrin Pell, Tide League: ..." and "(Orrin Pell, Tide League)": an owner, no role."""
    text = view.layout.text
    titled = text.startswith("The ", start)  # "The Tide Review"
    start += 4 * titled
    number = view.covering(start)
    if number is None or {e.label for e in view.entities.meant(number)} != {"ORG"}:
        return None
    name = view.entities.names[number]
    full = name.bare.isupper() or any(name.bare == e.name for e in view.entities.meant(number))
    closed = full and name.span[0] == start and _CLOSED.match(text, name.span[1])
    owns = titled or view.can_own(number)
    return Fact(None, number, position=start) if closed and owns else None


def _dated(view: View, word: Token) -> bool:
    return word.text in view.lex.dates


def _then_named(view: View, fact: Fact, end: int, limit: int, *, bare: bool) -> Fact:
    """As in "Pell, policy director, Tide League, said" and "director of nets and boats at ...".

    By itself the owner stands only after a role without a determiner (``bare``).
    """
    text = view.layout.text
    listed = _LISTED.match(text, end, limit)
    comma = listed or (_ENDED.match(text, end, limit) if bare else None)
    number = view.covering(comma.end()) if comma else None
    if number is None or fact.owner is not None or fact.owner_phrase is not None:
        return fact
    name = view.entities.names[number]
    sure = {e.label for e in view.entities.meant(number)} == {"ORG"} and view.can_own(number)
    closed = comma is not None and name.span[0] == comma.end()
    goes = listed or _AFTERWARDS.match(text, name.span[1])
    return replace(fact, owner=number) if sure and closed and goes else fact


def _one_of(words: list[Token]) -> list[Token]:
    """Whoever is "one of the company's directors" is a director of the company."""
    if words[0].text != "of" or len(words) < 2:
        return words
    rest = [w for w in words[1:] if w.text != "the"] or words[1:]
    cut = next((i for i, w in enumerate(rest) if i and w.text in _JOINTS), len(rest)) - 1
    return [*rest[:cut], replace(rest[cut], text=rest[cut].text.rstrip("s")), *rest[cut + 1 :]]


def _verbal(view: View, words: list[Token]) -> bool:
    """Whether "is ..." goes on with a verb ("is expected to", "was leaving")."""
    first = words[0].text.lower()
    return first.endswith(("ed", "ing")) or first in {"not", "also", "to"} | view.lex.stops
