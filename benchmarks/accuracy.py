"""The figures that newsmine is held to, each from the command line's own output.

  python benchmarks/accuracy.py --data ../shared/data [--part dev] [--keep FOLDER]

Runs ``newsmine extract --format jsonl`` over PolNeAR's dev part (raw text, ``--no-clean``) and the
British articles, and scores what it prints with the shared scorers; entities on Universal NER's
EWT test part; the sample corpus with newsmine's own scorer.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", choices=["dev", "tune"], default="dev", help="British part")
    parser.add_argument("--keep", type=Path, help="keep the extracted JSON lines here")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"{options.data}: no such folder. Name the data folder with --data.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        polnear(options.data, folder)
        british(options.data, folder, options.part)
        entities(options.data)


def extract(inputs: Path, out: Path, *more: str) -> list[dict[str, object]]:
    """Run the command line over a folder or files and read its lines back."""
    command = [sys.executable, "-m", "newsmine.cli", "extract", "--format", "jsonl", *more]
    with out.open("w", encoding="utf-8") as stream:
        subprocess.run([*command, str(inputs)], stdout=stream, check=True)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def polnear(data: Path, folder: Path) -> None:
    """PolNeAR's dev part with the shared attribution scorer."""
    gold = data / "attributions" / "polnear" / "dev"
    texts = folder / "polnear"
    texts.mkdir(exist_ok=True)
    for path in gold.glob("*.txt"):
        (texts / path.name).write_bytes(path.read_bytes())
    rows = extract(texts, folder / "polnear.jsonl", "--no-clean")
    predictions = folder / "polnear.predictions.jsonl"
    with predictions.open("w", encoding="utf-8") as stream:
        for row in rows:
            doc = Path(row["article"]["path"]).stem  # type: ignore[index]
            raw = [a["raw"] for a in row["attributions"]]  # type: ignore[attr-defined]
            stream.write(json.dumps({"doc": doc, "attributions": raw}) + "\n")
    heading("PolNeAR dev, raw text")
    shared(data, "score_attributions.py", gold, predictions)


def british(data: Path, folder: Path, part: str) -> None:
    """The British articles with the shared scorer."""
    gold = data / "british" / f"{part}.jsonl"
    extract(data / "british" / part, folder / f"british-{part}.jsonl")
    heading(f"British news, {part}")
    shared(
        data, "score_british.py", gold, data / "british" / part, folder / f"british-{part}.jsonl"
    )


def entities(data: Path) -> None:
    """Exact entity F1 on the test part of Universal NER's English Web Treebank."""
    from newsmine.evaluation.entities import score_entities
    from newsmine.evaluation.named import uner
    from newsmine.nlp import load

    heading("Entities, UNER-EWT test")
    documents = list(uner(data / "entities" / "uner-ewt" / "test.iob2"))
    for label, figures in score_entities(load(), documents).items():
        print(
            f"{label:10s} P {figures.precision:5.1f}  R {figures.recall:5.1f}  F1 {figures.f1:5.1f}"
        )


def shared(data: Path, script: str, *arguments: Path) -> None:
    """Run one of the shared scorers."""
    tool = data.parent / "tools" / script
    subprocess.run([sys.executable, str(tool), *map(str, arguments)], check=True)


def heading(text: str) -> None:
    """A title over figures."""
    print(f"\n{text}", flush=True)


if __name__ == "__main__":
    main()
