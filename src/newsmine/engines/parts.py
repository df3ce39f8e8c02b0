"""What a run writes into its folder: tables of results, each with a manifest of what it holds.

A *part* is a Parquet table (see ``newsmine.index.tables``) and a manifest in JSON, both written to
another name and renamed. It counts when both are there. No two runs write the same
file, so they need not know of each other; whatever is killed leaves whole parts only.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Self

from newsmine.errors import ReadError
from newsmine.index.tables import (
    COLUMNS,
    Item,
    batch_of,
    items_in,
    opened,
    pyarrow,
    row_of,
    schema,
)
from newsmine.index.texts import storable_path
from newsmine.pipeline.plan import fingerprint
from newsmine.progress import Skipped
from newsmine.types import Extraction, Provenance

PREFIX = "part-"

MANIFESTS = "_manifests"
"""The folder for manifests: what reads a folder of tables passes over names that begin so."""

FORM = 1
"""The form of a manifest."""

_GROUP_ROWS, _GROUP_BYTES = 64, 2_000_000
"""Rows are written and read in groups: each is in memory as a whole, so they are small."""

_OLD = 3600
"""Seconds after which nobody is still at what did not change since."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file whose results a part holds.

    ``sha256`` is of its bytes, ``None`` where they cannot be read. ``skipped`` counts what should
    have been an article; ``passed_over`` articles are not about the topic that was asked for.
    """

    sha256: str | None
    size: int = 0
    articles: int = 0
    skipped: int = 0
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it is before its work begins; ``sha256`` is as in ``Entry``."""

    file: str
    sha256: str | None
    size: int

    @classmethod
    def now(cls, file: Path | str) -> Seen:
        """With its bytes read."""
        return cls(str(file), *(fingerprint(Path(file)) or (None, 0)))


def _kind(item: Item) -> str:
    if isinstance(item, Skipped):
        return "passed_over" if item.passed_over else "skipped"
    return "articles"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a part holds: results of which files, and what made them (``Work.settings``).

    ``files`` are in the order of the table, as they were named; ``written`` is an ISO time.
    """

    folder: Path
    name: str
    made_by: Provenance
    files: Mapping[str, Entry]
    written: str

    @property
    def table(self) -> Path:
        """The Parquet file."""
        return self.folder / f"{self.name}.parquet"

    @property
    def path(self) -> Path:
        """The manifest's own file."""
        return manifest_path(self.folder, self.name)

    def save(self) -> Self:
        """Write it."""
        told = {
            "form": FORM,
            "written": self.written,
            "made_by": asdict(self.made_by),
            "files": {file: asdict(entry) for file, entry in self.files.items()},
        }
        self.path.parent.mkdir(exist_ok=True)
        with _renamed(self.path) as temporary:
            # Escapes keep names that are no UTF-8 as they are.
            temporary.write_text(json.dumps(told, indent=1), encoding="ascii")
        return self


def manifest_path(folder: Path, name: str) -> Path:
    """Where the manifest of a part is."""
    return folder / MANIFESTS / f"{name}.json"


def manifest_in(path: Path) -> Manifest:
    """The manifest in a file.

    Raises:
        ReadError: It cannot be read, or is of another form.
    """
    try:
        told = json.loads(path.read_text(encoding="ascii"))
        form = told["form"]
        if form != FORM:
            remedy = "Update newsmine" if form > FORM else "Run newsmine extract into a new folder"
            raise ReadError(path, f"is of form {form}; this newsmine reads {FORM}", remedy)
        files = {file: Entry(**entry) for file, entry in told["files"].items()}
        made_by = Provenance(**told["made_by"])
        return Manifest(path.parents[1], path.stem, made_by, files, told["written"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        remedy = "Delete it and run newsmine extract again: only what it tells of is done anew"
        raise ReadError(path, f"is no manifest ({error})", remedy) from error


def manifests(folder: Path, prefix: str = PREFIX) -> list[Manifest]:
    """The manifests of all whole parts whose names begin so, those written last at the end.

    Raises:
        ReadError: One cannot be read.
    """
    found = map(_if_there, (folder / MANIFESTS).glob(f"{prefix}*.json"))
    whole = (manifest for manifest in found if manifest and manifest.table.exists())
    return sorted(whole, key=lambda manifest: (manifest.written, manifest.name))


def _if_there(path: Path) -> Manifest | None:
    """A manifest, unless another run deletes it at this moment: it had its results anew."""
    try:
        return manifest_in(path)
    except ReadError:
        if path.exists():
            raise
        return None


def newest(found: Iterable[Manifest]) -> dict[str, Manifest]:
    """For each file the part that holds its results; of several, that which was written last."""
    return {file: manifest for manifest in found for file in manifest.files}


class PartWriter:
    """Writes one part; in a ``with`` statement, which leaves the part whole or none.

    Args:
        folder: Where it shall be.
        name: Its name, without suffix; a part of the same name is replaced.
        made_by: What the results are made by.
        written: When that was, an ISO time; ``None`` is at the end of this.
    """

    def __init__(
        self, folder: Path, name: str, made_by: Provenance, *, written: str | None = None
    ) -> None:
        self._folder, self._name, self._made_by = folder, name, made_by
        self._written = written
        self._files: dict[str, Entry] = {}
        self._rows: list[dict[str, Any]] = []
        self._size = 0

    def add(self, seen: Seen, items: Iterable[object]) -> Entry:
        """Add what is in a file, item by item; what is said to be in an index already is left."""
        counts = dict.fromkeys(("articles", "skipped", "passed_over"), 0)
        carried = (item for item in items if isinstance(item, Extraction | Skipped))
        for place, item in enumerate(carried):
            counts[_kind(item)] += 1
            self._put(row_of(item, file=seen.file, place=place))
        self._files[seen.file] = entry = Entry(seen.sha256, seen.size, **counts)
        return entry

    def __enter__(self) -> Self:
        self._file = _renamed(self._folder / f"{self._name}.parquet")
        self._writer = _writer(self._file.__enter__())
        return self

    def __exit__(self, kind: Any, error: Any, traceback: Any) -> None:
        if error is None:
            self._flush()
        self._writer.close()
        self._file.__exit__(kind, error, traceback)
        if error is None:
            self._manifest().save()

    def _manifest(self) -> Manifest:
        written = self._written or datetime.now(UTC).isoformat(timespec="microseconds")
        return Manifest(self._folder, self._name, self._made_by, self._files, written)

    def _put(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        self._size += len(row["record"])
        if len(self._rows) >= _GROUP_ROWS or self._size >= _GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_batch(batch_of(self._rows))
        self._rows, self._size = [], 0


def _writer(path: Path) -> Any:
    pyarrow()
    import pyarrow.parquet as pq

    # Of the records, long and each another, neither statistics nor a dictionary are of use.
    asked = [name for name in COLUMNS if name != "record"]
    return pq.ParquetWriter(
        path, schema(), compression="zstd", use_dictionary=asked, write_statistics=asked
    )


def rows_in(manifest: Manifest) -> Iterator[tuple[str, int, Item]]:
    """All rows of a part, with their file (as ``storable_path`` has it) and place in it.

    No file is open between two groups of rows, so that many parts can be read side by side.

    Raises:
        ReadError: The part cannot be read or is damaged.
    """
    with opened(manifest.table) as table:
        groups = table.num_row_groups
    for group in range(groups):
        yield from items_in(manifest.table, group)


def files_in(manifest: Manifest) -> Iterator[tuple[str, Iterator[Item]]]:
    """Each file of a part, in their order, with what was found in it.

    Raises:
        ReadError: The part cannot be read or is damaged.
    """
    found = groupby(rows_in(manifest), key=lambda row: row[0])
    file, items = next(found, (None, iter(())))
    for name in manifest.files:
        if storable_path(name) == file:
            yield name, (item for _, _, item in items)
            file, items = next(found, (None, iter(())))
        else:
            yield name, iter(())


@contextmanager
def _renamed(path: Path) -> Iterator[Path]:
    """A path to write to; it becomes ``path`` at the end, unless something fails."""
    temporary = path.with_name(f".{path.name}.{_host()}.{os.getpid()}.tmp")
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Delete what killed processes left unfinished: those of this machine, and what is old.

    A table waits for its manifest for a moment only, and what is being written changes.
    """
    old = time.time() - _OLD
    for path in folder.glob(f"{PREFIX}*.parquet"):
        if not manifest_path(folder, path.stem).exists() and _changed(path) < old:
            path.unlink(missing_ok=True)
    for path in folder.rglob(f".{PREFIX}*.tmp"):
        _, host, number, _ = path.name.rsplit(".", 3)
        here = host == _host() and number.isdigit()
        if _changed(path) < old or (here and not _is_alive(int(number))):
            path.unlink(missing_ok=True)


def _changed(path: Path) -> float:
    """When a file was changed; somebody may just have renamed it."""
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()


def _host() -> str:
    return socket.gethostname().replace(".", "-")


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return True  # there os.kill would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
