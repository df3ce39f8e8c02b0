"""PDFs with a text layer: words, columns, order, boxes; and those that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsmine.errors import ReadError
from newsmine.ingest import read_bytes
from newsmine.ingest.ocr import LAYER, is_scanned
from newsmine.ingest.readers import pdf as reader
from newsmine.types import Article, Page
from tests.ingest.pdfs import At, Shade, locked_pdf, pdf
from tests.ingest.readers.checks import astray, printed, raw_of, read

DATA = Path(os.environ.get("NEWSMINE_DATA", Path(__file__).parents[3] / ".." / "shared" / "data"))
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the data folder is not there")

COLUMN = (
    "Ships wait outside the har-",
    "bour, and nobody knows for",
    "how long. The mayor came on",
    "Monday and saw the wall that",
    "had fallen into the water at",
    "night, seen by two children.",
    "She said it would be repaired",
)
OTHER = (
    "The repairs would cost £2m,",
    "the mayor said, and begin in",
    "spring. Fishermen asked who",
    "would pay them until then. A",
    "man who has a boat called Jo",
    "left the room before the end",
    "of the meeting on Tuesday.",
)


def lines(texts: tuple[str, ...], x: float, y: float = 700, size: float = 10) -> list[At]:
    return [At(x, y - 12 * place, text, size) for place, text in enumerate(texts)]


def pages_of(data: bytes) -> tuple[Page, ...]:
    (article,) = read(data, "lantern.pdf")
    return raw_of(article).pages


def test_lines_become_paragraphs_and_every_word_has_its_box() -> None:
    (article,) = read(pdf(lines(COLUMN, 50)), "lantern.pdf")
    assert raw_of(article).raw_text == "\n".join(COLUMN)
    assert "outside the harbour, and" in article.text
    assert astray(article) == []


def test_boxes_are_in_points_from_the_top_left() -> None:
    (page,) = pages_of(pdf([At(50, 700, "Hello harbour of Lanternshire", 20)]))
    ((_, word), *_) = page.words
    assert (page.width, page.height, page.unit, page.number) == (600, 800, "pt", 1)
    left, top, right, bottom = word.box
    assert word.text == "Hello"
    assert left == pytest.approx(50, abs=3)
    assert top < 800 - 700 < bottom, "the baseline is within the box"
    assert 15 < bottom - top < 30
    assert 30 < right - left < 60


def test_words_are_boxed_as_the_page_is_shown() -> None:
    """A page that is shown on its side has its width and height, and its boxes, turned."""
    (page,) = pages_of(pdf([At(50, 700, "Hello harbour of Lanternshire", 20)], rotate=90))
    assert (page.width, page.height) == (800, 600)
    ((_, word), *_) = page.words
    assert word.text == "Hello", "a word that reads downwards is one word"
    assert word.box[0] == pytest.approx(700, abs=10)
    assert word.box[1] == pytest.approx(50, abs=3)


@pytest.mark.parametrize("gap", [8, 14, 30])
def test_columns_are_read_one_after_the_other(gap: float) -> None:
    """However narrow the gutter is, and though the file has them row by row."""
    rows = zip(lines(COLUMN, 50), lines(OTHER, 190 + gap), strict=True)
    (article,) = read(pdf([one for row in rows for one in row]), "lantern.pdf")
    assert printed(article) == " ".join([*COLUMN, *OTHER]).split()


def test_wide_blanks_in_a_line_are_no_gutter() -> None:
    justified = (
        [At(50, 700, "Ships"), At(92, 700, "wait"), At(125, 700, "outside"), At(172, 700, "here")],
        [At(50, 688, "bour, and nobody knows for how")],
        [At(50, 676, "long. The mayor came on Monday")],
    )
    (article,) = read(pdf([one for row in justified for one in row]), "lantern.pdf")
    assert raw_of(article).raw_text.startswith("Ships wait outside here\nbour, and")


def test_a_line_set_in_pieces_is_one_line() -> None:
    pieces = [At(50, 700, "Ships wait"), At(400, 650, "Elsewhere"), At(100, 700, "outside it")]
    (article,) = read(pdf(pieces), "lantern.pdf")
    assert "Ships wait outside it\n" in raw_of(article).raw_text


def test_an_indent_starts_a_paragraph() -> None:
    set_in = [*lines(COLUMN[:3], 50), *lines(("The next paragraph begins",), 62, 664)]
    set_in += lines(("here and goes on in its way.", "It has a third line of text."), 50, 652)
    (article,) = read(pdf(set_in), "lantern.pdf")
    assert "came on\n\nThe next paragraph begins\nhere" in raw_of(article).raw_text


def test_a_document_runs_over_its_pages() -> None:
    (article,) = read(pdf(lines(COLUMN, 50), [], lines(OTHER, 50)), "lantern.pdf")
    raw = raw_of(article)
    assert [page.number for page in raw.pages] == [1, 3]
    assert printed(article) == " ".join([*COLUMN, *OTHER]).split()
    assert raw.path == "lantern.pdf"


@pytest.mark.parametrize("at_once", [1, 2, 3, 5])
def test_no_page_is_lost_where_a_document_is_opened_anew(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(reader, "AT_ONCE", at_once)
    pages = [[At(50, 700, f"The harbour page number {number}")] for number in range(1, 6)]
    (article,) = read(pdf(*pages), "lantern.pdf")
    assert [page.number for page in raw_of(article).pages] == [1, 2, 3, 4, 5]
    assert [word for word in article.text.split() if word.isdigit()] == list("12345")


@pytest.mark.parametrize("said", [23, 30, 99999])
def test_a_count_of_pages_that_are_not_there(said: int) -> None:
    """Each was an error: a hundred thousand for a file of one page."""
    data = pdf([At(50, 700, "The harbour wall fell at night")])
    article, *errors = read_bytes(
        data.replace(b"/Count 1", b"/Count %d" % said), path="lantern.pdf"
    )
    assert isinstance(article, Article)
    assert article.text == "The harbour wall fell at night"
    assert len(errors) == reader.MOST_LOST + 1
    assert "says that it has pages after 1 that are not in it" in str(errors[-1])


def test_the_metadata_are_no_fields() -> None:
    (article,) = read(pdf(lines(COLUMN, 50)), "lantern.pdf")
    assert (article.headline, article.published) == (None, None)


def test_marks_dashes_and_ligatures_are_kept_as_they_are_printed() -> None:
    text = "‘We can’t – won’t – pay £5m,’ she said to “all” of us"
    (article,) = read(pdf([At(50, 700, text)]), "lantern.pdf")
    assert raw_of(article).raw_text == text


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5])
def test_a_pdf_that_is_cut_off_is_refused(share: float) -> None:
    data = pdf(lines(COLUMN, 50))
    with pytest.raises(ReadError, match=r"lantern\.pdf: (is a damaged or|holds no text)") as caught:
        read(data[: int(share * len(data))], "lantern.pdf")
    assert caught.value.remedy


def test_a_pdf_whose_last_lines_are_lost_is_mended() -> None:
    data = pdf(lines(COLUMN, 50))
    (article,) = read(data[: data.index(b"startxref")], "lantern.pdf")
    assert printed(article) == " ".join(COLUMN).split()


UNSEEN = [At(50, 700 - 12 * place, text, mode=3) for place, text in enumerate(COLUMN)]
WHOLE, HALF = Shade(10, 10, 580, 780), Shade(0, 400, 600, 400)
WATERMARK = Shade(0, 0, 600, 800, clear=True)


@pytest.mark.parametrize(
    "page",
    [[WHOLE, *UNSEEN], [*lines(COLUMN, 50), WHOLE], [*UNSEEN, At(50, 30, "Stamp")]],
    ids=["unseen over the scan", "under the scan", "a stamp beside it"],
)
def test_text_that_ocr_laid_under_a_scan_is_a_scan_s(page: list[At | Shade]) -> None:
    (article,) = read(pdf(page), "lantern.pdf")
    assert LAYER in article.flags
    assert is_scanned(raw_of(article))


@pytest.mark.parametrize(
    "page",
    [[], [WHOLE], [HALF]],
    ids=["no picture", "over a picture", "over half a picture"],
)
@pytest.mark.parametrize("above", [[], [HALF], [WATERMARK]], ids=["", "half", "watermark"])
def test_text_that_is_seen_is_no_scan_s(page: list[Shade], above: list[Shade]) -> None:
    (article,) = read(pdf([*page, *lines(COLUMN, 50), *above]), "lantern.pdf")
    assert LAYER not in article.flags
    assert not is_scanned(raw_of(article))


def test_a_locked_pdf_is_refused() -> None:
    with pytest.raises(ReadError, match="is locked with a password") as caught:
        read(locked_pdf(), "lantern.pdf")
    assert "without one" in caught.value.remedy


@pytest.mark.parametrize("data", [pdf(), pdf([]), pdf([], [])], ids=["none", "one", "two"])
def test_a_pdf_without_print_holds_no_text(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"holds no text|damaged or incomplete"):
        read(data, "lantern.pdf")


@needs_data
def test_a_truncated_real_pdf_is_refused() -> None:
    path = DATA / "scans" / "broken-truncated.pdf"
    with pytest.raises(ReadError, match="damaged or incomplete"):
        read(path.read_bytes(), path)


@needs_data
@pytest.mark.parametrize("name", ["honolulu-1901.pdf", "ndnp/page.pdf"])
def test_each_word_of_a_real_page_reaches_its_box(name: str) -> None:
    path = DATA / "scans" / name
    articles = read(path.read_bytes(), path, clean=False)
    assert sum(len(printed(article)) for article in articles) > 3000
    for article in articles:
        assert "".join(printed(article)) == "".join(article.text.split())
        assert astray(article) == []
