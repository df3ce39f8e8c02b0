"""What each format gives back when it is read by other programs."""

from __future__ import annotations

import io
import json
import math
import re
import unicodedata
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine.export import write
from newsmine.export.rows import Table, encodable
from newsmine.export.xlsx import CUT, LONGEST_TEXT, MOST_EXACT
from tests.export.conftest import READERS, Rows, read_csv, read_jsonl, read_xlsx

ROWS: Rows = [
    {
        "article": "lantern-1",
        "quote": "“Stop,” she said.\n\n“Now – or never.”",
        "speaker": "Zoë O’Brien",
        "outlet": None,
        "value": 1200,
        "confidence": 0.75,
    },
    {
        "article": "post-2",
        "quote": 'a "scare" quote; with, marks',
        "speaker": None,
        "outlet": "Daily Lantern",
        "value": None,
        "confidence": 0.5,
    },
]
AWKWARD = "\0\t\n\r\x0b\x1b\x85\u2028\ud800\udc00\ufffe\uffff'\"=+-@,;<r>&\U0001f600 _x0041_"
TEXTS = st.text(st.characters() | st.sampled_from(AWKWARD), max_size=12)
VALUES = st.none() | TEXTS | st.integers() | st.floats() | st.booleans()
TABLES = st.lists(
    st.fixed_dictionaries({"a": VALUES, "b": VALUES, "text": TEXTS}), min_size=1, max_size=4
)
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "-", "=")
HARMLESS = ("-5", "+3.5", "-1,200", "-12%", "a=b", "1-2", "'=1", "– he said", "")


def back(rows: Rows, path: Path) -> Rows:
    assert write(rows, path) == len(rows)
    return READERS[path.suffix](path)


def printed(value: object) -> str:
    return "" if value is None else str(value)


def test_csv_gives_the_rows_back(tmp_path: Path) -> None:
    expected = [{name: printed(value) for name, value in row.items()} for row in ROWS]
    assert back(ROWS, tmp_path / "q.csv") == expected


def test_jsonl_gives_the_rows_back(tmp_path: Path) -> None:
    assert back(ROWS, tmp_path / "q.jsonl") == ROWS


def test_xlsx_gives_the_rows_back(tmp_path: Path) -> None:
    assert back(ROWS, tmp_path / "q.xlsx") == ROWS


def test_pandas_reads_all_alike(tmp_path: Path) -> None:
    for name in ("q.csv", "q.jsonl", "q.xlsx"):
        write(ROWS, tmp_path / name)
    frames = [
        pd.read_csv(tmp_path / "q.csv"),
        pd.read_json(tmp_path / "q.jsonl", lines=True),
        pd.read_excel(tmp_path / "q.xlsx"),
    ]
    for frame in frames:
        pd.testing.assert_frame_equal(frame, pd.DataFrame(ROWS), check_dtype=False)


def test_csv_as_excel_wants_it(tmp_path: Path) -> None:
    write([{"speaker": "Zoë", "quote": "a\nb"}], tmp_path / "q.csv")
    assert (tmp_path / "q.csv").read_bytes() == (
        b'\xef\xbb\xbfspeaker,quote\r\nZo\xc3\xab,"a\nb"\r\n'
    )


def test_jsonl_is_readable(tmp_path: Path) -> None:
    row = {"speaker": "Zoë", "reasons": ["marks"], "value": 1, "low": None}
    write([row], tmp_path / "q.jsonl")
    assert (tmp_path / "q.jsonl").read_text(encoding="utf-8") == (
        '{"speaker": "Zoë", "reasons": ["marks"], "value": 1, "low": null}\n'
    )


@settings(max_examples=200)
@given(TABLES)
def test_csv_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: Rows) -> None:
    for row, found in zip(rows, back(rows, tmp_path_factory.mktemp("csv") / "q.csv"), strict=True):
        for name, value in row.items():
            assert same_in_csv(found[name], value), (value, found[name])


def same_in_csv(found: str, value: object) -> bool:
    """Said apart from the writer: an apostrophe may come before a text, nothing else changes."""
    if isinstance(value, str):
        text = encodable(value).replace("\0", "\ufffd")
        return found in (text, f"'{text}")
    if isinstance(value, float):
        return found == "" if not math.isfinite(value) else float(found) == value
    return found == (str(value).lower() if isinstance(value, bool) else printed(value))


@settings(max_examples=200)
@given(TABLES)
def test_jsonl_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: Rows) -> None:
    expected = [{name: as_json(value) for name, value in row.items()} for row in rows]
    assert back(rows, tmp_path_factory.mktemp("jsonl") / "q.jsonl") == expected


def as_json(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return encodable(value) if isinstance(value, str) else value


@settings(max_examples=60)
@given(TABLES)
def test_xlsx_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: Rows) -> None:
    path = tmp_path_factory.mktemp("xlsx") / "q.xlsx"
    for row, found in zip(rows, back(rows, path), strict=True):
        for name, value in row.items():
            assert same_in_excel(found[name], value), (value, found[name])


def same_in_excel(found: object, value: object) -> bool:
    if isinstance(value, str):
        text = encodable(value).replace("\r\n", "\n").replace("\r", "\n")
        expected = "".join("\ufffd" if forbidden_in_xml(c) else c for c in text)
        return decoded(found or "").rstrip(" ") == expected.rstrip(" ")
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return found is None
    if isinstance(value, bool):
        return found is value
    assert isinstance(value, int | float)
    if abs(value) >= MOST_EXACT:
        return found == str(value)
    return isinstance(found, int | float) and math.isclose(found, value, rel_tol=1e-14)


def forbidden_in_xml(character: str) -> bool:
    control = unicodedata.category(character) == "Cc" and ord(character) < 0x20
    return (control and character not in "\n\t\r") or character in "\ufffe\uffff"


def decoded(text: object) -> str:
    """Excel undoes these escapes on opening; openpyxl does not."""
    return re.sub("_x005F(?=_)", "", str(text), flags=re.IGNORECASE)


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_runs_nothing(tmp_path: Path, text: str) -> None:
    ((found,),) = [row.values() for row in back([{"quote": text}], tmp_path / "q.csv")]
    assert found == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_csv_leaves_what_computes_nothing(tmp_path: Path, text: str) -> None:
    assert back([{"quote": text, "x": "y"}], tmp_path / "q.csv") == [{"quote": text, "x": "y"}]


def test_csv_keeps_negative_numbers(tmp_path: Path) -> None:
    assert back([{"value": -5, "low": -0.5}], tmp_path / "q.csv") == [
        {"value": "-5", "low": "-0.5"}
    ]


@pytest.mark.parametrize(
    "text",
    [
        *FORMULAS[:4],
        "{=SUM(A1)}",
        "http://example.org/",
        "mailto:ann@example.org",
        "internal:Sheet1!A1",
        "file:///etc/passwd",
        "<b>bold</b> & <script>",
        "0123",
        "1e5",
        "TRUE",
        "2018-05",
        "_x0041_",
    ],
)
def test_xlsx_text_stays_text(tmp_path: Path, text: str) -> None:
    write([{"quote": text}], tmp_path / "q.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "q.xlsx").worksheets[0]["A2"]
    assert decoded(cell.value) == text
    assert cell.hyperlink is None
    sheet = sheet_xml(tmp_path / "q.xlsx")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def sheet_xml(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode("utf-8")


def test_xlsx_writer_takes_no_markup_from_a_text(tmp_path: Path) -> None:
    """XlsxWriter passes a text in these tags on unescaped: it could break or forge the sheet."""
    text = "<r><t>x</t></r></is></c><c r='Z9'><v>9</v></c><r></r>"
    ((found,),) = [row.values() for row in back([{"quote": text}], tmp_path / "q.xlsx")]
    assert found == f"{text} "
    assert back([{"quote": "<r>x"}], tmp_path / "r.xlsx") == [{"quote": "<r>x"}]


def test_xlsx_layout(tmp_path: Path) -> None:
    rows = [{"id": n, "quote": "word " * 100} for n in range(3)]
    write(rows, tmp_path / "q.xlsx", what="claims")
    sheet = openpyxl.load_workbook(tmp_path / "q.xlsx").worksheets[0]
    assert sheet.title == "claims"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B4"
    assert sheet["A1"].font.b
    assert not sheet["A2"].font.b
    widths = [sheet.column_dimensions[letter].width for letter in "AB"]
    assert 7 < widths[0] < 10
    assert 55 < widths[1] < 65


@pytest.mark.parametrize("what", ["a/b[c]:*?", "x" * 50, "", "'"])
def test_xlsx_any_name(tmp_path: Path, what: str) -> None:
    write(ROWS, tmp_path / "q.xlsx", what=what)
    assert read_xlsx(tmp_path / "q.xlsx") == ROWS


@pytest.mark.parametrize(("letter", "count"), [("x", 32_768), ("\U0001f600", 16_384)])
def test_xlsx_cuts_what_no_cell_holds(tmp_path: Path, letter: str, count: int) -> None:
    """Excel counts UTF-16 units, of which such a face is two."""
    notices: list[str] = []
    row = {"quote": letter * count, "id": "a1"}
    write([row], tmp_path / "q.xlsx", on_notice=notices.append)
    (found,) = read_xlsx(tmp_path / "q.xlsx")
    kept = found["quote"].removesuffix(CUT)
    assert kept != found["quote"]
    assert set(kept) == {letter}
    assert LONGEST_TEXT - 1 <= len(found["quote"].encode("utf-16-le")) / 2 <= LONGEST_TEXT
    assert found["id"] == "a1"
    assert len(notices) == 1
    assert "1 text was longer than the 32,767 characters" in notices[0]


def test_xlsx_cut_is_a_warning_where_nobody_listens(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="2 texts were longer") as caught:
        write([{"quote": "x" * 40_000}] * 2, tmp_path / "q.xlsx")
    assert caught[0].filename == __file__


def test_xlsx_longest_text_is_whole(tmp_path: Path) -> None:
    row = {"quote": "x" * LONGEST_TEXT}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert back([row], tmp_path / "q.xlsx") == [row]


@pytest.mark.parametrize("name", ["q.csv", "q.jsonl"])
def test_others_keep_long_texts(tmp_path: Path, name: str) -> None:
    row = {"quote": "x" * 200_000, "id": "a1"}
    if name == "q.csv":
        import csv

        csv.field_size_limit(10**6)
    assert back([row], tmp_path / name) == [row]


def test_lists_become_json_in_a_cell(tmp_path: Path) -> None:
    row = {"reasons": ["marks", "“cue”"], "span": (3, 9), "odd": {"x": math.nan}}
    expected = {"reasons": '["marks", "“cue”"]', "span": "[3, 9]", "odd": '{"x": null}'}
    assert back([row], tmp_path / "q.csv") == [expected]
    assert back([row], tmp_path / "q.xlsx") == [expected]
    assert back([row], tmp_path / "q.jsonl") == [{**row, "span": [3, 9], "odd": {"x": None}}]


def test_no_rows_still_have_a_header(tmp_path: Path) -> None:
    for name in ("q.csv", "q.jsonl", "q.xlsx"):
        assert write([], tmp_path / name, columns=("speaker", "quote")) == 0
    assert list(pd.read_csv(tmp_path / "q.csv").columns) == ["speaker", "quote"]
    assert list(pd.read_excel(tmp_path / "q.xlsx").columns) == ["speaker", "quote"]
    assert read_jsonl(tmp_path / "q.jsonl") == []


def test_no_rows_and_no_columns(tmp_path: Path) -> None:
    for name in ("q.csv", "q.jsonl", "q.xlsx"):
        assert write(iter(()), tmp_path / name) == 0
    assert read_csv(tmp_path / "q.csv") == []
    assert (tmp_path / "q.jsonl").read_bytes() == b""
    assert openpyxl.load_workbook(tmp_path / "q.xlsx").worksheets[0]["A1"].value is None


@pytest.mark.parametrize("name", ["q.csv", "q.xlsx"])
def test_columns_are_picked_up_by_name(tmp_path: Path, name: str) -> None:
    rows = [{"a": "1", "b": "x"}, {"b": "y"}]
    write(rows, tmp_path / name, columns=("b", "a"))
    found = READERS[Path(name).suffix](tmp_path / name)
    assert [list(row) for row in found] == [["b", "a"]] * 2
    assert [row["b"] for row in found] == ["x", "y"]
    assert not found[1]["a"]


@pytest.mark.parametrize("name", ["q.csv", "q.xlsx"])
def test_a_column_that_comes_late_is_not_lost_in_silence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="late"):
        write([{"a": 1}, {"a": 1, "late": 2}], tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain “text”", "plain “text”"),
        ("\ud83d\ude00", "\U0001f600"),
        ("a\ud83d", "a\ufffd"),
        ("\ude00b", "\ufffdb"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
    ],
)
def test_encodable(text: str, expected: str) -> None:
    assert encodable(text) == expected


def test_rows_come_one_by_one() -> None:
    """A table takes a row only when the one before it has been written."""
    taken: list[int] = []

    def rows() -> Any:
        for number in range(3):
            taken.append(number)
            yield {"n": number}

    from newsmine.export.jsonl import write_jsonl

    class Watching(io.BytesIO):
        def write(self, data: Any) -> int:
            assert json.loads(bytes(data))["n"] == taken[-1] == len(taken) - 1
            return super().write(data)

    assert write_jsonl(Table("quotes", ("n",), rows(), print), Watching()) == 3
