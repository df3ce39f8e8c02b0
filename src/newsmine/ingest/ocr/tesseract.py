"""Tesseract, the program: called as a process of its own for each page."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from newsmine.ingest.layout import Block, Line, line_of
from newsmine.ingest.ocr.engine import EngineFailure, Picture
from newsmine.ingest.ocr.ink import trimmed
from newsmine.types import Word

PROGRAM = "tesseract"

LANGUAGE = "eng"

LONGEST = 900
"""Seconds that a page may take: a broadsheet of 40 megapixels takes about one minute."""

_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program at ``path``."""

    path: str
    name: str = PROGRAM

    @classmethod
    def found(cls) -> Tesseract | None:
        """The one on the search path, if any."""
        path = shutil.which(PROGRAM)
        return cls(path) if path else None

    def read(self, picture: Picture) -> list[Block]:
        """The paragraphs that Tesseract finds, in its order."""
        table = self._run(picture)
        rows = filter(None, map(_Row.of, table.splitlines()))
        return trimmed(list(_blocks(rows, picture.page)), picture.image)

    def _run(self, picture: Picture) -> str:
        # Without a resolution Tesseract tells it from the type; a wrong one hides gutters from it.
        dpi = ["--dpi", str(picture.dpi)] if picture.dpi else []
        command = [self.path, "stdin", "stdout", *dpi, "-l", LANGUAGE, "tsv"]
        # With two threads on two cores a page took 75 s, with one 5 s (shared notes on ingest).
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        try:
            done = subprocess.run(
                command,
                input=_pgm(picture),
                capture_output=True,
                env=environment,
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise EngineFailure(f"Tesseract took more than {LONGEST // 60} minutes") from error
        except OSError as error:
            raise EngineFailure(f"Tesseract does not start ({error.strerror or error})") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise EngineFailure(f"Tesseract fails ({said[-1] if said else done.returncode})")
        return done.stdout.decode("utf-8", "replace")


def _pgm(picture: Picture) -> bytes:
    """The picture in the format that takes least time to write and read."""
    buffer = io.BytesIO()
    picture.image.save(buffer, "PPM")
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Row:
    """One word of Tesseract's table, with the numbers of its block, paragraph and line."""

    paragraph: tuple[str, ...]
    line: str
    word: Word

    @classmethod
    def of(cls, row: str) -> _Row | None:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            return None
        left, top, width, height = map(float, cells[6:10])
        confidence = max(float(cells[10]), 0.0) / 100
        box = (left, top, left + width, top + height)
        return cls(tuple(cells[1:4]), cells[4], Word(cells[11].strip(), box, confidence))


def _blocks(rows: Iterable[_Row], page: int) -> Iterator[Block]:
    for _, paragraph in groupby(rows, key=lambda row: row.paragraph):
        yield Block.of(_lines(paragraph), page=page)


def _lines(rows: Iterable[_Row]) -> Iterator[Line]:
    for _, line in groupby(rows, key=lambda row: row.line):
        yield line_of([row.word for row in line])
