"""Full text on a server that finds what the file finds.

Words are made by the tokenizer of the file itself, SQLite's FTS5 in memory, so that accents,
apostrophes and stems are the same to the letter. A row of words holds them twice: each word once as
a ``tsvector`` for the index, and all in their order as a plain text, on which phrases are looked
for. (A ``tsvector`` forgets places beyond the 16,383rd and the 256th of a word, so that phrases
late in a long article would be missed.)
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

LONGEST = 500
"""Letters of a word in the index; a ``tsvector`` takes 2,046 bytes of each."""
_MOST_BYTES = 1_000_000
"""Of all words of a row; a ``tsvector`` takes no more. What is beyond is not found."""

Value = Callable[[object], str]
"""Takes a value of a statement; gives the sign that stands for it."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A table of words: of which rows, by which key, which columns, and whether words are stems."""

    base: str
    key: str
    columns: tuple[str, ...]
    stems: bool = True


TABLES: Mapping[str, Worded] = MappingProxyType(
    {
        "article_words": Worded("articles", "number", ("headline", "standfirst", "text")),
        "quote_words": Worded("attributions", "id", ("quote",)),
        "claim_words": Worded("claims", "id", ("context",)),
        "counted_words": Worded("claims", "id", ("counted",)),
        "speaker_names": Worded("speakers", "id", ("name",), stems=False),
        "organisation_names": Worded("organisations", "id", ("name",), stems=False),
        "outlet_names": Worded("outlets", "id", ("name",), stems=False),
    }
)


class Tokenizer:
    """FTS5 in memory: makes words of texts, and marks what an expression finds in them."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False
        )
        for name, stems in (("stems", True), ("words", False)):
            self._make(name, "text, content = ''", stems=stems)
            sql = f"CREATE VIRTUAL TABLE {name}_in USING fts5vocab ({name}, instance)"
            self._connection.execute(sql)

    def _make(self, name: str, columns: str, *, stems: bool) -> None:
        tokenizer = "porter " * stems + "unicode61 remove_diacritics 2"
        sql = f"CREATE VIRTUAL TABLE {name} USING fts5 ({columns}, tokenize = '{tokenizer}')"
        self._connection.execute(sql)

    def words(self, texts: Sequence[str | None], *, stems: bool) -> list[list[str]]:
        """The words of each text, in their order."""
        table = "stems" if stems else "words"
        made: list[list[str]] = [[] for _ in texts]
        run = self._connection.execute
        run("BEGIN")
        for number, text in enumerate(texts):
            run(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", (number, text))
        for number, word in run(f"SELECT doc, term FROM {table}_in ORDER BY doc, offset"):
            made[number].append(word)
        run("ROLLBACK")
        return made

    def marked(
        self, rows: Iterable[Sequence[object]], worded: Worded, match: str, marks: tuple[str, str]
    ) -> list[tuple[int, str]]:
        """Ids with their texts, with marks before and behind each hit; columns joined by a space.

        Args:
            rows: Each an id and its texts.
            worded: The table that they are of.
            match: An expression of FTS5.
            marks: What to put before and behind.
        """
        columns = [f"c{number}" for number, _ in enumerate(worded.columns)]
        run = self._connection.execute
        run("BEGIN")
        self._make("shown", ", ".join(columns), stems=worded.stems)
        holes = ", ".join("?" * (len(columns) + 1))
        for row in rows:
            run(f"INSERT INTO shown (rowid, {', '.join(columns)}) VALUES ({holes})", tuple(row))
        sql = f"SELECT rowid, {highlighting('shown', len(columns))} FROM shown WHERE shown MATCH ?"
        found: list[tuple[int, str]] = run(sql, (*marks * len(columns), match)).fetchall()
        run("ROLLBACK")
        return found


def highlighting(table: str, columns: int) -> str:
    """The columns of a table of FTS5 as one text with marks, in SQL; takes the marks for each."""
    each = (f"coalesce(highlight({table}, {number}, ?, ?), '')" for number in range(columns))
    return " || ' ' || ".join(each)


def plain_of(columns: Iterable[Sequence[str]]) -> str:
    """Words of the columns of a row as they are stored."""
    return " " + " | ".join(" ".join(words) for words in columns) + " "


def vector_of(columns: Iterable[Sequence[str]]) -> str:
    """Words of a row as a ``tsvector`` without places, in its own notation."""
    each = dict.fromkeys(word[:LONGEST] for words in columns for word in words)
    vector = " ".join(f"'{word}'" for word in each)
    while len(vector.encode()) > _MOST_BYTES:
        vector = vector[: len(vector) * 9 // 10].rpartition(" ")[0]
    return vector


# An expression of FTS5, as newsmine.index.conditions and query make them.


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other; of the last perhaps only its beginning."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases with at most so many words between."""

    phrases: tuple[Phrase, ...]
    between: int


@dataclass(frozen=True, slots=True)
class Joined:
    """All of some parts, or any."""

    parts: tuple[Part, ...]
    all: bool


Part = Phrase | Near | Joined

_TOKEN = re.compile(r'\s*("(?:[^"]|"")*"|AND|OR|NEAR\(|[(),*]|[0-9]+)\s*')


def parse(match: str, tokenizer: Tokenizer, *, stems: bool) -> Part:
    """Read an expression; AND binds closer than OR."""
    tokens = _TOKEN.findall(match)
    texts = [token[1:-1].replace('""', '"') for token in tokens if token[0] == '"']
    words = iter(tokenizer.words(texts, stems=stems))
    return _Reader(tokens, words).any_of()


class _Reader:
    def __init__(self, tokens: list[str], words: Iterator[list[str]]) -> None:
        self._tokens, self._words = tokens[::-1], words

    def _take(self, token: str) -> bool:
        found = bool(self._tokens) and self._tokens[-1] == token
        if found:
            self._tokens.pop()
        return found

    def any_of(self) -> Part:
        parts = [self._all_of()]
        while self._take("OR"):
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else Joined(tuple(parts), all=False)

    def _all_of(self) -> Part:
        parts = [self._one()]
        while self._take("AND"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Joined(tuple(parts), all=True)

    def _one(self) -> Part:
        if self._take("("):
            part = self.any_of()
            self._take(")")
            return part
        if self._take("NEAR("):
            phrases = []
            while not self._take(","):
                phrases.append(self._phrase())
            near = Near(tuple(phrases), int(self._tokens.pop()))
            self._take(")")
            return near
        return self._phrase()

    def _phrase(self) -> Phrase:
        self._tokens.pop()
        words = tuple(next(self._words))
        return Phrase(words, prefix=self._take("*"))


def phrases_of(part: Part) -> tuple[Phrase, ...]:
    """All phrases of an expression that have words."""
    if isinstance(part, Phrase):
        return (part,) if part.words else ()
    parts = part.phrases if isinstance(part, Near) else part.parts
    return tuple(phrase for one in parts for phrase in phrases_of(one))


def condition(table: str, part: Part, value: Value) -> str:
    """What an expression asks of the rows of a table of words, in SQL."""
    query = _query(part)
    if query is None:
        return "FALSE"
    found = f"{table}.words @@ {value(query)}::tsquery"
    return found if _is_exact(part) else f"({found} AND {_plainly(table, part, value)})"


def _query(part: Part) -> str | None:
    """The ``tsquery`` that finds at least all that is meant; None finds nothing, as in FTS5."""
    if isinstance(part, Phrase):
        return _query_of(part)
    parts: Sequence[Part] = part.phrases if isinstance(part, Near) else part.parts
    found = [_query(one) for one in parts]
    known = [one for one in found if one is not None]
    if isinstance(part, Joined) and not part.all:
        return f"({' | '.join(known)})" if known else None
    return f"({' & '.join(known)})" if len(known) == len(found) else None


def _query_of(phrase: Phrase) -> str | None:
    if not phrase.words:
        return None
    last = len(phrase.words) - 1
    words = (
        f"'{word[:LONGEST]}'" + ":*" * (phrase.prefix and number == last)
        for number, word in enumerate(phrase.words)
    )
    return f"({' & '.join(words)})"


def _is_exact(part: Part) -> bool:
    """Whether the index of words says all."""
    if isinstance(part, Phrase):
        return not part.words or (len(part.words) == 1 and len(part.words[0]) <= LONGEST)
    return isinstance(part, Joined) and all(map(_is_exact, part.parts))


def _plainly(table: str, part: Part, value: Value) -> str:
    """The same asked of the plain text."""
    if isinstance(part, Phrase):
        return f"strpos({table}.plain, {value(stretch(part))}) > 0" if part.words else "FALSE"
    if isinstance(part, Near):
        phrases = ", ".join(f"{value(stretch(one))}::text" for one in part.phrases)
        return f"near({table}.plain, ARRAY[{phrases}], {part.between})"
    sign = " AND " if part.all else " OR "
    return f"({sign.join(_plainly(table, one, value) for one in part.parts)})"


def stretch(phrase: Phrase) -> str:
    """How a phrase stands in a plain text."""
    return f" {' '.join(phrase.words)}" + " " * (not phrase.prefix)
