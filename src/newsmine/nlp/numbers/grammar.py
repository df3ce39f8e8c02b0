"""The number grammar: every figure in a text with its exact value, its interval and its kind.

Negatives first: an age, a date or a house number is found before anything is made of its digits,
and comes back as a typed mention. The grammar works on characters, since `11-`, `3bn` and
`1-in-4` do not survive a tokeniser; it is pure and needs no model.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Literal, get_args

from newsmine.nlp.numbers.bounds import bounds, find_approximator
from newsmine.nlp.numbers.factors import Factor, factor_words, find_factors, times_after
from newsmine.nlp.numbers.fractions_of import part_of_unit
from newsmine.nlp.numbers.joins import Figure, join_figures, listed_names
from newsmine.nlp.numbers.lexer import candidates
from newsmine.nlp.numbers.lexicon import alternatives, number_words, plain_letters, read_data
from newsmine.nlp.numbers.traps import Trap, TrapIndex, find_traps
from newsmine.nlp.numbers.units import dress
from newsmine.nlp.numbers.words import Numeral, scan_numerals
from newsmine.types import Span

QuantityKind = Literal[
    "count", "money", "percent", "points", "fraction", "ratio", "rate", "multiple", "occasions",
    "duration", "measure", "rank", "vague",
]  # fmt: skip
MentionKind = Literal[
    "age", "date", "year", "time", "phone", "law", "page", "name", "address", "score", "ordinal",
    "compound", "plan", "url", "denominator",
]  # fmt: skip
QUANTITIES: frozenset[str] = frozenset(get_args(QuantityKind))
"""The kinds that can be claims; every other kind is a mention that claims nothing."""

_STRONG = ("money", "percent", "points", "multiple")
_PER_UNITS = (
    r"second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|annum|decade|head"
    r"|person|capita|child|pupil|household|share|barrel|tonne|ounce|gallon|litre|unit|user|game"
    r"|season|shift|term|sheet|copy|machine|ticket|piece|mile|transaction|call|text|message"
)
_PER = re.compile(
    rf"(?P<lead>(?:\s[a-z][\w'’-]{{0,24}}){{0,6}}?)[\s-](?P<per>(?:a|an|per|each|every)[\s-](?:{_PER_UNITS})"
    r"(?:\sper\s(?:day|week|month|year))?(?!\w)"
    r"|(?:per|for\severy)\s(?:\d[\d,]{0,12}|hundred|thousand|million)(?:\s(?:people|children|pupils|births|deaths"
    r"|live\sbirths|households|users|population|residents|women|men|head|adults))?"
    r"|(?:annually|yearly|monthly|weekly|daily|nightly|hourly)(?=\s?[.,;:)]|\s(?:to|for|in|on|from|and|by|with"
    r"|of|or|at|since|under|over)(?!\w)|\s?\Z))(?!\w)",
    re.IGNORECASE,
)
_TIMELY = re.compile(
    r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|annum|decade|term)\Z"
)
_POPULATION = re.compile(r"(?:per|for\severy)\s(?:\d|hundred|thousand|million)")
_NOT_PER = re.compile(
    r"(?<!\w)(?:in|within|for|after|once|than|over|of|during|twice|times|and|or|about|by|with|since|"
    r"under|before|last|was|were|that|until|to|from)\Z",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"an?[\s-]{1,3}", re.IGNORECASE)
_EVERY = re.compile(r"(?<!\w)(?:every|each)\s\Z", re.IGNORECASE)
_EACH_YEAR = re.compile(
    r"(?<!\w)(?P<per>(?:every|each)\s(?:hour|day|night|week|month|year)),?\s\Z", re.IGNORECASE
)
_AS_MANY = re.compile(
    r"\sas\s(?:many|much|big|large|likely|high|long|often|fast)(?P<again>\sagain)?(?!\w)"
)
_OF_A_PERCENT = re.compile(r"\s(?:of\s)?(?:an?|one|1)\sper\s?cent(?!\w)", re.IGNORECASE)
_PERCENT_OF = re.compile(
    r"(?:\A|[.,;:(]\s|(?<!\w)(?:the|what|which|is|a)\s)per\s?cents?\sof\s\Z", re.IGNORECASE
)
_BARE_PERCENT = re.compile(r"(?<![\w%])(?:percent(?:age)?|%)(?![\w%]|s?\s(?:points?|of\s[\d]))")


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as printed.

    ``span`` covers it with currency, per cent, scale and unit, without approximator or noun;
    ``extent`` with approximator and rate. Per cent values are as printed (25), a fraction is a
    fraction (1/3), a range has ``low`` and ``high`` and no ``value``. ``low`` and ``high`` come
    from the printed precision and the approximator; ``None`` is no bound. ``unit`` is a currency
    code, "per cent", "minutes", …; ``per`` the rate's denominator as printed ("a week").
    """

    span: Span
    kind: str
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str | None = None
    approximator: str | None = None
    per: str | None = None
    direction: str | None = None
    extent: Span = (0, 0)

    @property
    def is_quantity(self) -> bool:
        """Whether it can be a claim; ages, dates, names and the like are not."""
        return self.kind in QUANTITIES


def parse_numbers(text: str) -> list[Number]:
    """Every figure of a text, in order, not overlapping; ages, dates and names as typed mentions.

    Needs no model. ``[n for n in parse_numbers(text) if n.is_quantity]`` leaves the mentions out.

    Args:
        text: Any text; spans count its characters, end exclusive.

    Returns:
        Numbers by start. See :class:`Number` for conventions.

    Raises:
        TypeError: ``text`` is no string.
    """
    if not isinstance(text, str):
        raise TypeError(f"parse_numbers takes a text, not {type(text).__name__}")
    text = plain_letters(text)
    places = candidates(text, _words())
    numerals = scan_numerals(text, places) if places else []
    factors = list(find_factors(text, places)) if places else []
    if not numerals and not factors:
        return _bare_percents(text, []) if "%" in text or "percent" in text else []
    traps = TrapIndex(find_traps(text, [numeral.span for numeral in numerals]))
    figures = [_figure(text, numeral, traps) for numeral in numerals if numeral.form != "plural"]
    joined = join_figures(text, listed_names(text, figures))
    numbers = [_number(text, figure) for figure in joined]
    taken = _without_overlap(numbers, [_from_factor(text, factor, traps) for factor in factors])
    return _bare_percents(text, taken) if "ercent" in text or "%" in text else taken


@cache
def _words() -> frozenset[str]:
    return frozenset(number_words()) | factor_words()


# From numeral to figure: what it is


def _figure(text: str, numeral: Numeral, traps: TrapIndex) -> Figure:
    dressed = dress(text, numeral)
    kind, span, value = dressed.kind or _bare_kind(text, numeral), dressed.span, dressed.value
    unit, step = dressed.unit, dressed.step
    if dressed.kind is None and (times := times_after(text, span[1])):
        span, kind, unit = (span[0], times[0]), times[1], "times"
    elif dressed.kind is None and _PERCENT_OF.search(text[max(0, span[0] - 20) : span[0]]):
        kind, unit = "percent", "per cent"
    elif kind == "fraction" and (many := _AS_MANY.match(text, span[1])):
        kind, unit, value = "multiple", "times", value + (1 if many["again"] else 0)
    elif kind == "fraction" and (one := _OF_A_PERCENT.match(text, span[1])):
        span, kind, unit = (span[0], one.end()), "percent", "per cent"
    elif kind == "fraction" and (part := part_of_unit(text, span, value)):
        span, value, unit, kind = part
    trap = traps.holding(_without_article(text, numeral.span))
    if trap and (
        kind not in _STRONG
        or trap.kind == "url"
        or _glued_name(text, numeral, trap.kind)
        or (trap.kind == "name" and _names_all(trap, numeral.span, span))
    ):
        return Figure(trap.span, trap.kind, value, None)
    if kind == "count" and _is_name(text, numeral.span):
        kind = "name"
    return Figure(span, kind, value, step, unit, after=dressed.after)


def _without_article(text: str, span: Span) -> Span:
    """`a 40`, `a hundred`: a trap may begin behind the article."""
    match = _ARTICLE.match(text, *span)
    return (match.end(), span[1]) if match else span


def _names_all(trap: Trap, numeral: Span, dressed: Span) -> bool:
    """`the rapper 50 Cent`, `720p video`: digits and unit are the name; not in `USD115`."""
    return trap.span[0] == numeral[0] == dressed[0] < numeral[1] < dressed[1] <= trap.span[1]


def _glued_name(text: str, numeral: Numeral, kind: str) -> bool:
    return kind in ("phone", "time") and "%" not in text[numeral.span[1] : numeral.span[1] + 2]


def _is_name(text: str, span: Span) -> bool:
    """Letters behind the digits that no unit explains (`5Rights`), or a code: `012234`."""
    printed = text[slice(*span)]
    after = text[span[1] : span[1] + 1]
    if printed[0] == "0" and printed.isdigit() and len(printed) > 1:
        return True
    return after.isalpha() and printed[-1].isdigit()


def _bare_kind(text: str, numeral: Numeral) -> str:
    printed = text[slice(*numeral.span)].lower()
    if numeral.form == "fraction":
        return "fraction" if _reads_as_part(text, numeral.span) else "ordinal"
    if numeral.form == "ratio":
        return "ratio"
    if numeral.step is None and 0 < numeral.value < 1:
        # `3/4` and `¾` print no precision, as `a third` does not.
        return "fraction"
    if printed.startswith(("dozens", "doz")) or _loose(text, numeral.span, printed):
        return "vague"
    return "count"


@cache
def _lists() -> tuple[re.Pattern[str], re.Pattern[str]]:
    followers = [w for entry in read_data("numbers_words")["followers"] for w in entry["words"]]
    loose = [w for entry in read_data("numbers_multiples")["loose"] for w in entry["words"]]
    return (
        re.compile(rf"\s{{1,2}}(?:{alternatives(followers)}|[a-z]{{2,14}}ed)(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{alternatives(loose)})\s\Z", re.IGNORECASE),
    )


def _loose(text: str, span: Span, printed: str) -> bool:
    """`several hundred`, `a few thousand`: no number is printed."""
    if not printed.startswith(("hundred", "thousand", "million", "billion", "dozen")):
        return False
    return bool(_lists()[1].search(text, max(0, span[0] - 14), span[0]))


def _reads_as_part(text: str, span: Span) -> bool:
    """Whether `a third`, `a fifth` is a fraction; before a noun it is an ordinal."""
    printed = text[slice(*span)].lower()
    if not re.fullmatch(r"an?[\s-]{1,2}(?!half|quarter)\w+", printed):
        return True
    following = re.compile(r"\s{1,2}[\w-]|-\w").match(text, span[1])
    return following is None or bool(_lists()[0].match(text, span[1]))


# From figure to number: interval, rate


def _number(text: str, figure: Figure) -> Number:
    if figure.kind not in QUANTITIES:
        return Number(figure.span, figure.kind, figure.value, extent=figure.span)
    hint = find_approximator(text, figure.span)
    extent = figure.span
    if hint:
        extent = (min(extent[0], hint.span[0]), max(extent[1], hint.span[1]))
    value: Fraction | None = None
    low: Fraction | None = figure.value
    high = figure.high
    if figure.kind == "vague":
        low, high = figure.value * 2, figure.value * 10
    elif figure.high is None:
        value = figure.value
        factor = figure.kind == "multiple"
        low, high = bounds(figure.value, figure.step, hint.effect if hint else None, factor=factor)
    printed = hint.text if hint else None
    return _rated(
        text,
        Number(figure.span, figure.kind, value, low, high, figure.unit, printed, extent=extent),
    )


def _rated(text: str, number: Number) -> Number:
    """The rate's denominator: `every 23 minutes`, `40 a day`, `two hours of sport a week`."""
    start, end = number.extent
    if number.kind == "duration" and _EVERY.search(text, max(0, start - 7), start):
        return replace(number, kind="rate", per="every")
    if number.kind not in ("count", "money", "duration", "measure", "percent", "occasions"):
        return number
    window = text[end : end + 110]
    match = _PER.match(window)
    if match and _THEN.match(window, match.end()):
        return number
    if match and not _NOT_PER.search(match["lead"]) and not _strange(match, number):
        reach = end if match["lead"] else end + match.end()
        return replace(number, per=match["per"], extent=(start, reach))
    if before := _EACH_YEAR.search(text, max(0, start - 14), start):
        return replace(number, per=before["per"])
    return number


_THEN = re.compile(r"\s(?:earlier|ago|before|later|previously)(?!\w)")  # `£12m a year earlier`


def _strange(match: re.Match[str], number: Number) -> bool:
    """A per cent takes its rate right behind it only; `weekly` and the like too."""
    if not match["lead"]:
        return False
    per = match["per"].lower()
    loose = per.endswith("ly") or not (_TIMELY.search(per) or _POPULATION.match(per))
    return loose or number.kind in ("percent", "occasions")


def _from_factor(text: str, factor: Factor, traps: TrapIndex) -> Number:
    hint = find_approximator(text, factor.span)
    low, high = factor.low, factor.high
    if factor.kind == "multiple" and factor.value is not None:
        low, high = bounds(factor.value, None, hint.effect if hint else None, factor=True)
    extent = factor.span
    if hint:
        extent = (min(extent[0], hint.span[0]), max(extent[1], hint.span[1]))
    return Number(
        factor.span, factor.kind, factor.value, low, high,
        "times" if factor.kind == "multiple" else None,
        hint.text if hint else None, None, factor.direction, extent,
    )  # fmt: skip


def _without_overlap(numbers: Sequence[Number], factors: Sequence[Number]) -> list[Number]:
    """Both lists by start; where two overlap, the factor stays unless the numeral holds it."""
    out: list[Number] = []
    for number in sorted([*numbers, *factors], key=lambda n: (n.span[0], -n.span[1])):
        if out and number.span[0] < out[-1].span[1]:
            if number.kind in ("rank", "multiple") and out[-1].kind in ("ordinal", "count"):
                out[-1] = number
            continue
        out.append(number)
    return out


def _bare_percents(text: str, numbers: list[Number]) -> list[Number]:
    """`a small percent`: said to be a share, without a value."""
    spans = [number.span for number in numbers]
    for match in _BARE_PERCENT.finditer(text):
        if not any(s <= match.start() < e + 2 for s, e in _near(spans, match.start())):
            numbers.append(Number(match.span(), "percent", unit="per cent", extent=match.span()))
    return sorted(numbers, key=lambda number: number.span)


def _near(spans: Sequence[Span], at: int) -> list[Span]:
    place = bisect_right(spans, (at, at))
    return list(spans[max(0, place - 2) : place + 1])
