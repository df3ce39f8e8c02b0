"""A person's name in its parts, and how two of them can be of one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from newsmine.index.identity.spelling import coarse, data, look_alike, plain
from newsmine.nlp.speakers.lexicon import lexicon

Likeness = Literal["same", "initials", "nickname", "misread", "surname"]
"""How two names are alike: "surname" where one has no first name."""

_JUNIOR = frozenset(("jr", "jnr", "junior", "ii", "iii", "younger"))
_SENIOR = frozenset(("sr", "snr", "senior", "elder"))
_TITLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in plain words: ``given`` ones, a ``surname`` ("" where there is none).

    ``proper`` is false for "the minister". ``peer``: the title stays, "Lord Pell" is whole.
    """

    given: tuple[str, ...]
    surname: str
    gender: str | None = None
    generation: str | None = None
    peer: bool = False
    proper: bool = True

    @property
    def full(self) -> bool:
        """Whether it tells a person: a first name and a surname, or a peerage."""
        return self.proper and bool(self.surname) and (self.peer or bool(self.given))

    @property
    def common(self) -> bool:
        """Whether so many bear it that it tells no single person."""
        given, surnames = _common()
        return self.surname in surnames and (not self.given or self.given[0] in given)

    @property
    def block(self) -> tuple[str, str] | None:
        """What two names of one person have in common, misread letters and all."""
        return (coarse(self.surname), coarse(self.given[0])[:1]) if self.given else None


def person_name(name: str) -> PersonName:
    """Take a name apart."""
    gender, peer, words = _titled(name.replace(",", " ").split())
    generation = None
    while len(words) > 1 and ((last := plain(words[-1])) in _ended() or words[-1] in _honours()):
        generation = "junior" if last in _JUNIOR else "senior" if last in _SENIOR else generation
        words = words[:-1] if last not in ("younger", "elder") else words[:-2]
    proper = bool(words) and words[0][:1].isupper()
    parts = plain(" ".join(words)).split() if words else []
    if words and len(words) == len(parts):
        given, surname = tuple(parts[:-1]), parts[-1]
    else:  # "Marchbanks-Orr" is one word here, and "O. Pell" has its stop taken off
        given = tuple(plain(word).replace(" ", "") for word in words[:-1])
        surname = plain(words[-1]) if words else ""
    if given and given[0] == "of":
        given, surname = (), " ".join(parts)
    return PersonName(tuple(g for g in given if g), surname, gender, generation, peer, proper)


def _titled(words: list[str]) -> tuple[str | None, bool, list[str]]:
    """What the titles before a name say, and the words after them."""
    gender, peer = None, False
    while len(words) > 1:
        for count in range(min(_TITLE_WORDS, len(words) - 1), 0, -1):
            title = _titles().get(" ".join(words[:count]).casefold().replace(".", ""))
            if title is not None:
                break
        else:
            break
        gender = gender or title[0]
        peer = peer or title[1]
        words = words[count:]
    return gender, peer and len(words) == 1, words


@cache
def _titles() -> Mapping[str, tuple[str | None, bool]]:
    titles = lexicon().titles.items()
    return {word.casefold(): (title.gender, title.keep) for word, title in titles}


@cache
def _honours() -> frozenset[str]:
    return lexicon().honours


@cache
def _ended() -> frozenset[str]:
    return frozenset(plain(word) for word in lexicon().honours) | _JUNIOR | _SENIOR


@cache
def _common() -> tuple[frozenset[str], frozenset[str]]:
    first = frozenset(plain(name) for name in lexicon().first_names)
    return first, frozenset(map(plain, data("people")["common"]["surnames"].split()))


@cache
def _nicknames() -> Mapping[str, frozenset[int]]:
    sets: dict[str, set[int]] = {}
    for number, entry in enumerate(data("people")["nickname"]):
        for name in entry["names"]:
            sets.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in sets.items()}


def likeness(one: PersonName, other: PersonName) -> Likeness | None:
    """How two names can be of one person; ``None`` where something in them says they cannot."""
    if _contradict(one, other) or not (one.proper and other.proper):
        return None
    if not (one.given and other.given):
        alike = one.surname == other.surname and one.surname
        return ("same" if one.peer and other.peer else "surname") if alike else None
    if one.surname != other.surname:
        misread = look_alike(f"{one.given[0]} {one.surname}", f"{other.given[0]} {other.surname}")
        return "misread" if misread else None
    return _given(one.given, other.given)


def _contradict(one: PersonName, other: PersonName) -> bool:
    genders = {one.gender, other.gender} == {"m", "f"}
    return genders or one.generation != other.generation


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness | None:
    if not _middles_agree(one[1:], other[1:]):
        return None
    a, b = one[0], other[0]
    if a == b:
        return "initials" if len(a) == 1 else "same"
    if 1 in (len(a), len(b)):
        return "initials" if a[0] == b[0] else None
    if _nicknames().get(a, frozenset()) & _nicknames().get(b, frozenset()):
        return "nickname"
    return "misread" if look_alike(a, b) else None


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names can be of one person: left out, or as initials."""
    return all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(one, other, strict=False)
    )
