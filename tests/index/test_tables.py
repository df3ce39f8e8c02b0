"""Extractions as rows of a Parquet table: nothing is lost on the way there and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.errors import ReadError
from newsmine.index import create_index, tables
from newsmine.index.encoded import decode, encode
from newsmine.progress import Skipped
from newsmine.types import Extraction, Page, RawArticle, Speaker, Word
from tests.factories import QUOTE, make_extraction, make_speaker
from tests.index.any_extraction import EXTRACTIONS, SKIPPED

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def write(path: Path, *items: Any, file: str = "lantern.txt") -> Path:
    rows = [tables.row_of(item, file=file, place=place) for place, item in enumerate(items)]
    pq.write_table(pa.Table.from_batches([tables.batch_of(rows)]), path)
    return path


def read(path: Path) -> list[Any]:
    return [item for _, _, item in tables.items_in(path, 0)]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EXTRACTIONS | SKIPPED, min_size=1, max_size=3))
def test_any_extraction_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, items: list[Extraction | Skipped]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.parquet"
    assert read(write(path, *items)) == items


def test_what_has_its_default_is_left_out() -> None:
    told = json.loads(encode(make_extraction(headline="Reports rise")))
    assert told.keys() == {"article", "provenance"}
    always = {"id", "path", "text", "alignment"}
    assert told["article"].keys() == always | {"headline", "zones", "raw"}


def test_what_the_index_stores_in_another_form_is_carried_as_it_is() -> None:
    """`records.to_rows` is no inverse for these; the index built from a row is the same though."""
    odd = make_extraction(
        f"{QUOTE} said Ann Lee \udc80 of Hearthlight.",
        quotes=[(QUOTE, Speaker("Hearthlight", "organisation"))],
        path="b\udcff.txt",
    )
    raw = replace(odd.article.raw or RawArticle("", "", "", ""), path="another.txt")
    odd = replace(odd, article=replace(odd.article, raw=raw))
    assert tables.item_of(tables.row_of(odd, file="b", place=0)) == odd


def test_two_halves_of_a_character_stay_two() -> None:
    text = "\ud83d\ude00 and 😀"
    assert decode(Skipped, encode(Skipped(text, "", ""))).path == text


def test_the_columns_say_what_is_in_a_row(tmp_path: Path) -> None:
    found = make_extraction(
        quotes=[(QUOTE, make_speaker())],
        outlet="Daily Lantern",
        published="2018-05",
        headline="Reports rise",
        path="x.zip/lantern.txt",
    )
    skipped = Skipped("x.zip/bad.pdf", "is encrypted", "Decrypt it")
    path = write(tmp_path / "a.parquet", found, skipped, file="x.zip")
    good, bad = pq.read_table(path).to_pylist()
    assert good["id"].startswith("lantern-")
    assert {k: v for k, v in good.items() if k not in ("id", "record")} == {
        "file": "x.zip",
        "place": 0,
        "path": "x.zip/lantern.txt",
        "outlet": "Daily Lantern",
        "published": "2018-05",
        "headline": "Reports rise",
        "quotes": 1,
        "claims": 0,
        "model": "en_test-1",
        "newsmine": "0.1.0",
        "reason": None,
        "remedy": None,
    }
    assert (bad["id"], bad["path"], bad["reason"]) == (None, "x.zip/bad.pdf", "is encrypted")
    assert bad["remedy"] == "Decrypt it"
    assert set(good) == set(tables.COLUMNS)


def test_columns_hold_only_what_parquet_can(tmp_path: Path) -> None:
    odd = make_extraction(headline="\ud83d half", path="b\udcff.txt")
    (row,) = pq.read_table(write(tmp_path / "a.parquet", odd, file="b\udcff.txt")).to_pylist()
    assert row["headline"] == "\N{REPLACEMENT CHARACTER} half"
    assert row["path"] == row["file"] == "b\\udcff.txt"


def test_the_record_is_json_that_others_can_read(tmp_path: Path) -> None:
    found = make_extraction("Zoë: “Stop,” said Ann Lee.", quotes=[("“Stop,”", make_speaker())])
    (row,) = pq.read_table(write(tmp_path / "a.parquet", found)).to_pylist()
    record = json.loads(row["record"])
    assert record["article"]["text"] == "Zoë: “Stop,” said Ann Lee."
    assert record["attributions"][0]["speaker"] == {"name": "Ann Lee", "type": "person"}


def test_pages_and_their_words(tmp_path: Path) -> None:
    words = (((0, 4), Word("Stop", (0.5, 1, 2, 3), 0.25)),)
    raw = RawArticle("Stop", "p.xml", "alto", "00", (Page(10, 20.5, "pixel", words, "p.png", 2),))
    found = make_extraction("Stop", raw=raw)
    (back,) = read(write(tmp_path / "a.parquet", found))
    assert back == found


def with_metadata(path: Path, metadata: dict[bytes, bytes] | None) -> Path:
    table = pq.read_table(write(path, make_extraction())).replace_schema_metadata(metadata)
    pq.write_table(table, path)
    return path


@pytest.mark.parametrize(
    ("metadata", "reason", "remedy"),
    [
        ({b"newsmine.form": b"2"}, "newer newsmine (form 2; this one reads 1)", "Update"),
        ({b"newsmine.form": b"0"}, "older newsmine (form 0; this one reads 1)", "again"),
        ({b"newsmine.form": b"\xff"}, "is no table of extractions", "newsmine extract"),
        (None, "is no table of extractions", "newsmine extract"),
    ],
)
def test_another_form_is_refused(
    tmp_path: Path, metadata: dict[bytes, bytes] | None, reason: str, remedy: str
) -> None:
    path = with_metadata(tmp_path / "a.parquet", metadata)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert reason in str(caught.value)
    assert remedy in caught.value.remedy


def test_this_form_is_read(tmp_path: Path) -> None:
    form = str(tables.FORM).encode()
    assert len(read(with_metadata(tmp_path / "a.parquet", {b"newsmine.form": form}))) == 1


def test_a_column_is_missing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", make_extraction())
    pq.write_table(pq.read_table(path).drop_columns(["record"]), path)
    with pytest.raises(ReadError, match="is no table of extractions"):
        read(path)


@pytest.mark.parametrize("data", [b"", b"PAR1", b"not a table at all"])
def test_no_parquet(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=r"a\.parquet: cannot be read"):
        read(path)


@pytest.mark.parametrize(
    "record", [b"", b"{", b"[]", b"{}", b'{"article": {"colour": 1}, "provenance": {}}', b"\xff"]
)
def test_a_damaged_record_names_its_table(tmp_path: Path, record: bytes) -> None:
    path = tmp_path / "a.parquet"
    row = tables.row_of(make_extraction(), file="a", place=0) | {"record": record}
    pq.write_table(pa.Table.from_batches([tables.batch_of([row])]), path)
    with pytest.raises(ReadError, match=r"a\.parquet: is damaged"):
        read(path)


def test_the_same_index_from_rows(tmp_path: Path) -> None:
    found = make_extraction(quotes=[(QUOTE, make_speaker(organisation="Hearthlight"))])
    (back,) = read(write(tmp_path / "a.parquet", found))
    with create_index(tmp_path / "a.db") as index:
        assert index.add(found) == "added"
        assert index.add(back) == "unchanged"
