"""The most memory that a PDF of many pages takes, in a process of its own.

  python -m benchmarks.memory [--pages 500] [--columns 5] [--lines 80] [--json FILE]

The PDF is made here: pages of invented text in columns (a tabloid page has some 1,500 words), and
scans of such pages, with a stand-in for the OCR engine that says as many words with boxes. The
peak is the process's while it reads, with Python, libraries and the file in it.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from random import Random

from tests.ingest.pdfs import At, pdf

from newsmine import ingest
from newsmine.errors import ReadError
from newsmine.ingest import ocr
from newsmine.ingest.layout import Block, line_of
from newsmine.types import Word

WIDTH, HEIGHT = 800, 1100
"""Of a tabloid page, in points."""

SYLLABLES = (
    "har",
    "bour",
    "net",
    "tide",
    "wall",
    "sea",
    "mar",
    "ket",
    "lan",
    "tern",
    "coun",
    "cil",
)


def main() -> None:
    """Measure both kinds of pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--columns", type=int, default=5)
    parser.add_argument("--lines", type=int, default=80)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args()
    shape = (options.pages, options.columns, options.lines)
    figures: dict[str, dict[str, int]] = {}
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for name, make in (("text", printed), ("scan", scanned)):
            said, peak = pool.apply(measure, (make, shape))
            print(name, said, flush=True)
            figures[name] = {"pages": options.pages, "peak, MB": peak}
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


Shape = tuple[int, int, int]
"""Pages, columns of a page, lines of a column."""


def measure(make: Callable[[int, int, int], bytes], shape: Shape) -> tuple[str, int]:
    """Read a PDF; what that took in words, and the most memory in MB."""
    ocr.ENGINES = {"stub": lambda: _Stub(*shape[1:])}
    data = make(*shape)
    # What making the file took is no part of it: a scan's bytes are held twice for a moment.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, began = _memory("VmRSS"), time.process_time()
    articles = words = 0
    for item in ingest.read_bytes(data, path="issue.pdf"):
        if isinstance(item, ReadError):
            sys.exit(str(item))
        articles += 1
        words += sum(len(page.words) for page in item.raw.pages) if item.raw else 0
    peak = _memory("VmHWM")
    said = (
        f"{shape[0]} pages, {words:,} words, {articles} articles, {len(data) >> 20} MB: "
        f"peak {peak} MB ({before} MB before), {time.process_time() - began:.0f} s"
    )
    return said, peak


def _memory(field: str) -> int:
    """MB in use (``VmRSS``), or at most since the last reset (``VmHWM``); Linux only."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return (
        int(next(line for line in status.splitlines() if line.startswith(field)).split()[1]) >> 10
    )


def printed(pages: int, columns: int, lines: int) -> bytes:
    """A PDF of text in columns; each page has other words."""
    chance = Random(1)
    return pdf(*(_page(chance, columns, lines) for _ in range(pages)), size=(WIDTH, HEIGHT))


def _page(chance: Random, columns: int, lines: int) -> list[At]:
    width, leading = (WIDTH - 80) / columns, (HEIGHT - 100) / lines
    return [
        At(40 + width * column, HEIGHT - 50 - leading * line, _line(chance, int(width / 4.6)), 8)
        for column in range(columns)
        for line in range(lines)
    ]


def _line(chance: Random, size: int) -> str:
    text = ""
    while len(text) < size - 8:
        text += "".join(chance.choices(SYLLABLES, k=chance.randint(1, 2))) + " "
    return text.strip()


def scanned(pages: int, columns: int, lines: int) -> bytes:
    """A PDF of pictures of such pages at 200 dots an inch; five pictures take turns."""
    from pypdfium2 import PdfDocument

    with PdfDocument(printed(5, columns, lines)) as document:
        pictures = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]
    out = io.BytesIO()
    rest = [pictures[i % 5] for i in range(1, pages)]
    pictures[0].save(out, "PDF", resolution=200, save_all=True, append_images=rest)
    return out.getvalue()


class _Stub:
    """Says as many words a page as are printed, without looking."""

    name = "stub"

    def __init__(self, columns: int, lines: int) -> None:
        self._columns, self._lines = columns, lines

    def read(self, picture: ocr.Picture) -> list[Block]:
        width, height = picture.image.size
        across, down = width / (self._columns * 4), height / self._lines
        return [
            Block.of(
                [
                    line_of(
                        [
                            Word(
                                "harbour",
                                (
                                    across * (4 * column + i),
                                    down * line,
                                    across * (4 * column + i + 0.8),
                                    down * (line + 0.7),
                                ),
                                0.9,
                            )
                            for i in range(4)
                        ]
                    )
                    for line in range(self._lines)
                ],
                page=picture.page,
            )
            for column in range(self._columns)
        ]


if __name__ == "__main__":
    main()
