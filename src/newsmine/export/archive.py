"""Several files as one export: members of a zip file, or files of a folder."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, BinaryIO, TypeAlias, cast

Create: TypeAlias = Callable[[str], AbstractContextManager[BinaryIO]]
"""Opens a new member of this name; one at a time."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The same content shall make the same file."""


@contextmanager
def zipped(file: BinaryIO) -> Iterator[Create]:
    """Members of a zip file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:

        @contextmanager
        def create(name: str) -> Iterator[BinaryIO]:
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w", force_zip64=True) as member:
                yield cast(BinaryIO, member)

        yield create


def in_folder(folder: Path) -> Create:
    """Files of a folder."""

    @contextmanager
    def create(name: str) -> Iterator[BinaryIO]:
        with (folder / name).open("xb") as file:
            yield file

    return create


class Measured:
    """A file that counts and hashes what is written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash, self.bytes = file, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        """Write as a file does."""
        self._hash.update(data)
        self.bytes += len(data)
        return self._file.write(data)

    @property
    def sha256(self) -> str:
        """The hash of all that was written, in hexadecimal."""
        return self._hash.hexdigest()
