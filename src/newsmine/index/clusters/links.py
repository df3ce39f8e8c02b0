"""Whether two prints are of one saying: how they are alike, how surely, and why."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from newsmine.index.clusters.speakers import Who, likeness
from newsmine.index.clusters.words import (
    covered,
    figures,
    fragments_of,
    is_stock,
    quote_words,
    rows_of,
    stems,
    weighty,
)

LinkKind = Literal["exact", "near", "trimmed", "mixed", "paraphrase"]

STRONG = 6
"""Words from which a text speaks for itself; fewer, or a stock phrase, are said again and again."""
_WEIGHTY = 3
"""Of them, words that say what it is about."""
SOON = 7
"""Days within which one speaker's brief or stock phrase is one saying: a weekly's lag."""
AT_ONCE = 3
"""Days within which what one speaker says is reported in other words."""

_SHARED = 0.8
"""Share of the shorter text's words that the longer has too, in rows; misprints leave so many."""
_FRAGMENT, _FEWEST = 0.9, 4
_REPORTED, _FEWEST_STEMS = 0.6, 4
"""Share, and number, of the shorter text's weighty words that a paraphrase keeps."""
_OPEN = 0.85
"""What a link is worth whose speaker one article leaves open."""


@dataclass(frozen=True)  # No slots: what is compared of it is made once, when it is asked for.
class Said:
    """One print of a saying, ready to be compared.

    ``published`` is an ISO date, maybe partial. ``kind`` is that of the attribution.
    """

    id: int
    article: int
    quote: str
    kind: str = "direct"
    who: Who = field(default_factory=Who)
    published: str | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        return quote_words(self.quote)

    @cached_property
    def rows(self) -> frozenset[tuple[str, ...]]:
        return rows_of(self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self.words)

    @cached_property
    def fragments(self) -> tuple[tuple[str, ...], ...]:
        return fragments_of(self.quote) if self.kind == "mixed" else ()

    @cached_property
    def strong(self) -> bool:
        return is_strong(self.words)

    @cached_property
    def day(self) -> datetime.date | None:
        """When it was printed, if the day is known."""
        whole = self.published is not None and len(self.published) == 10
        return datetime.date.fromisoformat(self.published or "") if whole else None


def is_strong(words: tuple[str, ...]) -> bool:
    """Whether these words are enough to know a saying by."""
    return len(words) >= STRONG and len(set(weighty(words))) >= _WEIGHTY and not is_stock(words)


@dataclass(frozen=True, slots=True)
class Link:
    """Two prints of one saying, the smaller id first. ``score`` is from 0 to 1."""

    a: int
    b: int
    kind: LinkKind
    score: float
    reason: str


def link(a: Said, b: Said) -> Link | None:
    """How two prints are one saying; ``None`` where they are not, or nothing tells.

    Different speakers are never one. Brief or stock phrases are one only of the same speaker
    within ``SOON`` days; other words for it (``paraphrase``) only within ``AT_ONCE`` days.
    """
    a, b = sorted((a, b), key=lambda said: said.id)
    who = likeness(a.who, b.who)
    if a.id == b.id or who == "different" or not a.words or not b.words:
        return None
    for rule in (_exact, _near_or_trimmed, _mixed, _paraphrase):
        found = rule(a, b, same=who == "same")
        if found:
            kind, score, reason = found
            worth = score if who == "same" else score * _OPEN
            said = "the same speaker" if who == "same" else "a speaker left open"
            return Link(a.id, b.id, kind, round(worth, 3), f"{reason}; {said}")
    return None


_Found = tuple[LinkKind, float, str] | None


def _exact(a: Said, b: Said, *, same: bool) -> _Found:
    if a.words != b.words:
        return None
    if a.strong:
        return "exact", 1.0, "the same words"
    # A paper that prints a phrase twice repeats itself; two papers quote one occasion.
    if same and a.article != b.article and _within(a, b, SOON):
        return "exact", 0.8, f"the same few words within {SOON} days"
    return None


def _near_or_trimmed(a: Said, b: Said, *, same: bool) -> _Found:
    short, long = sorted((a, b), key=lambda said: len(said.words))
    if not short.strong and not (same and len(short.words) >= _FEWEST and _within(a, b, SOON)):
        return None
    share = covered(short.words, long.rows)
    if share < _SHARED or _other_figures(a, b):
        return None
    back = covered(long.words, short.rows)
    if back >= _SHARED:
        return "near", 0.95 * min(share, back), f"{min(share, back):.0%} of the words the same"
    # A row in the paper's words with a piece in quotation marks is no trimmed quotation.
    kind: LinkKind = "mixed" if (a.kind == "mixed") != (b.kind == "mixed") else "trimmed"
    return kind, 0.9 * share, f"{share:.0%} of the shorter one's words in the longer one"


def _other_figures(a: Said, b: Said) -> bool:
    """Whether each gives a figure that the other lacks, as a count does that was updated."""
    one, other = figures(a.words), figures(b.words)
    return bool(one - other and other - one)


def _mixed(a: Said, b: Said, *, same: bool) -> _Found:
    for one, other in ((a, b), (b, a)):
        for words in one.fragments:
            enough = is_strong(words) or (same and _telling(words) and _within(a, b, SOON))
            if enough and covered(words, other.rows) >= _FRAGMENT:
                return "mixed", 0.8, f"{len(words)} words in quotation marks are in the other one"
    return None


def _telling(words: tuple[str, ...]) -> bool:
    return len(words) >= _FEWEST and len(weighty(words)) >= 2 and not is_stock(words)


def _paraphrase(a: Said, b: Said, *, same: bool) -> _Found:
    if not same or "direct" == a.kind == b.kind or a.article == b.article:
        return None
    fewest = min(len(a.stems), len(b.stems))
    shared = a.stems & b.stems
    if len(shared) < max(_FEWEST_STEMS, _REPORTED * fewest) or _other_figures(a, b):
        return None
    if not _within(a, b, AT_ONCE):
        return None
    share = len(shared) / fewest
    return "paraphrase", 0.5 * share, f"{len(shared)} words of weight in common within 3 days"


def _within(a: Said, b: Said, days: int) -> bool:
    return a.day is not None and b.day is not None and abs((a.day - b.day).days) <= days
