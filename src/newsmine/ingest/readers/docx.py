"""Word documents (DOCX): one article, or a press database's export of many.

Read from the XML as it streams: an export of hundreds of articles makes a large tree.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from newsmine.errors import ReadError
from newsmine.ingest.readers import zips
from newsmine.ingest.readers.base import Found, Reader
from newsmine.ingest.readers.documents import Paragraph, Style, read_paragraphs, refuse_entities

SUFFIXES = frozenset({".docx", ".docm"})

BODY, STYLES = "word/document.xml", "word/styles.xml"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_SIGNS["softHyphen"] = "\N{SOFT HYPHEN}"

_STYLES: dict[str, Style] = {"title": "title", "subtitle": "subtitle", "headline": "title"}


def sniff(data: bytes, path: str) -> bool:
    """Whether it is a zip with a Word document's body, or a damaged one that is called so."""
    if not data.startswith(zips.MAGIC):
        return False
    names = zips.names(data)
    return BODY in names or (not names and path.lower().endswith(tuple(SUFFIXES)))


def read(data: bytes, path: str) -> Iterator[Found]:
    """The articles in a Word document; text boxes and tables are read where they stand."""
    with zips.opened(data, path) as archive:
        body = zips.unpack(archive, archive.getinfo(BODY), path) if _has(archive, BODY) else b""
        names = _style_names(archive, path)
    if not body:
        raise ReadError(path, "is a damaged Word document", "Save it again in a word processor")
    yield from read_paragraphs(_paragraphs(body, names, path))


def _has(archive: Any, name: str) -> bool:
    return name in archive.namelist()


def _style_names(archive: Any, path: str) -> dict[str, str]:
    """The styles' names by their ids; ids are translated with the word processor, names are not."""
    if not _has(archive, STYLES):
        return {}
    names: dict[str, str] = {}
    for element in _elements(zips.unpack(archive, archive.getinfo(STYLES), path), "style", path):
        name = next((c for c in element if _local(c) == "name"), None)
        if name is not None:
            names[_value(element, "styleId")] = _value(name, "val").casefold()
    return names


def _paragraphs(body: bytes, names: Mapping[str, str], path: str) -> Iterator[Paragraph]:
    for element in _elements(body, "p", path):
        # A text box stands there twice: once more in an old form.
        if next(element.iterancestors(_FALLBACK), None) is None:
            yield Paragraph("".join(_texts(element)), _style(element, names))
        # What has been read need not be kept; text boxes within a paragraph come before it.
        element.clear(keep_tail=True)


def _elements(xml: bytes, name: str, path: str) -> Iterator[Any]:
    from lxml import etree

    refuse_entities(xml, path)
    tags = (_W + name, _W_STRICT + name)
    try:
        yield from (
            element
            for _, element in etree.iterparse(
                *(io.BytesIO(xml), ("end",)),
                **{"tag": tags, "resolve_entities": False, "no_network": True, "huge_tree": True},
            )
        )
    except etree.XMLSyntaxError as error:
        remedy = "Open it in a word processor and save it again"
        raise ReadError(path, "is damaged inside (its XML is broken)", remedy) from error


def _texts(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph's runs, without those of a text box in it."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        local = _local(element)
        if local == "t":
            yield element.text or ""
        elif local in _SIGNS and _local(element.getparent()) == "r":
            yield _SIGNS[local]
        elif local not in ("p", "pPr", "del", "moveFrom") and element.tag != _FALLBACK:
            stack.extend(reversed(element))


def _style(paragraph: Any, names: Mapping[str, str]) -> Style | None:
    for properties in paragraph.iterchildren(_W + "pPr", _W_STRICT + "pPr"):
        values = {_local(child): _value(child, "val") for child in properties}
        name = names.get(values.get("pStyle", ""), values.get("pStyle", "")).casefold()
        if name in _STYLES:
            return _STYLES[name]
        if name.startswith("heading") or values.get("outlineLvl", "9") in "012345678":
            return "heading"
    return None


def _local(element: Any) -> str:
    """An element's name without its namespace; comments and the like have none."""
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: Any, name: str) -> str:
    return element.get(_W + name) or element.get(_W_STRICT + name) or ""


READER = Reader(
    "docx", "Word documents, and press databases' exports as such", SUFFIXES, sniff, read
)
