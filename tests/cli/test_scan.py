"""``newsmine article --scan``: quotes on the picture of their page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run
from tests.ingest.pdfs import At, pdf

LINES = (
    "THE league counted 1,200 reports last year.",
    "“Nobody is counting the rest,” said Ann Lee, head of policy at",
    "Hearthlight.",
)


@pytest.fixture
def scans(newsmine: Run, tmp_path: Path) -> Path:
    """``scans.db``: the index of one PDF."""
    page = [At(50, 700 - 14 * place, text) for place, text in enumerate(LINES)]
    (tmp_path / "lantern.pdf").write_bytes(pdf(page))
    done = newsmine("build", "lantern.pdf", "-o", "scans.db")
    assert done.returncode == 0, done.stderr
    return tmp_path / "scans.db"


def test_the_quote_is_drawn(newsmine: Run, scans: Path, tmp_path: Path) -> None:
    done = newsmine("article", "scans.db", "lantern", "--scan", "quotes.png")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr.strip() == "wrote quotes.png"
    with Image.open(tmp_path / "quotes.png") as picture:
        scale = picture.size[0] / 600
        inside, outside = (picture.getpixel((round(100 * scale), y)) for y in _rows(scale))
    assert inside != (255, 255, 255) == outside


def _rows(scale: float) -> tuple[int, int]:
    """Just above the letters of the quote, within its box; and far below."""
    return round((800 - 686 - 8.9) * scale), round(400 * scale)


def test_an_article_of_plain_text_has_no_page(newsmine: Run, index: Path) -> None:
    done = newsmine("article", "news.db", "1-", "--scan", "quotes.png")
    assert done.returncode == 3
    assert "has no page to draw on" in done.stderr


def test_a_file_that_has_gone(newsmine: Run, scans: Path, tmp_path: Path) -> None:
    (tmp_path / "lantern.pdf").unlink()
    done = newsmine("article", "scans.db", "lantern", "--scan", "quotes.png")
    assert done.returncode == 3
    assert "lantern.pdf: is not there" in done.stderr
    assert not (tmp_path / "quotes.png").exists()
