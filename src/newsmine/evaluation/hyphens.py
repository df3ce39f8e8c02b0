"""Are hyphens with a space after them decided on rightly? Real ones, against human transcription.

  python -m newsmine.evaluation.hyphens bln600/train.csv

Each ``left- right`` of the OCR text is found again in the transcription of the same passage by its
letters; what stands there between the two parts is the truth: nothing (*join*), a hyphen (*keep*),
a dash or a stop (*leave*). Documents are halved; the OCR text of one half is the vocabulary with
which the hyphens of the other are decided.

Where the transcription has a mere space, the scan shows a hyphen that the transcriber left out: a
speck (*throat- with*) or a compound written open (*Harbour- street*). Which one is not known, so
these *blanks* are counted apart. Transcribers slip as well (*pre vailed*): a case is left out of
the first figures where all transcriptions together print these letters another way four times as
often.
"""

from __future__ import annotations

import csv
import difflib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from newsmine.ingest.cleaning.hyphens import ALONE, BROKEN, Beside, Decision, beside, decide
from newsmine.ingest.survey import Survey, words_of

USAGE = "usage: python -m newsmine.evaluation.hyphens TRAIN.csv   (BLN600)"
SLIP = 4
"""How many times as often another form must be printed before a transcription counts as a slip."""

_DECISIONS: tuple[Decision, ...] = ("join", "keep", "leave")

Truth = Literal["join", "keep", "leave", "blank"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document as it was read and as it was printed."""

    document: str
    read: str
    printed: str


@dataclass(frozen=True, slots=True)
class Case:
    """One hyphen with a space after it, and what is printed there."""

    document: str
    left: str
    right: str
    truth: Truth
    beside: Beside = ALONE


@dataclass(frozen=True, slots=True)
class Figures:
    """How many cases there are and the share decided rightly, blanks aside; and all answers.

    ``answers`` counts each truth and decision.
    """

    cases: int
    accuracy: float
    answers: Counter[tuple[Truth, Decision]]
    wrong: tuple[tuple[Case, Decision], ...] = ()

    def recall(self, truth: Decision) -> float:
        """The share of one kind of case that was decided rightly; 1 where there is none."""
        total = sum(n for (kind, _), n in self.answers.items() if kind == truth)
        return self.answers[truth, truth] / total if total else 1.0


def load_passages(path: Path) -> list[Passage]:
    """The passages of BLN600's ``train.csv``."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [Passage(r["Sample ID"], r["OCR Text"], r["Ground Truth"]) for r in rows]


def mine(passages: Iterable[Passage]) -> Iterator[Case]:
    """The cases whose two letters beside the hyphen are found, in a row, in the transcription."""
    for passage in passages:
        found = list(BROKEN.finditer(passage.read))
        places = _places(passage) if found else {}
        for match in found:
            a, b = places.get(match.end("left") - 1), places.get(match.start("right"))
            between = passage.printed[a + 1 : b] if a is not None and b is not None else "?x"
            if not any(c.isalnum() for c in between) and (a or 0) < (b or 0):
                truth = _truth(between)
                words = (match["left"], match["right"])
                yield Case(passage.document, *words, truth, beside(match))


def _truth(between: str) -> Truth:
    if not between:
        return "join"
    # "- ": the transcriber copied the line end without deciding.
    return (
        "blank"
        if between.isspace() or between == "- "
        else "keep"
        if between in ("-", "‐", "‑")
        else "leave"
    )


def _places(passage: Passage) -> dict[int, int]:
    """Where each letter and digit of the one text stands in the other; marks and spaces aside."""
    read = [i for i, c in enumerate(passage.read) if c.isalnum()]
    printed = [i for i, c in enumerate(passage.printed) if c.isalnum()]
    matcher = difflib.SequenceMatcher(
        None,
        [passage.read[i].casefold() for i in read],
        [passage.printed[i].casefold() for i in printed],
        autojunk=False,
    )
    return {
        read[a + k]: printed[b + k]
        for a, b, size in matcher.get_matching_blocks()
        for k in range(size)
    }


def without_slips(cases: Iterable[Case], printed: Counter[str]) -> list[Case]:
    """The cases that the transcriber printed as other transcriptions print these words.

    Args:
        cases: All cases.
        printed: How often each word, compound and pair of words stands in the transcriptions.
    """
    return [case for case in cases if not _is_slip(case, printed)]


def _is_slip(case: Case, printed: Counter[str]) -> bool:
    left, right = case.left.casefold(), case.right.casefold()
    forms: dict[Truth, int] = {
        "join": printed[left + right],
        "keep": printed[f"{left}-{right}"],
        "blank": printed[f"{left} {right}"],
    }
    own = max(forms.get(case.truth, 0), 1)
    return max(forms.values()) >= SLIP * own


def words_and_pairs(text: str) -> Iterator[str]:
    """The words and compounds of a text, and each two that follow each other."""
    words = list(words_of(text))
    yield from words
    yield from map(" ".join, pairwise(words))


def score(cases: Iterable[Case], survey: Survey) -> Figures:
    """Decide on each case with the words of a survey."""
    decided = [(c, decide(c.left, c.right, survey.count, c.beside)) for c in cases]
    answers = Counter((case.truth, decision) for case, decision in decided)
    asked = [(case, decision) for case, decision in decided if case.truth != "blank"]
    wrong = tuple((case, decision) for case, decision in asked if decision != case.truth)
    return Figures(len(asked), 1 - len(wrong) / max(len(asked), 1), answers, wrong)


def halves(passages: Sequence[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Every other document, by its identifier."""
    documents = sorted({passage.document for passage in passages})
    first = set(documents[::2])
    return (
        [p for p in passages if p.document in first],
        [p for p in passages if p.document not in first],
    )


def figures(passages: Sequence[Passage], *, slips: bool = False) -> tuple[Figures, Figures]:
    """The figures of each half, decided on with the OCR vocabulary of the other."""
    printed = Counter(word for p in passages for word in words_and_pairs(p.printed))
    first, second = halves(passages)
    out = []
    for own, other in ((first, second), (second, first)):
        cases = list(mine(own))
        cases = cases if slips else without_slips(cases, printed)
        out.append(score(cases, Survey.of(p.read for p in other)))
    return out[0], out[1]


def together(halves: Iterable[Figures]) -> Figures:
    """The figures of all cases, each decided on with the words of the other half.

    A half has some fifty kept hyphens, so that two cases are three points of its recall.
    """
    answers: Counter[tuple[Truth, Decision]] = Counter()
    wrong: list[tuple[Case, Decision]] = []
    for half in halves:
        answers += half.answers
        wrong += half.wrong
    cases = sum(n for (truth, _), n in answers.items() if truth != "blank")
    return Figures(cases, 1 - len(wrong) / max(cases, 1), answers, tuple(wrong))


def main(arguments: Sequence[str]) -> int:
    """Print the figures; the exit status."""
    if len(arguments) != 1:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    try:
        passages = load_passages(Path(arguments[0]))
    except (OSError, KeyError) as error:
        sys.stderr.write(f"{arguments[0]}: {error}\n")
        return 1
    for title, slips in (("without slips", False), ("all", True)):
        found = figures(passages, slips=slips)
        for half, each in enumerate(found, start=1):
            sys.stdout.write(f"{title}, half {half}: {_described(each)}\n")
        sys.stdout.write(f"{title}, both: {_described(together(found))}\n")
    return 0


def _described(found: Figures) -> str:
    recall = ", ".join(f"{kind} {found.recall(kind):.3f}" for kind in _DECISIONS)
    blanks = ", ".join(f"{kind} {found.answers['blank', kind]}" for kind in _DECISIONS)
    return (
        f"{found.cases} cases, accuracy {found.accuracy:.3f}; recall: {recall}; "
        f"blanks decided as: {blanks}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
