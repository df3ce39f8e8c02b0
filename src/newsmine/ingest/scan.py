"""Quotations shown where they are printed: boxes drawn on the picture of their page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsmine.errors import ExportError, ReadError
from newsmine.ingest.boxes import to_boxes
from newsmine.ingest.ocr.pictures import opened as opened_image
from newsmine.ingest.ocr.pictures import readable, refuse_huge
from newsmine.ingest.pdf.files import drawn
from newsmine.ingest.pdf.files import opened as opened_pdf
from newsmine.types import Article, Box, Page, Span

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = ("#1a7f37", "#9a6700", "#8250df", "#0969da", "#1b7c83", "#cf222e")
"""By number, in the order of the margin of ``newsmine article``."""

SHADE = 60
"""Of 255: print must stay readable under its box."""

PDF_DPI = 150


def draw(article: Article, quotations: Sequence[Sequence[Span]], out: Path) -> list[Path]:
    """Write each page on which something is quoted, with numbered boxes round the lines.

    Args:
        article: As it was read; its ``raw`` has the pages.
        quotations: For each the spans of ``article.text``; they are numbered from 1.
        out: The picture to write, of the first page; those of further pages have the page's
            number before the suffix (``out-3.png``).

    Returns:
        The files written.

    Raises:
        ReadError: The article has no pages, nothing quoted is on one, or a picture cannot be read.
        ExportError: A file cannot be written.
    """
    pages = article.raw.pages if article.raw else ()
    if not pages:
        remedy = "Build the index from scans, PDFs, ALTO, hOCR or PAGE XML to have some"
        raise ReadError(article.id, "has no page to draw on", remedy)
    boxes = _boxes(article, quotations)
    if not boxes:
        remedy = "`newsmine article FILE ID` shows what was found"
        raise ReadError(article.id, "has no quotation with a place on a page", remedy)
    quoted = [page for page in pages if page.number in boxes]
    return [
        _written(_marked(article, page, boxes[page.number]), _named(out, page, place))
        for place, page in enumerate(quoted)
    ]


def marked_page(article: Article, quotations: Sequence[Sequence[Span]], number: int) -> Image:
    """One page with numbered boxes round the lines that are quoted on it; there may be none.

    Args:
        article: As it was read; its ``raw`` has the pages.
        quotations: As for ``draw``.
        number: The page's place in the file, from 1.

    Raises:
        ReadError: There is no such page, or no picture of it that can be read.
    """
    pages = article.raw.pages if article.raw else ()
    page = next((page for page in pages if page.number == number), None)
    if page is None:
        raise ReadError(article.id, f"has no page {number}", "Follow a link of the article's page")
    return _marked(article, page, _boxes(article, quotations).get(number, ()))


def _boxes(
    article: Article, quotations: Iterable[Sequence[Span]]
) -> dict[int, list[tuple[int, Box]]]:
    """By page: the number of a quotation, and a line of it."""
    found: dict[int, list[tuple[int, Box]]] = {}
    for number, spans in enumerate(quotations, 1):
        for page, box in to_boxes(article, *spans):
            found.setdefault(page, []).append((number, box))
    return found


def _named(out: Path, page: Page, place: int) -> Path:
    return out if place == 0 else out.with_stem(f"{out.stem}-{page.number}")


def _written(picture: Image, out: Path) -> Path:
    try:
        picture.save(out)
    except (OSError, ValueError) as error:
        reason = f"cannot be written ({error})"
        raise ExportError(
            out, reason, "Give a name that ends in .png or .jpg, in a folder that is there"
        ) from error
    return out


def _marked(article: Article, page: Page, boxes: Sequence[tuple[int, Box]]) -> Image:
    from PIL import ImageDraw, ImageFont

    picture = page_picture(article, page).convert("RGB")
    scale = picture.size[0] / page.width
    pen = ImageDraw.Draw(picture, "RGBA")
    width = max(picture.size[1] // 1200, 2)
    font = ImageFont.load_default(max(picture.size[1] // 90, 12))
    told: set[int] = set()
    for number, box in boxes:
        colour = COLOURS[(number - 1) % len(COLOURS)]
        left, top, right, bottom = (value * scale for value in box)
        shade = tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
        pen.rectangle((left, top, right, bottom), (*shade, SHADE), colour, width)
        if number not in told:
            pen.text((left - width, top), str(number), colour, font, anchor="rt")
            told.add(number)
    return picture


def page_picture(article: Article, page: Page) -> Image:
    """The picture of a page: of the image that it names, or drawn from its PDF.

    Raises:
        ReadError: There is none, or it cannot be read.
    """
    path = _image_path(article, page)
    data = path.read_bytes()
    if b"%PDF-" in data[:1024]:
        return _of_pdf(data, path, page.number)
    return _of_image(data, path, page.number)


def _image_path(article: Article, page: Page) -> Path:
    if page.image is None:
        remedy = "Put the page's picture beside its file, with the same name, and build again"
        raise ReadError(article.id, f"has no picture of page {page.number}", remedy)
    beside = Path(article.path.partition("#")[0]).parent / page.image
    for path in (Path(page.image), beside):
        if path.is_file():
            return path
    remedy = "Copy it back there, or build the index again from where the files are now"
    raise ReadError(page.image, "is not there", remedy)


def _of_pdf(data: bytes, path: Path, number: int) -> Image:
    with opened_pdf(data, str(path)) as document:
        if number > len(document):
            raise _changed(path, number)
        return drawn(document[number - 1], dpi=PDF_DPI, grey=False)


def _of_image(data: bytes, path: Path, number: int) -> Image:
    from PIL import ImageOps

    with opened_image(data, str(path)) as image, readable(str(path)):
        frames = getattr(image, "n_frames", 1)
        if frames > 1:
            if number > frames:
                raise _changed(path, number)
            image.seek(number - 1)
            refuse_huge(image.size, str(path))
        return ImageOps.exif_transpose(image).convert("RGB")


def _changed(path: Path, number: int) -> ReadError:
    remedy = "Build the index again: the file is not the one that was read"
    return ReadError(path, f"has no page {number}", remedy)
