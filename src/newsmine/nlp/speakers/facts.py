"""What the article tells of a person: role and organisation, around every mention of the name."""

from __future__ import annotations

import re
from dataclasses import replace

from newsmine.nlp.speakers.entities import Entities, Entity
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.names import Name
from newsmine.nlp.speakers.roles import Fact, View, part_of, read_role
from newsmine.nlp.speakers.text import Layout, Token, tokens
from newsmine.types import Span

_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "one"})
_LINKS = frozenset({"of", "for", "at", "in", "and", "to", "on", "with"})
_STOPS = frozenset(
    [
        "said",
        "says",
        "told",
        "tells",
        "telling",
        "saying",
        "by",
        "from",
        "that",
        "but",
        "when",
        "while",
        "because",
        "where",
        "after",
        "before",
        "is",
        "was",
        "are",
        "were",
        "has",
        "had",
        "have",
        "been",
        "be",
        "being",
        "as",
        "if",
        "than",
        "who",
        "which",
        "whose",
        "whom",
        "would",
        "could",
        "should",
        "will",
        "may",
        "might",
        "must",
        "earlier",
        "later",
        "meanwhile",
        "yesterday",
        "today",
        "also",
        "not",
        "added",
        "adding",
        "warned",
        "claimed",
        "called",
        "although",
        "though",
        "once",
        "until",
        "since",
        "so",
        "then",
        "do",
        "does",
        "did",
        "like",
        "between",
        "both",
        "including",
        "against",
        "according",
        "replaced",
        "succeeded",
        "met",
        "asked",
        "asking",
    ]
)
_STOP_MARK = re.compile(r"[.,;:!?\"“”‘()\n–—]|\s-\s|[’'](?=\s|$)")
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
_LETTER = re.compile(r"(?:,| \(|,? )\s?([A-Z])-[A-Z][a-z]")
_BRACKET = re.compile(r" \(")
_AS = re.compile(r"[^.;:!?\"“‘]{1,60}? as (?:the |its |their )?((?:[\w-]+ ){0,4}[\w-]+)")
_OWNER_FIRST = re.compile(r"(?:of|from|at|for) (?:the )?")
_SPEAKS_FOR = re.compile(r"(?:[\"“‘]?)(?:For|At) (?:the )?([A-Z][\w ]{1,40}), ")


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
        facts = (
            _before(view, name),
            _lettered(view, name) or _after(view, name),
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
    """As in "Pell, R-Ohio" and "Pell (D-Ohio)": the letter of the party and the state."""
    letter = _LETTER.match(view.layout.text, name.span[1])
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


# --- before the name -----------------------------------------------------------------------------


def _before(view: View, name: Name) -> Fact | None:
    text, start = view.layout.text, name.span[0]
    floor = view.layout.sentence_span(start)[0]
    comma = re.search(r",\s$", text[max(0, start - 2) : start])
    words = _back(view, floor, start - len(comma.group()) if comma else start)
    speaks_for = _speaks_for(view, floor, start)
    if speaks_for is not None or not words:
        return speaks_for
    owner = None if comma else _owner_only(view, words)
    return owner or _role_phrase(view, words, _possessive(text, words[0].start))


def _back(view: View, floor: int, end: int) -> list[Token]:
    """The words before a name that can be its role, the leftmost first."""
    window = tokens(view.layout.text, max(floor, end - 160), end)
    kept: list[Token] = []
    following = end
    for index in range(len(window) - 1, -1, -1):
        word = window[index]
        if _bracketed(view, word, following):
            following = word.start - 1
            continue
        if _stops(view, word, following) or len(kept) > 14:
            break
        if word.text.lower() in _DETERMINERS:
            linked = index and window[index - 1].text in {"of", "for", "at"}
            if not (linked and kept):
                break
        kept.append(word)
        following = word.start
    kept.reverse()
    while kept and kept[0].text.lower() in _LINKS:
        kept = kept[1:]
    return kept


def _bracketed(view: View, word: Token, following: int) -> bool:
    """As in "Tide Council Board (TCB) chairman Owen Marsh": the acronym is passed over."""
    text = view.layout.text
    opens = text[max(0, word.start - 2) : word.start] == " ("
    return opens and word.text.isupper() and text[word.end : following] == ") "


def _stops(view: View, word: Token, following: int) -> bool:
    gap = view.layout.text[word.end : following]
    gap = re.sub(r"^[’']s?", "", gap) if word.possessive else gap
    common = word.text.lower() in _STOPS or word.text in view.lex.dates
    return common or bool(_STOP_MARK.search(gap))


def _speaks_for(view: View, floor: int, start: int) -> Fact | None:
    """As in "For the Lib Dems, Orrin Pell said"."""
    match = _SPEAKS_FOR.fullmatch(view.layout.text[floor:start])
    number = view.covering(floor + match.start(1)) if match else None
    return Fact(None, number, position=floor) if view.can_own(number) else None


def _possessive(text: str, start: int) -> Span | None:
    match = re.search(r"\b(\w+)\s$", text[max(0, start - 12) : start])
    if match and match[1].lower() in {"its", "their", "his", "her"}:
        return start - len(match.group()), start - 1
    return None


def _owner_only(view: View, words: list[Token]) -> Fact | None:
    """As in "the NSPCC's Andy Burrows", "Labour's X", "Lib Dem X"."""
    number = view.covering(words[-1].start)
    if number is None and words[-1].possessive and words[-1].text.lower() in view.lex.nominals:
        return Fact(None, None, (words[0].start, words[-1].end), position=words[0].start)
    if number is None or not view.can_own(number):
        return None
    name = view.entities.names[number]
    party = name.bare.lower() in view.lex.parties
    if name.possessive or words[-1].possessive or party:
        return Fact(None, number, position=name.span[0])
    return None


def _role_phrase(view: View, words: list[Token], determiner: Span | None) -> Fact | None:
    """The longest stretch before the name that is a role."""
    for begin in range(len(words)):
        if begin and not _fresh(words, begin):
            continue
        own = determiner if begin == 0 else None
        fact = read_role(view, words[begin:], own, anonymous=False)
        if fact is not None and fact.role is not None:
            return fact
    return None


def _fresh(words: list[Token], begin: int) -> bool:
    """Whether a role can start here: after "and", "for" and other small words."""
    return words[begin - 1].text.lower() in _LINKS or words[begin - 1].text.endswith("ing")


# --- after the name ------------------------------------------------------------------------------


def _after(view: View, name: Name) -> Fact | None:
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
    if words and words[0].text.lower() in _DETERMINERS:
        determiner = _possessive(text, words[1].start) if len(words) > 1 else None
        words = words[1:]
    if not words or (copula and _verbal(words)):
        return None
    return read_role(view, _one_of(words), determiner, anonymous=True)


def _one_of(words: list[Token]) -> list[Token]:
    """Whoever is "one of the company's directors" is a director of the company."""
    if words[0].text != "of" or len(words) < 2:
        return words
    rest = [w for w in words[1:] if w.text != "the"] or words[1:]
    return [*rest[:-1], replace(rest[-1], text=rest[-1].text.rstrip("s"))]


def _verbal(words: list[Token]) -> bool:
    """Whether "is ..." goes on with a verb ("is expected to", "was leaving")."""
    first = words[0].text.lower()
    return first.endswith(("ed", "ing")) or first in {"not", "also", "to"} | _STOPS
