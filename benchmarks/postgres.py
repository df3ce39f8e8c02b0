"""A server's index against a file: the same invented quotations in both, the same questions.

  python benchmarks/postgres.py [--quotes 100000] [--repeat 40] [--url ADDRESS] [--json FILE]

A PostgreSQL server of its own is started in a temporary folder, unless there is an address of an
empty database. p50 / p99 in milliseconds of this machine, just now; the last column, how many times
as long the server takes (p50), is what can be compared between machines.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.search import A_ARTICLE, Drawn, cases, make, timed
from tests.factories import QUOTE, make_extraction, make_speaker
from tests.servers import HOW_TO_INSTALL, programs, server

from newsmine.index import Index, create_index, open_index

ADDED = 60

Figures = dict[str, float]


def main() -> None:
    """Fill both, ask both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=40)
    parser.add_argument("--url", help="the address of an empty database")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args()
    figures: dict[str, Figures] = {}
    with ExitStack() as stack:
        file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "big.db"
        url = options.url
        if url is None:
            found = programs()
            if found is None:
                sys.exit(HOW_TO_INSTALL)
            started = stack.enter_context(server(found, lasting=True))
            url = started.url()
        print(f"file: made in {seconds(lambda: make(file, options.quotes)):.0f} s")
        print(f"server: made in {seconds(lambda: fill(url, options.quotes)):.0f} s")
        one, other = (stack.enter_context(open_index(place)) for place in (file, url))
        sizes = [index.info().bytes / 1e6 for index in (one, other)]
        print(f"{options.quotes:,} quotes; file {sizes[0]:.0f} MB, server {sizes[1]:.0f} MB")
        print(f"{'p50 / p99 in ms':45s} {'file':>18s} {'server':>18s}  times")
        for name, ask, lines in cases(random.Random(7)):
            asked = lines(options.repeat)
            # In turn, so that whatever else the machine does falls on both.
            pairs = [(timed(ask, one, line), timed(ask, other, line)) for line in asked]
            here, there = ([pair[n] for pair in pairs] for n in (0, 1))
            figures[name] = report(name, here, there)
        with create_index(file) as first, create_index(url) as second:
            name = "an article added, 3 quotes"
            figures[name] = report(name, added(first), added(second))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def fill(url: str, quotes: int) -> None:
    """The quotations of ``benchmarks/search.py`` on a server."""
    draw = Drawn(random.Random(1))
    with create_index(url) as index:
        database: Any = index._database
        with database.transaction():
            database.insert("outlets", ({"name": name} for name in draw.outlets))
            database.insert("organisations", ({"name": name} for name in draw.organisations))
            people = ({"name": name, "type": "person"} for name in dict.fromkeys(draw.speakers))
            database.insert("speakers", people)
        for first in range(0, quotes, 10_000):
            numbers = range(first, min(first + 10_000, quotes))
            with database.transaction():
                articles = sorted({number // A_ARTICLE for number in numbers})
                database.insert("articles", map(draw.article, articles))
                database.insert("attributions", map(draw.quote, numbers))
                database.insert("claims", map(draw.claim, numbers[::10]))
        # Numbers were given; what is added goes on behind them.
        for table, key in (("articles", "number"), ("attributions", "id")):
            sequence = f"pg_get_serial_sequence('{table}', '{key}')"
            database.row(f"SELECT setval({sequence}, max({key})) FROM {table}")
        database._script("ANALYZE")


def added(index: Index) -> list[float]:
    """Seconds of each of some articles, added one by one."""
    quotes = [
        (f"{QUOTE} {n}", make_speaker(f"Ann {n}", organisation=f"Trust {n}")) for n in range(3)
    ]
    text = " ".join(quote for quote, _ in quotes)
    articles = [
        make_extraction(f"{text} No. {number}", path=f"new {number}", quotes=quotes)
        for number in range(ADDED)
    ]
    return [seconds(lambda one=one: index.add(one)) for one in articles]  # type: ignore[misc]


def seconds(work: Any) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def report(name: str, file: Sequence[float], there: Sequence[float]) -> Figures:
    """A line of the table, and its figures."""
    times = statistics.median(there) / statistics.median(file)
    (file_50, file_99), (there_50, there_99) = centiles(file), centiles(there)
    here, other = f"{file_50:.2f} / {file_99:.2f}", f"{there_50:.2f} / {there_99:.2f}"
    print(f"  {name:43s} {here:>18s} {other:>18s}  {times:5.1f}", flush=True)
    return {"file p50, ms": file_50, "server p50, ms": there_50, "server / file": times}


def centiles(measured: Sequence[float]) -> tuple[float, float]:
    """p50 and p99 in milliseconds."""
    ordered = sorted(1000 * one for one in measured)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return statistics.median(ordered), late


if __name__ == "__main__":
    main()
