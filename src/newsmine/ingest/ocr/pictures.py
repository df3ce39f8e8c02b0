"""Pictures for OCR: opened within limits, upright, greyscale."""

from __future__ import annotations

import io
import itertools
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsmine.errors import ReadError
from newsmine.ingest.ocr.engine import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 150_000_000
"""A broadsheet at 600 dots an inch has 120 million; more than this is refused unopened."""

USUAL_DPI = (70, 1200)
"""Dots an inch that scanners have."""

UNSET_DPI = frozenset({72, 96})
"""What programs write that know none."""

FAINTEST = 40
"""Shades (of 256) between paper and the faintest print."""

GRAINY = 9.5
"""Shades of grain from which smoothing does more good than harm."""

MIDDLE = 1500
"""Pixels of the part whose grain is measured, each way."""

LIGHTEST = 70
"""Per cent of a page's shades that are darker than what surely is paper."""

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "GIF")


def pictures(data: bytes, path: str, bad: list[ReadError]) -> Iterator[Picture]:
    """The pages of an image file that are not blank, one after the other.

    Args:
        data: The file's bytes.
        path: Its path, for errors.
        bad: Takes the error of a damaged page behind the first; those before it are kept.

    Raises:
        ReadError: It is no image that can be opened, is damaged, or is too large.
    """
    with opened(data, path) as image:
        for number in itertools.count(1):
            try:
                page = _frame(image, number, path)
            except ReadError as error:
                if number == 1:
                    raise
                bad.append(error)
                return
            if page is None:
                return
            if has_print(page):
                yield Picture(quieted(page), _dpi(image), number)


def _frame(image: Image, number: int, path: str) -> Image | None:
    """A page of an image, upright; None behind the last."""
    with readable(path):
        try:
            image.seek(number - 1)
        except EOFError:
            return None
        refuse_huge(image.size, path)
        return upright(image)


@contextmanager
def opened(data: bytes, path: str) -> Iterator[Image]:
    """The image, its pixels not decoded yet.

    Raises:
        ReadError: See ``pictures``.
    """
    from PIL import Image

    with readable(path):
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    refuse_huge(image.size, path)
    with image:
        yield image


@contextmanager
def readable(path: str) -> Iterator[None]:
    """What Pillow says of bad images, as our error: it raises many kinds for damaged ones."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # Pillow warns from 89 megapixels on, and of what it mends; the limit here is ours.
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError as error:
        raise _huge(path, "more than 178 million pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, KeyError) as error:
        remedy = "Copy or scan it again, or save it as PNG and give that"
        raise ReadError(path, "is a damaged image, or one of an unknown kind", remedy) from error


def refuse_huge(size: tuple[int, int], path: str) -> None:
    """Raises ``ReadError`` where a picture has too many pixels, before they are decoded."""
    pixels = size[0] * size[1]
    if pixels > MOST_PIXELS:
        raise _huge(path, f"{size[0]} by {size[1]} pixels")


def _huge(path: str, size: str) -> ReadError:
    limit = MOST_PIXELS // 1_000_000
    return ReadError(
        path,
        f"is too large an image ({size}; the most is {limit} million)",
        "Scale it to 300 dots an inch, or cut it into pages",
    )


def upright(image: Image) -> Image:
    """Greyscale, turned as its camera says, with white behind what is transparent."""
    from PIL import Image as Images
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith(("I", "F")):
        return _of_deep(turned)
    if turned.has_transparency_data:
        turned = turned.convert("RGBA")
        white = Images.new("RGBA", turned.size, "white")
        turned = Images.alpha_composite(white, turned)
    return turned.convert("L")


def _of_deep(image: Image) -> Image:
    """Of sixteen bits or more: stretched from its darkest to its lightest, not cut off at 255."""
    low, high = (float(value) for value in image.getextrema())  # type: ignore[arg-type]
    scale = 255 / (high - low) if high > low else 1.0
    return image.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def has_print(image: Image) -> bool:
    """Whether a greyscale picture holds more than a shade: an empty page needs no engine."""
    low, high = image.getextrema()
    return float(high) - float(low) > FAINTEST  # type: ignore[arg-type]


def quieted(image: Image) -> Image:
    """The picture smoothed where its paper is grainy; engines take grain for print.

    Rendered pages of grain 10 (MILD to HARSH in ``newsmine.evaluation.typesetting``) have half as
    many wrong characters smoothed, those of grain 14 are read instead of not at all; clean ones
    would have more.
    """
    from PIL import ImageFilter

    if grain(image) < GRAINY:
        return image
    return image.filter(ImageFilter.GaussianBlur(1))


def grain(image: Image) -> float:
    """The standard deviation of the paper's shades from their surroundings, in its middle part."""
    import numpy as np
    from PIL import ImageFilter

    width, height = image.size
    across, down = min(width, MIDDLE) // 2, min(height, MIDDLE) // 2
    box = (width // 2 - across, height // 2 - down, width // 2 + across, height // 2 + down)
    middle = image.crop(box)
    if not across or not down:
        return 0.0
    around = np.asarray(middle.filter(ImageFilter.GaussianBlur(2)), dtype=np.float32)
    paper = around >= np.percentile(around, LIGHTEST)
    return float(np.std((np.asarray(middle, dtype=np.float32) - around)[paper]))


def _dpi(image: Image) -> int | None:
    stated = image.info.get("dpi")
    value = float(stated[1]) if stated else 0.0
    least, most = USUAL_DPI
    return round(value) if least < value <= most and round(value) not in UNSET_DPI else None
