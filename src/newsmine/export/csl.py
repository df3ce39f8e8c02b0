"""CSL-JSON, which citation processors read (Zotero, pandoc, citeproc): one item an article."""

from __future__ import annotations

from typing import Any, BinaryIO

from newsmine.export.references import Author, Reference, references
from newsmine.export.rows import json_line
from newsmine.export.selection import Selection


def write_csl(selection: Selection, file: BinaryIO) -> int:
    """Write an array with an item of the type article-newspaper for each article; their number."""
    file.write(b"[")
    count = 0
    for count, reference in enumerate(references(selection), 1):
        separator = ",\n" if count > 1 else "\n"
        file.write(f"{separator}{json_line(item(reference))}".encode())
    file.write(b"\n]\n")
    return count


def item(reference: Reference) -> dict[str, Any]:
    """A reference as an item; what is unknown is left out, a date may be partial."""
    custom = {"article": reference.article, "path": reference.path, "sha256": reference.sha256}
    fields = {
        "id": reference.key,
        "type": "article-newspaper",
        "title": reference.title,
        "container-title": reference.outlet,
        "author": list(map(_name, reference.authors)),
        "issued": {"date-parts": [list(reference.date)]} if reference.date else None,
        "custom": {name: value for name, value in custom.items() if value},
    }
    return {name: value for name, value in fields.items() if value}


def _name(author: Author) -> dict[str, str]:
    if author.given is None:
        return {"literal": author.family}
    return {"family": author.family, "given": author.given}
