"""Does cleaning do harm? Character errors of OCR text before and after it, case and marks counted.

  python -m newsmine.evaluation.harm FOLDER   (with bln600/ and hipe-ocrepair/ in it)

The character error rate is the edit distance (Levenshtein) to the human transcription over its
length, summed over all texts. White space of any length, line ends too, counts as one space, since
neither transcription keeps the lines as printed; a hyphen is a hyphen in whichever code (U+2010,
U+2011). A hyphen at a line end that the transcription does not have is an error like any other.
Nothing else is forgiven: marks, dashes, capitals count.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsmine.ingest.cleaning import clean
from newsmine.ingest.survey import NOTHING, Survey

USAGE = "usage: python -m newsmine.evaluation.harm FOLDER   (with bln600/, hipe-ocrepair/)"


@dataclass(frozen=True, slots=True)
class Pair:
    """One text as it was read and as a person transcribed it."""

    read: str
    printed: str


@dataclass(frozen=True, slots=True)
class Harm:
    """Character error rates before and after cleaning; texts that it changed for better, worse."""

    texts: int
    raw: float
    cleaned: float
    better: int
    worse: int


def load_bln600(folder: Path) -> list[Pair]:
    """The passages of BLN600's training part."""
    with (folder / "bln600" / "train.csv").open(encoding="utf-8", newline="") as stream:
        return [Pair(row["OCR Text"], row["Ground Truth"]) for row in csv.DictReader(stream)]


def load_icdar(folder: Path) -> list[Pair]:
    """The chunks of ICDAR 2017, English, as HIPE-OCRepair has them."""
    path = folder / "hipe-ocrepair" / "icdar2017.en.jsonl"
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Pair(*(r[side]["transcription_unit"] for side in ("ocr_hypothesis", "ground_truth")))
        for r in records
    ]


SETS: dict[str, Callable[[Path], list[Pair]]] = {"BLN600": load_bln600, "ICDAR 2017": load_icdar}


def measure(pairs: Iterable[Pair], survey: Survey = NOTHING) -> Harm:
    """Clean each text and compare."""
    counts = [_counts(pair, survey) for pair in pairs]
    length = sum(length for length, _, _ in counts) or 1
    return Harm(
        texts=len(counts),
        raw=sum(raw for _, raw, _ in counts) / length,
        cleaned=sum(cleaned for _, _, cleaned in counts) / length,
        better=sum(cleaned < raw for _, raw, cleaned in counts),
        worse=sum(cleaned > raw for _, raw, cleaned in counts),
    )


def _counts(pair: Pair, survey: Survey) -> tuple[int, int, int]:
    """Characters printed, errors of the raw text, errors of the clean one."""
    printed, read = normal(pair.printed), normal(pair.read)
    cleaned = normal(clean(pair.read, survey=survey, scanned=True).text)
    raw = distance(read, printed)
    return len(printed), raw, raw if cleaned == read else distance(cleaned, printed)


def normal(text: str) -> str:
    """The text as it is compared: one space between words, one code for hyphens."""
    return " ".join(text.replace("\N{HYPHEN}", "-").replace("\N{NON-BREAKING HYPHEN}", "-").split())


def distance(a: str, b: str) -> int:
    """The edit distance, by bit vectors as long as ``b`` (Myers 1999, as Hyyrö 2003 has it)."""
    if not b:
        return len(a)
    full, last = (1 << len(b)) - 1, 1 << (len(b) - 1)
    where: dict[str, int] = {}
    for place, character in enumerate(b):
        where[character] = where.get(character, 0) | 1 << place
    plus, minus, score = full, 0, len(b)
    for character in a:
        same = where.get(character, 0)
        zero = ((((same & plus) + plus) ^ plus) | same | minus) & full
        up, down = minus | ~(zero | plus) & full, plus & zero
        score += bool(up & last) - bool(down & last)
        up = (up << 1 | 1) & full
        down = down << 1 & full
        plus, minus = (down | ~(zero | up)) & full, up & zero
    return score


def main(arguments: Sequence[str]) -> int:
    """Print the figures; the exit status: 1 where a set cannot be read or cleaning does harm."""
    if len(arguments) != 1:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    harmed = False
    try:
        for name, harm in _measured(Path(arguments[0])):
            harmed = harmed or harm.cleaned > harm.raw
            sys.stdout.write(
                f"{name}: {harm.texts} texts, character error rate {100 * harm.raw:.3f} % raw, "
                f"{100 * harm.cleaned:.3f} % cleaned; better {harm.better}, worse {harm.worse}\n"
            )
    except (OSError, KeyError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return int(harmed)


def _measured(folder: Path) -> Iterator[tuple[str, Harm]]:
    for name, load in SETS.items():
        pairs = load(folder)
        yield f"{name}, alone", measure(pairs)
        yield f"{name}, with a survey", measure(pairs, Survey.of(pair.read for pair in pairs))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
