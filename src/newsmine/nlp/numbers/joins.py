"""Neighbouring figures that are one: ranges, dollars and cents, `71 pupils out of 150`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from newsmine.nlp.numbers.lexicon import number_words, suffixes
from newsmine.types import Span

_OUT_OF = re.compile(
    r"\s[\w'’-]{1,20}(?:\s[\w'’-]{1,20}){0,2}\sout\sof\s(?:the\s|a\stotal\sof\s|every\s)?\Z"
)
_BETWEEN = re.compile(
    r"(?<!\w)between\s(?:about\s|around\s|roughly\s|an\sestimated\s)?\Z", re.IGNORECASE
)
# After these, `X to Y` is two levels or a change and its level, not a range.
_NO_RANGE = re.compile(
    r"(?<!\w)(?:from|by|up|down|rose|risen|rise|rises|fell|fall|falls|fallen|grew|grow|grown|drop|"
    r"slump|jump|shrunk|shrank|went|\w{2,12}ed|\w{2,12}ing)\s(?:an\sextra\s|another\s|a\sfurther\s|about\s|almost\s|an\saverage\sof\s|an\saverage\s)?\Z",
    re.IGNORECASE,
)
# `adds £40 to £1,100` is a sum and what it is added to; `adds £40 to £60 to bills` a range.
_ADDS = re.compile(
    r"(?<!\w)add(?:s|ed|ing)?\s(?:an?\s(?:\w+\s)?average\sof\s|another\s|an\sextra\s)?\Z", re.I
)
_TO_WHAT = re.compile(r"(?:\s(?:a|per)\s[a-z]+|\s[a-z]+){0,2}\s(?:to|onto)\s", re.IGNORECASE)
_DENOMINATOR = re.compile(r"(?<!\w)(?:per|for\severy|in\severy|out\sof\severy)\s\Z", re.IGNORECASE)
_NUMERIC = frozenset(
    ("count", "money", "percent", "points", "duration", "measure", "occasions", "multiple")
)
_MINOR = ("pence", "cents")
_TRAPPED = frozenset(
    ("url", "phone", "time", "date", "year", "age", "law", "page", "name", "address", "score",
     "ordinal", "compound", "plan", "denominator", "vague")
)  # fmt: skip


class Figure(NamedTuple):
    """A numeral with its kind, on the way to becoming a Number; ``high`` is set for ranges."""

    span: Span
    kind: str
    value: Fraction
    step: Fraction | None
    unit: str | None = None
    high: Fraction | None = None
    after: bool = False


_LISTED = re.compile(r",\s(?:and\s|or\s)?|\s(?:and|or|to|&)\s|\s?[/–-]\s?")
_NUMBERS = re.compile(r"\d{1,4}(?:\.\d{1,2}){0,2}")
# What can come behind the last of `Stages 2, 3 and 4`: no noun, which would be counted.
_ENDS = re.compile(
    r"\s?(?:[.;:)!?\"'”’]|,\s|\Z|\n)|\s(?:and|or|is|are|was|were|has|have|had|will|would|can|could|in|on|at|to"
    r"|for|by|from|with|as|but|of\sthe|all|also|which|that|when|before|after)(?!\w)"
)


def listed_names(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """`Service Pack 1 and 2`, `resolutions 687, 688`: what goes on after a name's number is one."""
    out: list[Figure] = []
    for figure in figures:
        if out and _goes_on(text, out[-1], figure):
            figure = Figure(figure.span, out[-1].kind, figure.value, None)
        out.append(figure)
    return out


def _goes_on(text: str, left: Figure, right: Figure) -> bool:
    if left.kind not in ("name", "law", "page") or right.kind != "count":
        return False
    if not text[left.span[1] - 1].isdigit() or not text[left.span[0]].isalnum():
        return False
    if not _LISTED.fullmatch(text, left.span[1], right.span[0]):
        return False
    bare = _NUMBERS.fullmatch(text, *right.span)
    return bool(bare and _ENDS.match(text, right.span[1]))


def join_figures(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Joins what belongs together, left to right; marks `per 100` as a denominator."""
    out: list[Figure] = []
    for figure in figures:
        if figure.kind == "count" and _is_denominator(text, figure.span[0]):
            figure = figure._replace(kind="denominator")
        joined = _join(text, out[-1], figure) if out else None
        if joined:
            out[-1:] = joined
        else:
            out.append(figure)
    return out


def _is_denominator(text: str, start: int) -> bool:
    """`per 100`, `for every 100`; asked of the two letters before first, which hardly ever fit."""
    if text[max(0, start - 3) : start].lower()[:2] not in ("er", "ry"):
        return False
    return _DENOMINATOR.search(text, max(0, start - 14), start) is not None


def _join(text: str, left: Figure, right: Figure) -> list[Figure] | None:
    gap = text[left.span[1] : right.span[0]]
    if len(gap) > 70 or left.kind in _TRAPPED or right.kind in _TRAPPED or left.high is not None:
        return None
    span = (left.span[0], right.span[1])
    if _is_change(text, left, right, gap):
        part = right.value / 100
        return [left._replace(span=span, value=left.value + part, step=Fraction(1, 100))]
    if left.kind == right.kind == "count" and _OUT_OF.match(gap) and left.value < right.value:
        return [Figure(span, "ratio", left.value / right.value, None)]
    if left.kind == right.kind == "count" and gap == " of " and _is_part(left.value, right.value):
        return [Figure(span, "ratio", left.value / right.value, None)]
    # "one boy in three"; "one case in 2004" holds a year, "one case in ten days" a duration.
    counts = left.kind == right.kind == "count" and left.value == 1 and right.value > 2
    if counts and re.fullmatch(r"\s[a-z]{2,14}\sin\s(?:every\s)?", gap):
        return [Figure(span, "ratio", left.value / right.value, None)]
    return _range(text, left, right, gap)


def _is_part(part: Fraction, whole: Fraction) -> bool:
    """`nine of 10 voters`, `four of five mothers`, as American papers print a ratio."""
    return 1 < part < 10 and (whole in (10, 100) or (whole in (4, 5) and part == whole - 1))


def _is_change(text: str, left: Figure, right: Figure, gap: str) -> bool:
    """`3 dollars 50 cents`, `15 dollars and 15.`: whole coins and small ones."""
    if left.kind != "money" or not left.after or left.unit in _MINOR:
        return False
    if gap not in (" ", " and ") or right.value >= 100 or right.value.denominator != 1:
        return False
    if right.kind == "money":
        return right.unit in _MINOR and right.after
    return right.kind == "count" and not re.match(r"\s?[\w%$£€]", text[right.span[1] :][:3])


def _range(text: str, left: Figure, right: Figure, gap: str) -> list[Figure] | None:
    word = gap.strip().lower()
    if word not in ("-", "–", "—", "to", "or", "and", "~") or "\n" in gap:
        return None
    if word in ("–", "—", "-") and gap != word:
        return None
    if not _allowed(text, left, right, word):
        return None
    shared = _shared(text, left, right)
    if shared is None:
        return None
    low, high = shared
    span = (low.span[0], high.span[1])
    if low.value < high.value:
        return [high._replace(span=span, value=low.value, high=high.value)]
    if word in ("-", "–") and left.kind == right.kind == "count" and high.value < 100:
        return [left._replace(kind="score"), right._replace(kind="score")]
    return None


def _allowed(text: str, left: Figure, right: Figure, word: str) -> bool:
    start = left.span[0]
    between = _BETWEEN.search(text, max(0, start - 30), start)
    if word == "and":
        return bool(between)
    if word == "to":
        # "He paid £40 to 100 people": the second sum would have its sign or scale.
        if left.kind == "money" and right.kind == "count" and not _scale(text[slice(*right.span)]):
            return False
        if _ADDS.search(text, max(0, start - 30), start):
            return bool(_TO_WHAT.match(text, right.span[1]))
        return bool(between) or not _NO_RANGE.search(text, max(0, start - 30), start)
    if word == "or":
        scale = _scale(text[slice(*right.span)]) or 1
        close = 0 < right.value <= 3 * left.value * (scale if left.value < 1000 else 1)
        return close and (left.kind == "count" or (left.kind == right.kind == "money"))
    return True


def _shared(text: str, left: Figure, right: Figure) -> tuple[Figure, Figure] | None:
    """Unit and scale of the one printed with them, given to the other: `£2-3m`, `3 or 5 years`."""
    numeric = (
        "count",
        "money",
        "percent",
        "points",
        "duration",
        "measure",
        "occasions",
        "multiple",
    )
    if left.kind not in numeric or right.kind not in numeric:
        return None
    if left.kind == "count":
        left = left._replace(kind=right.kind, unit=right.unit)
    elif right.kind == "count" and left.kind == "money" and not left.after:
        right = right._replace(kind=left.kind, unit=left.unit)
    if left.kind != right.kind or (left.unit != right.unit):
        return None
    scale = _scale(text[slice(*right.span)])
    if scale and left.value < 1000 and _scale(text[slice(*left.span)]) is None:
        left = left._replace(value=left.value * scale, step=left.step and left.step * scale)
    return left, right


def _scale(printed: str) -> int | None:
    found = re.search(r"(?<=\d)\s?([A-Za-z]{1,3})\b|\b([a-z]{4,8})\b", printed)
    for word in re.findall(r"[A-Za-z]+", printed) if found else ():
        entry = number_words().get(word.lower())
        if entry and entry.role == "scale":
            return entry.value
        if word in suffixes(spaced=False) and re.search(rf"\d\s?{word}\b", printed):
            return suffixes(spaced=False)[word]
    return None
