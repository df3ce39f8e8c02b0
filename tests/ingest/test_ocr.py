"""Pictures of pages: read by a real engine where there is one; refused with a remedy otherwise."""

from __future__ import annotations

import io
import shutil
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from newsmine.errors import ReadError
from newsmine.evaluation.rendered import overlap
from newsmine.evaluation.typesetting import MILD, Copy, SetPage, set_page
from newsmine.ingest import ocr, read_bytes, read_file
from newsmine.ingest.layout import Block, line_of
from newsmine.ingest.ocr import EngineFailure, Picture, read_pages
from newsmine.ingest.ocr.ink import trimmed
from newsmine.ingest.ocr.pictures import MOST_PIXELS, pictures
from newsmine.types import Article, Word
from tests.ingest.pdfs import At, pdf
from tests.ingest.readers.checks import astray, printed, raw_of, read

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None,
    reason="Tesseract is not installed (sh tools/system.sh, or apt install tesseract-ocr)",
)
STORY = Copy(
    (
        "The harbour wall at Larkmouth fell into the sea on Monday night, and nobody was hurt.",
        "‘We heard it go,’ said Ann Roe, who keeps a boat there. ‘It was like thunder.’",
        "The council will spend £2.4m on a new one, its leader said, and begin in the spring.",
    ),
    "Harbour wall falls",
)


@cache
def page() -> SetPage:
    return set_page([STORY], MILD)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@cache
def article() -> Article:
    (found,) = read(encoded(page().image), "lantern.png")
    return found


@needs_tesseract
def test_a_page_is_read_in_order_with_its_marks() -> None:
    text = " ".join(article().text.split())
    assert "fell into the sea on Monday night, and nobody was hurt." in text
    assert "‘We heard it go,’ said Ann Roe" in text
    assert text.index("Ann Roe") < text.index("£2.4m")


@needs_tesseract
def test_words_stand_where_they_are_printed() -> None:
    (sheet,) = raw_of(article()).pages
    assert (sheet.unit, sheet.image, sheet.number) == ("pixel", "lantern.png", 1)
    assert (sheet.width, sheet.height) == page().image.size
    boxes = {word.text: word.box for _, word in sheet.words}
    for word in page().words:
        if word.text in ("Larkmouth", "thunder.’", "Harbour"):
            assert overlap(word.box, boxes[word.text]) > 0.5, word.text
    assert all(0 <= (word.confidence or 0) <= 1 for _, word in sheet.words)


@needs_tesseract
def test_every_word_leads_back_to_a_box() -> None:
    assert printed(article()) == raw_of(article()).raw_text.split()
    assert astray(article()) == []


@needs_tesseract
def test_the_engine_is_named() -> None:
    assert "read by tesseract" in article().flags


@needs_tesseract
def test_a_scanned_pdf_is_read_in_points() -> None:
    data = encoded(page().image, "PDF", resolution=200)
    (found,) = read(data, "lantern.pdf")
    (sheet,) = raw_of(found).pages
    assert "‘We heard it go,’ said Ann Roe" in " ".join(found.text.split())
    assert (sheet.unit, sheet.image) == ("pt", "lantern.pdf")
    assert sheet.width == pytest.approx(page().image.size[0] * 72 / 200, abs=1)
    assert astray(found) == []
    right = max(word.box[2] for _, word in sheet.words)
    assert right < sheet.width


@needs_tesseract
def test_pages_of_a_tiff_and_blank_ones_between() -> None:
    blank = Image.new("L", (800, 600), 255)
    data = encoded(page().image, "TIFF", save_all=True, append_images=[blank, page().image])
    found = read(data, "lantern.tif")
    numbers = [sheet.number for one in found for sheet in raw_of(one).pages]
    assert numbers == [1, 3]


@needs_tesseract
def test_a_photo_taken_sideways_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = page().image.rotate(90, expand=True)
    (found,) = read(encoded(sideways, "JPEG", exif=exif, quality=95), "lantern.jpg")
    assert "Larkmouth" in found.text
    assert raw_of(found).pages[0].width == page().image.size[0]


@needs_tesseract
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "1", "I;16"])
def test_pictures_of_any_depth(mode: str) -> None:
    grey = page().image.point(lambda value: 255 if value > 128 else 0)
    deep = grey.convert("I").point(lambda value: value * 200 + 1000).convert("I;16")
    (found,) = read(encoded(deep if mode == "I;16" else grey.convert(mode)), "lantern.png")
    assert "Larkmouth" in found.text


def boxed(*boxes: tuple[float, float, float, float]) -> Block:
    words = [Word(f"word{place}", box) for place, box in enumerate(boxes)]
    return Block.of([line_of([word]) for word in words])


def test_boxes_that_reach_into_other_lines_are_cut_to_their_ink() -> None:
    paper = Image.new("L", (200, 200), 255)
    pen = ImageDraw.Draw(paper)
    for top in (20, 50, 80):
        pen.rectangle((20, top, 100, top + 14), fill=0)
    pen.rectangle((30, 45, 33, 47), fill=0)
    usual = [(120.0, 10.0 * n, 160.0, 10.0 * n + 15) for n in range(5)]
    (block,) = trimmed([boxed(*usual, (20, 30, 100, 82))], paper)
    (*kept, cut) = [word.box for line in block.lines for _, word in line.words]
    assert kept == usual
    assert cut == (20, 45, 100, 65), "with the dot over it, without the lines above and below"


def test_large_type_keeps_its_boxes() -> None:
    paper = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(paper).rectangle((20, 100, 100, 139), fill=0)
    usual = [(120.0, 10.0 * n, 160.0, 10.0 * n + 15) for n in range(5)]
    (block,) = trimmed([boxed(*usual, (20, 100, 100, 140))], paper)
    assert block.lines[-1].words[0][1].box == (20, 100, 100, 140)


def test_without_an_engine_it_is_said_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "ENGINES", {"tesseract": lambda: None, "rapidocr": lambda: None})
    with pytest.raises(ReadError, match="no OCR engine is installed") as caught:
        read(encoded(page().image), "lantern.png")
    assert "apt install tesseract-ocr" in caught.value.remedy
    assert "newsmine[ocr]" in caught.value.remedy


def test_a_chosen_engine_that_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ocr.CHOICE, "crystal-ball")
    with pytest.raises(ReadError, match="crystal-ball") as caught:
        read(encoded(page().image), "lantern.png")
    assert "tesseract or rapidocr" in caught.value.remedy


def test_a_pdf_with_text_needs_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "ENGINES", {"tesseract": lambda: None})
    (found,) = read(pdf([At(50, 700, "The harbour wall fell at night")]), "lantern.pdf")
    assert found.text == "The harbour wall fell at night"


class Stub:
    """Reads pictures by their number, and fails on one."""

    name = "stub"

    def __init__(self, bad: int = 0) -> None:
        self.bad = bad

    def read(self, picture: Picture) -> list[Block]:
        if picture.page == self.bad:
            raise EngineFailure("the ink ran out")
        word = Word(f"page{picture.page}", (0, 0, 40, 20), 0.9)
        return [Block.of([line_of([word])], page=picture.page)]


def test_pages_come_in_order_and_a_bad_one_does_not_stop_them() -> None:
    taken: list[int] = []

    def scans() -> Iterator[Picture]:
        for number in range(1, 30):
            taken.append(number)
            yield Picture(Image.new("L", (9, 9)), 200, number)

    read = read_pages(scans(), Stub(bad=2))
    assert next(read)[0].page == 1
    assert len(taken) < 29, "all pictures were taken before the first was done"
    kinds = [type(found).__name__ for _, found in read]
    assert kinds == ["EngineFailure", *["list"] * 27]


def test_a_page_that_fails_is_an_error_among_the_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "ENGINES", {"stub": lambda: Stub(bad=2)})
    frame = page().image.resize((200, 200))
    data = encoded(frame, "TIFF", save_all=True, append_images=[frame, frame])
    good, bad = read_bytes(data, path="lantern.tif", clean=False)
    assert isinstance(good, Article)
    assert good.text.split() == ["page1", "page3"]
    assert isinstance(bad, ReadError)
    assert (bad.thing, "the ink ran out" in bad.reason) == ("lantern.tif#p2", True)


def test_a_damaged_page_keeps_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "ENGINES", {"stub": Stub})
    frame = page().image.resize((200, 200))
    whole = encoded(frame, "TIFF", save_all=True, append_images=[frame])
    good, bad = read_bytes(whole[: len(whole) - 20_000], path="lantern.tif", clean=False)
    assert isinstance(good, Article)
    assert good.text == "page1"
    assert isinstance(bad, ReadError)
    assert "damaged image" in bad.reason


def huge_png(width: int, height: int) -> bytes:
    """The head of a PNG that would have so many pixels, and nothing behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    crc = struct.pack(">I", zlib.crc32(chunk))
    pixels = struct.pack(">I", 10) + b"IDAT"
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + crc + pixels


@pytest.mark.parametrize("size", [(20_000, 15_000), (200_000, 200_000), (12_300, 12_300)])
def test_a_picture_of_too_many_pixels_is_refused_unopened(size: tuple[int, int]) -> None:
    with pytest.raises(ReadError, match="too large an image") as caught:
        list(pictures(huge_png(*size), "wall.png", []))
    assert caught.value.thing == "wall.png"
    assert "300 dots an inch" in caught.value.remedy


def test_the_limit_lets_broadsheets_pass() -> None:
    assert MOST_PIXELS > 16 * 600 * 20 * 600


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encoded(Image.new("L", (500, 300), 255)), "holds no text"),
        (encoded(Image.new("L", (1, 1), 0)), "holds no text"),
        (encoded(Image.new("RGBA", (300, 300), (0, 0, 0, 0))), "holds no text"),
        (encoded(Image.new("L", (500, 300), 255))[:60], "damaged image"),
        (b"\x89PNG\r\n\x1a\n", "damaged image"),
        (b"\xff\xd8\xff\xe0 not a photo at all", "damaged image"),
        (b"II*\x00\xff\xff\xff\xff", "damaged image"),
        (huge_png(300, 0), "damaged image|holds no text"),
    ],
    ids=["blank", "dot", "clear", "cut off", "head only", "jpeg", "tiff", "no height"],
)
def test_pictures_without_print_or_sense(
    data: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "ENGINES", {"stub": Stub})
    with pytest.raises(ReadError, match=reason) as caught:
        read(data, "lantern.png")
    assert caught.value.remedy


def test_rapidocr_is_the_second_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rapidocr", reason="RapidOCR is not installed (newsmine[ocr])")
    monkeypatch.setenv(ocr.CHOICE, "rapidocr")
    (found,) = read(encoded(page().image), "lantern.png")
    assert "read by rapidocr" in found.flags
    assert "Larkmouth fell into" in found.text
    (sheet,) = raw_of(found).pages
    boxes = {word.text: word.box for _, word in sheet.words}
    (truth,) = (word.box for word in page().words if word.text == "Larkmouth")
    assert overlap(truth, boxes["Larkmouth"]) > 0.4


@needs_tesseract
def test_print_that_is_no_letters_holds_no_text() -> None:
    scribble = Image.new("L", (400, 300), 255)
    ImageDraw.Draw(scribble).ellipse((50, 50, 350, 250), outline=0, width=3)
    with pytest.raises(ReadError, match="holds no text"):
        read(encoded(scribble), "lantern.png")


@needs_tesseract
def test_a_file_in_a_folder_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "page one.png"
    page().image.save(path)
    (found,) = read_file(path)
    assert isinstance(found, Article)
    assert raw_of(found).pages[0].image == str(path)
