"""Resolution on the text as it was printed, where scanning damaged what it leans on.

Names are spelled as elsewhere in the article, pronouns and titles beside a name or cue as they
must have been. Only resolution sees that text: every span, and what a name is shown as where
nothing in the article spells it better, stays as scanned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from newsmine.ingest.alignment import AlignedText, Replacement
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.misread import misreadings, origins
from newsmine.nlp.speakers.phrases import PRONOUNS
from newsmine.nlp.speakers.spellings import damaged, known_words
from newsmine.types import Article, Attribution, Mention, Span, Speaker

_NAME, _PRONOUN, _TITLE, _START_WORD = "name", "pronoun", "title", "start"
_PRONOUNS = ("he", "she", "they", "it")
_SMALL = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "her",
        "him",
        "his",
        "i",
        "in",
        "it",
        "me",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "them",
        "there",
        "these",
        "this",
        "those",
        "to",
        "us",
        "we",
        "what",
        "who",
        "you",
    }
)
_TITLES = {"mr": "Mr", "mrs": "Mrs", "ms": "Ms", "dr": "Dr", "sir": "Sir"}
_TITLED = re.compile(r"\b(?:Mrs?|Ms|Dr|Sir|Miss)\.? ([A-Z]\w+)")
_STOP = re.compile(r"\b(Mrs?|Ms|Dr)[,;:’'] (?=[A-Z][a-z])|\b(Mrs?|Ms)(?=[A-Z][a-z]{2})")
_BEFORE_NAME = re.compile(r"(?<![\w’'])([A-Z][a-zA-Z]{1,3})[.,]? (?=([A-Z]\w+))")
_START = re.compile(r"(?:^|[.!?][\"”’']? |\n|[“\"‘])([A-Z][a-z]{2,7}) (?=[A-Za-z])")
_AT = re.compile(r"(?<=\btold) at (\d+)")
_LONE = re.compile(r"\W*([^\W\d_]{2,5})\W*")


@dataclass(frozen=True, slots=True)
class Repaired:
    """An article as it was printed, and the way back."""

    article: Article
    made: AlignedText
    changes: tuple[Replacement, ...]

    def ahead(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Spans of the scanned text in the repaired one."""
        return tuple(new for span in spans for new in self.made.alignment.to_clean(span))

    def back(self, span: Span | None) -> Span | None:
        """A span of the repaired text in the scanned one."""
        found = self.made.alignment.to_raw(span) if span else ()
        return (found[0][0], found[-1][1]) if found else None

    def attribution(self, attribution: Attribution) -> Attribution:
        """An attribution with its spans led ahead."""
        parts = (attribution.content, attribution.source, attribution.cue)
        content, source, cue = map(self.ahead, parts)
        return replace(attribution, content=content, source=source, cue=cue)

    def mention(self, mention: Mention) -> Mention:
        """A mention with its span led ahead."""
        spans = self.ahead([mention.span])
        return replace(mention, span=(spans[0][0], spans[-1][1])) if spans else mention

    def resolved(self, before: Attribution, after: Attribution, text: str) -> Attribution:
        """The attribution as scanned with the speaker found, and what was read how."""
        speaker = after.speaker
        if speaker is not None:
            speaker = replace(speaker, mention=self.back(speaker.mention))
        told = after.reasons[len(before.reasons) :]
        # the place in a reason ("told at 310") counts characters of the text as scanned
        reasons = (*before.reasons, *(_AT.sub(self._place, reason) for reason in told))
        note = self._note(before, speaker, text)
        if note and len(reasons) > len(before.reasons):
            reasons = (*reasons[:-1], f"{reasons[-1]}; {note}")
        return replace(before, speaker=speaker, reasons=reasons)

    def _place(self, match: re.Match[str]) -> str:
        start = int(match[1])
        found = self.back((start, start + 1))
        return f" at {found[0]}" if found else match[0]

    def _note(self, before: Attribution, speaker: Speaker | None, text: str) -> str:
        words = set(re.findall(r"\w+", (speaker.name or "") if speaker else ""))
        source = [s for s in before.source if s[0] < s[1]]
        told = dict.fromkeys(
            text[c.start : c.end]
            for c in self.changes
            if (c.rule == _NAME and c.new in words)
            or any(start <= c.start < end for start, end in source)
        )
        return "also printed " + ", ".join(f"'{form}'" for form in told) if told else ""


def repaired(article: Article, attributions: Sequence[Attribution]) -> Repaired | None:
    """The article as it must have been printed; None where nothing is damaged."""
    text = article.text
    names = [Replacement(*span, new, _NAME) for span, new in damaged(text)]
    pronouns = _pronouns(text, attributions)
    changes = _apart(
        [
            *names,
            *pronouns,
            *_titles(text),
            *_starts(text, attributions),
        ]
    )
    if not changes:
        return None
    made = AlignedText.of(text).replace(changes)
    zones = []
    for zone in article.zones:
        spans = made.alignment.to_clean(zone.span)
        zones += [replace(zone, span=(spans[0][0], spans[-1][1]))] if spans else []
    return Repaired(replace(article, text=made.text, zones=tuple(zones)), made, tuple(changes))


def _apart(changes: list[Replacement]) -> list[Replacement]:
    """In order and without overlaps, the first one kept."""
    out: list[Replacement] = []
    for change in sorted(changes, key=lambda c: (c.start, c.end)):
        if not out or out[-1].end <= change.start:
            out.append(change)
    return out


def _pronouns(text: str, attributions: Sequence[Attribution]) -> Iterator[Replacement]:
    """As in "Re said": a source of one short word that is no name, but a pronoun misread."""
    seen = set[Span]()
    for attribution in attributions:
        for start, end in attribution.source if attribution.cue else ():
            match = _LONE.fullmatch(text, start, end)
            if match is None or match.span(1) in seen:
                continue
            seen.add(match.span(1))
            new = _pronoun(match[1], text)
            if new:
                yield Replacement(*match.span(1), new, _PRONOUN)


def _pronoun(word: str, text: str) -> str | None:
    """The pronoun that a word is a misreading of, if it is not a word of its own."""
    key = word.lower()
    if key in PRONOUNS or key in _SMALL or _is_name(word, text):
        return None
    found = next((p for p in _PRONOUNS if misreadings(p, key) == 1), None)
    return found.capitalize() if found and word[0].isupper() else found


def _is_name(word: str, text: str) -> bool:
    """Whether a short word is a name: known as one, or printed with a capital elsewhere."""
    if not word[0].isupper():
        return False
    known = len(word) > 2 and word.lower() in known_words() and word != "Lie"
    return known or len(re.findall(rf"\b{re.escape(word)}\b", text)) > 1


def _starts(text: str, attributions: Sequence[Attribution]) -> Iterator[Replacement]:
    """As in "Tbe council met": a sentence starts with a word misread, not with a name."""
    cues = {start for attribution in attributions for start, _ in attribution.cue}
    for match in _START.finditer(text):
        key = match[1].lower()
        speaks = match.end() in cues  # before a cue a name is likelier than a small word
        if speaks or key in known_words() or len(re.findall(rf"\b{key}\b", text, re.I)) > 1:
            continue
        named = text[match.end()].isupper()  # "Tbe Hollow Trust", but "Tho Pell" is a name
        found = origins(key, {"the"} if named else _starters())
        if found and (not named or len(key) == 3):
            yield Replacement(*match.span(1), min(found).capitalize(), _START_WORD)


@cache
def _starters() -> frozenset[str]:
    words = {w.lower() for w in lexicon().not_names}
    return frozenset(words | PRONOUNS) - {"a", "i"}


def _titles(text: str) -> Iterator[Replacement]:
    """As in "Mi Pell" beside "Mr Pell", "Mr, Pell" and "MrPell"."""
    for match in _STOP.finditer(text):
        yield Replacement(*match.span(), f"{match[1] or match[2]} ", _TITLE)
    titled = set(_TITLED.findall(text))
    for match in _BEFORE_NAME.finditer(text) if titled else ():
        key = match[1].lower()
        if match[2] not in titled or key in known_words() or key in _TITLES:
            continue
        new = next((t for t in _TITLES if misreadings(t, key) == 1), None)
        if new:
            yield Replacement(*match.span(1), _TITLES[new], _TITLE)
