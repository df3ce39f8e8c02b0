"""Where the time goes: each stage on the sample corpus, as a share of the whole, in one run.

  python benchmarks/speed.py [--repeat 3] [--json FILE]

Words a second say what this machine did just now; the shares are what can be compared.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsmine import ingest, nlp
from newsmine.index import create_index
from newsmine.nlp.document import extraction_of, to_doc
from newsmine.nlp.words import word_spans
from newsmine.resources import shipped


def main() -> None:
    """Time the stages and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args()
    spent: dict[str, float] = defaultdict(float)
    with timed(spent, "load the model (once)"):
        language = nlp.load()
        language("Ann Roe said it was late.")
    once = spent.pop("load the model (once)")
    words = sum(run(language, spent) for _ in range(options.repeat))
    total = sum(spent.values())
    print(f"{words} words, {words / total:,.0f} words a second; model loaded in {once:.2f} s")
    for stage, seconds in spent.items():
        print(f"  {stage:22s} {100 * seconds / total:5.1f} %   {words / seconds:12,.0f} words/s")
    if options.json:
        shares = {f"{stage}, %": 100 * seconds / total for stage, seconds in spent.items()}
        figures = {"words/s": words / total, "load, s": once, **shares}
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def run(language: object, spent: dict[str, float]) -> int:
    """All stages over the sample corpus; the number of its words."""
    words = 0
    with tempfile.TemporaryDirectory() as scratch, create_index(Path(scratch) / "b.db") as index:
        for path in ingest.find_inputs([shipped("corpora/sample")]):
            if path.suffix != ".txt":
                continue
            with timed(spent, "ingest"):
                articles = list(ingest.read_file(path))
            for article in articles:
                words += len(word_spans(article.text))
                doc = to_doc(article, language)  # type: ignore[arg-type]
                for name, pipe in language.pipeline:  # type: ignore[attr-defined]
                    with timed(spent, name):
                        doc = pipe(doc)
                found = extraction_of(doc, article, nlp.provenance(language))  # type: ignore[arg-type]
                with timed(spent, "index"):
                    index.add(found)
    return words


@contextmanager
def timed(spent: dict[str, float], stage: str) -> Iterator[None]:
    """Add the time that a block takes to a stage."""
    started = time.perf_counter()
    yield
    spent[stage] += time.perf_counter() - started


if __name__ == "__main__":
    main()
