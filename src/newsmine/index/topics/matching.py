"""Which terms of a dictionary occur in a text, and where: one walk over its words.

Terms are a tree of word forms. Most words begin no term, so that a text costs one look-up a word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsmine.index.topics.dictionary import Dictionary, Term, Topic
from newsmine.index.topics.words import HYPHENS, bare, form_of, hyphenated, misread, spans_of
from newsmine.types import Span

_KNOWN = 100_000
_GAP = 9
"""Characters between the halves of a word, at most: a hyphen, a line break, some indent."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that counts in a text; ``words`` counts words, ``span`` characters, end exclusive."""

    term: Term
    span: Span
    words: Span


class _Tree:
    """Phrases as a tree of word forms; the empty form holds what ends there."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}
        self._known: set[str] = set()
        self._prefixes: dict[str, list[str]] = defaultdict(list)
        self._keys: dict[str, tuple[str, ...]] = {}

    def add(self, phrase: str, value: object) -> None:
        for keys in _writings(phrase.split()):
            node = self._root
            for key in keys:
                node = node.setdefault(key, {})
                self._known.add(key)
                if key.endswith("*") and key not in self._prefixes[key[:2]]:
                    self._prefixes[key[:2]].append(key)
            node.setdefault("", []).append(value)

    def find(self, text: str, words: Sequence[Span]) -> Iterator[tuple[Any, Span]]:
        """Each phrase that occurs, with the words that it takes."""
        keys = [self.keys(text[start:end]) for start, end in words]
        for first, here in enumerate(keys):
            # Of a word that a hyphen parts, as at the end of a line, the whole is tried as well.
            if any(key in self._root for key in here) or _parted(text, words, first):
                yield from self._walk(text, words, keys, first, self._root)

    def _walk(
        self,
        text: str,
        words: Sequence[Span],
        keys: Sequence[tuple[str, ...]],
        first: int,
        root: Mapping[str, Any],
    ) -> Iterator[tuple[Any, Span]]:
        stack = [(first, root)]
        while stack:
            place, node = stack.pop()
            for value in node.get("", ()):
                yield value, (first, place)
            if place == len(words):
                continue
            stack += [(place + 1, node[key]) for key in keys[place] if key in node]
            if _parted(text, words, place):
                whole = text[slice(*words[place])] + text[slice(*words[place + 1])]
                stack += [(place + 2, node[key]) for key in self.keys(whole) if key in node]

    def keys(self, word: str) -> tuple[str, ...]:
        """The branches that a word may take."""
        found = self._keys.get(word)
        if found is None:
            if len(self._keys) > _KNOWN:
                self._keys.clear()
            found = self._keys[word] = self._made(word)
        return found

    def _made(self, word: str) -> tuple[str, ...]:
        found = self._fitting(word)
        if not found:
            found = [key for guess in misread(word) for key in self._fitting(guess)]
        return tuple(dict.fromkeys(found))

    def _fitting(self, word: str) -> list[str]:
        form, exact = form_of(word), "=" + bare(word)
        found = [key for key in (form, exact) if key in self._known]
        begun = self._prefixes.get(form[:2], ())
        return found + [key for key in begun if form.startswith(key[:-1])]


def _parted(text: str, words: Sequence[Span], place: int) -> bool:
    """Whether a hyphen joins a word to the next one."""
    if place + 1 == len(words) or text[words[place][1]] not in HYPHENS:
        return False
    near = words[place + 1][0] - words[place][1] <= _GAP
    return near and hyphenated(text, words[place], words[place + 1])


def _writings(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The branches of a phrase: as it is, and with two neighbours joined ("chatroom")."""
    parts = [part for word in words for part in _parts(word)]
    yield tuple(map(_key, parts))
    for place in range(len(parts) - 1):
        if parts[place].isalnum():
            joined = [*parts[:place], parts[place] + parts[place + 1], *parts[place + 2 :]]
            yield tuple(map(_key, joined))


def _parts(word: str) -> list[str]:
    return [word] if word.startswith("=") else [part for part in word.split("-") if part]


def _key(part: str) -> str:
    if part.startswith("="):
        return part.casefold()
    return part.casefold() if part.endswith("*") else form_of(part)


class Matcher:
    """A dictionary made ready to be looked up in texts."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self._tree = _Tree()
        for topic in dictionary.topics:
            for term in topic.terms:
                self._tree.add(term.text, (topic, term))
        for name, words in dictionary.contexts.items():
            for word in words:
                self._tree.add(word, name)
        self._topics = {topic.name: topic for topic in dictionary.topics}

    def hits(self, text: str) -> dict[str, list[Hit]]:
        """For each topic of which a term counts, its hits in the order of the text.

        Of hits of one topic that overlap, the weightiest counts, of such the longest.
        """
        words = spans_of(text)
        places: dict[str, list[int]] = defaultdict(list)
        found: list[tuple[Topic, Hit]] = []
        for value, taken in self._tree.find(text, words):
            if isinstance(value, str):
                places[value].append(taken[0])
            else:
                topic, term = value
                span = words[taken[0]][0], words[taken[1] - 1][1]
                found.append((topic, Hit(term, span, taken)))
        return self._counting(found, places)

    def _counting(
        self, found: Iterable[tuple[Topic, Hit]], places: Mapping[str, Sequence[int]]
    ) -> dict[str, list[Hit]]:
        by_topic: dict[str, list[Hit]] = defaultdict(list)
        for topic, hit in found:
            if not self._fits(hit, hit.term, places):
                continue
            for one in self._with_parents(topic):
                if self._all_near(hit, one.needs, places, self.dictionary.near):
                    by_topic[one.name].append(hit)
        return {name: _weightiest(hits) for name, hits in by_topic.items()}

    def _with_parents(self, topic: Topic) -> Iterator[Topic]:
        seen: set[str] = set()
        name: str | None = topic.name
        while name is not None and name not in seen:
            seen.add(name)
            yield self._topics[name]
            name = self._topics[name].part_of

    def _fits(self, hit: Hit, term: Term, places: Mapping[str, Sequence[int]]) -> bool:
        near = self.dictionary.near if term.near is None else term.near
        away = self.dictionary.away if term.away is None else term.away
        turned_down = any(_near(hit, places.get(name, ()), away) for name in term.unless)
        return not turned_down and self._all_near(hit, term.needs, places, near)

    @staticmethod
    def _all_near(
        hit: Hit, needs: Iterable[str], places: Mapping[str, Sequence[int]], words: int
    ) -> bool:
        return all(_near(hit, places.get(name, ()), words) for name in needs)


def _near(hit: Hit, places: Sequence[int], words: int) -> bool:
    """Whether any of the places lies at most so many words before or behind a hit."""
    first = bisect_left(places, hit.words[0] - words)
    return first < len(places) and places[first] < hit.words[1] + words


def _weightiest(hits: Sequence[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    taken: set[int] = set()
    order = sorted(hits, key=lambda h: (-h.term.weight, h.words[0] - h.words[1], h.words))
    for hit in order:
        words = range(*hit.words)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.words)
