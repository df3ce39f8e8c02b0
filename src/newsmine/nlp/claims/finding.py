"""Claims: every figure of an article with what it counts, against what, and on whose word.

The number grammar says what is printed; here the words around each figure are read, by rules on
words (there is no parser). Every field that is filled names its rule in ``reasons``; what no rule
finds stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from newsmine.nlp.claims.areas import find_area
from newsmine.nlp.claims.bases import find_base
from newsmine.nlp.claims.change import find_change, implied
from newsmine.nlp.claims.context import find_period, find_status
from newsmine.nlp.claims.counted import clause, counted_by, has_pronoun, subject_figure
from newsmine.nlp.claims.filter import is_claim
from newsmine.nlp.claims.history import History, Seen
from newsmine.nlp.claims.levels import Change
from newsmine.nlp.claims.periods import resolve_period
from newsmine.nlp.claims.phrases import Phrase
from newsmine.nlp.claims.source import SURVEY, Origin, Origins
from newsmine.nlp.claims.text import Sentence, Sentences, claim_zones
from newsmine.nlp.numbers import Number, parse_numbers
from newsmine.nlp.numbers.lexicon import plain_letters
from newsmine.types import Article, Attribution, Claim, ClaimForm, ClaimStatus, Mention, Speaker

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
    article = replace(article, text=plain_letters(article.text))
    sentences = Sentences(article.text, claim_zones(article))
    finder = _Finder(article, numbers, Origins(attributions, sentences), mentions)
    out: list[Claim] = []
    for number in numbers:
        sentence = sentences.at(number.span[0])
        if sentence is not None and is_claim(number, sentence):
            out.append(finder.claim(f"c{len(out) + 1}", number, sentence))
    return tuple(out)


_SUMS_UP = re.compile(
    r"\W*(?:That|This|It|Which)(?:\s(?:is|was|means|equates\sto|works\sout\sat|amounts\sto)|['’]s)"
    r"\s(?:[a-z]+\s){0,3}\Z"
)


_OF_BEFORE = re.compile(
    r"(?:\A|[.;:–—]\s)\W*Of\s(?P<it>(?:the|those|these|its|their|all)\s[^,.;:]{2,60}),\s\Z"
)


class _Finder:
    """Fills claims one after the other, remembering what the paragraph counts."""

    def __init__(
        self,
        article: Article,
        numbers: Sequence[Number],
        origins: Origins,
        mentions: Sequence[Mention],
    ) -> None:
        self._published = article.published
        self._figures = [number.span for number in numbers if number.is_quantity]
        self._origins, self._mentions = origins, mentions
        self._history = History()
        self._asking: set[str | None] = set()
        self._last_period: str | None = None

    def claim(self, name: str, number: Number, sentence: Sentence) -> Claim:
        change = self._history.restated(number, sentence) or find_change(number, sentence)
        change = change or self._history.change(number, sentence)
        phrase = self._counted(number, sentence, change)
        if change is None and phrase:
            change = implied(number, sentence, phrase)
        if phrase:
            self._history.add(Seen(number, sentence, phrase, change))
        counted = phrase.text if phrase else None
        base = find_base(number, sentence, change)
        origin = self._origins.of(number, sentence)
        period = self._period(number, sentence, base.text if base else None)
        area = find_area(number, sentence, self._mentions, counted)
        status = self._status(number, sentence, origin)
        form = _form(number, change)
        scale = 100 if form in ("share", "change_relative") and number.kind == "fraction" else 1
        rules = {
            "number": number.kind,
            "direction": change.rule if change else None,
            "counted": phrase.rule if phrase else None,
            "base": base.rule if base else None,
            "period": self._resolved(period),
            "area": area.rule if area else None,
            "status": status[1] if status else None,
            "speaker": origin.rule if origin else None,
        }
        return Claim(
            id=name,
            span=number.span,
            form=form,
            value=_scaled(number.value, scale),
            low=_scaled(number.low, scale),
            high=_scaled(number.high, scale),
            approximator=number.approximator,
            unit=_unit(number, phrase),
            counted=counted,
            population=phrase.population if phrase else None,
            direction=change.direction if change else None,
            base=base.text if base else None,
            period=period,
            area=area.text if area else None,
            status=status[0] if status else None,
            attribution=origin.attribution if origin else None,
            speaker=origin.speaker if origin else None,
            reasons=tuple(f"{field}: {rule}" for field, rule in rules.items() if rule),
        )

    def _resolved(self, period: str | None) -> str | None:
        """The intervals that the period can mean, the likelier first, for the reasons."""
        readings = resolve_period(period, self._published) if period else ()
        return " or ".join(map(str, readings)) or None

    def _period(self, number: Number, sentence: Sentence, base: str | None) -> str | None:
        """As printed near the figure; `that is 23 a day` has the period of the figure before."""
        found = find_period(number, sentence, base, self._figures)
        self._last_period, before = found or self._last_period, self._last_period
        if found is None and _SUMS_UP.match(sentence.before(number.extent[0])):
            return before
        return found

    def _status(
        self, number: Number, sentence: Sentence, origin: Origin | None
    ) -> tuple[ClaimStatus, str] | None:
        """By the words around the figure; shares from who was cited for a survey are its too."""
        status = find_status(number, sentence)
        speaker = origin.speaker if origin else None
        who = {speaker.name, speaker.organisation} - {None} if speaker else set()
        asked = any(SURVEY.search(str(name)) for name in who)
        if asked or (status and status[0] == "survey"):
            self._asking |= who
        shared = number.kind in ("percent", "fraction", "ratio", "points")
        polled = asked or (shared and bool(who & self._asking))
        if status and status[0] == "estimate":
            return status  # `the survey estimated that …`: it says so itself
        if polled and (shared or status is None or status[0] == "recorded"):
            return "survey", "source"
        if status is None and number.kind not in ("duration", "rank"):
            return _of_document(speaker)
        return status

    def _counted(self, number: Number, sentence: Sentence, change: Change | None) -> Phrase | None:
        """The rules for one figure; else the noun of a figure before in the same paragraph."""
        if again := self._history.converted(number, sentence):
            return Phrase(again.phrase.text, "converted", again.phrase.population)
        near = self._history.of_them(number, sentence) or self._history.near(
            number, sentence, change
        )
        found = counted_by(number, sentence, changed=_moves(change), near=near)
        if found is None:
            if subject_figure(number, sentence) and (whole := self._history.whole()):
                return Phrase(whole, "shared-population", whole)
            far = has_pronoun(number, sentence)
            return self._history.shared(number, sentence, far=far) or clause(number, sentence)
        if found.rule in ("predicate", "elided"):
            return self._of_those(found, number, sentence)
        if found.rule == "bare-measure":
            return self._history.shared(number, sentence, far=True) or found
        return found

    def _of_those(self, found: Phrase, number: Number, sentence: Sentence) -> Phrase:
        """`Half said they had paid`, of parents: `parents that said they had paid`."""
        of = _OF_BEFORE.search(sentence.before(number.extent[0], limit=90))
        whole = of["it"] if of else self._history.whole()
        if whole is None:
            return found
        text = found.text if found.rule == "elided" else f"{whole} that {found.text}"
        return Phrase(text, found.rule, whole)


_COMPILED: tuple[tuple[re.Pattern[str], ClaimStatus], ...] = (
    (re.compile(r"(?<!\w)(?:forecasts?|projections?|predictions?)(?!\w)", re.I), "forecast"),
    (re.compile(r"(?<!\w)estimates?(?!\w)", re.IGNORECASE), "estimate"),
    (re.compile(r"(?<!\w)(?:figures|statistics|records|data|audit)(?!\w)", re.I), "recorded"),
    (re.compile(r"(?<!\w)study(?!\w)", re.IGNORECASE), "survey"),
)


def _of_document(speaker: Speaker | None) -> tuple[ClaimStatus, str] | None:
    """What a document that gives figures holds, by its name: `police figures` were recorded."""
    if speaker is None or speaker.type != "document":
        return None
    name = speaker.name or ""
    return next(((s, "document") for pattern, s in _COMPILED if pattern.search(name)), None)


def _moves(change: Change | None) -> bool:
    """Whether the clause tells of a change, so that its subject or object is what is counted."""
    return change is not None and change.rule not in ("compared", "joined-change")


def _scaled(value: Fraction | None, factor: int) -> Fraction | None:
    return value if value is None or factor == 1 else value * factor


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
