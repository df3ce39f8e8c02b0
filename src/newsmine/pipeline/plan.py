"""What a build has to read: each file's bytes against what the index's manifest has of them."""

from __future__ import annotations

import fnmatch
import hashlib
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from newsmine.pipeline.inputs import Input
from newsmine.pipeline.work import STDIN, PathName
from newsmine.progress import Skipped
from newsmine.types import Provenance

if TYPE_CHECKING:
    from newsmine.index.manifest import FileEntry, Manifest

State: TypeAlias = Literal[
    "done", "moved", "copied", "new", "changed", "outdated", "unfinished", "unread", "unknown"
]
"""What a file is to the index:

- ``done``: read by this newsmine, model and settings, and not changed since;
- ``moved``: the same, when it lay elsewhere or was named by another path;
- ``copied``: the same as another file of this name, which is still there;
- ``new``, ``changed``: it was never read, or other bytes of it;
- ``outdated``: read by another newsmine or model, or with other settings;
- ``unfinished``: interrupted while it was read;
- ``unread``: nothing could be read of it the last time;
- ``unknown``: it cannot be opened, or is no file, so its bytes are not known beforehand.
"""

AS_RECORDED: frozenset[State] = frozenset({"done", "moved", "copied"})
"""What is not read again."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A file and what it is to the index; ``entry`` is what the manifest has of it."""

    file: Input
    state: State
    sha256: str = ""
    size: int = 0
    entry: FileEntry | None = None

    @property
    def path(self) -> str:
        """The file's path."""
        return self.file.path if isinstance(self.file, Skipped) else str(self.file)

    @property
    def is_read(self) -> bool:
        """Whether a build reads it."""
        return self.state not in AS_RECORDED


def plan(
    found: Iterable[Input], manifest: Manifest, settings: Provenance, *, rebuild: bool = False
) -> Iterator[Planned]:
    """What each input is to an index, in their order.

    Args:
        found: The inputs.
        manifest: Of the index.
        settings: By what the build would read them.
        rebuild: Read all that can be read.
    """
    for file in found:
        bytes_of = None if isinstance(file, Skipped) or file == STDIN else fingerprint(Path(file))
        if bytes_of is None:
            yield Planned(file, "unknown")
            continue
        planned = compared(file, *bytes_of, manifest, settings)
        if rebuild and not planned.is_read:
            planned = Planned(file, "outdated", *bytes_of, manifest.entry(planned.path))
        yield planned


def fingerprint(path: Path) -> tuple[str, int] | None:
    """The SHA-256 and size of a file's bytes; ``None`` where it cannot be read or is no file.

    The pages that a METS file names are part of what is read, so they count as its bytes.
    """
    try:
        # A pipe's bytes are there once, and are left for the reader.
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        digest, size = hashlib.sha256(), 0
        for one in (path, *_pages_of(path)):
            with one.open("rb") as file:
                while data := file.read(_AT_ONCE):
                    digest.update(data)
                    size += len(data)
    except (OSError, ValueError):
        return None
    return digest.hexdigest(), size


_AT_ONCE = 1 << 20


def _pages_of(path: Path) -> list[Path]:
    from newsmine.ingest.readers import mets
    from newsmine.ingest.readers.shelf import Folder

    folder = Folder()
    if path.suffix.lower() not in mets.SUFFIXES or not mets.sniff(folder.head(str(path)), ""):
        return []
    named = map(Path, dict.fromkeys(mets.named_files(str(path), folder)))
    return [page for page in named if page != path]


def compared(
    file: Input, sha256: str, size: int, manifest: Manifest, settings: Provenance
) -> Planned:
    """What a file of these bytes is to an index, if it is read by these settings."""
    entry = manifest.entry(str(file))
    if entry is not None:
        return Planned(file, _state(entry, sha256, settings), sha256, size, entry)
    for same in manifest.same(sha256):
        if same.name == Path(str(file)).name and _state(same, sha256, settings) == "done":
            state: State = "copied" if _is_another(Path(same.path), Path(str(file))) else "moved"
            return Planned(file, state, sha256, size, same)
    return Planned(file, "new", sha256, size)


def _is_another(recorded: Path, file: Path) -> bool:
    """Whether a file that was recorded is still there, and is not this one by another path."""
    return recorded.exists() and not recorded.samefile(file)


def _state(entry: FileEntry, sha256: str, settings: Provenance) -> State:
    if entry.sha256 != sha256:
        return "changed"
    if entry.made_by != settings:
        return "outdated"
    if not entry.done:
        return "unfinished"
    # Perhaps what was missing has been installed since.
    return "unread" if entry.skipped and not entry.articles else "done"


def vanished(
    manifest: Manifest, planned: Iterable[Planned], paths: Iterable[PathName] | None = None
) -> Iterator[FileEntry]:
    """The files that are in the manifest and no more on the disk.

    Args:
        manifest: Of the index.
        planned: What was found, files that were moved among it.
        paths: Only what these files, folders and patterns name; ``None`` is all.
    """
    from newsmine.index.texts import storable_path

    there = {storable_path(one.path) for one in planned}
    moved = {one.entry.path for one in planned if one.entry and one.state == "moved"}
    for entry in manifest.entries():
        if entry.path in there | moved or (paths is not None and not _named(entry.path, paths)):
            continue
        if not Path(entry.path).exists():
            yield entry


def _named(path: str, paths: Iterable[PathName]) -> bool:
    return any(
        Path(given) in (Path(path), *Path(path).parents) or fnmatch.fnmatch(path, str(given))
        for given in paths
    )
