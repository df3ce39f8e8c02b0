"""The figures that newsmine is held to, each from the command line's own output.

  python benchmarks/accuracy.py [--data ../shared/data] [--part dev] [--json FILE] [--keep FOLDER]

Runs ``newsmine extract --format jsonl`` over the sample corpus, PolNeAR's dev part (raw text,
``--no-clean``) and the British articles, and scores what it prints: the sample with newsmine's own
scorer, the others with the shared ones; names on the test part of Universal NER's EWT. Without the
data folder only the sample is scored.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

Figures = dict[str, float]
_EXACT = re.compile(r"^(.+?)\s+P +\S+ +R +\S+ +F1 +(\S+)")
_PLAIN = re.compile(r"^(.+?)\s+(\d+\.\d)$")


def main() -> None:
    """Print all figures, and write them to a file where one is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", choices=["dev", "tune"], default="dev", help="British part")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    parser.add_argument("--keep", type=Path, help="keep the extracted JSON lines here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        figures = {"sample": sample(folder)}
        if options.data.is_dir():
            figures["polnear"] = polnear(options.data, folder)
            figures["british"] = british(options.data, folder, options.part)
            figures["entities"] = entities(options.data)
        else:
            print(f"{options.data}: no such folder; only the sample corpus is scored.")
    for name, found in figures.items():
        print(f"\n{name}")
        for key, value in found.items():
            print(f"  {key:24s} {value:5.1f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def extract(inputs: Path, out: Path, *more: str) -> list[dict[str, Any]]:
    """Run the command line over a folder and read its lines back."""
    command = [sys.executable, "-m", "newsmine", "extract", "--format", "jsonl", *more]
    with out.open("w", encoding="utf-8") as stream:
        subprocess.run([*command, str(inputs)], stdout=stream, check=True)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def sample(folder: Path) -> Figures:
    """The shipped sample corpus."""
    from newsmine.evaluation.gold import load_gold
    from newsmine.evaluation.sample import score_sample
    from newsmine.resources import shipped

    corpus = shipped("corpora/sample")
    texts = copies(corpus, folder / "sample")
    return score_sample(extract(texts, folder / "sample.jsonl"), load_gold(corpus))


def polnear(data: Path, folder: Path) -> Figures:
    """PolNeAR's dev part: F1 of each figure of the shared scorer.

    Thoughts and wishes are attributions there, so they are kept.
    """
    as_annotated = ("--no-clean", "--thoughts")
    gold = data / "attributions" / "polnear" / "dev"
    rows = extract(copies(gold, folder / "polnear"), folder / "polnear.jsonl", *as_annotated)
    predictions = folder / "polnear.predictions.jsonl"
    with predictions.open("w", encoding="utf-8") as stream:
        for row in rows:
            attributions = [a["raw"] for a in row["attributions"]]
            doc = Path(row["article"]["path"]).stem
            stream.write(json.dumps({"doc": doc, "attributions": attributions}) + "\n")
    return shared(data, "score_attributions.py", gold, predictions)


def british(data: Path, folder: Path, part: str) -> Figures:
    """The British articles, as read by the press profiles."""
    gold, texts = data / "british" / f"{part}.jsonl", data / "british" / part
    rows = folder / f"british-{part}.jsonl"
    extract(texts, rows)
    return shared(data, "score_british.py", gold, texts, rows)


def entities(data: Path) -> Figures:
    """Exact F1 of names on the test part of Universal NER's English Web Treebank."""
    from newsmine.evaluation.entities import score_entities
    from newsmine.evaluation.named import uner
    from newsmine.nlp import load

    documents = list(uner(data / "entities" / "uner-ewt" / "test.iob2"))
    return {label: found.f1 for label, found in score_entities(load(), documents).items()}


def copies(folder: Path, to: Path) -> Path:
    """The texts of a folder without what lies beside them."""
    to.mkdir(exist_ok=True)
    for path in folder.glob("*.txt"):
        (to / path.name).write_bytes(path.read_bytes())
    return to


def shared(data: Path, script: str, *arguments: Path) -> Figures:
    """Run one of the shared scorers and read what it prints."""
    command = [sys.executable, str(data.parent / "tools" / script), *map(str, arguments)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = (_EXACT.match(line) or _PLAIN.match(line) for line in printed.splitlines())
    return {match[1].strip(): float(match[2]) for match in found if match}


if __name__ == "__main__":
    main()
