"""When, and how sure: the period and the status of a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from newsmine.nlp.claims.lexicon import possible, together
from newsmine.nlp.claims.text import Sentence, vocabulary
from newsmine.nlp.numbers import Number
from newsmine.types import ClaimStatus, Span

_CLAUSE = re.compile(r"[;:]|,\s(?=(?:and|but|while|which|who)\s)|(?<!\w)(?:while|but)(?!\w)", re.I)


def find_period(
    number: Number, sentence: Sentence, base: str | None, others: Sequence[Span] = ()
) -> str | None:
    """The period nearest to the figure, after it in its clause or before it in the sentence.

    ``others`` are the spans of the article's figures: a period behind the next one is that one's.
    """
    found: list[tuple[int, int, int, str]] = []
    start, end = number.extent
    left = max(sentence.start, start - 160)
    right = min(sentence.end, end + 170)
    for match in _periods(sentence):
        if match.start() < left or match.end() > right:
            continue
        if _tells_when_said(sentence, match) or _is_rate(number, match[0]):
            continue
        if match.end() <= start:
            found.append((start - match.end() + 40, match.start(), -len(match[0]), match[0]))
        elif match.start() >= end:
            found.append((match.start() - end, match.start(), -len(match[0]), match[0]))
    found = [f for f in found if not (base and _same(f[3], base))]
    whole = [f for f in found if not _parted(sentence, number, f[1], others)]
    return _longest(whole) if whole else None


@lru_cache(maxsize=8)  # the figures of one sentence ask
def _periods(sentence: Sentence) -> tuple[re.Match[str], ...]:
    span = sentence.start, sentence.end
    if vocabulary(sentence).isdisjoint(_PERIOD_WORDS) and not _YEAR.search(sentence.text, *span):
        return ()
    return tuple(match for _place, match in together("periods").find(sentence.text, span))


# One of these words, or a year, stands in every period.
_PERIOD_WORDS = frozenset(
    ("hour", "hours", "day", "days", "night", "week", "weeks", "weekend", "fortnight", "month",
     "months", "quarter", "quarters", "half", "year", "years", "decade", "decades", "century",
     "season", "term", "time", "period", "spring", "summer", "autumn", "winter", "christmas",
     "easter", "january", "february", "march", "april", "may", "june", "july", "august",
     "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday",
     "friday", "saturday", "sunday", "now", "nowadays", "currently", "present", "yesterday", "ago",
     "earlier", "election", "war", "launch", "ban", "lockdown", "parliament")
)  # fmt: skip
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def _is_rate(number: Number, period: str) -> bool:
    """`300 calls every day`: how often, not when."""
    return number.per is not None and period.lower().startswith(("every ", "each "))


_SAID = re.compile(
    r"(?<!\w)(?:said|says|told|published|released|announced|revealed|unveiled|reported|warned|issued|admitted"
    r"|claimed|insisted|added|launched|confirmed|disclosed|seen)\s(?:late\s|early\s|on\s)?\Z",
    re.IGNORECASE,
)
_A_DAY = re.compile(
    r"(?:on\s|late\s)?(?:yesterday|today|last\snight|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)


def _tells_when_said(sentence: Sentence, match: re.Match[str]) -> bool:
    """`published yesterday`, `told reporters on Friday that`; `the Sunday Times` is no day."""
    if not _A_DAY.match(match[0]):
        return False
    after = sentence.after(match.end(), limit=12)
    if re.match(r"\s[A-Z]|\s(?:that|show|reveal|said)(?!\w)", after):
        return True
    return bool(_SAID.search(sentence.before(match.start(), limit=30)))


def _longest(found: list[tuple[int, int, int, str]]) -> str:
    nearest = min(found)
    same = [f for f in found if f[1] <= nearest[1] < f[1] - f[2]]
    return min(same, key=lambda f: f[2])[3].strip()


def _same(period: str, base: str) -> bool:
    """A base is not the period too: `up 12% on the previous year`."""
    return base.lower() in period.lower() or period.lower() in base.lower()


_JOINS = re.compile(r"(?:\s(?:to|from|at)\s(?:\w+\s){0,2}|\s?\(|\s?[-–]\s?|\sand\s|,?\sor\s)")


def _parted(sentence: Sentence, number: Number, at: int, others: Sequence[Span]) -> bool:
    """A period behind the next clause or the next figure belongs to those.

    Not where that figure is the level (`fell 6.2 per cent to $38.40 on Tuesday`), the same in
    other money, or its twin (`40 and 60 in May`).
    """
    if at < number.span[0]:
        return False
    place = number.span[1]
    if _CLAUSE.search(sentence.text, place, at):
        return True
    first = bisect_left(others, (place, place))
    for start, end in others[first : first + 6]:
        if start >= at:
            break
        if not _JOINS.fullmatch(sentence.text, place, start):
            return True
        place = end
        if sentence.text[place : place + 1] == ")":
            place += 1
    return False


def find_status(number: Number, sentence: Sentence) -> tuple[ClaimStatus, str] | None:
    """How the figure came about, and the word that says so.

    It stands in the figure's clause or, for surveys and records, in its sentence.
    """
    entries = possible("statuses", vocabulary(sentence))
    if not entries:
        return None
    before = sentence.before(number.span[0], limit=120)
    after = sentence.after(number.span[1], limit=160)
    ends = [match.end() for match in _CLAUSE.finditer(before, max(0, len(before) - 80))]
    clause = before[max(len(before) - 70, *ends[-1:], 0) :]
    following = _NEXT_CLAUSE.search(after, 0, 80)
    near = clause + " " + after[: min(following.start() if following else 70, 70)]
    for pattern, status in entries:
        if status == "recorded" and number.kind in ("duration", "rank"):
            continue  # `jailed for nine years` counts nothing that was recorded
        wide = status in ("survey", "recorded")
        if match := pattern.search(before + " " + after if wide else near):
            return _STATUSES[str(status)], match[0]
    return None


# `3,870 arrests in the year and that losing them would …`: what comes then is of something else.
_NEXT_CLAUSE = re.compile(
    r"[,;:–—.]|(?<!\w)(?:and|but|that|which|who|while|when|if|for|after)(?!\w)"
)


_STATUSES: dict[str, ClaimStatus] = {
    "hypothetical": "hypothetical",
    "forecast": "forecast",
    "survey": "survey",
    "estimate": "estimate",
    "recorded": "recorded",
}
