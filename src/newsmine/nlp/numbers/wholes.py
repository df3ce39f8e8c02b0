"""Whole numbers out of tokens: forty-two, 322 hundred, two million three hundred thousand and six.

A chain is a run of number tokens that only joiners part; each method reads from a token on and
says where it stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from newsmine.nlp.numbers.lexer import Token

SMALL = ("unit", "teen", "ty")
_ONE, _HUNDRED = Fraction(1), Fraction(100)


class Read(NamedTuple):
    """A value, and the index of the token after it."""

    value: Fraction
    step: Fraction | None
    end: int
    scale: Fraction = _ONE
    form: str = "number"


class Chain:
    """Tokens that only joiners part, and the grammar of whole numbers over them."""

    def __init__(self, text: str, run: Sequence[Token], gaps: Sequence[str]) -> None:
        self.text, self.run, self.gaps = text, run, gaps

    # What stands between two tokens

    def _role(self, at: int) -> str:
        return self.run[at].role if at < len(self.run) else ""

    def _gap(self, at: int) -> str:
        """The joiner before token ``at``, without its hyphen mark."""
        return self.gaps[at - 1].rstrip("-") if 0 < at < len(self.run) else ""

    def _hyphen(self, at: int) -> bool:
        return 0 < at < len(self.run) and self.gaps[at - 1].endswith("-")

    # Whole numbers

    def _small(self, at: int) -> Read | None:
        """1 to 99: twelve, forty, forty-two."""
        role = self._role(at)
        if role not in SMALL and role != "zero":
            return None
        value = self.run[at].value
        if role == "ty" and self._role(at + 1) == "unit" and self._gap(at + 1) == "space":
            return Read(value + self.run[at + 1].value, _ONE, at + 2)
        return Read(value, _ONE, at + 1)

    def _coefficient(self, at: int) -> Read | None:
        """What can stand before a scale: 322 hundred, two hundred and six, 1,674.5, a hundred."""
        if self._role(at) == "digits":
            token = self.run[at]
            read = Read(token.value, token.step, at + 1)
        elif self._role(at) == "hundred":
            read = Read(_ONE, _ONE, at)
        else:
            small = self._small(at)
            if small is None:
                return None
            read = small
        if self._role(read.end) != "hundred" or (read.end > at and self._gap(read.end) != "space"):
            return read
        step = read.step and read.step * 100
        hundred = Read(read.value * 100, step, read.end + 1, _HUNDRED)
        return self._below_hundred(hundred) or hundred

    def _below_hundred(self, read: Read) -> Read | None:
        """The `and six` of `two hundred and six`, unless it begins a number of its own."""
        if self._gap(read.end) not in ("space", "and"):
            return None
        rest = self._small(read.end)
        if rest is None and self._role(read.end) == "digits":
            token = self.run[read.end]
            fits = token.value.denominator == 1 and 0 < token.value < 100
            rest = Read(token.value, token.step, read.end + 1) if fits else None
        if rest is None or rest.value == 0 or self._role(rest.end) in ("hundred", "dozen"):
            return None
        return Read(read.value + rest.value, _ONE, rest.end)

    def _group(self, at: int) -> Read | None:
        """A coefficient with its scales: three lakh crore, a million, two dozen."""
        if self._role(at) in ("scale", "dozen"):
            read = Read(_ONE, _ONE, at)
        else:
            coefficient = self._coefficient(at)
            if coefficient is None:
                return None
            read = coefficient
        scale, end = _ONE, read.end
        while self._role(end) in ("scale", "dozen") and (end == at or self._gap(end) == "space"):
            scale *= self.run[end].value
            end += 1
        if end == read.end:
            return read
        return Read(read.value * scale, read.step and read.step * scale, end, scale)

    def _whole(self, at: int) -> Read | None:
        """Groups of falling scale: two million three hundred thousand and six."""
        read = self._group(at)
        if read is None:
            return None
        while (joiner := self._gap(read.end)) in ("space", "and"):
            rest = self._group(read.end)
            if rest is None or not self._continues(read, rest, joiner, at):
                break
            read = Read(read.value + rest.value, rest.step, rest.end, rest.scale)
        return read

    def _continues(self, read: Read, rest: Read, joiner: str, at: int) -> bool:
        """Whether two groups are one number, not two (`3 hundred and 2 hundred`)."""
        digits = self._role(read.end) == "digits"
        if rest.value <= 0 or rest.value.denominator != 1:
            return False
        if self._role(rest.end - 1) == "dozen":
            return read.value >= 100 and rest.value < 100
        if read.scale < 1000 or rest.value >= read.scale or (digits and joiner == "and"):
            return False
        if digits and self._role(at) != "digits":
            return False
        # "6 crore and two hundred" is one number, "50 million and three firms" two.
        return joiner == "space" or read.scale < 10**6 or rest.value >= 100

    def _whole_until(self, at: int, split: int) -> Read | None:
        part = Chain(self.text, self.run[at:split], self.gaps[at : split - 1])
        read = part._whole(0)
        return read and Read(read.value, read.step, read.end + at)
