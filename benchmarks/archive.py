"""A whole archive into an index: how fast, in how much memory, and through kill -9.

  python -m benchmarks.archive [--articles 20000] [--kill 10] [--without-model] [--json FILE]

The archive is invented (``tests/engines/archive.py``), the same for each number of articles. It is
built by ``newsmine build`` in processes of its own, by one and by two; what is compared is of one
run on one machine. Memory is sampled while it runs: of the writer and of each worker. The cost of
an article is that from the first one in the index to the end, what comes after the last included,
in archives of 100 articles and of ten times as many each. With ``--kill`` two workers build it
three times more, and so many times a worker, the writer, or all of them are killed at random
moments; then the index must equal the first one, row for row. ``--without-model`` is a quick look
at all but the model: a stand-in finds what is between quotation marks.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from tests.engines import archive
from tests.engines.comparing import differences
from tests.engines.test_local import workers_of

from newsmine.index import create_index, open_index
from newsmine.pipeline import Work, building
from newsmine.types import Article, Extraction, Provenance

ROOT = Path(__file__).parents[1]
EVERY = 0.2
"""Seconds between two looks at a build."""
WRITTEN = 2_000
"""Articles that are written again, to time that alone."""
STEPS = 10
"""In how many parts of a build memory and speed are told."""


def main() -> None:
    """Build, measure, kill, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2, help="compared with one process")
    parser.add_argument("--kill", type=int, default=0, metavar="TIMES")
    parser.add_argument("--only-kill", action="store_true", help="leave out sizes and one process")
    parser.add_argument("--without-model", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        figures = run(Path(scratch), options)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    if figures.get("kills", {}).get("differing"):
        sys.exit("an index differs from the undisturbed one")


def run(scratch: Path, options: argparse.Namespace) -> dict[str, Any]:
    """All figures."""
    folder, words = scratch / "archive", archive.write(scratch / "archive", options.articles)
    print(f"{options.articles:,} articles, {words:,} words")
    many = built(folder, scratch / "many.db", options.workers, options)
    figures: dict[str, Any] = {"articles": options.articles, "words": words}
    figures[f"workers_{options.workers}"] = told(f"{options.workers} workers", many, words)
    figures["bytes"] = (scratch / "many.db").stat().st_size
    figures["writer"] = writing(scratch / "many.db", scratch / "written.db")
    if not options.only_kill:
        one = built(folder, scratch / "one.db", 1, options)
        figures["workers_1"] = told("one process", one, words)
        figures["speed_up"] = one.seconds / many.seconds
        print(
            f"{options.workers} workers are {figures['speed_up']:.2f} times as fast as one process"
        )
        differing = differences(scratch / "one.db", scratch / "many.db")
        print(f"  their indexes differ in: {differing or 'nothing'}")
        figures["cost"] = by_size(scratch, many, options)
    if options.kill:
        figures["kills"] = killed(folder, scratch, many, options)
    return figures


def writing(index: Path, output: Path) -> dict[str, float]:
    """How many articles a second one writer takes that has nothing else to do."""
    with open_index(index) as held, create_index(output) as fresh:
        ids = [entry.id for entry in islice(held.articles(), WRITTEN)]
        found = [held.article(ident).extraction for ident in ids]
        began = time.process_time()
        for extraction in found:
            fresh.add(extraction)
        rate = len(found) / (time.process_time() - began)
    size = index.stat().st_size / 1000
    print(f"  {size:,.0f} kB; one writer takes {rate:,.0f} articles a second of its own time")
    return {"articles_a_second": rate}


@dataclass
class Build:
    """What was seen of one build; times are seconds since it was started."""

    times: list[float] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    writer: list[float] = field(default_factory=list)
    worker: list[float] = field(default_factory=list)
    whole: float = 0.0

    @property
    def begun(self) -> float:
        """When the first article was in the index."""
        return next((t for t, n in zip(self.times, self.articles, strict=True) if n), 0.0)

    @property
    def last(self) -> float:
        """When the last one was."""
        most = max(self.articles)
        return next(t for t, n in zip(self.times, self.articles, strict=True) if n == most)

    @property
    def seconds(self) -> float:
        """From the first article to the end."""
        return self.whole - self.begun


def start(folder: Path, index: Path, workers: int, options: Any) -> subprocess.Popen[bytes]:
    """A build in a process group of its own."""
    code = "from newsmine.cli import main; main()"
    if options.without_model:
        code = "from benchmarks.archive import without_model; without_model()"
    command = ["build", str(folder), "-o", str(index), "--workers", str(workers)]
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    return subprocess.Popen(
        [sys.executable, "-c", code, *command],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def built(folder: Path, index: Path, workers: int, options: Any) -> Build:
    """Build, and look on."""
    seen, began = Build(), time.perf_counter()
    process = start(folder, index, workers, options)
    while process.poll() is None:
        time.sleep(EVERY)
        seen.times.append(time.perf_counter() - began)
        seen.articles.append(count(index))
        seen.writer.append(memory(process.pid))
        seen.worker.append(max(map(memory, workers_of(process.pid)), default=0.0))
    seen.whole = time.perf_counter() - began
    if process.returncode:
        sys.exit(f"a build ended with {process.returncode}")
    return seen


def count(index: Path) -> int:
    """The articles in an index that is being written."""
    try:
        with closing(sqlite3.connect(f"file:{index}?mode=ro", uri=True)) as connection:
            # The newest number, not a count: looking on must cost nothing.
            found = connection.execute("SELECT max(number) FROM articles").fetchone()[0]
            return int(found or 0)
    except sqlite3.Error:
        return 0


def memory(pid: int) -> float:
    """MB that a process has in memory; 0 where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024


def told(name: str, build: Build, words: int) -> dict[str, float]:
    """Print what was seen of a build; its figures."""
    articles = max(build.articles)
    figures = {
        "seconds": build.seconds,
        "words_a_second": words / build.seconds,
        "articles_a_second": articles / build.seconds,
        "end_share": (build.whole - build.last) / build.seconds,
        "writer_mb": max(build.writer),
        "worker_mb": max(build.worker),
        "writer_growth": growth(build.writer, build),
        "worker_growth": growth(build.worker, build),
    }
    print(
        f"{name}: {build.whole:.0f} s, {build.begun:.1f} s to the first article; then "
        f"{figures['words_a_second']:,.0f} words, {figures['articles_a_second']:.1f} articles a "
        f"second; {100 * figures['end_share']:.1f} % of the time after the last one"
    )
    print(f"  articles a second in each tenth: {' '.join(f'{r:.1f}' for r in rates(build))}")
    for who in ("writer", "worker"):
        held = " ".join(f"{mb:.0f}" for mb in tenths(getattr(build, who), build))
        print(f"  {who}: {held} MB; × {figures[f'{who}_growth']:.2f} from the second to the last")
    return figures


def tenths(values: list[float], build: Build) -> list[float]:
    """The most in each tenth of a build, from the first article to the end."""
    found = []
    for n in range(STEPS):
        low, high = (build.begun + build.seconds * (n + i) / STEPS for i in (0, 1))
        inside = [v for t, v in zip(build.times, values, strict=True) if low <= t <= high]
        found.append(max(inside, default=0.0))
    return found


def growth(values: list[float], build: Build) -> float:
    """Memory in the last tenth against the second, when all is loaded."""
    parts = [mb for mb in tenths(values, build)[1:] if mb]
    return parts[-1] / parts[0] if parts else 1.0


def rates(build: Build) -> list[float]:
    """Articles a second while each tenth of them was added."""
    most = max(build.articles)
    steps = [most * n // STEPS for n in range(STEPS + 1)]
    when = [
        next(t for t, n in zip(build.times, build.articles, strict=True) if n >= max(step, 1))
        for step in steps
    ]
    return [
        (b - a) / max(t - s, EVERY)
        for (a, b), (s, t) in zip(pairwise(steps), pairwise(when), strict=True)
    ]


def by_size(scratch: Path, whole: Build, options: Any) -> dict[str, float]:
    """Milliseconds an article in archives of growing size."""
    figures: dict[str, float] = {}
    size = 100
    while size < options.articles:
        folder = scratch / f"archive-{size}"
        archive.write(folder, size)
        figures[str(size)] = cost(built(folder, scratch / f"{size}.db", options.workers, options))
        size *= 10
    figures[str(options.articles)] = cost(whole)
    shown = ", ".join(f"{int(size):,}: {ms:.1f} ms" for size, ms in figures.items())
    print(f"an article costs, in an archive of {shown}")
    return figures


def cost(build: Build) -> float:
    """Milliseconds an article, without what it takes to start."""
    return 1000 * build.seconds / max(build.articles)


def killed(folder: Path, scratch: Path, many: Build, options: Any) -> dict[str, Any]:
    """Kill and go on; how often that was done, and which kinds left another index."""
    differing = []
    kills: dict[str, Callable[[subprocess.Popen[bytes]], bool]] = {
        "a worker": kill_worker,
        "the writer": kill_writer,
        "all": kill_all,
    }
    done = {}
    for name, kill in kills.items():
        index = scratch / f"{name.replace(' ', '-')}.db"
        chance = random.Random(f"{options.seed} {name}")
        done[name] = kill_often(folder, index, kill, chance, many, options)
        found = differences(scratch / "many.db", index)
        print(f"{name} killed {done[name]} times: the index differs in {found or 'nothing'}")
        differing += [name] if found else []
    return {"times": sum(done.values()), "differing": len(differing)}


def kill_often(
    folder: Path,
    index: Path,
    kill: Callable[[subprocess.Popen[bytes]], bool],
    chance: random.Random,
    undisturbed: Build,
    options: Any,
) -> int:
    """Kill a build so many times, start it again where it ended, let the last one finish.

    The moments are spread so that about so many fit into one build; what it takes to start, which
    others pay anew each time, is one of them.
    """
    longest = 2 * undisturbed.seconds / options.kill
    times = 0
    process = start(folder, index, options.workers, options)
    while times < options.kill:
        time.sleep(chance.uniform(0, longest + undisturbed.begun * (kill is not kill_worker)))
        if process.poll() is None:
            times += kill(process)
            if kill is kill_worker:
                continue
            process.wait()
        else:
            # It was done before all kills were: from the beginning.
            expect_success(process)
            index.unlink()
        process = start(folder, index, options.workers, options)
    expect_success(process)
    return times


def expect_success(process: subprocess.Popen[bytes]) -> None:
    """Nothing failed, and nothing was skipped."""
    if process.wait():
        sys.exit(f"a build that was killed before ended with {process.returncode}")


def kill_worker(build: subprocess.Popen[bytes]) -> bool:
    """End one of its workers, if there is one."""
    for pid in sorted(workers_of(build.pid))[:1]:
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def kill_writer(build: subprocess.Popen[bytes]) -> bool:
    """End the process that writes."""
    build.kill()
    return True


def kill_all(build: subprocess.Popen[bytes]) -> bool:
    """End it and all that it started."""
    os.killpg(build.pid, signal.SIGKILL)
    return True


@dataclass(frozen=True, slots=True)
class WithoutModel(Work):
    """Work whose model is a stand-in."""

    def extraction(self, article: Article) -> Extraction:
        """What is between quotation marks, and who said it; figures."""
        from tests.cli import faked

        return replace(faked.extract(article, None), provenance=self.made_by())

    def made_by(self) -> Provenance:
        """As the stand-in is called."""
        from tests.cli import faked

        return self._recorded(faked.provenance(None))


def without_model() -> None:
    """The command line with it."""
    from newsmine.cli import main as command_line

    building.Work = WithoutModel  # type: ignore[attr-defined, misc]
    command_line()


if __name__ == "__main__":
    main()
