"""OpenDocument texts (ODT): one article, or a press database's export of many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsmine.errors import ReadError
from newsmine.ingest.readers import zips
from newsmine.ingest.readers.base import Found, Reader
from newsmine.ingest.readers.documents import Paragraph, Style, read_paragraphs, refuse_entities

SUFFIXES = frozenset({".odt", ".ott"})

CONTENT = "content.xml"
MIME = b"application/vnd.oasis.opendocument.text"

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLES: dict[str, Style] = {"Title": "title", "Subtitle": "subtitle"}
_SIGNS = {_TEXT + "tab": "\t", _TEXT + "line-break": "\n", _TEXT + "soft-hyphen": "\xad"}
_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")
_OTHERS = (*_PARAGRAPHS, _TEXT + "tracked-changes", _TEXT + "note", _TEXT + "deletion")


def sniff(data: bytes, path: str) -> bool:
    """Whether it is a zip that declares itself such a text, or a damaged one that is called so."""
    if not data.startswith(zips.MAGIC):
        return False
    called = path.lower().endswith(tuple(SUFFIXES))
    return MIME in data[:200] or (called and CONTENT in zips.names(data) | {CONTENT})


def read(data: bytes, path: str) -> Iterator[Found]:
    """The articles in an OpenDocument text."""
    from lxml import etree

    with zips.opened(data, path) as archive:
        if CONTENT not in archive.namelist():
            raise ReadError(path, "is a damaged document", "Save it again in a word processor")
        xml = zips.unpack(archive, archive.getinfo(CONTENT), path)
    refuse_entities(xml, path)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        remedy = "Open it in a word processor and save it again"
        raise ReadError(path, "is damaged inside (its XML is broken)", remedy) from error
    yield from read_paragraphs(_paragraphs(root))


def _paragraphs(root: Any) -> Iterator[Paragraph]:
    for element in root.iter(*_PARAGRAPHS):
        if not any(a.tag == _TEXT + "tracked-changes" for a in element.iterancestors()):
            yield Paragraph("".join(_texts(element)), _style(element))


def _style(element: Any) -> Style | None:
    named = _STYLES.get(element.get(_TEXT + "style-name") or "")
    return named or ("heading" if element.tag == _TEXT + "h" else None)


def _texts(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph, without the notes and frames in it."""
    from lxml import etree

    walk = etree.iterwalk(paragraph, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            yield (element.tail or "") if element is not paragraph else ""
        elif element is not paragraph and element.tag in _OTHERS:
            walk.skip_subtree()
        else:
            yield _sign(element) or element.text or ""


def _sign(element: Any) -> str:
    """What an empty element stands for: blanks, a tab, a line's end."""
    if element.tag == _TEXT + "s":
        count = element.get(_TEXT + "c") or "1"
        return " " * min(int(count) if count.isdecimal() else 1, _WIDEST)
    return _SIGNS.get(element.tag, "")


_WIDEST = 1000

READER = Reader("odt", "OpenDocument texts", SUFFIXES, sniff, read)
