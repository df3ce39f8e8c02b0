"""What stands beside a numeral: currency, per cent, percentage points, time, measures."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from newsmine.nlp.numbers.lexicon import alternatives, read_data
from newsmine.nlp.numbers.words import Numeral
from newsmine.types import Span

_PERCENT = (
    r"[\s-]{0,2}(?:%|per[\s-]?cents?(?!\w)|percents?(?!\w)|percentages?(?!\w)|pc(?!\w)|p\.\s?c\.)"
    r"(?![\s-]{0,2}(?:percentage[\s-])?points?(?!\w))"
)
_POINTS = (
    r"[\s-]{0,2}(?:(?:%|per[\s-]?cent|percent|percentage)[\s-]{1,2}points?|pp|ppts?"
    r"|basis\spoints?)(?!\w)"
)
_METRES = re.compile(
    r"\s(?:race|sprint|final|relay|freestyle|hurdles|butterfly|backstroke|breaststroke|high|tall|wide"
    r"|long|deep|away|champion|runner|record|gold|silver|bronze|title|heats?|steeplechase)(?!\w)"
)
_MILLION = 10**6
_SPACED_M = re.compile(r"\sm(?![\w'’.-])")
"""`£1.2 m`: after a currency sign an m with a space is million, not metres."""


class Dressed(NamedTuple):
    """A numeral with what is attached to it; ``kind`` is None where nothing is."""

    span: Span
    value: Fraction
    step: Fraction | None
    kind: str | None = None
    unit: str | None = None
    after: bool = False


@cache
def _after() -> re.Pattern[str]:
    time = alternatives(w for entry in read_data("numbers_units")["time"] for w in entry["words"])
    measures = read_data("numbers_units")["measures"]
    words = alternatives(w for entry in measures for w in entry["words"])
    glued = alternatives(w for entry in measures for w in entry["glued"])
    loose = alternatives(
        w for entry in measures for w in entry["glued"] if len(w) > 1 and w != "in"
    )
    return re.compile(
        rf"(?P<points>{_POINTS})|(?P<percent>{_PERCENT})"
        rf"|(?:(?P<glued>{glued})|\s(?P<loose>{loose}))(?!\w)"
        rf"|[\s-]{{0,2}}(?i:(?P<measure>{words}))(?!\w)"
        rf"|[\s-]{{0,2}}(?i:(?P<time>{time}))(?!\w|-[a-z])"
    )


@cache
def _units() -> dict[str, tuple[str, str]]:
    """A unit's words to its kind and its name."""
    out: dict[str, tuple[str, str]] = {}
    for entry in read_data("numbers_units")["measures"]:
        for word in (*entry["glued"], *entry["words"]):
            out[word] = ("measure", entry["unit"])
    for entry in read_data("numbers_units")["time"]:
        for word in entry["words"]:
            out[word] = ("duration", entry["unit"])
    return out


@cache
def _money() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Patterns for a currency before and after digits, and the units of their words."""
    units: dict[str, str] = {}
    symbols, codes, names = [], [], []
    for entry in read_data("numbers_units")["currencies"]:
        symbols += entry["symbols"]
        codes += entry["codes"]
        names += [name for name in entry["names"] if len(name) > 1 or not name.isascii()]
        for word in (*entry["symbols"], *entry["codes"], *entry["names"]):
            units[_plain(word)] = entry["unit"]
    lettered = alternatives(s for s in symbols if s[0].isalpha())
    bare = alternatives(s for s in symbols if not s[0].isalpha())
    # `10 $ 30 $`: a sign that stands free after digits belongs to those.
    before = re.compile(
        rf"(?:(?P<symbol>(?<![A-Za-z])(?:{lettered})|(?<!\d\s)(?:{bare})|(?:{bare})(?=\Z))"
        rf"|(?<!\w)(?P<mega>M)?(?P<code>{alternatives(codes)}))\s{{0,2}}\Z",
        re.IGNORECASE,
    )
    signs = "".join(s for s in symbols if len(s) == 1)
    after = re.compile(
        rf"\s{{0,2}}(?:(?P<mega>M)?(?P<code>{alternatives(codes)})(?!\w)|(?P<sign>[{re.escape(signs)}])(?!\s?\d))"
        rf"(?:\s(?P<scale>million|billion|trillion)(?!\w))?"
        rf"|[\s-]{{0,2}}(?P<name>{alternatives(names)})(?!\w)|(?P<p>p)(?![\w.]|-?\d)|(?P<pstop>p)(?=\.(?:\s|$))",
        re.IGNORECASE,
    )
    return before, after, units


def _plain(word: str) -> str:
    return re.sub(r"\s+", "", word).lower()


def dress(text: str, numeral: Numeral) -> Dressed:
    """The numeral with its currency, per cent, time or measure, and the span of all of it."""
    bare = Dressed(numeral.span, numeral.value, numeral.step)
    if numeral.form in ("ratio", "plural"):
        return bare
    end = numeral.span[1]
    if len(text) > end and not (
        text[end].isalnum() or text[end] in " -%°\n$£€¢" or ord(text[end]) > 127
    ):
        return _money_before(text, bare) or bare
    before = _money_before(text, bare)
    if before or not _may_follow(text, end):
        return before or bare
    return _money_after(text, bare) or _unit_after(text, bare) or bare


@cache
def _followers() -> frozenset[str]:
    """The first words, in small letters, of what can be attached behind a numeral by a blank."""
    data = read_data("numbers_units")
    written = [w for e in data["time"] + data["measures"] for w in e["words"]]
    written += [w for e in data["measures"] for w in e["glued"]]
    written += [w for e in data["currencies"] for w in (*e["names"], *e["codes"])]
    first = {match[0].lower() for w in written if (match := _LETTERS_FIRST.match(w))}
    return frozenset(first | {f"m{word}" for word in first} | _OTHERS_BEHIND)


_OTHERS_BEHIND = frozenset(
    ("per", "percent", "percents", "percentage", "percentages", "pc", "p", "point", "points", "pp",
     "ppt", "ppts", "basis", "million", "billion", "trillion", "c", "f", "m")
)  # fmt: skip
_LETTERS_FIRST = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r" (?P<word>[a-z]+)(?![^\s.,;:)])")


def _may_follow(text: str, end: int) -> bool:
    """Whether a unit can follow a numeral; asked before the slow patterns.

    Only a plain word behind one blank that begins no unit says no.
    """
    match = _NEXT_WORD.match(text, end)
    if match is None or match["word"] in _followers():
        return True
    return text[end - 1] == "m"  # `310m tall`


@cache
def _leads() -> tuple[frozenset[str], frozenset[str]]:
    """What can stand right before a sum: the last marks of signs, and words in small letters."""
    written = [
        w for e in read_data("numbers_units")["currencies"] for w in (*e["symbols"], *e["codes"])
    ]
    words = {w.lower() for w in written if w[-1].isalpha()}
    marks = {w[-1] for w in written if not w[-1].isalpha()}
    return frozenset(marks), frozenset(words | {f"m{w}" for w in words})


def _may_lead(text: str, start: int) -> bool:
    """Whether a currency can stand before a place; asked before the slow pattern."""
    head = text[max(0, start - 9) : start].rstrip()
    marks, words = _leads()
    if not head[-1:].isalpha():
        return head[-1:] in marks
    word = _LETTERS_LAST.search(head)
    return word is not None and word[0].lower() in words


_LETTERS_LAST = re.compile(r"[^\W\d_]+\Z")


def _money_before(text: str, bare: Dressed) -> Dressed | None:
    start, end = bare.span
    if start == 0 or not _may_lead(text, start):
        return None
    match = _money()[0].search(text, max(0, start - 9), start)
    if match is None:
        return None
    word = match["symbol"] or match["code"]
    factor = _MILLION if match["mega"] else 1
    begin = match.start()
    if match["symbol"] and (spaced := _SPACED_M.match(text, end)) and text[end - 1].isdigit():
        factor, end = _MILLION, spaced.end()
    return Dressed(
        (begin, end),
        bare.value * factor,
        bare.step and bare.step * factor,
        "money",
        _money()[2][_plain(word)],
    )


def _money_after(text: str, bare: Dressed) -> Dressed | None:
    start, end = bare.span
    match = _money()[1].match(text, end)
    if match is None:
        return None
    word = match["code"] or match["sign"] or match["name"] or "p"
    if (match["code"] and not match["code"].isupper()) and match["code"].istitle():
        return None
    scales = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
    factor = scales.get((match["scale"] or "").lower(), 1) * (_MILLION if match["mega"] else 1)
    step = bare.step and bare.step * factor
    unit = _money()[2][_plain(word)]
    return Dressed((start, match.end()), bare.value * factor, step, "money", unit, after=True)


_POLL = re.compile(r"(?<!\w)(?:per\s?cent|percent|poll|polls|margin|survey)(?!\w)|%", re.IGNORECASE)


def _poll_points(text: str, bare: Dressed) -> Dressed | None:
    """`a rise of eight points`, where per cents or a poll stand near; elsewhere points score."""
    start, end = bare.span
    match = re.compile(r"\spoints?(?!\w)").match(text, end)
    if match is None or not _POLL.search(text, max(0, start - 200), end + 120):
        return None
    return Dressed((start, match.end()), bare.value, bare.step, "points", "percentage points")


# `the river rose 1.8m`
_HIGH = re.compile(
    r"(?<!\w)(?:rivers?|tides?|waves?|swell|floods?|floodwaters?|waters?|snow|snowdrifts?|drifts|depth|height|surge"
    r"|lake|reservoir|sea\slevels?)\s(?:\w+\s){0,4}\Z",
    re.IGNORECASE,
)
# `on ground above 300m`
_ABOVE = re.compile(
    r"(?<!\w)(?:ground|altitudes?|summit|peaks?|cliffs?|hills|depths?|heights?)\s(?:\w+\s)?(?:above|below|of|at|over)"
    r"\s(?:\w+\s)?\Z",
    re.IGNORECASE,
)
# `in the 100m in 11.92 seconds`: a distance that is run or swum
_RACED = re.compile(
    r"(?:50|60|100|110|200|400|800|1,?500|3,?000|5,?000|10,?000)m(?=\s?(?:[.,;)]|\s(?:in|at|on|and|by|for|with)(?!\w)))"
)
_THE = re.compile(r"(?<!\w)(?:the|a|his|her|men['’]s|women['’]s|indoor)\s\Z", re.IGNORECASE)
_CELSIUS = re.compile(r"\s?[CF](?!\w)")
_WARM = re.compile(
    r"(?<!\w)(?:temperatures?|degrees?|heat(?:wave)?|hot(?:ter|test)?|cold(?:er|est)?|warm(?:er|est|ing)?"
    r"|cool(?:er)?|freez(?:e|ing)|frosts?|frosty|chill|mercury|thermometers?|highs?|lows?|fever|weather)(?!\w)",
    re.IGNORECASE,
)


def _metres(text: str, bare: Dressed) -> bool:
    """`310m tall`, `the river rose 1.8m`: no millions."""
    start, end = bare.span
    if text[end - 1] != "m" or not text[end - 2 : end - 1].isdigit():
        return False
    if _METRES.match(text, end):
        return True
    if _ABOVE.search(text, max(0, start - 40), start):
        return True
    if _RACED.match(text, start) and _THE.search(text, max(0, start - 9), start):
        return True
    return bare.value < 100 * _MILLION and bool(_HIGH.search(text, max(0, start - 50), start))


def _degrees(text: str, bare: Dressed) -> Dressed | None:
    """`34C`, where the weather is told of; `gate 12C` and `an iPhone 5C` are names."""
    start, end = bare.span
    match = _CELSIUS.match(text, end)
    if match is None or abs(bare.value) > 150 or not text[end - 1].isdigit():
        return None
    if not _WARM.search(text, max(0, start - 90), end + 60):
        return None
    return Dressed((start, match.end()), bare.value, bare.step, "measure", "degrees")


def _unit_after(text: str, bare: Dressed) -> Dressed | None:
    start, end = bare.span
    if _metres(text, bare):
        value, step = bare.value / _MILLION, bare.step and bare.step / _MILLION
        return Dressed(bare.span, value, step, "measure", "metres")
    match = _after().match(text, end)
    if match is None:
        return _degrees(text, bare) or _poll_points(text, bare)
    span = (start, match.end())
    if match["points"] is not None:
        unit = "basis points" if "basis" in match["points"] else "percentage points"
        return Dressed(span, bare.value, bare.step, "points", unit)
    if match["percent"] is not None:
        return Dressed(span, bare.value, bare.step, "percent", "per cent")
    glued = match["glued"] or match["loose"]
    spaced = match["measure"] or match["time"]
    word = glued or re.sub(r"\s+", " ", spaced.lower())
    kind, unit = _units().get(word) or _units()[word.lower()]
    if word.startswith("fortnight"):
        return Dressed(span, bare.value * 2, bare.step and bare.step * 2, kind, unit)
    return Dressed(span, bare.value, bare.step, kind, unit)
