"""Exact entity scores: a name counts when its span and its label are both right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsmine.evaluation.named import NamedText
from newsmine.nlp.document import mentions_of

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1, in per cent."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, *, right: int, predicted: int, gold: int) -> Figures:
        """From counts; nothing predicted or nothing to find gives 0."""
        precision = 100 * right / predicted if predicted else 0.0
        recall = 100 * right / gold if gold else 0.0
        total = precision + recall
        return cls(precision, recall, 2 * precision * recall / total if total else 0.0)


def score_entities(nlp: Language, texts: Iterable[NamedText]) -> dict[str, Figures]:
    """Micro-averaged over all labels (``all``) and for each label."""
    right: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    with nlp.select_pipes(enable=["newsmine_encoder"]):
        for text in texts:
            found = {(m.span, m.label) for m in mentions_of(nlp(text.text))}
            wanted = set(text.names)
            for counter, names in ((right, found & wanted), (predicted, found), (gold, wanted)):
                counter.update(label for _, label in names)
    labels = {"all": sorted(gold), **{label: [label] for label in sorted(gold)}}
    return {
        name: Figures.of(
            right=sum(right[x] for x in group),
            predicted=sum(predicted[x] for x in group),
            gold=sum(gold[x] for x in group),
        )
        for name, group in labels.items()
    }
