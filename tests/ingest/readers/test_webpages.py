"""Saved pages, Factiva's pages, and web archives."""

from __future__ import annotations

import gzip

import pytest

from newsmine.errors import ReadError
from newsmine.ingest.readers import html, read_raw, warc
from newsmine.ingest.readers.html import VISIBLE_TEXT
from newsmine.ingest.readers.press import CUT_OFF
from newsmine.ingest.readers.webpages import decode_page, tree_of, visible_text
from newsmine.types import Byline, RawArticle
from tests.ingest.readers import made

URL = "https://lantern.example/news/nets"


def read(page: str | bytes, path: str = "page.html") -> list[RawArticle]:
    items = list(read_raw(page.encode() if isinstance(page, str) else page, path))
    assert all(isinstance(item, RawArticle) for item in items)
    return items  # type: ignore[return-value]


def kinds(raw: RawArticle) -> list[tuple[str, str]]:
    return [(zone.kind, raw.raw_text[slice(*zone.span)]) for zone in raw.given.zones]


class TestPage:
    def test_fields_and_paragraphs(self) -> None:
        (raw,) = read(made.PAGE)
        given = raw.given
        assert (given.outlet, given.published) == ("The Lantern", "2019-03-02")
        assert given.headline == "Nets torn at sea"
        assert given.bylines == (Byline("Ann Bell"), Byline("Jo Pell"))
        assert kinds(raw) == [("headline", "Nets torn at sea"), ("subhead", "Torn again")]
        first, lead, *_ = raw.raw_text.split("\n\n")
        assert first == "Nets torn at sea"
        assert lead.startswith("Boats came home empty, crews in the harbour said. “We")
        assert "var nets" not in raw.raw_text
        assert given.flags == ()

    def test_a_page_of_links_is_taken_whole_and_flagged(self) -> None:
        page = (
            "<html><body><nav><a href='/a'>Nets torn</a> <a href='/b'>Bells</a></nav></body></html>"
        )
        (raw,) = read(page)
        assert "Nets torn" in raw.raw_text
        assert "Bells" in raw.raw_text
        assert raw.given.flags == (VISIBLE_TEXT,)

    @pytest.mark.parametrize(
        "page",
        [
            "<html><script>let text = 'Boats came home.'</script></html>",
            "<html></html>",
            "<!DOCTYPE html>",
        ],
    )
    def test_a_page_of_scripts_holds_no_text(self, page: str) -> None:
        with pytest.raises(ReadError, match="holds no text") as caught:
            list(read_raw(page.encode(), "page.html"))
        assert caught.value.thing == "page.html"

    @pytest.mark.parametrize(
        ("data", "path", "taken"),
        [
            (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "a", True),
            (b"<!-- saved --> <HTML><p>x", "a", True),
            (b"<p>Boats</p>", "a.htm", True),
            (b"<p>Boats</p>", "a.txt", False),
            (b"Boats came home.", "a.html", False),
            (b"<html><div class='ocr_page'>", "a.html", False),
            (b"<?xml version='1.0'?><alto>", "a.xml", False),
        ],
    )
    def test_what_is_a_page(self, data: bytes, path: str, taken: bool) -> None:
        assert html.sniff(data, path) is taken

    @pytest.mark.parametrize("charset", ["windows-1252", "utf-8", "iso-8859-15"])
    def test_declared_encodings(self, charset: str) -> None:
        page = f'<html><meta charset="{charset}"><body>Caf\xe9 \xa35</body></html>'
        assert "Café £5" in decode_page(page.encode(charset))

    def test_a_wrong_declaration_does_no_harm(self) -> None:
        page = '<html><meta charset="utf-8"><body>Caf\xe9</body></html>'.encode("latin-1")
        assert "Café" in decode_page(page)
        assert "x" in decode_page(b'<meta charset="no-such-set">x')


def test_what_a_person_sees() -> None:
    page = "<p>One <b>two</b>\n three<br>four</p><ul><li>five<li>six</ul><style>p {}</style>seven"
    tree = tree_of(page)
    assert visible_text(tree).split("\n") == ["One two three", "four", "five", "six", "seven"]


def test_comments_without_end_are_no_harm() -> None:
    assert not html.sniff(b"<!---->" * 5_000 + b"x", "a")
    assert html.sniff(b"<!-- a - b --> " * 50 + b"<html>", "a")


def test_deep_nesting_is_no_harm() -> None:
    deep = "<p>" + "<b>" * 1_500 + "Boats came home empty, crews said. " * 20 + "</b>" * 1_500
    (raw,) = read(f"<html><body><article>{deep}</article></body></html>")
    assert "Boats came home empty" in raw.raw_text
    page = "<html>" + "<div>" * 1_500 + "Boats came home." + "</div>" * 1_500
    assert visible_text(tree_of(page)) == "Boats came home."


class TestFactiva:
    def test_lines_and_codes(self) -> None:
        plain, coded = read(made.FACTIVA)
        given = plain.given
        assert (given.outlet, given.published) == ("The Lantern", "2019-03-02")
        assert given.headline == "Nets torn at sea"
        assert given.bylines == (Byline("Ann Bell"), Byline("Jo Pell"))
        assert plain.raw_text.split("\n")[10:12] == [
            "Boats came home empty.",
            "Crews want new nets.",
        ]
        marked = {text for _, text in kinds(plain)}
        assert not marked & {"Boats came home empty.", "Crews want new nets."}
        assert {"News", "1,204 words", "08:15", "LANT"} <= marked
        assert (coded.given.headline, coded.given.published) == ("Nets mended", "2019-03-03")
        assert [plain.path, coded.path] == ["page.html#1", "page.html#2"]

    def test_other_languages_of_the_interface(self) -> None:
        (plain, _) = read(made.FACTIVA.replace("enArticle", "deArticle").replace("words", "Wörter"))
        assert plain.given.outlet == "The Lantern"


class TestWarc:
    def test_pages_with_address_and_day(self) -> None:
        (raw,) = read(made.warc({URL: made.PAGE}), "crawl.warc.gz")
        assert raw.path == f"crawl.warc.gz#{URL}"
        assert raw.given.published == "2019-03-02"
        assert raw.given.flags == ("captured 2019-03-05",)

    def test_unpacked(self) -> None:
        (raw,) = read(gzip.decompress(made.warc({URL: made.PAGE})), "crawl.warc")
        assert raw.reader == "warc"

    def test_nothing_but_pictures(self) -> None:
        with pytest.raises(ReadError, match="holds no web pages"):
            read(made.warc({URL: "x"}, kind="image/png"), "crawl.warc")

    def test_the_last_page_is_cut_off(self) -> None:
        whole = gzip.decompress(made.warc({URL: made.PAGE, f"{URL}/2": made.PAGE}))
        first, second = read(whole[:-300], "crawl.warc")
        assert CUT_OFF not in first.given.flags
        assert CUT_OFF in second.given.flags

    def test_nothing_is_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        data = gzip.decompress(made.warc({URL: made.PAGE})) + b"rubbish \x1b[2J\n" * 3
        list(read_raw(data, "crawl.warc"))
        list(read_raw(b"<html><script>x</script><body>y</html>", "a.html"))
        assert capsys.readouterr() == ("", "")

    def test_a_story_about_archives(self) -> None:
        assert not warc.sniff(b"The WARC/1.0 format is old.", "a.txt")
