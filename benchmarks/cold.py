"""How long each command takes from a cold process, and what an extracting one holds in memory.

  python benchmarks/cold.py [--repeat 3] [--json FILE]

Seconds of the processor and of the wall, the fastest of several processes each. ``extract`` reads
one article of the sample corpus and prints its statements. Memory is a process's peak (its resident
set, in megabytes) after the whole sample corpus, after one article of 300,000 characters, and after
a text of ten megabytes, which is refused as no article: but it is read first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newsmine.resources import shipped

Figures = dict[str, float]

AT_MOST = {"import newsmine": 0.15, "newsmine --help": 0.3, "newsmine extract FILE": 1.5}
"""Seconds that the project allows."""

MEGABYTES = 600
"""What a process that extracts may hold."""

_SIZES = {"an article of 300,000 characters": 300_000, "a text of ten megabytes": 10_000_000}


def main() -> None:
    """Time the commands, weigh extraction, print both."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args()
    figures: dict[str, Figures] = {}
    for name, command in commands().items():
        runs = [timed(command)[:2] for _ in range(options.repeat)]
        cpu, wall = (min(column) for column in zip(*runs, strict=True))
        figures[name] = {"s": cpu, "s of wall time": wall}
        print(f"{name:24s} {cpu:5.2f} s, {wall:5.2f} s of wall time{judged(name, cpu)}")
    figures["memory"] = memory()
    for name, size in figures["memory"].items():
        enough = "at most" if size <= MEGABYTES else "ABOVE"
        print(f"peak after {name}: {size:.0f} MB, {enough} {MEGABYTES}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def judged(name: str, seconds: float) -> str:
    """Whether that is what the project allows, in words."""
    if name not in AT_MOST:
        return ""
    return f": {'at most' if seconds <= AT_MOST[name] else 'ABOVE'} {AT_MOST[name]}"


def commands() -> dict[str, list[str]]:
    """Command lines behind ``python``, by name."""
    article = min(shipped("corpora/sample").glob("*.txt"))
    newsmine = ["-m", "newsmine"]
    return {
        "python": ["-c", "pass"],
        "import newsmine": ["-c", "import newsmine"],
        "newsmine --help": [*newsmine, "--help"],
        "newsmine build --help": [*newsmine, "build", "--help"],
        "newsmine extract FILE": [*newsmine, "extract", str(article)],
    }


def timed(command: list[str], *, may_fail: bool = False) -> tuple[float, float, float]:
    """The processor's and the wall's seconds of a process, and its peak in megabytes."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status and not may_fail:
        raise SystemExit(f"{' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime, wall, megabytes(usage)


def megabytes(usage: resource.struct_rusage) -> float:
    """A process's peak; macOS counts it in bytes, Linux in kilobytes."""
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def memory() -> Figures:
    """The peaks of processes that extract."""
    corpus = shipped("corpora/sample")
    extract = ["-m", "newsmine", "extract", "--format", "jsonl"]
    peaks = {"the sample corpus": timed([*extract, str(corpus)])[2]}
    text = "\n\n".join(path.read_text("utf-8") for path in sorted(corpus.glob("*.txt")))
    with tempfile.TemporaryDirectory() as scratch:
        for name, size in _SIZES.items():
            path = Path(scratch, f"{size}.txt")
            path.write_text((text * (size // len(text) + 1))[:size], encoding="utf-8")
            peaks[name] = timed([*extract, str(path)], may_fail=True)[2]
    return peaks


if __name__ == "__main__":
    main()
