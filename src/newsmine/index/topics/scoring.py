"""From the terms that occur to scores of an article and of each quotation in it.

Points of an article for a topic are, over its terms, the weight times how often the term stands, at
most ``MOST`` times; once in a headline or standfirst is twice. With a topic's ``enough`` points the
score is a half: ``points / (points + enough)``. From ``ABOUT`` on, the article is about the topic.

A quotation's own points are those of the terms inside it. To these its article lends ``LENT`` times
its own score. One point makes a half: what is said in an article on grooming is about grooming
where a word of its own says so, however weakly, but never by its article alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsmine.index.topics.dictionary import Dictionary
from newsmine.index.topics.matching import Hit, Matcher
from newsmine.types import Span

ABOUT = 0.5
MOST = 3
LENT = 0.75
_ENOUGH_IN_QUOTE = 1.0


@dataclass(frozen=True, slots=True)
class Fired:
    """A term that counts, what one occurrence weighs, and where it stands in the article's text."""

    term: str
    weight: float
    spans: tuple[Span, ...]

    def __str__(self) -> str:
        times = f" × {len(self.spans)}" if len(self.spans) > 1 else ""
        return f"{self.term} ({self.weight:+.2g}{times})"


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How far a text is about a topic, from 0 to 1, and why.

    ``lent`` is what a quotation has from its article: points, never enough on their own.
    """

    topic: str
    score: float
    fired: tuple[Fired, ...]
    lent: float = 0.0

    @property
    def about(self) -> bool:
        """Whether that is enough to say that the text is about it."""
        return self.score >= ABOUT


@dataclass(frozen=True, slots=True)
class Scored:
    """The topics of an article, best first, and of each of its quotations, in their order."""

    article: tuple[TopicScore, ...]
    quotes: tuple[tuple[TopicScore, ...], ...]


class DictionaryScorer:
    """Scores articles by a dictionary."""

    kind = "dictionary"

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self._matcher = Matcher(dictionary)
        self._enough = {topic.name: topic.enough for topic in dictionary.topics}

    @property
    def topics(self) -> tuple[tuple[str, str, str | None], ...]:
        """Name, title and the topic that it is part of, for each topic."""
        return tuple((t.name, t.title, t.part_of) for t in self.dictionary.topics)

    @cached_property
    def digest(self) -> str:
        """Of all that decides about scores."""
        return self.dictionary.digest

    @property
    def content(self) -> str:
        """The text from which this scorer is made again."""
        return self.dictionary.text

    def score(
        self, text: str, quotes: Sequence[Sequence[Span]] = (), heads: Sequence[Span] = ()
    ) -> Scored:
        """The topics of an article and of its quotations.

        Args:
            text: The article's text; all offsets count its characters.
            quotes: The spans of each quotation.
            heads: Headlines and standfirsts.
        """
        hits = self._matcher.hits(text)
        whole = [self._of_article(topic, found, heads) for topic, found in hits.items()]
        said = tuple(tuple(_of_quote(hits, whole, spans)) for spans in quotes)
        return Scored(ordered(whole), tuple(map(ordered, said)))

    def _of_article(self, topic: str, hits: Sequence[Hit], heads: Sequence[Span]) -> TopicScore:
        fired = _fired(hits)
        points = 0.0
        for one in fired:
            times = sum(2 if _inside(span, heads) else 1 for span in one.spans)
            points += one.weight * min(times, MOST)
        return TopicScore(topic, _share(points, self._enough[topic]), fired)


def ordered(scores: Iterable[TopicScore]) -> tuple[TopicScore, ...]:
    """Best first; of equal ones by name."""
    return tuple(sorted(scores, key=lambda score: (-score.score, score.topic)))


def _of_quote(
    hits: Mapping[str, Sequence[Hit]], whole: Iterable[TopicScore], spans: Sequence[Span]
) -> Iterable[TopicScore]:
    for article in whole:
        own = [hit for hit in hits[article.topic] if _inside(hit.span, spans)]
        if own:
            fired = _fired(own)
            points = sum(one.weight * min(len(one.spans), MOST) for one in fired)
            lent = round(LENT * article.score, 4)
            score = _share(points + lent, _ENOUGH_IN_QUOTE)
            yield TopicScore(article.topic, score, fired, lent)


def _fired(hits: Iterable[Hit]) -> tuple[Fired, ...]:
    spans: dict[tuple[str, float], list[Span]] = {}
    for hit in hits:
        spans.setdefault((hit.term.text, hit.term.weight), []).append(hit.span)
    return tuple(Fired(*key, tuple(found)) for key, found in spans.items())


def _inside(span: Span, wholes: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in wholes)


def _share(points: float, enough: float) -> float:
    return round(points / (points + enough), 4)
