"""Are quotation marks kept as they were printed, before and after cleaning?

  python -m newsmine.evaluation.mark_fidelity bln600/train.csv   (BLN600: OCR and transcription)
  python -m newsmine.evaluation.mark_fidelity FOLDER             (clean texts, .txt: harm done)

Of real scans: precision and recall of double marks, read against transcribed, where characters are
aligned. Both sides count alike, whether curly or straight. Of clean texts: how many marks cleaning
changes, all of them wrongly; the step is forced on texts that it would pass over.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from newsmine.evaluation.changes import single_curly
from newsmine.evaluation.likeness import compare
from newsmine.evaluation.rendered import curly
from newsmine.ingest.alignment import AlignedText
from newsmine.ingest.cleaning.quotation_marks import repair_marks

USAGE = "usage: python -m newsmine.evaluation.mark_fidelity TRAIN.csv | FOLDER"

DOUBLE = frozenset('"“”„')
_READ, _PRINTED = "OCR Text", "Ground Truth"


def repaired(text: str) -> str:
    """The text with its marks put right."""
    return AlignedText.of(text).replace(repair_marks(text)).text


def double_marks(passages: Iterable[tuple[str, str]]) -> Counter[str]:
    """Of passages as read and as printed: marks printed, and read and right at both stages."""
    tally: Counter[str] = Counter()
    for read, printed in passages:
        tally["printed"] += sum(c in DOUBLE for c in printed)
        for stage, text in (("raw", read), ("cleaned", repaired(read))):
            tally[f"{stage} read"] += sum(c in DOUBLE for c in text)
            if DOUBLE.isdisjoint(text) or DOUBLE.isdisjoint(printed):
                continue
            pairs = compare(printed, text).pairs.items()
            tally[f"{stage} right"] += sum(
                printed[i] in DOUBLE and text[j] in DOUBLE for i, j in pairs
            )
    return tally


def _passages(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row[_READ], row[_PRINTED]


def _of_scans(path: Path) -> Iterator[str]:
    tally = double_marks(_passages(path))
    yield f"double marks printed  {tally['printed']}"
    for stage in ("raw", "cleaned"):
        right, read = tally[f"{stage} right"], tally[f"{stage} read"]
        precision, recall = right / max(read, 1), right / max(tally["printed"], 1)
        yield f"  {stage:<8}  precision {precision:.3f}  recall {recall:.3f}"


def _of_clean(folder: Path) -> Iterator[str]:
    tally: Counter[str] = Counter()
    for path in sorted(folder.glob("*.txt")):
        double = curly(path.read_text(encoding="utf-8"))
        for name, text in (("double", double), ("single", single_curly(double, Random(0)).text)):
            tally[f"{name} marks"] += len(re.findall("[“”‘’]", text))
            tally[f"{name} changed"] += len(repair_marks(text))
    for name in ("double", "single"):
        yield f"{name} marks  {tally[f'{name} marks']}  changed {tally[f'{name} changed']}"


def main(arguments: Sequence[str]) -> int:
    """Print the figures; 2 for a wrong call, 1 where something cannot be read."""
    if len(arguments) != 1:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    path = Path(arguments[0])
    try:
        sys.stdout.writelines(
            f"{line}\n" for line in (_of_clean if path.is_dir() else _of_scans)(path)
        )
    except (OSError, KeyError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
