"""On whose word a figure stands: the attribution that covers it, or a document in the sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsmine.nlp.claims.lexicon import possible
from newsmine.nlp.claims.text import Sentence, Sentences, vocabulary
from newsmine.nlp.numbers import Number
from newsmine.nlp.numbers.lexicon import alternatives
from newsmine.types import Attribution, Span, Speaker

_REACH = 300


class Origin(NamedTuple):
    """Who gives a figure, the attribution it stands in, and the rule."""

    speaker: Speaker | None
    attribution: str | None
    rule: str


class Origins:
    """Looks up who gives a figure; remembers the documents that an article reports."""

    def __init__(self, attributions: Sequence[Attribution], sentences: Sentences) -> None:
        self._all = list(attributions)
        self._sentences = sentences
        self._read: dict[Span, Speaker | None] = {}
        self._contents = _spans((a.content, i) for i, a in enumerate(self._all))
        self._sources = _spans((a.source, i) for i, a in enumerate(self._all))
        # (start, end, speaker) of everything said, and of what documents say, in order.
        self._spoken = [(s, e, who) for (s, e), i in self._contents if (who := self._speaker(i))]
        self._documents = [each for each in self._spoken if _is_document(each[2])]

    def of(self, number: Number, sentence: Sentence) -> Origin | None:
        """The origin of a figure, from the surest rule to the least sure.

        An attribution that covers it; a document named in its sentence; for shares and where the
        sentence speaks of a survey, the document reported last; the sentence before in the same
        paragraph, if that is attributed and this one is not; a document named right after.
        """
        covering = self._covering(number.span)
        if covering and covering.speaker and not _RESPONDENTS.search(covering.speaker.name or ""):
            return covering
        mine = covering.attribution if covering else None
        speaker, rule = self._uncovered(number, sentence)
        if speaker is None:
            return covering
        return Origin(speaker, mine, rule)

    def _uncovered(self, number: Number, sentence: Sentence) -> tuple[Speaker | None, str]:
        place = number.span[0]
        if named := self._named(number.span, sentence):
            return named, "document-in-sentence"
        words = vocabulary(sentence)
        near = sentence.before(place) + sentence.after(number.span[1])
        if number.kind in _SHARES or (words & _FINDING_WORDS and _FINDING.search(near)):
            asked = bool(words & _ASKING_WORDS and SURVEY.search(near))
            if running := self._running(place, asked=asked):
                return running, "document-carried"
        if before := self._sentence_before(place, sentence):
            return before, "source-carried-in-paragraph"
        if number.kind in _SHARES and (ahead := self._ahead(place, sentence)):
            return ahead, "document-ahead"
        return None, ""

    def _covering(self, span: Span) -> Origin | None:
        """The shortest content, or document's name, that covers the figure."""
        found = _holding(self._contents, span)
        if found is not None:
            return Origin(self._speaker(found), self._all[found].id, "attribution")
        named = _holding(self._sources, span)
        speaker = self._speaker(named) if named is not None else None
        if named is None or speaker is None or not _is_document(speaker):
            return None
        return Origin(speaker, self._all[named].id, "in-source")

    def _speaker(self, index: int) -> Speaker | None:
        """An uncued quotation goes on the one before, and has its speaker."""
        attribution = self._all[index]
        if attribution.speaker or attribution.cue or attribution.source or index == 0:
            return attribution.speaker
        return self._all[index - 1].speaker

    def _named(self, span: Span, sentence: Sentence) -> Speaker | None:
        """A document named in the sentence; a bare `the survey` is the one reported last."""
        found = self._document(span, sentence)
        if found is None:
            return None
        if _BARE.fullmatch(found.name or "") and (running := self._running(span[0])):
            return running
        start, end = found.mention or span
        if found.type == "document" or not self._asked_before(start):
            self._documents.append((start, end, found))
        return found

    def _asked_before(self, place: int) -> bool:
        """Whether a survey is running, so that who held the interviews does not replace it."""
        running = self._running(place, asked=True)
        return running is not None and bool(SURVEY.search(running.name or ""))

    def _running(self, place: int, *, asked: bool = False) -> Speaker | None:
        """The document reported last before a place; a survey, where people were asked."""
        before = [each for each in self._documents if place - _REMEMBERED < each[0] < place]
        surveys = [each for each in before if SURVEY.search(each[2].name or "")]
        chosen = surveys if asked and surveys else before
        return max(chosen, key=lambda each: each[0])[2] if chosen else None

    def _sentence_before(self, place: int, sentence: Sentence) -> Speaker | None:
        previous = self._sentences.number(self._sentences.index(place) - 1)
        if previous is None or previous.paragraph != sentence.paragraph:
            return None
        inside = [e for e in self._spoken if e[0] < sentence.end and e[1] > sentence.start]
        before = [e for e in self._spoken if e[0] < previous.end and e[1] > previous.start]
        return before[-1][2] if before and not inside else None

    def _ahead(self, place: int, sentence: Sentence) -> Speaker | None:
        """`Calls are up 40 per cent. The figures, from X, …`."""
        after = [e for e in self._documents if place < e[0] < place + _REACH]
        if after:
            return after[0][2]
        following = self._sentences.number(self._sentences.index(place) + 1)
        if following is None:
            return None
        return self._document((following.start, following.start), following)

    def _document(self, span: Span, sentence: Sentence) -> Speaker | None:
        """The document named around a place, looked for once where figures share a sentence."""
        around = max(sentence.start, span[0] - _REACH), min(sentence.end, span[1] + _REACH)
        if around not in self._read:
            self._read[around] = _document(sentence, *around)
        return self._read[around]


# "last September's figures" name a time, not a maker.
_DATED = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"year|month|week|day)['’]s\s"
)
_SHARES = ("percent", "fraction", "ratio", "rank")
_REMEMBERED = 3000
_BARE = re.compile(
    r"(?:the|a|this|that)\s(?:\w+\s)?(?:survey|poll|study|report|research|figures|data|statistics|analysis)",
    re.IGNORECASE,
)
_RESPONDENTS = re.compile(r"(?<!\w)(?:respondents|those\s(?:polled|surveyed))(?!\w)", re.IGNORECASE)
_ASKING_WORDS = frozenset(
    ("survey", "surveys", "poll", "polls", "polled", "surveyed", "respondents", "interviewed",
     "census")
)  # fmt: skip
SURVEY = re.compile(rf"(?<!\w)(?:{alternatives(_ASKING_WORDS)})(?!\w)", re.IGNORECASE)
_FINDING_WORDS = frozenset(
    ("survey", "poll", "polled", "surveyed", "study", "respondents", "interviewed", "sample",
     "researchers", "figures", "statistics")
)  # fmt: skip
_FINDING = re.compile(rf"(?<!\w)(?:{alternatives(_FINDING_WORDS)})(?!\w)", re.IGNORECASE)


def _spans(pairs: Iterable[tuple[Sequence[Span], int]]) -> list[tuple[Span, int]]:
    return sorted((span, place) for spans, place in pairs for span in spans)


def _holding(spans: Sequence[tuple[Span, int]], wanted: Span) -> int | None:
    """The index behind the shortest span that holds the wanted one; nesting is shallow."""
    place = bisect_right(spans, (wanted[0] + 1, -1), key=lambda each: (each[0][0], each[1]))
    held = [
        (end - start, index)
        for (start, end), index in spans[max(0, place - 24) : place]
        if start <= wanted[0] and wanted[1] <= end
    ]
    return min(held)[1] if held else None


def _is_document(speaker: Speaker) -> bool:
    if _RESPONDENTS.search(speaker.name or ""):
        return False
    return speaker.type == "document" or bool(_IS_DOCUMENT.search(speaker.name or ""))


def _document(sentence: Sentence, left: int, right: int) -> Speaker | None:
    """`according to Y`, `figures released by X reveal`, `a survey by X found`."""
    for pattern, _status in possible("documents", vocabulary(sentence)):
        for match in pattern.finditer(sentence.text, left, right):
            if not _DATED.search(match[0]):
                return _speaker_of(match)
    return None


def _speaker_of(match: re.Match[str]) -> Speaker:
    groups = match.groupdict()
    name = (groups["it"] or groups["it2"]).strip().rstrip(".")
    org = (groups.get("org") or groups.get("org2") or "").strip(" .") or None
    if org and not any(word[:1].isupper() for word in org.split()):
        org = None
    kind = "document" if _IS_DOCUMENT.search(name) else "organisation"
    organisation = org or (name if kind == "organisation" else None)
    mention = match.span("it" if groups["it"] else "it2")
    if kind == "document":
        return Speaker(name, "document", None, organisation, mention)
    return Speaker(name, "organisation", None, organisation, mention)


_IS_DOCUMENT = re.compile(
    r"(?<!\w)(?:figures|data|statistics|research|reports?|surveys?|study|poll|analysis|estimates"
    r"|records|findings|documents|results|audit|inquiry|census|index|accounts|forecasts|assessment|memo|dossier"
    r"|briefing|tables|testing)(?!\w)",
    re.IGNORECASE,
)
