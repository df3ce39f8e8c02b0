"""Zip files, opened with care: DOCX and ODT are zips too."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from newsmine.errors import ReadError

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

LARGEST = 512 << 20
"""Bytes of one unpacked member."""

TIMES = 250
"""Text shrinks to a fifth, XML to a thirtieth; what shrinks more is a bomb where it is large."""

SMALL = 8 << 20
"""Bytes unpacked that may shrink as they like."""

DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(ValueError, KeyError, IndexError, OverflowError, NotImplementedError, RuntimeError),
)
"""What the zip module raises at damaged files, those it cannot decompress, and encrypted ones."""


@contextmanager
def opened(data: bytes, path: str) -> Iterator[zipfile.ZipFile]:
    """The zip in these bytes.

    Raises:
        ReadError: It is damaged, or cut short.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE as error:
        reason = "is a zip archive or Office document that is damaged or cut short"
        raise ReadError(path, reason, "Copy or download it again") from error
    with archive:
        yield archive


def names(data: bytes) -> frozenset[str]:
    """The members' names; none where the bytes are no zip that can be listed."""
    if not data.startswith(MAGIC):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except DAMAGE:
        return frozenset()


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> bytes:
    """The bytes of a member. The zip module reads no more of it than the size that it declares.

    Args:
        archive: The zip.
        info: The member.
        path: How to name it in an error.

    Raises:
        ReadError: It is encrypted, damaged, or a bomb.
    """
    if info.flag_bits & 0x1:
        raise ReadError(path, "is encrypted", "Unpack it with its password and give the files")
    if info.file_size > LARGEST:
        reason = f"unpacks to {info.file_size >> 20:,} MB"
        raise ReadError(path, reason, f"Give the file itself where it holds more than {_MB}")
    if info.file_size > max(SMALL, TIMES * max(info.compress_size, 1)):
        reason = f"shrinks more than {TIMES}-fold, as no text does (a zip bomb, maybe)"
        raise ReadError(path, reason, "Unpack it yourself and give the files, if you trust it")
    try:
        return archive.read(info)
    except DAMAGE as error:
        remedy = "Copy or download the archive again, or unpack it with another program"
        raise ReadError(path, "is damaged, or packed in an unknown way", remedy) from error


_MB = f"{LARGEST >> 20} MB"
