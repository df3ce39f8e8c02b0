"""Archives: the files in a ZIP, TAR or GZ, read one by one, and nothing written to the disk."""

from __future__ import annotations

import io
import posixpath
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from newsmine.errors import ReadError
from newsmine.ingest.readers import mets, zips
from newsmine.ingest.readers.base import Item, Member, Reader
from newsmine.ingest.readers.shelf import Zipped

ZIP = frozenset({".zip"})
GZIP = frozenset({".gz", ".tgz", ".tar"})

MOST = 100_000
"""Members of one archive."""

LARGEST = 8 << 30
"""Bytes of all members, unpacked."""

ALSO = frozenset({".json"})
"""In a folder such files are about articles beside them; but whole archives of them are sold."""

_GZIP = b"\x1f\x8b"
_UNPACK = "Unpack it yourself and give the files, if you trust it"
_OFFICE = "[Content_Types].xml"


def sniff_zip(data: bytes, path: str) -> bool:
    """Whether it is a ZIP and no office document."""
    return data.startswith(zips.MAGIC) and not _is_document(zips.names(data))


def _is_document(names: frozenset[str]) -> bool:
    return _OFFICE in names or "mimetype" in names


def read_zip(data: bytes, path: str) -> Iterator[Item]:
    """The files in a ZIP; hidden ones and folders are passed over, as in a folder.

    Raises:
        ReadError: It is damaged, holds too much, or no file that could be read.
    """
    # Here, because the list of all readers holds this one.
    from newsmine.ingest.companions import without_companions

    with zips.opened(data, path) as archive:
        # zipfile asks a name's last character, which a name of NULs has not.
        infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
        _require_bounds(path, len(infos), sum(info.file_size for info in infos))
        wanted = [info for info in infos if _is_wanted(info.filename)]
        _require_any(path, len(wanted))
        good = [info for info in wanted if not _bad(info, path)]
        shelf = Zipped(archive, path, good)
        kept = frozenset(map(str, without_companions(map(PurePosixPath, shelf.names), shelf)))
        for info in wanted:
            if bad := _bad(info, path):
                yield bad
            elif posixpath.normpath(info.filename) in kept:
                yield _member(archive, info, f"{path}/{info.filename}", shelf)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, thing: str, shelf: Zipped) -> Item:
    try:
        data = zips.unpack(archive, info, thing)
    except ReadError as error:
        return error
    read = partial(mets.read, shelf=shelf) if mets.sniff(data, thing) else None
    return Member(info.filename, data, read)


def _bad(info: zipfile.ZipInfo, path: str) -> ReadError | None:
    """An error for a member that is not to be touched."""
    thing = f"{path}/{info.filename}"
    linked = stat.S_ISLNK(info.external_attr >> 16)
    return _refused(info.orig_filename, thing) or (_link(thing) if linked else None)


def _require_bounds(path: str, count: int, size: int) -> None:
    if count > MOST:
        raise ReadError(path, f"holds {count:,} files (a bomb, maybe)", _UNPACK)
    if size > LARGEST:
        raise ReadError(path, f"unpacks to {size >> 20:,} MB (a bomb, maybe)", _UNPACK)


def _require_any(path: str, count: int) -> None:
    if not count:
        remedy = "See `newsmine formats` for what can be read"
        raise ReadError(path, "holds no files that newsmine reads", remedy)


def _is_wanted(name: str) -> bool:
    """Whether a folder would give the file: none that is hidden, of a suffix that is read."""
    # Here, because the list of all readers holds this one.
    from newsmine.ingest.inputs import DOCUMENTS
    from newsmine.ingest.readers import SUFFIXES

    parts = re.split(r"[/\\]", name)
    suffix = PurePosixPath(parts[-1]).suffix.lower()
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    return not hidden and "__MACOSX" not in parts and suffix in SUFFIXES | DOCUMENTS | ALSO


def _refused(name: str, thing: str) -> ReadError | None:
    """An error for a name that leads out of the archive, or to a place on some disk."""
    parts = re.split(r"[/\\]", name)
    out = ".." in parts or parts[0] == "" or re.match(r"[A-Za-z]:", name) or "\0" in name
    return ReadError(thing, "has a name that leads out of the archive", _UNPACK) if out else None


def _link(thing: str) -> ReadError:
    return ReadError(thing, "is a link, not a file", "Unpack the archive and give the file itself")


def sniff_tar(data: bytes, path: str) -> bool:
    """Whether it is a TAR or anything in GZ."""
    return data.startswith(_GZIP) or data[257:262] == b"ustar"


def read_tar(data: bytes, path: str) -> Iterator[Item]:
    """The files in a TAR, or the one in a GZ.

    Raises:
        ReadError: It is damaged, or a bomb.
    """
    if data.startswith(_GZIP):
        data = gunzip(data, path)
        if data[257:262] != b"ustar":
            yield Member(_inner_name(path), data)
            return
    yield from _tar_members(data, path)


def _inner_name(path: str) -> str:
    return re.sub(r"(?i)\.gz$", "", re.split(r"[/\\]", path)[-1]) or "file"


def gunzip(data: bytes, path: str, *, largest: int = zips.LARGEST) -> bytes:
    """What a GZ holds, all its parts; it stops where a bomb would go on.

    Raises:
        ReadError: It is damaged or cut short, or unpacks to too much.
    """
    out, rest = bytearray(), data
    allowed = min(largest, max(zips.SMALL, zips.TIMES * len(data)))
    while rest.startswith(_GZIP):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            out += unpacker.decompress(rest, allowed - len(out) + 1)
        except zlib.error as error:
            raise ReadError(path, "is damaged", "Copy or download it again") from error
        if len(out) > allowed:
            raise ReadError(path, "unpacks to far too much (a bomb, maybe)", _UNPACK)
        if not unpacker.eof:
            raise ReadError(path, "is cut short", "Copy or download it again")
        rest = unpacker.unused_data
    return bytes(out)


_TAR_DAMAGE = (tarfile.TarError, EOFError, ValueError, OSError, IndexError, KeyError, OverflowError)


def _tar_members(data: bytes, path: str) -> Iterator[Item]:
    found = False
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for count, info in enumerate(archive, start=1):
                _require_bounds(path, count, archive.offset)
                if not info.isdir() and _is_wanted(info.name):
                    found = True
                    yield _tar_member(archive, info, f"{path}/{info.name}")
    except _TAR_DAMAGE as error:
        raise ReadError(path, "is damaged or cut short", "Copy or download it again") from error
    _require_any(path, int(found))


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, thing: str) -> Item:
    refused = _refused(info.name, thing)
    if refused or not info.isreg():
        return refused or _link(thing)
    if info.size > zips.LARGEST:
        return ReadError(thing, f"holds {info.size >> 20:,} MB", _UNPACK)
    file = archive.extractfile(info)
    return Member(info.name, file.read() if file else b"")


ZIP_READER = Reader("zip", "ZIP archives of whatever else is read", ZIP, sniff_zip, read_zip)
TAR_READER = Reader("tar", "TAR archives and GZ files", GZIP, sniff_tar, read_tar)
