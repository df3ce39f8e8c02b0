"""An index out of tables that ``newsmine extract`` wrote, whichever runs wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from newsmine.engines.parts import Manifest, files_in, manifests, newest
from newsmine.errors import ReadError
from newsmine.index import Index, create_index
from newsmine.index.postgres import shown_place
from newsmine.index.tables import Item
from newsmine.pipeline import PathName
from newsmine.pipeline.building import add_file, leave, link, tally_of
from newsmine.pipeline.plan import Planned, compared
from newsmine.progress import BuildSummary, Progress


def build_from(
    folders: PathName | Iterable[PathName],
    output: PathName,
    *,
    on_progress: Callable[[Progress], None] | None = None,
) -> BuildSummary:
    """Put the results of ``newsmine extract`` into an index; what is there already stays.

    They come in the order of their files' paths. So the index is the one that ``newsmine build``
    makes of the same folder, row for row, whichever shares and workers wrote the results. Of
    results of the same file those written last count.

    Args:
        folders: Where the results are.
        output: The index: made where there is none, else added to.
        on_progress: Called after each article.

    Raises:
        ReadError: There are no results, or they cannot be read.
        IndexFileError: The index cannot be opened or written.
    """
    known = newest(_parts([folders] if isinstance(folders, str | Path) else folders))
    with create_index(output) as index:
        planned = [_planned(file, known[file], index) for file in sorted(known, key=PurePath)]
        tally = tally_of(planned, shown_place(output), on_progress)
        for one, items in zip(planned, gathered(known), strict=True):
            if one.is_read:
                add_file(index, one, items, known[one.path].made_by, tally)
            else:
                leave(index, one, tally)
        link(index)
    return tally.summary()


def _planned(file: str, part: Manifest, index: Index) -> Planned:
    entry = part.files[file]
    if entry.sha256 is None:
        return Planned(Path(file), "unknown")
    return compared(Path(file), entry.sha256, entry.size, index.manifest, part.made_by)


def _parts(folders: Iterable[PathName]) -> list[Manifest]:
    found = [manifest for folder in folders for manifest in _in(Path(folder))]
    return sorted(found, key=lambda manifest: (manifest.written, manifest.name))


def _in(folder: Path) -> list[Manifest]:
    found = manifests(folder) if folder.is_dir() else []
    if not found:
        reason = "holds no results" if folder.is_dir() else "is no folder of results"
        raise ReadError(folder, reason, "Make them: newsmine extract PATH... -o FOLDER")
    return found


def gathered(known: Mapping[str, Manifest]) -> Iterator[Iterator[Item]]:
    """What was found in each file, in the order of the paths.

    Of each part that is begun only one group of rows is in memory. A file's items are taken before
    the next file, or left.

    Args:
        known: For each file the part to take it from (``parts.newest``).

    Raises:
        ReadError: A part cannot be read or is damaged.
    """
    begun: dict[Path, Iterator[tuple[str, Iterator[Item]]]] = {}
    for file in sorted(known, key=PurePath):
        part = known[file]
        # A part has its files in the same order, so each is read once, from its start to its end.
        reader = begun.setdefault(part.path, files_in(part))
        yield next(items for name, items in reader if name == file)
