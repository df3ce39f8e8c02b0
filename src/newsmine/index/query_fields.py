"""The fields of a query line, ``org:ofcom year:2019..2023``: what each takes, and what it means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import get_args

from newsmine.errors import QueryError
from newsmine.index.query import WHOLE, iso_date, latest
from newsmine.types import AttributionKind, ClaimForm, SpeakerType

Fail = Callable[[str, str], QueryError]
"""Makes the error for a value, from a reason and a remedy; it knows the place in the line."""


@dataclass(frozen=True, slots=True)
class Text:
    """A name, some words, a choice, or a date as the index writes it."""

    text: str

    def __str__(self) -> str:
        if re.fullmatch(r"[^\s\",*~]+", self.text):
            return self.text
        sign, name = re.fullmatch(f"({WHOLE}?)(.*)", self.text, re.DOTALL).groups()  # type: ignore[union-attr]
        return f'{sign}"{name}"'


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from ``low`` to ``high``; a bound that is None is open, one not ``closed`` is left
    out itself. Of whole years where the field is ``year``.
    """

    low: Fraction | None
    high: Fraction | None
    closed: bool = True

    def __str__(self) -> str:
        if not self.closed:
            sign, bound = (">", self.low) if self.low is not None else ("<", self.high)
            return f"{sign}{decimal(bound)}"
        if self.low == self.high:
            return decimal(self.low)
        return f"{decimal(self.low)}..{decimal(self.high)}"


def decimal(number: Fraction | None) -> str:
    """A number as it was typed, without thousands marks; None is empty."""
    if number is None:
        return ""
    if number.denominator == 1:
        return str(number.numerator)
    places = next(n for n in range(1, 400) if (number * 10**n).denominator == 1)
    sign, digits = "-" * (number < 0), str(abs(number.numerator) * 10**places // number.denominator)
    digits = digits.rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


Value = Text | Range


@dataclass(frozen=True, slots=True)
class Field:
    """A field: how its values are read, an example, and whether it takes several."""

    read: Callable[[str, Fail], Value]
    example: str
    several: bool = True


def _name(text: str, fail: Fail) -> Text:
    if text.endswith(("*", "~")):
        raise fail(f"ends in {text[-1]}, which only words of a quote can", "Leave it out")
    if not re.search(r"[^\W_]", text):
        raise fail("has neither a letter nor a digit", "Give a name or word")
    return Text(text)


def _choice(text: str, fail: Fail, *, known: tuple[str, ...]) -> Text:
    chosen = text.casefold().replace(" ", "_").replace("-", "_")
    if chosen not in known:
        raise fail("is unknown", f"{did_you_mean(chosen, known)}Take one of {', '.join(known)}")
    return Text(chosen)


_UNIT_SIGNS = {"%": "per cent", "percent": "per cent", "£": "GBP", "$": "USD", "€": "EUR"}


def _unit(text: str, fail: Fail) -> Text:
    return _name(_UNIT_SIGNS.get(text.casefold(), text), fail)


def _date(text: str, fail: Fail) -> Text:
    try:
        return Text(iso_date("date", text))
    except QueryError as error:
        raise fail(error.reason, error.remedy) from error


_YEAR_REMEDY = "Write year:2019 or year:2019..2023; for a day, since:2019-05-03"


def _year(text: str, fail: Fail) -> Range:
    match = re.fullmatch(r"([1-9][0-9]{3})?(\.\.)?([1-9][0-9]{3})?", text)
    if not match or not (match[1] or match[3]) or (match[1] and match[3] and not match[2]):
        raise fail("is no year", _YEAR_REMEDY)
    low, high = (Fraction(year) if year else None for year in match.group(1, 3))
    return _range(low, high if match[2] else low, fail)


_SCALES = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9}
_NUMBER = r"([-+]?[0-9]{1,30}(?:\.[0-9]{1,30})?)(k|m|bn)?"


def _number(text: str, fail: Fail, *, name: str, example: str) -> Range:
    plain = re.sub(r"\s", "", text.casefold())
    compared = re.fullmatch(rf"([<>])(=?){_NUMBER}", plain)
    if compared:
        number = Fraction(compared[3]) * _SCALES[compared[4] or ""]
        low, high = (number, None) if compared[1] == ">" else (None, number)
        return Range(low, high, closed=bool(compared[2]))
    low_text, dots, high_text = plain.partition("..")
    low = _bound(low_text, fail, example)
    high = _bound(high_text, fail, example) if dots else low
    if low is None and high is None:
        raise fail("has no number", f"Write {name}:{example}")
    return _range(low, high, fail)


def _bound(text: str, fail: Fail, example: str) -> Fraction | None:
    if not text:
        return None
    match = re.fullmatch(_NUMBER, text)
    if match is None:
        remedy = f"Write digits, as in {example}; 2m is two million"
        if text.endswith("%"):
            remedy = f"Write {text[:-1]} form:share"
        elif text[0] in "£$€":
            remedy = f"Write {text[1:]} unit:{text[0]}"
        raise fail("is no number", remedy)
    return Fraction(match[1]) * _SCALES[match[2] or ""]


def _range(low: Fraction | None, high: Fraction | None, fail: Fail) -> Range:
    if low is not None and high is not None and low > high:
        raise fail("runs backwards", f"Write {decimal(high)}..{decimal(low)}")
    return Range(low, high)


def _share(text: str, fail: Fail) -> Range:
    value = _number(text, fail, name="confidence", example=">0.8")
    if any(bound is not None and not 0 <= bound <= 1 for bound in (value.low, value.high)):
        raise fail("is no confidence", "It is a number from 0 to 1, as in confidence:>0.8")
    return value


ONCE = Text("once")
"""Of the prints of one saying that a line finds, the first: ``printed:once``."""


def _printed(text: str, fail: Fail) -> Value:
    if text.casefold() == "once":
        return ONCE
    value = _number(text, fail, name="printed", example=">5")
    if value.high is not None and value.high < 1:
        raise fail("is less than once", "Write printed:>5, or printed:once for each saying once")
    return value


def _one_of(choices: object) -> Callable[[str, Fail], Text]:
    return partial(_choice, known=get_args(choices))


WIRE = ("copy", "first", "same", "revised")
"""A later print of a text, the first of such a one; of later prints, those of one kind alone."""

_figure = partial(_number, name="claim", example=">100000")
FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "org": Field(_name, "org:ofcom"),
        "speaker": Field(_name, 'speaker:"Jane Doe"'),
        "role": Field(_name, 'role:"head of policy"'),
        "type": Field(_one_of(SpeakerType), "type:person"),
        "kind": Field(_one_of(AttributionKind), "kind:direct"),
        "outlet": Field(_name, "outlet:guardian"),
        "year": Field(_year, "year:2019..2023"),
        "since": Field(_date, "since:2019-05", several=False),
        "until": Field(_date, "until:2019-05-03", several=False),
        "about": Field(_name, "about:encryption"),
        "topic": Field(_name, "topic:grooming"),
        "said": Field(_name, 'said:"age checks"'),
        "claim": Field(_figure, "claim:>100000"),
        "unit": Field(_unit, 'unit:"per cent"'),
        "form": Field(_one_of(ClaimForm), "form:share"),
        "counted": Field(_name, "counted:reports"),
        "confidence": Field(_share, "confidence:>0.8"),
        "printed": Field(_printed, "printed:>5"),
        "wire": Field(partial(_choice, known=WIRE), "wire:copy"),
        "checked": Field(
            partial(_choice, known=("yes", "no", "corrected")), "checked:yes,corrected"
        ),
    }
)
CLAIM_FIELDS = frozenset({"claim", "unit", "form", "counted"})
"""A line with one of them searches figures."""
NAMED = frozenset({"org", "speaker", "outlet"})
"""Fields of names; ``=`` before one wants all of it."""
QUOTE_FIELDS = frozenset({"kind", "confidence", "printed"})
"""Of quotes alone."""

_INSTEAD = {
    **dict.fromkeys(("organisation", "organization", "body", "group"), "org"),
    **dict.fromkeys(("source", "person", "name", "who", "by"), "speaker"),
    **dict.fromkeys(("paper", "newspaper", "publication"), "outlet"),
    **dict.fromkeys(("date", "published", "years"), "year"),
    **dict.fromkeys(("after", "from"), "since"),
    **dict.fromkeys(("before", "to"), "until"),
    **dict.fromkeys(("text", "quote", "content", "words"), "said"),
    **dict.fromkeys(("article", "headline"), "about"),
    **dict.fromkeys(("subject", "theme", "topics"), "topic"),
    **dict.fromkeys(("figure", "value", "number"), "claim"),
    **{"title": "role", "job": "role", "score": "confidence"},
}
"""What people type for a field that is called otherwise."""


def nearest_field(name: str) -> str:
    """The remedy for a name that is no field: which may be meant, and all there are."""
    instead = _INSTEAD.get(name)
    meant = f"Did you mean {instead}:? " if instead else did_you_mean(name, tuple(FIELDS), ":")
    return f"{meant}Fields are {', '.join(FIELDS)}; put it in quotation marks to search for it"


def did_you_mean(typed: str, known: Sequence[str], sign: str = "") -> str:
    """A question that offers the known word most like the typed one; empty if none is."""
    near = difflib.get_close_matches(typed[:40], known, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}{sign}? " if near else ""


def check_order(since: str, until: str) -> None:
    """Refuse a ``since:`` that is later than the ``until:``.

    Raises:
        QueryError: It is.
    """
    if since > latest(until):
        raise QueryError(f"since:{since}", f"is later than until:{until}", "Swap them")
