"""Count how often speakers are right: ``python -m newsmine.training.speaker_certainty DATA``.

Extracts the British tune articles (their annotation counts; none of their text is kept) and counts,
among rows that are annotated statements, those with the annotated speaker, by the way in which the
speaker was found. Few rows say little, so each share is drawn towards the average of all.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import Counter
from pathlib import Path

from newsmine.evaluation.corpora import Corpus, load_corpus
from newsmine.evaluation.reliability import by_statements
from newsmine.export.extraction import to_dict
from newsmine.nlp.speakers.certainty import way
from newsmine.pipeline import extract

_log = logging.getLogger(__name__)
_TARGET = Path(__file__).parents[1] / "data" / "speakers_certainty.json"
_DRAWN = 5
"""So many rows of average quality are added to each way."""


def main() -> None:
    """Count, report, write ``data/speakers_certainty.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with british/")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rows, right = count(load_corpus(options.data / "british" / "tune"))
    shares = {name: round(share, 3) for name, share in drawn(rows, right).items()}
    for name, share in shares.items():
        _log.info("%-14s %4d of %4d right, taken as %.3f", name, right[name], rows[name], share)
    record = {"right": shares, "counted_on": rows.total()}
    _TARGET.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def count(corpus: Corpus) -> tuple[Counter[str], Counter[str]]:
    """Rows that are annotated statements, and those of them with the right speaker, by way."""
    rows: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for article in corpus.articles:
        found = extract(article.text)
        statements, linked = by_statements(article, to_dict(found))
        rows.update(way(found.attributions[n]) for n in statements)
        right.update(way(found.attributions[n]) for n in linked)
    return rows, right


def drawn(rows: Counter[str], right: Counter[str]) -> dict[str, float]:
    """The share that is right of each way, drawn towards the average."""
    average = right.total() / rows.total()
    return {name: (right[name] + _DRAWN * average) / (rows[name] + _DRAWN) for name in sorted(rows)}


if __name__ == "__main__":
    main()
