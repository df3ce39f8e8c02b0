"""Files that another file of their folder or archive covers: alone, their text would come twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TypeVar

from newsmine.ingest.readers import mets
from newsmine.ingest.readers.markup import IMAGES, root_name
from newsmine.ingest.readers.shelf import Folder, Shelf

DESCRIPTIONS = frozenset({".xml", ".mets", ".alto", ".hocr"})

PICTURES = frozenset({*IMAGES, ".pdf"})

PAGES = frozenset({"alto", "pcgts", "html"})
"""Root elements of what describes a page."""


Named = TypeVar("Named", bound=PurePath)


def without_companions(files: Iterable[Named], shelf: Shelf | None = None) -> list[Named]:
    """The files without the pages that a METS file names, and the pictures of described pages.

    A picture has the name of its page's description (``0001.xml``, ``0001.jpg``). What cannot be
    read covers nothing.

    Args:
        files: Paths.
        shelf: Where they lie; None is the disk.
    """
    kept = list(files)
    covered = {_key(file) for path in kept for file in _covered(path, shelf or Folder())}
    return [file for file in kept if _key(file) not in covered]


def _key(path: PurePath) -> PurePath:
    """The path without regard to the case of its suffix: scanners write ``.TIF``."""
    return path.with_suffix(path.suffix.lower())


def _covered(path: PurePath, shelf: Shelf) -> Iterator[PurePath]:
    if path.suffix.lower() not in DESCRIPTIONS:
        return
    root = (root_name(shelf.head(str(path))) or "").lower()
    if root == "mets":
        files = map(type(path), mets.named_files(str(path), shelf))
        yield from (file for file in files if file != path)
    elif root in PAGES:
        stem = path.name.partition(".")[0]
        yield from (path.with_name(stem + end) for end in PICTURES)
