"""Claims: every figure of an article with what it counts, against what, and on whose word.

The number grammar says what is printed; here the words around each figure are read, by rules on
words (there is no parser). Every field that is filled names its rule in ``reasons``; what no rule
finds stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from newsmine.nlp.claims.change import Change, find_base, find_change
from newsmine.nlp.claims.context import find_area, find_period, find_status
from newsmine.nlp.claims.counted import counted_by, subject_figure
from newsmine.nlp.claims.filter import is_claim
from newsmine.nlp.claims.phrases import Phrase
from newsmine.nlp.claims.source import SURVEY, Origin, Origins
from newsmine.nlp.claims.text import Sentence, Sentences, claim_zones
from newsmine.nlp.numbers import Number, parse_numbers
from newsmine.types import Article, Attribution, Claim, ClaimForm, ClaimStatus, Mention

_FORMS: dict[str, ClaimForm] = {
    "count": "count", "money": "money", "percent": "share", "points": "change_points",
    "fraction": "share", "ratio": "ratio", "rate": "rate", "multiple": "multiple",
    "occasions": "count", "duration": "duration", "measure": "count", "rank": "rank",
}  # fmt: skip


def find_claims(
    article: Article, *, attributions: Sequence[Attribution], mentions: Sequence[Mention]
) -> tuple[Claim, ...]:
    """The numeric claims of an article, in order.

    Args:
        article: A cleaned article; figures in bylines, dates, outlets, subheads, pull quotes
            and furniture are left out.
        attributions: Its attributions with speakers, for who gives each figure.
        mentions: Its mentions, for the area.

    Returns:
        Claims with spans of ``article.text``. Shares are per cent values (25, 100/3), ratios
        fractions (1/5), everything else as printed. A claim has a speaker of type "document"
        where only a document is named ("figures released by the charity").
    """
    if not article.text:
        return ()
    numbers = parse_numbers(article.text)
    if not numbers:
        return ()
    sentences = Sentences(article.text, claim_zones(article))
    finder = _Finder(Origins(attributions, sentences), mentions)
    out: list[Claim] = []
    for number in numbers:
        sentence = sentences.at(number.span[0])
        if sentence is not None and is_claim(number, sentence):
            out.append(finder.claim(f"c{len(out) + 1}", number, sentence))
    return tuple(out)


# What may stand between two figures of one thing: `rose 8% to $8.4bn`, `9,240 – up almost 12%`.
_CONNECTED = re.compile(
    r"(?:\s(?:higher|lower|more|less)(?:\sthan\s[\w\s]{1,30})?|\s(?:in|since|by|last)\s(?:\w+\s?){1,3})?"
    r"\s?[,–—(-]?\s?(?:and\s|or\s|but\s)?"
    r"(?:(?:up|down)(?:\sby)?|(?:picking\sup\sagain|dipping|rising|falling|climbing)?\s?(?:to|from|at|by)"
    r"|compared\s(?:to|with)|against|equivalent\sto|equal\sto|an?)?\s?(?:the\s)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the figure before said, for figures that share its noun or convert its money."""

    number: Number
    sentence: Sentence
    counted: str
    population: str | None
    change: Change | None


class _Finder:
    """Fills claims one after the other, remembering what the paragraph counts."""

    def __init__(self, origins: Origins, mentions: Sequence[Mention]) -> None:
        self._origins, self._mentions = origins, mentions
        self._seen: _Seen | None = None

    def claim(self, name: str, number: Number, sentence: Sentence) -> Claim:
        reasons = [f"number: {number.kind}"]
        change = find_change(number, sentence) or self._converted(number, sentence)
        if change:
            reasons.append(f"direction: {change.rule}")
        base = find_base(number, sentence, change)
        phrase = self._counted(number, sentence, change)
        if phrase:
            reasons.append(f"counted: {phrase.rule}")
            self._seen = _Seen(number, sentence, phrase.text, phrase.population, change)
        origin = self._origins.of(number, sentence)
        if origin:
            reasons.append(f"speaker: {origin.rule}")
        form = _form(number, change)
        scale = 100 if form in ("share", "change_relative") and number.kind == "fraction" else 1
        return Claim(
            id=name,
            span=number.span,
            form=form,
            value=_scaled(number.value, scale),
            low=_scaled(number.low, scale),
            high=_scaled(number.high, scale),
            approximator=number.approximator,
            unit=_unit(number, phrase),
            counted=phrase.text if phrase else None,
            population=phrase.population if phrase else None,
            direction=change.direction if change else None,
            base=base,
            period=find_period(number, sentence, base),
            area=find_area(number, sentence, self._mentions),
            status=_status(number, sentence, origin),
            attribution=origin.attribution if origin else None,
            speaker=origin.speaker if origin else None,
            reasons=tuple(reasons),
        )

    def _counted(self, number: Number, sentence: Sentence, change: Change | None) -> Phrase | None:
        """The rules for one figure; else the noun of the figure before in the same paragraph."""
        seen = self._seen
        if seen and self._is_conversion(number, sentence):
            return Phrase(seen.counted, "converted", seen.population)
        near = self._near(number, sentence, change)
        found = counted_by(number, sentence, changed=change is not None, near=near)
        if found or seen is None:
            return found
        if subject_figure(number, sentence):
            return Phrase(seen.population or seen.counted, "shared-population", seen.population)
        if seen.sentence.paragraph != sentence.paragraph:
            return None
        return Phrase(seen.counted, "shared-noun", seen.population)

    def _near(self, number: Number, sentence: Sentence, change: Change | None) -> Phrase | None:
        """The noun of the figure right before, where only a connector parts the two."""
        seen = self._seen
        if seen is None or seen.sentence is not sentence:
            return None
        gap = sentence.text[seen.number.extent[1] : number.extent[0]]
        insertion = change and change.rule in ("comparative-after", "particle")
        follows = insertion and re.search(r"[,–—(]\s(?:(?:and|or|up|down|by)\s)*\Z", gap)
        if not follows and (len(gap) > 60 or not _CONNECTED.fullmatch(gap)):
            return None
        return Phrase(seen.counted, "shared-noun", seen.population)

    def _is_conversion(self, number: Number, sentence: Sentence) -> bool:
        """`£3.7bn ($7bn)`, `a quarter (24%)`: the same figure again in brackets."""
        seen = self._seen
        if seen is None or seen.number.span[1] > number.span[0]:
            return False
        gap = sentence.text[seen.number.span[1] : number.span[0]]
        after = sentence.text[number.span[1] : number.span[1] + 1]
        return len(gap) < 4 and gap.strip() in ("(", ",", "-", "–") and after in (")", ",", "")

    def _converted(self, number: Number, sentence: Sentence) -> Change | None:
        return self._seen.change if self._seen and self._is_conversion(number, sentence) else None


def _status(number: Number, sentence: Sentence, origin: Origin | None) -> ClaimStatus | None:
    """By the words around the figure; what a survey is cited for comes from a survey."""
    status = find_status(number, sentence)
    named = origin.speaker.name if origin and origin.speaker else None
    if status in (None, "recorded") and named and SURVEY.search(named):
        return "survey"
    return status


def _scaled(value: Fraction | None, factor: int) -> Fraction | None:
    return value * factor if value is not None else None


def _form(number: Number, change: Change | None) -> ClaimForm:
    """The form by kind; a share or sum that says how much something changed is a change."""
    if number.per is not None and number.kind not in ("percent", "fraction"):
        return "rate"
    if change and change.is_change:
        if number.kind in ("percent", "fraction"):
            return "change_relative"
        if number.kind in ("money", "count", "measure", "duration"):
            return "change_absolute"
    return _FORMS[number.kind]


def _unit(number: Number, phrase: Phrase | None) -> str | None:
    """`GBP`, `per cent`, `minutes`; a rate's unit names both sides: `GBP a week`."""
    if number.per is None:
        return number.unit
    unit = number.unit or (phrase.text if phrase else None)
    if number.per == "every":
        return f"{unit} between two" if unit else None
    return f"{unit} {number.per}" if unit else number.per
