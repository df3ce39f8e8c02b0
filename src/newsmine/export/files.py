"""Writing a file so that the old one is whole until the new one is."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeAlias

from newsmine.errors import ExportError

Sink: TypeAlias = IO[bytes]
"""Where a writer writes."""


@contextmanager
def replaced(path: Path) -> Iterator[Sink]:
    """A file to write to; it takes the place of ``path`` if all goes well, else it disappears.

    A device or pipe (``/dev/stdout``) is written to directly: it must not be replaced by a file.

    Raises:
        ExportError: It cannot be written.
    """
    with _explained(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as sink:
                yield sink
            return
        if path.is_dir():
            raise ExportError(path, "is a folder", "Name a file in it")
        with _temporary(path.resolve()) as sink:
            yield sink


@contextmanager
def _temporary(path: Path) -> Iterator[Sink]:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem[:40]}-", suffix=".part")
    try:
        with os.fdopen(handle, "w+b") as sink:
            yield sink
            sink.flush()
            # On the disk before it takes the old one's place, or a power cut could lose both.
            os.fsync(sink.fileno())
        Path(name).chmod(_permissions(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _permissions(path: Path) -> int:
    """Those of the file that is replaced, else what any new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remedy = "See that its folder exists, may be written, and has room"
        reason = f"cannot be written ({error.strerror or error})"
        raise ExportError(path, reason, remedy) from error
