"""Many patterns over one text, each tried only where it can begin.

A pattern that opens with a lookbehind makes ``re`` try every character; with fifty of them that was
two thirds of the grammar's time. Here a text's places (starts of words and of digits, marks) are
walked once, and at each only the patterns are tried that can begin with its three characters.
"""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Characters = frozenset[str]
Opening = tuple[Characters, ...]
"""What the first characters of a match can be; fewer where a match can be shorter."""

_PLACES = re.compile(r"(?<![^\W\d_])[^\W\d_]|(?<!\d)\d|[^\w\s]|_")
_DEPTH = 3
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


def openings(pattern: re.Pattern[str]) -> set[Opening]:
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


_Entry = tuple[int, re.Pattern[str], Characters]
_Tried = tuple[tuple[int, Callable[[str, int, int], re.Match[str] | None]], ...]
_REMEMBERED = 20_000
_BEYOND = re.compile(r"[^\x00-\x7f]")


class _ByThree(dict[str, _Tried]):
    """What to try at three characters, worked out when they are first met."""

    def __init__(self, by_pair: Mapping[str, Sequence[_Entry]]) -> None:
        super().__init__()
        self._by_pair = by_pair

    def __missing__(self, three: str) -> _Tried:
        # At the text's end a blank is as good as no character.
        first, second, third = three.ljust(_DEPTH)
        entries = self._by_pair.get(first + second, ())
        if len(self) > _REMEMBERED:
            self.clear()
        self[three] = tried = tuple((n, p.match) for n, p, thirds in entries if third in thirds)
        return tried


class Patterns:
    """Patterns that are looked for together.

    Args:
        patterns: The patterns.
        needs: By a pattern's number, pieces of text in small letters without which it cannot match.
    """

    def __init__(
        self, patterns: Sequence[re.Pattern[str]], needs: Mapping[int, Sequence[str]]
    ) -> None:
        self._needs = dict(needs)
        self._wide: list[tuple[int, re.Pattern[str]]] = []
        self._by_opening: defaultdict[str, list[_Entry]] = defaultdict(list)
        for number, pattern in enumerate(patterns):
            found = openings(pattern)
            if any(not one or one[0] & _BLANK - {_REST} for one in found):
                # What may begin with a blank, or with nothing, can begin anywhere.
                self._wide.append((number, pattern))
                continue
            for pair, third in _thirds(found).items():
                self._by_opening[pair].append((number, pattern, third))
        self._tried = _ByThree(self._by_opening)

    def find(
        self, text: str, start: int, last: int, *, reach: int = 0
    ) -> Iterator[tuple[int, re.Match[str]]]:
        """The matches that begin between two places, as ``finditer`` gives them.

        Args:
            text: The text.
            start: The first place.
            last: The end of the places.
            reach: How many characters behind it a match may still take.

        Yields:
            The pattern's number and the match; matches of one pattern do not overlap.
        """
        end = min(len(text), last + reach)
        for number, pattern in self._wide:
            for match in pattern.finditer(text, start, end):
                yield number, match
        lower = text[start:end].lower() if self._needs else ""
        idle = (n for n, needed in self._needs.items() if not any(map(lower.__contains__, needed)))
        reached = dict.fromkeys(idle, end)
        openings = _BEYOND.sub(_REST, text[start : last + _DEPTH])
        tried = self._tried
        for place in _PLACES.finditer(text, start, last):
            at = place.start()
            for number, match_at in tried[openings[at - start : at - start + _DEPTH]]:
                if reached.get(number, 0) <= at and (found := match_at(text, at, end)):
                    reached[number] = found.end()
                    yield number, found


def _thirds(found: set[Opening]) -> dict[str, Characters]:
    """The third characters after each pair of first ones."""
    out: dict[str, Characters] = {}
    for one in found:
        first, second, third = (*one, *[_ANY] * _DEPTH)[:_DEPTH]
        for pair in map("".join, product(first, second)):
            out[pair] = out.get(pair, frozenset()) | third
    return out
