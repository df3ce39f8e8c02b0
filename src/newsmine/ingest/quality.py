"""How well an article was read: words that are words, the engine's confidence, the share of edits.

A timeline over badly scanned years counts what could be read, not what was printed; whoever draws
one has to know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsmine.ingest.survey import NOTHING, Survey
from newsmine.ingest.vocabulary import is_word
from newsmine.types import Alignment, Article, RawArticle

LOW_QUALITY = "low quality"

LOWEST_KNOWN = 0.85
"""Share of known words below which an article is flagged.

On Victorian papers (BLN600) it finds four in five articles whose character error rate is above
10 %, and no human transcription; on the Overproof set nine in ten, and 2.5 % of the transcriptions,
which are lists. Of modern articles it takes three in a thousand, full of embedded tweets."""

LOWEST_CONFIDENCE = 0.70
"""Mean confidence below which an article is flagged."""

FEWEST = 40
"""Words that are needed to tell."""

_WORD = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")
"""In lower case: names are in no word list, and shorter ones are known by chance."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What an article's text says of how well it was read.

    Attributes:
        words: Lower-case words of three letters or more that were looked up.
        known: The share of them in the word list or the batch; ``None`` without any.
        confidence: The engine's mean confidence over the words of the article's pages, 0 to 1;
            ``None`` where it gave none.
        edited: The share of the raw characters that cleaning changed or took out, white space
            aside.
    """

    words: int
    known: float | None
    confidence: float | None
    edited: float

    @property
    def low(self) -> bool:
        """Whether the article should not be trusted without looking at it."""
        misread = self.known is not None and self.words >= FEWEST and self.known < LOWEST_KNOWN
        return misread or (self.confidence is not None and self.confidence < LOWEST_CONFIDENCE)


def quality_of(article: Article, survey: Survey = NOTHING) -> Quality:
    """The quality of an article."""
    words, known = known_words(article.text, survey)
    raw = article.raw
    return Quality(
        words=words,
        known=known / words if words else None,
        confidence=_confidence(raw) if raw else None,
        edited=_edited(article.alignment, raw.raw_text) if raw else 0.0,
    )


def known_words(text: str, survey: Survey = NOTHING) -> tuple[int, int]:
    """How many lower-case words there are, and how many of them are known."""
    found = [is_word(match[0], survey.count) for match in _WORD.finditer(text)]
    return len(found), sum(found)


def _confidence(raw: RawArticle) -> float | None:
    found = [
        word.confidence
        for page in raw.pages
        for _, word in page.words
        if word.confidence is not None
    ]
    return sum(found) / len(found) if found else None


def _edited(alignment: Alignment, raw: str) -> float:
    changed = sum(
        len("".join(raw[slice(*edit.raw)].split())) for edit in alignment.edits if edit.rule
    )
    return changed / max(len("".join(raw.split())), 1)
