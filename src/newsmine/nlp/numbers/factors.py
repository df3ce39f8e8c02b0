"""Figures without a plain numeral: doubled, twice as many, hundreds of times, fourth-largest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from newsmine.nlp.numbers.lexer import Candidate
from newsmine.nlp.numbers.lexicon import alternatives, number_words, read_data
from newsmine.types import Span


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor, a vague plural or a rank in words."""

    span: Span
    kind: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    direction: str | None = None


@cache
def _ordinals() -> dict[str, int]:
    words = number_words()
    found = {w: e.value for w, e in words.items() if e.role == "part" and not w.endswith("s")}
    found = {w: v for w, v in found.items() if w not in ("half", "quarter") and v <= 100}
    return {**found, "second": 2}


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, Fraction]], dict[str, Span]]:
    data = read_data("numbers_multiples")
    multiples: dict[str, tuple[str, Fraction]] = {}
    parts: list[str] = []
    for entry in data["multiples"]:
        multiples.update(
            {w: (entry["direction"], Fraction(entry["value"])) for w in entry["words"]}
        )
        stop = (
            f"(?!\\s(?:{alternatives(entry['not_before'])})(?!\\w))" if entry["not_before"] else ""
        )
        parts.append(rf"(?:{alternatives(entry['words'])})(?![\w-]){stop}")
    frames = []
    for entry in data["frames"]:
        multiples.update(
            {w: (entry["direction"], Fraction(entry["value"])) for w in entry["words"]}
        )
        after = rf"(?=\s(?:{alternatives(entry['after'])})(?!\w))"
        frames.append(rf"(?:{alternatives(entry['words'])}){after}")
    vague: dict[str, Span] = {}
    for entry in data["vague"]:
        vague.update(dict.fromkeys(entry["words"], (entry["low"], entry["high"])))
    needs_of = [w for entry in data["vague"] if entry.get("of") for w in entry["words"]]
    loose = [w for w in vague if w not in needs_of]
    ranks = data["ranks"][0]
    ordinal = rf"(?P<ordinal>{alternatives(_ordinals())}|(?<!\d)\d{{1,4}}(?:st|nd|rd|th))"
    pattern = (
        rf"(?P<multiple>{'|'.join(parts)}|{'|'.join(frames)})"
        rf"|(?P<vague>(?:{alternatives(loose)})(?![\w-])|(?:{alternatives(needs_of)})(?=\sof(?!\w)))"
        rf"(?P<times>\s(?:of\s)?times)?"
        rf"|{ordinal}(?:[\s-](?P<rank>{alternatives(ranks['after'])})(?!\w)|(?!\w))"
    )
    return re.compile(pattern, re.IGNORECASE), multiples, vague


@cache
def _frames_before() -> re.Pattern[str]:
    words = [w for entry in read_data("numbers_multiples")["frames"] for w in entry["before"]]
    return re.compile(rf"(?<!\w)(?:{alternatives(words)})\s\Z", re.IGNORECASE)


@cache
def _ranked() -> re.Pattern[str]:
    words = read_data("numbers_multiples")["ranks"][0]["before"]
    return re.compile(
        rf"(?<!\w)(?:{alternatives(words)})\s(?:in\s|as\s)?(?:the\s)?\Z", re.IGNORECASE
    )


@cache
def _times() -> re.Pattern[str]:
    words = read_data("numbers_multiples")["times"][0]["after"]
    return re.compile(
        rf"[\s-]{{1,2}}times(?!\w)(?P<factor>\s(?:{alternatives(words)})(?!\w))?|-?fold(?!\w)"
    )


def times_after(text: str, end: int) -> tuple[int, str] | None:
    """Whether `times` follows a numeral: where it ends, and "multiple" or "occasions"."""
    match = _times().match(text, end)
    if match is None:
        return None
    if match[0].endswith("fold"):
        return match.end(), "multiple"
    stop = match.start("factor") if match["factor"] else match.end()
    return stop, "multiple" if match["factor"] else "occasions"


@cache
def factor_words() -> frozenset[str]:
    """The words that can begin a factor, a vague plural or a rank."""
    _compiled, multiples, vague = _pattern()
    first = [re.split(r"[\s-]", word)[0] for word in (*multiples, *vague, *_ordinals())]
    return frozenset(word for word in first if word.isalpha())


def find_factors(text: str, places: Sequence[Candidate]) -> Iterator[Factor]:
    """Factors, vague plurals and ranks at the given places, in order."""
    pattern, multiples, vague = _pattern()
    starts, reached = factor_words(), 0
    for place in places:
        start = place.start
        if start < reached or (place.word and place.word not in starts):
            continue
        if not place.word and text[place.end : place.end + 1] not in tuple("snrt-f"):
            continue
        if start and (text[start - 1].isalnum() or text[start - 1] in "_'’"):
            continue
        match = pattern.match(text, start)
        if match is None:
            continue
        reached = match.end()
        if match["multiple"]:
            yield from _multiple(text, match, multiples)
        elif match["vague"]:
            yield _vague(text, match, vague)
        elif match["rank"] or _ranked().search(text, max(0, start - 16), start):
            yield _rank(match)


def _multiple(
    text: str, match: re.Match[str], multiples: dict[str, tuple[str, Fraction]]
) -> Iterator[Factor]:
    word = re.sub(r"\s+", " ", match["multiple"].lower())
    direction, value = multiples[word]
    if word in _VERBS and not _framed(text, match):
        return
    known = None if direction == "none" else direction
    yield Factor(match.span("multiple"), "multiple", value, value, value, known)


_VERBS = ("double", "triple", "treble", "quadruple")


def _framed(text: str, match: re.Match[str]) -> bool:
    """`to double in size`, `almost double the rate`, but not `a double murder in Leeds`."""
    start = match.start()
    if _frames_before().search(text, max(0, start - 12), start):
        return True
    if match["multiple"].lower() != "double":
        return bool(re.compile(r"\s(?:the|that|its|their|what)(?!\w)").match(text, match.end()))
    frame = read_data("numbers_multiples")["frames"][-1]["after"]
    return bool(re.compile(rf"\s(?:{alternatives(frame)})(?!\w)", re.I).match(text, match.end()))


def _vague(text: str, match: re.Match[str], vague: dict[str, Span]) -> Factor:
    low, high = vague[re.sub(r"\s+", " ", match["vague"].lower())]
    kind, span = "vague", match.span("vague")
    if match["times"]:
        found = times_after(text, match.end() - len(" times"))
        kind = found[1] if found else kind
        span = match.span() if kind == "multiple" else span
    return Factor(span, kind, None, Fraction(low), Fraction(high))


def _rank(match: re.Match[str]) -> Factor:
    printed = match["ordinal"].lower()
    place = _ordinals().get(printed) or int(re.sub(r"\D", "", printed))
    value, end = Fraction(place), match.end("rank") if match["rank"] else match.end()
    return Factor((match.start(), end), "rank", value, value, value)
