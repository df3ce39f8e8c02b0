"""HTML as a tree, and the text of it that a person sees."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from newsmine.ingest.readers.text import decode

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
_HEAD = 4096

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
HIDDEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "canvas",
        "audio",
        "video",
    ]
)


def decode_page(data: bytes) -> str:
    """Text from a page's bytes: by what it declares, unless its bytes say otherwise."""
    declared = _CHARSET.search(data[:_HEAD])
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if declared and not marked:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def tree_of(page: str) -> Any | None:
    """The tree of a page; None where there is nothing in it."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(_DECLARATION.sub("", page).replace("\0", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


@contextmanager
def quiet(*loggers: str) -> Iterator[None]:
    """Keep what libraries think of a page off the user's screen; a program may still log it."""
    for logger in map(logging.getLogger, loggers):
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def visible_text(element: Any) -> str:
    """What a person sees of an element: a line for each block, white space as a browser sets it."""
    lines = "".join(_pieces(element)).split("\n")
    tidy = (" ".join(line.split()) for line in lines)
    return "\n".join(line for line in tidy if line)


def _pieces(element: Any) -> Iterator[str]:
    """Text and line ends, without recursion: pages made to do harm nest ten thousand deep."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        block = node.tag in BLOCKS
        if closing or node.tag in HIDDEN or not isinstance(node.tag, str):
            yield "\n" if block else ""
            yield _spaced(node.tail) if node is not element else ""
            continue
        yield "\n" if block else ""
        yield _spaced(node.text)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _spaced(text: str | None) -> str:
    # Line ends in the file are spaces on the screen.
    return re.sub(r"\s+", " ", text or "")
