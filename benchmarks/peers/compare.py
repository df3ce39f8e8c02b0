"""newsmine and its peers on the same articles, by the same scorer, with their speed in one run.

  python -m benchmarks.peers.compare DATA PARSER [--part dev] [--articles 40]

textacy needs ``pip install textacy``; it refuses an article with an odd mark, which then counts as
one without quotations. Speed is words a second of this run, one thread; compare the ratios.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from benchmarks.peers.gender_gap import gender_gap
from spacy.language import Language
from spacy.tokens import Token

Rows = list[dict[str, list[tuple[int, int]]]]
Finder = Callable[[str], Rows]


def main() -> None:
    """Run each, score each, print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("parser", type=Path)
    arguments.add_argument("--part", default="dev")
    arguments.add_argument("--articles", type=int, default=0, help="only the first ones")
    options = arguments.parse_args()
    folder = options.data / "attributions" / "polnear" / options.part
    texts = {p.stem: p.read_bytes().decode("utf-8") for p in sorted(folder.glob("*.txt"))}
    if options.articles:
        texts = dict(list(texts.items())[: options.articles])
    parser = spacy.load(options.parser)
    peers: dict[str, Finder] = {
        "textacy": lambda text: _textacy(parser, text),
        "Gender Gap Tracker's rules": lambda text: _rules(parser, text),
        "newsmine": _newsmine(),
    }
    sys.stdout.write(f"{len(texts)} articles\n")
    for name, finder in peers.items():
        _report(name, finder, texts, folder, options.data.parent / "tools")


def _report(name: str, finder: Finder, texts: dict[str, str], folder: Path, tools: Path) -> None:
    finder("Ann Roe said it was late.")  # what is loaded at first use is not timed
    started, words, refused, lines = time.perf_counter(), 0, 0, []
    for doc, text in texts.items():
        words += len(text.split())
        try:
            rows = finder(text)
        except ValueError:
            rows, refused = [], refused + 1
        lines.append(json.dumps({"doc": doc, "attributions": rows}))
    speed = words / (time.perf_counter() - started)
    sys.stdout.write(f"\n{name}: {speed:,.0f} words/s, {refused} articles refused\n")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "rows.jsonl"
        path.write_text("\n".join(lines), "utf-8")
        gold = _gold(folder, texts, Path(scratch))
        command = [sys.executable, str(tools / "score_attributions.py"), str(gold), str(path)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    sys.stdout.write(printed)
    sys.stdout.flush()


def _gold(folder: Path, texts: dict[str, str], scratch: Path) -> Path:
    """The gold of these articles alone, so that those left out cost nobody anything."""
    gold = scratch / "gold"
    gold.mkdir()
    for path in folder.iterdir():
        if any(path.name.startswith(doc) for doc in texts):
            (gold / path.name).write_bytes(path.read_bytes())
    return gold


def _textacy(parser: Language, text: str) -> Rows:
    from textacy.extract import direct_quotations

    return [
        {
            "source": _chars(quote.speaker),
            "cue": _chars(quote.cue),
            "content": [(quote.content.start_char, quote.content.end_char)],
        }
        for quote in direct_quotations(parser(text))
    ]


def _chars(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    return [(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))] if tokens else []


def _rules(parser: Language, text: str) -> Rows:
    return [
        {
            "source": [quote.source] if quote.source else [],
            "cue": [quote.cue] if quote.cue else [],
            "content": [quote.content],
        }
        for quote in gender_gap(parser(text))
    ]


def _newsmine() -> Finder:
    import newsmine

    nlp = newsmine.load(thoughts=True)

    def find(text: str) -> Rows:
        found = newsmine.extract(text, model=nlp, clean=False)
        return [
            {"source": list(a.source), "cue": list(a.cue), "content": list(a.content)}
            for a in found.attributions
        ]

    return find


if __name__ == "__main__":
    main()
