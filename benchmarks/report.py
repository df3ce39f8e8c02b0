"""All benchmarks, one after the other, as one report: text on the screen, JSON in a file.

  python -m benchmarks.report [--data ../shared/data] [--results benchmarks/results] [NAME ...]

Every benchmark is a command of its own that writes its figures with ``--json``; this runs them,
prints what they print, and keeps all figures with the day, the commit and the machine in
``benchmarks/results/``. What changed by a twentieth or more since this machine's last report is
listed at the end: seconds and words a second tell of the machine's other work as well, ratios and
shares of one run do not.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
Figures = dict[str, float]

CHANGED = 0.05
"""The share by which a figure must differ to be listed."""


def benchmarks(data: str) -> dict[str, tuple[str, ...]]:
    """Each benchmark's command line, behind ``python``, by its name."""
    return {
        "accuracy": ("benchmarks/accuracy.py", "--data", data),
        "floor": ("benchmarks/floor.py",),
        "speed": ("benchmarks/speed.py",),
        "figures": ("benchmarks/figures.py",),
        "cleaning": ("benchmarks/cleaning.py",),
        "cold": ("benchmarks/cold.py",),
        "memory": ("-m", "benchmarks.memory", "--pages", "100"),
        "search": ("benchmarks/search.py",),
        "web": ("benchmarks/web.py",),
        "postgres": ("benchmarks/postgres.py",),
        "archive": ("-m", "benchmarks.archive", "--articles", "400"),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, keep; the exit status is 1 where a benchmark failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these")
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results")
    options = parser.parse_args(arguments)
    commands = benchmarks(options.data)
    if unknown := sorted(set(options.names) - set(commands)):
        parser.error(f"{', '.join(unknown)}: there are {', '.join(commands)}")
    found, failed = run_all(
        {n: c for n, c in commands.items() if n in options.names or not options.names}
    )
    before = last(options.results)
    kept = keep(options.results, found)
    sys.stdout.write(f"\nkept in {kept}\n")
    for line in changes(before, found):
        sys.stdout.write(f"{line}\n")
    for name in failed:
        sys.stdout.write(f"FAILED: {name}\n")
    return 1 if failed else 0


def run_all(commands: Mapping[str, Sequence[str]]) -> tuple[dict[str, Figures], list[str]]:
    """The figures of each benchmark, and the names of those that failed."""
    found: dict[str, Figures] = {}
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, command in commands.items():
            sys.stdout.write(f"\n== {name}\n")
            sys.stdout.flush()
            out = Path(scratch, f"{name}.json")
            done = subprocess.run([sys.executable, *command, "--json", str(out)], cwd=ROOT)
            if done.returncode or not out.exists():
                failed.append(name)
            else:
                found[name] = dict(flat(json.loads(out.read_text(encoding="utf-8"))))
    return found, failed


def flat(figures: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, float]]:
    """The numbers of nested tables, by their names joined with slashes."""
    for name, value in figures.items():
        path = f"{above}/{name}" if above else name
        if isinstance(value, Mapping):
            yield from flat(value, path)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield path, value


def keep(folder: Path, found: Mapping[str, Figures]) -> Path:
    """Write a report; its path. The same commit on the same day and machine is written anew."""
    now = datetime.datetime.now(datetime.UTC)
    report = {
        "machine": machine(),
        "when": now.isoformat(timespec="seconds"),
        "commit": commit(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "figures": {n: {k: round(v, 4) for k, v in f.items()} for n, f in found.items()},
    }
    folder.mkdir(parents=True, exist_ok=True)
    slug = re.sub(r"\W+", "-", machine()).strip("-").lower()
    path = folder / f"{now:%Y-%m-%d}-{report['commit']}-{slug}.json"
    path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return path


def last(folder: Path) -> dict[str, Figures]:
    """The figures of this machine's last report; none where there was none."""
    reports = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
    own = [report for report in reports if report["machine"] == machine()]
    return max(own, key=lambda report: str(report["when"]))["figures"] if own else {}


def changes(before: Mapping[str, Figures], now: Mapping[str, Figures]) -> Iterator[str]:
    """A line for each figure that differs by a twentieth from the one before."""
    for name, figures in now.items():
        for key, value in figures.items():
            old = before.get(name, {}).get(key)
            if old is not None and abs(value - old) > CHANGED * max(abs(old), 1e-9):
                yield f"{name}/{key}: {old:,.4g} → {value:,.4g}"


def machine() -> str:
    """Cores, processor and system, in words."""
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {processor()}, {system}"


def processor() -> str:
    """The processor's own name where the system says it."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def commit() -> str:
    """The commit that was measured; ``-dirty`` where files differ from it."""
    git = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        return subprocess.run(
            git, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


if __name__ == "__main__":
    sys.exit(main())
