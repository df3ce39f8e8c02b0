"""hOCR as engines write it: with words, with lines only, whole and broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.ingest.readers import hocr as reader
from tests.ingest.readers.checks import astray, printed, raw_of, read


def word(text: str, left: int, top: int, more: str = "; x_wconf 90") -> str:
    box = f"bbox {left} {top} {left + 10 * len(text)} {top + 20}"
    return f"<span class='ocrx_word' title='{box}{more}'>{text}</span>"


def line(text: str, top: int, css: str = "ocr_line") -> str:
    words, at = [], 0
    for part in text.split():
        words.append(word(part, at, top))
        at += 10 * len(part) + 10
    box = f"bbox 0 {top} {at - 10} {top + 20}"
    return f'<span class="{css}" title="{box}; baseline 0 -5">{" ".join(words)}</span>'


def par(*lines: str) -> str:
    return f"<div class='ocr_carea'><p class='ocr_par' id='p1'>{' '.join(lines)}</p></div>"


def page(*blocks: str, title: str = "bbox 0 0 1000 1400; ppageno 0") -> str:
    return f"<div class='ocr_page' id='page_1' title='{title}'>{''.join(blocks)}</div>"


def hocr(*pages: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0'
    head += ' Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
    body = f"<head><title/></head><body>{''.join(pages)}</body>"
    return f'{head}\n<html xmlns="http://www.w3.org/1999/xhtml">{body}</html>'.encode()


SIMPLE = hocr(page(par(line("“We counted 1,200,”", 0), line("said Ann Lee.", 30))))


def test_words_lines_and_paragraphs() -> None:
    second = par(line("She left.", 90))
    (article,) = read(hocr(page(par(line("We act to-", 0), line("day.", 30)), second)), "a.hocr")
    raw = raw_of(article)
    assert (raw.raw_text, raw.reader) == ("We act to-\nday.\n\nShe left.", "hocr")
    assert article.text == "We act today.\n\nShe left."
    assert astray(article) == []
    (sheet,) = raw.pages
    assert (sheet.width, sheet.height, sheet.unit) == (1000, 1400, "pixel")
    assert (sheet.words[1][1].box, sheet.words[1][1].confidence) == ((30, 0, 60, 20), 0.9)


@pytest.mark.parametrize("css", ["ocr_line", "ocr_header", "ocr_textfloat", "ocrx_line"])
def test_all_classes_of_lines(css: str) -> None:
    (article,) = read(hocr(page(par(line("Ann Lee said", 0, css), line("so.", 30)))), "a.html")
    assert raw_of(article).raw_text == "Ann Lee said\nso."


def test_html_that_is_no_xhtml() -> None:
    loose = SIMPLE.decode().partition("<html")[2].replace("Ann Lee", "Ann&nbsp;Lee<br>")
    (article,) = read(("<HTML" + loose).encode("utf-8"), "a.html")
    assert printed(article)[:3] == ["“We", "counted", "1,200,”"]
    assert astray(article) == []


def test_a_file_cut_short_gives_what_is_there_and_says_so() -> None:
    cut = SIMPLE[: SIMPLE.index(b"Ann")]
    (article,) = read(cut, "a.hocr")
    assert raw_of(article).raw_text == "“We counted 1,200,”\nsaid"
    assert "broken markup" in article.flags
    assert "broken markup" not in read(SIMPLE, "a.hocr")[0].flags


def test_lines_without_words_are_shared_out() -> None:
    bare = "<span class='ocr_line' title='bbox 100 0 220 20'>Ann Lee said</span>"
    (article,) = read(hocr(page(par(bare))), "a.html")
    assert [w.box for _, w in raw_of(article).pages[0].words] == [
        (100, 0, 130, 20),
        (140, 0, 170, 20),
        (180, 0, 220, 20),
    ]
    assert "estimated boxes" in article.flags


def test_words_without_lines_break_where_they_go_back() -> None:
    words = [word("Ann", 0, 0), word("Lee", 40, 0), word("said", 0, 30), word("so.", 50, 30)]
    (article,) = read(hocr(page(par(*words))), "a.html")
    assert raw_of(article).raw_text == "Ann Lee\nsaid so."


def test_paragraphs_without_lines_or_words() -> None:
    bare = "<p class='ocr_par' title='bbox 0 0 120 20'>Ann Lee said</p>"
    (article,) = read(hocr(page(bare, bare)), "a.html")
    assert raw_of(article).raw_text == "Ann Lee said\n\nAnn Lee said"


@pytest.mark.parametrize(
    "title", ["", "bbox 1 2 3", "bbox a b c d", "bbox 9 9 1 1", "bbox nan 0 1 1"]
)
def test_a_word_without_a_place_has_its_lines(title: str) -> None:
    bad = f"<span class='ocrx_word' title='{title}'>Lee</span>"
    row = f"<span class='ocr_line' title='bbox 5 6 75 26'>{bad}</span>"
    (article,) = read(hocr(page(row)), "a.html")
    assert raw_of(article).pages[0].words[0][1].box == (5, 6, 75, 26)


def test_captions_and_page_numbers_are_known_by_their_class() -> None:
    numbered = par(line("Ann Lee said so.", 0)).replace("ocr_par", "ocr_par ocr_pageno")
    (article,) = read(hocr(page(numbered, par(line("She left.", 60)))), "a.html")
    assert [zone.kind for zone in article.zones] == ["furniture", "body"]


def test_pages_and_their_pictures(tmp_path: Path) -> None:
    (tmp_path / "two.png").touch()
    pages = [
        page(par(line(f"Page {n} said so.", 0)), title=f'bbox 0 0 9 9; image "/x/{n}.png"')
        for n in ("one", "two")
    ]
    found = read(hocr(*pages), tmp_path / "both.hocr")
    assert [article.path[-3:] for article in found] == ["#p1", "#p2"]
    images = [raw_of(article).pages[0].image for article in found]
    assert images == [None, str(tmp_path / "two.png")]


def test_other_html_is_left_to_others() -> None:
    assert reader.sniff(SIMPLE, "a.html")
    assert not reader.sniff(b"<html><body><p class='story'>ocr_page</p></body></html>", "a.html")
    assert not reader.sniff(b"<p class='ocr_page'>no html</p>", "a.html")
