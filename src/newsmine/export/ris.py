"""RIS, which EndNote, Zotero, Mendeley and most libraries read: one record an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from newsmine.export.references import Author, Reference, references
from newsmine.export.selection import Selection


def write_ris(selection: Selection, file: BinaryIO) -> int:
    """Write a record of the type newspaper for each article, in UTF-8 with CRLF; their number."""
    count = 0
    for reference in references(selection):
        file.write(record(reference).encode())
        count += 1
    return count


def record(reference: Reference) -> str:
    """A reference as a record; an empty line ends it."""
    lines = (f"{tag}  - {value}\r\n" for tag, value in _lines(reference))
    return "".join(lines) + "\r\n"


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", reference.key
    yield from (("AU", _author(author)) for author in reference.authors)
    if reference.title:
        yield "TI", reference.title
    if reference.outlet:
        yield "T2", reference.outlet
    if reference.date:
        year, *rest = reference.date
        # YYYY/MM/DD/other: an unknown part is empty, its slash stays.
        month, day = ([f"{part:02}" for part in rest] + ["", ""])[:2]
        yield "PY", f"{year:04}"
        yield "DA", f"{year:04}/{month}/{day}/"
    yield "N1", f"Read from {reference.path}"
    yield "ER", ""


def _author(author: Author) -> str:
    # A comma would part the name of an agency; a semicolon parts nothing.
    if author.given is None:
        return author.family.replace(",", ";")
    return f"{author.family}, {author.given}"
