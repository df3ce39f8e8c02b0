"""The index behind the pages: a connection for each thread, opened anew when it is replaced."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from newsmine.errors import IndexFileError
from newsmine.index import Index, create_index, open_index
from newsmine.index.postgres import Address

WRITE_WAIT = 5.0
"""Seconds that a change waits for a build that is writing; then the page says so."""


@dataclass(frozen=True, slots=True)
class _Opened:
    index: Index
    inode: tuple[int, int]


class Library:
    """One index file, read by many threads while others may write to it.

    ``changes`` counts those that were made here, by whoever looks at the pages.
    """

    def __init__(self, path: Path | Address) -> None:
        self.path = path
        self._here = threading.local()
        self._watch: sqlite3.Connection | None = None
        self._watched = (0, 0)
        self._replaced = 0
        self.changes = 0
        self._lock = threading.Lock()

    def index(self) -> Index:
        """The index, for reading, in this thread. Do not close it.

        Raises:
            IndexFileError: As for ``newsmine.open_index``.
        """
        opened: _Opened | None = getattr(self._here, "opened", None)
        if opened is None or opened.inode != self._inode():
            self._here.opened = opened = _Opened(open_index(self.path), self._inode())
        return opened.index

    @contextmanager
    def writing(self) -> Iterator[Index]:
        """The index, to change it; closed at the end.

        Raises:
            IndexFileError: As for ``newsmine.index.create_index``.
        """
        try:
            with create_index(self.path, wait=WRITE_WAIT) as index:
                yield index
        finally:
            self.changes += 1

    def stamp(self) -> tuple[int, int | str] | None:
        """A value that is another one after each change of the file; ``None`` if it has none.

        What is read after the stamp was taken is at least as new as it.
        """
        with self._lock:
            try:
                # First this: it may find that the file was replaced.
                version = self._data_version()
                return self._replaced, version
            except (sqlite3.Error, IndexFileError):
                # The view that is asked next says what is wrong with the file.
                self._watch = None
                return None

    def _data_version(self) -> int | str:
        if not isinstance(self.path, Path):
            return self.index().state
        # One connection for all: the number means nothing to another one.
        inode = self._inode()
        if self._watch is None or inode != self._watched:
            address = f"file:{quote(os.fsencode(self.path.absolute()))}?mode=ro"
            self._watch = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._watched, self._replaced = inode, self._replaced + 1
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def _inode(self) -> tuple[int, int]:
        # A rebuild puts a new file in the old one's place; the old one would be read for ever.
        if not isinstance(self.path, Path):
            return (0, 0)
        try:
            found = self.path.stat()
        except OSError:
            return (0, 0)
        return (found.st_dev, found.st_ino)
