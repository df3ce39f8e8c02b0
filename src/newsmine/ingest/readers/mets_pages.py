"""The ALTO pages that a METS file names: found on its shelf, read once, each error said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsmine.errors import ReadError
from newsmine.ingest.readers import alto
from newsmine.ingest.readers.alto import AltoPage
from newsmine.ingest.readers.markup import Element, children, descendants
from newsmine.ingest.readers.mets_structure import HREF, Area
from newsmine.ingest.readers.shelf import Shelf

XML = (".xml", ".alto")


def file_names(root: Element) -> dict[str, str]:
    """The files that a METS file names: their IDs and where they are said to lie."""
    files = ((e, next(children(e, "FLocat"), None)) for e in descendants(root, "file"))
    return {
        file.get("ID") or place.get(HREF): place.get(HREF)
        for file, place in files
        if place is not None and place.get(HREF)
    }


class Pages:
    """The pages of an issue.

    Args:
        root: The METS file's.
        path: The METS file's; pages lie beside or below it.
        needed: IDs of files that have to be there; other ALTO files are taken where they are.
        shelf: Where the pages lie.

    Attributes:
        errors: Of needed pages that are missing, lie elsewhere, or are broken.
    """

    def __init__(self, root: Element, path: str, needed: Iterable[str], shelf: Shelf) -> None:
        self._path, self._needed, self._shelf = path, set(needed), shelf
        self._pages: dict[str, list[AltoPage]] = {}
        self.errors: list[ReadError] = []
        count = 0
        for file, name in file_names(root).items():
            if file in self._needed or name.lower().endswith(XML):
                self._pages[file] = self._load(file, name, count + 1)
                count += len(self._pages[file])

    def __iter__(self) -> Iterator[AltoPage]:
        return (page for pages in self._pages.values() for page in pages)

    def holding(self, area: Area) -> AltoPage | None:
        """The page on which an area lies; None where it is missing, or has no such IDs."""
        pages = self._pages.get(area.file, ())
        return next((p for p in pages if area.begin in p.marks and area.end in p.marks), None)

    def _load(self, file: str, name: str, first: int) -> list[AltoPage]:
        try:
            return self._read(file, name, first)
        except ReadError as error:
            self.errors.append(error)
            return []

    def _read(self, file: str, name: str, first: int) -> list[AltoPage]:
        found = self._shelf.find(self._path, name)
        if found is None:
            if file not in self._needed:
                return []
            remedy = "Put it there; the issue's other pages are read without it"
            raise ReadError(self._path, f"names the page {name!r}, which is not there", remedy)
        data = self._shelf.read(found)
        return alto.read_pages(data, found, first=first) if alto.sniff(data, name) else []
