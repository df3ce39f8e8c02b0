"""Which files an argument names, and their bytes."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsmine.errors import ReadError
from newsmine.ingest.companions import without_companions
from newsmine.ingest.readers import SUFFIXES

STDIN = "-"

DOCUMENTS = frozenset({".doc", ".epub", ".djvu"})
"""Taken from a folder though no reader has them: reported is better than passed over."""

_ABOUT = frozenset({"README", "Readme", "readme", "LICENSE", "LICENCE", "COPYING"})
"""Files that tell of a folder, by their names without suffix; an article may be `licence.txt`."""


def find_inputs(paths: Iterable[str | Path]) -> list[Path]:
    """The files that paths, folders (with all below them) and patterns name.

    A folder gives what newsmine reads, but no pages that a METS file among them names, no
    pictures of described pages, and no README or LICENSE; a file or pattern gives whatever it
    names; ``-`` is standard input. Hidden files and folders are skipped unless named outright.
    Sorted, each file once.

    Raises:
        ReadError: A path names nothing, or a folder holds nothing that looks like an article.
    """
    if isinstance(paths, str | Path):
        paths = [paths]
    found = {_identity(file): file for path in paths for file in _named(path)}
    return sorted(found.values())


def _identity(path: Path) -> str:
    return os.path.realpath(path) if str(path) != STDIN else STDIN


def _named(path: str | Path) -> list[Path]:
    if str(path) == STDIN:
        return [Path(STDIN)]
    named = Path(path).expanduser()
    if named.is_dir():
        return _in_folder(named)
    if os.path.lexists(named):
        return [named]
    # Path.glob cannot take an absolute pattern.
    matches = [Path(match) for match in glob.glob(str(named), recursive=True)]  # noqa: PTH207
    files = [m for m in matches if not m.is_dir()]
    files += [file for m in matches if m.is_dir() for file in without_companions(_walk(m))]
    if not files:
        raise ReadError(path, "names no file", "Check the spelling, or give a file or folder")
    return files


def _in_folder(folder: Path) -> list[Path]:
    files = without_companions(_walk(folder))
    if not files:
        remedy = "Name the files themselves, or see what can be read: newsmine formats"
        raise ReadError(folder, "holds no files that newsmine reads", remedy)
    return files


def _walk(folder: Path) -> Iterator[Path]:
    # A folder that cannot be listed is given as it is: reading it then reports why.
    closed: list[Path] = []
    for root, folders, files in os.walk(folder, onerror=lambda e: closed.append(Path(e.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            read = path.suffix.lower() in SUFFIXES | DOCUMENTS
            if read and not name.startswith(".") and not _is_about(path):
                yield path
    yield from closed


def _is_about(path: Path) -> bool:
    """`README.md`, and `q.csv.README.txt` as an export writes it."""
    return path.stem.rpartition(".")[2] in _ABOUT


def read_input(path: str | Path) -> bytes:
    """The bytes of a file, or of standard input for ``-``.

    Raises:
        ReadError: It cannot be read.
    """
    if str(path) == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason, remedy = _explain(error)
        raise ReadError(path, reason, remedy) from error


def _explain(error: OSError) -> tuple[str, str]:
    if isinstance(error, FileNotFoundError):
        return "is not there", "Check the spelling, or whether it was moved"
    if isinstance(error, IsADirectoryError):
        return "is a folder", "Give the files in it, or let newsmine search it as an input folder"
    if isinstance(error, PermissionError):
        return "may not be read", "Ask for permission to read it, or copy it elsewhere"
    return f"cannot be read ({error.strerror or error})", "Check the disk or the connection"
