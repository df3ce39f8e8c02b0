"""The claims of one article laid out for sums: intervals, places in the text, what lies between."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from newsmine.nlp.checks.intervals import Interval
from newsmine.nlp.checks.things import Thing, same_thing, thing_of, words_of
from newsmine.nlp.claims.text import Sentences, claim_zones
from newsmine.nlp.numbers.lexicon import read_data
from newsmine.types import Article, Claim

_SHARES = ("share", "ratio")
LEVELS = ("count", "money", "share", "ratio", "rate")
CHANGES = ("change_relative", "change_absolute", "change_points", "multiple")
_HALF = Fraction(1, 2)
_REACH = 40
"""Figures before and after one that it can be set against: a table of thousands stays quick."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A claim as sums need it. Shares and ratios are per cent values; ``printed`` is as the reader
    sees it, with "almost", ``digits`` without; ``sentence`` counts, ``zone`` is where it stands.
    """

    claim: Claim
    printed: str
    digits: str
    value: Fraction | None
    interval: Interval
    sentence: int
    zone: str
    thing: Thing | None

    @property
    def form(self) -> str:
        """The claim's form."""
        return self.claim.form

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.claim.span[0]

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.claim.span[1]


class Sheet:
    """The figures of an article, in order, and the words between them."""

    def __init__(self, article: Article, claims: Sequence[Claim]) -> None:
        self.text, self.published = article.text, article.published
        sentences = Sentences(article.text, claim_zones(article))
        self._arrange(
            _figure(claim, article, sentences.index(claim.span[0]))
            for claim in sorted(claims, key=lambda claim: claim.span)
            if claim.status != "hypothetical"
        )

    def _arrange(self, figures: Iterable[Figure]) -> None:
        self.figures = list(figures)
        self._places = {figure.claim.id: at for at, figure in enumerate(self.figures)}
        self._sentences: defaultdict[int, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            self._sentences[figure.sentence].append(figure)

    def _with(self, figures: Iterable[Figure]) -> Sheet:
        other = copy(self)
        other._arrange(figures)
        return other

    def with_figure(self, old: Figure, new: Figure) -> Sheet:
        """The same sheet with one figure read otherwise."""
        return self._with(new if figure is old else figure for figure in self.figures)

    def around(self, names: Container[str]) -> Sheet:
        """A sheet of some figures and those near any of them."""
        kept = {f.claim.id for f in self.figures if f.claim.id in names}
        kept |= {n.claim.id for name in list(kept) for n in self._window(self._places[name])}
        return self._with(f for f in self.figures if f.claim.id in kept)

    def neighbours(self) -> Iterator[tuple[Figure, Figure]]:
        """Each figure with the next one of its sentence."""
        for a, b in zip(self.figures, self.figures[1:], strict=False):
            if a.sentence == b.sentence:
                yield a, b

    def beside(self, figure: Figure) -> tuple[Figure | None, Figure | None]:
        """The figures before and after one in its sentence."""
        of = self._sentences[figure.sentence]
        at = of.index(figure)
        return of[at - 1] if at else None, of[at + 1] if at + 1 < len(of) else None

    def of_sentence(self, sentence: int) -> Sequence[Figure]:
        """The figures of a sentence, in order."""
        return self._sentences.get(sentence, ())

    def near(self, figure: Figure, *, sentences: int | None = None) -> Iterator[Figure]:
        """The other figures, the nearest first: those before it in each sentence come first.

        Args:
            figure: A figure of the sheet.
            sentences: How many sentences away they may be.
        """
        others = [f for f in self._window(self._places[figure.claim.id]) if f is not figure]
        if sentences is not None:
            others = [f for f in others if abs(f.sentence - figure.sentence) <= sentences]
        yield from sorted(others, key=lambda f: _distance(figure, f))

    def _window(self, place: int) -> Sequence[Figure]:
        return self.figures[max(0, place - _REACH) : place + _REACH + 1]

    def gap(self, a: Figure, b: Figure) -> str:
        """What is printed between two figures."""
        return self.text[a.end : b.start]

    def before(self, figure: Figure, *, limit: int = 40) -> str:
        """What is printed before a figure."""
        return self.text[max(0, figure.start - limit) : figure.start]

    def after(self, figure: Figure, *, limit: int = 40) -> str:
        """What is printed after a figure."""
        return self.text[figure.end : figure.end + limit]

    def linked(self, kind: str, a: Figure, b: Figure) -> bool:
        """Whether two figures stand to each other as ``data/checks.toml`` says, by the gap."""
        if a.sentence != b.sentence or b.start - a.end > 140:
            return False
        gap, before = link(kind)
        return bool(gap.fullmatch(self.gap(a, b))) and (
            before is None or bool(before.search(self.before(a)))
        )

    def same(self, a: Figure, b: Figure) -> bool | None:
        """Whether two figures count one thing: by their nouns, or as one restates the other."""
        known = same_thing(a.thing, b.thing)
        if known is not True:
            first, second = sorted((a, b), key=lambda f: f.start)
            if self.linked("apposition", first, second):
                return True
        return known


def _distance(figure: Figure, other: Figure) -> tuple[int, bool, int]:
    apart = abs(other.sentence - figure.sentence)
    return apart, other.start > figure.start, abs(other.start - figure.start)


@cache
def link(kind: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """The pattern of the gap, and of what stands before the first figure."""
    (entry,) = (e for e in read_data("checks")["links"] if e["kind"] == kind)
    before = entry.get("before")
    return (
        re.compile(entry["gap"], re.IGNORECASE),
        re.compile(before + r"[£$€]?\Z", re.IGNORECASE) if before else None,
    )


@cache
def whole_words(kind: str) -> re.Pattern[str]:
    """The words that say that figures are parts of a whole."""
    (entry,) = (e for e in read_data("checks")["wholes"] if e["kind"] == kind)
    return re.compile(entry["pattern"], re.IGNORECASE)


def _figure(claim: Claim, article: Article, sentence: int) -> Figure:
    start, end = claim.span
    printed = digits = " ".join(article.text[start:end].split())
    if claim.approximator and claim.approximator in article.text[max(0, start - 30) : start]:
        printed = f"{claim.approximator} {printed}"
    zone = next((z.kind for z in article.zones if z.span[0] <= start < z.span[1]), "body")
    value, interval = _per_cent(claim)
    return Figure(
        claim, printed, digits, value, interval, sentence, zone, _thing(claim, article.text)
    )


def _thing(claim: Claim, text: str) -> Thing | None:
    """What is counted, with the words after it that say of which kind: `calls about bullying`."""
    counted = claim.counted or ""
    after = text[claim.span[1] : claim.span[1] + len(counted) + 60]
    words = "|".join(words_of("narrows"))
    narrower = rf"\s*{re.escape(counted)}(?P<which>\s(?:{words})(?:\s[a-z'’-]+){{1,2}})(?!\w)"
    match = re.match(narrower, after, re.IGNORECASE) if counted else None
    return thing_of(counted + match["which"]) if match else thing_of(counted)


def _per_cent(claim: Claim) -> tuple[Fraction | None, Interval]:
    """Value and interval; of a ratio in per cent, where `one in 50` may be rounded from 49.6."""
    if claim.form != "ratio" or claim.value is None or not claim.value:
        return claim.value, Interval(claim.low, claim.high)
    value = claim.value * 100
    if claim.approximator or claim.low != claim.high:
        scaled = Interval(claim.low, claim.high).times(100)
        return value, scaled
    above, below = claim.value.numerator, claim.value.denominator
    if above == 1:
        return value, Interval(100 / (below + _HALF), 100 / (below - _HALF))
    return value, Interval(100 * (above - _HALF) / below, 100 * (above + _HALF) / below)
