"""METS issues: articles as the file names them, over pages; what it leaves; pages that lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.errors import ReadError
from newsmine.ingest import find_inputs, read_file
from newsmine.ingest.boxes import to_boxes
from newsmine.ingest.readers.mets import INCOMPLETE
from newsmine.types import Article, Byline
from tests.factories import span_of
from tests.ingest.readers.alto_files import alto, area, block, described, line, mets, page
from tests.ingest.readers.checks import astray, raw_of

FIRST = alto(
    page(
        block(line("Council votes", 0, first=1), id="b1"),
        block(line("It voted on", 60, first=3), id="b2"),
        block(line("Harbour closed", 120, first=6), id="b3"),
        block(line("It closed.", 180, first=8), id="b4"),
    )
)
SECOND = alto(page(block(line("the harbour today.", 0, first=1), id="b1")))
ISSUE = described(
    "issue",
    "<mods:titleInfo><mods:title>The Lantern.</mods:title></mods:titleInfo>"
    "<mods:originInfo><mods:dateIssued>1824-02-17</mods:dateIssued></mods:originInfo>",
)
COUNCIL = (
    '<div TYPE="ARTICLE" ID="a1">'
    f'<div TYPE="HEADING"><div TYPE="TITLE">{area(1, "b1")}</div></div>'
    f'<div TYPE="BODY"><div TYPE="PARAGRAPH">{area(1, "b2")}{area(2, "w1", "w3")}</div></div></div>'
)
HARBOUR = f'<div TYPE="ARTICLE" ID="a2">{area(1, "w6", "w9")}</div>'


def issue(*divisions: str) -> str:
    return f'<div TYPE="ISSUE" DMDID="issue">{"".join(divisions)}</div>'


def write(folder: Path, data: bytes, **pages: bytes) -> Path:
    """The METS file of an issue whose pages are ``p1`` for ``1.xml`` and so on."""
    for name, page_data in pages.items():
        (folder / f"{name[1:]}.xml").write_bytes(page_data)
    path = folder / "issue_mets.xml"
    path.write_bytes(data)
    return path


def read(path: Path) -> tuple[dict[str, Article], list[ReadError]]:
    """The articles by their part, and the errors."""
    items = list(read_file(path))
    articles = {a.path.rpartition("#")[2]: a for a in items if isinstance(a, Article)}
    return articles, [item for item in items if isinstance(item, ReadError)]


def test_articles_are_those_that_divisions_name_over_pages(tmp_path: Path) -> None:
    data = mets(issue(COUNCIL, HARBOUR), ["1.xml", "2.xml"], descriptions=ISSUE)
    found, errors = read(write(tmp_path, data, p1=FIRST, p2=SECOND))
    assert (list(found), errors) == (["a1", "a2"], [])
    council = found["a1"]
    assert raw_of(council).raw_text == "Council votes\n\nIt voted on\n\nthe harbour today."
    assert (council.headline, council.outlet, council.published) == (
        "Council votes",
        "The Lantern",
        "1824-02-17",
    )
    over = span_of(council.text, "on\n\nthe")
    assert [page_number for page_number, _ in to_boxes(council, over)] == [1, 2]
    assert raw_of(found["a2"]).raw_text == "Harbour closed\n\nIt closed."
    assert [astray(article) for article in found.values()] == [[], []]


def test_articles_linked_to_areas_of_pages(tmp_path: Path) -> None:
    physical = (
        f'<div TYPE="page">{area(1, "b1").replace("b1", "w1")}'
        f'<div TYPE="pagearea" ID="pa1" LABEL="Headline">{area(1, "w6", "w7")}</div>'
        f'<div TYPE="pagearea" ID="pa2" LABEL="Textblock">{area(1, "w8", "w9")}</div></div>'
    )
    places = {"article": "#a2", "area one": "#pa1", "area two": "#pa2"}
    links = "".join(
        f'<smLocatorLink xlink:href="{href}" xlink:label="{label}"/>'
        for label, href in places.items()
    ) + "".join(
        f'<smArcLink xlink:from="article" xlink:to="{label}"/>' for label in list(places)[1:]
    )
    data = mets(
        issue('<div TYPE="ARTICLE" ID="a2"/>'),
        physical=physical,
        links=f"<smLinkGrp>{links}</smLinkGrp>",
    )
    found, errors = read(write(tmp_path, data, p1=FIRST))
    assert (list(found), errors) == (["a2"], [])
    assert (found["a2"].headline, found["a2"].text) == (
        "Harbour closed",
        "Harbour closed\n\nIt closed.",
    )
    plain = '<smLink xlink:from="a2" xlink:to="pa2"/>'
    data = mets(issue('<div TYPE="ARTICLE" ID="a2"/>'), physical=physical, links=plain)
    assert read(write(tmp_path, data))[0]["a2"].text == "It closed."


def test_a_heading_within_the_text_is_a_subhead(tmp_path: Path) -> None:
    heading = f'<div TYPE="HEADING">{area(1, "b3")}</div>'
    division = f'<div TYPE="ARTICLE" ID="a1">{area(1, "b2")}{heading}{area(1, "b4")}</div>'
    found, _ = read(write(tmp_path, mets(issue(division)), p1=FIRST))
    assert [zone.kind for zone in found["a1"].zones if zone.kind != "body"] == ["subhead"]
    assert found["a1"].headline is None


def test_an_article_within_another_is_one_of_its_own(tmp_path: Path) -> None:
    inner = f'<div TYPE="ARTICLE" ID="inner">{area(1, "b3")}</div>'
    outer = f'<div TYPE="ARTICLE" ID="outer">{area(1, "b1")}{inner}{area(1, "b2")}</div>'
    found, _ = read(write(tmp_path, mets(issue(outer)), p1=FIRST))
    texts = {part: " ".join(article.text.split()) for part, article in found.items()}
    assert texts == {"outer": "Council votes It voted on", "inner": "Harbour closed"}


def test_what_catalogues_say_of_an_article(tmp_path: Path) -> None:
    own = described(
        "own",
        "<mods:titleInfo><mods:nonSort>The</mods:nonSort><mods:title>closing /</mods:title>"
        '</mods:titleInfo><mods:name><mods:namePart type="family">Lee</mods:namePart>'
        '<mods:namePart type="given">Ann</mods:namePart></mods:name>',
    )
    division = HARBOUR.replace("ID=", 'DMDID="own" ID=', 1)
    data = mets(issue(division), descriptions=ISSUE + own)
    found, _ = read(write(tmp_path, data, p1=FIRST))
    article = found["a2"]
    assert (article.headline, article.bylines) == ("The closing", (Byline("Ann Lee"),))
    # A printed headline stands in the text; the catalogue's may be worded otherwise.
    data = mets(issue(COUNCIL.replace("ID=", 'DMDID="own" ID=', 1)), descriptions=ISSUE + own)
    assert read(write(tmp_path, data))[0]["a1"].headline == "Council votes"


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("1824-02-17", "1824-02-17"),
        ("18240217", "1824-02-17"),
        ("1824-02", "1824-02"),
        ("17 February 1824", "1824-02-17"),
        ("no date", None),
        ("", None),
    ],
)
def test_dublin_core_and_its_dates(tmp_path: Path, said: str, published: str | None) -> None:
    core = f"<dc:title>The Lantern</dc:title><dc:date>{said}</dc:date>"
    section = f'<dmdSec ID="issue"><mdWrap MDTYPE="DC"><xmlData>{core}</xmlData></mdWrap></dmdSec>'
    found, _ = read(write(tmp_path, mets(issue(HARBOUR), descriptions=section), p1=FIRST))
    assert (found["a2"].outlet, found["a2"].published) == ("The Lantern", published)


def test_adverts_are_flagged(tmp_path: Path) -> None:
    data = mets(issue(HARBOUR.replace("ARTICLE", "ADVERTISEMENT")))
    found, _ = read(write(tmp_path, data, p1=FIRST))
    assert found["a2"].flags == ("advert",)


def test_what_no_article_has_of_a_page_is_not_lost(tmp_path: Path) -> None:
    left = [line("the council sat once more and rose at five", 240 + 30 * n) for n in range(3)]
    specks = alto(page(block(line("i . l", 0))))
    first = FIRST.replace(b"</PrintSpace>", block(*left).encode() + b"</PrintSpace>")
    data = mets(issue(HARBOUR), ["1.xml", "2.xml"], descriptions=ISSUE)
    found, errors = read(write(tmp_path, data, p1=first, p2=specks))
    assert (list(found), errors) == (["a2", "p1-rest"], [])
    rest = found["p1-rest"]
    assert rest.text.startswith("Council votes\n\nIt voted on")
    assert "Harbour closed" not in rest.text
    assert (rest.flags, rest.outlet) == (("outside articles",), "The Lantern")


def test_an_issue_without_articles_is_read_page_by_page(tmp_path: Path) -> None:
    data = mets(issue(), ["1.xml", "2.xml"], descriptions=ISSUE)
    found, errors = read(write(tmp_path, data, p1=FIRST, p2=SECOND))
    assert len(found) == 2
    assert errors == []
    assert {article.outlet for article in found.values()} == {"The Lantern"}
    assert [raw_of(a).pages[0].number for a in found.values()] == [1, 2]


def test_a_missing_page_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = write(tmp_path, mets(issue(COUNCIL, HARBOUR), ["1.xml", "2.xml"]), p1=FIRST)
    found, errors = read(path)
    assert [(e.thing, e.reason) for e in errors] == [
        (str(path), "names the page '2.xml', which is not there")
    ]
    assert [INCOMPLETE in found[part].flags for part in ("a1", "a2")] == [True, False]


def test_a_broken_page_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    broken = SECOND.replace(b"</alto>", b"")
    data = mets(issue(COUNCIL, HARBOUR), ["1.xml", "2.xml"])
    found, errors = read(write(tmp_path, data, p1=FIRST, p2=broken))
    assert (list(found), [error.thing for error in errors]) == (
        ["a1", "a2"],
        [str(tmp_path / "2.xml")],
    )


@pytest.mark.parametrize(
    "name",
    [
        "../2.xml",
        "a/../../2.xml",
        "%2e%2e/2.xml",
        "..\\2.xml",
        "/2.xml",
        "file:///2.xml",
        "https://example.org/2.xml",
        "C:\\2.xml",
        "2.xml\x7f/../../../2.xml",
    ],
)
def test_a_path_that_climbs_out_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "2.xml").write_bytes(SECOND)
    folder = tmp_path / "issue"
    folder.mkdir()
    found, errors = read(write(folder, mets(issue(COUNCIL, HARBOUR), ["1.xml", name]), p1=FIRST))
    assert "harbour today" not in " ".join(article.text for article in found.values())
    assert ["lies outside its folder" in error.reason for error in errors] == [True]
    assert list(found) == ["a1", "a2"]


def test_a_link_that_climbs_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2.xml").write_bytes(SECOND)
    folder = tmp_path / "issue"
    folder.mkdir()
    (folder / "2.xml").symlink_to(tmp_path / "2.xml")
    _, errors = read(write(folder, mets(issue(COUNCIL), ["1.xml", "2.xml"]), p1=FIRST))
    assert ["lies outside its folder" in error.reason for error in errors] == [True]


@pytest.mark.parametrize("name", ["./1.xml", "file://./1.xml", "file:1.xml", ".\\1.xml"])
def test_ways_to_name_a_page_beside(tmp_path: Path, name: str) -> None:
    found, errors = read(write(tmp_path, mets(issue(HARBOUR), [name]), p1=FIRST))
    assert (list(found), errors) == (["a2"], [])


def test_pages_in_a_folder_below(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "page 1.xml").write_bytes(FIRST)
    path = write(tmp_path, mets(issue(HARBOUR), ["text/page%201.xml"]))
    assert list(read(path)[0]) == ["a2"]
    assert find_inputs([tmp_path]) == [path]


@pytest.mark.parametrize("files", [(), ("1.xml",), ("1.tif",)])
def test_without_any_page_there_is_nothing_to_read(tmp_path: Path, files: tuple[str, ...]) -> None:
    path = write(tmp_path, mets(issue(HARBOUR), files))
    with pytest.raises(ReadError, match=r"issue_mets\.xml: names no ALTO page that can be read"):
        list(read_file(path))


def test_words_that_a_page_lacks_make_no_article(tmp_path: Path) -> None:
    lost = HARBOUR.replace("w9", "w99").replace("a2", "a3")
    found, _ = read(write(tmp_path, mets(issue(HARBOUR, lost)), p1=FIRST))
    assert list(found) == ["a2"]


def test_a_folder_gives_an_issue_once(tmp_path: Path) -> None:
    path = write(tmp_path, mets(issue(HARBOUR), ["1.xml", "1.pdf"]), p1=FIRST, p2=SECOND)
    for name in ("1.pdf", "2.png", "2.TIF", "3.pdf"):
        (tmp_path / name).touch()
    # The pictures of 1.xml and 2.xml are covered; a page named outright is always read.
    assert [file.name for file in find_inputs([tmp_path])] == ["2.xml", "3.pdf", path.name]
    assert find_inputs([tmp_path / "1.xml"]) == [tmp_path / "1.xml"]


def test_a_broken_issue_covers_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, mets(issue(HARBOUR)).replace(b"</mets>", b""), p1=FIRST)
    assert find_inputs([tmp_path]) == [tmp_path / "1.xml", path]
