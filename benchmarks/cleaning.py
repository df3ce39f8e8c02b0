"""How fast texts are cleaned, on one core: each step's share, and articles a second.

  python benchmarks/cleaning.py [--repeat 5] [--json FILE] [FILE_OR_FOLDER ...]

Without arguments the sample corpus is cleaned, also as a press database breaks its lines. Articles
a second say what this machine did just now; the ratio to reading the same text into words with one
regular expression is what can be compared.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from newsmine.evaluation.layouts import columns
from newsmine.ingest import find_inputs, read_text
from newsmine.ingest.alignment import AlignedText
from newsmine.ingest.cleaning import STEPS, clean
from newsmine.ingest.survey import Survey
from newsmine.resources import shipped

WORD = re.compile(r"\w+|[^\w\s]")


def main() -> None:
    """Time cleaning and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args()
    plain = texts(options.paths)
    broken = [columns(text, Random(1)).text for text in plain]
    figures = {
        name: report(name, articles, options.repeat)
        for name, articles in (("as they are", plain), ("in columns", broken))
    }
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def texts(paths: list[str]) -> list[str]:
    """The texts in files; of the sample corpus without any."""
    files = find_inputs(paths or [shipped("corpora/sample")])
    return [
        Path(f).read_text(encoding="utf-8", errors="replace") for f in files if f.suffix == ".txt"
    ]


def report(name: str, articles: list[str], repeat: int) -> dict[str, float]:
    """Print the speeds over some articles, and give the main ones."""
    survey = Survey.of(articles)
    words = seconds(lambda text: WORD.findall(text), articles, repeat)
    cleaning = seconds(lambda text: clean(text, survey=survey), articles, repeat)
    reading = seconds(lambda text: read_text(text, survey=survey), articles, repeat)
    count = len(articles) * repeat
    size = sum(map(len, articles)) / len(articles)
    print(f"{len(articles)} articles {name}, {size:,.0f} characters each")
    print(
        f"  cleaning {count / cleaning:8,.0f} articles/s   {cleaning / words:5.1f} x finding words"
    )
    print(f"  reading  {count / reading:8,.0f} articles/s   {reading / words:5.1f} x finding words")
    for step, spent in steps(articles, survey, repeat).items():
        print(f"    {step:12s} {100 * spent / cleaning:5.1f} %")
    return {
        "cleaning, articles/s": count / cleaning,
        "reading, articles/s": count / reading,
        "cleaning / finding words": cleaning / words,
    }


def seconds(work: Callable[[str], object], articles: list[str], repeat: int) -> float:
    """The time that some work takes on all articles, several times."""
    work(articles[0])
    started = time.perf_counter()
    for _ in range(repeat):
        for text in articles:
            work(text)
    return time.perf_counter() - started


def steps(articles: list[str], survey: Survey, repeat: int) -> dict[str, float]:
    """The time that each step takes, its changes made."""
    spent = dict.fromkeys(STEPS, 0.0)
    for text in articles * repeat:
        aligned = AlignedText.of(text)
        for name, step in STEPS.items():
            started = time.perf_counter()
            aligned = aligned.replace(step(aligned.text, survey))
            spent[name] += time.perf_counter() - started
    return spent


if __name__ == "__main__":
    main()
