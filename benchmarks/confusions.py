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

from newsmine.evaluation.noise import between

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
    added: Counter[tuple[str, str]] = Counter()
    places: Counter[str] = Counter()
    gaps: Counter[str] = Counter()
    for read, truth in pairs(options.pairs):
        confused.update(confusions(read, truth))
        added.update(additions(read, truth))
        for size in range(1, LONGEST + 1):
            places.update(truth[i : i + size] for i in range(len(truth) - size + 1))
        gaps.update(between(truth, i) for i in range(len(truth) + 1))
    table = {
        "confusions": rates(confused, places),
        "added": rates(added, gaps),
    }
    TARGET.write_text(as_json(table), encoding="utf-8")
    print({name: len(rows) for name, rows in table.items()}, TARGET)


def rates(counts: Counter[tuple[str, str]], places: Counter[str]) -> list[list[object]]:
    """Each pair with how often it happens at such a place, commonest first."""
    often = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [[a, b, float(f"{n / places[a]:.3g}")] for (a, b), n in often if n >= LEAST]


def as_json(table: dict[str, list[list[object]]]) -> str:
    """The table with a row a line."""
    parts = []
    for name, rows in table.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        parts.append(f'"{name}": [\n{lines}\n]')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """What the engine read and what was printed, of the lines that it read well."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if float(row["CER"]) <= MOST_ERRORS:
                yield " ".join(row["OCR Text"].split()), " ".join(row["Ground Truth"].split())


def confusions(read: str, truth: str) -> Iterator[tuple[str, str]]:
    """The short stretches that differ: as printed, as read."""
    for a, b, c, d in differing(read, truth):
        if a < b:
            yield truth[a:b], read[c:d]


def additions(read: str, truth: str) -> Iterator[tuple[str, str]]:
    """What was read where nothing is printed, and between what: specks lie at words' edges.

    A space beside a stop is printed, only not transcribed, and so is the stop of an initial.
    """
    for a, b, c, d in differing(read, truth):
        where, what = between(truth, a), read[c:d]
        printed = " " in what and (where != "aa" or what != " ")
        if a == b and not printed:
            yield where, what


def differing(read: str, truth: str) -> Iterator[tuple[int, int, int, int]]:
    """The short stretches that differ, in the printed text and in the read one."""
    for kind, a, b, c, d in SequenceMatcher(None, truth, read, autojunk=False).get_opcodes():
        short = max(b - a, d - c) <= LONGEST
        rules = (_NOT_SCANNING.fullmatch(side) for side in (truth[a:b], read[c:d]))
        if kind != "equal" and short and not any(rules):
            yield a, b, c, d


if __name__ == "__main__":
    main()
