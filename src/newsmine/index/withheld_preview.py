"""What would be withheld, before it is: a name or a set of rules, article by article.

It looks at what an index shows, so a name that is withheld already is not told again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from newsmine.index.articles import extraction_of
from newsmine.index.database import Database
from newsmine.index.journal import Journal
from newsmine.index.withheld import KIND, articles_with, folded, withheld_by
from newsmine.index.withheld_forms import name_of
from newsmine.index.withheld_names import Finder
from newsmine.index.withheld_rules import find
from newsmine.types import Article, Extraction, Span

LOOKED_AT = 300
"""Articles that are read for a preview, the newest first: a second's work."""
_PASSAGES = 3
"""Of one article."""
_AROUND = 60
"""Characters on either side of a name."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A name, as it is printed, between the words around it."""

    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """What would be replaced in one article: how often in its text, and the first passages.

    ``names`` are those that a rule finds; empty where one name was asked for.
    """

    article: str
    headline: str | None
    outlet: str | None
    published: str | None
    count: int
    passages: tuple[Passage, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The articles that would change, of ``looked_at`` that were read of ``total`` in question."""

    articles: tuple[Hidden, ...]
    looked_at: int
    total: int

    @property
    def count(self) -> int:
        """How often a name would be replaced in their texts."""
        return sum(one.count for one in self.articles)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that rules find, each once, in order."""
        return tuple(sorted({name for one in self.articles for name in one.names}))


def of_name(database: Database, name: str, *, most: int = LOOKED_AT) -> Preview:
    """What withholding a name would replace."""
    return _preview(database, _newest(database, articles_with(database, [name])), [name], most)


def of_rule(database: Database, rule: str, *, most: int = LOOKED_AT) -> Preview:
    """What withholding whom a set of rules finds would replace, in the articles that have them."""
    kept = withheld_by(Journal(database).in_force(KIND)).kept

    def found(extraction: Extraction) -> list[str]:
        names = (one.name for one in find(extraction, {rule}))
        return [name for name in names if folded(name) not in kept]

    numbers = _newest(database, None)
    extractions = (extraction_of(database, number) for number in numbers[:most])
    hidden = (_hidden(one.article, names, names) for one in extractions if (names := found(one)))
    return Preview(tuple(hidden), min(most, len(numbers)), len(numbers))


def _preview(database: Database, numbers: list[int], names: list[str], most: int) -> Preview:
    articles = (extraction_of(database, number).article for number in numbers[:most])
    hidden = (_hidden(article, names) for article in articles)
    shown = tuple(one for one in hidden if one.count or one.passages)
    return Preview(shown, min(most, len(numbers)), len(numbers))


def _newest(database: Database, numbers: Iterable[int] | None) -> list[int]:
    ordered = "SELECT number FROM articles ORDER BY published DESC, number DESC"
    wanted = None if numbers is None else set(numbers)
    found = (int(row[0]) for row in database.rows(ordered))
    return [number for number in found if wanted is None or number in wanted]


def _hidden(article: Article, names: Iterable[str], found: Iterable[str] = ()) -> Hidden:
    finder = Finder(article, [name for name in map(name_of, names) if name.words])
    spans = finder.spans(article.text)
    passages = tuple(islice(_passages(article.text, spans), _PASSAGES))
    if not passages and article.raw:
        # What cleaning took out of the text is masked in the raw one.
        passages = tuple(
            islice(_passages(article.raw.raw_text, finder.spans(article.raw.raw_text)), _PASSAGES)
        )
    return Hidden(
        article.id,
        article.headline,
        article.outlet,
        article.published,
        len(spans),
        passages,
        tuple(found),
    )


def _passages(text: str, spans: Iterable[Span]) -> Iterator[Passage]:
    for start, end in spans:
        around = (
            slice(max(0, start - _AROUND), start),
            slice(start, end),
            slice(end, end + _AROUND),
        )
        yield Passage(*(_one_line(text[part]) for part in around))


def _one_line(text: str) -> str:
    """White space as single blanks, those at both ends as well: words must not run together."""
    return re.sub(r"\s+", " ", text)
