"""Pictures of pages to blocks: which engine reads them, and several pages at once."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from newsmine.errors import ReadError
from newsmine.ingest.layout import Block
from newsmine.ingest.ocr.engine import Engine, EngineFailure, Picture
from newsmine.ingest.ocr.rapid import RapidOcr
from newsmine.ingest.ocr.tesseract import Tesseract
from newsmine.types import RawArticle

__all__ = [
    "CHOICE",
    "LAYER",
    "READ_BY",
    "Engine",
    "EngineFailure",
    "Picture",
    "engine_for",
    "is_scanned",
    "read_pages",
]

ENGINES: dict[str, Callable[[], Engine | None]] = {
    "tesseract": Tesseract.found,
    "rapidocr": RapidOcr.found,
}
"""In the order of preference: Tesseract knows curly marks, which tell who speaks."""

CHOICE = "NEWSMINE_OCR"
"""The environment variable that names an engine of ``ENGINES``."""

READ_BY = "read by"
"""How the flag begins that names the engine: ``read by tesseract``."""

LAYER = "text layer by OCR"
"""The flag of a PDF whose text an engine laid under the scan or over it, unseen."""

SCANS = frozenset({"image", "alto", "mets", "hocr", "page"})
"""Readers of what OCR engines wrote."""

INSTALL = (
    "Install Tesseract (apt install tesseract-ocr, brew install tesseract, "
    "winget install UB-Mannheim.TesseractOCR), or pip install 'newsmine[ocr]'"
)


def engine_for(path: str) -> Engine:
    """The engine that the user chose, else the first that is installed.

    Args:
        path: The file that needs one, for the error.

    Raises:
        ReadError: None is installed, or not the one chosen.
    """
    chosen = os.environ.get(CHOICE, "").strip().lower()
    if chosen and chosen not in ENGINES:
        remedy = f"Set it to {' or '.join(ENGINES)}, or leave it out"
        raise ReadError(path, f"cannot be read: {CHOICE} names no engine ({chosen})", remedy)
    names = [chosen] if chosen else list(ENGINES)
    engine = next(filter(None, (ENGINES[name]() for name in names)), None)
    if engine is None:
        missing = f"{chosen} is not" if chosen else "no OCR engine is"
        raise ReadError(path, f"is a picture of text, and {missing} installed", INSTALL)
    return engine


def is_scanned(raw: RawArticle) -> bool:
    """Whether an OCR engine read a text, here or before it was given to us."""
    told = any(flag == LAYER or flag.startswith(READ_BY) for flag in raw.given.flags)
    return raw.reader in SCANS or told


def read_pages(
    pictures: Iterable[Picture], engine: Engine
) -> Iterator[tuple[Picture, list[Block] | EngineFailure]]:
    """Each picture with its blocks or why there are none, in order; as many at once as cores.

    Pictures are taken only as they can be worked on, so that few are in memory at a time.
    """
    workers = os.cpu_count() or 1
    waiting: deque[tuple[Picture, Future[list[Block]]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for picture in pictures:
            waiting.append((picture, pool.submit(engine.read, picture)))
            if len(waiting) > workers:
                yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _done(
    picture: Picture, future: Future[list[Block]]
) -> tuple[Picture, list[Block] | EngineFailure]:
    try:
        return picture, future.result()
    except EngineFailure as failure:
        return picture, failure
