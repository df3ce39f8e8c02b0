"""A role phrase taken apart: the role, and the organisation that it is held in."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from newsmine.nlp.speakers.text import Token
from newsmine.nlp.speakers.view import Fact, View, possessive
from newsmine.types import Span

__all__ = ["DETERMINERS", "Fact", "View", "part_of", "possessive", "read_role"]

_TELLS_OWNER = frozenset({"of", "for", "at", "in", "with", "from"})
_CUTS = frozenset(
    [
        "of",
        "for",
        "at",
        "in",
        "with",
        "from",
        "on",
        "working",
        "based",
        "living",
        "specialising",
        "responsible",
    ]
)
DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "one"})
_PEOPLE = frozenset(
    {"children", "women", "men", "people", "consumers", "veterans", "girls", "boys"}
)
# who is called by whom he works for is where the other one is ("Mr Pell's deputy")
_ALONGSIDE = frozenset({"deputy", "colleague", "spokesman", "spokeswoman", "adviser", "aide"})


def read_role(
    view: View, words: list[Token], determiner: Span | None, *, anonymous: bool
) -> Fact | None:
    """Role and owner out of a phrase such as "deputy head of policy at the Hollow Lane Trust".

    Args:
        view: The text and its names.
        words: The phrase without its determiner.
        determiner: The span of "its" or "their" before it.
        anonymous: Whether nouns such as "mother" count as roles.

    Returns:
        None where there is no role noun and no party.
    """
    cut = _whole_post(view, words)
    cut = cut or next((i for i, w in enumerate(words) if i and _cuts(view, w)), None)
    head, tail = words[:cut], words[cut:] if cut is not None else []
    texts = [w.text for w in head]
    known = anonymous and texts[-1].lower() in view.lex.anonymous
    if not view.lex.role_at_end(texts) and not known:
        calling = _calling(view, head, tail) if anonymous else None
        return calling or _party(view, words) or (_member(view, head) if anonymous else None)
    fact = _compose(view, head, tail, determiner)
    if texts[-1].lower() in view.lex.outsiders and not _works_at(view, tail, fact.owner):
        return replace(fact, owner=None, owner_phrase=None, past=True)
    return replace(fact, owner=None) if _of_a_place(view, texts, fact.owner) else fact


def _works_at(view: View, tail: list[Token], owner: int | None) -> bool:
    """As in "an expert in nets at Hollow University"; one "on the Tide Council" is not of it."""
    if owner is None:
        return False
    start = view.entities.names[owner].span[0]
    joints = [w.text for w in tail if w.end < start and w.text in _TELLS_OWNER]
    return joints[-1:] in (["at"], ["from"], ["with"])


def _of_a_place(view: View, role: list[str], owner: int | None) -> bool:
    """As in "Hollow mayor Orrin Pell": the name tells where; that of an organisation ends so."""
    count = view.lex.role_at_end(role)
    local = " ".join(role[len(role) - count :]).lower() in view.lex.local
    if owner is None or not local:
        return False
    name = view.entities.names[owner]
    known = {e.party for e in view.entities.meant(owner)} != {None}
    short = name.bare.isupper() or name.bare in view.lex.seats
    return not (known or short or set(name.words) & view.lex.heads)


def _whole_post(view: View, words: list[Token]) -> int | None:
    """How many words make a post with "of" or "to" inside ("Leader of the Commons")."""
    texts = [w.text.lower() for w in words]
    for start in range(min(3, len(texts))):
        for size in (6, 5, 4, 3):
            phrase = " ".join(texts[start : start + size])
            if start + size <= len(texts) and phrase in view.lex.government:
                return start + size
    return None


def _cuts(view: View, word: Token) -> bool:
    return word.text in _CUTS and view.covering(word.start) is None


def _calling(view: View, head: list[Token], tail: list[Token]) -> Fact | None:
    """As in "Pell, tide modeller at the Hollow Institute": a role that no list holds."""
    plain = len(head) < 5 and all(w.text.islower() for w in head)
    if not plain or not tail or head[-1].text.endswith(("ed", "ing", "ly")):
        return None
    owner, _, end = _owner_after(view, head, tail)
    labels = {e.label for e in view.entities.meant(owner)} if owner is not None else set()
    if labels != {"ORG"}:
        return None
    role = " ".join(view.layout.text[head[0].start : end].split())
    return Fact(role, owner, position=head[0].start)


def _party(view: View, words: list[Token]) -> Fact | None:
    number = view.covering(words[0].start)
    if number is None or view.entities.names[number].bare.lower() not in view.lex.parties:
        return None
    return Fact(None, number, position=words[0].start)


def _member(view: View, head: list[Token]) -> Fact | None:
    """As in "Pell, a senior Tory" and "a Tennessee Republican"; "a Christian Democrat" is other."""
    number = view.covering(head[-1].start)
    if number is None:
        return None
    words = view.entities.names[number].words
    other = len(words) > 1 and words[-2] in {"Christian", "Social", "Liberal", "Free", "Green"}
    if words[-1].lower() not in view.lex.parties or other:
        return None
    return Fact(None, position=head[0].start, party=words[-1])


def _compose(view: View, head: list[Token], tail: list[Token], determiner: Span | None) -> Fact:
    lowered = [w.text.lower() for w in head]
    past = bool(set(lowered) & view.lex.past) or any(w.startswith("ex-") for w in lowered)
    owner, phrase, used = _owner_before(view, head, determiner)
    role_end = head[-1].end
    if owner is None and phrase is None:
        owner, phrase, role_end = _owner_after(view, head, tail)
    elif tail and _owner_after(view, head, tail)[:2] == (None, None):
        role_end = _plain_end(tail)
    text = view.layout.text
    role = " ".join(text[head[used].start : role_end].split())
    return Fact(role, owner, phrase, past, head[0].start)


def _owner_before(
    view: View, head: list[Token], determiner: Span | None
) -> tuple[int | None, Span | None, int]:
    """The owner before the role noun, and how many words it takes from the role."""
    count = max(1, view.lex.role_at_end([w.text for w in head]))
    for index in range(len(head) - count - 1, -1, -1):
        if head[index].possessive and not _inside_name(view, head[index]):
            told = _possessor(view, head, index)
            named = view.covering(head[index + 1].start) if index + 1 < len(head) - count else None
            if told[:2] == (None, None) and view.can_own(named):
                break  # "Mr Pell's Lib Dem opposite number"
            return told
    for index in range(1, len(head) - count):  # "Home affairs committee chairman"
        number = view.covering(head[index].start)
        if head[index].text == "committee" and number is None:
            return None, (head[0].start, head[index].end), index + 1
    for index in range(len(head) - count):
        number = view.covering(head[index].end - 1)  # "ex-Labour": the name starts within
        if number is None or not view.can_own(number):
            continue
        end = view.entities.names[number].span[1]
        last = max(i for i, w in enumerate(head) if w.start < end)
        if last < len(head) - count:
            past = index and head[0].text.lower() in view.lex.past
            return _known_start(view, number), None, 0 if past else last + 1
    return None, determiner, 0


def _inside_name(view: View, word: Token) -> bool:
    """Whether a name goes on after a possessive ("Children's Tide League")."""
    number = view.covering(word.start)
    return number is not None and view.entities.names[number].span[1] > word.end + 2


def _possessor(view: View, head: list[Token], index: int) -> tuple[int | None, Span | None, int]:
    number = view.covering(head[index].start)
    people = head[index].text.lower() in _PEOPLE  # "Children's Commissioner"
    if number is None or people:
        return (None, None, 0) if people else (None, (head[0].start, head[index].end), index + 1)
    if view.can_own(number):
        return part_of(view, number), None, index + 1
    person = {e.label for e in view.entities.meant(number)} == {"PERSON"}
    if person and head[-1].text.lower() in _ALONGSIDE:
        return None, view.entities.names[number].span, 0
    ministers = head[-1].text.lower() in {"minister", "secretary", "president", "premier"}
    if ministers and view.state(number):
        return number, None, index + 1
    return None, None, 0


def _known_start(view: View, number: int) -> int:
    """As in "Hollow Systems Desktop product manager": the name goes on into the role."""
    words = view.entities.names[number].words
    for size in range(len(words) - 1, 0, -1):
        other = view.first_of.get(" ".join(words[:size]))
        if other is not None and {e.label for e in view.entities.meant(other)} == {"ORG"}:
            return other
    return number


def _owner_after(
    view: View, head: list[Token], tail: list[Token]
) -> tuple[int | None, Span | None, int]:
    """The owner after "of", "for", "at", and where the role ends before it."""
    end = head[-1].end
    for index, word in enumerate(tail):
        beside = word.text == "with" and index and tail[index - 1].text == "working"
        if word.text not in _TELLS_OWNER or beside or view.covering(word.start) is not None:
            continue
        rest = [w for w in tail[index + 1 :] if w.text.lower() != "the"]
        rest = _from_name(view, rest)
        number = view.covering(rest[0].start) if rest else None
        lives = word.text == "from" and not _sure(view, number)
        if number is not None and view.can_own(number) and not lives:
            return _division(view, number, rest, end)
        noun = next((w for w in rest[:3] if w.text.lower() in view.lex.nominals), None)
        if noun is not None and tail[index + 1].text == "the" and not _housed(view, tail, noun):
            return None, (rest[0].start, noun.end), end
        end = _plain_end(tail[: _next_cut(view, tail, index)])
    return None, None, end


def _sure(view: View, number: int | None) -> bool:
    """Whether a name is an organisation's for sure ("a driver from Hollow" lives there)."""
    meant = view.entities.meant(number) if number is not None else []
    return bool(meant) and all(e.label == "ORG" for e in meant)


def _housed(view: View, tail: list[Token], noun: Token) -> bool:
    """As in "the abuse unit at Hollow Police": the name after it tells more than the noun."""
    later = [w for w in tail if w.start > noun.start and w.text.lower() != "the"]
    return any(
        joint.text in {"at", "of", "in", "within"} and view.can_own(view.covering(word.start))
        for joint, word in pairwise(later)
    )


def _from_name(view: View, rest: list[Token]) -> list[Token]:
    """Without what an organisation is called or where it is ("Leeds-based", "media watchdog")."""
    for index, word in enumerate(rest[:4]):
        number = view.covering(word.start)
        if number is None or not word.capital:
            continue
        before = rest[index - 1].text if index else "-based"
        origin = before in view.lex.places or before in view.lex.adjectives
        if word.text in view.lex.places and index + 1 < len(rest) and not origin:
            continue  # "UK firm Hollow Systems"
        calls = view.lex.nominals.keys() | view.lex.firms
        known = origin or before.endswith("-based") or before.lower() in calls
        return rest[index:] if known else rest
    return rest


def _next_cut(view: View, tail: list[Token], index: int) -> int:
    later = (i for i, w in enumerate(tail) if i > index and _cuts(view, w))
    return next(later, len(tail))


def _plain_end(tail: list[Token]) -> int:
    return tail[-1].end


def _division(
    view: View, number: int, rest: list[Token], end: int
) -> tuple[int | None, Span | None, int]:
    """As in "director in Hollow Systems' Desktop division": the role keeps the division."""
    name = view.entities.names[number]
    part = part_of(view, number)
    owned = _owned_name(view, rest, name.span[1]) if name.possessive and part == number else None
    if owned is not None:
        return owned, None, end
    if name.possessive and part == number and rest[-1].end > name.span[1]:
        return number, None, rest[-1].end
    return part, None, end


def _owned_name(view: View, rest: list[Token], after: int) -> int | None:
    """As in "Brightwave's owner Hollow Systems": the last name of the phrase."""
    for word in rest:
        number = view.covering(word.start)
        if word.start > after and number is not None and view.can_own(number):
            whole = view.entities.names[number].span[1] >= rest[-1].end
            return number if whole else None
    return None


def part_of(view: View, number: int) -> int:
    """The named part of an organisation ("Hollow University's Tide Labs")."""
    name, text = view.entities.names[number], view.layout.text
    if not name.possessive or number + 1 >= len(view.entities.names):
        return number
    part = view.entities.names[number + 1]
    beside = re.fullmatch(r"[’']s? ", text[name.span[1] : part.span[0]])
    named = not re.match(r" [a-z]", text[part.span[1] : part.span[1] + 2])
    person = any(e.label == "PERSON" for e in view.entities.meant(number + 1))
    return number + 1 if beside and named and part.title is None and not person else number
