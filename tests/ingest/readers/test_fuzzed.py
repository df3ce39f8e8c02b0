"""What fuzzing found (`python -m benchmarks.fuzz`): each input in its smallest form."""

from __future__ import annotations

import gzip
import io
import math
import signal
import zipfile

import pytest

from newsmine.errors import ReadError
from newsmine.ingest import lexicon
from newsmine.ingest.printed import Printed
from newsmine.ingest.printed.gutters import MOST_CELLS, Gutters
from newsmine.ingest.readers import read_raw
from newsmine.types import RawArticle
from tests.ingest.readers import made


def texts(data: bytes, path: str) -> list[str]:
    return [item.raw_text for item in read_raw(data, path) if isinstance(item, RawArticle)]


def errors(data: bytes, path: str) -> list[ReadError]:
    try:
        return [item for item in read_raw(data, path) if isinstance(item, ReadError)]
    except ReadError as error:
        return [error]


def test_articles_of_a_page_whose_ends_are_missing_hold_their_own_text_only() -> None:
    """Each held all those after it: 600 of them took half a minute."""
    first, second = texts(made.FACTIVA.encode(), "page.html")
    unclosed = made.FACTIVA.replace("ef3200012</p></div>\n", "ef3200012</p>\n")
    assert texts(unclosed.encode(), "page.html") == [first, second]


def test_control_characters_behind_an_article_of_factivas() -> None:
    data = made.FACTIVA.replace("</div>\n<div", "</div>\x01 rest<div").encode()
    assert len(texts(data, "page.html")) == 2
    outer = made.FACTIVA.replace(
        "Crews want", "<div class='article enArticle'><p>In.</p></div>\x01<p>Crews"
    )
    assert [text.count("In.") for text in texts(outer.encode(), "page.html")] == [0, 1, 0]


@pytest.mark.parametrize("far", [9e10, math.inf, -9e10, math.nan])
def test_words_far_off_the_page_take_no_room(far: float) -> None:
    """A matrix of a PDF put one where its page's raster would have taken 12 TB."""
    rows = [
        Printed(text, (left, 12 * row, left + 40, 12 * row + 10), 10)
        for row in range(12)
        for left, text in ((0, "harbour"), (42, "wall"), (102, "council"))
    ]
    lost = Printed("lost", (min(far, 0), 0, far, 10), 10)
    gutters = Gutters.of([*rows, lost])
    assert gutters.runs.size < 1.1 * MOST_CELLS
    assert not gutters.parts(rows[15], rows[16])
    assert gutters.parts(rows[16], rows[17])


def test_what_the_parser_says_of_rubbish_is_cut_short() -> None:
    (error,) = errors(b"<alto><" + b"HPO" * 9_000 + b"></alto>", "lantern.xml")
    assert error.reason.startswith("is broken XML at line 1 (")
    assert len(error.reason) < 300


BOX = "https://lantern.example/nets"


def test_a_damaged_web_archive_is_said_to_be_so(capsys: pytest.CaptureFixture[str]) -> None:
    """warcio took what it could not unpack for the end, and wrote that on the screen."""
    data = bytearray(made.warc({BOX: made.PAGE, f"{BOX}/2": made.PAGE}))
    data[-8] ^= 0xFF
    assert len(texts(bytes(data), "crawl.warc.gz")) == 1
    (error,) = errors(bytes(data), "crawl.warc.gz")
    assert "is damaged from there on" in error.reason
    assert capsys.readouterr() == ("", "")


def test_no_control_characters_of_a_damaged_web_archive_are_repeated() -> None:
    plain = gzip.decompress(made.warc({BOX: made.PAGE}))
    (error,) = errors(plain + b"\x1b[2J\x9d\x00 rubbish\r\n" * 3, "crawl.warc")
    assert error.reason.isprintable()
    assert "rubbish" in error.reason


@pytest.mark.parametrize(
    ("data", "part", "name"),
    [
        (made.docx(["Ann Lee said so."]), "word/document.xml", "story.docx"),
        (made.docx([("Ann Lee said so.", "Titel")]), "word/styles.xml", "story.docx"),
        (made.odt(), "content.xml", "story.odt"),
    ],
)
@pytest.mark.parametrize("comment", [0, 1 << 17])
def test_documents_with_entities_are_refused(
    data: bytes, part: str, name: str, comment: int
) -> None:
    """Text behind an entity was left out without a word."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    declared = f'<!--{" " * comment}--><!DOCTYPE x [<!ENTITY a SYSTEM "../canary.txt">]>'.encode()
    changed = made.zipped({**members, part: declared + members[part]}, packed=name == "story.docx")
    (error,) = errors(changed, name)
    assert "declares XML entities" in error.reason


@pytest.mark.parametrize("name", ["captions", "furniture"])
@pytest.mark.parametrize("piece", ["Th", "ab-", "A. ", "Abc ", "1,", "THE ", "a, b, ", "- ", ": "])
def test_no_line_takes_a_pattern_for_ever(name: str, piece: str) -> None:
    """A credit's names could be split anywhere: 100 letters took a minute, 250 a lifetime."""

    def too_long(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(20)
    try:
        assert not lexicon.matches(name, piece * (lexicon.LONGEST_LINE // len(piece) - 1) + "e!")
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_a_member_of_an_archive_without_a_name() -> None:
    data = made.zipped({"x.txt": "Boats came home.", "a.txt": "They rang."})
    assert texts(data.replace(b"x.txt", bytes(5)), "box.zip") == ["They rang."]


def test_lists_in_lists_where_an_author_should_be() -> None:
    deep = "[" * 900 + "]" * 900
    row = f'{{"text": "Boats came home.", "author": {deep}, "title": [["Nets"]]}}'
    assert texts(row.encode(), "lines.jsonl") == ["Nets\n\nBoats came home."]
