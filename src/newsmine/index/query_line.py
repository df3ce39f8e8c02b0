"""The query line: ``org:"Ofcom" said "age verification" year:2019..2023 -kind:indirect``.

One small grammar, read from left to right; every item of a line must hold:

* ``encryption``, ``"age verification"``: words of the quote, or of the passage around a figure; a
  phrase in double quotation marks. ``said`` before a phrase says the same. ``verif*`` is a
  beginning; ``verfication~`` also takes what scanning makes of a word, or made it of;
* ``near("duty care",5)``: these words, in any order, with at most five others between;
* ``field:value``: see ``FIELDS`` in ``query_fields``. A comma is any of, ``org:ncmec,iwf``; a value
  in double quotation marks may hold spaces and commas. ``org:="Ofcom"`` is the whole name, which
  ``org:ofcom`` is only a word of. ``about:encryption`` is a word of the article;
* ``-`` before any of these leaves out what it finds.

``str()`` of a parsed line is a line that means the same. Words are compared as
``newsmine.index.query`` says; nothing that is typed has another meaning than these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from newsmine.errors import QueryError
from newsmine.index.query import MOST_WORDS, WHOLE, What
from newsmine.index.query_fields import (
    CLAIM_FIELDS,
    FIELDS,
    NAMED,
    QUOTE_FIELDS,
    Text,
    Value,
    check_order,
    nearest_field,
)
from newsmine.index.texts import storable

Match = Literal["phrase", "prefix", "variants", "near"]

BETWEEN = 10
"""Words between those of ``near``, at most, where it does not say how many."""
FARTHEST = 1000
LONGEST = 20_000
"""Characters of a line; a longer one is a text pasted by mistake."""
MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: a phrase (perhaps of one word), a beginning, a word with its
    variants, or several phrases that stand ``near`` each other.
    """

    texts: tuple[str, ...]
    match: Match = "phrase"
    between: int = 0

    def __str__(self) -> str:
        text = self.texts[0]
        if self.match == "near":
            loose = not any(re.search(r"\s", one) for one in self.texts)
            texts = f'"{" ".join(self.texts)}"' if loose else " ".join(f'"{t}"' for t in self.texts)
            return f"near({texts},{self.between})"
        if self.match == "phrase":
            plain = re.fullmatch(r"\w+", text) and text.casefold() not in ("said", "near")
            return text if plain else f'"{text}"'
        return text + ("*" if self.match == "prefix" else "~")


@dataclass(frozen=True, slots=True)
class Words:
    """Terms of which one must occur; ``about`` looks in the whole article."""

    terms: tuple[Term, ...]
    about: bool = False
    excluded: bool = False

    @property
    def name(self) -> str:
        """The field that it belongs to."""
        return "about" if self.about else "said"

    def __str__(self) -> str:
        field = f"{self.name}:" if self.about or len(self.terms) > 1 else ""
        return f"{'-' * self.excluded}{field}{','.join(map(str, self.terms))}"


@dataclass(frozen=True, slots=True)
class Filter:
    """A field with values of which one must hold."""

    name: str
    values: tuple[Value, ...]
    excluded: bool = False

    def __str__(self) -> str:
        return f"{'-' * self.excluded}{self.name}:{','.join(map(str, self.values))}"


Item = Words | Filter


@dataclass(frozen=True, slots=True)
class QueryLine:
    """A line that has been read and checked."""

    items: tuple[Item, ...] = ()

    @property
    def what(self) -> What:
        """The table that it searches: figures if any field is about them, else quotes."""
        return "claims" if self.names() & CLAIM_FIELDS else "quotes"

    def names(self) -> frozenset[str]:
        """The fields in it."""
        return frozenset(item.name for item in self.items)

    def words(self, *, about: bool = False) -> tuple[Words, ...]:
        """What it looks for in the quote, or in the article."""
        return tuple(i for i in self.items if isinstance(i, Words) and i.about is about)

    def filters(self) -> tuple[Filter, ...]:
        """All that are not words."""
        return tuple(item for item in self.items if isinstance(item, Filter))

    def __str__(self) -> str:
        return " ".join(map(str, self.items))


def parse_query(line: str) -> QueryLine:
    """Read a query line.

    Raises:
        QueryError: There is a mistake in it; the error names the place, and what may be meant.
    """
    if len(line) > LONGEST:
        reason = f"is longer than {LONGEST:,} characters"
        raise QueryError("query", reason, "Search for a few words of it")
    parsed = QueryLine(tuple(_Parser(line).items()))
    _check_size(parsed)
    _check_tables(parsed)
    dates = {f.name: v for f in parsed.filters() if not f.excluded for v in f.values}
    since, until = dates.get("since"), dates.get("until")
    if isinstance(since, Text) and isinstance(until, Text):
        check_order(since.text, until.text)
    return parsed


class _Parser:
    """Recursive descent: a method a rule, each takes the characters that are its own."""

    def __init__(self, line: str) -> None:
        plain = re.sub("[\0-\x1f\x7f]", " ", storable(line))
        self.line, self.place, self.start = re.sub("[“”„‟«»]", '"', plain), 0, 0

    def items(self) -> Iterator[Item]:
        """``line = { ["-"] ( near | said | field | term ) }``; signs without a word are skipped."""
        while self.take(r"\s*") and self.place < len(self.line):
            self.start = self.place
            excluded = self.minus()
            if excluded or not self.take(r'[^\w\s"]+(?=\s|$)'):
                yield self.item(excluded=excluded)

    def minus(self) -> bool:
        if not self.take("[-−–]"):
            return False
        if self.at(r"\s|$"):
            raise self.fail("stands alone", "Write it right before what to leave out: -word")
        if self.at("[-−–]"):
            raise self.fail("leaves out what is left out", "Write one -")
        return True

    def item(self, *, excluded: bool) -> Item:
        if self.take(r"(?i:near)\s*\("):
            return Words((self.near(),), excluded=excluded)
        self.take(r'(?i:said)\s+(?=")')
        if field := self.take(r"([^\W\d_][\w-]*):"):
            return self.field(field[1].casefold(), excluded=excluded)
        return Words(self.terms(), excluded=excluded)

    def field(self, name: str, *, excluded: bool) -> Item:
        """``field = NAME ":" value { "," value }``."""
        if name not in FIELDS:
            raise self.fail("is no field", nearest_field(name))
        if name in ("about", "said"):
            return Words(self.terms(name), name == "about", excluded)
        values = [self.value(name)]
        while self.comma(name):
            values.append(self.value(name))
        if len(values) > 1 and not FIELDS[name].several:
            raise self.fail("has several values", f"Give one, as in {FIELDS[name].example}")
        return Filter(name, tuple(dict.fromkeys(values)), excluded)

    def comma(self, name: str) -> bool:
        """Whether another value follows. In numbers a comma is most likely not meant as "or"."""
        digits = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(?![0-9])").search(self.line, self.start)
        if name == "claim" and digits and digits.start() < self.place < digits.end():
            number = digits[0]
            remedy = f"Write {number.replace(',', '')}; for one or the other, the greater one first"
            raise self.fail("has a comma, which means or", remedy)
        return bool(self.take(r"\s*,\s*"))

    def value(self, name: str) -> Value:
        whole = name in NAMED and self.take(f'{WHOLE}(?=")')
        text = self.string() if self.at('"') else self.text(r'[^\s",]+', name)
        return FIELDS[name].read(WHOLE * bool(whole) + " ".join(text.split()), self.fail)

    def text(self, pattern: str, name: str) -> str:
        found = self.take(pattern)
        if not found:
            remedy = f"Write it right behind the colon, as in {FIELDS[name].example}"
            raise self.fail("lacks a value", remedy)
        return found[0]

    def string(self) -> str:
        opened = self.place
        found = self.take(r'"([^"]*)"')
        if not found:
            self.start, self.place = opened, len(self.line)
            raise self.fail("has a quotation mark that is not closed", "Close it, or leave it out")
        return " ".join(found[1].split())

    def terms(self, name: str = "") -> tuple[Term, ...]:
        """``terms = term { "," term }``; a comma that ends a bare word is punctuation."""
        found = [self.term(name)]
        while self.take(r"\s*,\s*" if name else r",(?=[^\s,])"):
            found.append(self.term(name))
        return tuple(dict.fromkeys(found))

    def term(self, name: str) -> Term:
        """``term = STRING | WORD | WORD "*" | WORD "~"``."""
        if self.at('"'):
            return Term((self.worded(self.string()),))
        # The comma of 10,000 is no "or".
        text = self.worded(self.text(r'(?:[^\s",]|(?<=[0-9]),(?=[0-9]))+', name or "said"))
        match = _SIGNS.get(text[-1], "phrase")
        word = text if match == "phrase" else text[:-1]
        if re.search("[*~]", word) or (match != "phrase" and not re.fullmatch(_ONE_WORD, word)):
            remedy = "Put it right behind one word, as in verif* or verification~"
            raise self.fail("has a * or ~ where it says nothing", remedy)
        return Term((word,), match)

    def worded(self, text: str) -> str:
        if not re.search(r"[^\W_]", text):
            raise self.fail("has neither a letter nor a digit", "Give a word to look for")
        return text

    def near(self) -> Term:
        """``near = "near(" text { text } ["," NUMBER] ")"``; a lone text stands for its words."""
        texts = []
        while self.take(r"\s*") and not self.at(r"[,)]|$"):
            text = self.string() if self.at('"') else self.text(r'[^\s",()]+', "said")
            texts.append(self.worded(text))
        if len(texts) == 1:
            texts = [word for word in texts[0].split() if re.search(r"[^\W_]", word)]
        if len(texts) < 2 or any(re.search(r"[*~]", text) for text in texts):
            raise self.fail("needs two whole words", _NEAR_REMEDY)
        between = self.take(r",\s*([0-9]{1,9})\s*(?=\))")
        if not self.take(r"\)"):
            raise self.fail("is not closed, or has no number behind the comma", _NEAR_REMEDY)
        if between and int(between[1]) > FARTHEST:
            raise self.fail("reaches too far", f"Give a number of words up to {FARTHEST:,}")
        return Term(tuple(texts), "near", int(between[1]) if between else BETWEEN)

    def at(self, pattern: str) -> re.Match[str] | None:
        return re.compile(pattern).match(self.line, self.place)

    def take(self, pattern: str) -> re.Match[str] | None:
        found = self.at(pattern)
        if found:
            self.place = found.end()
        return found

    def fail(self, reason: str, remedy: str) -> QueryError:
        """The error about the item that is being read: what stands there, and where, from 1."""
        shown = self.line[self.start : max(self.place, self.start + 1)].strip()
        shown = shown if len(shown) <= SHOWN else shown[:SHOWN] + "…"
        return QueryError(f"{shown!r} at character {self.start + 1} of the query", reason, remedy)


_SIGNS: dict[str, Match] = {"*": "prefix", "~": "variants"}
_ONE_WORD = r"\w[^\s\":()*~,]*"
_NEAR_REMEDY = 'Write near("duty care",5)'
SHOWN = 60
"""Characters of a mistake that an error repeats."""


def _check_size(parsed: QueryLine) -> None:
    if len(parsed.items) > MOST_ITEMS:
        raise QueryError("query", f"has more than {MOST_ITEMS} parts", "Search for fewer")
    words = [term for item in parsed.items if isinstance(item, Words) for term in item.terms]
    texts = [text for term in words for text in term.texts]
    if sum(len(re.findall(r"\w+", text)) for text in texts) > MOST_WORDS:
        raise QueryError("query", f"has more than {MOST_WORDS} words", "Search for fewer")


def _check_tables(parsed: QueryLine) -> None:
    of_claims, of_quotes = parsed.names() & CLAIM_FIELDS, parsed.names() & QUOTE_FIELDS
    if of_claims and of_quotes:
        one, other = min(of_claims), min(of_quotes)
        reason = f"asks for figures by {one}: and for quotes by {other}:"
        raise QueryError("query", reason, f"Leave out {one}: or {other}:")
