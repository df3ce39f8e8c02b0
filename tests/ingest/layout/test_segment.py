"""Articles told from type sizes."""

from __future__ import annotations

from dataclasses import replace

from newsmine.ingest.layout import SEGMENTED, Block, line_of, page_articles, segment
from newsmine.types import Byline, Page, Word
from tests.ingest.layout.pages import head, names, text

SHEET = Page(330, 500, "pixel")


def articles(*blocks: Block) -> list[list[str]]:
    return [names(article) for article in segment(blocks)]


def test_a_page_of_one_size_is_one_article() -> None:
    page = [text("First thing", 0, 50, rows=3), text("SECOND THING", 0, 100, rows=3)]
    assert articles(*page) == [["First thing", "SECOND THING"]]


def test_each_headline_begins_an_article() -> None:
    page = [
        head("Council votes", 0, 50),
        text("It voted", 0, 80, rows=3),
        head("Harbour closed", 0, 150),
        text("It closed", 0, 180, rows=3),
    ]
    assert articles(*page) == [["Council votes", "It voted"], ["Harbour closed", "It closed"]]


def test_a_column_without_headline_goes_on_from_the_one_before() -> None:
    page = [
        head("Council votes", 0, 50),
        text("It voted", 0, 80, rows=9),
        text("and went home", 1, 50, rows=3),
        head("Harbour closed", 1, 150),
        text("It closed", 1, 180, rows=3),
    ]
    assert articles(*page) == [
        ["Council votes", "It voted", "and went home"],
        ["Harbour closed", "It closed"],
    ]


def test_a_wide_headline_owns_all_columns_below_it() -> None:
    page = [
        head("Council votes on the harbour", 0, 50, columns=3),
        text("It voted", 0, 80, rows=9),
        text("and voted", 1, 80, rows=2),
        head("Fire put out", 1, 150),
        text("It burned", 1, 180, rows=3),
        text("and went home", 2, 80, rows=9),
    ]
    assert articles(*page) == [
        ["Council votes on the harbour", "It voted", "and voted", "and went home"],
        ["Fire put out", "It burned"],
    ]


def test_a_short_headline_owns_the_columns_that_nothing_beside_it_parts_from_it() -> None:
    page = [
        head("Council votes", 0, 50),
        text("It voted", 0, 80, rows=3),
        text("and voted", 1, 80, rows=3),
        head("Harbour closed", 0, 180),
        text("It closed", 0, 220, rows=3),
        text("for good", 1, 220, rows=3),
    ]
    assert articles(*page) == [
        ["Council votes", "It voted", "and voted"],
        ["Harbour closed", "It closed", "for good"],
    ]


def test_type_is_measured_by_letters_of_one_kind() -> None:
    # Hanging letters make boxes higher, not the type larger.
    heights = {"Any": 12.0, "youngish": 12.0, "house": 7.0}
    line = [Word(w, (40.0 * i, 0, 40.0 * i + 30, h)) for i, (w, h) in enumerate(heights.items())]
    body = text("The council sat and rose at five", 0, 50, size=7, rows=6)
    assert len(segment([Block.of([line_of(line)]), body])) == 1
    larger = [replace(word, box=(*word.box[:3], 12.0)) for word in line]
    assert len(segment([text("So it is", 0, 0, size=7), Block.of([line_of(larger)]), body])) == 2


def test_the_decks_of_a_headline_are_one() -> None:
    page = [
        head("Council votes", 0, 50),
        text("harbour to close in May", 0, 80, size=18),
        text("It voted", 0, 110, rows=3),
    ]
    assert articles(*page) == [["Council votes", "harbour to close in May", "It voted"]]
    assert [block.kind for block in segment(page)[0]] == ["headline", "headline", None]


def test_what_stands_above_the_first_headline_is_apart() -> None:
    page = [text("goes on from before", 0, 20, rows=1), head("Fire", 0, 60), text("It", 0, 90)]
    assert articles(*page) == [["goes on from before"], ["Fire", "It"]]


def test_a_block_that_holds_headline_and_text_is_cut() -> None:
    lines = [*head("Council votes", 0, 50).lines, *text("It voted", 0, 80, rows=3).lines]
    (article,) = segment([Block.of(lines)])
    assert names(article) == ["Council votes", "It voted"]


def test_specks_and_drop_capitals_are_no_headlines() -> None:
    drop = text("T HE story began", 0, 80, rows=3)
    words = drop.lines[0].words
    tall = (words[0][0], replace(words[0][1], box=(0.0, 80.0, 30.0, 115.0)))
    line = replace(drop.lines[0], words=(tall, *words[1:]), box=(0.0, 80.0, 100.0, 115.0))
    dropped = Block.of([line, *drop.lines[1:]])
    specks = [head("l1 .,;", 1, 50), head("Iiv'tl xqv", 1, 90)]
    assert len(segment([dropped, *specks])) == 1


def test_the_file_knows_its_headlines_better() -> None:
    small = replace(text("Council votes", 0, 50), kind="headline")
    large = replace(head("THE DAILY LANTERN", 0, 10), kind="furniture")
    page = [large, small, text("It voted", 0, 80, rows=3)]
    assert articles(*page) == [["THE DAILY LANTERN"], ["Council votes", "It voted"]]


def test_a_byline_below_a_headline_is_marked_and_read() -> None:
    page = [head("Council votes", 0, 50), text("The harbour\nBy Ann Lee\nIt voted", 0, 80, rows=3)]
    (article,) = page_articles(SHEET, page)
    assert article.given.bylines == (Byline("Ann Lee"),)
    kinds = {article.text[slice(*zone.span)]: zone.kind for zone in article.given.zones}
    assert kinds == {"Council votes": "headline", "By Ann Lee": "byline"}


def test_a_by_in_the_story_is_none() -> None:
    page = [head("Council votes", 0, 50), text("It was put off\nby the council", 0, 80, rows=3)]
    (article,) = page_articles(SHEET, page)
    assert article.given.bylines == ()


def test_parts_are_numbered_and_flagged_where_there_are_several() -> None:
    first = [head("Council votes", 0, 50), text("It voted", 0, 80, rows=3)]
    second = [head("Harbour closed", 1, 50), text("It closed", 1, 80, rows=3)]
    one = list(page_articles(SHEET, first))
    assert [(a.part, a.given.flags) for a in one] == [(None, ())]
    two = list(page_articles(SHEET, [*first, *second], prefix="p3-", flags=("faint",)))
    flags = ("faint", SEGMENTED)
    assert [(a.part, a.given.flags) for a in two] == [("p3-1", flags), ("p3-2", flags)]
