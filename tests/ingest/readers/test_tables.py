"""Tables: a row an article, columns by name or by what is in them, bad rows apart."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.errors import ReadError
from newsmine.ingest import lexicon
from newsmine.ingest.readers import read_raw, tables
from newsmine.ingest.readers.tables import columns, rows
from newsmine.types import Byline, RawArticle
from tests.ingest.readers.made import TABLE, parquet

PROSE = "Boats came home empty, crews in the harbour said, and nobody there knew why. " * 3


def items(data: str | bytes, path: str = "table.csv") -> list[RawArticle | ReadError]:
    return list(read_raw(data.encode() if isinstance(data, str) else data, path))


def good(found: list[RawArticle | ReadError]) -> list[RawArticle]:
    return [item for item in found if isinstance(item, RawArticle)]


def bad(found: list[RawArticle | ReadError]) -> list[str]:
    return [str(item) for item in found if isinstance(item, ReadError)]


def lines(*objects: Any) -> str:
    return "\n".join(map(json.dumps, objects))


@pytest.mark.parametrize("entry", lexicon.load("columns")["column"], ids=lambda e: str(e["field"]))
def test_names_of_columns(entry: dict[str, Any]) -> None:
    assert columns.find_columns([entry["example"]], []) == {entry["field"]: entry["example"]}
    assert columns.find_columns([entry["never"]], []) == {}
    assert len(set(entry["names"])) == len(entry["names"])


class TestCsv:
    def test_fields_and_text_as_it_is(self) -> None:
        first, second = good(items(TABLE))
        assert first.raw_text == 'Nets torn\n\nBoats came home; "empty", crews\nsaid.'
        assert first.path == "table.csv#n1"
        assert (first.given.outlet, first.given.published) == ("The Lantern", "2019-03-25")
        assert first.given.bylines == (Byline("Ann Bell"),)
        assert [(zone.span, zone.kind) for zone in first.given.zones] == [((0, 9), "headline")]
        (flag,) = first.given.flags
        assert "Body as text" in flag
        # The 25 in the row before says that days come first.
        assert second.given.published == "2019-04-03"

    @pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
    def test_separators(self, mark: str) -> None:
        cells = [["title", "text"], ["Nets", '"Boats, came; home | at\tnoon"']]
        (raw,) = good(items("\n".join(mark.join(row) for row in cells)))
        assert raw.raw_text == "Nets\n\nBoats, came; home | at\tnoon"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_encodings(self, encoding: str) -> None:
        (raw,) = good(items("text,title\n“Café” – £5,Nets\n".encode(encoding)))
        assert raw.raw_text == "Nets\n\n“Café” – £5"

    def test_a_spreadsheet_that_says_its_separator(self) -> None:
        (raw,) = good(items("sep=;\r\ntext;title\r\nBoats, nets;Nets\r\n"))
        assert raw.raw_text == "Nets\n\nBoats, nets"

    def test_a_column_of_prose_without_a_known_name(self) -> None:
        (raw,) = good(items(f"nr,blurb,place\n1,{PROSE.replace(',', '')},Strelsau\n"))
        assert raw.given.flags == ("column blurb as text",)

    def test_of_several_texts_the_fullest(self) -> None:
        (raw,) = good(items(f'content,body\nid7,"{PROSE}"\n'))
        assert raw.raw_text == PROSE

    def test_without_a_header(self) -> None:
        first, _ = good(items(f'Nets,"{PROSE}"\nBells,"{PROSE}"\n'))
        assert first.raw_text == PROSE
        assert first.given.flags == ("column 2 as text",)

    def test_numbers_are_no_articles(self) -> None:
        with pytest.raises(ReadError, match=r"no column of texts .*\(year, reports\)"):
            items("year,reports\n2018,3\n2019,4\n")

    def test_bad_rows_are_errors_of_their_own(self) -> None:
        found = items("text,date\nBoats came,2019\n ,2019\na,b,c,d\nBells rang,2019-03\n")
        assert [raw.given.published for raw in good(found)] == ["2019", "2019-03"]
        empty, wide = bad(found)
        assert empty.startswith("table.csv#2: holds no text in its column text")
        assert wide.startswith("table.csv#3: has 4 cells in 2 columns")

    def test_names_of_columns_cannot_write_on_the_screen(self) -> None:
        with pytest.raises(ReadError, match=r"\(ye \[2Jar, re ports\)"):
            items(lines({"ye\x1b[2Jar": 2018, "re\nports": 3}), "a.json")
        rows = lines({"\x00 text": PROSE}, {"\x00 text": " "})
        (empty,) = bad(items(rows, "a.json"))
        assert "holds no text in its column text." in empty

    def test_ids_that_recur_are_numbered(self) -> None:
        found = good(items("id,text\na,Boats\na,Bells\n,Nets\n"))
        assert [raw.path for raw in found] == ["table.csv#a", "table.csv#2", "table.csv#3"]

    def test_a_field_of_a_megabyte(self) -> None:
        long = "Boats came home. " * 60_000
        (raw,) = good(items(f"text,id\n{long},1\n"))
        assert raw.raw_text == long

    def test_a_headline_that_the_text_begins_with(self) -> None:
        (raw,) = good(items("title,text\nNets torn,Nets torn at sea.\n"))
        assert (raw.raw_text, raw.given.headline) == ("Nets torn at sea.", "Nets torn")

    def test_quotes_that_newsmine_wrote(self) -> None:
        with pytest.raises(ReadError, match="what newsmine itself wrote"):
            items(f"article,quote,speaker,kind\nn,{PROSE.replace(',', '')},Ann,direct\n")

    @pytest.mark.parametrize(
        ("data", "path", "taken"),
        [
            ("title,text\nNets,Boats", "-", True),
            ("title,text\nNets,Boats", "a.txt", False),
            ("Nets, torn, text\nBoats", "-", False),
            ("year,reports\n1,2", "-", False),
            ("year,reports\n1,2", "a.CSV", True),
        ],
    )
    def test_what_is_a_table(self, data: str, path: str, taken: bool) -> None:
        assert tables.sniff_csv(data.encode(), path) is taken

    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
    def test_texts_come_back_as_they_went_in(self, texts: list[str]) -> None:
        import csv
        import io

        out = io.StringIO(newline="")
        csv.writer(out).writerows([["text", "n"], *([text, "1"] for text in texts)])
        read = [r for r in rows.csv_rows(out.getvalue().encode(), "t.csv") if isinstance(r, dict)]
        assert [row["text"] for row in read] == texts


class TestJson:
    def test_lines(self) -> None:
        story = {
            "title": "Nets",
            "text": ["Boats came.", "They left."],
            "source": {"id": None, "name": "The Lantern"},
            "publishedAt": "2019-03-02T10:00:00Z",
            "authors": ["Ann Bell", "Jo Pell"],
        }
        (raw,) = good(items(lines(story), "a.jsonl"))
        assert raw.raw_text == "Nets\n\nBoats came.\n\nThey left."
        assert (raw.given.outlet, raw.given.published) == ("The Lantern", "2019-03-02")
        assert raw.given.bylines == (Byline("Ann Bell"), Byline("Jo Pell"))

    @pytest.mark.parametrize("indent", [None, 2])
    @pytest.mark.parametrize("wrapped", [False, True])
    def test_arrays(self, indent: int | None, wrapped: bool) -> None:
        array = [{"body": "Boats came."}, {"body": "Bells rang."}]
        data = json.dumps({"status": "ok", "articles": array} if wrapped else array, indent=indent)
        found = good(items(data, "a.json"))
        assert [raw.path for raw in found] == ["a.json#1", "a.json#2"]

    def test_one_object_over_lines(self) -> None:
        (raw,) = good(
            items(json.dumps({"text": "Boats", "related": [{"id": 1}]}, indent=1), "a.json")
        )
        assert raw.raw_text == "Boats"

    def test_wrong_types_and_broken_lines(self) -> None:
        data = lines({"text": "Boats came."}, {"text": 5}, {"text": {"a": 1}}, [1], "x", None)
        found = items(f"{data}\n{{broken\n{lines({'text': 'Bells rang.'})}", "a.jsonl")
        assert [raw.raw_text for raw in good(found)] == ["Boats came.", "Bells rang."]
        assert [error.partition(":")[0] for error in bad(found)] == [
            f"a.jsonl#{i}" for i in range(2, 8)
        ]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ('[{"text": "x"', "broken JSON at line 1"),
            ("{\n'text': 1}", "is broken JSON"),
            ("[" * 100_000, "broken JSON"),
            ("[]", "is empty"),
            (lines({"a": 1}, {"b": 2}), r"no column of texts .*\(a, b\)"),
            (lines({"article": {}, "attributions": [], "provenance": {}}), "newsmine itself wrote"),
        ],
    )
    def test_files_that_hold_nothing(self, data: str, words: str) -> None:
        with pytest.raises(ReadError, match=words):
            items(data, "a.json")

    @pytest.mark.parametrize(
        ("data", "taken"),
        [
            ('{"text": "Boats"}\n{"text"', True),
            ('[\n {"title": "N", "text": "Boats', True),
            ('{"name": "package"}', False),
            ("{curly} words", False),
            ("[1, 2]", False),
        ],
    )
    def test_json_of_another_name(self, data: str, taken: bool) -> None:
        assert tables.sniff_json(data.encode(), "export.dat") is taken


class TestParquet:
    def test_types(self) -> None:
        day = datetime.date(2019, 3, 2)
        table = {"text": ["Boats came.", None], "date": [day, day], "id": [7, 8]}
        found = items(parquet(table), "a.parquet")
        (raw,) = good(found)
        assert (raw.path, raw.given.published) == ("a.parquet#7", "2019-03-02")
        assert bad(found)[0].startswith("a.parquet#8: holds no text")

    @pytest.mark.parametrize("data", [b"PAR1", b"PAR1 rubbish PAR1", parquet({"text": ["x"]})[:-9]])
    def test_damage(self, data: bytes) -> None:
        with pytest.raises(ReadError, match="damaged Parquet"):
            items(data, "a.parquet")

    def test_without_pyarrow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import sys

        data = parquet({"text": ["x"]})
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(ReadError, match=r"pip install 'newsmine\[parquet\]'"):
            items(data, "a.parquet")


def test_rows_are_read_as_they_are_asked_for() -> None:
    taken = 0

    def endless() -> Iterator[dict[str, Any] | ReadError]:
        nonlocal taken
        while True:
            taken += 1
            yield {"text": "Boats came."}

    articles = tables.read_rows(endless(), "t.csv")
    for _ in range(3):
        next(iter(articles))
    assert taken <= tables.SAMPLE + 3


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2019-03-02 10:00:00", "2019-03-02"),
        ("2 March 2019", "2019-03-02"),
        (20190302, "2019-03-02"),
        ("20190302T101010", None),
        ("2019", "2019"),
        (datetime.datetime(2019, 3, 2, 10), "2019-03-02"),
        (1551500000, None),
        (None, None),
    ],
)
def test_dates(value: Any, iso: str | None) -> None:
    assert tables._date(value, None) == iso
