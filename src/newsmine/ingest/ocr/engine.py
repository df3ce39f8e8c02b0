"""What an OCR engine is: a picture of a page in, blocks of lines with boxes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from newsmine.ingest.layout import Block

if TYPE_CHECKING:
    from PIL.Image import Image


class Engine(Protocol):
    """Reads one picture at a time, on one core; several threads may call it at once.

    ``name`` is kept as a flag of the article, so that one can tell later who read it.
    """

    @property
    def name(self) -> str: ...

    def read(self, picture: Picture) -> list[Block]:
        """The blocks on a page; boxes are in the picture's pixels, origin top left.

        Raises:
            EngineFailure: The engine cannot read this picture.
        """


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture, greyscale and upright, with its dots an inch where they are known."""

    image: Image
    dpi: int | None
    page: int = 1


class EngineFailure(Exception):  # noqa: N818 - a failure of one page, which readers put in words
    """An engine could not read a picture: the reason in words."""
