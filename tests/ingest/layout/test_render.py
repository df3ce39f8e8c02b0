"""Blocks written out: every word's characters are where its page says."""

from __future__ import annotations

import pytest

from newsmine.ingest.layout import Block, Line, line_of, shared_line, to_found
from newsmine.ingest.readers.base import Found
from newsmine.types import Given, Page, Word, Zone

SHEETS = (Page(1000, 1400, "pixel", number=1), Page(1000, 1400, "pixel", number=2))


def words(text: str, *, top: float = 0) -> list[Word]:
    return [Word(w, (10.0 * i, top, 10.0 * i + 9, top + 10)) for i, w in enumerate(text.split())]


def printed(found: Found) -> list[list[str]]:
    return [[found.text[slice(*span)] for span, _ in page.words] for page in found.pages]


def test_blanks_between_words_line_feeds_between_lines_blank_lines_between_blocks() -> None:
    first = Block.of([line_of(words("We must")), line_of(words("act now"))])
    found = to_found([first, Block.of([line_of(words("She left."))])], SHEETS)
    assert found.text == "We must\nact now\n\nShe left."
    assert printed(found) == [["We", "must", "act", "now", "She", "left."]]


def test_pieces_of_one_printed_word_have_no_blank_between_them() -> None:
    line = line_of(words("1 st May"), glued={1})
    assert line.text == "1st May"
    assert [line.text[slice(*span)] for span, _ in line.words] == ["1", "st", "May"]


def test_an_article_has_the_pages_on_which_it_has_words() -> None:
    block = Block.of([line_of(words("On two"))], page=2)
    found = to_found([block], SHEETS)
    assert [page.number for page in found.pages] == [2]
    assert printed(found) == [["On", "two"]]


def test_kinds_become_zones_beside_those_given() -> None:
    head = Block.of([line_of(words("Big news"))], kind="headline")
    body = Block.of([line_of(words("It was small."))], kind="body")
    given = Given(outlet="The Lantern", flags=("segmented",))
    found = to_found([head, body], SHEETS, given=given, part="3")
    assert found.given == Given(
        outlet="The Lantern", zones=(Zone((0, 8), "headline"),), flags=("segmented",)
    )
    assert found.part == "3"


def test_empty_lines_and_blocks_leave_no_trace() -> None:
    empty = Block.of([line_of([]), line_of([Word(" ", (0, 0, 1, 1))])])
    found = to_found([empty, Block.of([line_of([]), line_of(words("Here."))]), empty], SHEETS)
    assert found.text == "Here."
    assert to_found([], SHEETS) == Found("")


def leaning(*lines: tuple[str, float]) -> list[Line]:
    """Lines that stand in so far, 10 high."""
    boxes = [
        (left, 12.0 * place, 200.0, 12.0 * place + 10) for place, (_, left) in enumerate(lines)
    ]
    return [shared_line(text, box) for (text, _), box in zip(lines, boxes, strict=True)]


def stands(*lines: tuple[str, float]) -> str:
    return to_found([Block.of(leaning(*lines))], SHEETS).text


def test_the_first_line_of_a_paragraph_stands_in() -> None:
    column = [("and that was all.", 0.0), ("The council", 12.0), ("rose at five", 0.5)]
    assert stands(*column) == "and that was all.\n  The council\nrose at five"
    found = to_found([Block.of(leaning(*column))], SHEETS)
    assert printed(found)[0][4:6] == ["The", "council"]


@pytest.mark.parametrize(
    "column",
    [
        [("and that", 0.0), ("the council", 12.0), ("rose", 0.0)],
        [("and that", 0.0), ("The council", 4.0), ("rose", 0.0)],
        [("and that", 0.0), ("The council", 80.0), ("rose", 0.0)],
        [("and that", 0.0), ("The council", 12.0), ("rose", 12.0)],
        [("and that", 0.0), ("Leaning", 4.0), ("columns", 8.0), ("Run", 12.0), ("down", 16.0)],
    ],
    ids=["goes on in lower case", "hardly", "misplaced", "all of it", "leaning"],
)
def test_other_lines_do_not_begin_one(column: list[tuple[str, float]]) -> None:
    assert stands(*column) == "\n".join(text for text, _ in column)


def test_words_without_boxes_share_that_of_their_line() -> None:
    line = shared_line("Ann  Lee", (100, 0, 180, 20))
    assert [word.box for _, word in line.words] == [(100, 0, 130, 20), (150, 0, 180, 20)]
    assert line.text == "Ann  Lee"
