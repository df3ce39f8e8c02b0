"""Which organisations' names are names of one.

Each rule puts names that have something in common side by side, so that the work grows with their
number; none compares all with all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from newsmine.index.directory import Directory, key
from newsmine.index.identity.grouping import Link
from newsmine.index.identity.spelling import alike_but_odd, coarse, data, look_alike, plain
from newsmine.nlp.speakers.lexicon import lexicon

_WITH_LETTERS = re.compile(r"(.+?) \(([A-Za-z][\w&.-]{1,9})\)")
_LETTERS = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z&]{2,8}")
_SMALL = frozenset(("of", "for", "and", "the", "in", "on", "to", "at"))
_LARGEST = 40
"""Names that have one thing in common; of more, the common thing says nothing."""

Expanded = Callable[[str, str], str | None]
"""The article in which a name stands with its letters, as in "Office for Calm (OfC)"."""


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """A name as articles give it, and the people who speak for who is called so."""

    name: str
    people: frozenset[int] = frozenset()

    @property
    def base(self) -> str:
        """The name without letters behind it in brackets."""
        found = _WITH_LETTERS.fullmatch(self.name)
        return found[1] if found else self.name

    @property
    def letters(self) -> str | None:
        """Letters that stand for a longer name: the name itself, or those in brackets."""
        found = _WITH_LETTERS.fullmatch(self.name)
        letters = found[2] if found else self.name
        return letters if _LETTERS.fullmatch(letters) else None

    @property
    def proper(self) -> bool:
        """Whether it names one body, and is no description ("one trade association")."""
        known = set(data("organisations")["lower"]["words"])
        return self.base.casefold() in known or any(c.isupper() for c in self.base)


def same_key(name: str) -> str:
    """What is common to all ways of writing one name: case, marks, two spellings of a word."""
    words = [_spellings().get(word, word) for word in plain(name).split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@cache
def _spellings() -> Mapping[str, str]:
    pairs = [pair for entry in data("organisations")["spelling"] for pair in entry["pairs"]]
    return {second: first for first, second in pairs}


def short_key(name: str) -> str:
    """The name without its legal form, or, of a committee, without its house."""
    words = same_key(name).split()
    tails = {word for entry in data("organisations")["tail"] for word in entry["words"]}
    while len(words) > 1 and words[-1] in tails:
        words.pop()
    if words and words[-1] == "committee":
        phrases = {w for entry in data("organisations")["committee"] for w in entry["words"]}
        text = re.sub(r"^house of (commons|lords) ", "", " ".join(words))
        words = [word for word in text.split() if word not in phrases]
    return " ".join(words)


def organisation_links(
    names: Mapping[int, OrganisationName], directory: Directory, expanded: Expanded
) -> list[Link[int]]:
    """The names that may be of one organisation; of each pair its best link."""
    proper = {ident: name for ident, name in names.items() if name.proper}
    found = [
        *_same(proper),
        *_known(proper, directory),
        *_parties(proper),
        *_lettered(proper, expanded),
        *_short(proper),
        *_misread(proper),
        *_longer(proper),
    ]
    best: dict[tuple[int, int], Link[int]] = {}
    for link in found:
        pair = (min(link.one, link.other), max(link.one, link.other))
        if pair not in best or best[pair].score < link.score:
            best[pair] = link
    return list(best.values())


def _by(
    names: Mapping[int, OrganisationName], key_of: Callable[[OrganisationName], str | None]
) -> Iterator[list[int]]:
    """Names with a key in common, two or more."""
    keyed: defaultdict[str, list[int]] = defaultdict(list)
    for ident, name in names.items():
        if (value := key_of(name)) is not None:
            keyed[value].append(ident)
    return (idents for idents in keyed.values() if len(idents) > 1)


def _chain(idents: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((idents[0], other) for other in idents[1:])


def _same(names: Mapping[int, OrganisationName]) -> Iterator[Link[int]]:
    for idents in _by(names, lambda name: same_key(name.base)):
        for one, other in _chain(idents):
            yield Link(one, other, 1.0, ("the same name",), sure=True)


def _known(names: Mapping[int, OrganisationName], directory: Directory) -> Iterator[Link[int]]:
    def entry(name: OrganisationName) -> str | None:
        found = directory.find(name.base)
        if found is None or _is_everyday(name.base, found.names):
            return None
        return f"{found.name} ({found.country})"

    for idents in _by(names, entry):
        label = entry(names[idents[0]])
        for one, other in _chain(idents):
            yield Link(one, other, 0.95, (f"the directory has both as {label}",), sure=True)


def _is_everyday(name: str, known: Iterable[str]) -> bool:
    """Whether it is written in another case than the names: "meta" is a word, "Meta" a company."""
    wanted = key(name)
    return not any(c.isupper() for c in name) and any(
        any(c.isupper() for c in one) for one in known if key(one) == wanted
    )


def _parties(names: Mapping[int, OrganisationName]) -> Iterator[Link[int]]:
    for idents in _by(names, lambda name: lexicon().parties.get(name.base.casefold())):
        for one, other in _chain(idents):
            yield Link(one, other, 0.95, ("names of one party",), sure=True)


def _lettered(names: Mapping[int, OrganisationName], expanded: Expanded) -> Iterator[Link[int]]:
    """Letters and the names that they can stand for, as texts expand them."""
    by_initials: defaultdict[str, list[int]] = defaultdict(list)
    for ident, name in names.items():
        for initials in initials_of(name.base):
            by_initials[initials].append(ident)
    short: defaultdict[str, list[int]] = defaultdict(list)
    for ident, name in names.items():
        if name.letters:
            short[name.letters.casefold().replace("&", "")].append(ident)
    for letters, idents in short.items():
        lone = [i for i in idents if names[i].base == names[i].name]
        named = [i for i in idents if names[i].base != names[i].name]
        longs = [i for i in by_initials.get(letters, ()) if i not in lone]
        yield from _expansions(names, lone, named, longs, expanded)


def _expansions(
    names: Mapping[int, OrganisationName],
    lone: Sequence[int],
    named: Sequence[int],
    longs: Sequence[int],
    expanded: Expanded,
) -> Iterator[Link[int]]:
    """Of one set of letters: those alone, those behind a name, and names with such initials."""
    meant: dict[int, str] = {i: f"printed as {names[i].name!r}" for i in named}
    for long in longs[:_LARGEST]:
        where = expanded(names[long].base, names[lone[0]].name) if lone else None
        if where is not None:
            meant.setdefault(long, f"expanded so in {where}")
    several = len({same_key(names[i].base) for i in meant}) > 1
    for short in lone:
        for long in {*meant, *longs[:_LARGEST]} - {short}:
            yield _letters_link(names, short, long, meant.get(long), several)


def _letters_link(
    names: Mapping[int, OrganisationName], short: int, long: int, meant: str | None, several: bool
) -> Link[int]:
    if meant and not several:
        return Link(short, long, 0.95, (f"the letters are {meant}",), sure=True)
    if meant:
        return Link(short, long, 0.6, (f"the letters are {meant}", "and stand for others, too"))
    score, reasons = 0.55, ["the letters are its initials"]
    if shared := names[short].people & names[long].people:
        score, reasons = 0.85, [*reasons, f"{len(shared)} who speak for both"]
    return Link(short, long, score, tuple(reasons))


def initials_of(name: str) -> set[str]:
    """The letters that can stand for a name of three words or more, with its small words or not.

    >>> sorted(initials_of("Office for Calm at Sea"))
    ['ocs', 'ofcas']
    """
    words = plain(name).split()
    large = [word for word in words if word not in _SMALL]
    return {"".join(w[0] for w in some) for some in (words, large) if len(large) >= 2}


def _short(names: Mapping[int, OrganisationName]) -> Iterator[Link[int]]:
    for idents in _by(names, lambda name: short_key(name.base)):
        for one, other in _chain(idents):
            reason = "the same name but for its legal form or house"
            yield Link(one, other, 0.85, (reason,))


def _misread(names: Mapping[int, OrganisationName]) -> Iterator[Link[int]]:
    for idents in _by(names, lambda name: coarse(same_key(name.base))):
        for one, other in combinations(idents[:_LARGEST], 2):
            a, b = same_key(names[one].base), same_key(names[other].base)
            if look_alike(a, b):
                odd = alike_but_odd(a, b) and len(a) >= 5
                score = 0.9 if odd else 0.82 if len(a) >= 10 else 0.6
                yield Link(one, other, score, ("alike but for letters that scanners confuse",))


def _longer(names: Mapping[int, OrganisationName]) -> Iterator[Link[int]]:
    """A name that begins another; who speaks for both ties them, else it is a question."""
    keyed = {same_key(name.base): ident for ident, name in names.items()}
    for text, ident in keyed.items():
        words = text.split()
        for count in range(1, len(words)):
            start = " ".join(words[:count])
            if (other := keyed.get(start)) is None or _is_plain(start):
                continue
            if shared := names[ident].people & names[other].people:
                reasons = ("one name begins the other", f"{len(shared)} who speak for both")
                yield Link(other, ident, 0.85, reasons)
            elif len(words) - count == 1:
                yield Link(other, ident, 0.5, ("one name begins the other",))


def _is_plain(start: str) -> bool:
    """Whether what a name begins with names nothing by itself: a place, a general noun."""
    lex = lexicon()
    general = lex.heads | lex.kinds.keys() | lex.nominals.keys()
    return start in {word.lower() for word in general} or start.title() in lex.places


def acquaintances(rows: Iterable[tuple[int, int]]) -> Mapping[int, Collection[int]]:
    """For each name the others of the same articles; rows are names and articles."""
    by_article: defaultdict[int, set[int]] = defaultdict(set)
    for ident, article in rows:
        by_article[article].add(ident)
    beside: defaultdict[int, set[int]] = defaultdict(set)
    for idents in by_article.values():
        for ident in idents:
            beside[ident] |= idents - {ident}
    return beside
