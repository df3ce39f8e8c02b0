"""Whether two prints can have the same speaker, from the names that two articles give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsmine.index.clusters.words import titles, words_of
from newsmine.index.directory import key, shipped_directory

Likeness = Literal["same", "open", "different"]


@dataclass(frozen=True, slots=True)
class Who:
    """The speaker of a print, as its article names them; unknown is ``None``.

    ``known_as`` and ``body_known_as`` are what speaker and organisation are called over all
    articles (``newsmine.index.identity.called``), as far as that is known.
    """

    name: str | None = None
    type: str | None = None
    organisation: str | None = None
    known_as: str | None = None
    body_known_as: str | None = None


def likeness(a: Who, b: Who) -> Likeness:
    """Whether two speakers are the same one; ``open`` where an article does not say.

    An organisation is the same as somebody who speaks for it, since papers name one or the other
    for one statement. Two people of different names are different, and so are organisations.
    """
    if _named(a) and _named(b):
        return _of_names(a, b)
    if _body(a) and _body(b) and not _same_body(a, b):
        return "different"
    return "open"


def _named(who: Who) -> bool:
    return who.name is not None and who.type not in ("anonymous", "group")


def _of_names(a: Who, b: Who) -> Likeness:
    people = [who for who in (a, b) if who.type == "person"]
    if len(people) == 2:
        return "same" if _same_person(a, b) else "different"
    bodies = bool(_body(a) and _body(b))
    if people and not bodies:
        return "open"
    return "same" if bodies and _same_body(a, b) else "different"


def _body(who: Who) -> str | None:
    """The organisation that speaks or is spoken for."""
    return who.organisation or (None if who.type == "person" else who.name)


def _body_known_as(who: Who) -> str | None:
    if who.organisation:
        return who.body_known_as
    return None if who.type == "person" else who.known_as


def _same_body(a: Who, b: Who) -> bool:
    known = _body_known_as(a)
    if known is not None and known == _body_known_as(b):
        return True
    one, other = _body(a) or "", _body(b) or ""
    return key(one) == key(other) or key(other) in map(key, shipped_directory().other_names(one))


def _same_person(a: Who, b: Who) -> bool:
    """The same one over all articles; else the same last name, and first names of which one may
    stand for the other: A. Lee, Lee.
    """
    if a.known_as is not None and a.known_as == b.known_as:
        return True
    one, other = _name_words(a.name or ""), _name_words(b.name or "")
    if one == other:
        # Two of one name who are told apart are called otherwise.
        return a.name != b.name or a.known_as == b.known_as
    if not one or not other or one[-1] != other[-1]:
        return False
    return all(_stands_for(x, y) for x, y in zip(one[:-1], other[:-1], strict=False))


def _stands_for(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _name_words(name: str) -> tuple[str, ...]:
    words = words_of(name)
    bare = tuple(word for word in words if word not in titles())
    return bare or words
