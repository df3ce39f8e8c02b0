"""Where the files lie that a file names: in its folder on the disk, or in the same archive."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Protocol

from newsmine.errors import ReadError
from newsmine.ingest.readers import zips
from newsmine.ingest.readers.markup import PROLOG, beside, outside, relative_name


class Shelf(Protocol):
    """Files that may name each other."""

    def find(self, path: str, name: str) -> str | None:
        """The path of the file that the one at ``path`` calls ``name``; None where it is missing.

        Raises:
            ReadError: The name leads out of the folder or the archive.
        """

    def read(self, path: str) -> bytes:
        """What a file holds.

        Raises:
            ReadError: It cannot be read.
        """

    def head(self, path: str) -> bytes:
        """As much of a file as the root element of XML has to begin in; nothing of a bad one."""


class Folder:
    """Files on the disk."""

    def find(self, path: str, name: str) -> str | None:
        """See ``Shelf``."""
        found = beside(path, name)
        return None if found is None else str(found)

    def read(self, path: str) -> bytes:
        """See ``Shelf``."""
        try:
            return Path(path).read_bytes()
        except OSError as error:
            remedy = "Ask for permission to read it, or copy it elsewhere"
            raise ReadError(path, f"cannot be read ({error.strerror})", remedy) from error

    def head(self, path: str) -> bytes:
        """See ``Shelf``."""
        try:
            with Path(path).open("rb") as file:
                return file.read(PROLOG)
        except OSError:
            return b""


class Zipped:
    """Members of a ZIP. A path is a member's name, with the archive's path before it or without.

    Args:
        archive: The ZIP, open as long as this is used.
        path: Its path.
        members: Those that may be read, of two of the same name the last.
    """

    def __init__(
        self, archive: zipfile.ZipFile, path: str, members: Iterable[zipfile.ZipInfo]
    ) -> None:
        self._archive, self._path = archive, path
        self._members = {posixpath.normpath(info.filename): info for info in members}

    @property
    def names(self) -> Collection[str]:
        """The members' names, without detours."""
        return self._members.keys()

    def find(self, path: str, name: str) -> str | None:
        """See ``Shelf``."""
        relative = relative_name(path, name).as_posix()
        if posixpath.normpath(relative).startswith(".."):
            raise outside(path, name)
        own = self._name(path)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(own), relative))
        above = path.removesuffix(own) if path.startswith(f"{self._path}/") else ""
        return above + target if target in self._members else None

    def read(self, path: str) -> bytes:
        """See ``Shelf``."""
        return zips.unpack(self._archive, self._members[self._name(path)], path)

    def head(self, path: str) -> bytes:
        """See ``Shelf``."""
        try:
            with self._archive.open(self._members[self._name(path)]) as file:
                return file.read(PROLOG)
        except zips.DAMAGE:
            return b""

    def _name(self, path: str) -> str:
        return posixpath.normpath(path.removeprefix(f"{self._path}/"))
