"""Learn which characters scanning confuses, and how often: ``data/ocr_confusions.json``.

  python benchmarks/confusions.py ../shared/data/ocr/bln600/train.csv

Reads pairs of OCR and human transcription, line by line (BLN600: British Library newspapers
1830-1899), and counts what one became in the other. Only lines with few errors count, because
only there is it plain what belongs to what. Of the texts nothing is kept but rates of characters.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "newsmine" / "data" / "ocr_confusions.json"
MOST_ERRORS = 0.08
"""Character error rate above which a line is left out."""
LEAST = 8
"""How often a confusion must be seen."""
LONGEST = 2
"""Characters on either side: ``m`` for ``rn`` counts, whole words do not."""
# Hyphens and breaks at line ends are the transcription's choice; a replacement character is the
# file's encoding, not the engine's.
_NOT_SCANNING = re.compile("[-\ufffd\\s]*[-\ufffd][-\ufffd\\s]*")


def main() -> None:
    """Write the table and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path, help="a CSV file with 'OCR Text' and 'Ground Truth'")
    options = parser.parse_args()
    confused: Counter[tuple[str, str]] = Counter()
    printed: Counter[str] = Counter()
    for read, truth in pairs(options.pairs):
        confused.update(confusions(read, truth))
        for size in range(1, LONGEST + 1):
            printed.update(truth[i : i + size] for i in range(len(truth) - size + 1))
        printed[""] += len(truth)
    rows = [
        [truth, read, float(f"{count / printed[truth]:.3g}")]
        for (truth, read), count in sorted(confused.items(), key=lambda item: (-item[1], item[0]))
        if count >= LEAST
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    TARGET.write_text(f'{{"confusions": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{len(rows)} confusions of {printed['']:,} characters in {TARGET}")


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """What the engine read and what was printed, of the lines that it read well."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if float(row["CER"]) <= MOST_ERRORS:
                yield " ".join(row["OCR Text"].split()), " ".join(row["Ground Truth"].split())


def confusions(read: str, truth: str) -> Iterator[tuple[str, str]]:
    """The short stretches that differ: as printed, as read."""
    matcher = SequenceMatcher(None, truth, read, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        pair = truth[a:b], read[c:d]
        if kind == "equal" or max(map(len, pair)) > LONGEST:
            continue
        if not any(_NOT_SCANNING.fullmatch(side) for side in pair):
            yield pair


if __name__ == "__main__":
    main()
