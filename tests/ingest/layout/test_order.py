"""Blocks are read down their columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.ingest.layout import Block, Line, reading_order, segment
from tests.ingest.layout.pages import head, names, text

WIDTH = 330


def order(*blocks: Block) -> list[str]:
    return names(reading_order(blocks, WIDTH))


def test_an_order_along_rows_becomes_one_down_columns() -> None:
    rows = [text(f"{c}{r}", c, 100 + 60 * r, rows=3) for r in range(3) for c in range(3)]
    assert order(*rows) == ["00", "01", "02", "10", "11", "12", "20", "21", "22"]


def test_an_order_down_columns_is_kept_though_a_speck_stands_wrong() -> None:
    columns = [text(f"{c}{r}", c, 100 + 60 * r, rows=3) for c in range(3) for r in range(5)]
    speck = text("x", 2, 90)
    assert order(*columns, speck) == [*names(columns), "x"]


def test_a_headline_over_columns_parts_what_is_above_it_from_what_is_below() -> None:
    page = [
        text("left below", 0, 200, rows=3),
        text("left above", 0, 50, rows=3),
        head("A great wide headline", 0, 150, columns=2),
        text("right above", 1, 50, rows=3),
        text("right below", 1, 200, rows=3),
    ]
    assert order(*page) == [
        "left above",
        "right above",
        "A great wide headline",
        "left below",
        "right below",
    ]


def test_a_caption_over_columns_does_not() -> None:
    page = [
        text("left below", 0, 200, rows=3),
        text("right above", 1, 50, rows=3),
        text("a picture of both of them", 0, 150, columns=2),
        text("left above", 0, 50, rows=3),
        text("right below", 1, 200, rows=3),
    ]
    found = order(*page)
    assert found.index("left below") < found.index("right above")


def test_a_centred_subhead_belongs_to_its_column() -> None:
    # The running head hangs over the right half of the left column; the subhead is left of it.
    page = [
        text("right", 1, 50, rows=8),
        text("left", 0, 50, rows=3),
        Block.of(text("sub", 0, 110).lines),
        text("left on", 0, 130, rows=3),
        Block.of([_moved(text("running", 0, 20), 65)]),
    ]
    short = Block.of([_narrowed(page[2].lines[0], 20, 45)])
    assert order(*page[:2], short, *page[3:]) == ["running", "left", "sub", "left on", "right"]


def _moved(block: Block, right: float) -> Line:
    line = block.lines[0]
    left, top, end, bottom = line.box
    return Line(line.text, (left + right, top, end + right, bottom), line.words)


def _narrowed(line: Line, left: float, right: float) -> Line:
    return Line(line.text, (left, line.box[1], right, line.box[3]), line.words)


@pytest.mark.parametrize("count", [0, 1])
def test_pages_with_nothing_to_sort(count: int) -> None:
    assert len(order(*[text("alone", 0, 50)] * count)) == count


def test_more_blocks_than_a_page_has_stay_as_they_are() -> None:
    heap = [text(f"block {n}", 0, 1e6 - n) for n in range(20_000)]
    assert reading_order(heap, WIDTH) == heap
    assert len(segment(heap)) == 1


boxes = st.tuples(*[st.floats(0, 1000)] * 4).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)


@given(st.lists(boxes, max_size=25), st.floats(0, 1000))
def test_no_page_loses_a_block(
    found: list[tuple[float, float, float, float]], width: float
) -> None:
    blocks = [Block.of([Line(f"block {i}", box)]) for i, box in enumerate(found)]
    ordered = reading_order(blocks, width)
    assert sorted(names(ordered)) == sorted(names(blocks))
