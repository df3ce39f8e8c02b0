"""Articles about one topic only: what is not about it is never given to the model.

The topic dictionary looks at every article, which takes about a hundredth of the model's time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from newsmine.progress import Skipped
from newsmine.types import Article

if TYPE_CHECKING:
    from newsmine.index.topics.stored import Scorer

_HEADS = ("headline", "standfirst")


@dataclass(frozen=True, slots=True)
class OnlyTopic:
    """A topic, and the dictionary or model that says which articles are about it.

    ``content`` is the text of that, ``None`` for the shipped dictionary; ``digest`` is of all in it
    that decides.
    """

    topic: str
    kind: str
    digest: str
    content: str | None = None

    @classmethod
    def of(cls, topic: str, scorer: Scorer | None = None) -> OnlyTopic:
        """A topic as it is typed, by the shipped dictionary or by another scorer.

        Raises:
            QueryError: The dictionary has no such topic.
        """
        from newsmine.index.topics import shipped_scorer
        from newsmine.index.topics.stored import topic_among

        shipped = shipped_scorer()
        used: Scorer = scorer or shipped
        name = topic_among([name for name, _, _ in used.topics], topic)
        same = used.digest == shipped.digest
        return cls(name, used.kind, used.digest, None if same else used.content)

    @property
    def setting(self) -> str:
        """As the manifest of an index has it."""
        return f"{self.topic}@{self.digest[:12]}"

    def without(self, article: Article) -> Skipped | None:
        """Why an article is passed over; ``None`` where it is about the topic."""
        scorer = _scorer(self.kind, self.content)
        heads = [zone.span for zone in article.zones if zone.kind in _HEADS]
        scored = scorer.score(article.text, heads=heads).article
        found = next((score for score in scored if score.topic == self.topic), None)
        if found and found.about:
            return None
        reason = f"is not about {self.topic} (score {found.score if found else 0:.2f})"
        remedy = "Build without --only-topic to have it"
        return Skipped(article.path, reason, remedy, passed_over=True, id=article.id)


@lru_cache(maxsize=2)
def _scorer(kind: str, content: str | None) -> Scorer:
    from newsmine.index.topics import shipped_scorer
    from newsmine.index.topics.stored import scorer_from

    return shipped_scorer() if content is None else scorer_from(kind, content)
