"""Feed every reader files that are wrong, and print what came of them.

  python -m benchmarks.fuzz [--seconds 600] [--reader NAME …] [--seed 0] [--first 0]
  python -m benchmarks.fuzz --reader NAME --replay NUMBER [--keep FOLDER]

Anything but articles and one-line errors is a finding: another exception, a dead process, more than
10 s of processor time, more than 500 MB of memory, a file read outside, a file written, a
connection. Readers share the time, and each gets 100 inputs at least. The same seed makes the same
inputs. OCR engines are replaced by a stand-in that touches each pixel: pictures are opened and
drawn, not read. The exit code is 1 where there are findings.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.fuzz.campaign import Tally, Worker, run
from benchmarks.fuzz.seeds import seeds
from benchmarks.fuzz.worker import Input, made, prepare

from newsmine import ingest

NUMBERS_SHOWN = 5


def main() -> None:
    """Run what the command line asks for."""
    options = _options()
    readers = options.reader or list(seeds())
    if options.replay is not None:
        replay(Input(readers[0], options.replay, options.seed), options.keep)
        return
    worker, share = Worker(), options.seconds / len(readers)
    tallies = {}
    for reader in readers:
        tallies[reader] = run(reader, worker, seconds=share, seed=options.seed, first=options.first)
        done = tallies[reader]
        said = f"{reader}: {done.inputs} inputs, {len(done.findings)} findings"
        print(said, *done.findings, sep="; ", file=sys.stderr, flush=True)
    worker.stop()
    show(tallies)
    sys.exit(any(tally.findings for tally in tallies.values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--reader", nargs="+", choices=list(seeds()))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--replay", type=int, help="read one input here, with its traceback")
    parser.add_argument("--keep", type=Path, help="write the replayed input to this folder")
    return parser.parse_args()


def show(tallies: Mapping[str, Tally]) -> None:
    """The table, and each finding with inputs that show it."""
    columns = ("inputs", "reached", "articles", "errors", "findings")
    print("reader   " + "".join(f"{name:>10s}" for name in columns))
    rows = {
        reader: (t.inputs, t.reached, t.articles, t.errors, len(t.findings))
        for reader, t in tallies.items()
    }
    rows["all"] = tuple(map(sum, zip(*rows.values(), strict=True)))  # type: ignore[assignment]
    for reader, counts in rows.items():
        print(f"{reader:9s}" + "".join(f"{count:10,d}" for count in counts))
    for reader, tally in tallies.items():
        for finding, numbers in tally.findings.items():
            shown = ", ".join(map(str, numbers[:NUMBERS_SHOWN]))
            print(f"{reader}: {finding}: {len(numbers)} inputs, {shown}")


def replay(what: Input, keep: Path | None) -> None:
    """Read one input in this process and print what comes."""
    file = made(what)
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "in"
        folder.mkdir()
        prepare(folder)
        for name, data in {**file.beside, file.name: file.data}.items():
            (folder / name).write_bytes(data)
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / name).write_bytes(data)
        for clean in (False, True):
            for item in ingest.read_bytes(file.data, path=folder / file.name, clean=clean):
                print(repr(item)[:300])


if __name__ == "__main__":
    main()
