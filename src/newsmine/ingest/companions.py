"""Files of a folder that another file of it covers: read alone, their text would come twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from newsmine.ingest.readers import mets
from newsmine.ingest.readers.markup import IMAGES, PROLOG, root_name

DESCRIPTIONS = frozenset({".xml", ".mets", ".alto", ".hocr"})

PICTURES = frozenset({*IMAGES, ".pdf"})

PAGES = frozenset({"alto", "pcgts", "html"})
"""Root elements of what describes a page."""


def without_companions(files: Iterable[Path]) -> list[Path]:
    """The files without the pages that a METS file names, and the pictures of described pages.

    A picture has the name of its page's description (``0001.xml``, ``0001.jpg``). What cannot be
    read covers nothing.
    """
    kept = list(files)
    covered = {_key(file) for path in kept for file in _covered(path)}
    return [file for file in kept if _key(file) not in covered]


def _key(path: Path) -> Path:
    """The path without regard to the case of its suffix: scanners write ``.TIF``."""
    return path.with_suffix(path.suffix.lower())


def _covered(path: Path) -> Iterator[Path]:
    if path.suffix.lower() not in DESCRIPTIONS:
        return
    root = _root(path)
    if root == "mets":
        yield from (file for file in mets.named_files(path) if file != path)
    elif root in PAGES:
        stem = path.name.partition(".")[0]
        yield from (path.with_name(stem + end) for end in PICTURES)


def _root(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            name = root_name(file.read(PROLOG))
    except OSError:
        return None
    return name.lower() if name else None
