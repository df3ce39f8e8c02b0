"""What is withheld from an index: judgements, the names they come to, and the articles they touch.

A judgement of the kind "withhold" is about a name or a set of rules; with the decision "keep" it
says of a name that rules found that it is not to be withheld. See ``withheld_names`` for what
becomes of a name and ``withheld_rules`` for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from newsmine.index.database import Database
from newsmine.index.journal import Judgement
from newsmine.index.query import phrase_expression
from newsmine.index.variants import misreadings
from newsmine.index.withheld_forms import Name, name_of
from newsmine.index.withheld_rules import find
from newsmine.types import Extraction

KIND = "withhold"


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is withheld by the judgements in force: names, what rules find, all but some names."""

    names: tuple[str, ...] = ()
    rules: frozenset[str] = field(default_factory=frozenset)
    kept: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.names or self.rules)


def withheld_by(judgements: Iterable[Judgement]) -> Withheld:
    """What judgements in force come to; of two about one name, the later one holds."""
    names: dict[str, bool] = {}
    rules = set()
    for judgement in judgements:
        if judgement.kind != KIND:
            continue
        if "rule" in judgement.subject:
            rules.add(judgement.subject["rule"])
        else:
            names[judgement.subject["name"]] = not judgement.decision.get("keep")
    kept = frozenset(folded(name) for name, wanted in names.items() if not wanted)
    return Withheld(tuple(n for n, wanted in names.items() if wanted), frozenset(rules), kept)


def folded(name: str) -> str:
    """What two ways of typing one name have in common."""
    return " ".join(name.casefold().split())


def note_found(
    database: Database, number: int, extraction: Extraction, withheld: Withheld
) -> set[str]:
    """Write down which names the rules find in an article; those that are new to the index.

    Only full names count for the other articles: "Molly" is many people.
    """
    known = set(full_names(database))
    database.execute("DELETE FROM withheld WHERE article = ?", (number,))
    for found in find(extraction, withheld.rules) if withheld.rules else ():
        if folded(found.name) not in withheld.kept:
            row = {"rule": found.rule, "name": found.name, "passage": found.passage}
            database.insert("withheld", [{"article": number} | row])
    return set(full_names(database)) - known


def full_names(database: Database) -> list[str]:
    """The full names that rules found, in whatever article."""
    rows = database.rows("SELECT DISTINCT name FROM withheld WHERE name LIKE '% %' ORDER BY name")
    return [row[0] for row in rows]


def names_for(database: Database, number: int, withheld: Withheld) -> list[Name]:
    """The names to withhold from one article."""
    here = database.rows("SELECT name FROM withheld WHERE article = ?", (number,))
    texts = dict.fromkeys([*withheld.names, *full_names(database), *(row[0] for row in here)])
    return [name for name in map(name_of, texts) if name.words]


def articles_with(database: Database, names: Collection[str]) -> set[int]:
    """Articles that may print one of these names, in whatever spelling, and all that are sealed."""
    found = {int(row[0]) for row in database.rows("SELECT article FROM sealed WHERE replaced >= 0")}
    for name in names:
        word = re.findall(r"\w+", name)[-1]
        spellings = (word, *misreadings(word))
        match = " OR ".join(map(phrase_expression, spellings))
        sql = "SELECT rowid FROM article_words WHERE article_words MATCH ?"
        found |= {int(row[0]) for row in database.rows(sql, (match,))}
        # What cleaning took out of a text is still in the raw one.
        raw = "lower(coalesce(raw_text, '') || path)"
        sql = f"SELECT number FROM articles WHERE instr({raw}, ?) > 0"
        found |= {int(row[0]) for row in database.rows(sql, (word.lower(),))}
    return found
