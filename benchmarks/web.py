"""How long readers wait for a page of a big index, and whether a build beside them costs errors.

  python benchmarks/web.py [--quotes 100000] [--keep FILE] [--readers 20] [--seconds 20]
      [--json FILE]

The index is that of ``benchmarks/search.py``. One of 1,000,000 quotes, for which the page's limits
are meant, takes ten minutes to make: keep it (``--keep``). ``newsmine serve`` runs in a process of
its own; the readers ask over loopback, each for one page after another from a mix drawn from a
seed, after a pause (``--pause``, seconds, drawn evenly from none to twice that; 0 asks without
rest). Then again while articles are added to the same index, one transaction each. Times are of
this machine, now, with the client on the same cores; what the server worked for a page (CPU) does
not tell of the machine's other work.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from search import CODE, ORGANISATIONS, VOCABULARY, make, spelled

from newsmine.index import create_index, open_index
from newsmine.ingest.alignment import identity
from newsmine.types import Article, Extraction, Provenance

ARTICLES = 20_000
"""The article pages that are asked for are among so many of the first."""

Page = Callable[[random.Random], str]
Times = Mapping[str, Sequence[float]]


def main() -> None:
    """Make the index, serve it, read it twice, print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="make the index here, or use the one there")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        path = options.keep or Path(scratch) / "big.db"
        if not path.exists():
            make(path, options.quotes)
        with open_index(path) as index:
            print(f"{index.size().quotes:,} quotes, {options.readers} readers")
        ask = (options.readers, options.seconds, options.pause)
        figures: dict[str, Any] = {}
        with served(path) as server:
            figures["nobody writes"] = report("nobody writes", server, *read(server.port, *ask))
        with served(path) as server, building(path) as added:
            title = "articles are added meanwhile"
            figures[title] = report(title, server, *read(server.port, *ask))
            figures[title]["added"] = len(added)
            print(f"  {len(added)} articles were added")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Server:
    """A server: where it listens, and which process it is."""

    port: int
    process: int

    def worked(self) -> float:
        """Seconds of CPU up to now; nothing where the system does not say."""
        try:
            stat = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8")
        except OSError:
            return 0.0
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(path: Path) -> Iterator[Server]:
    """``newsmine serve`` on a free port."""
    command = [sys.executable, "-c", CODE, "serve", str(path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stderr.readline() if process.stderr else ""
            found = re.search(r":(\d+)/", line)
            if not found:
                raise SystemExit(f"the server did not start: {line}")
            yield Server(int(found[1]), process.pid)
        finally:
            process.terminate()


@contextmanager
def building(path: Path) -> Iterator[list[str]]:
    """Articles are added while this is open; the list holds those that are in."""
    added: list[str] = []
    stop = threading.Event()
    thread = threading.Thread(target=_build, args=(path, added, stop))
    thread.start()
    try:
        yield added
    finally:
        stop.set()
        thread.join()


def _build(path: Path, added: list[str], stop: threading.Event) -> None:
    with create_index(path) as index:
        while not stop.is_set():
            ident = f"beside-{len(added)}-{time.time_ns()}"
            text = "Nothing is said here."
            article = Article(ident, f"{ident}.txt", text, identity(len(text)), outlet="The Post")
            index.add(Extraction(article, Provenance("none", "none")))
            added.append(ident)
            # As long as an article takes to extract.
            stop.wait(0.1)
        for ident in added:
            index.remove(ident)


def pages() -> dict[str, Page]:
    """What is asked for: a name, and an address out of chance."""
    content = range(20, 60)

    def organisation(chance: random.Random) -> str:
        # Some are asked for much more often than others, as anywhere.
        return f"org:{spelled(90 + int(chance.random() ** 2 * ORGANISATIONS))}"

    def phrase(chance: random.Random) -> str:
        return f'"{spelled(chance.choice(content))} {spelled(chance.choice(content))}"'

    def common(chance: random.Random) -> str:
        return spelled(chance.randrange(20))

    def found(line: str, **more: object) -> str:
        return f"/search?{urlencode({'q': line, **more})}"

    return {
        "organisation + phrase": lambda c: found(f"{organisation(c)} {phrase(c)}"),
        "an organisation": lambda c: found(organisation(c)),
        "rare word": lambda c: found(spelled(c.randrange(20_000, VOCABULARY))),
        "common word": lambda c: found(common(c)),
        "newest": lambda c: found(""),
        "a later page": lambda c: found(common(c), page=c.randrange(2, 20)),
        "article": lambda c: f"/article/article-{c.randrange(ARTICLES):07}",
        "home": lambda c: "/",
    }


def read(port: int, readers: int, seconds: float, pause: float) -> tuple[Times, list[str]]:
    """Read with so many at once; seconds for each kind of page, and what went wrong."""
    times: dict[str, list[float]] = defaultdict(list)
    errors: list[str] = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_reader, args=(port, random.Random(n), until, pause, times, errors))
        for n in range(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, errors


def _reader(
    port: int,
    chance: random.Random,
    until: float,
    pause: float,
    times: dict[str, list[float]],
    errors: list[str],
) -> None:
    offered = list(pages().items())
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        time.sleep(chance.random() * 2 * pause)
        name, page = chance.choice(offered)
        address = page(chance)
        started = time.perf_counter()
        try:
            connection.request("GET", address)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            errors.append(f"{address}: {error!r}")
            connection.close()
            continue
        times[name].append(time.perf_counter() - started)
        if response.status != 200:
            errors.append(f"{address}: {response.status}")


def report(title: str, server: Server, times: Times, errors: Sequence[str]) -> dict[str, Any]:
    """A table: p50, p95, p99 in milliseconds, of each kind of page and of all."""
    figures: dict[str, Any] = {}
    every = [one for some in times.values() for one in some]
    print(f"\n{title}: {len(every):,} pages, {len(errors)} errors; p50 / p95 / p99 in ms")
    for name, some in {**times, "all": every}.items():
        if len(some) > 1:
            cuts = statistics.quantiles((1000 * one for one in some), n=100, method="inclusive")
            print(f"  {name:24s} {cuts[49]:8.1f} / {cuts[94]:8.1f} / {cuts[98]:8.1f}")
            figures[name] = {"p50 ms": cuts[49], "p95 ms": cuts[94], "p99 ms": cuts[98]}
    worked = 1000 * server.worked() / max(1, len(every))
    print(f"  the server worked {worked:.1f} ms (CPU) a page, its start included")
    for error in errors[:5]:
        print(f"  {error}")
    return figures | {"pages": len(every), "errors": len(errors), "CPU ms a page": worked}


if __name__ == "__main__":
    main()
