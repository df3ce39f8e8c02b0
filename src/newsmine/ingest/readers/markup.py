"""XML of strangers, read without harm, and the small things that page formats share."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

from newsmine.errors import ReadError
from newsmine.ingest import lexicon
from newsmine.ingest.layout import around
from newsmine.ingest.readers.magic import looks_utf16
from newsmine.ingest.readers.text import decode
from newsmine.types import Box, ZoneKind

Element: TypeAlias = Any
"""An lxml element; lxml has no types."""

ESTIMATED = "estimated boxes"
"""The flag of an article whose words share the boxes of their lines, by their length."""

PROLOG = 1 << 16
"""Bytes in which the root element has to begin."""

LARGEST = 1e7
"""No page is wider in any unit (1200ths of an inch: 200 metres); what is larger is a slip."""

LONGEST = 200
"""Characters of what the parser says: it quotes names of the file's, which may be rubbish."""

IMAGES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".jp2", ".webp")

_BEFORE_ROOT = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_LENGTH = re.compile(r"-?\d+(?:\.\d+)?")
_ENTITY_DECLARED = re.compile(r"<!ENTITY", re.IGNORECASE)


def root_name(data: bytes) -> str | None:
    """The local name of the root element, without reading further; None where there is none."""
    text = _beginning(data)
    at = 0
    while match := _BEFORE_ROOT.match(text, at):
        at = match.end()
    root = _ROOT.match(text, at)
    return root[1] if root else None


def _beginning(data: bytes) -> str:
    head = data[:PROLOG]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else looks_utf16(head)
    return head.decode(encoding or "utf-8-sig", "replace")


def parse_xml(data: bytes, path: str) -> Element:
    """The root element. Nothing is loaded from elsewhere and no entity of the file's own is used.

    Raises:
        ReadError: It is broken, or declares entities: those are made to do harm.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    _refuse_entities(data, path)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(path, _broken(error), "Export it again, or repair it there") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        raise _entities(path)
    return root


def parse_html(data: bytes, path: str) -> Element:
    """The root element of HTML, whole or not; what its markup lacks is filled in.

    Raises:
        ReadError: It declares entities, or there is no markup in it.
    """
    from lxml import etree

    _refuse_entities(data, path)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data))
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(text, parser) if text.strip() else None
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(path, f"is broken HTML ({error})", "Export it again") from error
    if root is None:
        raise ReadError(path, "holds no markup", "Export it again")
    return root


def declares_entities(data: bytes) -> bool:
    """Whether XML declares entities; told before anything is parsed, so that a bomb costs nothing.

    Behind a prolog of ``PROLOG`` bytes they are not looked for.
    """
    return _ENTITY_DECLARED.search(_beginning(data)) is not None


def _refuse_entities(data: bytes, path: str) -> None:
    if declares_entities(data):
        raise _entities(path)


def _entities(path: str) -> ReadError:
    reason = "declares XML entities, which can be made to do harm"
    return ReadError(path, reason, "Remove its <!DOCTYPE …> and use plain characters")


def _broken(error: Any) -> str:
    said = " ".join(str(error.msg or "no XML in it").split())
    said = re.sub(r",? line \d+,? (?:and|column) .*$", "", said)
    said = "".join(filter(str.isprintable, said))
    said = f"{said[:LONGEST]} …" if len(said) > LONGEST else said
    return f"is broken XML at line {error.lineno or 1} ({said})"


def local(element: Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements of these local names, in any namespace."""
    return (child for child in element if local(child) in names)


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """The elements below of these local names, in the order of the file."""
    return (child for child in element.iter() if child is not element and local(child) in names)


def child_text(element: Element, name: str) -> str | None:
    """The text of the first child of a name, trimmed; None where there is none."""
    child = next(children(element, name), None)
    return text_of(child) if child is not None else None


def text_of(element: Element) -> str | None:
    """All text in an element, white space as single blanks."""
    return " ".join("".join(element.itertext()).split()) or None


def number(value: str | None) -> float | None:
    """A length as a number; None for what is none, or none that a page can have."""
    try:
        parsed = float(value) if value else math.nan
    except ValueError:
        return None
    return parsed if abs(parsed) < LARGEST else None


def share(value: str | None, whole: float = 1) -> float | None:
    """A confidence between 0 and 1, of one that counts up to ``whole``."""
    parsed = number(value)
    return parsed / whole if parsed is not None and 0 <= parsed <= whole else None


def box_at(left: str | None, top: str | None, width: str | None, height: str | None) -> Box | None:
    """A box from its corner and size; None where one of them is missing or makes no sense."""
    x, y, w, h = number(left), number(top), number(width), number(height)
    if x is None or y is None or w is None or h is None or w < 0 or h < 0:
        return None
    return x, y, x + w, y + h


def box_around(points: str | None) -> Box | None:
    """The box around an outline: ``x,y x,y`` or ``x y x y``; None where it has no points."""
    lengths = [number(found) for found in _LENGTH.findall(points or "")]
    corners = [
        (x, y, x, y)
        for x, y in zip(lengths[::2], lengths[1::2], strict=False)
        if x is not None and y is not None
    ]
    return around(corners) if corners else None


def zone_kind(*names: str | None) -> ZoneKind | None:
    """What a region is whose format calls it so; the first name that says anything decides."""
    called = (_kinds().get(bare_name(name)) for name in names if name)
    return next((kind for kind in called if kind), None)


def bare_name(name: str) -> str:
    """A type's name as the data files have it: lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", name.casefold())


@lru_cache(maxsize=1)
def _kinds() -> dict[str, ZoneKind]:
    regions = lexicon.load("regions")["region"]
    return {name: region["kind"] for region in regions for name in region["names"]}


def beside(path: str, name: str) -> Path | None:
    """The file that a file at ``path`` names, if it lies in the same folder or below it.

    Raises:
        ReadError: The name leads out of the folder, or to another machine.
    """
    folder = Path(path).parent
    target = folder / relative_name(path, name)
    if not target.resolve().is_relative_to(folder.resolve()):
        raise outside(path, name)
    return target if target.is_file() else None


def relative_name(path: str, name: str) -> Path:
    """What a file at ``path`` calls another, as a path from its own folder.

    Raises:
        ReadError: It is the name of a place on some disk or another machine.
    """
    bare = re.sub(r"^file:/{0,2}(?!/)", "", name.strip())
    relative = Path(unquote(bare).replace("\\", "/"))
    if re.match(r"[\w.+-]+:", bare) or relative.is_absolute() or "\0" in str(relative):
        raise outside(path, name)
    return relative


def outside(path: str, name: str) -> ReadError:
    """The error for a name that leads out of the folder or archive."""
    reason = f"names the file {name[:200]!r}, which lies outside its folder"
    return ReadError(path, reason, "Put it beside the file that names it, and change the name")


def image_beside(path: str, *names: str | None) -> str | None:
    """The page's picture, if one lies in the file's folder.

    Args:
        path: Of the file that describes the page.
        names: What the file calls the picture; folders in the name are another machine's.
    """
    folder = Path(path).parent
    stems = [re.split(r"[/\\]", name.strip())[-1] for name in names if name and name.strip()]
    candidates = [*stems, *(_stem(s) + end for s in [*stems, Path(path).name] for end in IMAGES)]
    found = (folder / c for c in candidates if len(c) < 255 and "\0" not in c)
    return next((str(file) for file in found if file.is_file()), None)


def _stem(name: str) -> str:
    return re.sub(r"\.\w{1,5}$", "", name)
