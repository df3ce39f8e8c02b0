"""A classifier that users trained, as JSON: nothing in the file is run when it is opened.

It is TF-IDF over single words and pairs (compared as ``words`` says; one plus the logarithm of how
often each stands, smoothed IDF, each text of length one) and a logistic regression for each topic.
Predicting needs no library: the sums are scikit-learn's, term by term.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from newsmine.errors import QueryError
from newsmine.index.texts import quote_of
from newsmine.index.topics.scoring import Fired, Scored, TopicScore, ordered
from newsmine.index.topics.words import form_of, spans_of
from newsmine.types import Span

FORMAT = "newsmine-topics-1"
SHOWN = 5
"""Words of a text that are given as reasons: those that moved its score most."""
_REMEDY = "Train one with `newsmine topics train`"


@dataclass(frozen=True, slots=True)
class TopicFigures:
    """How well a topic was told in cross-validation, as shares of one.

    ``labels`` texts were labelled with it, ``others`` were not; ``articles`` is of how many
    articles the former were, or of how many texts where they came from no article.
    """

    topic: str
    labels: int
    others: int
    articles: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class TopicModel:
    """What was learnt: a weight for each topic and word, and what the topic starts with."""

    vocabulary: tuple[str, ...]
    idf: tuple[float, ...]
    coefficients: Mapping[str, tuple[float, ...]]
    intercepts: Mapping[str, float]
    figures: tuple[TopicFigures, ...]
    settings: Mapping[str, Any]

    def to_json(self) -> str:
        """The file's text; numbers come back from it exactly."""
        record = {
            "format": FORMAT,
            "settings": dict(self.settings),
            "figures": [asdict(one) for one in self.figures],
            "vocabulary": self.vocabulary,
            "idf": self.idf,
            "intercepts": dict(self.intercepts),
            "coefficients": dict(self.coefficients),
        }
        return json.dumps(record, ensure_ascii=False) + "\n"


def load_model(path: Path) -> TopicModel:
    """A model that ``TopicModel.to_json`` wrote.

    Raises:
        QueryError: It cannot be read, or is no such file.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no UTF-8 text"
        raise QueryError(path, f"cannot be read ({reason})", _REMEDY) from error
    return parse_model(str(path), text)


def parse_model(name: str, text: str) -> TopicModel:
    """A model out of its text; ``name`` is what errors call it.

    Raises:
        QueryError: It is none, or damaged.
    """
    try:
        record = json.loads(text)
        if record["format"] != FORMAT:
            raise QueryError(name, f"is of another form than {FORMAT}", _REMEDY)
        model = TopicModel(
            vocabulary=tuple(map(str, record["vocabulary"])),
            idf=_numbers(record["idf"]),
            coefficients={str(k): _numbers(v) for k, v in record["coefficients"].items()},
            intercepts={str(k): _numbers([v])[0] for k, v in record["intercepts"].items()},
            figures=tuple(TopicFigures(**one) for one in record["figures"]),
            settings=dict(record["settings"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise QueryError(name, "is no model of topics, or damaged", _REMEDY) from error
    size = len(model.vocabulary)
    lengths = {len(model.idf), *map(len, model.coefficients.values())}
    if lengths != {size} or model.intercepts.keys() != model.coefficients.keys():
        raise QueryError(name, "is damaged: its parts are not of one size", _REMEDY)
    return model


def _numbers(values: Iterable[Any]) -> tuple[float, ...]:
    numbers = tuple(map(float, values))
    if not all(map(math.isfinite, numbers)):
        raise ValueError("a weight that is no number")
    return numbers


def features(text: str) -> list[str]:
    """The words and pairs of a text, each as often as it stands."""
    return [feature for feature, _ in _placed(text)]


def _placed(text: str) -> Iterator[tuple[str, Span]]:
    spans = spans_of(text)
    forms = [form_of(text[start:end]) for start, end in spans]
    yield from zip(forms, spans, strict=True)
    for place in range(len(forms) - 1):
        pair = f"{forms[place]} {forms[place + 1]}"
        yield pair, (spans[place][0], spans[place + 1][1])


class ModelScorer:
    """Scores articles by a model; a quotation by its own words alone."""

    kind = "model"

    def __init__(self, model: TopicModel) -> None:
        self.model = model
        self._columns = {term: n for n, term in enumerate(model.vocabulary)}

    @property
    def topics(self) -> tuple[tuple[str, str, str | None], ...]:
        """Name, title (the name) and no whole, for each topic."""
        return tuple((name, name, None) for name in self.model.coefficients)

    @cached_property
    def content(self) -> str:
        """The text from which this scorer is made again."""
        return self.model.to_json()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of it."""
        return hashlib.sha256(self.content.encode()).hexdigest()

    def score(
        self, text: str, quotes: Sequence[Sequence[Span]] = (), heads: Sequence[Span] = ()
    ) -> Scored:
        """The topics of an article and of its quotations; headlines are words as all others."""
        said = tuple(self.predict(quote_of(text, spans)) for spans in quotes)
        return Scored(self.predict(text), said)

    def predict(self, text: str) -> tuple[TopicScore, ...]:
        """The probability of each topic, with the words that moved it most."""
        places = self._places(text)
        weights = self._weights(places)
        return ordered(
            self._topic(topic, coefficients, places, weights)
            for topic, coefficients in self.model.coefficients.items()
        )

    def _places(self, text: str) -> dict[int, list[Span]]:
        places: dict[int, list[Span]] = defaultdict(list)
        for feature, span in _placed(text):
            if (column := self._columns.get(feature)) is not None:
                places[column].append(span)
        return places

    def _weights(self, places: Mapping[int, Sequence[Span]]) -> dict[int, float]:
        idf = self.model.idf
        raw = {c: (1 + math.log(len(spans))) * idf[c] for c, spans in places.items()}
        length = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
        return {column: weight / length for column, weight in raw.items()}

    def _topic(
        self,
        topic: str,
        coefficients: Sequence[float],
        places: Mapping[int, Sequence[Span]],
        weights: Mapping[int, float],
    ) -> TopicScore:
        moved = {column: weight * coefficients[column] for column, weight in weights.items()}
        score = _logistic(self.model.intercepts[topic] + math.fsum(moved.values()))
        most = sorted(moved, key=lambda column: -abs(moved[column]))[:SHOWN]
        fired = (
            Fired(
                self.model.vocabulary[column],
                moved[column] / len(places[column]),
                tuple(places[column]),
            )
            for column in most
        )
        return TopicScore(topic, score, tuple(fired))


def _logistic(value: float) -> float:
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    power = math.exp(value)
    return power / (1 + power)
