"""The word lists behind speakers, read once from ``data/speakers_*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True)
class Title:
    """A word before a name: whether it tells the gender, stays in the name, or is a post."""

    word: str
    gender: Gender | None
    keep: bool
    role: bool


@dataclass(frozen=True, slots=True)
class Nominal:
    """What a noun such as "charity" can stand for: kinds of organisation, by name heads.

    ``itself``: without a name that ends in the noun it names itself ("the government").
    """

    only: frozenset[str]
    barred: frozenset[str]
    itself: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All closed word lists; lower case unless the case tells something."""

    titles: Mapping[str, Title]
    first_names: Mapping[str, Gender | None]
    nominals: Mapping[str, tuple[Nominal, ...]]
    heads: frozenset[str]
    inner: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    products: frozenset[str]
    firms: frozenset[str]
    known: frozenset[str]
    posts: Mapping[str, str]
    seats: frozenset[str]
    parties: Mapping[str, str]
    party_names: Mapping[str, tuple[str, ...]]
    party_letters: Mapping[str, str]
    documents: frozenset[str]
    said_by: frozenset[str]
    published_by: tuple[str, ...]
    roles: frozenset[str]
    government: frozenset[str]
    not_government: frozenset[str]
    past: frozenset[str]
    staff: frozenset[str]
    offices: frozenset[str]
    stops: frozenset[str]
    outsiders: frozenset[str]
    jobs: frozenset[str]
    openers: frozenset[str]
    aimed: frozenset[str]
    local: frozenset[str]
    spokes: frozenset[str]
    anonymous: frozenset[str]
    anonymous_plural: frozenset[str]
    genders: Mapping[str, Gender]
    groups: frozenset[str]
    group_names: frozenset[str]
    quantities: tuple[str, ...]
    asked: re.Pattern[str]
    not_names: frozenset[str]
    dates: frozenset[str]
    things: frozenset[str]
    honours: frozenset[str]
    common: frozenset[str]
    places: frozenset[str]
    adjectives: frozenset[str]

    def role_at_end(self, words: list[str]) -> int:
        """How many of the last words make a role noun ("chief executive" 2), 0 for none."""
        for count in (6, 5, 4, 3, 2, 1):
            if count <= len(words) and " ".join(words[-count:]).lower() in self.roles:
                return count
        parent = words[-1].lower().partition("-of-") if words else ("", "", "")
        return 1 if parent[1] and parent[0] in self.anonymous else 0

    def gender_of(self, phrase: str) -> Gender | None:
        """The gender that a noun in the phrase tells, if the nouns agree."""
        found = {self.genders[w] for w in re.findall(r"\w+", phrase.lower()) if w in self.genders}
        return found.pop() if len(found) == 1 else None


def data(name: str) -> dict[str, Any]:
    """One of the data files, parsed."""
    path = resources.files("newsmine.data").joinpath(f"speakers_{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _lower(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _titles(entries: list[dict[str, Any]]) -> dict[str, Title]:
    return {
        word: Title(word, entry.get("gender"), entry["keep"], entry.get("role", False))
        for entry in entries
        for word in entry["words"]
    }


def _first_names(table: Mapping[str, Any]) -> dict[str, Gender | None]:
    names: dict[str, Gender | None] = dict.fromkeys(table["m"]["words"].split(), "m")
    for name in table["f"]["words"].split():
        names[name] = None if name in names else "f"
    return names | dict.fromkeys(table["both"]["words"].split())


def _nominals(entries: list[dict[str, Any]]) -> dict[str, tuple[Nominal, ...]]:
    out: dict[str, tuple[Nominal, ...]] = {}
    for entry in entries:
        only, barred = (frozenset(entry.get(key, ())) for key in ("only", "barred"))
        sense = Nominal(only, barred, entry.get("itself", False))
        for word in entry["words"]:
            out[word] = (*out.get(word, ()), sense)
    return out


def _parties(entries: list[dict[str, Any]]) -> dict[str, str]:
    """Every printed form of a party with the key of the party."""
    return {
        form.lower(): (form if entry.get("separate") else entry["words"][0]).lower()
        for entry in entries
        for form in entry["words"]
    }


def _party_names(entries: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """For the key of each party its forms, the preferred ones first."""
    return {
        entry["words"][0].lower(): tuple(entry["words"])
        for entry in entries
        if not entry.get("separate")
    }


_COMMON = (
    *("document", "said_by", "roles", "anonymous", "anonymous_plural"),
    *("plural", "spokes", "past"),
)
_ALSO_NAMES = {"labour", "parliament", "government", "treasury"}


@cache
def lexicon() -> Lexicon:
    """The word lists; the first call reads the files."""
    org, people, groups, grammar = map(data, ("organisations", "people", "groups", "grammar"))
    documents = data("documents")
    words = {
        name: _lower(table["words"])
        for part in (people, documents, groups, grammar)
        for name, table in part.items()
    }
    heads = frozenset(org["heads"]["words"])
    nominals = _nominals(org["nominal"])
    genders: dict[str, Gender] = dict.fromkeys(words["female"], "f")
    return Lexicon(
        titles=_titles(data("titles")["title"]),
        first_names=_first_names(data("first_names")),
        nominals=nominals,
        heads=heads,
        inner=frozenset(org["inner"]["words"]),
        kinds={kind: frozenset(heads) for kind, heads in org["kinds"].items()},
        known=frozenset(org["known"]["words"]),
        firms=_lower(org["firms"]["words"]),
        products=_lower(org["products"]["words"]),
        posts={word: entry["kind"] for entry in org["post"] for word in entry["words"]},
        seats=frozenset(org["seats"]["words"]),
        parties=_parties(org["party"]),
        party_names=_party_names(org["party"]),
        party_letters={s: e["words"][0] for e in org["party"] for s in e.get("letters", ())},
        documents=words["document"],
        said_by=words["said_by"],
        published_by=tuple(documents["published_by"]["words"]),
        roles=words["roles"],
        government=words["government"],
        not_government=_lower(people["government"]["never_with"]),
        past=words["past"],
        staff=words["staff"],
        offices=words["offices"],
        stops=words["stops"],
        outsiders=words["outsiders"],
        jobs=words["jobs"],
        openers=words["openers"],
        aimed=words["aimed"],
        local=words["local"],
        spokes=words["spokes"],
        anonymous=words["anonymous"],
        anonymous_plural=words["anonymous_plural"],
        genders=genders | dict.fromkeys(words["male"], "m"),
        groups=words["plural"],
        group_names=frozenset(groups["plural"]["words"]) | {"Members", "Officials", "Lords"},
        quantities=tuple(groups["quantity"]["words"]),
        asked=re.compile("|".join(map(re.escape, groups["asked"]["words"])), re.IGNORECASE),
        not_names=frozenset(grammar["not_names"]["words"]),
        dates=frozenset(grammar["dates"]["words"]),
        common=frozenset(nominals).union(*(words[kind] for kind in _COMMON)) - _ALSO_NAMES,
        honours=frozenset(grammar["honours"]["words"]),
        things=frozenset(grammar["things"]["words"]) | heads,
        places=frozenset(grammar["places"]["words"]),
        adjectives=frozenset(grammar["adjectives"]["words"]),
    )
