"""BibTeX and biblatex: one entry an article, in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from newsmine.export.references import Author, Reference, references
from newsmine.export.selection import Selection

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = {
    # BibTeX counts braces even behind a backslash, so braces must go by name.
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_SPECIAL = re.compile(r"[\\{}~^&%$#_]")


def write_bibtex(selection: Selection, file: BinaryIO) -> int:
    """Write an ``@article`` for each article; the number of them.

    ``date`` is as biblatex reads it, ``year`` and ``month`` as BibTeX does; an unknown day or month
    is left out. Titles keep their capitals.
    """
    count = 0
    for reference in references(selection):
        file.write(entry(reference).encode())
        count += 1
    return count


def entry(reference: Reference) -> str:
    """A reference as an entry."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference))
    return f"@article{{{reference.key},\n{fields}}}\n\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    if reference.authors:
        yield "author", f"{{{' and '.join(map(_author, reference.authors))}}}"
    if reference.title:
        yield "title", f"{{{{{escaped(reference.title)}}}}}"
    if reference.outlet:
        yield "journal", f"{{{escaped(reference.outlet)}}}"
    if reference.date:
        year, *rest = reference.date
        yield "date", "{" + "-".join([f"{year:04}", *(f"{part:02}" for part in rest)]) + "}"
        yield "year", f"{{{year:04}}}"
        if rest:
            yield "month", _MONTHS[rest[0] - 1]
    yield "entrysubtype", "{newspaper}"
    yield "newsmine-path", f"{{{escaped(reference.path)}}}"
    if reference.sha256:
        yield "newsmine-sha256", f"{{{escaped(reference.sha256)}}}"


def _author(author: Author) -> str:
    if author.given is None:
        return f"{{{escaped(author.family)}}}"
    return f"{escaped(author.family)}, {escaped(author.given)}"


def escaped(text: str) -> str:
    """The text for a field, so that TeX prints it as it is."""
    return _SPECIAL.sub(lambda sign: _ESCAPES[sign[0]], text)
