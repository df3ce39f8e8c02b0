"""What stands before a name: a role, an owner ("the charity's Orrin Pell"), "For the party,"."""

from __future__ import annotations

import re

from newsmine.nlp.speakers.names import Name
from newsmine.nlp.speakers.roles import DETERMINERS, Fact, View, possessive, read_role
from newsmine.nlp.speakers.text import Token, tokens
from newsmine.types import Span

_LINKS = frozenset({"of", "for", "at", "in", "and", "to", "on", "with"})
_STOP_MARK = re.compile(r"[.,;:!?\"“”‘()\n–—]|\s-\s|[’'](?=\s|$)")
_SPEAKS_FOR = re.compile(
    r"[\"“‘]?(?:"
    r"(?:Speaking (?:for|on behalf of)|On behalf of|For|At) (?:the )?([A-Z][\w ]{1,40}), |"
    r"Writing (?:in|for) (?:the )?([A-Z][\w ]{1,40}), (?:[a-z-]+ ){0,3})"
)
_SEVERAL = re.compile(r"(?:Tories|Dems|[a-z]s)$")
_VERBAL = re.compile(r"(?:ed|ing|s|ly)$")
_ALONGSIDE = frozenset({"colleague", "co-author", "co-writer", "teammate", "team-mate"})
_RUN_BY = re.compile(
    r"(?:,| \([A-Z]+\))? (?:(?:is|was|which (?:is|was)|now) )*"
    r"(?:run|led|headed|founded|set up|owned|chaired|created|edited) by $"
)
AGENT = re.compile(r"(?:er|or|ist|ian|man|woman|person|eer|ete|hopeful|contestant|assistant)$")
# verbs and small words that end like a calling ("the Tories consider Mr Pell's plan")
NO_CALLING = re.compile(
    r"after|answer|consider|deliver|enter|favor|gather|honor|however|later|never|offer|order|"
    r"other|over|prefer|rather|remember|under|whether|another|either|neither|together|whoever|"
    r"further|former|exist|insist|resist|assist|persist|christian"
)


_POST_OF = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir) (?:[\w’'-]+ ){0,9}?(?:[\w’'-]+), $")


def first_post(view: View, name: Name, fact: Fact | None) -> Fact | None:
    """As in "The committee's chairwoman, Labour MP Gemma Larch": of two posts the first one."""
    if fact is None or fact.owner is None or fact.position >= name.span[0]:
        return None
    text, start = view.layout.text, fact.position
    floor = view.layout.sentence_span(start)[0]
    match = _POST_OF.search(text, max(floor, start - 90), start)
    if match is None:
        return None
    words = _back(view, floor, match.end() - 2)
    first = _role_phrase(view, words, possessive(text, words[0].start)) if words else None
    owned = first is not None and (first.owner is not None or first.owner_phrase is not None)
    return first if owned else None


def before(view: View, name: Name) -> Fact | None:
    """What stands before one mention of a person tells of role and organisation."""
    text, start = view.layout.text, name.span[0]
    floor = view.layout.sentence_span(start)[0]
    comma = re.search(r",\s$", text[max(0, start - 2) : start])
    words = _back(view, floor, start - len(comma.group()) if comma else start)
    speaks_for = _speaks_for(view, floor, start) or _run_by(view, floor, start)
    if speaks_for is not None or not words:
        return speaks_for
    owner = None if comma else _owner_only(view, words)
    told = owner or _role_phrase(view, words, possessive(text, words[0].start))
    if told is None:
        own = possessive(text, words[0].start)
        if comma:
            return (_of_party(view, name, words) if own else None) or _beside_another(words, own)
        told = (
            _beside_another(words, own) or _workplace(view, words) or _of_party(view, name, words)
        )
    return told


def _beside_another(words: list[Token], determiner: Span | None) -> Fact | None:
    """As in "her colleague, Orrin Pell": where she works, he does too."""
    if determiner is None or len(words) > 2 or words[-1].text not in _ALONGSIDE:
        return None
    return Fact(None, None, determiner, position=words[0].start)


def _of_party(view: View, person: Name, words: list[Token]) -> Fact | None:
    """As in "Labour heavyweight Orrin Pell"; in "Labour attack Mr Pell" the word is a verb."""
    if person.title is not None and not person.title.keep:
        return None
    for index, word in enumerate(words[:-1]):
        number = view.covering(word.start)
        if number is None or view.entities.names[number].bare.lower() not in view.lex.parties:
            continue
        name = view.entities.names[number]
        if _SEVERAL.search(name.bare):
            continue  # "the Tories accused Orrin Pell"
        rest = [w for w in words[index:] if w.start >= name.span[1]]
        other = rest[-1].text.lower() if rest else ""
        plain = all(w.text.islower() and not w.possessive and w.text not in _LINKS for w in rest)
        plain = plain and not any(_VERBAL.search(w.text) for w in rest)
        if not name.possessive and 0 < len(rest) < 4 and plain and other not in view.lex.outsiders:
            return Fact(None, number, position=word.start)
    return None


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
        if word.text.lower() in DETERMINERS:
            linked = index and window[index - 1].text in {"of", "for", "at", "to", "in", "on"}
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
    common = word.text.lower() in view.lex.stops or word.text in view.lex.dates
    return common or bool(_STOP_MARK.search(gap))


def _speaks_for(view: View, floor: int, start: int) -> Fact | None:
    """As in "For the Lib Dems, Orrin Pell said"."""
    match = _SPEAKS_FOR.fullmatch(view.layout.text[floor:start])
    at = max(match.start(1), match.start(2)) if match else -1
    number = view.covering(floor + at) if match else None
    return Fact(None, number, position=floor) if view.can_own(number) else None


def _run_by(view: View, floor: int, start: int) -> Fact | None:
    """As in "The Tide League, led by Orrin Pell" and "Hollow Systems was founded by Orrin Pell"."""
    match = _RUN_BY.search(view.layout.text, max(floor, start - 60), start)
    number = view.covering(match.start() - 1) if match else None
    return Fact(None, number, position=floor) if view.can_own(number) else None


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


def _workplace(view: View, words: list[Token]) -> Fact | None:
    """As in "Hollow City striker Orrin Pell": a calling that no list holds, after its owner."""
    for index, word in enumerate(words[:-1]):
        number = view.covering(word.start)
        if number is None or {e.label for e in view.entities.meant(number)} != {"ORG"}:
            continue
        rest = [w for w in words[index:] if w.start >= view.entities.names[number].span[1]]
        if 0 < len(rest) < 4 and view.can_own(number) and _calling(view, rest):
            role = view.layout.text[rest[0].start : rest[-1].end]
            return Fact(" ".join(role.split()), number, position=word.start)
    return None


def _calling(view: View, words: list[Token]) -> bool:
    """Whether small words can be what a member of staff is called."""
    last = words[-1].text.lower()
    plain = all(w.text.islower() and not w.possessive and w.text not in _LINKS for w in words)
    other = last in view.lex.outsiders or last in view.lex.nominals or NO_CALLING.fullmatch(last)
    return plain and not other and bool(AGENT.search(last))
