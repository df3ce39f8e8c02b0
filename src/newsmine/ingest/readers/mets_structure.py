"""Which areas of which files make which article, as a METS file's structures say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsmine.ingest import lexicon
from newsmine.ingest.readers.markup import (
    Element,
    bare_name,
    children,
    descendants,
    local,
    zone_kind,
)
from newsmine.types import ZoneKind

HREF = "{http://www.w3.org/1999/xlink}href"
LABEL = "{http://www.w3.org/1999/xlink}label"
FROM = "{http://www.w3.org/1999/xlink}from"
TO = "{http://www.w3.org/1999/xlink}to"


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch of one file, from the element with the ID ``begin`` to that with ``end``."""

    file: str
    begin: str
    end: str
    kind: ZoneKind | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """An article: its areas in reading order.

    ``described`` names the descriptions of the article, ``above`` those of what it is part of, the
    outermost first.
    """

    id: str | None
    areas: tuple[Area, ...]
    advert: bool = False
    described: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


def divisions_of(root: Element) -> list[Division]:
    """The articles that a METS file names, in its order; those without text of theirs too."""
    by_id = {e.get("ID"): e for e in descendants(root, "div") if e.get("ID")}
    links = _links(root)
    found = []
    for element in descendants(root, "div"):
        kind = _article_kind(element)
        if kind is None:
            continue
        linked = [by_id[name] for name in links.get(element.get("ID"), ()) if name in by_id]
        areas = [area for div in (element, *linked) for area in _areas(div)]
        found.append(
            Division(
                id=element.get("ID"),
                # An area can be named by the division and by a link.
                areas=tuple(dict.fromkeys(areas)),
                advert=kind == "adverts",
                described=_names(element),
                above=tuple(n for e in reversed(list(element.iterancestors())) for n in _names(e)),
            )
        )
    return found


def issue_descriptions(root: Element) -> tuple[str, ...]:
    """The descriptions of the first division that has any: the newspaper or issue."""
    return next((names for div in descendants(root, "div") if (names := _names(div))), ())


def _article_kind(element: Element) -> str | None:
    if local(element) != "div":
        return None
    # NDNP's types have a prefix: np:article.
    name = bare_name((element.get("TYPE") or "").rpartition(":")[2])
    kinds = ("articles", "adverts")
    return next((kind for kind in kinds if name in lexicon.words("divisions", kind)), None)


def _names(element: Element) -> tuple[str, ...]:
    return tuple((element.get("DMDID") or "").split())


def _links(root: Element) -> dict[str | None, list[str]]:
    """Which divisions each division is linked to, in the order of the links."""
    links: dict[str | None, list[str]] = {}
    for link in descendants(root, "smLink"):
        _add(links, link.get(FROM), link.get(TO))
    for group in descendants(root, "smLinkGrp"):
        places = {e.get(LABEL): e.get(HREF) for e in children(group, "smLocatorLink")}
        for arc in children(group, "smArcLink"):
            _add(links, places.get(arc.get(FROM)), places.get(arc.get(TO)))
    return links


def _add(links: dict[str | None, list[str]], start: str | None, end: str | None) -> None:
    if start and end:
        links.setdefault(start.lstrip("#"), []).append(end.lstrip("#"))


def _areas(division: Element) -> Iterator[Area]:
    """The areas of a division and of those in it that are no articles of their own."""
    stack = [(division, zone_kind(division.get("TYPE"), division.get("LABEL")))]
    while stack:
        element, kind = stack.pop()
        if local(element) == "area" and element.get("BEGIN") and element.get("FILEID"):
            begin = element.get("BEGIN")
            yield Area(element.get("FILEID"), begin, element.get("END") or begin, kind)
        inner = [child for child in element if _article_kind(child) is None]
        stack += [(child, _kind(child) or kind) for child in reversed(inner)]


def _kind(element: Element) -> ZoneKind | None:
    return zone_kind(element.get("TYPE")) if local(element) == "div" else None
