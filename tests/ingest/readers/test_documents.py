"""Word, RTF and ODT: one article, or an export of many."""

from __future__ import annotations

import zipfile

import pytest

from newsmine.errors import ReadError
from newsmine.ingest.readers import documents, docx, odt, read_raw, rtf
from newsmine.ingest.readers.documents import Paragraph, styled
from newsmine.types import Byline, RawArticle, Zone
from tests.ingest.readers import made

STORY = (
    *("Daily Lantern", "2 March 2019", ("Nets torn at sea", "Titel"), ("Crews cry", "U2")),
    *("By Ann Bell, Chief Reporter", "Boats came home empty, crews in the harbour said."),
    *(("Torn again", "U1"), "Crews want the harbour to pay, & more < than that.", ""),
)


def read(data: bytes, path: str = "story.docx") -> list[RawArticle]:
    items = list(read_raw(data, path))
    assert all(isinstance(item, RawArticle) for item in items)
    return items  # type: ignore[return-value]


def kinds(raw: RawArticle) -> dict[str, str]:
    return {raw.raw_text[slice(*zone.span)]: zone.kind for zone in raw.given.zones}


class TestDocx:
    def test_styles_say_what_is_what(self) -> None:
        (raw,) = read(made.docx(STORY))
        assert kinds(raw) == {
            "Daily Lantern": "outlet",
            "2 March 2019": "date",
            "Nets torn at sea": "headline",
            "Crews cry": "standfirst",
            "By Ann Bell, Chief Reporter": "byline",
            "Torn again": "subhead",
        }
        given = raw.given
        assert (given.outlet, given.published) == ("Daily Lantern", "2019-03-02")
        assert (given.headline, given.standfirst) == ("Nets torn at sea", "Crews cry")
        assert given.bylines == (Byline("Ann Bell", "Chief Reporter"),)
        assert (raw.reader, raw.path) == ("docx", "story.docx")
        assert raw.raw_text.endswith("to pay, & more < than that.\n")

    def test_without_styles_the_text_speaks_for_itself(self) -> None:
        (raw,) = read(made.docx(["Nets torn at sea", "By Ann Bell", "Boats came home."]))
        assert raw.given.zones == ()
        assert raw.raw_text == "Nets torn at sea\nBy Ann Bell\nBoats came home."

    def test_an_export(self) -> None:
        first, second = read(made.docx(made.NEXIS), "export.docx")
        assert [first.path, second.path] == ["export.docx#1", "export.docx#2"]
        assert second.given.outlet == "Skerry Post"

    def test_what_a_paragraph_may_hold(self) -> None:
        body = (
            "<w:p><w:hyperlink><w:r><w:t>Bells</w:t></w:r></w:hyperlink><w:r><w:tab/>"
            '<w:t xml:space="preserve">rang </w:t><w:br/><w:t>in co</w:t><w:noBreakHyphen/>'
            "<w:t>op</w:t></w:r><w:del><w:r><w:delText>never</w:delText><w:t>ever</w:t></w:r></w:del>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r><!-- x -->"
            "<w:ins><w:r><w:t>!</w:t></w:r></w:ins></w:p>"
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        )
        (raw,) = read(made.docx([], body=body))
        assert raw.raw_text == "Bells\trang \nin co\N{NON-BREAKING HYPHEN}op!\nIn a cell"

    def test_a_text_box_is_read_once(self) -> None:
        compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
        body = (
            f'<w:p xmlns:mc="{compatibility}"><w:r><w:t>Around it</w:t><mc:AlternateContent>'
            f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        )
        (raw,) = read(made.docx([], body=body))
        assert sorted(raw.raw_text.split("\n")) == ["Around it", "In a box"]

    def test_headings_by_outline_level(self) -> None:
        body = (
            '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Nets torn</w:t></w:r></w:p>'
            "<w:p><w:r><w:t>Boats came home.</w:t></w:r></w:p>"
        )
        (raw,) = read(made.docx([], body=body))
        assert raw.given.headline == "Nets torn"

    def test_entities_are_refused(self) -> None:
        bomb = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        data = made.zipped(
            {
                "word/document.xml": f"{bomb}<w:document {made.W}><w:body><w:p><w:r><w:t>One &b;"
                "</w:t></w:r></w:p></w:body></w:document>"
            }
        )
        with pytest.raises(ReadError, match="declares XML entities"):
            read(data)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (made.docx(STORY)[:-60], "damaged or cut short"),
            (made.zipped({"word/document.xml": "<w:document"}), "its XML is broken"),
            (made.zipped({"word/document.xml": b"0" * (9 << 20)}), "zip bomb"),
            (made.encrypted(made.docx(STORY)), "is encrypted"),
            (made.docx(["", " "]), "holds no text"),
        ],
    )
    def test_damage_is_named(self, data: bytes, words: str) -> None:
        with pytest.raises(ReadError, match=words) as caught:
            list(read_raw(data, "story.docx"))
        assert caught.value.thing == "story.docx"

    def test_spreadsheets_are_no_documents(self) -> None:
        data = made.zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"})
        with pytest.raises(ReadError, match="Office document of another kind") as caught:
            list(read_raw(data, "table.xlsx"))
        assert "CSV" in caught.value.remedy

    def test_a_zip_of_text_is_none(self) -> None:
        assert not docx.sniff(made.zipped({"a.txt": "x"}), "a.zip")


class TestOdt:
    def test_heading_spaces_and_notes(self) -> None:
        (raw,) = read(made.odt(), "story.odt")
        assert raw.raw_text == (
            "Nets torn at sea\nBy Ann Bell\nBoats came  home empty, crews said.\nA note."
        )
        assert raw.given.headline == "Nets torn at sea"
        assert raw.given.bylines == (Byline("Ann Bell"),)

    def test_nested_two_thousand_deep(self) -> None:
        deep = "<text:span>" * 1_900 + "Boats" + "</text:span>" * 1_900
        (raw,) = read(made.odt(f"<text:p>{deep} came.</text:p>"), "story.odt")
        assert raw.raw_text.endswith("\nBoats came.")

    def test_known_by_what_is_in_it(self) -> None:
        assert odt.sniff(made.odt(), "x.bin")
        assert not odt.sniff(made.docx(STORY), "x.bin")

    @pytest.mark.parametrize("content", [{}, {"content.xml": "<office"}])
    def test_damage_is_named(self, content: dict[str | zipfile.ZipInfo, str | bytes]) -> None:
        mimetype = {"mimetype": odt.MIME}
        with pytest.raises(ReadError, match="damaged"):
            list(read_raw(made.zipped({**mimetype, **content}, packed=False), "a.odt"))


class TestRtf:
    def test_marks_and_paragraphs(self) -> None:
        (raw,) = read(made.RTF, "story.rtf")
        assert raw.raw_text.startswith("Nets “torn” at sea\nBy Ann Bell\n\nBoats came home")

    def test_an_export(self) -> None:
        lines = "\\par ".join(line.replace("(", "\\'28") for line in made.NEXIS)
        data = b"{\\rtf1\\ansi " + lines.encode("ascii") + b"}"
        assert [raw.given.headline for raw in read(data, "export.rtf")] == [
            "Nets torn at sea",
            "9. Bells ring at noon",
        ]

    @pytest.mark.parametrize(
        "data", [b"{\\rtf1", b"{\\rtf1 \\u99999999999?}", b"{\\rtf1\\bin999 }"]
    )
    def test_rubbish_is_an_error_in_words(self, data: bytes) -> None:
        with pytest.raises(ReadError) as caught:
            list(read_raw(data, "a.rtf"))
        assert caught.value.remedy

    def test_a_text_about_rtf_is_none(self) -> None:
        assert not rtf.sniff(b"A file begins with {\\rtf1", "a.txt")


def test_only_lines_beside_the_headline_are_fields() -> None:
    prose = "Boats came home empty, and crews in the harbour said so. " * 5
    later = [Paragraph("Nets torn", "heading"), Paragraph(prose), Paragraph("By Ann Bell")]
    assert styled(later).bylines == ()
    assert styled([later[0], later[2], later[1]]).bylines == (Byline("Ann Bell"),)


def test_paragraphs_without_heading_give_nothing() -> None:
    assert documents.styled([Paragraph("By Ann Bell"), Paragraph("Boats came.")]).zones == ()


def test_a_title_wins_over_a_heading_above_it() -> None:
    given = styled([Paragraph("News", "heading"), Paragraph("Nets torn", "title")])
    assert given.headline == "Nets torn"
    assert given.zones == (Zone((0, 4), "subhead"), Zone((5, 14), "headline"))
