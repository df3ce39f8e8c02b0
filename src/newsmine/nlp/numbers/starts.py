"""Many patterns over one text, each tried only where it can begin.

A pattern that opens with a lookbehind makes ``re`` try every character; with fifty of them that was
two thirds of the grammar's time. Here a text's places (starts of words and of digits, marks) are
walked once, and at each only the patterns are tried that can begin with its first characters.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import product
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

Characters = frozenset[str]
Opening = tuple[Characters, ...]
"""What the first characters of a match can be; fewer where a match can be shorter."""

_WORDS = r"(?<![^\W\d_])[^\W\d_]+|(?<!\d)\d+"
_MARKS = frozenset(string.punctuation)
_DEPTH = 5
_REST = "\x80"
"""Stands for all characters beyond ASCII."""
_ANY = frozenset(map(chr, range(128))) | {_REST}
_BLANK = frozenset(string.whitespace) | {_REST}
_CATEGORIES = {
    ops.CATEGORY_DIGIT: frozenset(string.digits) | {_REST},
    ops.CATEGORY_WORD: frozenset(string.ascii_letters + string.digits + "_") | {_REST},
    ops.CATEGORY_SPACE: _BLANK,
}
_ZERO_WIDTH = (ops.AT, ops.ASSERT, ops.ASSERT_NOT)


class Late:
    """A pattern that is compiled when it is first tried: most articles need half of them."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self.flags)

    @property
    def match(self) -> Callable[[str, int, int], re.Match[str] | None]:
        """As of a compiled pattern."""
        return self.compiled.match

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """As of a compiled pattern."""
        return self.compiled.finditer(text, *span)


Pattern: TypeAlias = "re.Pattern[str] | Late"


def openings(pattern: Pattern) -> set[Opening]:
    """What the matches of a pattern can begin with."""
    found = _of_sequence(parser.parse(pattern.pattern, pattern.flags))
    return _both_cases(found) if pattern.flags & re.IGNORECASE else found


def _of_sequence(parsed: Any) -> set[Opening]:
    found: set[Opening] = {()}
    for op, argument in parsed:
        if op in _ZERO_WIDTH:
            continue
        if all(len(one) == _DEPTH for one in found):
            break
        found = _joined(found, _of_item(op, argument))
    return found


def _joined(left: set[Opening], right: set[Opening]) -> set[Opening]:
    return {(a + b)[:_DEPTH] for a, b in product(left, right)}


def _of_item(op: Any, argument: Any) -> set[Opening]:
    if op is ops.LITERAL:
        return {(frozenset({_character(argument)}),)}
    if op is ops.IN:
        return {(_of_class(argument),)}
    if op is ops.BRANCH:
        return set().union(*map(_of_sequence, argument[1]))
    if op is ops.SUBPATTERN:
        found = _of_sequence(argument[3])
        return _both_cases(found) if argument[1] & re.IGNORECASE else found
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        return _of_repeat(argument[0], argument[1], _of_sequence(argument[2]))
    # Anything else may be of any length.
    return {(), (_ANY,), (_ANY, _ANY)}


def _of_repeat(least: int, most: int, once: set[Opening]) -> set[Opening]:
    found: set[Opening] = {()} if least == 0 else set()
    times: set[Opening] = {()}
    for count in range(1, min(most, _DEPTH) + 1):
        times = _joined(times, once)
        if count >= min(least, _DEPTH):
            found |= times
    return found


def _of_class(items: Any) -> Characters:
    found: set[str] = set()
    for op, argument in items:
        if op is ops.LITERAL:
            found.add(_character(argument))
        elif op is ops.RANGE:
            found |= {_character(code) for code in range(argument[0], min(argument[1], 128) + 1)}
        elif op is ops.CATEGORY and argument in _CATEGORIES:
            found |= _CATEGORIES[argument]
        else:
            return _ANY
    return frozenset(found)


def _character(code: int) -> str:
    return chr(code) if code < 128 else _REST


def _both_cases(found: set[Opening]) -> set[Opening]:
    return {tuple(map(_in_any_case, opening)) for opening in found}


def _in_any_case(found: Characters) -> Characters:
    both = found | {c.lower() for c in found} | {c.upper() for c in found}
    return both | {_REST} if found & _TO_REST else both


_TO_REST = frozenset("iIkKsS")
"""Letters that are also others beyond ASCII when case is ignored: U+0130, U+212A, U+017F."""


_Entry: TypeAlias = tuple[int, Pattern, tuple[Opening, ...]]
_Tried = tuple[tuple[int, Callable[[str, int, int], re.Match[str] | None]], ...]
_REMEMBERED = 20_000
_BEYOND = re.compile(r"[^\x00-\x7f]")


class _ByPair(dict[str, tuple[_Entry, ...]]):
    """What can begin with two characters, worked out when they are first met.

    Of all pairs that could be, an article has a hundredth: to work them all out beforehand took a
    quarter of a second of each cold start.
    """

    def __init__(self, entries: Sequence[_Entry]) -> None:
        super().__init__()
        self._entries = entries

    def __missing__(self, pair: str) -> tuple[_Entry, ...]:
        found = ((n, pattern, _tails(pair, all_of)) for n, pattern, all_of in self._entries)
        self[pair] = kept = tuple((n, pattern, tails) for n, pattern, tails in found if tails)
        return kept


class _ByOpening(dict[str, _Tried]):
    """What to try at the characters of a place, worked out when they are first met."""

    def __init__(self, by_pair: _ByPair, idle: frozenset[int]) -> None:
        super().__init__()
        self._by_pair, self._idle = by_pair, idle

    def __missing__(self, opening: str) -> _Tried:
        if len(self) > _REMEMBERED:
            self.clear()
        # At the text's end a blank is as good as no character.
        wanted = opening.ljust(_DEPTH)
        self[opening] = tried = tuple(
            (number, pattern.match)
            for number, pattern, tails in self._by_pair[wanted[:2]]
            if number not in self._idle and any(_fits(wanted[2:], tail) for tail in tails)
        )
        return tried


def _fits(rest: str, tail: Opening) -> bool:
    return all(character in allowed for character, allowed in zip(rest, tail, strict=True))


class Patterns:
    """Patterns that are looked for together.

    Args:
        patterns: The patterns.
        needs: By a pattern's number, pieces of text in small letters without which it cannot match.
    """

    def __init__(self, patterns: Sequence[Pattern], needs: Mapping[int, Sequence[str]]) -> None:
        self._needs = dict(needs)
        self._wide: list[tuple[int, Pattern]] = []
        entries: list[_Entry] = []
        self._by_opening: dict[frozenset[int], _ByOpening] = {}
        marks: set[str] = set()
        behind_blank: set[str] = set()
        for number, pattern in enumerate(patterns):
            found = openings(pattern)
            behind = [_behind_blank(one) for one in found]
            if any(each >= _ANY for each in behind):
                # What may begin with any blank, or with nothing, can begin anywhere.
                self._wide.append((number, pattern))
                continue
            behind_blank.update(*behind)
            whole = tuple((*one, *[_ANY] * _DEPTH)[:_DEPTH] for one in found)
            marks.update(*(one[0] & _MARKS for one in whole))
            entries.append((number, pattern, whole))
        self._by_pair = _ByPair(entries)
        self._places = _places(marks, behind_blank)

    def find(
        self, text: str, *stretches: tuple[int, int], reach: int = 0
    ) -> Iterator[tuple[int, re.Match[str]]]:
        """The matches that begin in stretches of a text, as ``finditer`` gives them.

        Args:
            text: The text.
            stretches: Where each begins and ends, in order.
            reach: How many characters behind a stretch a match may still take.

        Yields:
            The pattern's number and the match; matches of one pattern do not overlap.
        """
        if not stretches:
            return
        begin, close = stretches[0][0], min(len(text), stretches[-1][1] + reach)
        tried = self._tried(text[begin:close])
        opened = _BEYOND.sub(_REST, text[begin : close + _DEPTH])
        for start, last in stretches:
            end = min(len(text), last + reach)
            for number, pattern in self._wide:
                for match in pattern.finditer(text, start, end):
                    yield number, match
            reached: dict[int, int] = {}
            for at in [place.start() for place in self._places.finditer(text, start, last)]:
                for number, match_at in tried[opened[at - begin : at - begin + _DEPTH]]:
                    if (found := match_at(text, at, end)) and reached.get(number, 0) <= at:
                        reached[number] = found.end()
                        yield number, found

    def _tried(self, text: str) -> _ByOpening:
        """What to try where, without the patterns whose needed pieces a text lacks."""
        idle: frozenset[int] = frozenset()
        if self._needs:
            has = text.lower().__contains__
            idle = frozenset(n for n, needed in self._needs.items() if not any(map(has, needed)))
        if idle not in self._by_opening:
            self._by_opening[idle] = _ByOpening(self._by_pair, idle)
        return self._by_opening[idle]


def _behind_blank(opening: Opening) -> Characters:
    """What can follow the blank that a match begins with; anything, where little is known."""
    if not opening:
        return _ANY
    if not opening[0] & _BLANK - {_REST}:
        return frozenset()
    return opening[1] if len(opening) > 1 else _ANY


def _places(marks: Set[str], behind_blank: Set[str]) -> re.Pattern[str]:
    """Starts of words and of digits, the given marks, and blanks before the given characters."""
    # Beyond ASCII all characters are one.
    found = [_WORDS, rf"[{_REST}-\U0010ffff](?<![\w\s])"]
    if marks:
        found.append(f"[{_listed(marks)}]")
    if behind_blank:
        beyond = rf"{_REST}-\U0010ffff" if _REST in behind_blank else ""
        found.append(rf"\s(?=[{_listed(behind_blank - {_REST})}{beyond}])")
    return re.compile("|".join(found))


def _listed(characters: Set[str]) -> str:
    return "".join(map(re.escape, sorted(characters)))


def _tails(pair: str, found: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The characters that can follow two first ones."""
    first, second = pair[0], pair[1]
    return tuple({one[2:]: None for one in found if first in one[0] and second in one[1]})
