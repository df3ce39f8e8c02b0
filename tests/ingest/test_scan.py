"""Quotations drawn on the picture of their page."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from newsmine.errors import ExportError, ReadError
from newsmine.ingest import read_bytes
from newsmine.ingest.articles import as_it_is
from newsmine.ingest.readers import make_raw
from newsmine.ingest.scan import draw
from newsmine.types import Article, Page, Word
from tests.factories import span_of
from tests.ingest.pdfs import At, pdf

TEXT = "Ships wait outside the harbour"


def scanned(image: str | None, *, number: int = 1, unit: float = 1.0) -> Article:
    """One line of words, 40 wide and 50 apart, on a page of 300 by 200 times ``unit``."""
    words, at = [], 0
    for place, text in enumerate(TEXT.split()):
        left = 10 + 50 * place
        box = (left * unit, 50 * unit, (left + 40) * unit, 70 * unit)
        words.append(((at, at + len(text)), Word(text, box)))
        at += len(text) + 1
    page = Page(300 * unit, 200 * unit, "pixel", tuple(words), image, number)
    return as_it_is(make_raw(TEXT, "lantern.png", "image", (page,)))


def paper(path: Path, size: tuple[int, int] = (300, 200)) -> str:
    Image.new("L", size, 255).save(path)
    return str(path)


def coloured(path: Path) -> tuple[int, int, int, int]:
    """Around everything on a picture that is neither black nor white."""
    with Image.open(path) as image:
        hue = image.convert("HSV").getchannel("S").point(lambda value: 255 if value > 20 else 0)
        box = hue.getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("unit", [1.0, 12.5])
def test_the_box_stands_round_the_words(tmp_path: Path, unit: float) -> None:
    """Whatever the unit of the page, the picture's pixels are what counts."""
    article = scanned(paper(tmp_path / "page.png"), unit=unit)
    (out,) = draw(article, [[span_of(TEXT, "outside the")]], tmp_path / "out.png")
    left, top, right, bottom = coloured(out)
    assert (right, bottom) == (201, 71)
    assert top == pytest.approx(50, abs=1)
    assert 95 < left <= 110, "only the number stands left of it"


def test_each_quotation_has_its_colour(tmp_path: Path) -> None:
    article = scanned(paper(tmp_path / "page.png"))
    spans = [[span_of(TEXT, "Ships")], [span_of(TEXT, "harbour")]]
    (out,) = draw(article, spans, tmp_path / "out.png")
    with Image.open(out) as image:
        assert image.getpixel((15, 60)) != image.getpixel((215, 60)) != (255, 255, 255)
        assert image.getpixel((120, 60)) == (255, 255, 255)


def test_a_page_of_several_in_a_tiff(tmp_path: Path) -> None:
    frames = [Image.new("L", (300, 200), shade) for shade in (0, 255)]
    frames[0].save(tmp_path / "pages.tif", save_all=True, append_images=frames[1:])
    article = scanned(str(tmp_path / "pages.tif"), number=2)
    (out,) = draw(article, [[(0, 5)]], tmp_path / "out.png")
    with Image.open(out) as image:
        assert image.getpixel((290, 190)) == (255, 255, 255)


def test_the_page_of_a_pdf_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "lantern.pdf"
    path.write_bytes(pdf([At(50, 700, "Ships wait outside"), At(50, 688, "the harbour tonight")]))
    (article,) = read_bytes(path.read_bytes(), path=path, clean=False)
    assert isinstance(article, Article)
    spans = [[span_of(article.text, "outside\nthe harbour")]]
    (out,) = draw(article, spans, tmp_path / "out.png")
    with Image.open(out) as image:
        scale = image.size[0] / 600
    left, top, right, bottom = (edge / scale for edge in coloured(out))
    assert 35 < left < 52, "the second line begins at 50"
    assert 100 < right < 140
    assert 88 < top < 95
    assert 112 < bottom < 118


def test_quotations_on_two_pages_give_two_files(tmp_path: Path) -> None:
    path = tmp_path / "lantern.pdf"
    path.write_bytes(pdf([At(50, 700, "Ships wait outside")], [At(50, 700, "the harbour tonight")]))
    (article,) = read_bytes(path.read_bytes(), path=path, clean=False)
    assert isinstance(article, Article)
    whole = [[(0, len(article.text))]]
    assert draw(article, whole, tmp_path / "out.png") == [
        tmp_path / "out.png",
        tmp_path / "out-2.png",
    ]
    assert (tmp_path / "out-2.png").is_file()


def test_an_article_without_pages() -> None:
    article = as_it_is(make_raw(TEXT, "lantern.txt", "text"))
    with pytest.raises(ReadError, match="has no page to draw on"):
        draw(article, [[(0, 5)]], Path("out.png"))


def test_an_article_without_quotations(tmp_path: Path) -> None:
    article = scanned(paper(tmp_path / "page.png"))
    with pytest.raises(ReadError, match="no quotation with a place"):
        draw(article, [], tmp_path / "out.png")


@pytest.mark.parametrize(
    ("image", "reason"), [(None, "has no picture of page 1"), ("gone.png", "is not there")]
)
def test_a_page_without_its_picture(tmp_path: Path, image: str | None, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        draw(scanned(image), [[(0, 5)]], tmp_path / "out.png")


def test_a_picture_beside_the_file(tmp_path: Path) -> None:
    paper(tmp_path / "page.png")
    article = scanned("page.png")
    assert article.raw is not None
    beside = replace(article, path=str(tmp_path / "lantern.xml#3"))
    assert draw(beside, [[(0, 5)]], tmp_path / "out.png")


def test_a_file_that_is_another_now(tmp_path: Path) -> None:
    path = tmp_path / "lantern.pdf"
    path.write_bytes(pdf([At(50, 700, "Ships wait outside")]))
    with pytest.raises(ReadError, match="has no page 7"):
        draw(scanned(str(path), number=7), [[(0, 5)]], tmp_path / "out.png")


@pytest.mark.parametrize("name", ["out.nonsense", "gone/out.png"])
def test_a_picture_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    article = scanned(paper(tmp_path / "page.png"))
    with pytest.raises(ExportError, match="cannot be written"):
        draw(article, [[(0, 5)]], tmp_path / name)


def test_the_picture_may_be_any_that_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(buffer, "JPEG")
    (tmp_path / "page.jpg").write_bytes(buffer.getvalue())
    (out,) = draw(scanned(str(tmp_path / "page.jpg")), [[(0, 5)]], tmp_path / "out.png")
    assert coloured(out)[2] == pytest.approx(101, abs=2), "twice as many pixels as page units"
