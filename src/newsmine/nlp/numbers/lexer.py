"""Characters to number tokens: digits in their printed styles, and number words.

Every regex here has one way to match at a position, so that a line of any length costs linear
time; repeated groups are bounded by separators that cannot match elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from newsmine.nlp.numbers.lexicon import (
    NumberWord,
    alternatives,
    currency_codes,
    number_words,
    suffixes,
)

_UNICODE_PARTS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
    "⅞": (7, 8),
}  # fmt: skip
_VULGAR = "".join(_UNICODE_PARTS)
_THIN = "\u00a0\u2009\u202f"
_PLAIN = str.maketrans("OolI·", "0011.", f", {_THIN}")
_ONE = Fraction(1)

# An OCR letter may stand for a digit where grouping or a currency sign says that digits are meant:
# `1,2OO`, `l,200`, `£l2m`; a zero cannot come first. A raised point is an old decimal point.
_DIGITS = rf"""
    (?P<mixed>    (?:\d{{1,3}}(?:,\d{{3}}){{1,9}}|\d{{1,12}})[ {_THIN}]{{0,2}}
                  (?:[{_VULGAR}]|(?<=[ {_THIN}])\d{{1,3}}/\d{{1,3}}(?![\d/])) )
  | (?P<indian>   \d{{1,2}}(?:,\d\d){{1,8}},\d{{3}}(?:\.\d+)?(?![\d,]) )
  | (?P<grouped>  [\dlI][\dOolI]{{0,2}}(?:,[\dOolI]{{3}}(?![\dOolI])){{1,9}}(?:\.\d+)? )
  | (?P<lettered> (?<=[£$€])(?:[lI]\d[\dOolI]*|\d+[OolI][\dOolI]*)(?:\.\d+)?(?![\dOolI]) )
  | (?P<spaced>   \d{{1,3}}(?:[ {_THIN}]\d{{3}}(?!\d)){{1,9}}(?:\.\d+)? )
  | (?P<dotted>   \d{{1,3}}(?:\.\d{{3}}){{1,9}},\d{{1,2}}(?!\d) )
  | (?P<vulgar>   [{_VULGAR}] )
  | (?P<slashed>  (?<![/\d])(?<!\d-)\d{{1,4}}/\d{{1,4}}(?![\d/]) )
  | (?P<comma>    (?<!,)\d{{1,15}},\d{{1,2}}(?![\d,]) )
  | (?P<decimal>  (?<!\d\.)\d+[.·]\d+(?!\.?\d) )
  | (?P<integer>  \d+ )
  | (?P<bare>     (?<![\d)])\.\d+ )
"""
_STYLES: tuple[str, ...] = ("integer", *re.findall(r"\?P<(?!integer)(\w+)>", _DIGITS))
"""The style that most figures have, then the others."""
_POWER = r"(?:\^[-+]{0,2}\d{1,3}(?!\d)|[eE][-+]?\d{1,2}(?![\w])|x10\^[-+]?\d{1,2}(?!\d))?"
_SIGN = rf"(?:(?<![^\s(\[$£€])[-−](?=\.?\d|[{_VULGAR}])|\A\s{{0,3}}-\s{{1,2}}(?=\d))?"


class Token(NamedTuple):
    """One number word or string of digits. ``step`` is the unit of its last printed digit."""

    start: int
    end: int
    role: str
    value: Fraction
    step: Fraction | None
    text: str


class Candidate(NamedTuple):
    """Where a figure can begin: digits (``word`` empty) or a known word in small letters."""

    start: int
    end: int
    word: str


_PLACES = re.compile(
    r"(?P<letter>(?<!\w)[lI](?=[\dOolI]{0,2},(?=[OolI]{0,2}\d)[\dOolI]{3}(?!\w))|(?<=[£$€])[lI](?=\d))"
    rf"|(?P<digits>[\d{_VULGAR}][\d.,]*|\.(?=\d))|[^\W\d_]+"
)
_LONGEST_DIGITS = 40


def candidates(text: str, known: Container[str]) -> list[Candidate]:
    """The places of a text where a figure can begin, in one cheap pass over its words."""
    return [
        Candidate(match.start(), match.end(), word)
        for match in _PLACES.finditer(text)
        if not (word := "" if match.lastgroup else match[0].lower()) or word in known
    ]


@cache
def _digits_pattern() -> re.Pattern[str]:
    digits = rf"(?P<sign>{_SIGN})(?:{_DIGITS})(?P<power>{_POWER})"
    return re.compile(digits, re.VERBOSE)


@cache
def _suffix() -> re.Pattern[str]:
    glued, spaced = alternatives(suffixes(spaced=False)), alternatives(suffixes(spaced=True))
    return re.compile(rf"(?:{glued})(?!\w)|\s{{1,2}}(?:{spaced})(?![\w'’.-])")


def tokens(text: str, places: Sequence[Candidate]) -> Iterator[Token]:
    """The number tokens at the given places, in order; words inside other words are left out."""
    known = number_words()
    reached = 0
    for place in places:
        if place.end <= reached:
            continue
        if place.word:
            found = _word(text, place, known)
        else:
            found = None
            at = max(place.start, reached)
            while found is None and at < place.end:
                found = _digits(text, at)
                if found is None:
                    at = _next_digit(text, at, place.end)
                else:
                    at = found.end
                    yield found
                    reached, found = found.end, None
                    at = _digit_from(text, at, place.end)
            continue
        if found:
            yield found
            reached = found.end


def _word(text: str, place: Candidate, known: Mapping[str, NumberWord]) -> Token | None:
    entry = known.get(place.word)
    if entry is None:
        return None
    before = text[place.start - 1] if place.start else " "
    after = text[place.end] if place.end < len(text) else " "
    if before.isalnum() or before in "_'’" or after.isalnum() or after == "_":
        return None
    value = Fraction(entry.value)
    return Token(place.start, place.end, entry.role, value, _ONE, place.word)


def _digit_from(text: str, at: int, end: int) -> int:
    while at < end and not (text[at].isdigit() or text[at] in _VULGAR):
        at += 1
    return at


def _next_digit(text: str, at: int, end: int) -> int:
    """Past digits or a fraction that are no number (glued to a name, or absurdly long)."""
    at += 1
    while at < end and text[at].isdigit():
        at += 1
    return _digit_from(text, at, end)


def _after_code(text: str, start: int) -> bool:
    """`USD115`: letters glued before digits are a currency code, not a name."""
    code = text[max(0, start - 3) : start]
    free = start < 4 or not text[start - 4].isalnum()
    return code.isupper() and free and code in currency_codes()


def _digits(text: str, at: int) -> Token | None:
    """The digits at a place with sign, power and scale letters; None where they name something."""
    before = text[at - 1] if at else " "
    if (before.isalpha() or before == "_") and not _after_code(text, at):
        return None
    match = _signed(text, at) or _digits_pattern().match(text, at)
    if match is None or match.end() - match.start() > _LONGEST_DIGITS:
        return None
    style = _style(match)
    value, step = _read(style, match[style])
    value, step = _raised(value, step, match["power"])
    sign = match["sign"]
    if sign:
        value = -value
    end, scale = match.end(), _suffix().match(text, match.end())
    if scale and not match["power"]:
        factor = suffixes(spaced=False)[scale[0].strip()]
        value, end = value * factor, scale.end()
        step = step and step * factor
    start = match.start() + len(sign) - len(sign.lstrip())
    return Token(start, end, "digits", value, step, text[start:end])


def _signed(text: str, at: int) -> re.Match[str] | None:
    """The digits with a minus before them: `-1` anywhere, `- 1` where the text begins."""
    if at and text[at - 1] in "-−":
        match = _digits_pattern().match(text, at - 1)
    elif 0 < at < 6 and text[:at].strip() == "-":
        match = _digits_pattern().match(text, 0)
    else:
        return None
    return match if match and match["sign"] else None


def _style(match: re.Match[str]) -> str:
    return next(style for style in _STYLES if match[style] is not None)


def _read(style: str, printed: str) -> tuple[Fraction, Fraction | None]:
    """The value of digits in one printed style, and the unit of their last digit."""
    if style in ("mixed", "vulgar", "slashed"):
        return _read_parts(printed), None
    if style in ("dotted", "comma"):
        printed = printed.replace(".", "").replace(",", ".")
    plain = printed.translate(_PLAIN)
    whole, _, decimals = plain.partition(".")
    if not decimals:
        return Fraction(int(whole)), _ONE
    return Fraction(plain), Fraction(1, 10 ** len(decimals))


def _read_parts(printed: str) -> Fraction:
    """`2 1/4`, `2½`, `3/4`; a zero denominator reads as the numerator."""
    whole = re.match(r"[\d,]+(?![\d/])", printed)
    rest = printed[whole.end() :].strip() if whole else printed
    if rest in _UNICODE_PARTS:
        part = Fraction(*_UNICODE_PARTS[rest])
    else:
        above, _, below = rest.partition("/")
        part = Fraction(int(above), int(below) or 1)
    return part + (int(whole[0].replace(",", "")) if whole else 0)


def _raised(value: Fraction, step: Fraction | None, power: str) -> tuple[Fraction, Fraction | None]:
    """`1.1^23`, `1.3e6`, `1.3x10^6`; doubled signs cancel out."""
    if not power:
        return value, step
    digits = power.lower().removeprefix("x10")
    exponent = int(re.sub(r"\D", "", digits)) * (-1) ** (digits.count("-") % 2)
    if digits[0] == "^" and not power.lower().startswith("x"):
        return (value**exponent if value else value), None
    return value * Fraction(10) ** exponent, None
