"""ALTO of all versions and units, with broken words, spaces and places as files have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.ingest.boxes import to_boxes
from newsmine.ingest.readers import alto as reader
from tests.factories import span_of
from tests.ingest.readers.alto_files import NAMESPACES, alto, block, line, page, simple, string
from tests.ingest.readers.checks import astray, printed, raw_of, read

PRINTED = "“We counted 1,200,”\nsaid Ann Lee."


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_all_schemas_read_alike(namespace: str) -> None:
    (article,) = read(simple(PRINTED, namespace=namespace))
    raw = raw_of(article)
    assert (raw.raw_text, raw.reader) == (PRINTED, "alto")
    assert printed(article) == PRINTED.split()
    assert astray(article) == []


@pytest.mark.parametrize(
    ("unit", "read_as"),
    [
        ("pixel", "pixel"),
        ("mm10", "mm10"),
        ("inch1200", "inch1200"),
        ("", "pixel"),
        ("em", "pixel"),
    ],
)
def test_units_stay_those_of_the_file(unit: str, read_as: str) -> None:
    (article,) = read(simple(PRINTED, unit=unit))
    (sheet,) = raw_of(article).pages
    assert (sheet.unit, sheet.width, sheet.height) == (read_as, 1000, 1400)
    assert sheet.words[1][1].box == (40, 0, 110, 20)


def test_a_prefix_and_another_encoding_change_nothing() -> None:
    data = simple(PRINTED).decode().replace("<?xml version", "\ufeff<?xml version")
    assert raw_of(read(data.encode("utf-16-le"))[0]).raw_text == PRINTED
    prefixed = simple(PRINTED, namespace="").decode()
    for name in ("alto", "Layout", "Page", "PrintSpace", "TextBlock", "TextLine", "String", "SP"):
        prefixed = prefixed.replace(f"<{name}", f"<a:{name}").replace(f"</{name}", f"</a:{name}")
    prefixed = prefixed.replace("<a:alto", f'<a:alto xmlns:a="{NAMESPACES[3]}"', 1)
    assert raw_of(read(prefixed.encode())[0]).raw_text == PRINTED


def test_a_broken_word_keeps_its_printed_halves() -> None:
    first = string("regu", 100, 0, SUBS_TYPE="HypPart1", SUBS_CONTENT="regulator")
    hyphen = '<HYP CONTENT="-" HPOS="140" VPOS="8" WIDTH="6" HEIGHT="3"/>'
    second = string("lator", 0, 30, SUBS_TYPE="HypPart2", SUBS_CONTENT="regulator")
    rows = (
        f"<TextLine>{string('The', 60, 0)}<SP/>{first}{hyphen}</TextLine>",
        f"<TextLine>{second}<SP/>{string('acts.', 60, 30)}</TextLine>",
    )
    (article,) = read(alto(page(block(*rows))))
    assert raw_of(article).raw_text == "The regu-\nlator acts."
    assert article.text == "The regulator acts."
    places = to_boxes(article, span_of(article.text, "regulator"))
    assert places == ((1, (100, 0, 146, 20)), (1, (0, 30, 50, 50)))


def test_a_half_without_a_hyphen_of_its_own_finds_the_other() -> None:
    rows = (
        f"<TextLine>{string('regu', 0, 0, SUBS_TYPE='HypPart1')}</TextLine>",
        f"<TextLine>{string('lator', 0, 30, SUBS_TYPE='HypPart2')}</TextLine>",
    )
    (article,) = read(alto(page(block(*rows))))
    assert article.text == "regulator"
    for mark in "-¬—":
        marked = rows[0].replace("regu", f"regu{mark}"), rows[1]
        assert raw_of(read(alto(page(block(*marked))))[0]).raw_text == f"regu{mark}\nlator"


def test_pieces_of_a_word_are_one_where_spaces_are_marked() -> None:
    pieces = string("1", 0, 0) + string("st", 11, 0) + "<SP/>" + string("May", 60, 0)
    apart = string("of", 0, 30) + string("May", 60, 30)
    (article,) = read(alto(page(block(f"<TextLine>{pieces}</TextLine>"))))
    assert raw_of(article).raw_text == "1st May"
    assert printed(article) == ["1", "st", "May"]
    # Wide apart, a space was forgotten; a file without any marks none.
    both = (f"<TextLine>{pieces}</TextLine>", f"<TextLine>{apart}</TextLine>")
    assert raw_of(read(alto(page(block(*both))))[0]).raw_text == "1st May\nof May"
    unmarked = pieces.replace("<SP/>", "")
    (article,) = read(alto(page(block(f"<TextLine>{unmarked}</TextLine>"))))
    assert raw_of(article).raw_text == "1 st May"


def test_confidence_is_kept_where_it_makes_sense() -> None:
    row = string("Ann", 0, 0, WC="0.25") + string("Lee", 40, 0, WC="88") + string("said", 80, 0)
    (article,) = read(alto(page(block(f"<TextLine>{row}</TextLine>"))))
    (sheet,) = raw_of(article).pages
    assert [word.confidence for _, word in sheet.words] == [0.25, None, None]


def test_a_whole_line_in_one_string_is_shared_out() -> None:
    row = f"<TextLine>{string('Ann Lee said', 0, 0)}</TextLine>"
    (article,) = read(alto(page(block(row))))
    assert printed(article) == ["Ann", "Lee", "said"]
    assert [word.box for _, word in raw_of(article).pages[0].words][1] == (40, 0, 70, 20)
    assert article.flags[-1] == "estimated boxes"


@pytest.mark.parametrize("bad", ["", "none", "NaN", "1e400", "-5"])
def test_words_without_a_place_share_that_of_their_line(bad: str) -> None:
    word = f'<String CONTENT="Lee" HPOS="1" VPOS="1" WIDTH="{bad}" HEIGHT="9"/>'
    row = f'<TextLine HPOS="5" VPOS="6" WIDTH="70" HEIGHT="8">{word}</TextLine>'
    (article,) = read(alto(page(block(row))))
    assert raw_of(article).pages[0].words[0][1].box == (5, 6, 75, 14)
    assert "estimated boxes" in article.flags


@pytest.mark.parametrize("points", ["5,6 75,6 75,14 5,14", "5 6 75 6 75 14 5 14", "5,6 75,14 9"])
def test_outlines_where_there_is_no_box(points: str) -> None:
    outline = f'<Shape><Polygon POINTS="{points}"/></Shape>'
    row = f'<TextLine><String CONTENT="Lee">{outline}</String></TextLine>'
    (article,) = read(alto(page(block(row)), namespace=NAMESPACES[4]))
    assert raw_of(article).pages[0].words[0][1].box == (5, 6, 75, 14)
    assert "estimated boxes" not in article.flags


def test_empty_strings_and_blocks_leave_no_trace() -> None:
    row = string("", 0, 0) + "<SP/>" + string(" ", 9, 0) + "<SP/>" + string("Lee", 40, 0)
    blocks = (block(), block(f"<TextLine>{row}</TextLine>"), block("<TextLine/>"))
    (article,) = read(alto(page(*blocks)))
    assert raw_of(article).raw_text == "Lee"


def test_margins_are_furniture() -> None:
    running = page(block(line("THE DAILY LANTERN", 0)), inside="TopMargin")
    text = page(block(line("Ann Lee said so.", 100)))
    both = running.replace("</Page>", "") + text.partition(">")[2]
    (article,) = read(alto(both))
    kinds = [(article.text[slice(*zone.span)].strip(), zone.kind) for zone in article.zones]
    assert kinds == [("THE DAILY LANTERN", "furniture"), ("Ann Lee said so.", "body")]


def test_tags_say_what_a_block_is() -> None:
    tagged = block(line("Ann Lee speaks", 0)).replace("ID=", 'TAGREFS="t1" ID=')
    tags = '<Tags><LayoutTag ID="t1" LABEL="Heading"/></Tags>'
    data = alto(page(tagged, block(line("She said so.", 60)))).replace(
        b"<Layout>", tags.encode() + b"<Layout>"
    )
    (article,) = read(data)
    assert article.headline == "Ann Lee speaks"


def test_blocks_in_blocks_are_read_in_their_place() -> None:
    inner = f'<ComposedBlock ID="c">{block(line("second", 60))}{block(line("third", 90))}'
    data = alto(page(block(line("first", 0)), inner + "</ComposedBlock>", block(line("last", 120))))
    (found,) = reader.read_pages(data, "lantern.xml")
    assert [b.text for b in found.blocks] == ["first", "second", "third", "last"]
    assert found.marks["c"] == (1, 3)


def test_the_picture_is_taken_where_it_lies_beside(tmp_path: Path) -> None:
    path = tmp_path / "0001.xml"
    data = simple(PRINTED, image=r"D:\scans\lantern-1.tif")
    assert raw_of(read(data, path)[0]).pages[0].image is None
    (tmp_path / "lantern-1.jpg").touch()
    assert raw_of(read(data, path)[0]).pages[0].image == str(tmp_path / "lantern-1.jpg")
    (tmp_path / "lantern-1.tif").touch()
    assert raw_of(read(data, path)[0]).pages[0].image == str(tmp_path / "lantern-1.tif")
    unnamed = simple(PRINTED)
    assert raw_of(read(unnamed, path)[0]).pages[0].image is None
    (tmp_path / "0001.png").touch()
    assert raw_of(read(unnamed, path)[0]).pages[0].image == str(tmp_path / "0001.png")


def test_a_picture_elsewhere_is_not_looked_for(tmp_path: Path) -> None:
    (tmp_path / "secret.png").touch()
    (tmp_path / "scans").mkdir()
    data = simple(PRINTED, image="../secret.png")
    assert raw_of(read(data, tmp_path / "scans" / "1.xml")[0]).pages[0].image is None


def test_pages_of_one_file_are_articles_of_their_own() -> None:
    pages = [page(block(line(f"Page {n} said so.", 0))) for n in ("one", "two")]
    blank = page(block())
    found = read(alto(pages[0], blank, pages[1]))
    assert [article.path for article in found] == ["lantern.xml#p1", "lantern.xml#p3"]
    assert [sheet.number for a in found for sheet in raw_of(a).pages] == [1, 3]
