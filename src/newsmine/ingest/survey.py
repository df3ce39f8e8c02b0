"""What the articles of a batch teach about each other: their words, and the lines that recur.

A word cut in two by a line end stands whole elsewhere in the batch; a running head stands on every
page. Cleaning asks for both. Counting is deterministic: the same texts give the same survey in
whatever order they come.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsmine.errors import ReadError
from newsmine.types import RawArticle

VERSION = 1

FEWEST_TEXTS = 3
"""Texts that a line must stand in before it is taken for furniture."""

SMALLEST_SHARE = 0.01
"""Of all texts: in a large batch three papers may well print the same subhead."""

EVERYWHERE = 0.05
"""Share of the texts (and ``5``) that a line must stand in where it is not at their edges."""

EDGE = 4
"""Lines from the top and the bottom of a page or article that running heads keep to."""

LONGEST = 100
"""Characters in the longest running line."""

_WORD = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*")
_CUT = re.compile(r"(?<![^\W_])[^\W_]++[-¬\u00ad](?:\s+[^\W\d_]+|\s*$)")
_DIGITS = re.compile(r"\d+")
_FINAL = re.compile(r"[.!?:,;][)\]\"'’”»]*$")
_MARKS = re.compile('[“”‘"]')


def words_of(text: str) -> Iterator[str]:
    """The words and compounds of a text, in lower case; not the parts of those cut by a hyphen."""
    for match in _WORD.finditer(_CUT.sub(" ", text)):
        yield match[0].casefold().replace("’", "'")


def line_key(line: str) -> str | None:
    """What two prints of one running line share: its letters, whatever its case and numbers.

    ``None`` for a line that could be running text: a long one, one that ends as a sentence or goes
    on as one does, one with quotation marks.
    """
    line = line.strip()
    if not 2 <= len(line) <= LONGEST or line[0].islower() or not any(map(str.isalpha, line)):
        return None
    if _FINAL.search(line) or _MARKS.search(line) or line[-1] in "-¬\u00ad":
        return None
    return _DIGITS.sub("#", " ".join(line.split()).casefold())


@dataclass(frozen=True, slots=True)
class Survey:
    """The words of a batch and its recurring lines.

    Attributes:
        words: How often each word or compound stands in it, in lower case; those seen once too.
        lines: The keys (see ``line_key``) of recurring lines, with the texts they stand in.
        texts: How many different texts (articles or pages) were counted.
    """

    words: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    texts: int = 0

    @classmethod
    def of(cls, texts: Iterable[str]) -> Survey:
        """Count the words and lines of texts; a text that is there twice counts once."""
        counter = _Counter()
        for text in texts:
            counter.add(text)
        return counter.survey()

    def count(self, word: str) -> int:
        """How often a word, in lower case, stands in the batch."""
        return self.words.get(word, 0)

    def recurs(self, line: str) -> bool:
        """Whether a line is one that recurs over the batch."""
        key = line_key(line) if self.lines else None
        return key is not None and key in self.lines

    @property
    def sha256(self) -> str:
        """A hash of the whole content, for provenance."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """The survey as JSON, keys sorted, so that equal surveys are equal files."""
        record = {
            "survey": VERSION,
            "texts": self.texts,
            "lines": dict(sorted(self.lines.items())),
            "words": dict(sorted(self.words.items())),
        }
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"

    def save(self, path: str | Path) -> None:
        """Write it to a file."""
        Path(path).write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Survey:
        """Read the file that ``save`` wrote.

        Raises:
            ReadError: It cannot be read, or is no survey.
        """
        try:
            record = json.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ReadError(path, "cannot be read as a survey", _REMEDY) from error
        if not isinstance(record, dict) or record.get("survey") != VERSION:
            raise ReadError(path, "is no survey of this newsmine", _REMEDY)
        if not all(_is_counts(record.get(name)) for name in ("words", "lines")):
            raise ReadError(path, "is a damaged survey", _REMEDY)
        return cls(record["words"], record["lines"], int(record.get("texts", 0)))


_REMEDY = "Make one with: newsmine survey PATH -o survey.json"

NOTHING = Survey()
"""What an article alone teaches before it is read."""


def _is_counts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(count, int) for count in value.values())


def texts_of(article: RawArticle) -> Iterator[str]:
    """The texts that a raw article counts for: its pages, or itself."""
    starts = [page.words[0][0][0] for page in article.pages if page.words]
    if len(starts) < 2:
        yield from article.raw_text.split("\f")
        return
    for start, end in zip(starts, [*starts[1:], len(article.raw_text)], strict=True):
        yield article.raw_text[start:end]


class _Counter:
    """Counts texts one by one."""

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()
        self._lines: Counter[str] = Counter()
        self._edges: Counter[str] = Counter()
        self._seen: set[bytes] = set()

    def add(self, text: str) -> None:
        """Count a text unless it was there before; copies would make all their lines recur."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not lines:
            return
        longest = hashlib.blake2b(max(lines, key=len).casefold().encode("utf-8", "replace"))
        if longest.digest() in self._seen:
            return
        self._seen.add(longest.digest())
        self._words.update(words_of(text))
        keys = [line_key(line) for line in lines]
        self._lines.update({key for key in keys if key})
        self._edges.update({key for key in [*keys[:EDGE], *keys[-EDGE:]] if key})

    def survey(self) -> Survey:
        """What was counted."""
        total = len(self._seen)
        lines = {key: n for key, n in self._lines.items() if self._is_running(key, n, total)}
        return Survey(dict(self._words), lines, total)

    def _is_running(self, key: str, count: int, total: int) -> bool:
        if count < max(FEWEST_TEXTS, SMALLEST_SHARE * total):
            return False
        at_edge = 2 * self._edges[key] >= count
        return at_edge or count >= max(5, EVERYWHERE * total)
