"""Names of children and victims, as texts mark them: the rules of ``data/withheld_rules.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from newsmine.types import Extraction, Span

RuleSet = Literal["children", "victims"]
SETS: tuple[RuleSet, ...] = ("children", "victims")

AROUND = 60
"""Characters of the passage on either side of a name."""
_NEAR = 200
"""Characters within which somebody is said to speak under their name."""
_OWN_NAME = re.compile(
    r"waiv\w+ (?:her|his|their) (?:right to |legal )?(?:lifelong )?anonymity|"
    r"\b(?:bereaved|campaigner|campaigns|campaigning)\b"
)
_WORD = r"[A-Z](?:[a-z]+|['’][A-Z][a-z]+|[A-Z]*[a-z]+)(?:-[A-Z][a-z]+)?"
_MORE = rf"(?: (?:{_WORD}|[A-Z]\.?|Mc[A-Z][a-z]+))"
_AGES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_AGE = "(?:1[0-7]|[1-9]|" + "|".join([*_AGES.split(), "sixteen", "seventeen"]) + ")"
_FIELDS = {
    "name": rf"(?P<name>{_WORD}{_MORE}{{0,2}})(?![\w’'-]*\w)",
    "full": rf"(?P<name>{_WORD}{_MORE}{{1,2}})(?![\w’'-]*\w)",
    "age": rf"{_AGE}(?![\w%/:]|[.,]\d|-|\s(?:per|million|billion|years? (?:ago|later|in)|[A-Z]))",
    "years": rf"(?<![\d.,-]){_AGE}",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A name that a rule found, and the words around it."""

    rule: RuleSet
    name: str
    passage: str


def find(extraction: Extraction, sets: Collection[str]) -> tuple[Found, ...]:
    """The names in an article that rules of these sets find, each once."""
    text = " ".join(extraction.article.text.split())
    places = {
        extraction.article.text[slice(*m.span)] for m in extraction.mentions if m.label != "PERSON"
    }
    found: dict[str, Found] = {}
    for rule, pattern in _rules():
        if rule not in sets:
            continue
        for match in pattern.finditer(text):
            name = _without_openers(match["name"].rstrip("."))
            if not _is_name(name) or name in places or _is_own(text, match.span("name")):
                continue
            around = text[max(0, match.start() - AROUND) : match.end() + AROUND]
            found.setdefault(name, Found(rule, name, around))
    return tuple(found.values())


def _without_openers(name: str) -> str:
    """A name without a word that is capitalised only because it opens a sentence."""
    first, _, rest = name.partition(" ")
    return rest if first in _lists()["openers"] and rest else name


def _is_name(name: str) -> bool:
    words = [word.rstrip(".") for word in name.split()]
    return not any(word in _lists()[which] for word in words for which in ("no_names", "openers"))


def _is_own(text: str, span: Span) -> bool:
    """Whether somebody speaks under their own name, as the text says."""
    near = text[span[1] : span[1] + _NEAR].partition(". ")[0]
    before = text[max(0, span[0] - 40) : span[0]]
    return bool(_OWN_NAME.search(near) or re.search(r"(?i)campaigner,? $|bereaved \w+ $", before))


@cache
def _data() -> dict[str, Any]:
    path = files("newsmine.data").joinpath("withheld_rules.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _data()["lists"].items()}


@cache
def _rules() -> tuple[tuple[RuleSet, re.Pattern[str]], ...]:
    words = {name: f"(?:{value})" for name, value in _data()["words"].items()}
    fields = {**_FIELDS, **words}
    return tuple((rule["of"], _compiled(rule["pattern"], fields)) for rule in _data()["rule"])


def _compiled(pattern: str, fields: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{([a-z]+)\}", lambda match: fields[match[1]], pattern))
