"""A classifier of topics, fitted to a user's own labels and tried on those that it has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsmine.errors import QueryError
from newsmine.index.topics.model import TopicFigures, TopicModel, features

LEAST = 10
"""Texts with a topic, and texts without, below which nothing can be said of it."""
FOLDS = 5
WORDS = 20_000
"""Words and pairs that a model knows at most: those of most texts."""
_SEED = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled text. ``group`` is its article: texts of one article are never on both sides of a
    trial, since they share their words.
    """

    text: str
    topics: frozenset[str]
    group: str


def train(samples: Sequence[Sample]) -> TopicModel:
    """Fit a model; its ``figures`` are those of a cross-validation in ``FOLDS`` parts.

    Raises:
        QueryError: A topic has too few labels, or all of its labels are of one article.
    """
    names = sorted({topic for sample in samples for topic in sample.topics})
    if not names:
        raise QueryError("labels", "name no topic", "Write one in the column called topic")
    for name in names:
        _check(name, samples)
    texts = [sample.text for sample in samples]
    figures = tuple(_tried(name, samples, texts) for name in names)
    vectors = _vectoriser()
    table = vectors.fit_transform(texts)
    fitted = {name: _regression().fit(table, _marks(name, samples)) for name in names}
    return TopicModel(
        vocabulary=tuple(vectors.get_feature_names_out().tolist()),
        idf=tuple(vectors.idf_.tolist()),
        coefficients={name: tuple(one.coef_[0].tolist()) for name, one in fitted.items()},
        intercepts={name: float(one.intercept_[0]) for name, one in fitted.items()},
        figures=figures,
        settings=_settings(samples),
    )


def _settings(samples: Sequence[Sample]) -> Mapping[str, Any]:
    from newsmine import __version__

    return {
        "newsmine": __version__,
        "texts": len(samples),
        "folds": FOLDS,
        "words": "single words and pairs, in two texts at least",
        "weights": "sublinear TF-IDF, length one",
        "classifier": "logistic regression, C 10, balanced classes",
    }


def _marks(name: str, samples: Sequence[Sample]) -> list[int]:
    return [int(name in sample.topics) for sample in samples]


def _check(name: str, samples: Sequence[Sample]) -> None:
    with_it = [sample for sample in samples if name in sample.topics]
    without = [sample for sample in samples if name not in sample.topics]
    for some, what in ((with_it, "labelled with it"), (without, "labelled without it")):
        texts = "text is" if len(some) == 1 else "texts are"
        if len(some) < LEAST:
            reason = f"has too few labels: {len(some)} {texts} {what}, {LEAST} are needed"
            raise QueryError(f"topic {name!r}", reason, "Label more, or leave the topic out")
        if len({sample.group for sample in some}) < 2:
            reason = f"cannot be tried: all texts {what} are of one article"
            raise QueryError(f"topic {name!r}", reason, "Label texts of other articles, too")


def _tried(name: str, samples: Sequence[Sample], texts: Sequence[str]) -> TopicFigures:
    """How well texts are told that were left out of the fitting, each once."""
    from sklearn.metrics import precision_recall_fscore_support
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    marks, groups = _marks(name, samples), [sample.group for sample in samples]
    sides = [{g for g, m in zip(groups, marks, strict=True) if m == side} for side in (0, 1)]
    folds = min(FOLDS, *map(len, sides))
    parts = StratifiedGroupKFold(folds, shuffle=True, random_state=_SEED)
    told = cross_val_predict(
        make_pipeline(_vectoriser(), _regression()), texts, marks, groups=groups, cv=parts
    )
    found = precision_recall_fscore_support(marks, told, average="binary", zero_division=0)
    precision, recall, f1 = (float(value) for value in found[:3])
    labels, articles = sum(marks), len(sides[1])
    return TopicFigures(name, labels, len(marks) - labels, articles, precision, recall, f1)


def _vectoriser() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    # min_df 2: a word of one text can only be learnt by heart.
    return TfidfVectorizer(analyzer=features, min_df=2, max_features=WORDS, sublinear_tf=True)


def _regression() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=10.0, class_weight="balanced", max_iter=1000, random_state=_SEED)
