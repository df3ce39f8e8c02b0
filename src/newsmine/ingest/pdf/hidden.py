"""Whether a PDF's text is the layer that an OCR program put behind the picture of a page."""

from __future__ import annotations

import ctypes
from typing import Any

COVERS = 0.8
"""The share of the page that a scan's picture fills, margins cut off by the scanner aside."""

_UNSEEN = frozenset({3, 7})
"""Modes in which text is neither filled nor stroked (ISO 32000, table 106)."""


def is_hidden(page: Any) -> bool:
    """Whether most of a page's text is not seen: drawn unseen, or under a picture of the page.

    OCR programs do either, so that the text can be searched and copied from the scan. Text over a
    picture is seen, as is text under one that lets it through, such as a watermark.

    Args:
        page: A pypdfium2 page.
    """
    from pypdfium2 import PdfiumError

    try:
        return _hidden(page)
    except PdfiumError:
        return False  # The page's content is damaged; its words are what could be read.


def _hidden(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    hidden = shown = 0
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE]):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            if _covers(thing.raw, page):
                hidden, shown = hidden + shown, 0
        elif pdfium.FPDFTextObj_GetTextRenderMode(thing.raw) in _UNSEEN:
            hidden += 1
        else:
            shown += 1
    return hidden > shown


def _covers(picture: Any, page: Any) -> bool:
    import pypdfium2.raw as pdfium

    sides = tuple(ctypes.c_float() for _ in range(4))
    if pdfium.FPDFPageObj_HasTransparency(picture):
        return False
    if not pdfium.FPDFPageObj_GetBounds(picture, *sides):
        return False
    left, bottom, right, top = (side.value for side in sides)
    width, height = page.get_size()
    return bool((right - left) * (top - bottom) >= COVERS * width * height)
