"""PDF files opened and their pages drawn, with errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from newsmine.errors import ReadError

if TYPE_CHECKING:
    from PIL.Image import Image

POINTS = 72.0
"""To the inch."""

DPI = 300
"""That pages without text are drawn at for OCR."""

MOST_PIXELS = 60_000_000
"""Of a page drawn: a broadsheet at 300 dots an inch has 30 million."""

_PASSWORD, _SECURITY = 4, 5


@contextmanager
def opened(data: bytes, path: str) -> Iterator[Any]:
    """The pypdfium2 document.

    Raises:
        ReadError: It needs a password, is damaged, or has no pages.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # PDFium leaves the code of an earlier file where a file has no pages.
        code = error.err_code if b"/Encrypt" in data else None
        raise _refused(path, code) from error
    try:
        if not len(document):
            raise ReadError(path, "has no pages", "Give a PDF with an article in it")
        yield document
    finally:
        document.close()


def _refused(path: str, code: int | None) -> ReadError:
    if code == _PASSWORD:
        remedy = "Open it with its password and save a copy without one, then give the copy"
        return ReadError(path, "is locked with a password", remedy)
    if code == _SECURITY:
        remedy = "Print it to a new PDF in the program that may open it, and give that"
        return ReadError(path, "is protected in a way that cannot be read", remedy)
    remedy = "Download or copy it again, or repair it with qpdf or by printing it to a new PDF"
    return ReadError(path, "is a damaged or incomplete PDF", remedy)


def drawn(page: Any, *, dpi: float = DPI, grey: bool = True) -> Image:
    """A page as a picture; with fewer dots an inch where it would be huge."""
    width, height = page.get_size()
    scale = min(dpi / POINTS, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture: Image = page.render(scale=scale, grayscale=grey).to_pil()
    return picture
