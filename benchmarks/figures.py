"""How fast the number grammar, claims and checks are, on one core, without the model.

  python benchmarks/figures.py [--seconds 2] [--json FILE]

Sentences of the sample corpus, as articles of thirty: those without digits and number words, those
with. Time is the processor's own (``time.process_time``) in the fastest of many runs, so that a
busy machine says nearly the same.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from newsmine import ingest
from newsmine.ingest.alignment import identity
from newsmine.nlp.checks import find_checks
from newsmine.nlp.claims import find_claims
from newsmine.nlp.claims.text import Sentences, claim_zones
from newsmine.nlp.numbers import parse_numbers
from newsmine.resources import shipped
from newsmine.types import Article, Zone

AT_LEAST = {"without figures": 20_000, "with figures": 3_000}
"""Sentences a second for grammar and claims together."""
_IN_ARTICLE = 30


def main() -> None:
    """Time the stages on both kinds of sentences and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args()
    figures: dict[str, dict[str, float]] = {}
    plain, numeric = sample_sentences()
    for kind, sentences in (("without figures", plain), ("with figures", numeric)):
        articles = [
            an_article(sentences[i : i + _IN_ARTICLE])
            for i in range(0, len(sentences), _IN_ARTICLE)
        ]
        speeds = figures[kind] = speeds_of(articles, len(sentences), options.seconds)
        shown = ", ".join(f"{stage} {speed:,.0f}" for stage, speed in speeds.items())
        print(f"{kind} ({len(sentences)} sentences): {shown} sentences a second")
        enough = speeds["grammar and claims"] >= AT_LEAST[kind]
        print(f"  grammar and claims: {'at least' if enough else 'BELOW'} {AT_LEAST[kind]:,}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def speeds_of(articles: Sequence[Article], count: int, seconds: float) -> dict[str, float]:
    """Sentences a second of each stage."""
    held = [(a, find_claims(a, attributions=(), mentions=())) for a in articles]
    stages: dict[str, Callable[[], object]] = {
        "grammar": lambda: [parse_numbers(a.text) for a in articles],
        "grammar and claims": lambda: [
            find_claims(a, attributions=(), mentions=()) for a in articles
        ],
    }
    if any(claims for _, claims in held):
        stages["checks"] = lambda: [find_checks(a, claims) for a, claims in held]
    return {name: count / time_of(stage, seconds) for name, stage in stages.items()}


def time_of(run: Callable[[], object], seconds: float) -> float:
    """Processor seconds of the fastest run of those that fit into ``seconds``.

    What else the machine does can only add to it, as ``timeit`` says of its own figures.
    """
    fastest, left = math.inf, seconds
    while left > 0:
        begun = time.process_time()
        run()
        spent = time.process_time() - begun
        fastest, left = min(fastest, spent), left - spent
    return fastest


def sample_sentences() -> tuple[list[str], list[str]]:
    """The sample corpus's sentences without and with digits or number words."""
    plain: list[str] = []
    numeric: list[str] = []
    for path in ingest.find_inputs([shipped("corpora/sample")]):
        for article in ingest.read_file(path) if path.suffix == ".txt" else ():
            sentences = Sentences(article.text, claim_zones(article))
            for start, end, _ in sentences._spans:
                text = " ".join(article.text[start:end].split())
                (numeric if parse_numbers(text) else plain).append(text)
    return plain, numeric


def an_article(sentences: Sequence[str]) -> Article:
    """An article of paragraphs of two sentences, all body."""
    pairs = (sentences[i : i + 2] for i in range(0, len(sentences), 2))
    text = "\n\n".join(" ".join(pair) for pair in pairs)
    zone = Zone((0, len(text)), "body")
    return Article("speed", "-", text, identity(len(text)), zones=(zone,))


if __name__ == "__main__":
    main()
