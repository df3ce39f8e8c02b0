"""One input read and judged, in a process of its own: what kills it kills nothing else."""

from __future__ import annotations

import io
import math
import os
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from benchmarks.fuzz.formats import STRUCTURAL
from benchmarks.fuzz.mutations import CANARY, OUTSIDE, mutated
from benchmarks.fuzz.seeds import Seed, seeds

from newsmine import ingest
from newsmine.errors import ReadError
from newsmine.ingest import ocr
from newsmine.ingest.layout import Block, line_of
from newsmine.ingest.readers import READERS
from newsmine.types import Article, Word

SLOWEST = 10.0
"""Seconds of processor time that one input may take."""

MOST_GROWTH = 500 << 20
"""Bytes of memory that one input may take."""

MOST_MEMORY = 6 << 30
"""Bytes at which the worker is refused more, so that the machine lives."""


@dataclass(frozen=True)
class Input:
    """One file to read: the seed's place among its reader's, and the number that changes it."""

    reader: str
    number: int
    seed: int


@dataclass
class Verdict:
    """What came of one input."""

    articles: int = 0
    errors: int = 0
    reached: bool = False
    findings: list[str] = field(default_factory=list)


def made(what: Input) -> Seed:
    """The input's file and those beside it; the first ones are the seeds as they are."""
    chance = Random(f"{what.seed}/{what.reader}/{what.number}")
    choices = seeds()[what.reader]
    if what.number < len(choices):
        return choices[what.number]
    seed = chance.choice(choices)
    beside = dict(seed.beside)
    if beside and chance.random() < 0.4:
        name = chance.choice(list(beside))
        beside[name] = mutated(beside[name], chance, STRUCTURAL["alto"])
        return Seed(seed.name, seed.data, beside)
    return Seed(seed.name, mutated(seed.data, chance, STRUCTURAL[what.reader]), beside)


class StubEngine:
    """Stands where OCR stands: it touches every pixel, and says one line a page."""

    name = "stub"

    def read(self, picture: ocr.Picture) -> list[Block]:
        width, height = picture.image.size
        shades = len(picture.image.getcolors(1 << 16) or ())
        words = [Word(text, (0, 0, width / 2, height / 2), 0.9) for text in ("Boats", str(shades))]
        return [Block.of([line_of(words)], page=picture.page)]


def prepare(folder: Path) -> None:
    """The stub in place, the canary one folder up, a limit on memory, no writing of bytecode."""
    ocr.ENGINES = {"stub": StubEngine}
    (folder.parent / OUTSIDE).write_bytes(CANARY * 3)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def judge(what: Input, folder: Path, events: list[str]) -> Verdict:
    """Read an input with and without cleaning, and say what was wrong with how that went.

    Args:
        what: The input.
        folder: Where its file would lie, and where those beside it are written.
        events: What the process did that no reader may do is added here, by ``watch``.
    """
    file = made(what)
    for name, data in file.beside.items():
        (folder / name).write_bytes(data)
    events.clear()
    verdict = Verdict(reached=_reached(file, what.reader))
    said = io.StringIO()
    for clean in (False, True):
        with _watched(verdict), redirect_stdout(said), redirect_stderr(said):
            _read(file, folder / file.name, clean, verdict)
    verdict.findings += events
    if said.getvalue():
        verdict.findings.append(f"printed: {' '.join(said.getvalue().split())[:60]}")
    return verdict


def _reached(file: Seed, reader: str) -> bool:
    """Whether the reader that is meant still takes the file."""
    try:
        return next(r.name for r in READERS if r.sniff(file.data, file.name)) == reader
    except Exception:  # noqa: BLE001 - reading finds and reports it
        return False


def _read(file: Seed, path: Path, clean: bool, verdict: Verdict) -> None:
    empty = True
    try:
        for item in ingest.read_bytes(file.data, path=path, clean=clean):
            empty = False
            _note(item, folder=path.parent, verdict=verdict)
    except ReadError as error:
        _note(error, folder=path.parent, verdict=verdict)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is what we look for
        verdict.findings.append(_place(error))
    else:
        if empty:
            verdict.findings.append("neither an article nor an error")


def _note(item: object, *, folder: Path, verdict: Verdict) -> None:
    if isinstance(item, ReadError):
        verdict.errors += 1
        verdict.findings += _bad_error(item, folder)
    elif isinstance(item, Article):
        verdict.articles += 1
        verdict.findings += _bad_article(item)
    else:
        verdict.findings.append(f"gave {type(item).__name__}")


def _bad_error(error: ReadError, folder: Path) -> Iterator[str]:
    if any(c in f"{error.reason}{error.remedy}" for c in "\n\r\x1b\x00"):
        yield "an error of more than one line, or with control characters"
    if not error.thing.startswith(str(folder)) or not error.remedy:
        yield "an error that does not name the file, or no remedy"
    if len(error.reason) > 1_500:
        yield "an error of more than 1,500 characters"


def _bad_article(article: Article) -> Iterator[str]:
    raw, size = article.raw, len(article.text)
    if raw is None or CANARY.decode() in raw.raw_text:
        yield "read a file outside the folder"
        return
    ends = [0, *(end for zone in article.zones for end in zone.span), size]
    if ends != sorted(ends):
        yield "zones that overlap or lie outside the text"
    for page in raw.pages:
        if any(not 0 <= a < b <= len(raw.raw_text) for (a, b), _ in page.words):
            yield "words of a page outside its text"
        boxes = (value for _, word in page.words for value in word.box)
        if not all(map(math.isfinite, (page.width, page.height, *boxes))):
            yield "a box that is not finite"
    if size and not article.alignment.to_raw((0, size)):
        yield "a text that leads back to nothing"


def _place(error: BaseException) -> str:
    """The error, and the last line of ours that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "newsmine" in f.filename] or list(frames)
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    said = " ".join(str(error).split())[:80]
    return f"{type(error).__name__} at {place} ({said})"


class _watched:  # noqa: N801 - used as a statement
    """Adds a finding where what happens inside takes too long or too much memory."""

    def __init__(self, verdict: Verdict) -> None:
        self._verdict = verdict

    def __enter__(self) -> None:
        _reset_peak()
        self._memory, self._began = _memory("VmRSS"), time.process_time()

    def __exit__(self, *_: object) -> None:
        seconds = time.process_time() - self._began
        grown = _memory("VmHWM") - self._memory
        if seconds > SLOWEST:
            self._verdict.findings.append(f"slow: more than {SLOWEST:.0f} s")
        if grown > MOST_GROWTH:
            self._verdict.findings.append(f"memory: more than {MOST_GROWTH >> 20} MB")


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _memory(field_name: str) -> int:
    """Bytes in use (``VmRSS``) or at most since the last reset (``VmHWM``); Linux only."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    line = next(line for line in status.splitlines() if line.startswith(field_name))
    return int(line.split()[1]) << 10


_FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.remove")


def watch(events: list[str]) -> None:
    """Note what no reader may do: reach the network, start a program, write or delete a file."""

    def hook(event: str, arguments: Sequence[object]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE
        if event in _FORBIDDEN or (writes and not str(arguments[0]).startswith("/proc/self")):
            events.append(f"{event} {str(arguments[0])[:60]}")

    sys.addaudithook(hook)


def serve(channel: Connection) -> None:
    """Judge what comes over a channel until ``None`` does."""
    sys.dont_write_bytecode = True
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "in"
        folder.mkdir()
        prepare(folder)
        events: list[str] = []
        watch(events)
        while (what := channel.recv()) is not None:
            channel.send(judge(what, folder, events))
