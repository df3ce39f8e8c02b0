"""Articles as references: what BibTeX, RIS and CSL-JSON all need to know of one."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile

from newsmine.export.rows import encodable
from newsmine.export.selection import Selection
from newsmine.types import Article

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")


@dataclass(frozen=True, slots=True)
class Author:
    """A person by family and given name, or whoever it is by one name (``given`` is ``None``)."""

    family: str
    given: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """An article to be cited. ``date`` is year, month and day as far as they are known.

    Texts are on one line and hold no control characters. ``key`` is of ASCII letters, digits and
    hyphens, other for other articles, and the same in every export.
    """

    key: str
    article: str
    title: str | None
    outlet: str | None
    authors: tuple[Author, ...]
    date: tuple[int, ...]
    path: str
    sha256: str | None


def references(selection: Selection) -> Iterator[Reference]:
    """The references of the articles of a selection, one by one."""
    return (reference(extraction.article) for extraction in selection.extractions())


def reference(article: Article) -> Reference:
    """An article as a reference."""
    names = (one_line(byline.name) for byline in article.bylines)
    return Reference(
        key=_key(article.id),
        article=article.id,
        title=one_line(article.headline) or None,
        outlet=one_line(article.outlet) or None,
        authors=tuple(author(name) for name in names if name),
        date=_date(article.published),
        path=one_line(article.path),
        sha256=article.raw.sha256 if article.raw else None,
    )


def one_line(text: str | None) -> str:
    """The text as a reference manager can hold it: one line, no control characters."""
    return " ".join(_CONTROL.sub(" ", encodable(text or "")).split())


def _key(ident: str) -> str:
    """The id; where it holds what a key cannot, a hash tells it from others that look alike."""
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", ident)[:80]
    if plain == ident:
        return plain
    digest = hashlib.sha256(ident.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{plain}-{digest[:12]}"


def _date(published: str | None) -> tuple[int, ...]:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", published or "", re.ASCII)
    parts = [int(part) for part in match.groups() if part] if match else []
    limits = zip(parts, (9999, 12, 31), strict=False)
    return tuple(part for part, _ in takewhile(lambda pair: 1 <= pair[0] <= pair[1], limits))


def author(name: str) -> Author:
    """A printed name in its parts: "Ann van der Lee" is "van der Lee", "Ann".

    One word, a desk or an agency, and what is no name of a person by its signs stay whole.
    """
    words = name.split()
    whole = len(words) == 1 or re.search(r"[\d,;/&(){}]|\band\b", name, re.IGNORECASE)
    if whole or words[-1].casefold() in _desks() or words[0] in ("The", "Our", "By"):
        return Author(name)
    last = len(words) - 1
    if _SUFFIX.fullmatch(words[last]) and last > 1:
        last -= 1
    while last > 1 and words[last - 1].islower():
        last -= 1
    return Author(" ".join(words[last:]), " ".join(words[:last]))


@cache
def _desks() -> frozenset[str]:
    path = files("newsmine.data").joinpath("export_bylines.toml")
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["word"]
    return frozenset(word for entry in entries for word in entry["words"])
