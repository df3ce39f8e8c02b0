"""Fit what says how sure a row is: ``python -m newsmine.training.certainty DATA``.

Reads the British tune articles (their annotation counts; none of their text is kept), extracts
with the shipped model, and prints a cross-validated reliability table.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsmine.nlp.certainty import properties
from newsmine.nlp.words import WORD
from newsmine.types import Attribution, Span

if TYPE_CHECKING:
    import numpy as np
    from spacy.language import Language

_log = logging.getLogger(__name__)
_FOLDS = 8
_TARGET = Path(__file__).parents[1] / "data" / "certainty.json"


def main() -> None:
    """Fit, report, write ``data/certainty.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with british/")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    from newsmine.nlp import load

    nlp = load()
    nlp.select_pipes(enable=["newsmine_encoder", "newsmine_attribution"])
    nlp.get_pipe("newsmine_attribution").least_certain = None  # type: ignore[attr-defined]
    rows, right, groups = collect(nlp, options.data / "british")
    model = fit(rows, right, groups)
    _TARGET.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


def collect(nlp: Language, folder: Path) -> tuple[list[dict[str, float]], list[bool], list[int]]:
    """Properties of each attribution found, whether it is a statement, and its article."""
    from newsmine.nlp.document import attributions_of

    rows, right, groups = [], [], []
    lines = (folder / "tune.jsonl").read_text(encoding="utf-8").splitlines()
    for number, gold in enumerate(map(json.loads, lines)):
        path = folder / "tune" / gold["file"].replace("/", "_")
        text = path.read_bytes().decode(gold["encoding"])
        statements = [_words(text, q["content"]) for q in gold["quotations"]]
        for attribution in attributions_of(nlp(text)):
            rows.append(properties(text, attribution))
            right.append(_is_statement(text, attribution, statements))
            groups.append(number)
    return rows, right, groups


def _words(text: str, spans: Sequence[Sequence[int]] | Sequence[Span]) -> set[int]:
    return {m.start() for s, e in spans for m in WORD.finditer(text, s, e) if m[0].isalnum()}


def _is_statement(text: str, attribution: Attribution, statements: Sequence[set[int]]) -> bool:
    """Whether half of the words of it, or of an annotated statement, are the other's."""
    own = _words(text, attribution.content)
    shares = [len(own & s) / min(len(own), len(s)) for s in statements if own and s]
    return max(shares, default=0.0) >= 0.5


def fit(
    rows: Sequence[dict[str, float]], right: Sequence[bool], groups: Sequence[int]
) -> dict[str, Any]:
    """The model's weights; the reliability table comes from articles left out in turn."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    names = list(rows[0])
    x, y = np.array([[row[n] for n in names] for row in rows]), np.array(right)
    model = LogisticRegression(max_iter=2000)
    chances = cross_val_predict(
        model, x, y, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba"
    )[:, 1]
    _report(chances, y)
    model.fit(x, y)
    weights = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True)}
    return {"weights": weights, "bias": round(float(model.intercept_[0]), 3), "fitted_on": len(y)}


def _report(chances: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> None:
    edges = [0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01]
    _log.info("certainty   rows  statements")
    for low, high in pairwise(edges):
        inside = (chances >= low) & (chances < high)
        share = 100 * right[inside].mean() if inside.any() else 0.0
        _log.info("%.1f - %.1f  %5d  %5.1f %%", low, min(high, 1), inside.sum(), share)


if __name__ == "__main__":
    main()
