"""What is said of who is who: identities, names, questions, posts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NamePart:
    """A name; ``articles`` (ids) where it is this one's in some articles alone."""

    name: str
    articles: tuple[str, ...] | None = None

    def record(self) -> dict[str, Any]:
        """As judgements have it."""
        return {key: value for key, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Identity:
    """A person or organisation of several names, or one of several of a name.

    ``label`` finds this one alone; ``reasons`` say for pairs of names why they are one.
    """

    type: str
    name: str
    label: str
    parts: tuple[NamePart, ...]
    renamed: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Two that may be one: ``unsure`` where somebody looked and could not say."""

    type: str
    one: NamePart
    other: NamePart
    score: float
    reasons: tuple[str, ...]
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A name in an article, which ``place`` tells: its outlet, date and id."""

    role: str | None
    organisation: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Post:
    """What a person was, by the articles of its time; dates are those of articles."""

    organisation: str | None
    role: str | None
    first: str | None
    last: str | None
    quotes: int
