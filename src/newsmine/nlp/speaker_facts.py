"""What the article tells of a person: role and organisation, around every mention of the name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsmine.nlp.speaker_entities import Entities, Entity
from newsmine.nlp.speaker_lexicon import Lexicon, lexicon
from newsmine.nlp.speaker_names import Name
from newsmine.nlp.speaker_text import Layout, Token, tokens
from newsmine.types import Span

_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "one"})
_LINKS = frozenset({"of", "for", "at", "in", "and", "to", "on", "with"})
_STOPS = frozenset(
    """said says told tells telling saying by from that but when while because where after before is
    was are were has had have been be being as if than who which whose whom would could should will
    may might must earlier later meanwhile yesterday today also not added adding warned claimed called
    although though once until since so then if do does did
    according replaced succeeded met asked against including between like both""".split()
)
_MODIFIERS = frozenset("of for at in with working based living specialising".split())
_STOP_MARK = re.compile(r"[.,;:!?\"“”‘()\n–—]|\s-\s|[’'](?=\s|$)")
_APPOSITION = re.compile(r",? \(?|\s[–—-]\s")
_END = re.compile(
    r"[;:!?()\"“”‘–—]|\.(?=\s|$)|,(?=\s)|\n\n|\s-\s|"
    r"\s(?:said|says|told|added|warned|claimed|argued|insisted|who|which|that|has|had|is|was)\b"
)
_OF = re.compile(r",? (?:of|from|at|for|with|representing) (?:the )?")
_VERB_OWNER = re.compile(
    r",? who (?:is |was )?(?:runs?|heads?|leads?|chairs?|founded|set up|works? (?:for|at)|edits?|"
    r"represents?|manages?|owns?|directs?|head of|ran|led|headed|chaired) (?:the )?"
)
_COPULA = re.compile(r",?(?: who)? (?:is|was|became|becomes|,? now) (?=(?:the |an? |its |their )?)")


@dataclass(frozen=True, slots=True)
class Fact:
    """Role and owner at one mention.

    ``owner`` numbers the name of the organisation; ``owner_phrase`` is the stretch where it is
    called otherwise ("its", "the charity's"). ``past`` marks former holders.
    """

    role: str | None
    owner: int | None = None
    owner_phrase: Span | None = None
    past: bool = False
    position: int = 0
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _View:
    layout: Layout
    entities: Entities
    lex: Lexicon

    def name_at(self, start: int) -> int | None:
        """The number of the organisation (or unknown) name that starts here."""
        for number in self.entities.within((start, start + 1)) or self._starting(start):
            if self.entities.names[number].span[0] == start:
                return number
        return None

    def _starting(self, start: int) -> list[int]:
        from bisect import bisect_left

        index = bisect_left(self.entities.starts, start)
        return [index] if index < len(self.entities.starts) else []

    def covering(self, start: int) -> int | None:
        """The number of the name that covers a position."""
        from bisect import bisect_right

        index = bisect_right(self.entities.starts, start) - 1
        if index >= 0 and start < self.entities.names[index].span[1]:
            return index
        return None

    def can_own(self, number: int) -> bool:
        """Whether the name can be an organisation that a person belongs to."""
        labels = {e.label for e in self.entities.meant(number)}
        name = self.entities.names[number]
        return (
            bool(labels & {"ORG", None})
            and name.title is None
            and not (name.weak and "ORG" not in labels)
        )


def facts_of(layout: Layout, entities: Entities, entity: Entity) -> list[Fact]:
    """What each mention of a person tells, in text order."""
    view = _View(layout, entities, lexicon())
    found = []
    for name in entity.names:
        for fact in (_before(view, name), _after(view, name), _titled(name)):
            if fact is not None:
                found.append(fact)
    return found


def _titled(name: Name) -> Fact | None:
    if name.title and name.title.role:
        return Fact(name.title.word, position=name.span[0], bare=True)
    return None


# --- before the name -----------------------------------------------------------------------------


def _before(view: _View, name: Name) -> Fact | None:
    text, start = view.layout.text, name.span[0]
    floor = view.layout.sentence_span(start)[0]
    comma = re.search(r",\s$", text[max(0, start - 2) : start])
    end = start - len(comma.group()) if comma else start
    words = _back(view, floor, end)
    if not words:
        return _speaks_for(view, floor, start)
    determiner = _determiner(text, words[0].start)
    speaks_for = _speaks_for(view, floor, start)
    if speaks_for is not None:
        return speaks_for
    direct = None if comma else _owner_only(view, words)
    return direct or _role_phrase(view, words, determiner)


def _speaks_for(view: _View, floor: int, start: int) -> Fact | None:
    """ "For the Lib Dems, Orrin Pell said"."""
    match = re.fullmatch(
        r"(?:[\"“‘]?)For (?:the )?([A-Z][\w ]{1,40}), ", view.layout.text[floor:start]
    )
    number = view.covering(floor + match.start(1)) if match else None
    return Fact(None, number, position=floor) if _owns(view, number) else None


def _back(view: _View, floor: int, end: int) -> list[Token]:
    """The words before a name that can be its role, the leftmost first."""
    text = view.layout.text
    window = tokens(text, max(floor, end - 160), end)
    kept: list[Token] = []
    following = end
    for index in range(len(window) - 1, -1, -1):
        word = window[index]
        gap = text[word.end : following]
        gap = re.sub(r"^[’']s?", "", gap) if word.possessive else gap
        if _STOP_MARK.search(gap) or word.text.lower() in _STOPS:
            break
        if word.text.lower() in _DETERMINERS:
            if index and window[index - 1].text in {"of", "for", "at"} and kept:
                kept.append(word)
                following = word.start
                continue
            break
        kept.append(word)
        following = word.start
        if len(kept) > 14:
            break
    kept.reverse()
    while kept and kept[0].text.lower() in _LINKS:
        kept = kept[1:]
    return kept


def _determiner(text: str, start: int) -> Span | None:
    match = re.search(r"\b(\w+)\s$", text[max(0, start - 12) : start])
    if match and match[1].lower() in {"its", "their", "his", "her"}:
        return start - len(match.group()), start - 1
    return None


def _owner_only(view: _View, words: list[Token]) -> Fact | None:
    """ "the NSPCC's Andy Burrows", "Labour's X", "Lib Dem X"."""
    number = view.covering(words[-1].start)
    if number is None or not view.can_own(number):
        return None
    name = view.entities.names[number]
    party = name.bare.lower() in view.lex.parties
    if name.possessive or words[-1].possessive or party:
        return Fact(None, number, position=name.span[0])
    return None


def _role_phrase(view: _View, words: list[Token], determiner: Span | None) -> Fact | None:
    """A role that ends a stretch of words, or is followed by "of", "for", "at" and a name."""
    for begin in range(len(words)):
        if begin and not _fresh(words, begin):
            continue
        rest = words[begin:]
        cut = next(
            (i for i, w in enumerate(rest) if i and w.text in {"of", "for", "at", "in"}), None
        )
        for at in (cut, None) if cut is not None else (None,):
            head = rest[:at]
            if view.lex.role_at_end([w.text for w in head]):
                own = determiner if begin == 0 else None
                return _compose(view, head, rest[at:] if at else [], own)
    return None


def _fresh(words: list[Token], begin: int) -> bool:
    """Whether a role can start here: after "and", "for" and other small words."""
    return words[begin - 1].text.lower() in _LINKS or words[begin - 1].text.endswith("ing")


def _compose(
    view: _View, head: list[Token], tail: list[Token], determiner: Span | None
) -> Fact | None:
    """Role and owner out of the words up to the role noun and those after it."""
    text = view.layout.text
    lowered = [w.text.lower() for w in head]
    past = bool(set(lowered) & view.lex.past) or any(w.startswith("ex-") for w in lowered)
    owner, phrase, used = _owner_in_head(view, head, determiner)
    role_words = head[used:]
    end = role_words[-1].end
    if tail:
        number = _owner_in_tail(view, tail)
        if number is not None and owner is None:
            owner = number
        elif number is None:
            nominal = _nominal_tail(view, tail)
            if nominal is not None and owner is None:
                phrase = nominal
            else:
                end = tail[-1].end
    role = " ".join(text[role_words[0].start : end].split())
    return Fact(role, owner, phrase, past, head[0].start, bare=owner is None and phrase is None)


def _owner_in_head(
    view: _View, head: list[Token], determiner: Span | None
) -> tuple[int | None, Span | None, int]:
    """The owner before the role noun, and how many words it takes from the role."""
    size = view.lex.role_at_end([w.text for w in head])
    for index in range(len(head) - size - 1, -1, -1):
        if head[index].possessive:
            number = view.covering(head[index].start)
            if number is not None and view.can_own(number):
                return number, None, index + 1
            if number is None:
                return None, (head[0].start, head[index].end), index + 1
            return None, None, 0
    for index in range(len(head) - size):
        number = view.covering(head[index].start)
        if number is not None and view.can_own(number):
            last = max(
                i for i, w in enumerate(head) if w.start < view.entities.names[number].span[1]
            )
            if last < len(head) - size:
                past = index and head[0].text.lower() in view.lex.past
                return number, None, 0 if past else last + 1
    return None, determiner, 0


def _owner_in_tail(view: _View, tail: list[Token]) -> int | None:
    """The organisation right after "of", "for", "at" (and "the")."""
    words = [w for w in tail[1:] if w.text.lower() != "the"]
    if not words:
        return None
    number = view.covering(words[0].start)
    if number is None or not view.can_own(number):
        return None
    return _part_of(view, number)


def _part_of(view: _View, number: int) -> int:
    """The named part of an organisation ("MIT's Media Labs"), not of a division without a name."""
    name, text = view.entities.names[number], view.layout.text
    if not name.possessive or number + 1 >= len(view.entities.names):
        return number
    part = view.entities.names[number + 1]
    beside = re.fullmatch(r"[’']s? ", text[name.span[1] : part.span[0]])
    named = not re.match(r" [a-z]", text[part.span[1] :][:2])
    return number + 1 if beside and named and part.title is None else number


def _nominal_tail(view: _View, tail: list[Token]) -> Span | None:
    words = tail[1:]
    noun = words[-1].text.lower() if words else ""
    if len(words) in (2, 3) and words[0].text == "the" and noun in view.lex.nominals:
        return words[0].start, words[-1].end
    return None


# --- after the name ------------------------------------------------------------------------------


def _after(view: _View, name: Name) -> Fact | None:
    text, start = view.layout.text, name.span[1]
    if name.possessive:
        return None
    limit = min(view.layout.sentence_span(name.span[0])[1], start + 240)
    for pattern in (_VERB_OWNER, _OF):
        match = pattern.match(text, start, limit)
        if match:
            number = view.covering(match.end())
            return Fact(None, number, position=start) if _owns(view, number) else None
    copula = _COPULA.match(text, start, limit)
    match = copula or re.compile(r",(?: aged)? ?\d*,? ").match(text, start, limit)
    bracket = re.compile(r" \(").match(text, start, limit)
    opening = match or bracket
    return _apposition(view, opening.end(), limit, copula=copula is not None) if opening else None


def _owns(view: _View, number: int | None) -> bool:
    return number is not None and view.can_own(number)


def _apposition(view: _View, start: int, limit: int, *, copula: bool) -> Fact | None:
    text = view.layout.text
    stop = _END.search(text, start, limit)
    end = stop.start() if stop else limit
    inner = re.compile(r"(?:of|from|at|for) (?:the )?").match(text, start, end)
    if inner:
        number = view.covering(inner.end())
        return Fact(None, number, position=start) if _owns(view, number) else None
    words = tokens(text, start, end)
    determiner = None
    if words and words[0].text.lower() in _DETERMINERS:
        determiner = _determiner(text, words[1].start) if len(words) > 1 else None
        words = words[1:]
    if not words or (copula and _verbal(words)):
        return None
    return _apposed_role(view, words, determiner)


def _verbal(words: list[Token]) -> bool:
    """Whether "is ..." goes on with a verb ("is expected to", "was leaving")."""
    first = words[0].text.lower()
    return first.endswith(("ed", "ing")) or first in {"not", "also", "to"} | _STOPS


def _apposed_role(view: _View, words: list[Token], determiner: Span | None) -> Fact | None:
    cut = next((i for i, w in enumerate(words) if i and w.text in _MODIFIERS), None)
    while cut is not None and _inside_name(view, words[cut]):
        later = (i for i, w in enumerate(words) if i > cut and w.text in _MODIFIERS)
        cut = next(later, None)
    head = words[:cut]
    texts = [w.text for w in head]
    if not view.lex.role_at_end(texts) and texts[-1].lower() not in view.lex.anonymous:
        return _party_bracket(view, words)
    tail = words[cut:] if cut is not None else []
    second = next(
        (
            i
            for i, w in enumerate(tail)
            if i and w.text in {"of", "for", "at", "with"} and not _inside_name(view, w)
        ),
        None,
    )
    if second is not None and _owner_in_tail(view, tail) is None:
        number = _owner_in_tail(view, tail[second:])
        if number is not None:
            fact = _compose(view, head, tail[:second], determiner)
            role = " ".join(view.layout.text[words[0].start : tail[second - 1].end].split())
            return Fact(role, number, None, bool(fact and fact.past), words[0].start)
    return _compose(view, head, tail, determiner)


def _party_bracket(view: _View, words: list[Token]) -> Fact | None:
    number = view.covering(words[0].start)
    if number is None or view.entities.names[number].bare.lower() not in view.lex.parties:
        return None
    return Fact(None, number, position=words[0].start)


def _inside_name(view: _View, word: Token) -> bool:
    return view.covering(word.start) is not None
