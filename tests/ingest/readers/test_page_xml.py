"""PAGE XML: outlines, readings, reading order, kinds of regions."""

from __future__ import annotations

import pytest

from tests.ingest.readers.checks import astray, printed, raw_of, read

NAMESPACES = [
    f"http://schema.primaresearch.org/PAGE/gts/pagecontent/{version}"
    for version in ("2010-03-19", "2013-07-15", "2019-07-15")
]


def coords(left: int, top: int, right: int, bottom: int) -> str:
    return f'<Coords points="{left},{top} {right},{top} {right},{bottom} {left},{bottom}"/>'


def reading(text: str, more: str = ' conf="0.8"') -> str:
    return f"<TextEquiv{more}><Unicode>{text}</Unicode></TextEquiv>"


def word(text: str, left: int, top: int) -> str:
    return f"<Word>{coords(left, top, left + 10 * len(text), top + 20)}{reading(text)}</Word>"


def line(text: str, top: int, *, words: bool = True) -> str:
    parts, at = [], 0
    for printed_word in text.split():
        parts.append(word(printed_word, at, top))
        at += 10 * len(printed_word) + 10
    inner = "".join(parts) if words else ""
    return f"<TextLine>{coords(0, top, at - 10, top + 20)}{inner}{reading(text)}</TextLine>"


def region(*lines: str, id: str = "r1", more: str = "") -> str:
    return f'<TextRegion id="{id}"{more}>{"".join(lines)}</TextRegion>'


def page_xml(*parts: str, order: str = "", namespace: str = NAMESPACES[2]) -> bytes:
    ordered = f"<ReadingOrder>{order}</ReadingOrder>" if order else ""
    body = f'<Page imageFilename="l.tif" imageWidth="1000" imageHeight="1400">{ordered}'
    return f'<PcGts xmlns="{namespace}">{body}{"".join(parts)}</Page></PcGts>'.encode()


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_words_lines_and_regions(namespace: str) -> None:
    data = page_xml(
        region(line("We act to-", 0), line("day, 1,200.", 30)),
        region(line("She left.", 90), id="r2"),
        namespace=namespace,
    )
    (article,) = read(data)
    raw = raw_of(article)
    assert (raw.raw_text, raw.reader) == ("We act to-\nday, 1,200.\n\nShe left.", "page")
    assert astray(article) == []
    (sheet,) = raw.pages
    assert (sheet.width, sheet.height, sheet.unit) == (1000, 1400, "pixel")
    assert (sheet.words[1][1].box, sheet.words[1][1].confidence) == ((30, 0, 60, 20), 0.8)
    assert article.flags == ("no profile",)


def test_old_outlines_are_elements() -> None:
    old = '<Coords><Point x="5" y="6"/><Point x="75" y="6"/><Point x="75" y="26"/></Coords>'
    data = page_xml(region(f"<TextLine>{old}{reading('Lee')}</TextLine>"))
    assert raw_of(read(data)[0]).pages[0].words[0][1].box == (5, 6, 75, 26)


def test_lines_without_words_are_shared_out() -> None:
    (article,) = read(page_xml(region(line("Ann Lee said", 0, words=False))))
    boxes = [w.box for _, w in raw_of(article).pages[0].words]
    assert boxes == [(0, 0, 30, 20), (40, 0, 70, 20), (80, 0, 120, 20)]
    assert "estimated boxes" in article.flags


def test_a_region_with_one_reading_for_all_its_lines() -> None:
    empty = f"<TextLine>{coords(0, 0, 9, 9)}{reading('')}</TextLine>"
    whole = region(empty, coords(0, 0, 120, 60), reading("Ann Lee\n\nsaid so."))
    (article,) = read(page_xml(whole))
    assert raw_of(article).raw_text == "Ann Lee\nsaid so."
    assert [w.box[1] for _, w in raw_of(article).pages[0].words] == [0, 0, 30, 30]
    assert astray(article) == []


def test_a_region_in_another_is_read_once() -> None:
    inner = region(line("Ann Lee said so.", 0), id="inner")
    (article,) = read(page_xml(region(inner, reading("Ann Lee said so."), id="outer")))
    assert raw_of(article).raw_text == "Ann Lee said so."


def test_the_best_of_several_readings() -> None:
    readings = reading("tbe", ' index="1" conf="0.3"') + reading("the", ' index="0" conf="0.9"')
    data = page_xml(region(f"<TextLine>{coords(0, 0, 30, 20)}{readings}</TextLine>"))
    (article,) = read(data)
    (placed,) = raw_of(article).pages[0].words
    assert (placed[1].text, placed[1].confidence) == ("the", 0.9)


@pytest.mark.parametrize(
    ("order", "read_as"),
    [
        ("", ["one", "two", "three"]),
        (
            '<OrderedGroup><RegionRefIndexed index="1" regionRef="r1"/>'
            '<RegionRefIndexed index="0" regionRef="r3"/></OrderedGroup>',
            ["three", "one", "two"],
        ),
        (
            '<UnorderedGroup><RegionRef regionRef="r2"/><OrderedGroupIndexed>'
            '<RegionRefIndexed index="10" regionRef="r1"/>'
            '<RegionRefIndexed index="9" regionRef="r3"/></OrderedGroupIndexed></UnorderedGroup>',
            ["two", "three", "one"],
        ),
        ('<OrderedGroup><RegionRefIndexed index="0" regionRef="gone"/></OrderedGroup>', ["one"]),
    ],
)
def test_the_reading_order_of_the_file(order: str, read_as: list[str]) -> None:
    regions = [
        region(line(text, 30 * n), id=f"r{n}") for n, text in enumerate(("one", "two", "three"), 1)
    ]
    (article,) = read(page_xml(*regions, order=order))
    assert printed(article)[: len(read_as)] == read_as
    assert len(printed(article)) == 3


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        (' type="heading"', "headline"),
        (' type="caption"', "caption"),
        (' type="page-number"', "furniture"),
        (' type="header"', "furniture"),
        (' custom="readingOrder {index:0;} structure {type:heading;}"', "headline"),
        (' type="paragraph"', None),
        ("", None),
    ],
)
def test_types_of_regions(more: str, kind: str | None) -> None:
    data = page_xml(
        region(line("Council votes", 0), more=more), region(line("It voted.", 60), id="r2")
    )
    (article,) = read(data)
    given = raw_of(article).given.zones
    assert [zone.kind for zone in given] == ([kind] if kind else [])
