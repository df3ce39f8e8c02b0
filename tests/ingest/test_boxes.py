"""A stretch of clean text, back to where it is printed."""

from __future__ import annotations

from dataclasses import replace

from newsmine.ingest.alignment import AlignedText, Replacement
from newsmine.ingest.articles import as_it_is
from newsmine.ingest.boxes import to_boxes
from newsmine.ingest.layout import Block, line_of, to_found
from newsmine.ingest.readers import make_raw
from newsmine.types import Article, Box, Page, Word
from tests.factories import make_article, span_of

SHEETS = (Page(1000, 1400, "pixel", number=1), Page(1000, 1400, "pixel", number=2))


def line(text: str, left: float, top: float) -> list[Word]:
    """Words 40 wide, 50 apart, 20 high."""
    return [
        Word(word, (left + 50 * i, top, left + 50 * i + 40, top + 20))
        for i, word in enumerate(text.split())
    ]


def read(*blocks: tuple[int, list[list[Word]]]) -> Article:
    """The uncleaned article of blocks of lines, each on its page."""
    made = [Block.of([line_of(words) for words in lines], page=page) for page, lines in blocks]
    found = to_found(made, SHEETS)
    return as_it_is(make_raw(found.text, "lantern.xml", "alto", found.pages))


ARTICLE = read(
    (1, [line("“We must act", 100, 100), line("to- day,” said", 100, 130)]),
    (2, [line("Ann Lee of Hearthlight.", 300, 50)]),
)


def boxes(article: Article, text: str) -> list[tuple[int, Box]]:
    return list(to_boxes(article, span_of(article.text, text)))


def test_one_box_a_line_over_lines_and_pages() -> None:
    assert boxes(ARTICLE, "act\nto- day,” said\n\nAnn Lee") == [
        (1, (200, 100, 240, 120)),
        (1, (100, 130, 240, 150)),
        (2, (300, 50, 390, 70)),
    ]


def test_a_mark_or_part_of_a_word_has_the_box_of_the_word() -> None:
    whole = [(1, (150, 130, 190, 150))]
    assert boxes(ARTICLE, "”") == boxes(ARTICLE, "ay,") == boxes(ARTICLE, "day,”") == whole


def test_a_blank_has_no_box() -> None:
    assert boxes(ARTICLE, "\n\n") == []


def test_a_broken_word_has_a_box_for_each_half() -> None:
    broken = read((1, [line("We act to-", 100, 100), line("day at last.", 100, 130)]))
    joined = AlignedText.of(broken.text).replace([Replacement(9, 11, "", "hyphen join")])
    article = replace(broken, text=joined.text, alignment=joined.alignment)
    assert article.text == "We act today at last."
    assert boxes(article, "today") == [(1, (200, 100, 240, 120)), (1, (100, 130, 140, 150))]


def test_what_cleaning_put_in_has_no_place() -> None:
    added = AlignedText.of(ARTICLE.text).replace([Replacement(0, 0, "Oh! ", "test")])
    article = replace(ARTICLE, text=added.text, alignment=added.alignment)
    assert boxes(article, "Oh!") == []
    assert boxes(article, "“We") == boxes(ARTICLE, "“We")


def test_columns_without_line_ends_in_the_text_are_told_by_their_place() -> None:
    column = [*line("We must", 500, 100), *line("act today", 100, 130)]
    article = read((1, [column]))
    assert boxes(article, "must act") == [(1, (550, 100, 590, 120)), (1, (100, 130, 140, 150))]


def test_several_spans_are_taken_in_turn_and_a_word_once() -> None:
    spans = [span_of(ARTICLE.text, words) for words in ("Lee of", "“We", "of Hearthlight")]
    assert to_boxes(ARTICLE, *spans) == (
        (2, (350, 50, 440, 70)),
        (1, (100, 100, 140, 120)),
        (2, (450, 50, 490, 70)),
    )


def test_what_stands_between_two_spans_is_in_no_box() -> None:
    spans = [span_of(ARTICLE.text, words) for words in ("“We", "act")]
    assert to_boxes(ARTICLE, *spans) == ((1, (100, 100, 140, 120)), (1, (200, 100, 240, 120)))


def test_text_without_pages_has_no_boxes() -> None:
    assert to_boxes(make_article("Ann Lee said so."), (0, 7)) == ()
    assert to_boxes(make_article("Ann Lee said so.", raw=None), (0, 7)) == ()
